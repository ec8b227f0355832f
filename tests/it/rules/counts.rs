//! Rules that count entries hold them to the same terms as rules about minutes.

use credtrail::rules::evaluation::Outcome;
use credtrail::rules::{Reason, Status};
use serde_json::{Value, json};

use super::small::{amounts, ask, found, learning, part, rule, said};

/// What becomes of one course under a rule that counts courses.
fn one(keys: &str, course: &Value) -> (String, Vec<Reason>) {
    let answer = ask(&rule("learning", "t", &format!("count = 1\n{keys}")), &json!({ "learning": [course] }));
    let outcome = said(&answer, course["id"].as_str().unwrap());
    (amounts(&answer, "t").0.to_owned(), outcome.1.into_iter().map(|(_, reason)| reason).collect())
}

#[test]
fn a_course_of_another_topic_is_not_counted() {
    let keys = "only.topic = [\"ethics\"]";
    let course = |topics: &[&str]| learning("a", 60, &json!({ "topics": topics }));
    assert_eq!(one(keys, &course(&["ethics"])), ("1".to_owned(), vec![]));
    assert_eq!(one(keys, &course(&["housing"])), ("0".to_owned(), vec![Reason::TopicNotAccepted]));
    assert_eq!(one(keys, &course(&[])), ("0".to_owned(), vec![Reason::TopicNotAccepted]));
    assert_eq!(one(keys, &course(&["housing", "ethics"])).0, "1");
    let never = "never.topic = [\"ethics\"]";
    assert_eq!(one(never, &course(&["ethics"])), ("0".to_owned(), vec![Reason::TopicNotAccepted]));
    let divided = learning("a", 0, &json!({ "minutes_by_topic": { "housing": 30, "ethics": 30 } }));
    assert_eq!(one(keys, &divided).0, "1");
}

#[test]
fn a_module_below_the_least_size_is_not_counted_and_one_that_says_no_size_lacks_it() {
    let keys = "minimum_size = \"3 hours\"";
    assert_eq!(one(keys, &learning("a", 180, &json!({}))), ("1".to_owned(), vec![]));
    assert_eq!(one(keys, &learning("a", 179, &json!({}))), ("0".to_owned(), vec![Reason::BelowMinimumSize]));
    let silent = json!({ "id": "a", "completed_on": "2025-01-01", "status": "verified", "amount": { "value": "1", "unit": "course" } });
    assert_eq!(one(keys, &silent), ("0".to_owned(), vec![Reason::EvidenceMissing]));
    assert_eq!(one("", &silent).0, "1");
}

#[test]
fn a_course_taken_again_is_not_a_second_course() {
    let again = |on: &str| learning("b", 60, &json!({ "course": "c", "completed_on": on }));
    let both = |keys: &str, on: &str| {
        let facts = json!({ "learning": [again(on), learning("a", 60, &json!({ "course": "c", "completed_on": "2022-03-10" }))] });
        ask(&rule("learning", "t", &format!("count = 2\n{keys}")), &facts)
    };
    assert_eq!(both("", "2025-01-01").status, Status::Met);
    let refused = both("repeats = \"refused\"", "2025-01-01");
    assert_eq!((refused.status, said(&refused, "b").1), (Status::NotMet, vec![(None, Reason::Repeated)]));
    let within = "repeats = \"refused\"\nrepeats_within = \"3 years\"";
    assert_eq!(both(within, "2025-03-10").status, Status::NotMet);
    assert_eq!(both(within, "2025-03-11").status, Status::Met);
}

#[test]
fn a_repeat_that_waits_for_a_decision_gives_no_hope() {
    let course = |id: &str, status: &str| learning(id, 60, &json!({ "course": "c", "status": status }));
    let rules = rule("learning", "t", "count = 2\nrepeats = \"refused\"");
    let status = |second: Value| ask(&rules, &json!({ "learning": [course("a", "verified"), second] })).status;
    assert_eq!(status(course("b", "disputed")), Status::NotMet);
    assert_eq!(status(learning("b", 60, &json!({ "course": "d", "status": "disputed" }))), Status::Undecided);
}

#[test]
fn a_course_used_for_another_certificate_is_not_counted() {
    let course = learning("a", 60, &json!({ "used_for": [{ "credential": "us-yy-ps" }] }));
    assert_eq!(one("used_elsewhere = \"refused\"", &course), ("0".to_owned(), vec![Reason::UsedElsewhere]));
    assert_eq!(one("", &course).0, "1");
}

#[test]
fn a_record_says_minutes_where_its_minutes_serve_and_pieces_where_nothing_else_does() {
    let hours = rule("learning", "h", "at_least = \"40 hours\"\nnever.topic = [\"ethics\"]");
    let rules = format!("{hours}{}", rule("learning", "t", "count = 1"));
    let of = |topic: &str| {
        let answer = ask(&rules, &json!({ "learning": [learning("a", 2280, &json!({ "topics": [topic] }))] }));
        assert_eq!(found(&answer, "t").status, Status::Met);
        let outcome = &answer.records[0];
        (outcome.outcome, outcome.minutes, outcome.count, outcome.not_counted.len())
    };
    assert_eq!(of("housing"), (Outcome::Counted, Some(2280), None, 0));
    assert_eq!(of("ethics"), (Outcome::Counted, None, Some(1), 0));
}

#[test]
fn a_cap_of_all_that_counts_is_no_limit() {
    let rules = rule("learning", "t", "at_least = \"5 hours\"")
        + &part("learning.cap", "c", "of.delivery = [\"self_paced\"]\nat_most = \"100 %\"");
    let paced = json!({ "learning": [learning("a", 300, &json!({ "delivery": "self_paced" }))] });
    let answer = ask(&rules, &paced);
    assert_eq!((found(&answer, "t").status, found(&answer, "t").counted_minutes), (Status::Met, Some(300)));
    let most = ask(&rules.replace("100 %", "99 %"), &paced);
    assert_eq!(found(&most, "t").status, Status::NotMet, "where all of it is capped, nothing else carries it");
}
