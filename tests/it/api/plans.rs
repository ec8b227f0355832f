//! Plans through the API: what is left, what if, and whose plan it is.

use serde_json::{Value, json};

use crate::awards::facts::Facts;
use crate::awards::world::Board;
use crate::support::{Someone, TestApp};

/// Somebody whose Nebraska file is complete but for one hour of ethics.
pub fn nearly(app: &TestApp) -> Someone {
    let dana = app.person("Dana Rivera");
    Facts { app, who: &dana }
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
    dana
}

/// The plan of whoever asks.
pub const OWN: &str = "/api/v1/progress/us-ne-cpss/plan";

#[test]
fn a_plan_names_what_is_left_and_doing_it_would_meet_the_rules() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let _board = Board::nebraska(&app);
        let dana = nearly(&app);
        let plan = app.get_as(&dana, OWN).expect(200);
        assert_eq!((&plan["format"], &plan["status"]), (&json!("credtrail.plan/1"), &json!("not_met")));
        assert_eq!((&plan["as_of"], &plan["purpose"]), (&json!("2025-03-20"), &json!("initial")));
        let steps = plan["steps"].as_array().expect("steps");
        assert_eq!(steps.len(), 1, "{plan}");
        assert_eq!((&steps[0]["minutes"], &steps[0]["by"]), (&json!(60), &json!("person")));
        assert!(steps[0]["text"]["es"].as_str().is_some_and(|text| text.contains('1')), "{plan}");
        assert_eq!(plan["earliest_date"], "2025-03-20");

        let before = app.get_as(&dana, "/api/v1/record").bytes;
        let what_if = json!({ "planned": plan["facts"], "as_of": plan["earliest_date"] });
        let done = app.post_as(&dana, OWN, &what_if).expect(200);
        assert_eq!((&done["status"], &done["steps"]), (&json!("met"), &json!([])), "{done}");
        assert_eq!(app.get_as(&dana, "/api/v1/record").bytes, before, "nothing is stored");
        let (asked, plain) = (app.post_as(&dana, OWN, &json!({})), app.get_as(&dana, OWN));
        assert_eq!(asked.bytes, plain.bytes, "without anything planned it is the plan itself");
        let later = app.get_as(&dana, &format!("{OWN}?as_of=2025-04-01")).expect(200);
        assert_eq!(later["earliest_date"], "2025-04-01");
    }
}

#[test]
fn a_plan_under_another_regions_pack_is_the_list_of_what_is_still_missing_there() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let _board = Board::nebraska(&app);
        let dana = nearly(&app);
        // Nevada's board is not in this register: its pack ships with the program.
        let there = app.get_as(&dana, "/api/v1/progress/us-nv-prss/plan?purpose=reciprocity").expect(200);
        assert_eq!((&there["credential"], &there["purpose"]), (&json!("us-nv-prss"), &json!("reciprocity")));
        assert_eq!(there["status"], "not_met");
        assert!(there["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{there}");
        let first = app.get_as(&dana, "/api/v1/progress/us-nv-prss/plan").expect(200);
        assert_ne!(first["steps"], there["steps"], "coming from elsewhere is not the same as beginning there");
        app.get_as(&dana, "/api/v1/progress/us-zz-none/plan").refuses(404, "not_found");
    }
}

#[test]
fn what_cannot_be_planned_is_refused_and_says_where() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let _board = Board::nebraska(&app);
        let dana = nearly(&app);
        let refused = |body: &Value, code: &str, pointer: &str, says: &str| {
            let problem = app.post_as(&dana, OWN, body).expect(422);
            assert_eq!(
                (problem["code"].as_str(), problem["errors"][0]["pointer"].as_str()),
                (Some(code), Some(pointer))
            );
            let detail = problem["errors"][0]["detail"].as_str().unwrap_or_default();
            assert!(detail.contains(says), "{detail}");
        };
        refused(&json!({ "planned": { "learning": 3 } }), "bad_fragment", "/planned", "`learning` is no list");
        refused(&json!({ "planned": { "lerning": [] } }), "bad_fragment", "/planned", "lerning");
        let no_kind = json!([{ "id": "p1", "completed_on": "2025-04-01", "minutes": 60, "kind": "basc" }]);
        refused(&json!({ "planned": { "learning": no_kind } }), "bad_fragment", "/planned", "basc");
        let many = vec![json!({ "id": "p1", "kind": "hired", "on": "2025-04-01" }); 201];
        refused(&json!({ "planned": { "events": many } }), "too_many_facts", "/planned", "201 planned facts");
        refused(&json!({ "stage": "third" }), "no_such_stage", "/stage", "`third` is no stage of version");
        refused(&json!({ "plan": {} }), "bad_body", "/plan", "`plan` is not known here");
        app.post_as(&dana, OWN, &json!({ "purpose": "promotion" })).refuses(400, "bad_parameter");
        app.get_as(&dana, &format!("{OWN}?as_of=2025-02-30")).refuses(400, "bad_parameter");
    }
}

#[test]
fn a_purpose_that_the_pack_does_not_offer_is_refused_with_those_it_does() {
    let app = TestApp::on_each_database().next().expect("one");
    let dana = app.person("Dana Rivera");
    let problem = app.get_as(&dana, "/api/v1/progress/us-tx-peer/plan?purpose=reciprocity").expect(422);
    assert_eq!(
        (problem["code"].as_str(), problem["errors"][0]["pointer"].as_str()),
        (Some("not_offered"), Some("/purpose"))
    );
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("expected one of initial")), "{problem}");
}

#[test]
fn staff_plan_for_people_with_a_case_at_their_board_and_for_nobody_else() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let board = Board::nebraska(&app);
        let other = Board::new(&app, "international", crate::awards::world::pack("intl", "icrc-pr", "2017-08-01"));
        let dana = nearly(&app);
        let path = board.path(&dana, "progress/us-ne-cpss/plan");
        app.get_as(&board.reviewer, &path).refuses(404, "not_found");
        board.application(&app, &dana, "initial");
        let seen = app.get_as(&board.reviewer, &path);
        assert_eq!((seen.status, &seen.bytes), (200, &app.get_as(&dana, OWN).bytes), "{}", seen.text());
        let what_if = json!({ "as_of": "2025-05-01" });
        assert_eq!(app.post_as(&board.reviewer, &path, &what_if).expect(200)["as_of"], "2025-05-01");

        // The other board's staff learn nothing, and nobody asks about others through their own plan.
        let theirs = other.path(&dana, "progress/us-ne-cpss/plan");
        app.get_as(&other.registrar, &theirs).refuses(404, "not_found");
        app.post_as(&other.registrar, &theirs, &what_if).refuses(404, "not_found");
        app.get_as(&other.registrar, &path).refuses(403, "not_allowed");
        app.get_as(&dana, &path).refuses(403, "not_allowed");
        let sam = app.person("Sam Ortiz");
        assert_ne!(app.get_as(&sam, OWN).bytes, app.get_as(&dana, OWN).bytes);
    }
}
