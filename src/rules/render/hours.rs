//! Clauses about hours: learning, service, their topics, parts and limits.

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::clause::{Subject, texts};
use super::conditions::people;
use super::pace;
use super::phrases::length_text;

/// A key of learning, service or a part of them.
#[must_use]
pub fn clause(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    let two = |en: &str, es: &str| speaker.two(en, es).to_owned();
    let yes = value.as_bool() == Some(true);
    let text = value.as_str().unwrap_or_default();
    Some(match key {
        "at_least" if text.starts_with("0 ") => {
            speaker.two("any amount, also none", "cualquier cantidad, también ninguna").to_owned()
        }
        "at_least" => format!("{} {}", speaker.two("at least", "al menos"), share(about, value)),
        // "of the hours that count" says already that it is a limit on what counts.
        "at_most" if is_share(about, value) => {
            format!("{} {}", speaker.two("at most", "como máximo el"), share(about, value))
        }
        "at_most" => match speaker.lang {
            Lang::En => format!("at most {} count", share(about, value)),
            Lang::Es => format!("cuentan como máximo {}", share(about, value)),
        },
        "count" => format!("{} {}", speaker.two("at least", "al menos"), entries(about, value)),
        "counted_in" => format!("{} {}", speaker.two("counted in", "se cuenta en"), speaker.unit(text, false)),
        "minimum_size" => format!(
            "{} {}",
            two("a single entry counts only from", "cada registro cuenta solo a partir de"),
            about.measured(value)
        ),
        "attendance" if text == "100 %" => two("all of it has to be attended", "hay que asistir a todo"),
        "attendance" => format!("{} {}", two("attendance: at least", "asistencia: al menos el"), about.measured(value)),
        "excused_at_most" => format!(
            "{} {}",
            two(
                "excused absence: at most",
                if text.ends_with('%') {
                    "faltas justificadas: como máximo el"
                } else {
                    "faltas justificadas: como máximo"
                }
            ),
            about.measured(value)
        ),
        "per_week" => limit(about, value, "a week", "por semana"),
        "per_month" => limit(about, value, "a month", "por mes"),
        "approved" => approved(about, value),
        "topics" if text == "shared" => {
            two("an hour counts for every topic it covers", "una hora cuenta para cada tema que abarca")
        }
        "topics" if text == "exclusive" => {
            two("an hour counts for one topic only", "una hora cuenta para un solo tema")
        }
        "topic" | "topics" => format!("{}: {}", two("topic", "tema"), speaker.any(&about.words(key, "topic"))),
        "any_topic" if yes && about.speaker.version.topics.is_empty() => {
            two("courses on any topic count", "cuentan cursos sobre cualquier tema")
        }
        "any_topic" if yes => two("other topics count toward the total", "otros temas cuentan para el total"),
        "any_topic" => two("other topics do not count", "otros temas no cuentan"),
        "shared" if yes => {
            two("these hours may count for other rules too", "estas horas también pueden contar para otras reglas")
        }
        "shared" => two("an hour counts for one rule only", "una hora cuenta para una sola regla"),
        "whole" if yes => two("an entry is never split", "un registro no se divide"),
        "whole" => two("an entry may be split", "un registro se puede dividir"),
        "repeats" if text == "refused" => two("the same course counts once", "el mismo curso cuenta una sola vez"),
        "repeats" if text == "half" => two("a repeated course counts half", "un curso repetido cuenta la mitad"),
        "repeats" => two("a repeated course counts again", "un curso repetido cuenta otra vez"),
        "repeats_within" => format!(
            "{} {}",
            two(
                "a course is a repeat if taken again within",
                "un curso es una repetición si se toma otra vez dentro de"
            ),
            length_text(text, speaker)
        ),
        "same_course" if text == "course" => two(
            "the same course by another provider is a repeat too",
            "el mismo curso con otro proveedor también es una repetición",
        ),
        "same_course" => two(
            "the same course by the same provider is a repeat",
            "el mismo curso con el mismo proveedor es una repetición",
        ),
        "used_elsewhere" if text == "refused" => {
            two("hours used for another certificate do not count", "las horas usadas para otro certificado no cuentan")
        }
        "used_elsewhere" => two(
            "hours used for another certificate count here too",
            "las horas usadas para otro certificado también cuentan aquí",
        ),
        "supervisor" => two("with a supervisor whom the board accepts", "con un supervisor que la junta acepta"),
        "place" if text == "inside" => {
            two("these hours are part of the other hours", "estas horas forman parte de las demás")
        }
        "place" => two("these hours come on top of the other hours", "estas horas se suman a las demás"),
        "surplus" if text == "refused" => {
            two("more than this does not fill the total", "lo que pase de esto no cuenta para el total")
        }
        "surplus" => two("more than this fills the total", "lo que pase de esto cuenta para el total"),
        "independent" if yes => two("these hours come on top of the total", "estas horas se suman al total"),
        "independent" => two("these hours are part of the total", "estas horas forman parte del total"),
        "rounding" => pace::rounding(about, value.as_object()?),
        "ratio" => ratio(about, value.as_object()?),
        "rhythm" => pace::rhythm(about, value.as_object()?),
        "spread" => pace::spread(about, value.as_object()?),
        "rate" => pace::rate(about, value.as_object()?),
        "period" => pace::period(about, value.as_object()?),
        "pro_rata" => pace::pro_rata(about, value.as_object()?),
        "carry_over" => pace::carry_over(about, value.as_object()?),
        "for_each" => for_each(about, text),
        "instead" => instead(about, value),
        _ => return None,
    })
}

