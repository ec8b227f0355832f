//! The whole way, judged by the rules themselves: facts, application, decision, certificate, verification.

use serde_json::json;

use super::facts::{Facts, eligible_supervisor};
use super::world::{Board, pack, verify};
use crate::support::TestApp;

#[test]
fn a_complete_nebraska_file_is_cleared_by_the_rules_and_ends_on_the_common_day() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let facts = Facts { app: &app, who: &dana };
        facts
            .born("1990-04-12")
            .states("x-lawful_presence", "documented", "2025-03-01", "")
            .states("education", "high_school", "2025-03-01", "")
            .states("lived_experience", "self", "2025-03-01", "")
            .states("recovery_since", "2024-03-01", "2025-03-01", "")
            .states("background_check", "clear", "2025-03-05", "")
            .states("code_of_ethics", "signed", "2025-03-01", "")
            .learned("basic", "in_person", "2024-11-15", None, &[("ethics", Some(540)), ("engagement", Some(1800))])
            .learned("basic", "self_paced", "2024-11-30", None, &[("communication", Some(1200))])
            .passed("icrc-pr", "2025-02-10");
        let application = board.application(&app, &dana, "initial");
        let decide = board.path(&dana, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let approve = json!({"outcome": "approved"});
        app.post_as(&board.registrar, &decide, &approve).refuses(422, "not_cleared");
        let queue = app.get_as(&board.reviewer, &format!("/api/v1/organizations/{}/queue", board.id)).expect(200);
        let missing = queue["items"][0]["missing"].as_str().unwrap();
        assert!(missing.contains('1'), "one hour of ethics is short: {missing}");

        facts.learned("basic", "in_person", "2024-12-02", None, &[("ethics", Some(60))]);
        let decided = app.post_as(&board.registrar, &decide, &approve).expect(201);
        let rerun = board.path(&dana, &format!("evaluations/{}", decided["evaluation"].as_str().unwrap()));
        let rerun = app.get_as(&board.registrar, &rerun).expect(200);
        assert_eq!((&rerun["same"], &rerun["answer"]["status"]), (&json!(true), &json!("met")));

        let mine = app.get_as(&dana, "/api/v1/certificates").expect(200);
        let code = mine["items"][0]["verify_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let seen = verify(&app, &code, "");
        assert_eq!((&seen["from"], &seen["through"]), (&json!("2025-03-20"), &json!("2025-09-01")));
        assert_eq!(seen["status"], "active");
        assert_eq!(verify(&app, &code, "2025-09-02")["status"], "not_active");
    }
}

#[test]
fn a_complete_file_under_the_international_standard_is_cleared_for_two_years() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-06-30T15:00:00Z");
        let board = Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01"));
        let sam = app.person("Sam Ortiz");
        let supervisor = eligible_supervisor(&app, board.id);
        let (from, to) = ("2025-01-06", "2025-04-30");
        let topics = ["advocacy", "mentoring_education", "recovery_wellness_support", "ethical_responsibility"];
        Facts { app: &app, who: &sam }
            .born("1988-02-29")
            .states("education", "high_school", "2025-05-01", "")
            .states("lived_experience", "self", "2025-05-01", "")
            .states("residence_percent", "60", "2025-05-01", "application")
            .states("residence_percent", "51", "2025-05-20", "testing")
            .states("code_of_ethics", "signed", "2025-05-01", "")
            .learned("basic", "in_person", "2025-02-14", Some(2760), &topics.map(|topic| (topic, None)))
            .served("direct", from, to, 30_000, Some(supervisor))
            .served("supervision_individual", from, to, 1_500, Some(supervisor))
            .passed("icrc-pr", "2025-05-20");
        let application = board.application(&app, &sam, "initial");
        let decide = board.path(&sam, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        app.post_as(&board.registrar, &decide, &json!({"outcome": "approved"})).expect(201);
        let held = app.get_as(&sam, "/api/v1/awards").expect(200);
        let term = &held["items"][0]["terms"][0];
        assert_eq!((&term["from"], &term["through"]), (&json!("2025-06-30"), &json!("2027-06-29")));
        assert_eq!(held["items"][0]["status"], "active");
    }
}

#[test]
fn a_second_stage_is_a_further_term_of_the_same_award() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "texas", pack("us-tx", "peer", "2019-01-01"));
        let dana = app.person("Dana Rivera");
        let first = board.certify(&app, &dana, "initial");
        assert_eq!(verify(&app, &first.code, "")["through"], "2026-11-30", "six months");
        app.set_clock("2026-11-02T12:00:00Z");
        let again = app.signed_in(dana.id, &dana.email);
        let wish = json!({"credential": board.credential, "purpose": "initial", "stage": "full"});
        let application = app.post_as(&again, "/api/v1/applications", &wish).expect(201);
        let decided = board.approve(&app, &again, &application);
        assert_eq!(decided["award"], first.award);
        let held = app.get_as(&again, "/api/v1/awards").expect(200);
        let stages: Vec<&str> =
            held["items"][0]["terms"].as_array().unwrap().iter().map(|term| term["stage"].as_str().unwrap()).collect();
        assert_eq!(stages, ["initial", "full"]);
        assert_eq!(verify(&app, &first.code, "2028-11-01")["status"], "active", "two years");
        assert_eq!(verify(&app, &first.code, "2028-11-02")["status"], "not_active");
    }
}
