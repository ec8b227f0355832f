//! Keys that decide by a day, an amount or a word: the last that is taken and the first that is not.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Purpose, Status};
use serde_json::{Value, json};

use super::{ask, filed, head, held, read, rule};

const TERM: (&str, &str) = ("2023-06-01", "2025-05-31");

/// The answer about a renewal with one rule of these keys, beside an hour of education.
fn renewing(stage: &str, keys: &str, as_of: &str, facts: Value) -> Evaluation {
    let pack = head(&format!("term = \"24 months\"\n{stage}"))
        + &rule("initial.learning", "t", "at_least = \"1 hour\"")
        + &rule("renewal.learning", "duty", &format!("at_least = \"1 hour\"\nwindow = \"this term\"\n{keys}"));
    ask(&read(&pack), Purpose::Renewal, as_of, facts)
}

#[test]
fn a_duty_of_those_who_never_learned_a_topic_ends_with_the_last_minute_before_the_term() {
    let keys = "when = { never_learned = { topic = \"ethics\", at_least = \"4 hours\" } }";
    let duty = |on: &str, minutes: u64, topic: &str| {
        let course =
            json!({ "id": "a", "completed_on": on, "minutes": minutes, "topics": [topic], "status": "verified" });
        let facts = json!({ "credentials": [held(&[TERM])], "learning": [course] });
        renewing("", keys, "2025-05-01", facts).requirements[0].status
    };
    assert_eq!(duty("2023-05-31", 240, "ethics"), Status::NotApplicable, "four hours by the day before the term");
    assert_eq!(duty("2023-05-31", 239, "ethics"), Status::NotMet, "a minute short");
    assert_eq!(duty("2023-05-31", 240, "housing"), Status::NotMet, "another topic");
    // What is learned in the term fills the duty and does not undo it.
    assert_eq!(duty("2023-06-01", 240, "ethics"), Status::Met);
    assert_eq!(duty("2023-06-01", 59, "ethics"), Status::NotMet);
}

#[test]
fn the_late_fee_begins_on_the_day_that_late_from_names_though_the_term_still_runs() {
    let fee = |id: &str, amount: &str, more: &str| {
        format!("[[stage.fee]]\nid = \"{id}\"\namount = \"{amount} USD\"\n{more}\n")
    };
    let late = "renewal = { late_from = \"44 days before expiry\" }\n";
    let cost = |dates: &str, on: &str| {
        let stage = format!("{dates}{}{}", fee("standard", "20", ""), fee("late", "45", "from = \"late\""));
        let facts = json!({ "credentials": [held(&[TERM])], "applications": [filed("renewal", on)] });
        let answer = renewing(&stage, "", "2025-05-20", facts);
        answer.fee.unwrap().id
    };
    assert_eq!(cost(late, "2025-04-16"), "standard");
    assert_eq!(cost(late, "2025-04-17"), "late");
    // Without it no day of the term is late.
    assert_eq!(cost("", "2025-04-17"), "standard");
}

#[test]
fn a_waiver_for_every_path_but_one_leaves_out_that_path_alone() {
    let keys = "waived_when = [{ path_not = [\"grandfathered\", \"transfer\"] }]";
    let duty = |path: &str| {
        let mut credential = held(&[TERM]);
        credential["path"] = json!(path);
        renewing("", keys, "2025-05-01", json!({ "credentials": [credential] })).requirements[0].status
    };
    assert_eq!(["grandfathered", "transfer"].map(duty), [Status::NotMet; 2]);
    assert_eq!(["standard", "grandfathered-2010"].map(duty), [Status::Waived; 2]);
}
