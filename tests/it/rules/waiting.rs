//! A rule that waits for a rule that itself waits for somebody's word: it waits as well, unless the word would not help.

use credtrail::rules::Status;
use credtrail::rules::evaluation::Evaluation;
use serde_json::{Value, json};

use super::small::{ask, found, learning, rule};

/// An exam after an approved course.
fn exam_after_course(course: Value, sat_on: &str) -> Evaluation {
    let course_first = rule("learning", "course", "at_least = \"1 hour\"\napproved = true\nonly.kind = [\"basic\"]");
    let exam = rule("exam", "exam", "exams = [\"x\"]\nwindow = \"since met course\"");
    let sat = json!({ "id": "x1", "exam": "x", "on": sat_on, "outcome": "passed", "official": true });
    let mut fact = learning("l1", 60, &json!({ "completed_on": "2025-02-01", "kind": "basic" }));
    fact.as_object_mut().unwrap().extend(course.as_object().unwrap().clone());
    ask(&format!("{course_first}{exam}"), &json!({ "learning": [fact], "exams": [sat] }))
}

#[test]
fn an_exam_after_a_course_waits_with_the_courses_approval() {
    let status = |course: Value, day: &str| {
        let answer = exam_after_course(course, day);
        (found(&answer, "course").status, found(&answer, "exam").status, answer.status)
    };
    let (met, not_met, undecided) = (Status::Met, Status::NotMet, Status::Undecided);
    assert_eq!(status(json!({ "approved": true }), "2025-02-01"), (met, met, met));
    assert_eq!(status(json!({}), "2025-02-01"), (undecided, undecided, undecided));
    assert_eq!(status(json!({}), "2025-01-31"), (undecided, not_met, not_met), "too early, whatever is said");
    assert_eq!(status(json!({ "approved": false }), "2025-02-01"), (not_met, not_met, not_met));
    let short = json!({ "minutes": 59 });
    assert_eq!(status(short, "2025-02-01"), (not_met, not_met, not_met), "no word makes up a minute");
    let answer = exam_after_course(json!({}), "2025-02-01");
    assert_eq!(answer.earliest_date, None, "nobody knows when the word comes");
}

#[test]
fn waiting_goes_on_along_a_chain_and_stops_at_the_first_that_lacks_something() {
    let chain = |second: u64| {
        let rules = [
            rule("learning", "first", "at_least = \"1 hour\"\napproved = true\nonly.kind = [\"basic\"]"),
            rule(
                "learning",
                "second",
                "at_least = \"1 hour\"\nonly.kind = [\"specialty\"]\nwindow = \"after met first\"",
            ),
            rule(
                "learning",
                "third",
                "at_least = \"1 hour\"\nonly.kind = [\"continuing\"]\nwindow = \"after met second\"",
            ),
        ]
        .concat();
        let fact = |id: &str, day: &str, minutes: u64, kind: &str| {
            learning(id, minutes, &json!({ "completed_on": day, "kind": kind }))
        };
        let facts = json!({ "learning": [
            fact("l1", "2025-02-01", 60, "basic"),
            fact("l2", "2025-02-02", second, "specialty"),
            fact("l3", "2025-02-03", 60, "continuing"),
        ] });
        let answer = ask(&rules, &facts);
        ["first", "second", "third"].map(|id| found(&answer, id).status)
    };
    assert_eq!(chain(60), [Status::Undecided; 3]);
    assert_eq!(chain(59), [Status::Undecided, Status::NotMet, Status::NotMet]);
}

#[test]
fn what_a_board_has_not_decided_yet_has_nothing_after_it() {
    let rules = [
        rule("decision", "portfolio", "by = \"board\""),
        rule("learning", "after", "at_least = \"1 hour\"\nwindow = \"after met portfolio\""),
    ]
    .concat();
    let status = |facts: Value| {
        let answer = ask(&rules, &facts);
        (found(&answer, "portfolio").status, found(&answer, "after").status)
    };
    let done = json!([learning("l1", 60, &json!({ "completed_on": "2025-05-01" }))]);
    assert_eq!(status(json!({ "learning": done.clone() })), (Status::Undecided, Status::NotMet));
    let decided = json!([{ "id": "d1", "credential": "us-xx-ps", "requirement": "portfolio", "outcome": "approved",
        "on": "2025-04-01", "by": "board", "reason": "complete" }]);
    assert_eq!(status(json!({ "learning": done, "decisions": decided })), (Status::Met, Status::Met));
}
