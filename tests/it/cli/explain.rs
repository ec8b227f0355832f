//! `credtrail rules explain`: where each requirement is written, and what its JSON begins with.

use serde_json::Value;

use super::run::credtrail;

const ASKED: [&str; 4] = ["--pack", "config/rules/us-ne/cpss", "--example", "nine of ethics"];

fn json(command: &str) -> Value {
    let run = credtrail(&[&["rules", command][..], &ASKED, &["--format", "json"]].concat());
    serde_json::from_str(&run.said).unwrap_or_else(|_| panic!("{}", run.problems))
}

/// Each requirement of an evaluation with where it is written, however deep, in the order of the pack.
fn cited<'a>(requirements: &'a Value, found: &mut Vec<(&'a Value, &'a Value)>) {
    for one in requirements.as_array().into_iter().flatten() {
        found.push((&one["id"], &one["citation"]));
        cited(&one["requirements"], found);
    }
}

#[test]
fn every_requirement_is_explained_with_the_clause_that_the_evaluation_names() {
    let (explained, evaluated) = (json("explain"), json("evaluate"));
    let mut expected = Vec::new();
    cited(&evaluated["requirements"], &mut expected);
    let lines = explained["lines"].as_array().unwrap().iter();
    let said: Vec<_> = lines.filter(|line| !line["citation"].is_null()).collect();
    let said: Vec<_> = said.iter().map(|line| (&line["requirement"], &line["citation"])).collect();
    assert!(said.len() > 5, "{said:?}");
    assert_eq!(said, expected);
}

#[test]
fn the_explanation_as_json_says_at_its_head_by_which_rules_and_for_which_day() {
    let told = json("explain");
    let head = ["format", "credential", "version", "as_of", "lang", "status"].map(|key| told[key].as_str().unwrap());
    assert_eq!(head, ["credtrail.explanation/1", "us-ne-cpss", "2021-09-01", "2025-03-20", "en", "not_met"]);
}

#[test]
fn the_clause_stands_behind_its_requirement_and_not_again_behind_a_part_that_is_written_there_too() {
    let run = credtrail(&[&["rules", "explain"][..], &ASKED].concat());
    let line = |start: &str| run.said.lines().find(|line| line.trim_start().starts_with(start)).unwrap();
    let age = "  At least 19 years old: done. [206 NAC 7-001, Certification, 001.02(A)]";
    assert_eq!(line("At least 19"), age, "{}", run.said);
    // A sentence below a requirement, and one about a record, have none.
    assert!(!line("1 hour of it").contains('['), "{}", run.said);
    assert!(!line("core-live").contains('['), "{}", run.said);
    let mut above: Vec<&str> = Vec::new();
    let mut places = 0;
    for line in run.said.lines().filter(|line| line.ends_with(']')) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let place = line.rsplit('[').next().unwrap();
        above.truncate(depth);
        assert_ne!(above.last(), Some(&place), "said twice: {line}");
        above.resize(depth, "");
        above.push(place);
        places += 1;
    }
    assert!(places > 5, "{}", run.said);
}
