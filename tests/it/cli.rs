//! The program as the shell sees it: what it prints and how it ends.

mod evaluations;
mod explain;
mod plan;
mod publish;
mod record;
mod run;
mod settings;
mod simulate;
mod told;

use std::io::pipe;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program with these arguments, in this folder.
fn credtrail(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_credtrail")).args(arguments).current_dir(folder).output().expect("the program")
}

/// What a command's help lists under a heading such as `Commands:`, by its first words.
fn listed<'a>(help: &'a str, heading: &str) -> Vec<&'a str> {
    let after = help.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    after.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect()
}

#[test]
fn the_help_of_every_command_shows_an_example_of_it() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut open, mut shown) = (vec![String::new()], 0);
    while let Some(command) = open.pop() {
        let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = String::from_utf8(credtrail(here, &words).stdout).unwrap();
        let below = listed(&help, "Commands:");
        if below.is_empty() {
            assert!(help.contains(&format!("credtrail{command} ")) && help.contains("Example"), "{command}:\n{help}");
            shown += 1;
        }
        open.extend(below.iter().map(|name| format!("{command} {name}")));
    }
    assert!(shown > 20, "{shown} commands");
}

#[test]
fn a_wrong_command_line_is_one_json_object_where_json_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["rules", "evaluate", "--pack", "p", "--record", "r", "--as-of", "2026-13-01"][..],
        &["no-such-command"],
        &["rules", "published"],
        &["evaluate"],
        &["import", "hours", "x.csv"],
    ] {
        let ended = credtrail(folder.path(), &[arguments, &["--format", "json"]].concat());
        let told: Value = serde_json::from_slice(&ended.stderr).unwrap_or_else(|_| panic!("{arguments:?}: {ended:?}"));
        assert_eq!((ended.status.code(), &told["code"]), (Some(2), &Value::from("usage")), "{told}");
        assert!(
            ["found", "path", "expected"].iter().all(|key| told[key].as_str().is_some_and(|it| !it.is_empty())),
            "{told}"
        );
    }
}

#[test]
fn looking_at_a_database_that_is_not_there_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules/us-ne/cpss");
    for command in [
        &["db", "status"][..],
        &["db", "check"],
        &["db", "backup", "b"],
        &["audit", "verify"],
        &["audit", "evaluations"],
        &["evaluate", "--all"],
        &["remind", "--dry-run"],
        &["import", "people", "people.csv", "--organization", "north-academy"],
        &["certificate", "verify", "certificate.pdf"],
        &["rules", "publish", pack],
        &["rules", "simulate", "--draft", pack],
    ] {
        let ended = credtrail(folder.path(), command);
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2), "{told}");
        assert!(told.contains("no database here"), "{command:?}: {told}");
    }
    let ended = credtrail(folder.path(), &["db", "restore", "nowhere", "--format", "json"]);
    let told: Value = serde_json::from_slice(&ended.stderr).unwrap();
    assert_eq!((&told["code"], &told["path"]), (&Value::from("unreadable"), &Value::from("nowhere")), "{told}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn adding_a_person_answers_in_json_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["user", "create", "--email", "ines@office.example", "--name", "Ines Adams", "--format", "json"];
    let ended = credtrail(folder.path(), &arguments);
    let told: Value = serde_json::from_slice(&ended.stdout).unwrap_or_else(|_| panic!("{ended:?}"));
    assert!(told["link"].as_str().is_some_and(|link| link.contains("/reset-password/")), "{told}");
}

#[test]
fn a_reader_who_stops_reading_changes_neither_the_work_nor_how_it_ends() {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let run = Command::new(env!("CARGO_BIN_EXE_credtrail"))
        .args(["rules", "check", "config/rules/us-ne"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_version_that_no_example_is_about_is_named_and_not_published() {
    let run = |args: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_credtrail"));
        let run = program.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (run.status.code(), text(&run.stdout), text(&run.stderr))
    };
    let named = "version `2025-07-01` of us-xx-ps has no worked example";
    let (code, found, _) = run(&["rules", "check", "tests/rules/untested"]);
    assert_eq!(code, Some(1), "{found}");
    assert!(found.contains(&format!("tests/rules/untested/2025-07-01.toml:1: {named}")), "{found}");
    assert!(found.contains("do this: add an `[[example]]`"), "{found}");
    for path in ["tests/rules/untested", "tests/rules/untested/2025-07-01.toml"] {
        let (code, _, refused) = run(&["rules", "publish", path]);
        assert_eq!(code, Some(2), "{refused}");
        assert!(refused.contains(named), "{refused}");
    }
}
