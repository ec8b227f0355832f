//! Remarks as sentences.

use chrono::NaiveDate;

use super::super::evaluation::Note;
use super::super::lang::Lang;
use super::super::render::credential;
use super::stretches::{listed, number_of};

/// A remark in the reader's language; one with words of its own (a pack's) as it is.
#[must_use]
pub fn note(note: &Note, lang: Lang) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| super::day(day, lang)).unwrap_or_default();
    let (from, through, number) = (day(note.from), day(note.through), note.number.unwrap_or(0));
    let (en, es) = match note.code.as_str() {
        "period" if note.through.is_none() => {
            (format!("What is done from {from} on counts."), format!("Cuenta lo que se hace desde el {from}."))
        }
        "period" => (
            format!("What is done from {from} through {through} counts."),
            format!("Cuenta lo que se hace desde el {from} hasta el {through}."),
        ),
        "not_due" if note.through.is_none() => {
            ("It is not due at this renewal.".to_owned(), "No corresponde a esta renovación.".to_owned())
        }
        "not_due" => (
            format!("It is not due at this renewal: you have time through {through}."),
            format!("No corresponde a esta renovación: hay tiempo hasta el {through}."),
        ),
        "pro_rata" => (
            format!("The amount is in proportion to a term of {}.", months(number, Lang::En)),
            format!("La cantidad es proporcional a un período de {}.", months(number, Lang::Es)),
        ),
        "for_each" => (
            format!("The amount is asked {number} times, for the time you were away."),
            format!("La cantidad se pide {number} veces, por el tiempo que estuvo fuera."),
        ),
        "attempts_used" => {
            let most = note.about.as_deref().unwrap_or_default();
            if most == number.to_string() {
                (
                    format!("All attempts are used: {number} of {most}. The board can tell you what comes next."),
                    format!("Ya no quedan intentos: {number} de {most}. La junta puede decirle qué sigue."),
                )
            } else {
                (format!("Attempts used: {number} of {most}."), format!("Intentos usados: {number} de {most}."))
            }
        }
        Note::TOO_LITTLE_IN => {
            let names = stretches(note, lang);
            (format!("There is too little in these: {names}"), format!("Hay muy poco en estos: {names}"))
        }
        "too_little_if_confirmed" => {
            let names = stretches(note, lang);
            (
                format!("If the work in these is confirmed, there is too little in them: {names}"),
                format!("Si se confirma el trabajo de estos, hay muy poco en ellos: {names}"),
            )
        }
        Note::BIRTH_DATE_UNKNOWN => (
            "Your birth date is not known here yet.".to_owned(),
            "Aún no se sabe aquí su fecha de nacimiento.".to_owned(),
        ),
        "term_day_unknown" if note.about.is_some() => (
            "The end of the certificate is counted from the day the exam was passed, which is not known here."
                .to_owned(),
            "El fin del certificado se cuenta desde el día en que se aprobó el examen, que aquí no se sabe.".to_owned(),
        ),
        "term_day_unknown" => (
            "The end of the certificate is counted from an earlier day, which is not known here.".to_owned(),
            "El fin del certificado se cuenta desde un día anterior, que aquí no se sabe.".to_owned(),
        ),
        "again_by" => (
            format!("To be confirmed again by {through}."),
            format!("Hay que confirmarlo de nuevo a más tardar el {through}."),
        ),
        Note::FULL_ON => (
            format!("There is nothing to do for this: the time is full on {from}."),
            format!("Para esto no hay que hacer nada: el tiempo se cumple el {from}."),
        ),
        "pass_good_through" => {
            (format!("The pass is good through {through}."), format!("La aprobación está vigente hasta el {through}."))
        }
        "preliminary_pass" => (
            "The result is preliminary. It counts until the official one is there.".to_owned(),
            "El resultado es preliminar. Cuenta hasta que llegue el oficial.".to_owned(),
        ),
        Note::PLACING_NOT_PROVEN => (
            "There are too many ways to place these hours to try them all. A better one may exist: the board can look.".to_owned(),
            "Hay demasiadas maneras de repartir estas horas para probarlas todas. Puede haber una mejor: la junta puede verlo.".to_owned(),
        ),
        "refused" => (
            format!("The answer of {from} was no. It stays so until there is a new decision."),
            format!("La respuesta del {from} fue no. Sigue así hasta que haya una nueva decisión."),
        ),
        "clock_stopped" => (
            format!("The clock stood still for {}.", days(number, Lang::En)),
            format!("El plazo estuvo detenido {}.", days(number, Lang::Es)),
        ),
        "extended" => (
            format!("The board gave more time, through {through}."),
            format!("La junta dio más tiempo, hasta el {through}."),
        ),
        "term_moved" => (
            format!("The certificate runs {} longer, through {through}.", days(number, Lang::En)),
            format!("El certificado está vigente {} más, hasta el {through}.", days(number, Lang::Es)),
        ),
        "rests_with" => {
            let other = note.about.as_deref().unwrap_or_default();
            (
                format!("It is paused while {} is not in force.", credential(other, Lang::En)),
                format!("Está en pausa mientras {} no esté vigente.", credential(other, Lang::Es)),
            )
        }
        "renewals_used_up" if number == 0 => {
            ("This stage cannot be renewed.".to_owned(), "Esta etapa no se puede renovar.".to_owned())
        }
        "renewals_used_up" => (
            format!("This stage can be renewed {}. That is used up.", times(number, Lang::En)),
            format!("Esta etapa se puede renovar {}. Ya se agotó.", times(number, Lang::Es)),
        ),
        "extensions_used_up" => (
            format!(
                "A term can be made longer {}. What goes beyond that does not count: it ends on {through}.",
                times(number, Lang::En)
            ),
            format!(
                "Un período se puede prolongar {}. Lo que pasa de ahí no cuenta: termina el {through}.",
                times(number, Lang::Es)
            ),
        ),
        "extension_too_long" => (
            format!(
                "The term was made longer by more than the rules allow at a time. What goes beyond that does not count: \
                 it ends on {through}."
            ),
            format!(
                "El período se prolongó más de lo que las reglas permiten de una vez. Lo que pasa de ahí no cuenta: \
                 termina el {through}."
            ),
        ),
        "grace_not_stated" => (
            format!(
                "The certificate ended on {through}. The rules do not say for how long after that it can be renewed. \
                 The board decides."
            ),
            format!(
                "El certificado terminó el {through}. Las reglas no dicen por cuánto tiempo después se puede renovar. \
                 La junta decide."
            ),
        ),
        "grace_end_not_stated" => (
            format!(
                "It was sure to be renewable through {through}, and perhaps longer: the rules do not say for how long after \
                 that. The board decides."
            ),
            format!(
                "Era seguro poder renovarlo hasta el {through}, y quizás más tiempo: las reglas no dicen por cuánto después. \
                 La junta decide."
            ),
        ),
        "suspended" => (
            format!("The board has suspended your certificate since {from}. The board decides."),
            format!("La junta suspendió su certificado desde el {from}. La junta decide."),
        ),
        Note::NOT_AWAY if note.from.is_some() => {
            let (en, es) = match note.through {
                Some(_) => (format!(" through {through}"), format!(" hasta el {through}")),
                None => Default::default(),
            };
            (
                format!("Your certificate is in force{en}: there is nothing to get back."),
                format!("Su certificado está vigente{es}: no hay nada que recuperar."),
            )
        }
        Note::NOT_AWAY => (
            "The certificate has not ended: there is nothing to come back from.".to_owned(),
            "El certificado no ha terminado: no hay nada que recuperar.".to_owned(),
        ),
        "no_rung" => (
            "The board's rules say nothing about coming back from there. Ask the board.".to_owned(),
            "Las reglas de la junta no dicen cómo volver desde ahí. Pregunte a la junta.".to_owned(),
        ),
        code if code.starts_with("away_") => away(code, &from),
        _ => return note.text.clone(),
    };
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

