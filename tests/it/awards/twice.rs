//! The same record comes in twice, one by one and by file: it stays one record, and what differs is refused.

use credtrail::repo;
use credtrail::services::roles::{OrganizationKind, Role};
use credtrail::storage::Id;
use serde_json::{Value, json};

use super::world::{Board, pack};
use crate::support::{Answer, Someone, TestApp};

/// A program with one course of six hours, who works there, and somebody who took it.
struct Program {
    id: Id,
    staff: Someone,
    dana: Someone,
}

impl Program {
    fn new(app: &TestApp) -> Self {
        let id = app.organization(OrganizationKind::Program, "north-academy");
        let staff = app.member("Sol Staff", Role::ProgramStaff, Some(id));
        let course = json!({"code": "core", "title": "Core", "kind": "basic", "delivery": "in_person", "minutes": 360,
            "minutes_by_topic": {"advocacy": 120}});
        app.post_as(&staff, &format!("/api/v1/organizations/{id}/courses"), &course).expect(201);
        Self { id, staff, dana: app.person("Dana Rivera") }
    }

    fn one(&self, app: &TestApp, on: &str, minutes: Option<u32>) -> Answer {
        let body = json!({"email": self.dana.email, "course": "core", "completed_on": on, "minutes": minutes});
        app.post_as(&self.staff, &format!("/api/v1/organizations/{}/completions", self.id), &body)
    }

    /// A file of this person's completions: day and minutes.
    fn file(&self, app: &TestApp, query: &str, rows: &[(&str, &str)]) -> Value {
        let mut text = "email,course,completed_on,minutes\n".to_owned();
        for (on, minutes) in rows {
            text += &format!("{},core,{on},{minutes}\n", self.dana.email);
        }
        bring(app, &self.staff, &format!("/api/v1/organizations/{}/imports/completions?{query}", self.id), &text)
    }

    /// The ids of all completions, those that were taken back too.
    fn ids(&self, app: &TestApp) -> Vec<Id> {
        let mut ids: Vec<Id> =
            app.read(|conn| repo!(conn, facts::list_completions(self.dana.id))).iter().map(|row| row.id).collect();
        ids.dedup();
        ids
    }
}

fn bring(app: &TestApp, who: &Someone, path: &str, text: &str) -> Value {
    app.call("POST", path).by(who).body("text/csv", text.as_bytes()).send().expect(200)["report"].clone()
}

/// Added, known, refused.
fn counts(report: &Value) -> (u64, u64, u64) {
    let count = |key: &str| report[key].as_u64().unwrap();
    (count("added"), count("known"), count("refused"))
}

fn id_of(made: &Value) -> String {
    made["id"].as_str().expect("an id").to_owned()
}

#[test]
fn the_same_completion_is_one_record_whichever_way_it_comes_in() {
    for app in TestApp::on_each_database() {
        let program = Program::new(&app);
        let first = id_of(&program.one(&app, "2026-05-20", None).expect(201));
        for minutes in [None, Some(360)] {
            let again = program.one(&app, "2026-05-20", minutes);
            again.refuses(409, "already_recorded");
            assert_eq!(again.json()["existing"], json!(first));
        }
        for minutes in ["", "360"] {
            assert_eq!(counts(&program.file(&app, "", &[("2026-05-20", minutes)])), (0, 1, 0));
        }
        assert_eq!(program.ids(&app).len(), 1);
        // And the other way round; another day is another record.
        assert_eq!(counts(&program.file(&app, "", &[("2026-05-21", "360"), ("5/21/2026", "")])), (1, 1, 0));
        program.one(&app, "2026-05-21", None).refuses(409, "already_recorded");
        assert_eq!(program.ids(&app).len(), 2);
    }
}

