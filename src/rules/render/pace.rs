//! Clauses about how hours lie in time, how they are rounded, and what is carried on.

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::clause::{Subject, texts};
use super::phrases::{anchor_text, length_text};
use super::speaker::contracted;

type Fields = Map<String, Value>;

fn text<'f>(fields: &'f Fields, key: &str) -> &'f str {
    fields.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// "at least once a week".
pub(super) fn rhythm(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let each = match text(fields, "each") {
        "week" => speaker.two("a week", "por semana"),
        "month" => speaker.two("a month", "por mes"),
        _ => speaker.two("a quarter", "por trimestre"),
    };
    let least = match fields.get("at_least") {
        Some(Value::Number(number)) if number.as_u64() == Some(1) => speaker.two("once", "una vez").to_owned(),
        Some(Value::Number(number)) => format!("{number} {}", speaker.two("times", "veces")),
        Some(other) => about.measured(other),
        None => String::new(),
    };
    let said = format!("{} {least} {each}", speaker.two("at least", "al menos"));
    let Some(other) = fields.get("with_any").and_then(Value::as_str) else { return said };
    let only = match text(fields, "each") {
        "week" => speaker.two("in the weeks with any", "en las semanas con algo de"),
        "month" => speaker.two("in the months with any", "en los meses con algo de"),
        _ => speaker.two("in the quarters with any", "en los trimestres con algo de"),
    };
    format!("{said}, {only} {}", speaker.rule(other))
}

/// "spread over at least 6 months and at most 18 months".
pub(super) fn spread(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let part = |key: &str, en: &str, es: &str| {
        fields.contains_key(key).then(|| format!("{} {}", speaker.two(en, es), length_text(text(fields, key), speaker)))
    };
    let parts = [part("at_least", "at least", "al menos"), part("at_most", "at most", "como máximo")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} {}", speaker.two("spread over", "repartidas en"), speaker.all(&parts))
}

/// "at least 16 hours a week for 52 weeks".
pub(super) fn rate(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let long = fields.get("for").and_then(Value::as_str).map(|text| length_text(text, speaker)).unwrap_or_default();
    format!("{} {} {long}", rhythm(about, fields), speaker.two("for", "durante"))
}

/// "rounded down to steps of 0.5 hours, entry by entry".
pub(super) fn rounding(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let step = fields.get("step").map(|step| about.measured(step)).unwrap_or_default();
    let way = match text(fields, "mode") {
        "ceil" => speaker.two("rounded up", "se redondea hacia arriba"),
        "nearest" => speaker.two("rounded to the nearest", "se redondea a lo más cercano"),
        _ => speaker.two("rounded down", "se redondea hacia abajo"),
    };
    let scope = match text(fields, "scope") {
        "per topic" => speaker.two("topic by topic", "por tema"),
        "total" => speaker.two("on the total", "sobre el total"),
        _ => speaker.two("entry by entry", "por registro"),
    };
    let mut said = format!("{way} {} {step}, {scope}", speaker.two("in steps of", "en pasos de"));
    if let Some(minimum) = fields.get("minimum") {
        said += &format!("{} {}", speaker.two(", and never less than", ", y nunca menos de"), about.measured(minimum));
    }
    said
}

/// "asked in periods of 6 years, one after the other, ...".
pub(super) fn period(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let every = text(fields, "every");
    let long = match every.strip_suffix(" terms") {
        Some(number) => format!("{number} {}", speaker.two("terms", "períodos de vigencia")),
        None => length_text(every, speaker),
    };
    let day = |key: &str, usual: &str| anchor_text(fields.get(key).and_then(Value::as_str).unwrap_or(usual), speaker);
    let terms = every.ends_with(" terms");
    let said = match (fields.get("follows_on").and_then(Value::as_bool), speaker.lang) {
        (Some(false), Lang::En) => format!("asked in any {long} up to {}", day("to", "term end")),
        (Some(false), Lang::Es) => format!("se pide en {long} hasta {}", day("to", "term end")),
        (_, Lang::En) if terms => format!("asked once in {long}, one after the other"),
        (_, Lang::Es) if terms => format!("se pide una vez en {long}, uno tras otro"),
        (_, Lang::En) => format!("asked in periods of {long}, one after the other, from {} on", day("from", "issue")),
        (_, Lang::Es) => format!("se pide en plazos de {long}, uno tras otro, a partir de {}", day("from", "issue")),
    };
    let first = match text(fields, "first") {
        "" => String::new(),
        "1 term" => speaker.two("; the first one is 1 term long", "; el primero dura 1 período de vigencia").to_owned(),
        first => {
            let long = match first.strip_suffix(" terms") {
                Some(number) => format!("{number} {}", speaker.two("terms", "períodos de vigencia")),
                None => length_text(first, speaker),
            };
            format!("{} {long}", speaker.two("; the first one is as long as", "; el primero dura"))
        }
    };
    contracted(&(said + &first)).into_owned()
}

