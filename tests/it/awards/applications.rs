//! Applying, reviewing, deciding.

use credtrail::services::roles::{OrganizationKind, Role};
use serde_json::json;

use super::world::Board;
use crate::support::TestApp;

#[test]
fn an_application_waits_in_the_queue_until_it_is_decided_and_pins_its_version() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let application = board.application(&app, &dana, "initial");
        assert_eq!((&application["version"], &application["state"]), (&json!("2021-09-01"), &json!("received")));
        let again = json!({"credential": board.credential});
        app.post_as(&dana, "/api/v1/applications", &again).refuses(409, "application_open");

        let queue = format!("/api/v1/organizations/{}/queue", board.id);
        let waiting = app.get_as(&board.reviewer, &queue).expect(200);
        assert_eq!(waiting["items"][0]["application"], application["id"]);
        assert_eq!(waiting["items"][0]["state"], "waiting");
        assert!(!waiting["items"][0]["missing"].as_str().unwrap().is_empty());

        board.approve(&app, &dana, &application);
        assert_eq!(app.get_as(&board.reviewer, &queue).expect(200)["items"], json!([]));
        let path = format!("/api/v1/applications/{}", application["id"].as_str().unwrap());
        assert_eq!(app.get_as(&dana, &path).expect(200)["state"], "approved");
    }
}

#[test]
fn a_refusal_needs_reason_next_step_and_appeal() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let application = board.application(&app, &dana, "initial");
        let path = board.path(&dana, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let whole = json!({"outcome": "refused", "reason": "the training is missing", "next_step": "hand in the training",
            "appeal": "write to the board within 30 days"});
        for left_out in ["reason", "next_step", "appeal"] {
            let mut body = whole.clone();
            body.as_object_mut().unwrap().remove(left_out);
            let answer = app.post_as(&board.registrar, &path, &body);
            assert_eq!(answer.json()["errors"][0]["pointer"], format!("/{left_out}"));
            answer.refuses(422, "text_needed");
        }
        let decided = app.post_as(&board.registrar, &path, &whole).expect(201);
        assert_eq!(decided["award"], json!(null));
        app.post_as(&board.registrar, &path, &whole).refuses(409, "application_closed");
    }
}

#[test]
fn a_file_that_the_rules_do_not_clear_is_approved_only_with_a_reason() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let application = board.application(&app, &dana, "initial");
        let path = board.path(&dana, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        app.post_as(&board.registrar, &path, &json!({"outcome": "approved"})).refuses(422, "not_cleared");
        let without = json!({"outcome": "approved", "despite_rules": true});
        app.post_as(&board.registrar, &path, &without).refuses(422, "text_needed");
        app.post_as(&board.registrar, &path, &json!({"outcome": "waived"})).refuses(422, "bad_outcome");
        board.approve(&app, &dana, &application);
    }
}

#[test]
fn a_decision_can_be_run_again_to_the_same_bytes() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let decided = board.approve(&app, &dana, &board.application(&app, &dana, "initial"));
        let path = board.path(&dana, &format!("evaluations/{}", decided["evaluation"].as_str().unwrap()));
        let rerun = app.get_as(&board.registrar, &path).expect(200);
        assert_eq!((&rerun["same"], &rerun["version"]), (&json!(true), &json!("2021-09-01")));
        assert!(rerun["inputs_hash"].as_str().unwrap().starts_with("sha256:"));
    }
}

#[test]
fn a_reviewer_goes_item_by_item_and_asks_for_more() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let application = board.application(&app, &dana, "initial");
        let file = board.path(&dana, &format!("applications/{}", application["id"].as_str().unwrap()));
        let review = format!("{file}/review");
        app.post_as(&board.reviewer, &review, &json!({"requirement": "training", "outcome": "question"}))
            .refuses(422, "text_needed");
        for (revision, outcome) in [(1, "question"), (2, "accepted")] {
            let body = json!({"requirement": "training", "outcome": outcome, "reason": "seen"});
            assert_eq!(app.post_as(&board.reviewer, &review, &body).expect(201)["revision"], revision);
        }
        let seen = app.get_as(&board.reviewer, &file).expect(200);
        assert_eq!(seen["review"][0]["outcome"], "accepted", "the latest word holds");

        let events = format!("{file}/events");
        app.post_as(&board.reviewer, &events, &json!({"kind": "more_needed"})).refuses(422, "text_needed");
        let more = json!({"kind": "more_needed", "note": "the diploma"});
        assert_eq!(app.post_as(&board.reviewer, &events, &more).expect(201)["state"], "more_needed");
        let answer = format!("/api/v1/applications/{}/answer", application["id"].as_str().unwrap());
        app.call("PUT", &answer).by(&dana).send().expect(200);
        let queue = app.get_as(&board.reviewer, &format!("/api/v1/organizations/{}/queue", board.id)).expect(200);
        assert_eq!(queue["items"][0]["state"], "waiting");
    }
}

#[test]
fn another_board_and_another_person_find_nothing() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let application = board.application(&app, &dana, "initial");
        let id = application["id"].as_str().unwrap();
        let other = app.organization(OrganizationKind::Board, "other");
        let stranger = app.member("Otto Other", Role::Registrar, Some(other));
        let at_other = format!("/api/v1/organizations/{other}/people/{}/applications/{id}", dana.id);
        let approve = json!({"outcome": "approved", "despite_rules": true, "reason": "why not"});
        app.get_as(&stranger, &at_other).refuses(404, "not_found");
        app.post_as(&stranger, &format!("{at_other}/decision"), &approve).refuses(404, "not_found");
        let at_ours = board.path(&dana, &format!("applications/{id}/decision"));
        app.post_as(&stranger, &at_ours, &approve).refuses(403, "not_allowed");
        app.post_as(&board.reviewer, &at_ours, &approve).refuses(403, "not_allowed");
        app.get_as(&stranger, &format!("/api/v1/applications/{id}")).refuses(404, "not_found");
        let files = json!({"files": []});
        let theirs = format!("/api/v1/organizations/{other}/credentials/{}/versions", board.credential);
        app.post_as(&stranger, &theirs, &files).refuses(404, "not_found");
    }
}

#[test]
fn nobody_decides_their_own_application() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let application = board.application(&app, &board.registrar, "initial");
        let path =
            board.path(&board.registrar, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let approve = json!({"outcome": "approved", "despite_rules": true, "reason": "me"});
        app.post_as(&board.registrar, &path, &approve).refuses(403, "own_case");
    }
}

#[test]
fn a_published_version_never_changes() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (name, text) = super::world::pack("us-ne", "cpss", "2021-09-01");
        let path = format!("/api/v1/organizations/{}/credentials/{}/versions", board.id, board.credential);
        let publish =
            |text: &str| app.post_as(&board.registrar, &path, &json!({"files": [{"name": name, "text": text}]}));
        assert_eq!(publish(&text).expect(200)["published"], json!([]), "the same text again is no change");
        publish(&text.replace("at_least = 19", "at_least = 18")).refuses(409, "published");
        publish("credential = 1").refuses(422, "bad_rules");
    }
}
