//! What a portable record is told when it cannot be read: where, what was found, what was expected, what to do.

use credtrail::rules::Record;
use serde_json::{Value, json};

/// Refuses `record` and gives the code, the path and what was found.
fn refused(record: &Value) -> (&'static str, String, String) {
    let error = Record::from_json(&serde_json::to_string_pretty(record).unwrap()).unwrap_err();
    assert!(!error.expected.is_empty() && !error.hint.is_empty(), "{error:?}");
    (error.code, error.path, error.found)
}

fn with(list: &str, fact: Value) -> Value {
    json!({ "format": "credtrail.record/1", "person": { "id": "p1" }, list: [fact] })
}

#[test]
fn a_day_that_no_calendar_has_is_named_with_its_place_and_what_stood_there() {
    for day in ["2025-02-29", "2025-13-01", "2025-00-10", "29 May 2025", "2025-5", "", "2025-01-01x"] {
        let (code, path, found) = refused(&with("events", json!({ "id": "e1", "kind": "hired", "on": day })));
        assert_eq!((code, path.as_str()), ("impossible_date", "events[0].on"), "{day}");
        assert!(found.starts_with(&format!("`{day}` (line ")), "{found}");
    }
    let nested = json!({ "id": "l1", "completed_on": "2025-01-01", "minutes": 60,
        "approvals": [{ "by": "us-xx", "from": "2024-01-01", "through": "2024-06-31" }] });
    assert_eq!(refused(&with("learning", nested)).1, "learning[0].approvals[0].through");
}

#[test]
fn a_field_or_word_that_nobody_knows_is_named_with_its_place() {
    let odd = json!({ "id": "l1", "completed_on": "2025-01-01", "minutes": 60, "colour": "green" });
    let (code, path, found) = refused(&with("learning", odd));
    assert_eq!((code, path.as_str()), ("unknown_field", "learning[0].colour"));
    assert!(found.contains("`colour`"), "{found}");
    let odd = json!({ "id": "l1", "completed_on": "2025-01-01", "minutes": 60, "kind": "lunch" });
    assert_eq!(refused(&with("learning", odd)).0, "unknown_word");
}

#[test]
fn whose_record_it_is_has_to_be_said() {
    let nobody = json!({ "format": "credtrail.record/1", "person": { "id": "" } });
    assert_eq!(refused(&nobody), ("empty_id", "person.id".to_owned(), "an empty id".to_owned()));
}
