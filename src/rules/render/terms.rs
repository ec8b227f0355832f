//! How long a certificate holds, when it can be renewed and what it costs, as sentences.

use super::super::calendar::Length;
use super::super::lang::Lang;
use super::super::pack::model::{Days, Fee, FeeFrom, Stage, Who};
use super::super::pack::phrase::{Anchor, BirthPoint, TermRule, Years};
use super::life::fee_for;
use super::phrases::{anchor, length};
use super::speaker::{Speaker, contracted, sentence};

/// How a stage's terms end, how often they are renewed and extended.
pub(super) fn term(speaker: &Speaker<'_>, stage: &Stage) -> Vec<String> {
    let two = |en: &str, es: &str| speaker.two(en, es).to_owned();
    if !stage.says_its_end() {
        let mut said = vec![two(
            "The sources do not say how long it holds.",
            "Las fuentes no dicen por cuánto tiempo está vigente.",
        )];
        said.extend(renewals(speaker, stage));
        return said;
    }
    let mut said =
        vec![sentence(&format!("{} {}", speaker.two("It holds", "Está vigente"), ends(speaker, &stage.term)))];
    if stage.term == TermRule::NoEnd {
        said = vec![two("It does not end.", "No vence.")];
    }
    if works(&stage.term) {
        said.push(two(
            "If that day is a weekend or a holiday, it ends on the working day before.",
            "Si ese día es fin de semana o feriado, termina el día laborable anterior.",
        ));
    }
    if let Some(TermRule::YearsAfter { years, .. }) = counted(&stage.term) {
        said.push(match (years, speaker.lang) {
            (1, Lang::En) => "Each later term ends a year further on.".to_owned(),
            (1, Lang::Es) => "Cada período siguiente termina un año más tarde.".to_owned(),
            (n, Lang::En) => format!("Each later term ends {n} years further on."),
            (n, Lang::Es) => format!("Cada período siguiente termina {n} años más tarde."),
        });
    }
    if let Some((first, _)) = &stage.first_term {
        said.push(format!(
            "{} {}.",
            speaker.two("The first term is different: it holds", "El primer período es distinto: está vigente"),
            ends(speaker, first)
        ));
    }
    said.extend(renewals(speaker, stage));
    if !stage.follows_on {
        said.push(two(
            "A renewed term starts on the day of the decision.",
            "El período renovado empieza el día de la decisión.",
        ));
    }
    if let Some((most, each)) = stage.extensions {
        let each = length(each, speaker.lang);
        said.push(match (most, speaker.lang) {
            (1, Lang::En) => format!("The board may extend it once, by {each}."),
            (1, Lang::Es) => format!("La junta puede prorrogarlo una vez, por {each}."),
            (n, Lang::En) => format!("The board may extend it up to {n} times, by {each} each time."),
            (n, Lang::Es) => format!("La junta puede prorrogarlo hasta {n} veces, por {each} cada vez."),
        });
    }
    said
}

fn renewals(speaker: &Speaker<'_>, stage: &Stage) -> Option<String> {
    Some(match (stage.renewals?, speaker.lang) {
        (0, Lang::En) => "It is not renewed.".to_owned(),
        (0, Lang::Es) => "No se renueva.".to_owned(),
        (1, Lang::En) => "It can be renewed once.".to_owned(),
        (1, Lang::Es) => "Se puede renovar una vez.".to_owned(),
        (n, Lang::En) => format!("It can be renewed {n} times."),
        (n, Lang::Es) => format!("Se puede renovar {n} veces."),
    })
}

/// Whether its last day is moved to a working day.
fn works(term: &TermRule) -> bool {
    match term {
        TermRule::BackToWorkingDay(_) => true,
        TermRule::NoLaterThan(inner, _) | TermRule::WithWhereHeld(inner, _) => works(inner),
        _ => false,
    }
}

/// The rule inside that counts its years from something.
fn counted(term: &TermRule) -> Option<&TermRule> {
    match term {
        TermRule::YearsAfter { .. } => Some(term),
        TermRule::BackToWorkingDay(inner) | TermRule::NoLaterThan(inner, _) | TermRule::WithWhereHeld(inner, _) => {
            counted(inner)
        }
        _ => None,
    }
}

