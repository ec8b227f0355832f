//! The commands a clerk uses while writing a pack, as the shell sees them.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What `credtrail rules ...` prints on both streams, and how it ends.
fn rules(arguments: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_credtrail"))
        .arg("rules")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let printed = [run.stdout, run.stderr].concat();
    (run.status.code(), String::from_utf8(printed).unwrap())
}

const NEBRASKA: &str = "config/rules/us-ne/cpss";

#[test]
fn an_example_of_a_pack_is_explained_by_words_of_its_name() {
    let (code, printed) = rules(&["explain", "--pack", NEBRASKA, "--example", "NOTHING is carried over"]);
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.starts_with("Continuing education: "), "{printed}");
    assert!(printed.contains("(us-ne-cpss, rules of September 1, 2021), renewal, as of "), "{printed}");
    let (code, printed) = rules(&["plan", "--pack", NEBRASKA, "--example", "nothing is carried over"]);
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("6 hours to go"), "{printed}");
    let (_, printed) = rules(&[
        "evaluate",
        "--pack",
        NEBRASKA,
        "--example",
        "nothing is carried over",
        "--as-of",
        "2025-08-30",
        "--format",
        "json",
    ]);
    assert!(printed.contains(r#""as_of":"2025-08-30""#), "{printed}");
}

#[test]
fn words_that_no_example_or_several_have_are_answered_with_the_names() {
    let (code, printed) = rules(&["explain", "--pack", NEBRASKA, "--example", "kangaroo"]);
    assert_eq!(code, Some(2));
    assert!(printed.contains("no example of us-ne-cpss has the words `kangaroo`"), "{printed}");
    let (code, printed) = rules(&["explain", "--pack", NEBRASKA, "--example", "a"]);
    assert_eq!(code, Some(2));
    assert!(printed.contains("examples of us-ne-cpss have the words `a`"), "{printed}");
}

#[test]
fn a_record_that_is_not_json_is_refused_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dana.toml");
    fs::write(&file, "format = \"credtrail.record/1\"\n").unwrap();
    let (code, printed) = rules(&["explain", "--pack", NEBRASKA, "--record", file.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(printed.contains("dana.toml: this is not JSON") && printed.contains("a record is JSON"), "{printed}");
    fs::write(&file, r#"{"format":"credtrail.record/1","person":{"id":"p"},"events":[{"id":"e"}]}"#).unwrap();
    let (_, printed) = rules(&["explain", "--pack", NEBRASKA, "--record", file.to_str().unwrap()]);
    assert!(printed.contains("dana.toml: events[0]: missing field `kind`"), "{printed}");
}

/// A copy of a shipped pack with one change in one of its files.
fn changed(to: &Path, file: &str, from: &str, into: &str) {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(NEBRASKA)).unwrap() {
        let entry = entry.unwrap();
        let mut text = fs::read_to_string(entry.path()).unwrap();
        if entry.file_name() == file {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, into, 1);
        }
        fs::write(to.join(entry.file_name()), text).unwrap();
    }
}

#[test]
fn an_example_that_does_not_hold_shows_what_became_of_its_records() {
    let folder = tempfile::tempdir().unwrap();
    changed(folder.path(), "2021-09-01.toml", "at_least = \"6 hours\"", "at_least = \"7 hours\"");
    let (code, printed) = rules(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code, Some(1), "{printed}");
    assert!(
        printed.contains("mend the rule or the example\n  k1: trauma-14 (February 10, 2024): 14 hours count.\n  k2"),
        "{printed}"
    );
    assert!(printed.contains("\n1 pack, 1 version, "), "{printed}");
}
