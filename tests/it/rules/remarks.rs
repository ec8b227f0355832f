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
    let expected =
        [(18, "read_in_future"), (27, "unused_topic"), (48, "uncited_fee"), (48, "unowed_fee"), (59, "unnamed_word")];
    assert_eq!(told(&version, "2026-11-30"), expected);
    let all = remarks(&version, day("2026-11-30"));
    let found: Vec<&str> = all.iter().map(|remark| remark.found.as_str()).collect();
    assert_eq!(
        found,
        [
            "source `letter` says that it was read on 2999-01-01",
            "no rule takes hours of the topic `advocacy`",
            "fee `standard` says nowhere where it is written",
            "nobody owes the fee `standard` of stage `full`: there are no rules for `renewal` in this stage",
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
    assert_eq!(codes, ["read_in_future", "uncited_fee", "unowed_fee", "unnamed_word"]);
}

/// The noted version with more at its end: what it is noted for beyond itself, with the words.
fn further(more: &str) -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml"));
    let pack = packs::parse(&[("2024-07-01.toml", &(text.unwrap() + more))]).unwrap();
    let known: Vec<String> = remarks(&noted(), day("2026-11-30")).into_iter().map(|remark| remark.found).collect();
    let all = remarks(&pack.versions[0], day("2026-11-30")).into_iter();
    all.filter(|remark| !known.contains(&remark.found)).map(|remark| remark.to_string()).collect()
}

fn renewal(sort: &str, keys: &str) -> String {
    format!("\n[[renewal.{sort}]]\nid = \"ce\"\nlabel = \"CE\"\nlabel_es = \"EC\"\ncite = \"handbook\"\n{keys}\n")
}

#[test]
fn a_renewal_that_counts_the_hours_of_every_day_without_saying_so_is_noted_with_both_ways_out() {
    let hours = |sort: &str, window: &str| further(&renewal(sort, &format!("at_least = \"20 hours\"\n{window}")));
    for sort in ["learning", "service"] {
        let told = hours(sort, "");
        assert_eq!(told.len(), 1, "{told:#?}");
        let words = "2024-07-01.toml:61: `ce` has no `window`: the hours of all days count, at every renewal again; expected a \
                     window; write `window = \"this term\"`, or `window = \"no limit\"` where the board means every day";
        assert_eq!(told[0], words);
        for window in ["this term", "no limit"] {
            assert!(hours(sort, &format!("window = \"{window}\"")).is_empty(), "{window}");
        }
        assert!(hours(sort, "period = { every = \"6 years\", follows_on = true }").is_empty());
    }
    let branch = "at_least = 1\n[[renewal.any_of.learning]]\nid = \"a\"\nlabel = \"A\"\nlabel_es = \"A\"\nat_least = \"1 hour\"\n\
                  [[renewal.any_of.learning]]\nid = \"b\"\nlabel = \"B\"\nlabel_es = \"B\"\nat_least = \"1 hour\"\nwindow = \"this term\"\n";
    let told = further(&renewal("any_of", branch));
    assert!(told.len() == 1 && told[0].contains("`ce.a` has no `window`"), "{told:#?}");
}

#[test]
fn a_share_of_all_there_is_is_noted_for_it_limits_nothing() {
    let cap = |share: &str| {
        further(&format!(
            "\n[[initial.learning.cap]]\nid = \"online\"\nlabel = \"Online\"\nlabel_es = \"En línea\"\nof.delivery = [\"self_paced\"]\nat_most = \"{share}\"\n"
        ))
    };
    for share in ["100 %", "100 % of the need"] {
        let told = cap(share);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].starts_with("2024-07-01.toml:66: cap `online` lets everything count; "), "{told:#?}");
    }
    assert!(cap("99 %").is_empty());
}