/// "for 24 months", "until the next June 30".
fn ends(speaker: &Speaker<'_>, term: &TermRule) -> String {
    let long = |months: u32| length(Length::Months(months), speaker.lang);
    match (term, speaker.lang) {
        (TermRule::Months(n), Lang::En) => format!("for {}", long(*n)),
        (TermRule::Months(n), Lang::Es) => format!("por {}", long(*n)),
        (TermRule::MonthsToMonthEnd(n), Lang::En) => format!("for {}, and then until the month ends", long(*n)),
        (TermRule::MonthsToMonthEnd(n), Lang::Es) => format!("por {}, y luego hasta que termine ese mes", long(*n)),
        (TermRule::MonthsToMonthStart(n), Lang::En) => format!("for {}, but back to the first of that month", long(*n)),
        (TermRule::MonthsToMonthStart(n), Lang::Es) => format!("por {}, pero hasta el primer día de ese mes", long(*n)),
        (TermRule::OnTo(n, point), Lang::En) => {
            format!("for {}, and on to the next {}", long(*n), born(*point, Lang::En))
        }
        (TermRule::OnTo(n, point), Lang::Es) => {
            format!("por {}, y hasta el siguiente {}", long(*n), born(*point, Lang::Es))
        }
        (TermRule::BackTo(n, point), Lang::En) => {
            format!("for {}, but only to the last {} before", long(*n), born(*point, Lang::En))
        }
        (TermRule::BackTo(n, point), Lang::Es) => {
            format!("por {}, pero solo hasta el último {} anterior", long(*n), born(*point, Lang::Es))
        }
        (TermRule::Fixed { month, day, years }, _) => fixed(speaker, *month, *day, *years),
        (TermRule::YearsAfter { month, day, years, anchor }, _) => years_after(speaker, (*month, *day), *years, anchor),
        (TermRule::BackToWorkingDay(inner), _) => ends(speaker, inner),
        (TermRule::With(other), _) => format!(
            "{}: {}",
            speaker.two("as long as this certificate", "mientras dure este certificado"),
            speaker.word("credential", other)
        ),
        (TermRule::NoLaterThan(inner, other), _) => {
            format!(
                "{}, {}: {}",
                ends(speaker, inner),
                speaker.two("but no longer than this certificate", "pero no más que este certificado"),
                speaker.word("credential", other)
            )
        }
        (TermRule::WithWhereHeld(inner, other), _) => format!(
            "{}, {}: {}",
            ends(speaker, inner),
            speaker.two(
                "or until this other certificate ends, for those who also hold it",
                "o hasta que termine este otro certificado, para quienes también lo tienen"
            ),
            speaker.word("credential", other)
        ),
        (TermRule::NoEnd, _) => speaker.two("without an end", "sin vencimiento").to_owned(),
    }
}

const fn born(point: BirthPoint, lang: Lang) -> &'static str {
    match (point, lang) {
        (BirthPoint::MonthEnd, Lang::En) => "end of the month of birth",
        (BirthPoint::MonthEnd, Lang::Es) => "fin del mes de nacimiento",
        (BirthPoint::Birthday, Lang::En) => "birthday",
        (BirthPoint::Birthday, Lang::Es) => "cumpleaños",
    }
}

