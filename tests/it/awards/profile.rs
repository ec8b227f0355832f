//! Name and birth date: told by the person, corrected by a board, filled in by a file.

use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::imports::people::People;
use credtrail::services::imports::{Mode, Outcome, Report, run};
use serde_json::{Value, json};

use super::world::{Board, pack};
use crate::support::{Answer, Someone, TestApp};

const OWN: &str = "/api/v1/me/profile";

fn put(app: &TestApp, who: &Someone, path: &str, body: &Value) -> Answer {
    app.call("PUT", path).by(who).json(body).send()
}

/// What the rules say of the person's age.
fn age(app: &TestApp, who: &Someone) -> Value {
    let progress = app.get_as(who, "/api/v1/progress/us-ne-cpss").expect(200);
    let text = progress.to_string();
    let all = progress["evaluation"]["requirements"].as_array().or_else(|| progress["requirements"].as_array());
    let found = all.unwrap_or_else(|| panic!("{text}")).iter().find(|found| found["id"] == "age");
    found.unwrap_or_else(|| panic!("{text}")).clone()
}

/// Brings a file of people in and answers the codes of its refusals.
fn bring(app: &TestApp, board: &Board, by: &Acting, file: &str) -> (Report, Vec<&'static str>) {
    let mut codes = Vec::new();
    let told = run(&app.app.db, by, &mut People::of(board.id), (Mode::Store, file.as_bytes()), &mut |row| {
        if let Outcome::Refused(problem) = row.outcome {
            codes.push(problem.code);
        }
    });
    (told.expect("a file"), codes)
}

#[test]
fn a_person_tells_their_birth_date_and_meets_the_age_rule() {
    for app in TestApp::on_each_database() {
        let (_board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        let before = age(&app, &dana);
        assert_eq!((&before["status"], &before["missing"]), (&json!("not_met"), &Value::Null), "{before}");
        assert_eq!(before["notes"][0]["code"], "birth_date_unknown");
        let next = app.get_as(&dana, "/api/v1/progress/us-ne-cpss").expect(200).to_string();
        assert!(next.contains("Tell us your birth date"), "{next}");

        let known = app.get_as(&dana, OWN).expect(200);
        assert_eq!((&known["name"], &known["birth_date"]), (&json!("Dana Rivera"), &Value::Null));
        let wish = json!({"revision": known["revision"], "name": "Dana Rivera", "birth_date": "1988-02-29"});
        let told = put(&app, &dana, OWN, &wish).expect(200);
        assert_eq!((&told["birth_date"], &told["changes"][1]["by"]), (&json!("1988-02-29"), &json!("self")));
        assert_eq!(age(&app, &dana)["status"], "met");
        put(&app, &dana, OWN, &wish).refuses(409, "changed_meanwhile");
        let log = app.read(|conn| repo!(conn, audit::list_after(0, 1_000)));
        let row = log.iter().find(|row| row.action == "person.change").expect("an audit row");
        assert!(!row.detail.to_string().contains("1988"), "the log holds no dates of birth: {}", row.detail);
    }
}

#[test]
fn a_slip_is_mended_and_a_changed_name_leaves_the_old_one_behind_by_its_days() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivra");
        let mend = |body: Value| {
            let mut body = body;
            body["revision"] = app.get_as(&dana, OWN).expect(200)["revision"].clone();
            put(&app, &dana, OWN, &body)
        };
        mend(json!({"name": " Dana  Rivera "})).expect(200);
        mend(json!({"name": "Dana Ortiz", "name_from": "2026-05-02"})).expect(200);
        let rows = app.read(|conn| repo!(conn, people::list_names(dana.id)));
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.name.as_str(),
                    row.kind.as_str(),
                    row.from_day.map(|d| d.date().to_string()),
                    row.through_day.map(|d| d.date().to_string()),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Dana Rivra", "legal", None, None),
                ("Dana Rivera", "legal", None, None),
                ("Dana Rivera", "previous", None, Some("2026-05-01".to_owned())),
                ("Dana Ortiz", "legal", Some("2026-05-02".to_owned()), None),
            ]
        );
        assert_eq!(app.get_as(&dana, "/api/v1/record").expect(200)["person"]["name"], "Dana Ortiz");
        mend(json!({"name": "Dana Lee", "name_from": "2026-05-01"})).refuses(422, "bad_field");
        mend(json!({"name": "Dana Lee", "name_from": "2026-06-09"})).refuses(422, "bad_field");
    }
}

#[test]
fn what_cannot_be_printed_or_born_is_refused_at_entry() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let with = |name: &str, born: Option<&str>| {
            put(&app, &dana, OWN, &json!({"revision": 1, "name": name, "birth_date": born}))
        };
        for name in ["\u{202e}Dana", "Dana \u{1F600}", "Da\u{200b}na", " "] {
            let refused = with(name, None);
            refused.refuses(422, "bad_name");
            assert_eq!(refused.json()["errors"][0]["pointer"], "/name");
        }
        for day in ["2026-06-03", "1899-12-31"] {
            let refused = with("Dana Rivera", Some(day));
            refused.refuses(422, "bad_field");
            assert_eq!(refused.json()["errors"][0]["pointer"], "/birth_date");
        }
        let sign_up = json!({"email": "a@example.org", "name": "\u{202e}anA"});
        app.post("/api/v1/sign-up", &sign_up).refuses(422, "bad_name");
    }
}

