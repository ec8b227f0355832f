//! Records as files: how they are read, and what one that does not fit is told.

use serde_json::Value;

use super::run::{Run, credtrail};

const PERSON: &str = r#"{ "format": "credtrail.record/1", "person": { "id": "p1", "birth_date": "1990-04-12" }"#;

fn evaluated(record: &[u8]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.json");
    std::fs::write(&path, record).expect("a file");
    let path = path.display().to_string();
    let asked = ["rules", "evaluate", "--pack", "config/rules/us-ne/cpss", "--record", &path, "--as-of", "2025-03-20"];
    credtrail(&[&asked[..], &["--format", "json"]].concat())
}

fn refused(record: &[u8]) -> Value {
    let run = evaluated(record);
    assert_eq!((run.code, run.said.as_str()), (Some(2), ""), "{}", run.problems);
    serde_json::from_str(&run.problems).unwrap_or_else(|_| panic!("{}", run.problems))
}

#[test]
fn a_mark_before_the_text_is_no_part_of_it() {
    let run = evaluated(format!("\u{feff}{PERSON} }}").as_bytes());
    assert_eq!(run.code, Some(1), "{}", run.problems);
}

#[test]
fn a_record_in_another_encoding_is_told_its_line_and_what_to_do() {
    let told =
        refused(b"{ \"format\": \"credtrail.record/1\",\n\"person\": { \"id\": \"p\", \"name\": \"Jos\xe9\" } }");
    assert_eq!(told["code"], "not_utf8");
    assert!(told["found"].as_str().is_some_and(|found| found.contains("line 2")), "{told}");
}

#[test]
fn a_version_that_the_record_is_held_to_and_the_pack_does_not_have_is_named() {
    let pinned = format!(
        r#"{PERSON}, "applications": [ {{ "id": "a", "credential": "us-ne-cpss", "received_on": "2025-03-01", "version": "1999-01-01" }} ] }}"#
    );
    let told = refused(pinned.as_bytes());
    assert_eq!((&told["code"], &told["path"]), (&Value::from("no_version_in_force"), &Value::from("--record")));
    assert!(told["found"].as_str().is_some_and(|found| found.contains("`1999-01-01`")), "{told}");
}

#[test]
fn the_way_on_is_said_in_the_language_asked_for() {
    let example = "asked for a day later: the hours no longer help";
    let asked = ["rules", "evaluate", "--pack", "config/rules/us-ne/cpss", "--example", example];
    let run = credtrail(&[&asked[..], &["--format", "json", "--lang", "es"]].concat());
    let told: Value = serde_json::from_str(&run.said).unwrap_or_else(|_| panic!("{}", run.problems));
    assert_eq!(told["next"][0]["text"], "Después de ese plazo, se solicita como nuevo solicitante", "{}", told["next"]);
}

#[test]
fn json_that_is_no_object_is_not_told_that_it_is_no_json() {
    for (record, found) in
        [("[]", "this is a list"), ("null", "this is `null`"), ("{'a'}", "key must be"), ("x", "this is not JSON")]
    {
        let told = refused(record.as_bytes());
        assert!(told["found"].as_str().is_some_and(|it| it.contains(found)), "{told}");
    }
}

#[test]
fn what_a_foreign_record_brings_is_shown_to_people_and_not_obeyed() {
    let odd = "a\\u001b[2Jb\\u202ec\\nd";
    let record = format!(
        r#"{PERSON}, "learning": [ {{ "id": "{odd}", "course": "{odd}", "completed_on": "2025-01-01", "minutes": 60, "status": "verified", "topics": ["{odd}"] }} ] }}"#
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.json");
    std::fs::write(&path, &record).expect("a file");
    let path = path.display().to_string();
    let asked = ["--pack", "config/rules/us-ne/cpss", "--record", &path, "--as-of", "2025-03-20"];
    for command in ["explain", "plan", "evaluate"] {
        let run = credtrail(&[&["rules", command][..], &asked[..]].concat());
        assert!(!run.said.contains(['\u{1b}', '\u{202e}']), "{command}: {:?}", run.said);
        if command == "explain" {
            assert!(run.said.contains("a<U+001B>[2Jb<U+202E>c<U+000A>d"), "{:?}", run.said);
        }
    }
    // Programs read what was there.
    let run = credtrail(&[&["rules", "explain", "--format", "json"][..], &asked[..]].concat());
    assert!(run.said.contains('\u{202e}') && !run.said.contains("<U+202E>"), "{}", run.said);
}