/// The names that a remark ends with.
fn after_colon(text: &str) -> &str {
    text.split_once(": ").map_or("", |(_, rest)| rest)
}

/// Names of weeks, months or quarters as people write them, and how many more there are.
fn stretches(note: &Note, lang: Lang) -> String {
    let names: Vec<&str> = note.about.as_deref().unwrap_or_else(|| after_colon(&note.text)).split(", ").collect();
    listed(&names, number_of(note), lang)
}

fn days(number: u32, lang: Lang) -> String {
    match (lang, number) {
        (Lang::En, 1) => "1 day".to_owned(),
        (Lang::En, _) => format!("{number} days"),
        (Lang::Es, 1) => "1 día".to_owned(),
        (Lang::Es, _) => format!("{number} días"),
    }
}

fn times(number: u32, lang: Lang) -> String {
    match (lang, number) {
        (Lang::En, 0) => "not at all".to_owned(),
        (Lang::En, 1) => "once".to_owned(),
        (Lang::En, _) => format!("{number} times"),
        (Lang::Es, 0) => "ninguna vez".to_owned(),
        (Lang::Es, 1) => "una vez".to_owned(),
        (Lang::Es, _) => format!("{number} veces"),
    }
}

fn months(number: u32, lang: Lang) -> String {
    format!("{number} {}", super::unit_name("month", number == 1, lang))
}

/// Since when somebody is away, and why.
fn away(code: &str, from: &str) -> (String, String) {
    let (en, es) = match code {
        "away_inactive" => ("Your certificate has been inactive since", "Su certificado está inactivo desde el"),
        "away_retired" => ("You have been retired since", "Usted está en retiro desde el"),
        "away_revoked" => ("The board took your certificate back on", "La junta retiró su certificado el"),
        "away_surrendered" => ("You gave your certificate up on", "Usted entregó su certificado el"),
        "away_deceased" => (
            "The record says that the holder died. It says so since",
            "El registro dice que la persona murió. Lo dice desde el",
        ),
        "away_canceled" => ("Your certificate was closed on", "Su certificado se cerró el"),
        _ => (
            "Your certificate ran out. The first day without it was",
            "Su certificado venció. El primer día sin él fue el",
        ),
    };
    (format!("{en} {from}."), format!("{es} {from}."))
}
