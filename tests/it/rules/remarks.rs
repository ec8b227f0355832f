//! What `rules check` notes: no problem, and worth a second look.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use credtrail::packs;
use credtrail::rules::pack::Version;
use credtrail::rules::remarks::remarks;
use serde_json::Value;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Line and code of each remark.
fn told(version: &Version, checked_on: &str) -> Vec<(usize, &'static str)> {
    remarks(version, day(checked_on)).into_iter().map(|remark| (remark.line, remark.code)).collect()
}

fn noted() -> Version {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted"));
    packs::load(folder).unwrap().versions.remove(0)
}

#[test]
fn each_thing_worth_a_second_look_is_told_once_with_its_line() {
    let version = noted();
    let expected = [(18, "read_in_future"), (27, "unused_topic"), (48, "uncited_fee"), (59, "unnamed_word")];
    assert_eq!(told(&version, "2026-11-30"), expected);
    let all = remarks(&version, day("2026-11-30"));
    let found: Vec<&str> = all.iter().map(|remark| remark.found.as_str()).collect();
    assert_eq!(
        found,
        [
            "source `letter` says that it was read on 2999-01-01",
            "no rule takes hours of the topic `advocacy`",
            "fee `standard` says nowhere where it is written",
            "`grandparent` has no name that people could read",
        ]
    );
    assert!(all.iter().all(|remark| !remark.hint.is_empty() && remark.file.ends_with("2024-07-01.toml")), "{all:#?}");
}

#[test]
fn a_day_is_in_the_future_only_until_it_has_come() {
    let version = noted();
    let of_source = |checked_on| told(&version, checked_on).contains(&(18, "read_in_future"));
    assert_eq!(["2998-12-31", "2999-01-01"].map(of_source), [true, false]);
}

#[test]
fn a_rule_without_a_list_of_topics_takes_them_all() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml"));
    let wide = text.unwrap().replace("only.topic = [\"ethics\"]\n", "");
    let pack = packs::parse(&[("2024-07-01.toml", &wide)]).unwrap();
    let codes: Vec<&str> = told(&pack.versions[0], "2026-11-30").into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["read_in_future", "uncited_fee", "unnamed_word"]);
}

#[test]
fn what_a_shipped_pack_is_noted_for_is_only_a_fee_whose_page_the_sources_do_not_tell() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let mut codes = BTreeSet::new();
    for path in packs::find(folder).unwrap() {
        for version in packs::load(&path).unwrap().versions {
            for remark in remarks(&version, day("2026-11-30")) {
                assert_eq!(remark.code, "uncited_fee", "{remark}");
                codes.insert(remark.code);
            }
        }
    }
    assert_eq!(codes.len(), 1, "once all fees say where they are written, this is a test that none is noted");
}

#[test]
fn notes_are_counted_and_change_no_exit_code() {
    let run = |more: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_credtrail"));
        let arguments = [&["rules", "check", "tests/rules/noted"], more].concat();
        let run = program.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    let (code, said) = run(&[]);
    assert_eq!(code, Some(0), "{said}");
    let first =
        "tests/rules/noted/2024-07-01.toml:18: note: source `letter` says that it was read on 2999-01-01\n  better: ";
    assert!(said.starts_with(first), "{said}");
    assert!(said.ends_with("\n1 pack, 1 version, 1 example, 0 problems, 4 notes\n"), "{said}");
    let (code, said) = run(&["--format", "json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &report["ok"], &report["problems"]), (Some(0), &Value::Bool(true), &serde_json::json!([])));
    let codes: Vec<&str> =
        report["notes"].as_array().unwrap().iter().filter_map(|note| note["code"].as_str()).collect();
    assert_eq!(codes, ["read_in_future", "unused_topic", "uncited_fee", "unnamed_word"]);
}

#[test]
fn limits_on_all_topics_of_a_rule_that_leave_no_room_for_its_total_are_noted() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml"));
    let text = text.unwrap();
    let noted = |at_most: &str| {
        let limit = format!("\n[[initial.learning.topic]]\ntopic = \"ethics\"\nat_most = \"{at_most}\"\n");
        let pack = packs::parse(&[("2024-07-01.toml", &(text.clone() + &limit))]).unwrap();
        told(&pack.versions[0], "2026-11-30").into_iter().any(|(_, code)| code == "no_room")
    };
    assert_eq!(["45 hours", "46 hours"].map(noted), [true, false]);
}

#[test]
fn a_unit_that_no_spanish_reader_can_be_told_is_noted_until_it_has_a_name() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml"));
    let count = |unit: &str| {
        let asked = format!(
            "[[initial.learning]]\nid = \"skills\"\nlabel = \"S\"\nlabel_es = \"S\"\ncite = \"handbook\"\ncount = 8\ncounted_in = \"{unit}\"\n"
        );
        text.as_deref().unwrap().to_owned() + "\n" + &asked
    };
    let name = "\n[unit.competency]\nlabel = \"competency\"\nlabel_es = \"competencia\"\nplural = \"competencies\"\nplural_es = \"competencias\"\n";
    let codes = |text: &str| {
        let pack = packs::parse(&[("2024-07-01.toml", text)]).unwrap();
        told(&pack.versions[0], "2026-11-30").into_iter().any(|(_, code)| code == "unnamed_unit")
    };
    assert!(codes(&count("competency")));
    assert!(!codes(&(count("competency") + name)));
    assert!(!codes(&count("point")), "both languages know it");
}

#[test]
fn a_source_that_is_no_web_page_is_noted() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml"));
    let text = text.unwrap().replacen("\"https://", "\"javascript://", 1);
    let pack = packs::parse(&[("2024-07-01.toml", &text)]).unwrap();
    let found: Vec<_> =
        told(&pack.versions[0], "2026-11-30").into_iter().filter(|it| it.1 == "no_web_address").collect();
    assert_eq!(found.len(), 1, "{found:?}");
}
