//! Suspension and the like, on this day and on past ones.

use serde_json::json;

use super::world::{Board, verify};
use crate::support::TestApp;

#[test]
fn a_suspension_is_on_hold_until_reinstatement_and_the_past_stays() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        app.set_clock("2026-07-10T12:00:00Z");
        let suspend =
            json!({"change": "suspend", "from": "2026-07-10", "reason": "a complaint", "authority": "case 7"});
        board.set_status(&app, &dana, &held.award, &suspend).expect(201);
        assert_eq!(verify(&app, &held.code, "")["status"], "on_hold");
        assert_eq!(verify(&app, &held.code, "2026-07-09")["status"], "active");
        board.set_status(&app, &dana, &held.award, &suspend).refuses(409, "no_change");

        app.set_clock("2026-07-20T12:00:00Z");
        let back = json!({"change": "reinstate", "from": "2026-07-20", "reason": "the case is closed"});
        board.set_status(&app, &dana, &held.award, &back).expect(201);
        assert_eq!(verify(&app, &held.code, "")["status"], "active");
        assert_eq!(verify(&app, &held.code, "2026-07-15")["status"], "on_hold");

        let revoke = json!({"change": "revoke", "from": "2026-07-20", "reason": "an order", "authority": "order 9"});
        board.set_status(&app, &dana, &held.award, &revoke).expect(201);
        assert_eq!(verify(&app, &held.code, "")["status"], "withdrawn");
    }
}

#[test]
fn acting_against_a_person_needs_reason_and_authority() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        let no_reason = json!({"change": "revoke", "from": "2026-06-01", "reason": " ", "authority": "order 9"});
        board.set_status(&app, &dana, &held.award, &no_reason).refuses(422, "text_needed");
        let no_authority = json!({"change": "revoke", "from": "2026-06-01", "reason": "an order"});
        board.set_status(&app, &dana, &held.award, &no_authority).refuses(422, "text_needed");
        let too_early = json!({"change": "inactivate", "from": "2020-01-01", "reason": "a wish"});
        board.set_status(&app, &dana, &held.award, &too_early).refuses(422, "bad_days");
    }
}

#[test]
fn a_late_suspension_is_not_lost_behind_a_later_event_and_what_was_known_can_be_asked() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        app.set_clock("2026-08-01T12:00:00Z");
        let rest = json!({"change": "inactivate", "from": "2026-08-01", "reason": "a wish"});
        board.set_status(&app, &dana, &held.award, &rest).expect(201);
        app.set_clock("2026-09-01T12:00:00Z");
        let late = json!({"change": "suspend", "from": "2026-07-01", "reason": "a case", "authority": "case 7"});
        board.set_status(&app, &dana, &held.award, &late).expect(201);

        for (on, status) in [("2026-06-30", "active"), ("2026-07-15", "on_hold"), ("2026-08-15", "on_hold")] {
            assert_eq!(verify(&app, &held.code, on)["status"], status, "{on}");
        }
        let registrar = app.signed_in(board.registrar.id, &board.registrar.email);
        let history = board.path(&dana, &format!("awards/{}/history", held.award));
        let then = app.get_as(&registrar, &format!("{history}?on=2026-07-15&known_on=2026-08-31")).expect(200);
        assert_eq!(then["status"], "active", "on 31 August nobody knew");
        let now = app.get_as(&registrar, &format!("{history}?on=2026-08-15")).expect(200);
        assert_eq!(
            (&now["ruling"]["standing"], &now["ruling"]["discipline"]),
            (&json!("inactive"), &json!("suspended"))
        );
    }
}

#[test]
fn a_term_ends_at_midnight_where_the_board_is() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        assert_eq!(verify(&app, &held.code, "")["through"], "2027-09-01");
        // Chicago is five hours behind UTC in September.
        for (moment, status) in [("2027-09-02T04:59:59Z", "active"), ("2027-09-02T05:00:00Z", "not_active")] {
            app.set_clock(moment);
            assert_eq!(verify(&app, &held.code, "")["status"], status, "{moment}");
        }
    }
}

#[test]
fn a_renewal_adds_a_term_and_both_certificates_stay_verifiable() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let first = board.certify(&app, &dana, "initial");
        app.set_clock("2027-08-15T12:00:00Z");
        let second = board.certify(&app, &dana, "renewal");
        assert_eq!(first.award, second.award, "one award, two terms");
        assert_ne!(first.term, second.term);
        for (code, on, status, through) in [
            (&first.code, "2027-08-20", "active", "2027-09-01"),
            (&second.code, "2027-08-20", "active", "2027-09-01"),
            (&first.code, "2028-01-01", "active", "2029-09-01"),
            (&second.code, "2028-01-01", "active", "2029-09-01"),
            (&second.code, "2029-09-02", "not_active", "2029-09-01"),
        ] {
            let seen = verify(&app, code, on);
            assert_eq!((&seen["status"], &seen["through"]), (&json!(status), &json!(through)), "{code} {on}");
        }
        let label = verify(&app, &first.code, "2028-01-01")["label"].as_str().unwrap().to_owned();
        assert_eq!(label, "Active. This certificate was printed for another term");
        let dana = app.signed_in(dana.id, &dana.email);
        let mine = app.get_as(&dana, "/api/v1/awards").expect(200);
        assert_eq!(mine["items"][0]["terms"].as_array().unwrap().len(), 2);
        assert!(mine["items"][0]["terms"][0]["computed"].as_str().unwrap().contains("America/Chicago"));
    }
}
