//! A credential that rests while another one is not in force.

use credtrail::rules::{Lang, Purpose, Status};
use serde_json::{Value, json};

use super::{ask, head, held, read, record, rule, sentences};

fn pack() -> String {
    head("term = \"24 months\"\nsuspends_with = [\"us-xx-base\"]")
        + &rule("initial.learning", "t", "at_least = \"1 hour\"")
        + &rule("renewal.attestation", "ethics", "attestation = \"code_of_ethics\"")
}

fn facts(base: Value) -> Value {
    let signed = json!({ "id": "a", "kind": "code_of_ethics", "on": "2024-02-01", "status": "verified" });
    json!({ "credentials": [held(&[("2024-01-01", "2025-12-31")]), base], "attestations": [signed] })
}

fn base(through: &str, status: Value) -> Value {
    json!({ "id": "b", "credential": "us-xx-base", "terms": [{ "from": "2022-01-01", "through": through }], "status": status })
}

#[test]
fn it_rests_from_the_day_after_the_base_ran_out_and_is_not_renewed_meanwhile() {
    let pack = read(&pack());
    let on = |day: &str| ask(&pack, Purpose::Renewal, day, facts(base("2025-06-30", json!([]))));
    let before = on("2025-06-30");
    assert_eq!((before.status, before.notes.len()), (Status::Met, 0));
    let after = on("2025-07-01");
    assert_eq!((after.status, after.notes[0].code.as_str()), (Status::NotMet, "rests_with"));
    assert_eq!(after.next[0].text, "Bring back into force: XX-BASE (national)");
    assert_eq!(after.earliest_date, None);
}

#[test]
fn it_rests_while_the_base_is_suspended_and_comes_back_with_it() {
    let status = json!([{ "from": "2022-01-01", "standing": "active", "discipline": "none" },
        { "from": "2025-03-01", "standing": "active", "discipline": "suspended" },
        { "from": "2025-05-01", "standing": "active", "discipline": "none" }]);
    let version = &read(&pack()).versions[0];
    let record = record(facts(base("2026-12-31", status)));
    let rests = |day: &str| !version.rests_with("full", &record, day.parse().unwrap()).is_empty();
    assert_eq!(["2025-02-28", "2025-03-01", "2025-04-30", "2025-05-01"].map(rests), [false, true, true, false]);
}

#[test]
fn who_does_not_hold_it_yet_reads_nothing_of_resting() {
    let answer = ask(&read(&pack()), Purpose::Initial, "2025-01-01", json!({}));
    assert!(answer.notes.is_empty());
}

#[test]
fn people_read_why_it_rests_in_both_languages() {
    let pack = read(&pack());
    let all = facts(base("2025-06-30", json!([])));
    let answer = ask(&pack, Purpose::Renewal, "2025-07-01", all.clone());
    let told = |lang| sentences(&pack, &answer, all.clone(), lang)[1].clone();
    assert_eq!(told(Lang::En), "It is paused while XX-BASE (national) is not in force.");
    assert_eq!(told(Lang::Es), "Está en pausa mientras XX-BASE (nacional) no esté vigente.");
}

#[test]
fn a_base_under_administrative_suspension_is_not_in_force() {
    let status =
        |flags: Value| json!([{ "from": "2022-01-01", "standing": "active", "discipline": "none", "flags": flags }]);
    let pack = read(&pack());
    let with =
        |flags: Value| ask(&pack, Purpose::Renewal, "2025-03-01", facts(base("2026-12-31", status(flags)))).status;
    assert_eq!(with(json!(["fee_due"])), Status::Met);
    assert_eq!(with(json!(["administrative_suspension"])), Status::NotMet);
}
