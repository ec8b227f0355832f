//! Conditions on an age: the day that counts, and what stays open where nobody has told the birth date.

use credtrail::rules::{Lang, Purpose, Question, Status, plan};
use serde_json::{Value, json};

use super::{ask, course, head, read, record, rule, sentences};

const DIPLOMA: &str = "attestation = \"education\"\nunless = { age = { at_least = 16, at_most = 17 } }";
const CLASS: &str = "at_least = \"2 hours\"\nwhen = { age = { at_most = 17 } }";
const LONGER: &str =
    "at_least = \"2 hours\"\n[[initial.learning.instead]]\nwhen = { age = { at_most = 17 } }\nat_least = \"5 hours\"";

/// A person with a birth date, or none, who applied on 10 June 2024.
fn born(on: Option<&str>, more: Value) -> Value {
    let mut facts = json!({ "person": { "id": "p" },
        "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2024-06-10" }] });
    if let Some(day) = on {
        facts["person"]["birth_date"] = json!(day);
    }
    for (key, value) in more.as_object().unwrap() {
        facts[key] = value.clone();
    }
    facts
}

fn status(sort: &str, keys: &str, facts: Value) -> Status {
    let pack = read(&(head("term = \"24 months\"") + &rule(&format!("initial.{sort}"), "one", keys)));
    ask(&pack, Purpose::Initial, "2024-08-01", facts).requirements[0].status
}

#[test]
fn the_age_on_the_day_of_the_application_decides_what_is_asked() {
    let diploma = |born_on| status("attestation", DIPLOMA, born(Some(born_on), json!({})));
    assert_eq!(diploma("2008-06-11"), Status::NotMet, "fifteen for another day");
    assert_eq!(diploma("2008-06-10"), Status::NotApplicable, "sixteen on the day");
    // Eighteen since, and not on that day.
    assert_eq!(diploma("2006-06-11"), Status::NotApplicable);
    assert_eq!(diploma("2006-06-10"), Status::NotMet);
    let today = DIPLOMA.replace("at_most = 17", "at_most = 17, on = \"today\"");
    assert_eq!(status("attestation", &today, born(Some("2006-06-11"), json!({}))), Status::NotMet);
}

#[test]
fn without_a_birth_date_only_what_is_short_stays_open_and_says_what_to_tell() {
    let paper = json!({ "attestations": [{ "id": "a", "kind": "education", "value": "ged", "on": "2024-01-01", "status": "verified" }] });
    assert_eq!(status("attestation", DIPLOMA, born(None, paper)), Status::Met);
    let pack = read(&(head("term = \"24 months\"") + &rule("initial.attestation", "one", DIPLOMA)));
    let answer = ask(&pack, Purpose::Initial, "2024-08-01", born(None, json!({})));
    assert_eq!((answer.status, answer.requirements[0].status), (Status::Undecided, Status::Undecided));
    assert!(answer.requirements[0].lacks_birth_date());
    let next: Vec<&str> = answer.next.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(next, ["Tell us your birth date"]);
    let said = sentences(&pack, &answer, born(None, json!({})), Lang::Es).join(" ");
    assert!(said.contains("Lo que se le pide depende de su fecha de nacimiento"), "{said}");
    assert!(said.contains("E one: espera su fecha de nacimiento."), "{said}");
    let question = Question { as_of: answer.as_of, purpose: Purpose::Initial, stage: None };
    let found = plan::plan(&pack, &record(born(None, json!({}))), &question).unwrap();
    let planned = plan::lines(&pack.versions[0], &found, Lang::En);
    assert_eq!(
        planned[0], "What is asked of you depends on your birth date, which is not known here yet.",
        "{planned:#?}"
    );
}

#[test]
fn hours_that_are_asked_only_at_an_age_stay_open_without_a_birth_date() {
    let hour = json!({ "learning": [course("l1", "2024-01-01", 60)] });
    assert_eq!(status("learning", CLASS, born(Some("2006-06-10"), hour.clone())), Status::NotApplicable);
    assert_eq!(status("learning", CLASS, born(Some("2006-06-11"), hour.clone())), Status::NotMet);
    assert_eq!(status("learning", CLASS, born(None, hour)), Status::Undecided);
    let both = json!({ "learning": [course("l1", "2024-01-01", 120)] });
    assert_eq!(status("learning", CLASS, born(None, both)), Status::Met);
}

#[test]
fn another_amount_at_an_age_leaves_the_rule_open_whichever_way_it_stands() {
    let three = json!({ "learning": [course("l1", "2024-01-01", 180)] });
    assert_eq!(status("learning", LONGER, born(Some("2006-06-10"), three.clone())), Status::Met);
    assert_eq!(status("learning", LONGER, born(Some("2006-06-11"), three.clone())), Status::NotMet);
    assert_eq!(status("learning", LONGER, born(None, three)), Status::Undecided);
    let one = json!({ "learning": [course("l1", "2024-01-01", 60)] });
    assert_eq!(status("learning", LONGER, born(None, one)), Status::Undecided);
}

#[test]
fn other_conditions_that_do_not_hold_leave_nothing_to_the_age() {
    let keys = "attestation = \"education\"\nunless = { age = { at_most = 17 }, path = [\"school\"] }";
    assert_eq!(status("attestation", keys, born(None, json!({}))), Status::NotMet);
}
