//! Days that are not there and hours that do not fit, one by one and in files: the same words both ways.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::awards::world::Board;
use crate::support::{Someone, TestApp};

/// A board with an applicant.
fn office(app: &TestApp) -> (Board, Someone) {
    let board = Board::nebraska(app);
    let dana = app.person("Dana Rivera");
    board.application(app, &dana, "initial");
    (board, dana)
}

/// Brings in hours: day, start, end, minutes.
fn bring(app: &TestApp, board: &Board, who: &Someone, query: &str, rows: &[(&str, &str, &str, u32)]) -> Value {
    let mut text = "email,from,start,end,minutes,kind\n".to_owned();
    for (from, start, end, minutes) in rows {
        text += &format!("{},{from},{start},{end},{minutes},direct\n", who.email);
    }
    let path = format!("/api/v1/organizations/{}/imports/hours?{query}", board.id);
    app.call("POST", &path).by(&board.registrar).body("text/csv", text.as_bytes()).send().expect(200)["report"].clone()
}

fn counts(report: &Value) -> (u64, u64) {
    (report["added"].as_u64().unwrap(), report["refused"].as_u64().unwrap())
}

#[test]
fn a_day_that_does_not_exist_is_told_by_pointer_and_parameter() {
    for app in TestApp::on_each_database() {
        let (board, dana) = office(&app);
        let body = json!({"exam": "icrc-pr", "on": "2026-02-30", "outcome": "passed", "official": true});
        let answer = app.post_as(&board.registrar, &board.path(&dana, "exams"), &body);
        answer.refuses(422, "bad_body");
        let error = answer.json()["errors"][0].clone();
        assert_eq!(error["pointer"], "/on");
        assert!(error["detail"].as_str().unwrap().contains("`2026-02-30`"), "{error}");
        let answer = app.get("/api/v1/verify/abc?on=2026-02-30");
        answer.refuses(400, "bad_parameter");
        let error = answer.json()["errors"][0].clone();
        assert_eq!(error["pointer"], "on");
        assert!(error["detail"].as_str().unwrap().contains("a day that exists"), "{error}");
    }
}

#[test]
fn hours_of_one_file_that_overlap_or_overfill_a_day_are_refused_row_by_row() {
    for app in TestApp::on_each_database() {
        let (board, dana) = office(&app);
        let rows = [
            ("2026-05-20", "09:00", "11:00", 120),
            ("2026-05-20", "10:00", "12:00", 120),
            ("2026-05-20", "11:00", "12:00", 60),
            ("2026-05-21", "", "", 1_000),
            ("2026-05-21", "", "", 441),
            ("2026-05-21", "", "", 440),
            ("2026-05-22", "", "", 1_500),
        ];
        for query in ["dry_run=true", "partial=true"] {
            let report = bring(&app, &board, &dana, query, &rows);
            assert_eq!(counts(&report), (4, 3), "{query}: {report}");
            let groups = report["problems"].as_array().unwrap().iter();
            let examples = groups.flat_map(|group| group["examples"].as_array().unwrap());
            let lines: BTreeSet<u64> = examples.map(|example| example["line"].as_u64().unwrap()).collect();
            assert_eq!(lines, BTreeSet::from([3, 6, 8]), "{query}");
        }
        // What the form says of the same hours.
        let entry = json!({"from": "2026-05-20", "start": "10:00", "end": "12:00", "minutes": 120, "kind": "direct"});
        let answer = app.post_as(&dana, "/api/v1/hours", &entry);
        answer.refuses(422, "bad_entry");
        assert!(answer.text().contains("overlap"), "{}", answer.text());
        let full = json!({"from": "2026-05-21", "minutes": 1, "kind": "direct"});
        let answer = app.post_as(&dana, "/api/v1/hours", &full);
        answer.refuses(422, "bad_entry");
        assert!(answer.text().contains("1440"), "{}", answer.text());
    }
}
