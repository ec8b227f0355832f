//! How problems with packs and examples are told: on one line, and in one language.

use std::path::Path;

use super::run::credtrail;

#[test]
fn the_names_of_the_examples_stand_on_one_line() {
    let run = credtrail(&["rules", "explain", "--pack", "config/rules/us-ne/cpss", "--example", "zzz"]);
    assert_eq!(run.code, Some(2));
    assert!(!run.problems.contains("<U+"), "{}", run.problems);
    let expected = run.problems.lines().find(|line| line.starts_with("  expected: one of `")).unwrap();
    assert!(expected.matches("`, `").count() > 5 && expected.ends_with('`'), "{expected}");
}

#[test]
fn what_belongs_to_a_problem_is_told_in_english_like_the_problem() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("us-ne/cpss");
    std::fs::create_dir_all(&to).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules/us-ne/cpss");
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        // Each example expects the contrary.
        let text = if entry.file_name() == "examples.toml" {
            text.replace("status = \"met\"", "status = \"waived\"")
        } else {
            text
        };
        std::fs::write(to.join(entry.file_name()), text).unwrap();
    }
    let path = to.display().to_string();
    let run = |more: &[&str]| credtrail(&[&["rules", "check", &path], more].concat());
    let (english, spanish) = (run(&[]), run(&["--lang", "es"]));
    assert_eq!((english.code, english.said.contains(" hours count.")), (Some(1), true), "{}", english.said);
    assert_eq!(english.said, spanish.said);
}
