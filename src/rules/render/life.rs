//! The head of the page and the credential's life: whom it rules, stages with terms, renewal dates and fees.

use chrono::Weekday;
use serde_json::Value;

use super::super::lang::Lang;
use super::super::pack::holidays::Holiday;
use super::super::pack::model::Stage;
use super::super::pack::phrase::Anchor;
use super::super::question::Purpose;
use super::describe::cited;
use super::page::{Group, Item, Section, Sources};
use super::phrases::anchor;
use super::relief;
use super::speaker::{Speaker, sentence};
use super::terms;

/// Since when it holds, whether it is confirmed, whom it rules, how long an hour is.
pub(super) fn lead(speaker: &Speaker<'_>) -> Vec<String> {
    let mut said = vec![in_force(speaker), confirmed(speaker)];
    said.extend(applies_by(speaker));
    said.extend((speaker.version.hour != 60).then(|| hour(speaker)));
    said.extend(units(speaker));
    let never: Vec<String> = speaker
        .version
        .topics
        .iter()
        .filter(|topic| topic.never_counts)
        .map(|topic| topic.label.in_lang(speaker.lang).to_owned())
        .collect();
    if !never.is_empty() {
        said.push(format!(
            "{}: {}.",
            speaker.two("Hours on this never count", "Las horas sobre esto nunca cuentan"),
            speaker.all(&never)
        ));
    }
    said
}

fn in_force(speaker: &Speaker<'_>) -> String {
    let day = |day| speaker.day(day);
    let days = speaker.version.in_force;
    match (days.from.map(day), days.through.map(day), speaker.lang) {
        (Some(from), None, Lang::En) => format!("These rules apply from {from}."),
        (Some(from), None, Lang::Es) => format!("Estas reglas se aplican desde el {from}."),
        (Some(from), Some(through), Lang::En) => format!("These rules apply from {from} through {through}."),
        (Some(from), Some(through), Lang::Es) => format!("Estas reglas se aplican del {from} al {through}."),
        (None, _, Lang::En) => "These rules apply.".to_owned(),
        (None, _, Lang::Es) => "Estas reglas se aplican.".to_owned(),
    }
}

fn confirmed(speaker: &Speaker<'_>) -> String {
    if speaker.version.verified {
        return speaker.two("The board has confirmed them.", "La junta las ha confirmado.").to_owned();
    }
    speaker
        .two(
            "They are not yet confirmed by the board. They were written down from public pages, named below.",
            "La junta aún no las ha confirmado. Se escribieron a partir de páginas públicas, indicadas abajo.",
        )
        .to_owned()
}

pub(super) fn applies_by(speaker: &Speaker<'_>) -> Option<String> {
    let days: Vec<String> = speaker.version.applies_by.iter().map(|day| anchor(day, speaker)).collect();
    if speaker.version.applies_by == [Anchor::Application] {
        let said = speaker.two(
            "They apply to applications received in that time.",
            "Se aplican a las solicitudes que llegan en ese tiempo.",
        );
        return Some(said.to_owned());
    }
    match (days.as_slice(), speaker.lang) {
        ([], _) => None,
        ([one], Lang::En) => Some(format!("They apply to you if this day lies in that time: {one}.")),
        ([one], Lang::Es) => Some(format!("Se le aplican si este día cae en ese tiempo: {one}.")),
        (_, Lang::En) => {
            Some(format!("They apply to you if the last of these days lies in that time: {}.", speaker.all(&days)))
        }
        (_, Lang::Es) => {
            Some(format!("Se le aplican si el último de estos días cae en ese tiempo: {}.", speaker.all(&days)))
        }
    }
}

fn hour(speaker: &Speaker<'_>) -> String {
    let minutes = speaker.version.hour;
    match speaker.lang {
        Lang::En => format!("One hour is {minutes} minutes here."),
        Lang::Es => format!("Aquí, una hora son {minutes} minutos."),
    }
}

/// What units of the board's own are worth.
fn units(speaker: &Speaker<'_>) -> Vec<String> {
    let version = speaker.version;
    let mut said = Vec::new();
    for (name, size) in &version.units {
        let worth = format!("{} {}", size.stated, speaker.unit(&size.unit.name, size.stated.to_string() == "1"));
        said.push(sentence(&format!("1 {} {} {worth}", speaker.unit(name, true), speaker.two("is", "son"))));
    }
    for (name, sizes) in &version.unit_sizes {
        for (course, size) in sizes {
            let worth = format!("{} {}", size.stated, speaker.unit(&size.unit.name, size.stated.to_string() == "1"));
            let course = speaker.word("course", course);
            said.push(match speaker.lang {
                Lang::En => {
                    format!("1 {} in the course {} is {worth}.", speaker.unit(name, true), speaker.quoted(&course))
                }
                Lang::Es => {
                    format!("1 {} en el curso {} son {worth}.", speaker.unit(name, true), speaker.quoted(&course))
                }
            });
        }
    }
    said
}

