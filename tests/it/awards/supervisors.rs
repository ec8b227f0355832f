//! Supervisors whom a board holds eligible: listed, ended, withdrawn.

use serde_json::{Value, json};

use super::world::{Board, pack};
use crate::support::{Answer, Someone, TestApp};

/// A board that holds people eligible whom Dana named.
fn with_supervisors(app: &TestApp, names: &[&str]) -> (Board, Someone, Vec<String>) {
    let (board, dana) = (Board::nebraska(app), app.person("Dana Rivera"));
    board.application(app, &dana, "initial");
    let path = format!("/api/v1/organizations/{}/supervisors", board.id);
    let approved = names.iter().map(|name| {
        let who = app.person(name);
        let named = json!({"email": who.email, "name": name, "from": "2026-01-01"});
        app.post_as(&dana, "/api/v1/supervisions", &named).expect(201);
        let made = app.post_as(&board.registrar, &path, &json!({"email": who.email, "from": "2026-01-01"})).expect(201);
        made["id"].as_str().unwrap().to_owned()
    });
    let approved = approved.collect();
    (board, dana, approved)
}

fn list(app: &TestApp, board: &Board, query: &str) -> Value {
    app.get_as(&board.registrar, &format!("/api/v1/organizations/{}/supervisors{query}", board.id)).expect(200)
}

fn put(app: &TestApp, board: &Board, by: &Someone, rest: &str, body: &Value) -> Answer {
    app.call("PUT", &format!("/api/v1/organizations/{}/supervisors/{rest}", board.id)).by(by).json(body).send()
}

#[test]
fn a_board_lists_its_supervisors_by_page() {
    for app in TestApp::on_each_database() {
        let (board, _, approved) = with_supervisors(&app, &["Lou Park", "Max Roe", "Ida Bell"]);
        let first = list(&app, &board, "?limit=2");
        let ids = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!((ids(&first), &first["items"][0]["name"]), (approved[..2].to_vec(), &json!("Lou Park")));
        let second = list(&app, &board, &format!("?limit=2&after={}", first["next"].as_str().unwrap()));
        assert_eq!((ids(&second), &second["next"]), (approved[2..].to_vec(), &Value::Null));
        let other = Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01"));
        assert_eq!(list(&app, &other, "")["items"], json!([]));
    }
}

#[test]
fn an_approval_is_ended_or_withdrawn_with_a_reason_and_at_the_revision_that_was_seen() {
    for app in TestApp::on_each_database() {
        let (board, _, approved) = with_supervisors(&app, &["Lou Park"]);
        let (end, withdrawal) = (format!("{}/end", approved[0]), format!("{}/withdrawal", approved[0]));
        let by = &board.registrar;
        let ended = json!({"revision": 1, "through": "2026-12-31", "reason": "moves away"});
        let early = json!({"revision": 1, "through": "2025-12-31", "reason": "moves away"});
        put(&app, &board, by, &end, &early).refuses(422, "bad_field");
        put(&app, &board, by, &end, &json!({"revision": 1, "through": "2026-12-31", "reason": " "}))
            .refuses(422, "bad_field");
        assert_eq!(put(&app, &board, by, &end, &ended).expect(200)["revision"], 2);
        put(&app, &board, by, &end, &ended).refuses(409, "changed_meanwhile");
        let taken = json!({"revision": 2, "on": "2026-05-01", "reason": "license lost"});
        put(&app, &board, &board.reviewer, &withdrawal, &taken).refuses(403, "not_allowed");
        put(&app, &board, by, &withdrawal, &taken).expect(200);
        let row = &list(&app, &board, "")["items"][0];
        assert_eq!(
            (&row["through"], &row["withdrawn_on"], &row["reason"]),
            (&json!("2026-12-31"), &json!("2026-05-01"), &json!("license lost"))
        );
        let other = Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01"));
        put(&app, &other, &other.registrar, &withdrawal, &taken).refuses(404, "not_found");
    }
}