#[test]
fn other_minutes_for_the_same_completion_are_a_conflict_that_says_what_to_do() {
    for app in TestApp::on_each_database() {
        let program = Program::new(&app);
        let first = id_of(&program.one(&app, "2026-05-20", None).expect(201));
        let other = program.one(&app, "2026-05-20", Some(90));
        other.refuses(409, "recorded_otherwise");
        let problem = other.json();
        assert_eq!((&problem["existing"], &problem["errors"][0]["pointer"]), (&json!(first), &json!("/minutes")));
        let said = problem["detail"].as_str().unwrap();
        let parts = ["90 minutes", "360 minutes", &first, "take that record back first"];
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        for query in ["dry_run=true", "", "partial=true"] {
            let report = program.file(&app, query, &[("2026-05-20", "90"), ("2026-05-20", "360")]);
            assert_eq!(counts(&report), (0, 1, 1), "{query}");
            let group = &report["problems"][0];
            assert_eq!((&group["code"], &group["column"]), (&json!("recorded_otherwise"), &json!("minutes")));
            assert_eq!(group["examples"][0]["line"], json!(2));
        }
        assert_eq!(program.ids(&app).len(), 1);

        // Corrected: the record is taken back, the right one comes in; the old file does not bring the old one back.
        let path =
            format!("/api/v1/organizations/{}/people/{}/completions/{first}/withdrawal", program.id, program.dana.id);
        let reason = json!({"revision": 1, "reason": "a part of the day only"});
        app.call("PUT", &path).by(&program.staff).json(&reason).send().expect(200);
        assert_eq!(counts(&program.file(&app, "", &[("2026-05-20", "360")])), (0, 1, 0), "it was taken back");
        program.one(&app, "2026-05-20", Some(90)).expect(201);
        program.one(&app, "2026-05-20", Some(90)).refuses(409, "already_recorded");
        program.one(&app, "2026-05-20", None).refuses(409, "recorded_otherwise");
        assert_eq!(program.ids(&app).len(), 2);
    }
}

#[test]
fn rows_of_one_file_that_say_different_minutes_are_told_by_line() {
    for app in TestApp::on_each_database() {
        let program = Program::new(&app);
        let rows = [("2026-05-20", ""), ("2026-05-20", "360"), ("2026-05-20", "90"), ("2026-05-21", "90")];
        for query in ["dry_run=true", "partial=true"] {
            let report = program.file(&app, query, &rows);
            assert_eq!(counts(&report), (2, 1, 1), "{query}");
            let example = &report["problems"][0]["examples"][0];
            assert_eq!((&example["line"], &example["found"]), (&json!(4), &json!("90 minutes")));
            assert!(example["expected"].as_str().unwrap().contains("earlier row"), "{example}");
        }
        assert_eq!(program.ids(&app).len(), 2);
    }
}

#[test]
fn twenty_who_record_the_same_at_once_make_one_record() {
    for app in TestApp::on_each_database() {
        let program = Program::new(&app);
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..20).map(|_| scope.spawn(|| program.one(&app, "2026-05-20", None))).collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        answers.iter().filter(|answer| answer.status != 201).for_each(|answer| answer.refuses(409, "already_recorded"));
        assert_eq!(program.ids(&app).len(), 1);
    }
}

fn exam(changes: &Value) -> Value {
    let mut exam = json!({"exam": "icrc-pr", "on": "2026-05-20", "outcome": "passed", "official": true, "score": "512",
        "scale": "200-800"});
    for (key, value) in changes.as_object().unwrap() {
        exam[key] = value.clone();
    }
    exam
}

/// How many sittings there are, and the latest revision of each.
fn sittings(app: &TestApp, who: &Someone) -> Vec<i32> {
    let mut last = std::collections::BTreeMap::new();
    for row in app.read(|conn| repo!(conn, facts::list_exam_attempts(who.id))) {
        last.insert(row.id, row.revision);
    }
    last.into_values().collect()
}

/// A board with an applicant.
fn office(app: &TestApp) -> (Board, Someone) {
    let board = Board::nebraska(app);
    let dana = app.person("Dana Rivera");
    board.application(app, &dana, "initial");
    (board, dana)
}

#[test]
fn the_same_sitting_is_one_record_whichever_way_its_result_comes_in() {
    for app in TestApp::on_each_database() {
        let (board, dana) = office(&app);
        let record = |changes: &Value| app.post_as(&board.registrar, &board.path(&dana, "exams"), &exam(changes));
        let file = |row: &str| {
            let text = format!("email,exam,on,outcome,official,score,scale,form\n{},{row}\n", dana.email);
            let path = format!("/api/v1/organizations/{}/imports/exams", board.id);
            counts(&bring(&app, &board.registrar, &path, &text))
        };
        let first = id_of(&record(&json!({})).expect(201));
        let again = record(&json!({}));
        again.refuses(409, "already_recorded");
        assert_eq!(again.json()["existing"], json!(first));
        assert_eq!(file("icrc-pr,2026-05-20,passed,yes,512,200-800,"), (0, 1, 0));
        let other = record(&json!({"score": "498", "outcome": "failed"}));
        other.refuses(409, "recorded_otherwise");
        assert_eq!(other.json()["existing"], json!(first));
        assert_eq!(file("icrc-pr,2026-05-20,passed,yes,513,200-800,"), (0, 0, 1));
        assert_eq!(sittings(&app, &dana), [1]);
        // Another day, and a second sitting that names its form, are others.
        assert_eq!(file("icrc-pr,2026-05-21,failed,yes,300,200-800,"), (1, 0, 0));
        record(&json!({"on": "2026-05-21", "outcome": "failed", "score": "300"})).refuses(409, "already_recorded");
        record(&json!({"form": "B", "outcome": "failed", "score": "300"})).expect(201);
        assert_eq!(sittings(&app, &dana), [1, 1, 1]);
    }
}