/// The stages, their terms, dates and fees.
pub(super) fn certificate(speaker: &Speaker<'_>, sources: &mut Sources<'_>) -> Section {
    let mut items = Vec::new();
    for stage in &speaker.version.stages {
        let numbers = stage_sources(speaker, stage, sources);
        items.push(Item {
            label: stage.label.in_lang(speaker.lang).to_owned(),
            sentences: stage_says(speaker, stage),
            sources: numbers,
            ..Item::default()
        });
    }
    let mut after = Vec::new();
    after.extend(holidays(speaker));
    after.extend(reminders(speaker));
    let first = match (speaker.version.stages.len(), speaker.lang) {
        (1, _) => None,
        (n, Lang::En) => Some(format!("There are {n} stages, in this order.")),
        (n, Lang::Es) => Some(format!("Hay {n} etapas, en este orden.")),
    };
    Section {
        id: "certificate",
        title: speaker.two("The certificate", "El certificado").to_owned(),
        lead: first.into_iter().chain(after).collect(),
        groups: vec![Group { title: None, items }],
    }
}

/// Where a stage and its fees are written, as far as the pack says it.
fn stage_sources(speaker: &Speaker<'_>, stage: &Stage, sources: &mut Sources<'_>) -> Vec<usize> {
    let stated = speaker.version.stated.get("stage").and_then(Value::as_array).into_iter().flatten();
    let own = stated.filter(|found| found.get("id").and_then(Value::as_str) == Some(stage.id.as_str()));
    let mut numbers = Vec::new();
    for found in own {
        let fees = found.get("fee").and_then(Value::as_array).into_iter().flatten();
        for citation in std::iter::once(found).chain(fees).filter_map(|part| cited(speaker.version, part.as_object()?))
        {
            let number = sources.number(&citation);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    numbers
}

/// The topics that courses can have: what else they are about does not count.
pub(super) fn topics(speaker: &Speaker<'_>) -> Option<Section> {
    let counting = speaker.version.topics.iter().filter(|topic| !topic.never_counts);
    let names: Vec<String> = counting.map(|topic| topic.label.in_lang(speaker.lang).to_owned()).collect();
    if names.is_empty() {
        return None;
    }
    let start = speaker.two("Courses on these topics can count", "Pueden contar cursos sobre estos temas");
    let rest = speaker.two(
        "A course on another topic waits until the board says whether it counts, unless a rule says so.",
        "Un curso sobre otro tema espera a que la junta diga si cuenta, salvo que una regla lo diga.",
    );
    let lead = vec![format!("{start}: {}.", speaker.all(&names)), rest.to_owned()];
    let title = speaker.two("Topics of courses", "Temas de los cursos").to_owned();
    Some(Section { id: "topics", title, lead, groups: Vec::new() })
}

/// All that is said of a stage.
pub(super) fn stage_says(speaker: &Speaker<'_>, stage: &Stage) -> Vec<String> {
    let mut said = terms::term(speaker, stage);
    said.extend(terms::renewal(speaker, stage));
    for other in &stage.suspends_with {
        let other = speaker.word("credential", other);
        said.push(match speaker.lang {
            Lang::En => format!("It is paused while this certificate is not in force: {other}."),
            Lang::Es => format!("Está en pausa mientras este certificado no esté vigente: {other}."),
        });
    }
    said.extend(stage.fees.iter().map(|fee| terms::fee(speaker, fee)));
    said
}

pub(super) fn holidays(speaker: &Speaker<'_>) -> Option<String> {
    let days: Vec<String> = speaker.version.holidays.iter().map(|day| holiday(speaker, *day)).collect();
    let start = speaker.two(
        "The board does not work on weekends and on these days",
        "La junta no trabaja los fines de semana ni estos días",
    );
    (!days.is_empty()).then(|| format!("{start}: {}.", speaker.all(&days)))
}

fn holiday(speaker: &Speaker<'_>, day: Holiday) -> String {
    const NTH: [(&str, &str); 5] =
        [("first", "primer"), ("second", "segundo"), ("third", "tercer"), ("fourth", "cuarto"), ("last", "último")];
    match day {
        Holiday::On(day) => speaker.day(day),
        Holiday::Every { month, day, nearest_weekday } => {
            let near = if nearest_weekday {
                speaker.two(" (or the nearest weekday)", " (o el día laborable más cercano)")
            } else {
                ""
            };
            speaker.day_of_year(month, day) + near
        }
        Holiday::Nth(nth, weekday, month) => {
            let (en, es) = NTH.get(usize::from(nth.saturating_sub(1))).copied().unwrap_or_default();
            let first = speaker.day_of_year(month, 1);
            let month = match speaker.lang {
                Lang::En => first.strip_suffix(" 1").unwrap_or(&first).to_owned(),
                Lang::Es => first.strip_prefix("1 de ").unwrap_or(&first).to_owned(),
            };
            format!(
                "{} {} {} {month}",
                speaker.two(&format!("the {en}"), &format!("el {es}")),
                week_day(speaker, weekday),
                speaker.two("of", "de")
            )
        }
    }
}

const fn week_day<'s>(speaker: &Speaker<'s>, day: Weekday) -> &'s str {
    match day {
        Weekday::Mon => speaker.two("Monday", "lunes"),
        Weekday::Tue => speaker.two("Tuesday", "martes"),
        Weekday::Wed => speaker.two("Wednesday", "miércoles"),
        Weekday::Thu => speaker.two("Thursday", "jueves"),
        Weekday::Fri => speaker.two("Friday", "viernes"),
        Weekday::Sat => speaker.two("Saturday", "sábado"),
        Weekday::Sun => speaker.two("Sunday", "domingo"),
    }
}

