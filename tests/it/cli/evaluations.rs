//! `credtrail audit evaluations`: what decisions rest on comes out the same, years later.

use credtrail::storage::{Conn, StoreError};
use diesel::RunQueryDsl;
use serde_json::{Value, json};

use super::run::on;
use crate::api::simulations::{ALL_MOVE, pack as small};
use crate::awards::facts::Facts;
use crate::awards::world::{Board, pack};
use crate::support::{TestApp, with_example};

fn run(app: &TestApp, statement: &str) {
    let query = diesel::sql_query(statement);
    app.write(|conn: &mut Conn<'_>| {
        match conn {
            Conn::Sqlite(c) => query.execute(*c),
            Conn::Postgres(c) => query.execute(*c),
        }
        .map(drop)
        .map_err(StoreError::from)
    });
}

#[test]
fn decisions_under_five_packs_come_out_to_the_same_bytes_after_new_facts_versions_and_years() {
    for app in TestApp::on_each_database() {
        let boards = [
            Board::nebraska(&app),
            Board::new(&app, "international", pack("intl", "icrc-pr", "2017-08-01")),
            Board::new(&app, "texas", pack("us-tx", "peer", "2019-01-01")),
            Board::new(&app, "ohio", pack("us-oh", "cprs", "2024-09-16")),
            Board::new(&app, "small", small("us-xx-ps", "2020-01-01", 2, "")),
        ];
        let dana = app.person("Dana Rivera");
        let facts = Facts { app: &app, who: &dana };
        facts.born("1988-02-29").states("education", "high_school", "2025-05-01", "");
        facts.learned("basic", "in_person", "2025-02-14", Some(2760), &[("ethics", None), ("advocacy", None)]);
        facts.passed("icrc-pr", "2025-05-20");
        for board in &boards {
            board.certify(&app, &dana, "initial");
        }
        let audit = |more: &[&str]| on(&app, &[&["audit", "evaluations"], more].concat());
        let first = audit(&["--format", "json"]);
        assert_eq!(first.code, Some(0), "{} {}", first.said, first.problems);

        // A later day, other facts, a correction of none, and other rules for everyone.
        app.set_clock("2031-03-01T12:00:00Z");
        facts.learned("continuing", "in_person", "2030-06-10", Some(999), &[("ethics", None)]);
        let registrar = app.signed_in(boards[4].registrar.id, &boards[4].registrar.email);
        let (name, text) = small("us-xx-ps", "2030-01-01", 40, ALL_MOVE);
        let path = format!("/api/v1/organizations/{}/credentials/{}/versions", boards[4].id, boards[4].credential);
        app.post_as(&registrar, &path, &with_example(&name, &text)).expect(200);

        let later = audit(&[]);
        assert_eq!(later.code, Some(0), "{} {}", later.said, later.problems);
        assert!(later.said.ends_with("5 evaluations run again, all to the same bytes\n"), "{}", later.said);
        for rules in [
            "us-ne-cpss 2021-09-01",
            "icrc-pr 2017-08-01",
            "us-tx-peer 2019-01-01",
            "us-oh-cprs 2024-09-16",
            "us-xx-ps 2020-01-01",
        ] {
            assert!(later.said.lines().any(|line| line == format!("{:>10}  {rules}", 1)), "{rules} in\n{}", later.said);
        }
        assert_eq!(audit(&["--format", "json"]).said, first.said);
        assert!(audit(&["--lang", "es"]).said.contains("5 evaluaciones repetidas"), "Spanish");
    }
}

#[test]
fn a_kept_evaluation_that_was_changed_is_found_and_named() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "small", small("us-xx-ps", "2020-01-01", 2, ""));
        let dana = app.person("Dana Rivera");
        Facts { app: &app, who: &dana }.learned("basic", "in_person", "2025-02-14", Some(60), &[]);
        board.certify(&app, &dana, "initial");
        let findings = |change: &str, back: &str| {
            run(&app, &format!("UPDATE evaluation SET {change}"));
            let run_again = on(&app, &["audit", "evaluations", "--format", "json"]);
            let report: Value = serde_json::from_str(&run_again.said).expect("JSON");
            run(&app, &format!("UPDATE evaluation SET {back}"));
            assert_eq!((run_again.code, &report["evaluations"]), (Some(1), &json!(1)), "{report}");
            assert_eq!(report["findings"][0]["person"], json!(dana.id));
            report["findings"][0]["difference"].as_str().expect("a word").to_owned()
        };
        let swap = |column: &str, from: &str, to: &str| {
            let one = |from: &str, to: &str| format!("{column} = REPLACE({column}, '{from}', '{to}')");
            findings(&one(from, to), &one(to, from))
        };
        assert_eq!(swap("answer", "\"status\":\"not_met\"", "\"status\":\"xot_met\""), "other_answer");
        assert_eq!(swap("record", "\"minutes\":60", "\"minutes\":6000"), "other_inputs");
        assert_eq!(swap("record", "\"minutes\":60", "\"minuts\":60"), "unreadable");
        assert_eq!(swap("version_hash", "sha256:", "sha25x:"), "other_version");
        assert_eq!(swap("version", "2020-01-01", "2020-01-02"), "no_version");
        assert_eq!(on(&app, &["audit", "evaluations"]).code, Some(0), "all is back");
    }
}
