//! Issued once, resumed after a crash, frozen, replaced.

use std::sync::Arc;

use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::certificates::{self, Office};
use credtrail::services::decisions::{self, Verdict};
use credtrail::services::{applications, awards};
use credtrail::storage::rows::awards::{AwardRow, TermRow};
use credtrail::storage::rows::certificates::CertificateRow;
use credtrail::storage::{Conn, Id, StoreError};
use serde_json::json;

use super::world::{Board, verify};
use crate::support::{Someone, TestApp};

fn office(app: &TestApp) -> Office {
    Office::new(&app.app.settings.data_dir, &app.app.settings.public_url)
}

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

/// An approved application whose certificate is reserved and no more.
fn reserved(app: &TestApp, board: &Board, who: &Someone) -> CertificateRow {
    let application = board.application(app, who, "initial");
    let (by, office) = (Acting { actor: board.registrar.id, at: app.now() }, office(app));
    let verdict = Verdict {
        approved: true,
        on: None,
        reason: Some("complete on paper".to_owned()),
        next_step: None,
        appeal: None,
        despite_rules: true,
    };
    let decided = app
        .app
        .db
        .write(|conn: &mut Conn<'_>| {
            let mut file = applications::of_board(conn, board.id, who.id, id(application["id"].as_str().unwrap()))?;
            decisions::decide(conn, &by, &office, &mut file, &verdict)
        })
        .unwrap();
    let certificate = decided.certificate.unwrap();
    app.app.db.read(|conn| certificates::find(conn, who.id, certificate)).unwrap()
}

/// How many rows of the audit log and notices speak of an issue to `who`.
fn traces(app: &TestApp, who: &Someone) -> (usize, usize) {
    app.read(|conn| {
        let log = repo!(conn, audit::list_after(0, 10_000))?;
        let issued =
            log.iter().filter(|row| row.action == "certificate.issue" && row.person_id == Some(who.id)).count();
        let notices = repo!(conn, notices::list_of(who.id, Id(i64::MAX), 100))?;
        Ok((issued, notices.iter().filter(|row| row.kind == "issued").count()))
    })
}

#[test]
fn a_crash_after_any_step_is_resumed_to_one_certificate() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (office, clock) = (office(&app), app.app.clock.clone());
        for steps_done in ["reserved", "built", "stored"] {
            let who = app.person("Dana Rivera");
            let row = reserved(&app, &board, &who);
            assert_eq!(verify(&app, &row.code, ""), json!({"found": false}), "nothing is told of a reserved one");
            let built = certificates::build(&row).unwrap();
            if steps_done == "stored" {
                office.files.store(&built).unwrap();
            }
            let (done, left) = certificates::resume_reserved(&app.app.db, &office, &clock, 10).unwrap();
            assert_eq!((done, left.len()), (1, 0), "{steps_done}");
            let seen = verify(&app, &row.code, "");
            let hash = seen["document_sha256"].as_str().unwrap();
            assert_eq!(office.files.load(hash).unwrap(), Some(built), "the bytes are those of the frozen facts");
            assert_eq!(traces(&app, &who), (1, 1), "{steps_done}");
            let (again, _) = certificates::resume_reserved(&app.app.db, &office, &clock, 10).unwrap();
            assert_eq!((again, traces(&app, &who)), (0, (1, 1)), "nothing is left to do");
        }
    }
}

#[test]
fn twenty_that_ask_at_once_get_one_certificate() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        for _round in 0..5 {
            let who = app.person("Dana Rivera");
            let (award, term) = award_without_certificate(&app, &board, &who);
            let (db, clock, office) = (app.app.db.clone(), app.app.clock.clone(), Arc::new(office(&app)));
            let actor = board.registrar.id;
            let place = (board.id, who.id, award.id, term.id);
            let asked: Vec<_> = (0..20)
                .map(|_| {
                    let (db, clock, office) = (db.clone(), clock.clone(), Arc::clone(&office));
                    std::thread::spawn(move || certificates::issue(&db, &office, &clock, actor, place).unwrap())
                })
                .collect();
            let rows: Vec<CertificateRow> = asked.into_iter().map(|one| one.join().unwrap()).collect();
            assert!(rows.iter().all(|row| (row.id, &row.number) == (rows[0].id, &rows[0].number)));
            let all = app.read(|conn| repo!(conn, certificates::of_person(who.id)));
            assert_eq!((all.len(), all[0].state.as_str()), (1, "issued"));
            assert_eq!(traces(&app, &who), (1, 1));
        }
    }
}

