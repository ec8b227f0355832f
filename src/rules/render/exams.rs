//! Clauses about exams.

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::clause::{Subject, texts};
use super::filters;
use super::phrases::{anchor_text, length_text, window_text};
use super::speaker::contracted;

/// A key of an exam.
#[must_use]
pub fn clause(about: &Subject<'_>, key: &str, value: &Value) -> Option<String> {
    let speaker = &about.speaker;
    let text = value.as_str().unwrap_or_default();
    let long = || length_text(text, speaker);
    Some(match key {
        "exams" => format!("{}: {}", speaker.two("exam", "examen"), speaker.any(&about.words(key, "exam"))),
        "pass" => {
            let marks: Vec<String> = texts(value).into_iter().map(|mark| speaker.amount(mark)).collect();
            format!("{}: {}", speaker.two("pass mark", "nota mínima"), speaker.any(&marks))
        }
        "wait" => {
            format!("{} {}", speaker.two("time to wait between two attempts:", "espera entre dos intentos:"), long())
        }
        "attempts" => attempts(about, value.as_object()?),
        "valid_for" => {
            let on = about.text("valid_on").map_or_else(String::new, |on| {
                format!(" ({} {})", speaker.two("looked at", "se mira"), on_day(about, on))
            });
            format!("{} {}{on}", speaker.two("a pass is good for", "la aprobación vale por"), long())
        }
        "valid_on" => {
            format!("{} {}", speaker.two("a pass has to be good", "la aprobación tiene que valer"), on_day(about, text))
        }
        "preliminary" if text == "counts" => {
            speaker.two("a preliminary result counts", "un resultado preliminar cuenta").to_owned()
        }
        "preliminary" => {
            speaker.two("a preliminary result does not count yet", "un resultado preliminar aún no cuenta").to_owned()
        }
        "parts_kept" => format!(
            "{} {}",
            speaker.two("a part that is passed is kept for", "una parte aprobada se conserva por"),
            long()
        ),
        "remediation" => remediation(about, value.as_object()?),
        "domain" => {
            format!("{}: {}", speaker.two("part of the exam", "parte del examen"), speaker.word("domain", text))
        }
        _ => return None,
    })
}

/// "on the day of the application", "on the day the certificate is first given".
fn on_day(about: &Subject<'_>, anchor: &str) -> String {
    let day = anchor_text(anchor, &about.speaker);
    let is_day = ["the day ", "el día "].iter().any(|start| day.starts_with(start));
    let is_date = anchor.starts_with(|first: char| first.is_ascii_digit());
    match (is_day || is_date, about.speaker.lang) {
        (true, Lang::En) => format!("on {day}"),
        (true, Lang::Es) => day,
        (false, Lang::En) => format!("on the day of {day}"),
        (false, Lang::Es) => contracted(&format!("en la fecha de {day}")).into_owned(),
    }
}

fn attempts(about: &Subject<'_>, fields: &Map<String, Value>) -> String {
    let speaker = &about.speaker;
    let most = fields.get("at_most").and_then(Value::as_u64).unwrap_or(0);
    let window = fields.get("window").and_then(Value::as_str).map(|text| format!(", {}", window_text(text, speaker)));
    let said = match (speaker.lang, most) {
        (Lang::En, 1) => "one attempt".to_owned(),
        (Lang::En, n) => format!("at most {n} attempts"),
        (Lang::Es, 1) => "un solo intento".to_owned(),
        (Lang::Es, n) => format!("como máximo {n} intentos"),
    };
    said + &window.unwrap_or_default()
}

/// "after 3 attempts without a pass, before the next: at least 10 hours of learning".
fn remediation(about: &Subject<'_>, fields: &Map<String, Value>) -> String {
    let speaker = &about.speaker;
    let after: Vec<String> = match fields.get("after") {
        Some(Value::Array(items)) => items.iter().map(ToString::to_string).collect(),
        Some(one) => vec![one.to_string()],
        None => Vec::new(),
    };
    let first = match (speaker.lang, after.as_slice()) {
        (Lang::En, [one]) if one == "1" => "after one attempt without a pass".to_owned(),
        (Lang::En, _) => format!("after {} attempts without a pass", speaker.any(&after)),
        (Lang::Es, [one]) if one == "1" => "después de un intento sin aprobar".to_owned(),
        (Lang::Es, _) => format!("después de {} intentos sin aprobar", speaker.any(&after)),
    };
    let key = if speaker.lang == Lang::En { "label" } else { "label_es" };
    let mut said = format!("{first}: {}", fields.get(key).and_then(Value::as_str).unwrap_or_default());
    if let Some(amount) = fields.get("learning") {
        said += &format!(", {} {}", speaker.two("at least", "al menos"), about.measured(amount));
    }
    let event: Vec<String> = fields
        .get("event")
        .map(texts)
        .unwrap_or_default()
        .into_iter()
        .map(|word| speaker.word("event", word))
        .collect();
    if !event.is_empty() {
        said += &format!(" ({})", speaker.any(&event));
    }
    if let Some(only) = fields.get("only").and_then(|only| filters::clause(speaker, "only", only)) {
        said += &format!("; {only}");
    }
    said
}
