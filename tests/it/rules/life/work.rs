//! Employment inside a window, and what had to be done by a day that has passed.

use credtrail::rules::{Purpose, Reason, Status};
use serde_json::{Value, json};

use super::{ask, course, deadline, head, read, rule};

fn job(from: &str, through: &str) -> Value {
    json!({ "id": "m1", "title": "peer_supporter", "from": from, "through": through })
}

/// The months that count of a job for an application on 1 April 2025 that looks three years back.
fn months(from: &str, through: &str) -> String {
    let pack = read(
        &(head("term = \"24 months\"")
            + &rule(
                "initial.employment",
                "work",
                "at_least = \"12 months\"\nwindow = \"36 months before application\"",
            )),
    );
    let facts = json!({ "employment": [job(from, through)],
        "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-04-01" }] });
    ask(&pack, Purpose::Initial, "2025-04-01", facts).requirements[0].counted.clone().unwrap()
}

#[test]
fn of_a_job_that_began_before_the_window_only_the_months_inside_count() {
    assert_eq!(months("2021-01-15", "2023-02-28"), "11");
    assert_eq!(months("2021-01-15", "2023-03-31"), "12");
    assert_eq!(months("2021-01-15", "2023-03-30"), "11");
    assert_eq!(months("2022-04-01", "2023-03-31"), "12");
}

#[test]
fn a_job_without_a_day_inside_the_window_is_outside_it() {
    assert_eq!(months("2020-01-01", "2022-03-31"), "0");
    assert_eq!(months("2020-01-01", "2022-04-29"), "0");
    assert_eq!(months("2020-01-01", "2022-04-30"), "1");
    let pack = read(
        &(head("term = \"24 months\"")
            + &rule("initial.employment", "work", "at_least = \"1 month\"\nwindow = \"36 months before 2025-04-01\"")),
    );
    let answer = ask(&pack, Purpose::Initial, "2025-04-01", json!({ "employment": [job("2020-01-01", "2022-03-31")] }));
    assert_eq!(answer.requirements[0].not_counted[0].reason, Reason::OutsideWindow);
}

#[test]
fn what_was_done_after_the_deadline_has_missed_it() {
    let pack = read(
        &(head("term = \"24 months\"")
            + &rule("initial.learning", "training", "at_least = \"1 hour\"\nwindow = \"no limit\"")
            + &rule("initial.deadline", "by", "within = \"6 months after event hired\"\nrule = \"training\"")),
    );
    let status = |done: &str, as_of: &str| {
        let hired = json!({ "id": "e1", "kind": "hired", "on": "2024-08-31" });
        let facts = json!({ "events": [hired], "learning": [course("l1", done, 60)] });
        deadline(&ask(&pack, Purpose::Initial, as_of, facts), "by")
    };
    let on = |status: &str| ("2025-02-28".to_owned(), status.to_owned());
    assert_eq!(status("2025-02-28", "2025-03-10"), on("met"));
    assert_eq!(status("2025-03-01", "2025-03-10"), on("missed"));
    assert_eq!(status("2025-03-01", "2025-02-28"), on("open"));
}

/// How a job on the day of the training stands, with the reason it does not count for.
fn at_work(keys: &str, jobs: Value, started: Option<&str>) -> (Status, Option<Reason>) {
    let keys = format!("on = \"event training_started\"\n{keys}");
    let pack = read(&(head("term = \"24 months\"") + &rule("initial.employment", "work", &keys)));
    let events: Vec<Value> =
        started.iter().map(|on| json!({ "id": "e", "kind": "training_started", "on": on })).collect();
    let answer = ask(&pack, Purpose::Initial, "2025-04-01", json!({ "employment": jobs, "events": events }));
    let found = &answer.requirements[0];
    (found.status, found.not_counted.first().map(|lost| lost.reason))
}

#[test]
fn a_job_on_a_day_is_one_that_runs_on_it_however_long() {
    let day = Some("2025-03-03");
    let one = |from: &str, through: &str| at_work("", json!([job(from, through)]), day);
    assert_eq!(one("2025-03-03", "2025-03-03"), (Status::Met, None));
    assert_eq!(one("2025-03-04", "2026-01-01"), (Status::NotMet, Some(Reason::AfterRequiredEvent)));
    assert_eq!(one("2020-01-01", "2025-03-02"), (Status::NotMet, Some(Reason::OutsideWindow)));
    assert_eq!(
        at_work("", json!([job("2020-01-01", "2026-01-01")]), None),
        (Status::NotMet, Some(Reason::BeforeRequiredEvent))
    );
    let other = at_work("titles = [\"clinician\"]", json!([job("2020-01-01", "2026-01-01")]), day);
    assert_eq!(other, (Status::NotMet, Some(Reason::WrongKind)));
}

#[test]
fn a_disputed_job_on_the_day_waits_and_another_one_beside_it_decides() {
    let mut disputed = job("2025-01-01", "2025-12-31");
    disputed["status"] = json!("disputed");
    let day = Some("2025-03-03");
    assert_eq!(at_work("", json!([disputed]), day), (Status::Undecided, Some(Reason::Disputed)));
    let mut sure = job("2025-02-01", "2025-12-31");
    sure["id"] = json!("m2");
    assert_eq!(at_work("", json!([disputed, sure]), day).0, Status::Met);
}