/// An award and a term as an import brings them in. Goes to the database.
fn award_without_certificate(app: &TestApp, board: &Board, who: &Someone) -> (AwardRow, TermRow) {
    let at = app.now();
    let award = AwardRow {
        person_id: who.id,
        id: Id::fresh(at),
        credential_id: id(&board.credential),
        path: None,
        issued_day: "2026-01-10".parse::<chrono::NaiveDate>().unwrap().into(),
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
        from_day: award.issued_day,
        through_day: None,
        version: "2021-09-01".to_owned(),
        computed: "as brought in".to_owned(),
        opens_day: None,
        due_day: None,
        late_day: None,
        grace_day: None,
        decision_id: None,
        recorded_at: at.into(),
        recorded_by: Id::SYSTEM,
    };
    app.write(|conn| {
        repo!(conn, awards::insert(&award))?;
        repo!(conn, awards::insert_term(&term))
    });
    (award, term)
}

#[test]
fn twenty_decisions_at_once_give_one_award() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let who = app.person("Dana Rivera");
        let application = board.application(&app, &who, "initial");
        let path = board.path(&who, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let body = json!({"outcome": "approved", "despite_rules": true, "reason": "complete on paper"});
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let asked: Vec<_> =
                (0..20).map(|_| scope.spawn(|| app.post_as(&board.registrar, &path, &body).status)).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
        let held = app.read(|conn| Ok::<_, StoreError>(awards::of_person(conn, who.id).unwrap()));
        assert_eq!((held.len(), held[0].terms.len(), traces(&app, &who)), (1, 1, (1, 1)));
    }
}

/// The registrar puts a legal name in the place of the one before.
fn rename(app: &TestApp, board: &Board, who: &Someone, name: &str) {
    let path = board.path(who, "profile");
    let revision = app.get_as(&board.registrar, &path).expect(200)["revision"].clone();
    let wish = json!({"revision": revision, "name": name, "reason": "seen: marriage certificate"});
    app.call("PUT", &path).by(&board.registrar).json(&wish).send().expect(200);
}

#[test]
fn a_change_of_name_gives_a_new_certificate_and_both_verify() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let who = app.person("Dana Rivera");
        let held = board.certify(&app, &who, "initial");
        rename(&app, &board, &who, "Dana Ortiz");
        assert_eq!(verify(&app, &held.code, "")["name"], "Dana Rivera", "the printed name is frozen");
        let path = board.path(&who, &format!("certificates/{}/reissue", held.certificate));
        app.post_as(&board.registrar, &path, &json!({"reason": " "})).refuses(422, "text_needed");
        let made = app.post_as(&board.registrar, &path, &json!({"reason": "a change of name"})).expect(201);
        assert_eq!(made["replaces"], json!(held.certificate));
        let code = made["verify_url"].as_str().unwrap().rsplit('/').next().unwrap();
        assert_eq!(verify(&app, code, "")["name"], "Dana Ortiz");
        let earlier = verify(&app, &held.code, "");
        assert_eq!(earlier["status"], "active");
        assert_eq!(earlier["label"], "Active. A newer certificate replaced this one");
        app.post_as(&board.registrar, &path, &json!({"reason": "once more"})).refuses(409, "no_change");
    }
}

#[test]
fn a_name_that_cannot_be_drawn_is_refused_before_anything_is_reserved() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let who = app.person("Dana\u{e000}Rivera");
        let application = board.application(&app, &who, "initial");
        let path = board.path(&who, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let body = json!({"outcome": "approved", "despite_rules": true, "reason": "complete on paper"});
        app.post_as(&board.registrar, &path, &body).refuses(422, "name_undrawable_character");
        assert_eq!(app.read(|conn| repo!(conn, certificates::of_person(who.id))), []);
        rename(&app, &board, &who, "Dana Rivera");
        app.post_as(&board.registrar, &path, &body).expect(201);
    }
}
