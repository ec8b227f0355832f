//! Rules that wait for others: `after met <rule>`.

use credtrail::rules::{Purpose, Reason, Status};
use serde_json::{Value, json};

use super::{ask, course, deadline, head, read, rule};

fn training(id: &str, topic: &str, more: &str) -> String {
    rule("initial.learning", id, &format!("at_least = \"2 hours\"\nonly.topic = [\"{topic}\"]\n{more}"))
}

fn of(topic: &str, id: &str, on: &str, minutes: u64) -> Value {
    let mut fact = course(id, on, minutes);
    fact["topics"] = json!([topic]);
    fact
}

#[test]
fn what_follows_a_course_counts_from_the_day_the_course_was_met() {
    for (word, same_day) in [("after", Status::NotMet), ("since", Status::Met)] {
        let pack = read(
            &(head("term = \"24 months\"")
                + &training("core", "ethics", "")
                + &training("more", "housing", &format!("window = \"{word} met core\""))),
        );
        let with = |on: &str| {
            let facts = json!({ "learning": [of("ethics", "a", "2025-01-10", 60), of("ethics", "b", "2025-02-10", 60),
                of("ethics", "c", "2025-04-10", 60), of("housing", "d", on, 120)] });
            ask(&pack, Purpose::Initial, "2025-06-01", facts)
        };
        // The second hour came on 10 February; more of the same later does not move the day.
        assert_eq!(with("2025-02-11").status, Status::Met, "{word}");
        assert_eq!(with("2025-02-10").status, same_day, "{word}");
        let early = with("2025-02-09");
        let lost = early.records.iter().find(|record| record.record == "d").unwrap();
        assert_eq!((early.status, lost.not_counted[0].reason), (Status::NotMet, Reason::BeforeRequiredEvent), "{word}");
    }
}

#[test]
fn steps_may_wait_for_one_another_in_a_row() {
    let pack = read(
        &(head("term = \"24 months\"")
            + &training("third", "housing", "window = \"after met second\"")
            + &rule("initial.exam", "second", "exams = [\"e\"]\nwindow = \"after met first\"")
            + &training("first", "ethics", "")),
    );
    let with = |exam: &str, last: &str| {
        let facts = json!({ "learning": [of("ethics", "a", "2025-01-10", 120), of("housing", "d", last, 120)],
            "exams": [{ "id": "x", "exam": "e", "on": exam, "outcome": "passed", "official": true }] });
        ask(&pack, Purpose::Initial, "2025-06-01", facts).status
    };
    assert_eq!(with("2025-01-11", "2025-01-12"), Status::Met);
    assert_eq!(with("2025-01-10", "2025-01-12"), Status::NotMet);
    assert_eq!(with("2025-01-11", "2025-01-11"), Status::NotMet);
}

#[test]
fn a_step_that_is_not_asked_or_waived_holds_nobody_up() {
    let pack = read(
        &(head("term = \"24 months\"")
            + &training("core", "ethics", "")
            + &training("more", "housing", "window = \"after met core\"")),
    );
    let waived = json!({ "learning": [of("housing", "d", "2024-01-01", 120)],
        "decisions": [{ "id": "w", "credential": "us-xx-ps", "requirement": "core", "outcome": "waived", "on": "2025-01-01" }] });
    assert_eq!(ask(&pack, Purpose::Initial, "2025-06-01", waived).status, Status::Met);
    let missing = json!({ "learning": [of("housing", "d", "2024-01-01", 120)] });
    let answer = ask(&pack, Purpose::Initial, "2025-06-01", missing);
    assert_eq!(answer.requirements[1].status, Status::NotMet);
}

#[test]
fn a_deadline_may_run_from_the_day_a_rule_was_met() {
    let pack = read(
        &(head("term = \"24 months\"")
            + &training("core", "ethics", "")
            + &rule("initial.exam", "exam", "exams = [\"e\"]")
            + &rule("initial.deadline", "exam-by", "within = \"12 months after met core\"\nrule = \"exam\"")),
    );
    let with = |facts: Value, as_of: &str| deadline(&ask(&pack, Purpose::Initial, as_of, facts), "exam-by");
    let done = json!({ "learning": [of("ethics", "a", "2025-01-10", 120)] });
    assert_eq!(with(json!({}), "2025-06-01"), (String::new(), "not_started".to_owned()));
    assert_eq!(with(done.clone(), "2026-01-10"), ("2026-01-10".to_owned(), "open".to_owned()));
    assert_eq!(with(done, "2026-01-11").1, "missed");
}
