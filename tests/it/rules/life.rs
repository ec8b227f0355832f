//! The life of a credential: terms, filing, grace, ladders back, holds, carry-over. Boundary days on both sides.

mod ages;
mod bases;
mod carry;
mod edges;
mod filing;
mod holds;
mod ladder;
mod order;
mod periods;
mod standing;
mod terms;
mod turns;
mod work;

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Lang, Pack, Purpose, Question, Record, evaluate, explain};
use serde_json::{Value, json};

/// A pack's head; `more` stands in its stage.
fn head(more: &str) -> String {
    format!(
        r#"
credential = "us-xx-ps"
name = "N"
name_es = "N"
board = "B"
time_zone = "UTC"
in_force = {{ from = 2010-01-01 }}
verified = false
applies_by = ["application"]
hour = "60 minutes"
[source.s]
title = "S"
url = "https://example.org"
read_on = 2026-11-20
dated = "effective 2019-01-01"
[topic.ethics]
label = "Ethics"
label_es = "Ética"
[topic.housing]
label = "Housing"
label_es = "Vivienda"
[[stage]]
id = "full"
label = "F"
label_es = "F"
{more}
"#
    )
}

/// A rule or heading with its frame.
fn rule(heading: &str, id: &str, keys: &str) -> String {
    format!("\n[[{heading}]]\nid = \"{id}\"\nlabel = \"L {id}\"\nlabel_es = \"E {id}\"\ncite = \"s\"\n{keys}\n")
}

fn read(text: &str) -> Pack {
    Pack::parse(&[("2010-01-01.toml", text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

fn record(facts: Value) -> Record {
    let mut record = json!({ "format": "credtrail.record/1", "person": { "id": "p", "birth_date": "1990-01-01" } });
    for (key, value) in facts.as_object().unwrap() {
        record[key] = value.clone();
    }
    Record::from_json(&record.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn ask(pack: &Pack, purpose: Purpose, as_of: &str, facts: Value) -> Evaluation {
    let record = record(facts);
    let question = Question { as_of: as_of.parse().unwrap(), purpose, stage: None };
    evaluate(pack.version_for(&record, question.as_of, question.purpose).unwrap(), &record, &question)
}

/// All sentences of an answer.
fn sentences(pack: &Pack, answer: &Evaluation, facts: Value, lang: Lang) -> Vec<String> {
    explain::lines(&pack.versions[0], &record(facts), answer, lang).into_iter().map(|line| line.text).collect()
}

/// This credential with its terms, each from a day through a day.
fn held(terms: &[(&str, &str)]) -> Value {
    let all: Vec<Value> = terms.iter().map(|(from, through)| json!({ "from": from, "through": through })).collect();
    json!({ "id": "c1", "credential": "us-xx-ps", "stage": "full", "issued_on": terms[0].0, "terms": all })
}

fn filed(purpose: &str, on: &str) -> Value {
    json!({ "id": format!("ap-{on}"), "credential": "us-xx-ps", "purpose": purpose, "received_on": on })
}

fn course(id: &str, on: &str, minutes: u64) -> Value {
    json!({ "id": id, "completed_on": on, "minutes": minutes, "status": "verified" })
}

/// Day and status of a deadline.
fn deadline(answer: &Evaluation, id: &str) -> (String, String) {
    let found = answer.deadlines.iter().find(|deadline| deadline.id == id).unwrap_or_else(|| panic!("no {id}"));
    (found.on.map_or_else(String::new, |day| day.to_string()), found.status.clone())
}
