//! Of people whom a board does not know it learns nothing, and can record nothing.

use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::imports::exams::Exams;
use credtrail::services::imports::hours::Hours;
use credtrail::services::imports::people::People;
use credtrail::services::imports::{Mode, run};
use serde_json::json;

use super::world::{Board, pack};
use crate::support::{Someone, TestApp};

/// Two boards; one person who applied to the second alone.
fn two_boards(app: &TestApp) -> (Board, Board, Someone) {
    let (here, there) = (Board::nebraska(app), Board::new(app, "international", pack("intl", "icrc-pr", "2017-08-01")));
    let theirs = app.person("Sam Ortiz");
    there.application(app, &theirs, "initial");
    (here, there, theirs)
}

#[test]
fn an_exam_of_another_boards_person_is_answered_as_of_nobody() {
    for app in TestApp::on_each_database() {
        let (here, there, theirs) = two_boards(&app);
        let exam = json!({"exam": "icrc-pr", "on": "2026-05-20", "outcome": "passed", "official": true});
        let nobody = Someone { id: credtrail::storage::Id(1), ..theirs.clone() };
        let unknown = app.post_as(&here.registrar, &here.path(&nobody, "exams"), &exam);
        let others = app.post_as(&here.registrar, &here.path(&theirs, "exams"), &exam);
        assert_eq!((unknown.status, unknown.code()), (others.status, others.code()));
        others.refuses(404, "not_found");
        assert!(app.read(|conn| repo!(conn, facts::list_exam_attempts(theirs.id))).is_empty());
        app.post_as(&there.registrar, &there.path(&theirs, "exams"), &exam).expect(201);
        here.application(&app, &theirs, "initial");
        app.post_as(&here.registrar, &here.path(&theirs, "exams"), &exam).expect(201);
    }
}

#[test]
fn a_supervisor_nobody_here_named_is_answered_as_nobody() {
    for app in TestApp::on_each_database() {
        let (here, there, theirs) = two_boards(&app);
        let lou = app.person("Lou Park");
        let path = format!("/api/v1/organizations/{}/supervisors", here.id);
        let approve = |email: &str| app.post_as(&here.registrar, &path, &json!({"email": email, "from": "2026-01-01"}));
        let unknown = approve("nobody@example.org");
        let others = approve(&lou.email);
        unknown.refuses(422, "bad_field");
        assert_eq!((unknown.code(), &unknown.json()["errors"]), (others.code(), &others.json()["errors"]));
        // Named by somebody of the other board alone, then by an applicant of this one.
        let named = json!({"email": lou.email, "name": "Lou Park", "from": "2026-01-01"});
        app.post_as(&theirs, "/api/v1/supervisions", &named).expect(201);
        assert_eq!(approve(&lou.email).status, 422);
        let at_theirs = format!("/api/v1/organizations/{}/supervisors", there.id);
        app.post_as(&there.registrar, &at_theirs, &json!({"email": lou.email, "from": "2026-01-01"})).expect(201);
        let dana = app.person("Dana Rivera");
        app.post_as(&dana, "/api/v1/supervisions", &named).expect(201);
        here.application(&app, &dana, "initial");
        approve(&lou.email).expect(201);
    }
}

#[test]
fn files_of_exams_and_hours_pass_over_other_boards_people() {
    for app in TestApp::on_each_database() {
        let (here, there, theirs) = two_boards(&app);
        let by = Acting::system(app.now());
        let exams = format!("email,exam,on,outcome\n{},icrc-pr,2026-05-20,passed\n", theirs.email);
        let hours = format!("email,from,minutes,kind\n{},2026-05-20,60,direct\n", theirs.email);
        for (board, added, refused) in [(here.id, 0, 1), (there.id, 1, 0)] {
            let db = &app.app.db;
            let told = run(db, &by, &mut Exams::of(board), (Mode::Store, exams.as_bytes()), &mut |_| {}).unwrap();
            assert_eq!((told.added, told.refused), (added, refused));
            let told = run(db, &by, &mut Hours::of(board), (Mode::Store, hours.as_bytes()), &mut |_| {}).unwrap();
            assert_eq!((told.added, told.refused), (added, refused));
        }
    }
}

#[test]
fn whom_a_board_brought_in_under_a_number_it_knows() {
    for app in TestApp::on_each_database() {
        let (here, there, _) = two_boards(&app);
        let by = Acting::system(app.now());
        let file = "email,name,number,birth_date,language\nAna.Kim@example.org, Ana  Kim ,A-1,1988-02-29,es\n\
                    x,Ana,A-2,,\nbo@example.org,,A-3,,\n";
        let told =
            run(&app.app.db, &by, &mut People::of(here.id), (Mode::Store, file.as_bytes()), &mut |_| {}).unwrap();
        assert_eq!((told.added, told.refused), (1, 2));
        let ana = app.read(|conn| repo!(conn, people::find_email("ana.kim@example.org"))).unwrap().person_id;
        let names = app.read(|conn| repo!(conn, people::list_names(ana)));
        assert_eq!((names.len(), names[0].name.as_str()), (1, "Ana Kim"));
        let log = app.read(|conn| repo!(conn, audit::list_after(0, 1_000)));
        assert_eq!(log.iter().filter(|row| row.action == "person.add" && row.person_id == Some(ana)).count(), 1);
        let exam = json!({"exam": "icrc-pr", "on": "2026-05-20", "outcome": "passed", "official": true});
        let path = |board: &Board| format!("/api/v1/organizations/{}/people/{ana}/exams", board.id);
        app.post_as(&here.registrar, &path(&here), &exam).expect(201);
        app.post_as(&there.registrar, &path(&there), &exam).refuses(404, "not_found");
    }
}
