//! A small pack around a few rules, and one question about it.

use credtrail::rules::evaluation::{Evaluation, Requirement};
use credtrail::rules::{Pack, Purpose, Question, Reason, Record, evaluate};
use serde_json::{Value, json};

const HEAD: &str = r#"
credential = "us-xx-ps"
name = "N"
name_es = "N"
board = "B"
time_zone = "UTC"
in_force = { from = 2020-01-01 }
verified = false
applies_by = ["application"]
hour = "60 minutes"
[source.s]
title = "S"
url = "https://example.org"
read_on = 2026-11-20
[topic.ethics]
label = "Ethics"
label_es = "Ética"
[topic.housing]
label = "Housing"
label_es = "Vivienda"
[topic.advocacy]
label = "Advocacy"
label_es = "Defensa"
[[stage]]
id = "full"
label = "F"
label_es = "F"
term = "24 months"
"#;

/// A rule with its frame.
pub fn rule(what: &str, id: &str, keys: &str) -> String {
    format!("[[initial.{what}]]\nid = \"{id}\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\n{keys}\n")
}

/// A part of a rule with its labels.
pub fn part(what: &str, id: &str, keys: &str) -> String {
    format!("[[initial.{what}]]\nid = \"{id}\"\nlabel = \"L\"\nlabel_es = \"L\"\n{keys}\n")
}

/// The pack around some rules; `head` has further lines for its head.
pub fn pack(head: &str, rules: &str) -> Pack {
    let hour = if head.contains("hour =") { HEAD.replace("hour = \"60 minutes\"\n", "") } else { HEAD.to_owned() };
    let text = format!("{}{hour}{rules}", head);
    Pack::parse(&[("2020-01-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// A record of these facts.
pub fn record(facts: &Value) -> Record {
    let mut record = json!({ "format": "credtrail.record/1", "person": { "id": "p", "birth_date": "1990-01-01" } });
    for (key, value) in facts.as_object().unwrap() {
        record[key] = value.clone();
    }
    Record::from_json(&record.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

/// What the rules say of these facts on a day.
pub fn ask_on(day: &str, head: &str, rules: &str, facts: &Value) -> Evaluation {
    let (pack, record) = (pack(head, rules), record(facts));
    let question = Question { as_of: day.parse().unwrap(), purpose: Purpose::Initial, stage: None };
    evaluate(pack.version_for(&record, question.as_of, question.purpose).unwrap(), &record, &question)
}

/// The same on 1 June 2025.
pub fn ask(rules: &str, facts: &Value) -> Evaluation {
    ask_on("2025-06-01", "", rules, facts)
}

/// Learning that counts, on 1 January 2025 unless `more` says otherwise.
pub fn learning(id: &str, minutes: u64, more: &Value) -> Value {
    let mut fact = json!({ "id": id, "completed_on": "2025-01-01", "minutes": minutes, "status": "verified" });
    for (key, value) in more.as_object().unwrap() {
        fact[key] = value.clone();
    }
    fact
}

/// Signed work.
pub fn work(id: &str, from: &str, to: &str, minutes: u64) -> Value {
    json!({ "id": id, "from": from, "to": to, "minutes": minutes, "kind": "direct", "status": "attested" })
}

/// A requirement of the answer.
pub fn found<'a>(answer: &'a Evaluation, id: &str) -> &'a Requirement {
    fn in_all<'a>(all: &'a [Requirement], id: &str) -> Option<&'a Requirement> {
        all.iter().find_map(|one| if one.id == id { Some(one) } else { in_all(&one.requirements, id) })
    }
    in_all(&answer.requirements, id).unwrap_or_else(|| panic!("no requirement {id}: {answer:#?}"))
}

/// Counted and needed, as the answer writes them.
pub fn amounts<'a>(answer: &'a Evaluation, id: &str) -> (&'a str, &'a str) {
    let found = found(answer, id);
    (found.counted.as_deref().unwrap(), found.needed.as_deref().unwrap())
}

/// Minutes and reasons of one record.
pub fn said(answer: &Evaluation, id: &str) -> (Option<u64>, Vec<(Option<u64>, Reason)>) {
    let found = answer.records.iter().find(|record| record.record == id).unwrap();
    (found.minutes, found.not_counted.iter().map(|lost| (lost.minutes, lost.reason)).collect())
}