/// What is counted, where the kinds that count or the things counted do not tell it already.
pub(super) fn sort(about: &Subject<'_>) -> Option<String> {
    let has = |key: &str| about.stated.contains_key(key);
    let kinds = about.stated.get("only").is_some_and(|only| only.get("kind").is_some());
    if kinds || has("count") && !has("counted_in") {
        return None;
    }
    sort_said(about.sort, about.speaker.lang).map(str::to_owned)
}

/// What sort of records count for a rule about hours.
#[must_use]
pub fn sort_said(sort: &str, lang: Lang) -> Option<&'static str> {
    match (sort, lang) {
        ("learning", Lang::En) => Some("courses and other learning count"),
        ("learning", Lang::Es) => Some("cuentan los cursos y otro aprendizaje"),
        ("service", Lang::En) => Some("work and other practice count"),
        ("service", Lang::Es) => Some("cuentan el trabajo y otra práctica"),
        (_, _) => None,
    }
}

/// The topics of a part that has a name of its own, or more than one topic.
pub(super) fn topics(about: &Subject<'_>) -> Option<String> {
    let speaker = &about.speaker;
    let mut named: Vec<String> = Vec::new();
    for id in ["topic", "topics"].iter().flat_map(|key| about.texts(key)) {
        named.push(speaker.topic(id).map_or_else(|| super::speaker::plain(id), str::to_owned));
    }
    let label = about.text(if speaker.lang == Lang::En { "label" } else { "label_es" });
    let is_told = match named.as_slice() {
        [] => true,
        [one] => label.is_none_or(|label| label == one),
        _ => false,
    };
    let start = match named.len() {
        1 => speaker.two("it is about this topic:", "se refiere a este tema:"),
        _ => speaker.two("it is about these topics:", "se refiere a estos temas:"),
    };
    (about.sort == "topic" && !is_told).then(|| format!("{start} {}", speaker.all(&named)))
}

/// An amount; a share says of what.
fn share(about: &Subject<'_>, value: &Value) -> String {
    let said = about.measured(value);
    if is_share(about, value) {
        format!("{said} {}", about.speaker.two("of the hours that count", "de las horas que cuentan"))
    } else {
        said
    }
}

/// Whether an amount is a share of what counts.
fn is_share(about: &Subject<'_>, value: &Value) -> bool {
    ["cap", "floor"].contains(&about.sort) && value.as_str().is_some_and(|text| text.ends_with(" %"))
}

/// "12 courses", "120 credits", "12 entries".
pub(super) fn entries(about: &Subject<'_>, value: &Value) -> String {
    let (number, one) = (value.to_string(), value.as_u64() == Some(1));
    if let Some(unit) = about.text("counted_in") {
        return format!("{number} {}", about.speaker.unit(unit, one));
    }
    let unit = match (about.sort, one) {
        ("service", true) => about.speaker.two("entry", "registro"),
        ("service", false) => about.speaker.two("entries", "registros"),
        (_, true) => about.speaker.two("course", "curso"),
        (_, false) => about.speaker.two("courses", "cursos"),
    };
    format!("{number} {unit}")
}

fn limit(about: &Subject<'_>, value: &Value, en: &str, es: &str) -> String {
    let amount = about.measured(value);
    match about.speaker.lang {
        Lang::En => format!("at most {amount} {en} count"),
        Lang::Es => format!("cuentan como máximo {amount} {es}"),
    }
}