#[test]
fn once_a_board_has_papers_of_a_person_the_board_changes_them_and_says_why() {
    for app in TestApp::on_each_database() {
        let (board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        let theirs = board.path(&dana, "profile");
        let wish = |name: &str, born: &str| json!({"revision": 1, "name": name, "birth_date": born, "reason": "seen: passport"});
        put(&app, &board.registrar, &theirs, &wish("Dana Ortiz", "1988-02-29")).refuses(404, "not_found");
        board.application(&app, &dana, "initial");
        put(&app, &dana, OWN, &json!({"revision": 1, "name": "Dana Ortiz"})).refuses(409, "ask_your_board");
        // What nobody told yet can still be told.
        put(&app, &dana, OWN, &json!({"revision": 1, "name": "Dana Rivera", "birth_date": "1988-02-28"})).expect(200);
        put(&app, &dana, OWN, &json!({"revision": 2, "name": "Dana Rivera", "birth_date": "1988-02-29"}))
            .refuses(409, "ask_your_board");

        let known = app.get_as(&board.reviewer, &theirs).expect(200);
        assert_eq!((&known["revision"], &known["birth_date"]), (&json!(2), &json!("1988-02-28")));
        assert!(known["changes"][0].get("value").is_none(), "a board is not told earlier names: {known}");
        let mut right = wish("Dana Ortiz", "1988-02-29");
        right["revision"] = json!(2);
        let mut silent = right.clone();
        silent["reason"] = json!(" ");
        put(&app, &board.registrar, &theirs, &silent).refuses(422, "bad_field");
        put(&app, &board.reviewer, &theirs, &right).refuses(403, "not_allowed");
        put(&app, &board.registrar, &theirs, &right).expect(200);

        let own = app.get_as(&dana, OWN).expect(200);
        assert_eq!(
            (&own["name"], &own["birth_date"], &own["open"]),
            (&json!("Dana Ortiz"), &json!("1988-02-29"), &json!([]))
        );
        let last = own["changes"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["by"], &last["reason"]), (&json!("other"), &json!("seen: passport")));
    }
}

#[test]
fn a_registrar_does_not_change_their_own_file() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let own = board.path(&board.registrar, "profile");
        let wish = json!({"revision": 1, "name": "Rosa Lee", "reason": "mine"});
        put(&app, &board.registrar, &own, &wish).refuses(403, "own_case");
    }
}

#[test]
fn a_file_fills_an_empty_birth_date_and_reports_another_one_without_writing_it() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (dana, sam, eve) = (app.person("Dana Rivera"), app.person("Sam Ortiz"), app.person("Eve Kim"));
        board.application(&app, &dana, "initial");
        board.application(&app, &sam, "initial");
        let by = Acting { actor: board.registrar.id, at: app.now() };
        let file = |days: [&str; 3]| {
            let row = |who: &Someone, day: &str| format!("{},Somebody Else,{day}\n", who.email);
            format!("email,name,birth_date\n{}{}{}", row(&dana, days[0]), row(&sam, days[1]), row(&eve, days[2]))
        };
        let (told, codes) = bring(&app, &board, &by, &file(["1988-02-29", "", "1970-01-01"]));
        assert_eq!((told.added, told.known, codes), (1, 2, vec![]));
        let (told, codes) = bring(&app, &board, &by, &file(["1988-02-28", "2027-01-01", ""]));
        assert_eq!((told.added, told.known, codes), (0, 1, vec!["birth_date_differs", "bad_birth_date"]));
        let born = |who: &Someone| app.get_as(who, OWN).expect(200)["birth_date"].clone();
        assert_eq!((born(&dana), born(&sam)), (json!("1988-02-29"), Value::Null));
        assert_eq!(born(&eve), Value::Null, "of people whom the board does not know nothing is changed or told");
        assert_eq!(app.get_as(&dana, OWN).expect(200)["name"], "Dana Rivera");
    }
}

#[test]
fn one_address_with_two_birth_dates_in_a_file_is_reported() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01"));
        let by = Acting { actor: board.registrar.id, at: app.now() };
        let file = "email,name,number,birth_date\nana@example.org,Ana Kim,A-1,1988-02-29\n\
                    ana@example.org,Ana Kim,A-1,1988-02-29\nana@example.org,Ana Kim,A-1,1989-02-28\n\
                    bo@example.org,\u{202e}Bo,A-2,\n";
        let (told, codes) = bring(&app, &board, &by, file);
        assert_eq!((told.added, told.known, codes), (1, 1, vec!["birth_date_differs", "name_invisible_character"]));
    }
}