fn fixed(speaker: &Speaker<'_>, month: u32, day: u32, years: Years) -> String {
    let day = speaker.day_of_year(month, day);
    match (years, speaker.lang) {
        (Years::Every, Lang::En) => format!("until the next {day}, the same day for everyone"),
        (Years::Every, Lang::Es) => format!("hasta el siguiente {day}, el mismo día para todos"),
        (Years::Odd, Lang::En) => format!("until the next {day} of an odd year, the same day for everyone"),
        (Years::Odd, Lang::Es) => format!("hasta el siguiente {day} de un año impar, el mismo día para todos"),
        (Years::Even, Lang::En) => format!("until the next {day} of an even year, the same day for everyone"),
        (Years::Even, Lang::Es) => format!("hasta el siguiente {day} de un año par, el mismo día para todos"),
        (Years::After(1), Lang::En) => format!("until {day} of the next year"),
        (Years::After(1), Lang::Es) => format!("hasta el {day} del año siguiente"),
        (Years::After(years), Lang::En) => format!("until {day}, {years} calendar years after the year it starts in"),
        (Years::After(years), Lang::Es) => format!("hasta el {day}, {years} años después del año en que empieza"),
        (Years::Each { apart, from }, lang) => {
            let years = [0, 1, 2].map(|nth| (i64::from(from) + i64::from(apart) * nth).to_string()).join(", ");
            match lang {
                Lang::En => format!(
                    "until the next {day} of {years} and so on (every {apart} years), the same day for everyone"
                ),
                Lang::Es => {
                    format!("hasta el próximo {day} de {years}, etc. (cada {apart} años), el mismo día para todos")
                }
            }
        }
    }
}

/// "until October 31, 2 calendar years after the year of the day the exam is passed".
fn years_after(speaker: &Speaker<'_>, (month, day): (u32, u32), years: u32, what: &Anchor) -> String {
    let (day, what) = (speaker.day_of_year(month, day), anchor(what, speaker));
    let said = match (years, speaker.lang) {
        (1, Lang::En) => format!("until {day} of the year after that of {what}"),
        (1, Lang::Es) => format!("hasta el {day} del año que sigue al de {what}"),
        (_, Lang::En) => format!("until {day}, {years} calendar years after the year of {what}"),
        (_, Lang::Es) => format!("hasta el {day}, {years} años después del año de {what}"),
    };
    contracted(&said).into_owned()
}

/// When one can file, when it is due, when it is late and when it is over.
pub(super) fn renewal(speaker: &Speaker<'_>, stage: &Stage) -> Vec<String> {
    let days = &stage.renewal;
    let long = |found: Length| length(found, speaker.lang);
    let mut said = Vec::new();
    if let Some(opens) = days.opens {
        said.push(match speaker.lang {
            Lang::En => format!("You can renew from {} before it ends.", long(opens)),
            Lang::Es => format!("Se puede renovar desde {} antes de que termine.", long(opens)),
        });
    }
    if let Some(due) = days.due {
        said.push(match (due.is_nothing(), speaker.lang) {
            (true, Lang::En) => "The renewal is due by its last day.".to_owned(),
            (true, Lang::Es) => "La renovación se presenta a más tardar el último día.".to_owned(),
            (false, Lang::En) => format!("The renewal is due {} before it ends.", long(due)),
            (false, Lang::Es) => format!("La renovación se presenta a más tardar {} antes de que termine.", long(due)),
        });
    }
    if let Some(late) = days.late_from {
        said.push(match (late.is_nothing(), speaker.lang) {
            (true, Lang::En) => "After its last day it is late.".to_owned(),
            (true, Lang::Es) => "Después del último día es tardía.".to_owned(),
            (false, Lang::En) => format!("From {} before it ends, it is late.", long(late)),
            (false, Lang::Es) => format!("Desde {} antes de que termine es tardía.", long(late)),
        });
    }
    said.extend(grace(speaker, stage));
    said
}

fn grace(speaker: &Speaker<'_>, stage: &Stage) -> Vec<String> {
    let Some(grace) = stage.renewal.grace else { return Vec::new() };
    if grace.is_nothing() {
        return vec![
            speaker
                .two("After its end it can no longer be renewed.", "Después de su fin ya no se puede renovar.")
                .to_owned(),
        ];
    }
    let long = length(grace, speaker.lang);
    let mut said = vec![match (stage.renewal.grace_at_least, speaker.lang) {
        (false, Lang::En) => format!("It can still be renewed for {long} after its end."),
        (false, Lang::Es) => format!("Todavía se puede renovar durante {long} después de su fin."),
        (true, Lang::En) => {
            format!("It can still be renewed for at least {long} after its end. What comes then, the board decides.")
        }
        (true, Lang::Es) => {
            format!(
                "Todavía se puede renovar al menos durante {long} después de su fin. Lo que sigue lo decide la junta."
            )
        }
    }];
    if stage.renewal.grace_earns_hours {
        said.push(
            speaker
                .two("Hours earned in that time still count.", "Las horas de ese tiempo todavía cuentan.")
                .to_owned(),
        );
    }
    said
}

