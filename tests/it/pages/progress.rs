//! The person's own page through HTTP, with the shipped rules of one credential.

use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::credentials::{self, Brought};
use credtrail::services::roles::OrganizationKind;
use credtrail::storage::Id;
use credtrail::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use serde_json::json;

use crate::api::simulations::pack;
use crate::awards::world::Board;
use crate::support::{Answer, Someone, TestApp};

const PACK: &str = include_str!("../../../config/rules/us-ne/cpss/2021-09-01.toml");
const EXAMPLES: &str = include_str!("../../../config/rules/us-ne/cpss/examples.toml");

fn get(app: &TestApp, who: &Someone, path: &str) -> Answer {
    app.call("GET", path).header("accept", "text/html").header("cookie", &format!("session={}", who.cookie)).send()
}

/// Sets up the credential. Goes to the services.
fn credential(app: &TestApp) -> Id {
    let board = app.organization(OrganizationKind::Board, "board");
    let by = Acting::system(app.now());
    let files = [("2021-09-01.toml", PACK), ("examples.toml", EXAMPLES)];
    app.write(|conn| Ok(credentials::create(conn, &by, board, Brought::all(&files)).expect("a pack")))
}

/// Gives `who` the credential from `from` through `through`. Goes to the database.
fn award(app: &TestApp, who: &Someone, credential: Id, from: &str, through: &str) {
    let (at, day) = (app.now(), |text: &str| text.parse::<chrono::NaiveDate>().unwrap().into());
    let award = AwardRow {
        person_id: who.id,
        id: Id::fresh(at),
        credential_id: credential,
        path: None,
        issued_day: day(from),
        decision_id: None,
        recorded_at: at.into(),
        recorded_by: Id::SYSTEM,
    };
    let term = TermRow {
        person_id: who.id,
        award_id: award.id,
        id: Id::fresh(at),
        stage: "certified".to_owned(),
        kind: "first".to_owned(),
        from_day: day(from),
        through_day: Some(day(through)),
        version: "2021-09-01".to_owned(),
        computed: String::new(),
        opens_day: None,
        due_day: None,
        late_day: None,
        grace_day: None,
        decision_id: None,
        recorded_at: at.into(),
        recorded_by: Id::SYSTEM,
    };
    let status = StatusEventRow {
        person_id: who.id,
        award_id: award.id,
        id: Id::fresh(at),
        standing: "active".to_owned(),
        discipline: "none".to_owned(),
        flags: String::new(),
        from_day: day(from),
        through_day: None,
        reason: "issued".to_owned(),
        authority: None,
        decision_id: None,
        recorded_at: at.into(),
        recorded_by: Id::SYSTEM,
    };
    app.write(|conn| {
        repo!(conn, awards::insert(&award))?;
        repo!(conn, awards::insert_term(&term))?;
        repo!(conn, awards::insert_status(&status))
    });
}

/// The board takes the certificate back. Goes to the database.
fn take_back(app: &TestApp, who: &Someone, from: &str) {
    let at = app.now();
    app.write(|conn| {
        let award = repo!(conn, awards::of_person(who.id))?.remove(0);
        let status = StatusEventRow {
            person_id: who.id,
            award_id: award.id,
            id: Id::fresh(at),
            standing: "active".to_owned(),
            discipline: "revoked".to_owned(),
            flags: String::new(),
            from_day: from.parse::<chrono::NaiveDate>().unwrap().into(),
            through_day: None,
            reason: "an order".to_owned(),
            authority: Some("order 9".to_owned()),
            decision_id: None,
            recorded_at: at.into(),
            recorded_by: Id::SYSTEM,
        };
        repo!(conn, awards::insert_status(&status))
    });
}

#[test]
fn who_is_not_signed_in_is_led_to_signing_in_and_back() {
    for app in TestApp::on_each_database() {
        let page = app.call("GET", "/progress?credential=us-ne-cpss").header("accept", "text/html").send();
        assert_eq!((page.status, page.header("location")), (303, "/sign-in?next=/progress%3Fcredential%3Dus-ne-cpss"));
        app.get("/progress").refuses(401, "sign_in");
    }
}

#[test]
fn a_person_without_any_path_is_told_what_to_do() {
    for app in TestApp::on_each_database() {
        let page = get(&app, &app.person("Dana"), "/progress");
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Ask your board or your class to add you"), "{}", page.text());
    }
}

#[test]
fn a_trainee_sees_what_a_credential_asks_in_both_languages() {
    for app in TestApp::on_each_database() {
        credential(&app);
        let dana = app.person("Dana");
        let page = get(&app, &dana, "/progress").text();
        for words in
            ["Hello, Dana", "You do not have this certificate yet", "The board has not confirmed them yet", " to go."]
        {
            assert!(page.contains(words), "missing {words}: {page}");
        }
        let page = get(&app, &dana, "/progress?credential=us-ne-cpss&lang=es").text();
        assert!(page.contains("Lo que necesita para su certificado"), "{page}");
    }
}

#[test]
fn a_specialist_sees_the_certificate_and_what_renewal_needs() {
    for app in TestApp::on_each_database() {
        let credential = credential(&app);
        let (dana, sam) = (app.person("Dana"), app.person("Sam"));
        award(&app, &dana, credential, "2025-09-01", "2027-08-31");
        let page = get(&app, &dana, "/progress").text();
        assert!(page.contains("Active through August 31, 2027"), "{page}");
        assert!(page.contains("What you need for your renewal"), "{page}");
        assert!(page.contains("20 hours to go, 6 of them ethics"), "{page}");
        assert!(!get(&app, &sam, "/progress").text().contains("Active through"), "nobody else sees it");
    }
}

#[test]
fn whose_certificate_was_taken_back_is_not_told_to_send_anything() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let dana = app.person("Dana");
        let held = board.certify(&app, &dana, "initial");
        let dana = app.signed_in(dana.id, &dana.email);
        assert!(get(&app, &dana, "/progress").text().contains("2 hours to go"));
        let revoke = json!({"change": "revoke", "from": "2026-06-01", "reason": "an order", "authority": "order 9"});
        board.set_status(&app, &dana, &held.award, &revoke).expect(201);
        let page = get(&app, &dana, "/progress").text();
        assert!(page.contains("There is nothing to send: this certificate cannot be renewed."), "{page}");
        for gone in ["You have all you need", "Send your renewal by", "Your renewal opens", "action=\"/apply\""] {
            assert!(!page.contains(gone), "`{gone}` in {page}");
        }
        let spanish = get(&app, &dana, "/progress?lang=es").text();
        assert!(spanish.contains("No hay nada que enviar"), "{spanish}");
    }
}

#[test]
fn who_has_no_way_back_is_sent_to_the_board_and_not_told_that_all_is_there() {
    for app in TestApp::on_each_database() {
        let credential = credential(&app);
        let dana = app.person("Dana");
        award(&app, &dana, credential, "2025-09-01", "2027-08-31");
        take_back(&app, &dana, "2026-01-01");
        let page = get(&app, &dana, "/progress").text();
        assert!(page.contains("say nothing about coming back from there. Ask the board."), "{page}");
        for gone in ["You have all you need", "action=\"/apply\""] {
            assert!(!page.contains(gone), "`{gone}` in {page}");
        }
    }
}

#[test]
fn a_credential_that_is_not_there_shows_none() {
    for app in TestApp::on_each_database() {
        credential(&app);
        let page = get(&app, &app.person("Dana"), "/progress?credential=%22%3E%3Cscript%3E");
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("<script"));
        assert!(page.text().contains("Choose the certificate"));
    }
}
