//! `credtrail rules plan`.

use serde_json::{Value, json};

use super::run::{Run, credtrail};

/// A Nebraska file that is complete but for one hour of ethics.
const NEARLY: &str = r#"{ "format": "credtrail.record/1", "person": { "id": "p1", "birth_date": "1990-04-12" },
  "attestations": [
    { "id": "a1", "kind": "x-lawful_presence", "value": "documented", "on": "2025-03-01", "by": "board", "status": "verified" },
    { "id": "a2", "kind": "education", "value": "high_school", "on": "2025-03-01", "by": "board", "status": "verified" },
    { "id": "a3", "kind": "lived_experience", "value": "self", "on": "2025-03-01", "by": "self", "status": "verified" },
    { "id": "a4", "kind": "recovery_since", "value": "2024-03-01", "on": "2025-03-01", "by": "self", "status": "verified" },
    { "id": "a5", "kind": "background_check", "value": "clear", "on": "2025-03-05", "by": "board", "status": "verified" },
    { "id": "a6", "kind": "code_of_ethics", "value": "signed", "on": "2025-03-01", "by": "self", "status": "verified" } ],
  "learning": [
    { "id": "l1", "completed_on": "2024-11-15", "minutes_by_topic": { "ethics": 540, "engagement": 1800 },
      "kind": "basic", "delivery": "in_person", "status": "verified", "approved": true },
    { "id": "l2", "completed_on": "2024-11-30", "minutes_by_topic": { "communication": 1200 },
      "kind": "basic", "delivery": "self_paced", "status": "verified", "approved": true } ],
  "exams": [ { "id": "x1", "exam": "icrc-pr", "on": "2025-02-10", "outcome": "passed", "official": true } ] }"#;

/// A file in a folder of its own.
struct File(tempfile::TempDir, String);

impl File {
    fn of(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        std::fs::write(&path, text).expect("a file");
        Self(folder, path.display().to_string())
    }
}

fn plan(more: &[&str]) -> Run {
    let File(_folder, record) = &File::of(NEARLY);
    let asked = ["rules", "plan", "--pack", "config/rules/us-ne/cpss", "--record", record, "--as-of", "2025-03-20"];
    credtrail(&[&asked[..], more].concat())
}

fn json_of(run: &Run) -> Value {
    serde_json::from_str(&run.said).unwrap_or_else(|_| panic!("no JSON: {} {}", run.said, run.problems))
}

#[test]
fn what_is_planned_is_counted_and_doing_all_of_it_says_yes() {
    let plain = plan(&["--format", "json"]);
    assert_eq!((plain.code, plain.problems.as_str()), (Some(1), ""), "not yet");
    let found = json_of(&plain);
    assert_eq!((&found["format"], &found["status"]), (&json!("credtrail.plan/1"), &json!("not_met")));
    assert_eq!(plan(&["--format", "json"]).said, plain.said, "the same question, the same bytes");
    assert_eq!((&found["steps"][0]["minutes"], &found["earliest_date"]), (&json!(60), &json!("2025-03-20")));
    let File(_folder, planned) = &File::of(&found["facts"].to_string());
    let done = plan(&["--with", planned, "--format", "json"]);
    assert_eq!(done.code, Some(0), "{} {}", done.said, done.problems);
    assert_eq!((&json_of(&done)["status"], &json_of(&done)["steps"]), (&json!("met"), &json!([])));
}

#[test]
fn a_day_that_nobody_has_told_yet_is_handed_in_and_not_waited_for() {
    let silent =
        NEARLY.replace(r#""kind": "recovery_since", "value": "2024-03-01""#, r#""kind": "x-other", "value": "x""#);
    let File(_folder, record) = &File::of(&silent);
    let asked = ["rules", "plan", "--pack", "config/rules/us-ne/cpss", "--record", record, "--as-of", "2025-03-20"];
    let found = json_of(&credtrail(&[&asked[..], &["--format", "json"]].concat()));
    assert_eq!((&found["steps"][0]["requirement"], &found["steps"][0]["by"]), (&json!("recovery"), &json!("person")));
    assert_eq!(found["facts"]["attestations"][0]["value"], json!("2024-03-20"), "{found}");
    assert_eq!((&found["earliest_date"], &found["then"]), (&json!("2025-03-20"), &json!("met")));
}

#[test]
fn a_day_too_short_a_time_back_is_waited_for() {
    let File(_folder, record) = &File::of(&NEARLY.replace("2024-03-01\"", "2024-04-10\""));
    let asked = ["rules", "plan", "--pack", "config/rules/us-ne/cpss", "--record", record, "--as-of", "2025-03-20"];
    let found = json_of(&credtrail(&[&asked[..], &["--format", "json"]].concat()));
    assert_eq!((&found["steps"][0]["by"], &found["earliest_date"]), (&json!("time"), &json!("2025-04-10")), "{found}");
}

#[test]
fn a_record_that_leaves_its_window_is_told_once() {
    let asked = ["rules", "plan", "--pack", "config/rules/us-ne/cpss", "--record", "docs/samples/dana.json"];
    let found = json_of(&credtrail(&[&asked[..], &["--as-of", "2026-06-01", "--format", "json"]].concat()));
    let told: Vec<_> = found["expiring"].as_array().unwrap().iter().map(|it| (&it["record"], &it["minutes"])).collect();
    assert_eq!(told, [(&json!("l1"), &json!(2400))], "ten hours of ethics and thirty without a topic, of one course");
}

#[test]
fn a_plan_is_said_in_spanish() {
    let (english, spanish) = (plan(&[]), plan(&["--lang", "es"]));
    assert_eq!((english.code, spanish.code), (Some(1), Some(1)));
    assert!(english.said.contains("Counting hours only, March 20, 2025 is the earliest."), "{}", english.said);
    assert!(
        spanish.said.contains("Contando solo las horas, lo más pronto es el 20 de marzo de 2025."),
        "{}",
        spanish.said
    );
    let lines = |run: &Run| run.said.lines().count();
    assert_eq!(lines(&english), lines(&spanish));
}

#[test]
fn another_regions_pack_gives_the_gap_list_there() {
    let nevada = ["rules", "plan", "--pack", "config/rules/us-nv/prss", "--record", "docs/samples/dana.json"];
    let there =
        credtrail(&[&nevada[..], &["--as-of", "2026-06-01", "--purpose", "reciprocity", "--format", "json"]].concat());
    assert_eq!(there.code, Some(1), "{}", there.problems);
    let found = json_of(&there);
    assert_eq!((&found["credential"], &found["purpose"]), (&json!("us-nv-prss"), &json!("reciprocity")));
    assert!(found["steps"].as_array().is_some_and(|steps| !steps.is_empty()));
}

#[test]
fn planned_facts_that_are_none_are_refused_with_a_way_out() {
    let File(_folder, planned) = &File::of(r#"{"learning": 3}"#);
    let run = plan(&["--with", planned, "--format", "json"]);
    assert_eq!((run.code, run.said.as_str()), (Some(2), ""));
    let problem: Value = serde_json::from_str(&run.problems).expect("one JSON object");
    assert_eq!((&problem["code"], &problem["found"]), (&json!("bad_fragment"), &json!("`learning` is no list")));
    assert!(problem["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
    let run = plan(&["--with", "no-such-file.json"]);
    assert_eq!(run.code, Some(2));
    assert!(run.problems.contains("no-such-file.json"), "{}", run.problems);
}