/// "Fee to renew, from the first late day on: 20 USD more."
pub(super) fn fee(speaker: &Speaker<'_>, fee: &Fee) -> String {
    let (en, es) = fee_for(fee.purpose);
    let from = match (fee.from, speaker.lang) {
        (FeeFrom::Start, _) => String::new(),
        (FeeFrom::Late, Lang::En) => ", if late".to_owned(),
        (FeeFrom::Late, Lang::Es) => ", si es tardía".to_owned(),
        (FeeFrom::Grace, Lang::En) => ", after the end of the certificate".to_owned(),
        (FeeFrom::Grace, Lang::Es) => ", después del fin del certificado".to_owned(),
        (FeeFrom::Before(long), Lang::En) => format!(", from {} before the end on", length(long, Lang::En)),
        (FeeFrom::Before(long), Lang::Es) => format!(", desde {} antes del fin", length(long, Lang::Es)),
        (FeeFrom::MoreThanAfter(long), Lang::En) => format!(", more than {} after the end", length(long, Lang::En)),
        (FeeFrom::MoreThanAfter(long), Lang::Es) => format!(", más de {} después del fin", length(long, Lang::Es)),
    };
    let amount = fee.amount.to_string();
    let mut said =
        if amount == "0" { speaker.two("none", "ninguna").to_owned() } else { format!("{amount} {}", fee.currency) };
    if fee.on_top {
        said += speaker.two(" more", " más");
    }
    if let Some(most) = fee.each_month {
        said += speaker.two(" for each month begun", " por cada mes empezado");
        if let Some(most) = most {
            said += &format!("{} {most} {}", speaker.two(", at most", ", como máximo"), fee.currency);
        }
    }
    format!("{}{from}: {said}.", speaker.two(en, es))
}

/// ", from March 10, 2020 through August 31, 2020".
pub(super) fn days(speaker: &Speaker<'_>, days: Days) -> String {
    let day = |day| speaker.day(day);
    match (days.from.map(day), days.through.map(day), speaker.lang) {
        (Some(from), Some(through), Lang::En) => format!(", from {from} through {through}"),
        (Some(from), Some(through), Lang::Es) => format!(", del {from} al {through}"),
        (Some(from), None, Lang::En) => format!(", from {from} on"),
        (Some(from), None, Lang::Es) => format!(", desde el {from}"),
        (None, Some(through), Lang::En) => format!(", through {through}"),
        (None, Some(through), Lang::Es) => format!(", hasta el {through}"),
        (None, None, _) => String::new(),
    }
}

/// People between two versions: "for whom this day lies so: the application, through January 1, 2021".
pub(super) fn who(speaker: &Speaker<'_>, who: &Who) -> String {
    let named = |attribute: &str, words: &[String]| {
        speaker.any(&words.iter().map(|word| speaker.word(attribute, word)).collect::<Vec<_>>())
    };
    let mut said = Vec::new();
    if let Some(day) = &who.day {
        let days = days(speaker, who.days);
        said.push(format!(
            "{} {}{}",
            speaker.two("with this day:", "con este día:"),
            anchor(day, speaker),
            days.strip_prefix(',').map_or(String::new(), ToOwned::to_owned)
        ));
    }
    if !who.cohort.is_empty() {
        said.push(format!("{} {}", speaker.two("of this group:", "de este grupo:"), named("cohort", &who.cohort)));
    }
    if !who.path.is_empty() {
        said.push(format!(
            "{} {}",
            speaker.two("who enter by this path:", "que ingresan por esta vía:"),
            named("path", &who.path)
        ));
    }
    if !who.holds.is_empty() {
        let on = who.on.map_or_else(String::new, |day| format!(" {} {}", speaker.two("on", "el"), speaker.day(day)));
        said.push(format!(
            "{}{on}: {}",
            speaker.two("with a certificate in force", "con un certificado vigente"),
            named("credential", &who.holds)
        ));
    }
    speaker.all(&said)
}
