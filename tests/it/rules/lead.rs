//! The time that a board needs: so long before a day at the latest, so long after it at the earliest.

use credtrail::rules::{Lang, Reason, Status, render};
use serde_json::{Value, json};

use super::small::{ask, ask_on, found, learning, pack, rule, said};

fn applied(day: &str) -> Value {
    json!([{ "id": "ap1", "credential": "us-xx-ps", "purpose": "initial", "received_on": day }])
}

fn begun(day: &str) -> Value {
    json!([{ "id": "e1", "kind": "training_started", "on": day }])
}

#[test]
fn what_needs_time_after_a_day_counts_from_the_day_that_long_after_it() {
    let rules =
        rule("event", "in-time", "events = [\"training_started\"]\nwindow = \"at least 14 days after application\"");
    for (received, status) in [("2025-02-22", Status::Met), ("2025-02-23", Status::NotMet)] {
        let answer = ask(&rules, &json!({ "applications": applied(received), "events": begun("2025-03-08") }));
        assert_eq!(found(&answer, "in-time").status, status, "{received}");
        let lost = if status == Status::Met { vec![] } else { vec![(None, Reason::BeforeRequiredEvent)] };
        assert_eq!(said(&answer, "e1").1, lost, "{received}");
    }
}

#[test]
fn what_has_to_be_there_before_a_day_counts_through_the_day_that_long_before_it() {
    let rules = rule(
        "learning",
        "course",
        "at_least = \"1 hour\"\nwindow = \"at least 1 month before event training_started\"",
    );
    for (done, status) in [("2025-02-28", Status::Met), ("2025-03-01", Status::NotMet)] {
        let course = learning("l1", 60, &json!({ "completed_on": done }));
        let answer = ask(&rules, &json!({ "learning": [course], "events": begun("2025-03-31") }));
        assert_eq!(
            found(&answer, "course").status,
            status,
            "{done}: a month before 31 March is clamped to 28 February"
        );
        let lost = if status == Status::Met { vec![] } else { vec![(Some(60), Reason::AfterRequiredEvent)] };
        assert_eq!(said(&answer, "l1").1, lost, "{done}");
    }
}

#[test]
fn before_the_day_has_come_all_is_before_it_and_nothing_after_it() {
    let course = json!({ "learning": [learning("l1", 60, &json!({}))] });
    let of = |window: &str| {
        let rules = rule("learning", "course", &format!("at_least = \"1 hour\"\nwindow = \"{window}\""));
        found(&ask(&rules, &course), "course").status
    };
    assert_eq!(of("at least 6 weeks before event training_started"), Status::Met);
    assert_eq!(of("at least 6 weeks after event training_started"), Status::NotMet);
    assert_eq!(
        of("at least 6 weeks before application"),
        Status::Met,
        "who applies today, 1 June, has it since January"
    );
    assert_eq!(of("at least 6 months before application"), Status::NotMet);
}

#[test]
fn the_earliest_day_reckons_with_the_time_that_has_to_pass() {
    let exam = rule("exam", "exam", "exams = [\"x\"]\nwindow = \"at least 30 days after application\"");
    let on = |facts: &Value| ask(&exam, facts).earliest_date.map(|day| day.to_string());
    assert_eq!(on(&json!({ "applications": applied("2025-05-20") })).as_deref(), Some("2025-06-19"));
    assert_eq!(on(&json!({ "applications": applied("2025-01-20") })).as_deref(), Some("2025-06-01"));
    assert_eq!(on(&json!({})).as_deref(), Some("2025-07-01"), "for who applies on the day asked about");
    let after = rule("learning", "core", "at_least = \"1 hour\"")
        + &rule("exam", "exam", "exams = [\"x\"]\nwindow = \"at least 30 days after met core\"");
    let answer = ask_on("2025-06-01", "", &after, &json!({}));
    assert_eq!(answer.earliest_date.map(|day| day.to_string()).as_deref(), Some("2025-07-01"));
}

#[test]
fn the_page_says_it_in_both_languages() {
    let pack = pack("", &rule("exam", "exam", "exams = [\"x\"]\nwindow = \"at least 30 days after application\""));
    let page = |lang| render::markdown(&pack.versions[0], lang).to_lowercase();
    assert!(page(Lang::En).contains("at least 30 days after the application"), "{}", page(Lang::En));
    assert!(page(Lang::Es).contains("al menos 30 días después de la solicitud"), "{}", page(Lang::Es));
}
