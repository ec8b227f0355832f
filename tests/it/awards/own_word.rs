//! What a person states about themselves: where their word is enough, and where somebody has to confirm it.

use serde_json::{Value, json};

use super::world::{Board, pack};
use crate::support::{Someone, TestApp};

/// The status of a rule of the credential.
fn status(app: &TestApp, who: &Someone, credential: &str, rule: &str) -> Value {
    let answer = app.get_as(who, &format!("/api/v1/progress/{credential}")).expect(200);
    let all = answer["requirements"].as_array().unwrap_or_else(|| panic!("{answer}"));
    all.iter().find(|found| found["id"] == rule).unwrap_or_else(|| panic!("{rule} in {answer}"))["status"].clone()
}

fn says(kind: &str, value: &str) -> Value {
    json!({"kind": kind, "value": value, "on": "2026-06-01"})
}

#[test]
fn what_a_board_asks_a_paper_for_is_not_met_by_ones_own_word() {
    for app in TestApp::on_each_database() {
        let (board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        board.application(&app, &dana, "initial");
        let word = says("x-lawful_presence", "documented");
        app.post_as(&dana, "/api/v1/statements", &word).expect(201);
        assert_eq!(status(&app, &dana, "us-ne-cpss", "lawful-presence"), "not_met");
        let record = app.get_as(&dana, "/api/v1/record").expect(200);
        assert_eq!(
            (&record["attestations"][0]["status"], &record["attestations"][0]["by"]),
            (&json!("reported"), &json!("self"))
        );
        app.post_as(&board.registrar, &board.path(&dana, "statements"), &word).expect(201);
        assert_eq!(status(&app, &dana, "us-ne-cpss", "lawful-presence"), "met");
    }
}

#[test]
fn a_rule_that_names_self_takes_a_persons_own_word() {
    for app in TestApp::on_each_database() {
        let (name, text) = pack("us-ne", "cpss", "2021-09-01");
        let by_self = text.replace(
            "attestation = \"x-lawful_presence\"",
            "attestation = \"x-lawful_presence\"\nby = [\"self\", \"board\"]",
        );
        assert_ne!(by_self, text);
        let (_board, dana) = (Board::new(&app, "nebraska", (name, by_self)), app.person("Dana Rivera"));
        app.post_as(&dana, "/api/v1/statements", &says("x-lawful_presence", "citizen")).expect(201);
        assert_eq!(status(&app, &dana, "us-ne-cpss", "lawful-presence"), "met");
    }
}

#[test]
fn ones_own_word_stands_for_the_kinds_of_the_record_and_is_a_possible_one() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        for value in ["150", "-1", "most"] {
            let refused = app.post_as(&dana, "/api/v1/statements", &says("residence_percent", value));
            refused.refuses(422, "bad_field");
            assert_eq!(refused.json()["errors"][0]["pointer"], "/value");
        }
        app.post_as(&dana, "/api/v1/statements", &says("residence_percent", "60")).expect(201);
        app.post_as(&dana, "/api/v1/statements", &says("reference", "professional")).refuses(422, "bad_field");
        let record = app.get_as(&dana, "/api/v1/record").expect(200);
        assert_eq!(record["attestations"][0]["status"], "verified");
    }
}

#[test]
fn references_that_a_board_records_are_told_apart_by_their_marks() {
    for app in TestApp::on_each_database() {
        let (board, dana) =
            (Board::new(&app, "carolina", pack("us-sc", "cpss", "2020-01-01")), app.person("Dana Rivera"));
        board.application(&app, &dana, "initial");
        let record = |mark: Option<&str>| {
            let mut word = says("reference", "professional");
            word["by"] = json!("reference");
            word["by_id"] = json!(mark);
            app.post_as(&board.registrar, &board.path(&dana, "statements"), &word).expect(201);
            status(&app, &dana, "us-sc-cpss", "references")
        };
        // Two of the same hand, and one of nobody knows whose.
        assert_eq!([Some("r1"), Some("r1"), Some("r2"), None].map(record), ["not_met"; 4]);
        assert_eq!(record(Some("r3")), "met");
        let mut theirs = says("x-lawful_presence", "citizen");
        theirs["by"] = json!("self");
        let refused = app.post_as(&board.registrar, &board.path(&dana, "statements"), &theirs);
        refused.refuses(422, "bad_field");
        let mut own = says("x-lawful_presence", "citizen");
        own["by_id"] = json!("r4");
        let refused = app.post_as(&dana, "/api/v1/statements", &own);
        refused.refuses(422, "bad_field");
        assert_eq!(refused.json()["errors"][0]["pointer"], "/by_id");
    }
}