#[test]
fn the_official_result_settles_the_preliminary_one_of_the_same_sitting() {
    for app in TestApp::on_each_database() {
        let (board, dana) = office(&app);
        let record = |changes: &Value| app.post_as(&board.registrar, &board.path(&dana, "exams"), &exam(changes));
        let first = record(&json!({"official": false})).expect(201);
        let settled = record(&json!({"official_on": "2026-05-28"})).expect(201);
        assert_eq!((&settled["id"], &settled["revision"]), (&first["id"], &json!(2)));
        record(&json!({"official": false})).refuses(409, "already_recorded");
        record(&json!({"official_on": "2026-05-28"})).refuses(409, "already_recorded");
        assert_eq!(sittings(&app, &dana), [2]);
    }
}

#[test]
fn a_result_is_corrected_as_its_next_revision() {
    for app in TestApp::on_each_database() {
        let (board, dana) = office(&app);
        let first = app.post_as(&board.registrar, &board.path(&dana, "exams"), &exam(&json!({}))).expect(201);
        let path = board.path(&dana, &format!("exams/{}", id_of(&first)));
        let correct = |revision: u32, reason: &str, changes: &Value| {
            let body = json!({"revision": revision, "reason": reason, "result": exam(changes)});
            app.call("PUT", &path).by(&board.registrar).json(&body).send()
        };
        let right = json!({"score": "498", "outcome": "failed"});
        correct(1, " ", &right).refuses(422, "bad_field");
        correct(1, "typed wrong", &json!({"score": "9000"})).refuses(422, "bad_field");
        assert_eq!(correct(1, "typed wrong", &right).expect(200)["revision"], json!(2));
        correct(1, "typed wrong", &right).refuses(409, "changed_meanwhile");
        assert_eq!(sittings(&app, &dana), [2]);
        let rows = app.read(|conn| repo!(conn, facts::list_exam_attempts(dana.id)));
        assert_eq!(rows[1].reason.as_deref(), Some("typed wrong"));
        // The old file knows itself again, and does not undo the correction.
        app.post_as(&board.registrar, &board.path(&dana, "exams"), &exam(&json!({}))).refuses(409, "already_recorded");
    }
}

#[test]
fn a_score_outside_its_scale_and_an_unknown_exam_are_refused_both_ways() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01"));
        let dana = app.person("Dana Rivera");
        board.application(&app, &dana, "initial");
        for (changes, row, column, part) in [
            (json!({"score": "9000"}), "icrc-pr,2026-05-20,passed,9000,200-800", "score", "`200-800`"),
            (json!({"score": "9000", "scale": null}), "icrc-pr,2026-05-20,passed,9000,", "score", "`200-800`"),
            (json!({"score": "199.9"}), "icrc-pr,2026-05-20,passed,199.9,200-800", "score", "`200-800`"),
            (json!({"exam": "icrc-prr"}), "icrc-prr,2026-05-20,passed,512,200-800", "exam", "`icrc-pr`"),
            (json!({"score": "many"}), "icrc-pr,2026-05-20,passed,many,200-800", "score", "`512`"),
        ] {
            let one = app.post_as(&board.registrar, &board.path(&dana, "exams"), &exam(&changes));
            one.refuses(422, "bad_field");
            let error = one.json()["errors"][0].clone();
            assert_eq!(error["pointer"], json!(format!("/{column}")));
            assert!(error["detail"].as_str().unwrap().contains(part), "{error}");
            let text = format!("email,exam,on,outcome,score,scale\n{},{row}\n", dana.email);
            let path = format!("/api/v1/organizations/{}/imports/exams", board.id);
            let report = bring(&app, &board.registrar, &path, &text);
            let group = &report["problems"][0];
            assert_eq!((counts(&report), &group["column"]), ((0, 0, 1), &json!(column)), "{report}");
            assert!(group["examples"][0]["expected"].as_str().unwrap().contains(part), "{group}");
        }
        assert!(sittings(&app, &dana).is_empty());
        for score in ["200", "800", "512.5"] {
            let on = json!({"score": score, "form": score});
            app.post_as(&board.registrar, &board.path(&dana, "exams"), &exam(&on)).expect(201);
        }
    }
}
