//! `credtrail db` as an operator runs it.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::same::{assert_same, files, rows};
use super::world::{World, empty, open};
use crate::support::{Database, TestApp};

/// Runs the program: its exit code, what it printed, what it complained about.
fn credtrail(arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_credtrail")).args(arguments).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code(), text(&run.stdout), text(&run.stderr))
}

/// `credtrail db <noun>` on a database and a data folder.
fn db(url: &str, data: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let data = data.display().to_string();
    credtrail(&[&["--database-url", url, "--data-dir", &data, "db"], words].concat())
}

#[test]
fn an_operator_backs_up_restores_and_checks() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        let data = &app.app.settings.data_dir;
        let url = app.url_of_database();
        let (targets, folder) = empty();
        let file = folder.path().join("all.backup").display().to_string();
        let (code, said, problems) = db(&url, data, &["backup", &file]);
        assert_eq!(code, Some(0), "{problems}");
        assert!(said.ends_with(&format!("rows are in `{file}`\n")), "{said}");
        let (code, said, problems) = db(&url, data, &["backup", &file]);
        assert_eq!((code, said.as_str()), (Some(2), ""), "{problems}");
        assert!(problems.contains("is there already"), "{problems}");
        for (database, to) in targets {
            let url = database.url();
            let (code, said, _) = db(&url, &to, &["status"]);
            assert!(code == Some(1) || code == Some(2), "no tables or no file yet: {said}");
            let (code, said, problems) = db(&url, &to, &["restore", &file, "--format", "json"]);
            assert_eq!(code, Some(0), "{problems}");
            let told: Value = serde_json::from_str(&said).expect("one JSON document");
            assert_eq!(told["problems"].as_array().map(Vec::len), Some(0), "{told}");
            let (code, said, _) = db(&url, &to, &["check"]);
            assert_eq!((code, said.as_str()), (Some(0), "0 problem(s) found\n"));
            let (code, said, _) = db(&url, &to, &["migrate"]);
            assert_eq!((code, said.as_str()), (Some(0), "0 migrations run\n"));
            assert_same(&rows(&app.app.db), &rows(&open(&database)));
            assert_eq!(files(data), files(&to));
            let (code, _, problems) = db(&url, &to, &["restore", &file]);
            assert_eq!(code, Some(2), "not empty any more: {problems}");
            let log = to.join("certificates");
            std::fs::remove_dir_all(&log).expect("a folder");
            let (code, said, _) = db(&url, &to, &["check"]);
            assert_eq!(code, Some(1), "{said}");
            assert!(said.contains("its bytes are gone\n1 problem(s) found"), "{said}");
        }
    }
}

#[test]
fn an_operator_copies_from_one_database_to_the_other() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        let (targets, _folder) = empty();
        for (database, _) in &targets {
            let url = database.url();
            let (code, said, problems) = credtrail(&["db", "copy", "--from", &app.url_of_database(), "--to", &url]);
            assert_eq!(code, Some(0), "{problems}");
            assert!(said.ends_with("rows copied\n"), "{said}");
            assert_same(&rows(&app.app.db), &rows(&open(database)));
            let (code, _, problems) = credtrail(&["db", "copy", "--from", &app.url_of_database(), "--to", &url]);
            assert_eq!(code, Some(2));
            assert!(problems.contains("expected an empty database"), "{problems}");
        }
        assert!(matches!(&targets[0].0, Database::Sqlite { .. }));
    }
    let (code, _, problems) = credtrail(&["db", "copy", "--from", "nothing", "--to", "sqlite://x"]);
    assert_eq!(code, Some(2), "{problems}");
    assert!(problems.contains("--from is no database"), "{problems}");
}