/// Who has to have approved it, on which list, and from when.
fn approved(about: &Subject<'_>, value: &Value) -> String {
    let speaker = &about.speaker;
    let Some(fields) = value.as_object() else {
        return match value.as_bool() {
            Some(false) => speaker.two("no approval is needed", "no necesita aprobación").to_owned(),
            _ => speaker
                .two(
                    "approved by the board on the day it was completed",
                    "aprobado por la junta el día en que se terminó",
                )
                .to_owned(),
        };
    };
    let words = |key: &str, attribute: &str| -> Vec<String> {
        fields.get(key).map(texts).unwrap_or_default().into_iter().map(|word| speaker.word(attribute, word)).collect()
    };
    let by = words("by", "by");
    let by = if by.is_empty() { speaker.word("by", "board") } else { speaker.any(&by) };
    let mut said = format!("{} {by}", speaker.two("approved by", "aprobado por"));
    let lists: Vec<String> = words("lists", "lists").iter().map(|list| speaker.quoted(list)).collect();
    if !lists.is_empty() {
        said += &format!("{} {}", speaker.two(", on the list", ", en la lista"), speaker.any(&lists));
    }
    let day = |key: &str| {
        fields.get(key).and_then(Value::as_str).and_then(|text| text.parse().ok()).map(|day| speaker.day(day))
    };
    match (day("completed_from"), day("completed_through")) {
        (None, None) => {}
        (Some(from), None) => {
            said += &format!(
                " ({} {from})",
                speaker.two("asked of what was completed from", "se pide de lo que se terminó desde el")
            )
        }
        (None, Some(through)) => {
            said += &format!(
                " ({} {through})",
                speaker.two("asked of what was completed through", "se pide de lo que se terminó hasta el")
            )
        }
        (Some(from), Some(through)) => {
            let start = speaker.two("asked of what was completed from", "se pide de lo que se terminó del");
            said += &format!(" ({start} {from} {} {through})", speaker.two("through", "al"));
        }
    }
    said
}

fn ratio(about: &Subject<'_>, fields: &Map<String, Value>) -> String {
    let speaker = &about.speaker;
    let amount = |key: &str| fields.get(key).map(|value| about.measured(value)).unwrap_or_default();
    let other = speaker.rule(fields.get("of").and_then(Value::as_str).unwrap_or_default());
    let mut said = format!(
        "{} {} {} {other}",
        speaker.two("1 hour for every", "1 hora por cada"),
        amount("one_hour_per"),
        speaker.two("of", "de")
    );
    if fields.contains_key("never_below") {
        said += &format!("{} {}", speaker.two(", and never less than", ", y nunca menos de"), amount("never_below"));
    }
    said
}

fn for_each(about: &Subject<'_>, text: &str) -> String {
    let two = |en: &str, es: &str| about.speaker.two(en, es).to_owned();
    let (started, rest) = text.strip_prefix("started ").map_or((false, text), |rest| (true, rest));
    let length = rest.strip_suffix(" away").unwrap_or(rest);
    let (en, es) = match length {
        "year" => ("year".to_owned(), "año".to_owned()),
        "month" => ("month".to_owned(), "mes".to_owned()),
        other => {
            let long = length_text(other, &about.speaker);
            (long.clone(), long)
        }
    };
    match started {
        true => two(
            &format!("asked again for each {en} away, also one only begun"),
            &format!("se pide otra vez por cada {es} de ausencia, aunque apenas haya empezado"),
        ),
        false => two(
            &format!("asked again for each full {en} away"),
            &format!("se pide otra vez por cada {es} completo de ausencia"),
        ),
    }
}

/// Other amounts for some people.
fn instead(about: &Subject<'_>, value: &Value) -> String {
    let speaker = &about.speaker;
    let items: Vec<&Map<String, Value>> = match value {
        Value::Array(items) => items.iter().filter_map(Value::as_object).collect(),
        Value::Object(one) => vec![one],
        _ => Vec::new(),
    };
    let each = items.into_iter().map(|item| {
        let amount = match (item.get("at_least"), item.get("count")) {
            (Some(amount), _) => about.measured(amount),
            (None, Some(count)) => entries(about, count),
            (None, None) => String::new(),
        };
        let whom = item.get("when").and_then(|when| people(speaker, when)).unwrap_or_default();
        format!(
            "{} {whom}: {} {amount}",
            speaker.two("for people", "para personas"),
            speaker.two("at least", "al menos")
        )
    });
    each.collect::<Vec<_>>().join("; ")
}