/// "in proportion to the first term: all of it for 24 months".
pub(super) fn pro_rata(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let of = match text(fields, "of") {
        "every term" => speaker.two("the length of the term", "la duración del período"),
        _ => speaker.two("the length of the first term", "la duración del primer período"),
    };
    let full = length_text(text(fields, "full"), speaker);
    let mut said = format!(
        "{} {of}: {} {full}",
        speaker.two("asked in proportion to", "se pide en proporción a"),
        speaker.two("all of it for", "todo para")
    );
    match text(fields, "months") {
        "started" => said += speaker.two(", a month begun counts as a whole one", ", un mes empezado cuenta entero"),
        "whole" => said += speaker.two(", only whole months count", ", solo cuentan los meses completos"),
        _ => {}
    }
    if let Some(step) = fields.get("step") {
        let way = match text(fields, "mode") {
            "floor" => speaker.two(", rounded down to", ", se redondea hacia abajo a"),
            "nearest" => speaker.two(", rounded to the nearest", ", se redondea a lo más cercano a"),
            _ => speaker.two(", rounded up to", ", se redondea hacia arriba a"),
        };
        said += &format!("{way} {}", about.measured(step));
    }
    said
}

/// "up to 10 hours above the need may be kept for the next term".
pub(super) fn carry_over(about: &Subject<'_>, fields: &Fields) -> String {
    let speaker = &about.speaker;
    let amount = |fields: &Fields| fields.get("at_most").map(|most| about.measured(most));
    let most = match (amount(fields), speaker.lang) {
        (Some(most), Lang::En) => format!("up to {most} above the need may be kept"),
        (Some(most), Lang::Es) => format!("hasta {most} por encima de lo exigido se pueden guardar"),
        (None, Lang::En) => "hours above the need may be kept".to_owned(),
        (None, Lang::Es) => "las horas por encima de lo exigido se pueden guardar".to_owned(),
    };
    let generations = fields.get("generations").and_then(Value::as_u64).unwrap_or(1);
    let next = match (generations, speaker.lang) {
        (1, Lang::En) => "for the next term".to_owned(),
        (1, Lang::Es) => "para el período siguiente".to_owned(),
        (n, Lang::En) => format!("for the next {n} terms"),
        (n, Lang::Es) => format!("para los {n} períodos siguientes"),
    };
    let topic = |word: &str| speaker.quoted(&speaker.word("topic", word));
    let kept_as = |fields: &Fields| match fields.get("as_topic").and_then(Value::as_str) {
        Some("general") => speaker.two(", without a topic", ", sin tema").to_owned(),
        Some(other) => format!("{} {}", speaker.two(", as hours of", ", como horas de"), topic(other)),
        None => String::new(),
    };
    let mut said = format!("{most} {next}{}", kept_as(fields));
    let from: Vec<String> = fields.get("from_topic").map(texts).unwrap_or_default().into_iter().map(topic).collect();
    if !from.is_empty() {
        said += &format!("{} {}", speaker.two(", only from", ", solo de"), speaker.all(&from));
    }
    for own in fields.get("topics").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let most =
            amount(own).map(|most| format!(" {} {most}", speaker.two("at most", "como máximo"))).unwrap_or_default();
        said += &format!("; {} {}:{most}{}", speaker.two("of", "de"), topic(text(own, "topic")), kept_as(own));
    }
    said
}
