//! Days that are not there.

use serde_json::json;

use crate::awards::world::Board;
use crate::support::{Someone, TestApp};

/// A board with an applicant.
fn office(app: &TestApp) -> (Board, Someone) {
    let board = Board::nebraska(app);
    let dana = app.person("Dana Rivera");
    board.application(app, &dana, "initial");
    (board, dana)
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