fn reminders(speaker: &Speaker<'_>) -> Option<String> {
    let days = |days: &[u32]| speaker.all(&days.iter().map(ToString::to_string).collect::<Vec<_>>());
    let (before, after) = (&speaker.version.reminders.before_expiry, &speaker.version.reminders.in_grace);
    let mut said = match (before.is_empty(), speaker.lang) {
        (true, _) => return None,
        (false, Lang::En) => format!("We send reminders {} days before the end", days(before)),
        (false, Lang::Es) => format!("Enviamos recordatorios {} días antes del fin", days(before)),
    };
    if !after.is_empty() {
        said += &match speaker.lang {
            Lang::En => format!(", and {} days after it", days(after)),
            Lang::Es => format!(", y {} días después", days(after)),
        };
    }
    Some(said + ".")
}

/// What a page says of its own date.
pub(super) fn dated(speaker: &Speaker<'_>, dated: &str) -> String {
    let (effective, rest) = dated.strip_prefix("effective ").map_or((false, dated), |rest| (true, rest));
    let as_printed = if rest.contains(' ') { speaker.quoted(rest) } else { rest.to_owned() };
    let day = rest.parse().map_or(as_printed, |day| speaker.day(day));
    match (effective, speaker.lang) {
        (true, Lang::En) => format!("in effect from {day}"),
        (true, Lang::Es) => format!("vigente desde el {day}"),
        (false, Lang::En) => format!("dated {day}"),
        (false, Lang::Es) => format!("con fecha {day}"),
    }
}

/// A purpose's fee in words.
pub(super) const fn fee_for(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Initial => ("Fee to become certified", "Tarifa para obtener el certificado"),
        Purpose::Renewal => ("Fee to renew", "Tarifa para renovar"),
        Purpose::Reinstatement => ("Fee to come back", "Tarifa para volver"),
        Purpose::Reciprocity => ("Fee to come from another region", "Tarifa para venir de otra región"),
    }
}

/// What a key of the head says, sentence by sentence: for comparing two versions.
#[must_use]
pub fn head(speaker: &Speaker<'_>, key: &str) -> Vec<String> {
    let version = speaker.version;
    let named = |label: &super::super::pack::model::Label, said: Vec<String>| {
        said.into_iter().map(|sentence| format!("{}: {sentence}", label.in_lang(speaker.lang))).collect::<Vec<_>>()
    };
    let whole = |label: &super::super::pack::model::Label, said: Vec<String>| {
        format!("{}: {}", label.in_lang(speaker.lang), said.join(" "))
    };
    match key {
        "hour" => vec![hour(speaker)],
        "unit" => units(speaker),
        "applies_by" => applies_by(speaker).into_iter().collect(),
        "holidays" => holidays(speaker).into_iter().collect(),
        "stage" if version.stages.len() == 1 => {
            version.stages.iter().flat_map(|stage| stage_says(speaker, stage)).collect()
        }
        "stage" => version.stages.iter().flat_map(|stage| named(&stage.label, stage_says(speaker, stage))).collect(),
        "hold" => version.holds.iter().map(|hold| whole(&hold.label, relief::hold_says(speaker, hold))).collect(),
        "order" => version.orders.iter().map(|order| whole(&order.label, relief::order_says(speaker, order))).collect(),
        "transition" => version
            .transitions
            .iter()
            .map(|found| whole(&found.label, relief::transition_says(speaker, found)))
            .collect(),
        _ => Vec::new(),
    }
}
