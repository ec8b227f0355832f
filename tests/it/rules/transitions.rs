//! Which version rules a person while one gives way to the next.

use credtrail::rules::{Pack, Purpose, Question, Record, Status, evaluate};

fn version(from: &str, hours: u32, more: &str) -> String {
    format!(
        r#"credential = "us-xx-ps"
name = "Peer"
name_es = "Par"
board = "Board"
time_zone = "UTC"
in_force = {{ from = {from} }}
verified = false
hour = "60 minutes"
applies_by = ["application"]
[source.s]
title = "S"
url = "https://example.org"
read_on = 2026-01-01
[[stage]]
id = "full"
label = "Full"
label_es = "Completo"
term = "24 months"
{more}
[[initial.learning]]
id = "training"
label = "Training"
label_es = "Formación"
cite = "s"
at_least = "{hours} hours"
unless = {{ path = ["grandparented"] }}
"#
    )
}

fn transition(keys: &str) -> String {
    format!("[[transition]]\nid = \"t\"\nlabel = \"Between\"\nlabel_es = \"Entre\"\ncite = \"s\"\n{keys}\n")
}

fn pack(keys: &str) -> Pack {
    let (old, new) = (version("2020-01-01", 40, ""), version("2024-07-01", 60, &transition(keys)));
    Pack::parse(&[("2020-01-01.toml", &old), ("2024-07-01.toml", &new)])
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn record(application: &str) -> Record {
    Record::from_json(&format!(
        r#"{{"format":"credtrail.record/1","person":{{"id":"p"}},"applications":[{{"id":"a","credential":"us-xx-ps","purpose":"initial",{application}}}]}}"#
    ))
    .unwrap()
}

/// The version that rules who applied so, asked on a day.
fn rules(keys: &str, application: &str, as_of: &str) -> String {
    let pack = pack(keys);
    pack.version_for(&record(application), as_of.parse().unwrap(), Purpose::Initial).unwrap().id.clone()
}

const OLD: &str = "2020-01-01";
const NEW: &str = "2024-07-01";
const EARLY: &str = r#""received_on":"2024-05-01""#;
const LATE: &str = r#""received_on":"2024-08-01""#;
const BEFORE: &str = "who = { day = \"application\", through = 2024-06-30 }";

#[test]
fn who_applied_before_keeps_the_old_rules_until_the_day_that_is_named() {
    let keys = format!("{BEFORE}\nthen = \"old\"\nuntil = 2025-06-30");
    for (application, as_of, expected) in [
        (EARLY, "2024-06-30", OLD),
        (EARLY, "2024-07-01", OLD),
        (EARLY, "2025-06-30", OLD),
        (EARLY, "2025-07-01", NEW),
        (LATE, "2024-09-01", NEW),
    ] {
        assert_eq!(rules(&keys, application, as_of), expected, "{application} asked {as_of}");
    }
}

#[test]
fn everyone_moves_at_once_where_the_board_says_so() {
    let keys = format!("{BEFORE}\nthen = \"new\"\nfrom = 2025-01-01");
    assert_eq!(rules(&keys, EARLY, "2024-12-31"), OLD);
    assert_eq!(rules(&keys, EARLY, "2025-01-01"), NEW);
}

#[test]
fn people_between_dates_choose_and_the_choice_is_the_pin() {
    let keys = "who = { day = \"application\", from = 2024-07-01, through = 2024-12-31 }\nthen = \"choose\"\nunless_chosen = \"old\"\nuntil = 2025-12-31";
    assert_eq!(rules(keys, LATE, "2024-09-01"), OLD);
    assert_eq!(rules(keys, LATE, "2026-01-01"), NEW);
    assert_eq!(rules(keys, &format!(r#"{LATE},"version":"{NEW}""#), "2024-09-01"), NEW);
    assert_eq!(rules(&keys.replace("\"old\"", "\"new\""), LATE, "2024-09-01"), NEW);
    assert_eq!(rules(&keys.replace("\"old\"", "\"new\""), &format!(r#"{LATE},"version":"{OLD}""#), "2024-09-01"), OLD);
}

#[test]
fn a_choice_of_the_old_rules_ends_with_the_time_to_choose() {
    let keys = "who = { day = \"application\", from = 2024-07-01, through = 2024-12-31 }\nthen = \"choose\"\nunless_chosen = \"old\"\nuntil = 2025-12-31";
    let chosen = format!(r#"{LATE},"version":"{OLD}""#);
    assert_eq!(rules(keys, &chosen, "2025-12-31"), OLD);
    assert_eq!(rules(keys, &chosen, "2026-01-01"), NEW);
    let without_end = keys.replace("\nuntil = 2025-12-31", "");
    assert_eq!(rules(&without_end, &chosen, "2026-01-01"), OLD);
}

#[test]
fn who_moves_moves_from_every_older_version_unless_one_is_named() {
    let third = |keys: &str| {
        let keys = format!("{BEFORE}\nthen = \"new\"\nfrom = 2026-07-01\npins = \"end\"\n{keys}");
        let files = [
            ("2020-01-01.toml", version("2020-01-01", 40, "")),
            ("2024-07-01.toml", version("2024-07-01", 50, "")),
            ("2026-01-01.toml", version("2026-01-01", 60, &transition(&keys))),
        ];
        Pack::parse(&files.each_ref().map(|(name, text)| (*name, text.as_str())))
            .unwrap_or_else(|problems| panic!("{problems:#?}"))
    };
    let ruled = |pack: &Pack, pin: &str, day: &str| {
        let record = record(&format!(r#"{EARLY},"version":"{pin}""#));
        pack.version_for(&record, day.parse().unwrap(), Purpose::Initial).unwrap().id.clone()
    };
    let everyone = third("");
    for pin in [OLD, NEW] {
        assert_eq!(ruled(&everyone, pin, "2026-06-30"), pin);
        assert_eq!(ruled(&everyone, pin, "2026-07-01"), "2026-01-01", "{pin}");
    }
    let named = third("version = \"2024-07-01\"");
    assert_eq!([ruled(&named, OLD, "2026-07-01"), ruled(&named, NEW, "2026-07-01")], [OLD, "2026-01-01"]);
}

#[test]
fn a_named_cohort_keeps_the_old_rules() {
    let keys = "who = { cohort = [\"pilot-7\"] }\nthen = \"old\"";
    assert_eq!(rules(keys, &format!(r#"{LATE},"cohort":"pilot-7""#), "2030-01-01"), OLD);
    assert_eq!(rules(keys, &format!(r#"{LATE},"cohort":"pilot-8""#), "2030-01-01"), NEW);
}

#[test]
fn a_pin_stays_unless_the_transition_ends_pins() {
    let keys = format!("{BEFORE}\nthen = \"old\"\nuntil = 2025-06-30");
    let pinned = format!(r#"{EARLY},"version":"{OLD}""#);
    assert_eq!(rules(&keys, &pinned, "2026-01-01"), OLD);
    assert_eq!(rules(&format!("{keys}\npins = \"end\""), &pinned, "2026-01-01"), NEW);
    assert_eq!(rules(&format!("{keys}\npins = \"end\""), &pinned, "2025-06-30"), OLD);
}

#[test]
fn a_transition_may_hold_for_one_purpose_alone() {
    let keys = format!("{BEFORE}\nthen = \"new\"\npurposes = [\"renewal\"]");
    assert_eq!(rules(&keys, EARLY, "2025-01-01"), OLD);
}

#[test]
fn who_held_the_older_certificate_enters_by_the_path_that_is_named() {
    let pack = pack("who = { holds = [\"us-xx-old\"] }\nthen = \"new\"\npath = \"grandparented\"");
    let with = |through: &str| {
        let mut record = serde_json::to_value(record(LATE)).unwrap();
        record["credentials"] = serde_json::json!([{ "id": "c", "credential": "us-xx-old", "issued_on": "2022-07-01",
            "terms": [{ "from": "2022-07-01", "through": through }] }]);
        let record = Record::from_json(&record.to_string()).unwrap();
        let question = Question { as_of: "2024-09-01".parse().unwrap(), purpose: Purpose::Initial, stage: None };
        evaluate(pack.version_for(&record, question.as_of, question.purpose).unwrap(), &record, &question).requirements
            [0]
        .status
    };
    assert_eq!(with("2024-06-30"), Status::NotApplicable, "held on the last day of the older version");
    assert_eq!(with("2024-06-29"), Status::NotMet);
}

#[test]
fn a_transition_that_decides_is_told() {
    let pack = pack(&format!("{BEFORE}\nthen = \"old\""));
    let day = "2024-09-01".parse().unwrap();
    let why = |application: &str| {
        pack.version_and_why(&record(application), day, Purpose::Initial).unwrap().1.map(|t| t.id.clone())
    };
    assert_eq!(why(EARLY).as_deref(), Some("t"));
    assert_eq!(why(LATE), None);
}

#[test]
fn a_transition_from_no_version_is_refused_with_its_line() {
    let (old, new) = (
        version("2020-01-01", 40, ""),
        version("2024-07-01", 60, &transition(&format!("{BEFORE}\nthen = \"old\"\nversion = \"2019-01-01\""))),
    );
    let problems = Pack::parse(&[("2020-01-01.toml", &old), ("2024-07-01.toml", &new)]).unwrap_err();
    assert_eq!((problems[0].code, problems[0].line), ("unknown_version", 19), "{problems:#?}");
    assert!(problems[0].to_string().contains("one of 2020-01-01"), "{problems:#?}");
    let first = version("2020-01-01", 40, &transition(&format!("{BEFORE}\nthen = \"old\"")));
    let second = version("2024-07-01", 60, "");
    let problems = Pack::parse(&[("2020-01-01.toml", &first), ("2024-07-01.toml", &second)]).unwrap_err();
    assert!(problems[0].to_string().contains("in the first version"), "{problems:#?}");
}
