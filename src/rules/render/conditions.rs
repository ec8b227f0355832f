//! Of whom something is asked: `when`, `unless`, `waived_when`, as "people who ...".

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::clause::texts;
use super::others::on;
use super::phrases::{length_text, window_text};
use super::speaker::{Speaker, contracted};

/// "asked only of people who hold ...".
#[must_use]
pub fn clause(speaker: &Speaker<'_>, key: &str, value: &Value) -> Option<String> {
    let people = people(speaker, value)?;
    Some(match key {
        "when" => speaker.two("asked only of people ", "se pide solo a personas ").to_owned() + &people,
        "unless" => speaker.two("not asked of people ", "no se pide a personas ").to_owned() + &people,
        _ => speaker.two("waived for people ", "no se exige a personas ").to_owned() + &people,
    })
}

/// Alternatives, each of several conditions: "who ... and whose ..., or who ...".
#[must_use]
pub fn people(speaker: &Speaker<'_>, value: &Value) -> Option<String> {
    let together = |fields: &Map<String, Value>| {
        let each: Vec<String> = fields.iter().map(|(key, value)| condition(speaker, key, value)).collect();
        speaker.all(&each)
    };
    match value {
        Value::Object(fields) => Some(together(fields)),
        Value::Array(items) => {
            let each: Vec<String> = items.iter().filter_map(Value::as_object).map(together).collect();
            Some(each.join(speaker.two(", or people ", ", o personas ")))
        }
        _ => None,
    }
}

fn condition(speaker: &Speaker<'_>, key: &str, value: &Value) -> String {
    let any = |attribute: &str| speaker.any(&speaker.words(attribute, &texts(value)));
    let said = |en: &str, es: &str, attribute: &str| format!("{} {}", speaker.two(en, es), any(attribute));
    match key {
        "employed_as" => said("who work as", "que trabajan como", "title"),
        "event" => said("for whom this has happened:", "para quienes ya ocurrió esto:", "event"),
        "holds" => said("who hold a certificate in force:", "que tienen un certificado vigente:", "credential"),
        "hold" => said("on hold for", "en pausa por", "hold"),
        "issued" => {
            let window = texts(value).first().map(|text| window_text(text, speaker)).unwrap_or_default();
            format!(
                "{} {window}",
                speaker.two("whose certificate was first given", "cuyo certificado se otorgó por primera vez")
            )
        }
        "first_term" if value.as_bool() == Some(false) => {
            speaker.two("in a later term", "en un período posterior").to_owned()
        }
        "first_term" => speaker.two("in their first term", "en su primer período").to_owned(),
        "term_shorter_than" => {
            let long = texts(value).first().map(|text| length_text(text, speaker)).unwrap_or_default();
            format!("{} {long}", speaker.two("in a term shorter than", "en un período de menos de"))
        }
        "path" => said("who enter by this path:", "que ingresan por esta vía:", "path"),
        "path_not" => said("who do not enter by this path:", "que no ingresan por esta vía:", "path"),
        "cohort" => said("of this group:", "de este grupo:", "cohort"),
        "attested" => attested(speaker, value),
        "age" => aged(speaker, value),
        "learned" => learned(speaker, value, speaker.two("who have learned at least", "que han aprendido al menos")),
        "never_learned" => learned(
            speaker,
            value,
            speaker.two("who have not yet learned at least", "que aún no han aprendido al menos"),
        ),
        other => format!("{}: {}", super::speaker::plain(other), texts(value).join(", ")),
    }
}

/// "who confirm lived experience: as an ally".
fn attested(speaker: &Speaker<'_>, value: &Value) -> String {
    let kind = value.get("attestation").and_then(Value::as_str).unwrap_or_default();
    let values = speaker.words(kind, &value.get("values").map(texts).unwrap_or_default());
    let about = format!(
        "{} {}",
        speaker.two("with this on file:", "con esto en el expediente:"),
        speaker.word("attestation", kind)
    );
    if values.is_empty() { about } else { format!("{about} ({})", speaker.any(&values)) }
}

/// "who are 16 to 17 years old on the day of the application".
fn aged(speaker: &Speaker<'_>, value: &Value) -> String {
    let years = |key: &str| value.get(key).and_then(Value::as_u64);
    let who = match (years("at_least"), years("at_most"), speaker.lang) {
        (Some(low), Some(high), Lang::En) if low == high => format!("who are {low} years old"),
        (Some(low), Some(high), Lang::Es) if low == high => format!("que tienen {low} años"),
        (Some(low), Some(high), Lang::En) => format!("who are {low} to {high} years old"),
        (Some(low), Some(high), Lang::Es) => format!("que tienen de {low} a {high} años"),
        (Some(low), None, Lang::En) => format!("who are at least {low} years old"),
        (Some(low), None, Lang::Es) => format!("que tienen al menos {low} años"),
        (_, high, Lang::En) => format!("who are at most {} years old", high.unwrap_or(0)),
        (_, high, Lang::Es) => format!("que tienen como máximo {} años", high.unwrap_or(0)),
    };
    let day = value.get("on").and_then(Value::as_str).unwrap_or("application");
    contracted(&format!("{who} {}", on(speaker, day))).into_owned()
}

/// "who have not yet learned at least 4 hours of ...".
fn learned(speaker: &Speaker<'_>, value: &Value, start: &str) -> String {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let topic = speaker.quoted(&speaker.word("topic", text("topic")));
    format!("{start} {} {} {topic}", speaker.amount(text("at_least")), speaker.two("of", "de"))
}