#[test]
fn fees_that_nobody_owes_are_noted_with_the_reason() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml")).unwrap();
    let told = |stage: &str, fees: &[&str], rules: &str| -> Vec<String> {
        let fees: String =
            fees.iter().map(|fee| format!("[[stage.fee]]\ncite = \"letter\"\namount = \"5 USD\"\n{fee}\n")).collect();
        let text =
            text.replace("term     = \"24 months\"\n", &format!("term = \"24 months\"\n{stage}\n{fees}")) + rules;
        let pack = packs::parse(&[("2024-07-01.toml", &text)]).unwrap();
        let all = remarks(&pack.versions[0], day("2026-11-30")).into_iter();
        all.filter(|remark| remark.code == "unowed_fee").map(|remark| remark.found).collect()
    };
    let ce = renewal("learning", "at_least = \"1 hour\"\nwindow = \"this term\"");
    let nobody = |fee: &str, why: &str| format!("nobody owes the fee `{fee}` of stage `full`: {why}");
    let grace = "renewal = { grace = \"30 days\" }";
    assert_eq!(told("", &[], ""), [nobody("standard", "there are no rules for `renewal` in this stage")]);
    assert_eq!(told("renewals = 0", &[], ""), [nobody("standard", "the stage is not renewed")]);
    assert!(told("", &[], &ce).is_empty());
    let same = nobody("one", "`two` begins on the same day and takes its place");
    let (one, two) = ("id = \"one\"\nfrom = \"late\"", "id = \"two\"\nfrom = \"grace\"");
    assert_eq!(told(grace, &[one, two], &ce), [same]);
    assert!(told(grace, &[one, &format!("{two}\non_top = true")], &ce).is_empty());
    assert!(
        told("renewal = { grace = \"30 days\", late_from = \"5 days before expiry\" }", &[one, two], &ce).is_empty()
    );
    let after = |days: u32| format!("id = \"after\"\nfrom = \"more than {days} days after expiry\"");
    assert_eq!(told(grace, &[&after(30)], &ce), [nobody("after", "the grace is over by then")]);
    assert!(told(grace, &[&after(29)], &ce).is_empty());
}

#[test]
fn what_a_shipped_pack_is_noted_for_is_only_a_fee_of_which_the_sources_do_not_tell_enough() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let mut codes = BTreeSet::new();
    for path in packs::find(folder).unwrap() {
        for version in packs::load(&path).unwrap().versions {
            for remark in remarks(&version, day("2026-11-30")) {
                let renewed_unsaid = ["us-ia-prs", "us-mo-cps"].contains(&version.credential.as_str());
                let known = remark.code == "uncited_fee" || remark.code == "unowed_fee" && renewed_unsaid;
                assert!(known, "{remark}");
                codes.insert(remark.code);
            }
        }
    }
    assert_eq!(codes.len(), 2, "once the sources tell more about fees, this is a test that none is noted");
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
    assert!(said.ends_with("\n1 pack, 1 version, 1 example, 0 problems, 5 notes\n"), "{said}");
    let (code, said) = run(&["--format", "json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &report["ok"], &report["problems"]), (Some(0), &Value::Bool(true), &serde_json::json!([])));
    let codes: Vec<&str> =
        report["notes"].as_array().unwrap().iter().filter_map(|note| note["code"].as_str()).collect();
    assert_eq!(codes, ["read_in_future", "unused_topic", "uncited_fee", "unowed_fee", "unnamed_word"]);
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

#[test]
fn a_rule_that_odd_records_could_leave_to_the_board_is_noted() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/noted/2024-07-01.toml"));
    let text = text.unwrap();
    let noted = |parts: usize, whole: &str| {
        let rule = text.replace("at_least   = \"46 hours\"", &format!("at_least = \"46 hours\"\n{whole}"));
        let part = |at| {
            format!(
                "\n[[initial.learning.topic]]\nid = \"p{at}\"\nlabel = \"P\"\nlabel_es = \"P\"\ntopics = [\"ethics\"]\nat_least = \"1 hour\"\n"
            )
        };
        let pack = packs::parse(&[("2024-07-01.toml", &(rule + &(0..parts).map(part).collect::<String>()))]).unwrap();
        let remarks = remarks(&pack.versions[0], day("2026-11-30"));
        remarks.into_iter().find(|it| it.code == "many_ways").map(|it| it.found)
    };
    let found = "`training` keeps records whole and has 4 parts to choose from".to_owned();
    assert_eq!([noted(3, "whole = true"), noted(4, "whole = true"), noted(4, "")], [None, Some(found), None]);
}
