//! The fast way to a status: where it answers, it answers as the whole evaluator does.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::bulk::{Classes, Judge, Program, Roll};
use credtrail::rules::{Pack, Purpose, Question, Record, Status, Version, status_of};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const KINDS: [&str; 3] = ["basic", "continuing", "orientation"];
const TOPICS: [&str; 4] = ["alpha", "beta", "gamma", "unknown"];
const STATUSES: [&str; 8] =
    ["verified", "verified", "attested", "verified", "verified", "reported", "disputed", "voided"];
const WINDOWS: [&str; 9] = [
    "no limit",
    "no limit",
    "12 months before application",
    "24 months before application",
    "since application complete",
    "after birth",
    "through application",
    "before 2025-03-31",
    "90 days after application approved",
];

/// The fast way's answer, if it has one.
fn fast(version: &Version, record: &Record, question: &Question) -> Option<Status> {
    let stage = version.stage_of(record, question).filter(|_| question.stage.is_none())?;
    let program = Program::for_stage(version, question.purpose, stage).ok()?;
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    roll.take(&program, &mut classes, record, question.as_of);
    Judge::new(&program).status(&roll, 0, &classes)
}

#[test]
fn the_rules_of_the_benches_are_plain_and_shipped_examples_agree() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bench = packs::load(&package.join("benches/pack")).unwrap();
    assert!(Program::of(&bench.versions[0], Purpose::Initial).is_ok());
    let (mut answered, mut asked) = (0, 0);
    for path in packs::find(&package.join("config/rules")).unwrap() {
        let pack = packs::load(&path).unwrap();
        for example in &pack.examples {
            let question = &example.question;
            let Some(version) = pack.version_for(&example.record, question.as_of, question.purpose) else { continue };
            asked += 1;
            if let Some(found) = fast(version, &example.record, question) {
                answered += 1;
                assert_eq!(found, status_of(version, &example.record, question), "{}: {}", pack.id, example.name);
            }
        }
    }
    // Most of what ships is decided by sums; if that changes, evaluating everyone becomes slow.
    assert!(answered * 2 > asked, "{answered} of {asked} examples");
}

/// A rule about learning: kinds, needs in all and of the first topics, a window, whether its hours are shared.
fn learning_rule() -> impl Strategy<Value = String> {
    let parts = prop::collection::vec((0..40_u32, any::<bool>(), any::<bool>()), 0..4);
    (subsequence(KINDS.to_vec(), 0..=2), 0..40_u32, parts, select(&WINDOWS[..]), 0..5_u8, any::<bool>()).prop_map(
        |(kinds, beyond, parts, window, sort, any_topic)| {
            let least: u32 = parts.iter().filter(|part| !part.1).map(|part| part.0).sum();
            let mut text = format!("at_least = \"{} minutes\"\nwindow = \"{window}\"\n", least + beyond);
            if !kinds.is_empty() {
                text.push_str(&format!("only.kind = {kinds:?}\n"));
            }
            if sort == 0 {
                text.push_str("shared = true\n");
            }
            if any_topic {
                text.push_str("any_topic = true\n");
            }
            for (topic, (least, independent, in_person)) in TOPICS.iter().zip(parts) {
                text.push_str(&format!(
                    "[[initial.learning.topic]]\ntopic = \"{topic}\"\nat_least = \"{least} minutes\"\n"
                ));
                if independent {
                    text.push_str("independent = true\n");
                }
                if in_person {
                    text.push_str("only.delivery = [\"in_person\"]\n");
                }
            }
            text
        },
    )
}

/// A rule about something else, as text with its kind.
fn other_rule() -> impl Strategy<Value = (&'static str, String)> {
    let exam = (select(&WINDOWS[..]), prop::option::of(50..90_u32)).prop_map(|(window, pass)| {
        let pass = pass.map_or_else(String::new, |pass| format!("pass = \"{pass}\"\n"));
        ("exam", format!("exams = [\"one\"]\nwindow = \"{window}\"\n{pass}"))
    });
    let statement = (select(&WINDOWS[..]), 1..3_u32, any::<bool>()).prop_map(|(window, count, by)| {
        let by = if by { "by = [\"applicant\"]\n" } else { "" };
        ("attestation", format!("attestation = \"reference\"\nwindow = \"{window}\"\ncount = {count}\n{by}"))
    });
    let age = (16..30_u32).prop_map(|least| ("age", format!("at_least = {least}\n")));
    let job = select(vec!["application", "today", "birth"]).prop_map(|on| ("employment", format!("on = \"{on}\"\n")));
    prop_oneof![3 => exam, 3 => statement, 3 => age, 3 => Just(("decision", String::new())), 1 => job]
}

/// A pack of one to three rules about learning and up to two others.
pub(super) fn packs_of_rules() -> impl Strategy<Value = Pack> {
    (prop::collection::vec(learning_rule(), 1..3), prop::collection::vec(other_rule(), 0..2)).prop_map(
        |(learning, others)| {
            let mut text = String::from(
                "credential = \"us-xx-ps\"\nname = \"N\"\nname_es = \"N\"\nboard = \"B\"\ntime_zone = \"UTC\"\n\
                 in_force = { from = 2020-01-01 }\nverified = false\nhour = \"60 minutes\"\n\
                 applies_by = [\"application\"]\n\
                 [source.s]\ntitle = \"S\"\nurl = \"https://example.org\"\nread_on = 2026-11-20\n\
                 [[stage]]\nid = \"full\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n",
            );
            for topic in TOPICS.iter().filter(|topic| **topic != "unknown") {
                text.push_str(&format!("[topic.{topic}]\nlabel = \"{topic}\"\nlabel_es = \"{topic}\"\n"));
            }
            let rules = learning.into_iter().map(|rule| ("learning", rule)).chain(others);
            for (at, (kind, rule)) in rules.enumerate() {
                // A part about a topic that the pack does not know would be refused.
                let rule = rule.replace("topic = \"unknown\"", "topic = \"alpha\"\nid = \"again\"");
                text.push_str(&format!(
                    "[[initial.{kind}]]\nid = \"r{at}\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\n{rule}"
                ));
            }
            Pack::parse(&[("2020-01-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
        },
    )
}

/// A day within some years around the one asked about.
fn day() -> impl Strategy<Value = String> {
    (2022..2026_i32, 1..13_u32, 1..29_u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn learned() -> impl Strategy<Value = serde_json::Value> {
    let topics = prop_oneof![4 => subsequence(TOPICS.to_vec(), 1), 1 => subsequence(TOPICS.to_vec(), 0..=2)];
    let fixed = prop::collection::btree_map(select(&TOPICS[..]).prop_map(str::to_owned), 0..60_u32, 0..=1);
    let words = (select(&KINDS[..]), select(&["in_person", "self_paced"][..]), select(&STATUSES[..]));
    (day(), 0..150_u32, topics, fixed, words).prop_map(|(on, minutes, topics, fixed, (kind, delivery, status))| {
        serde_json::json!({
            "completed_on": on, "minutes": minutes, "topics": topics, "minutes_by_topic": fixed,
            "kind": kind, "delivery": delivery, "status": status,
        })
    })
}

fn sitting() -> impl Strategy<Value = serde_json::Value> {
    let outcome = select(&["passed", "failed", "withheld", "voided", "no_show"][..]);
    (day(), outcome, any::<bool>(), prop::option::of(40..99_u32)).prop_map(|(on, outcome, official, score)| {
        serde_json::json!({
            "exam": "one", "on": on, "outcome": outcome, "official": official,
            "score": score.map(|score| score.to_string()),
        })
    })
}

fn statement() -> impl Strategy<Value = serde_json::Value> {
    (day(), select(&STATUSES[..]), select(&["applicant", "employer"][..]), prop::option::of(day())).prop_map(
        |(on, status, by, through)| {
            serde_json::json!({ "kind": "reference", "on": on, "status": status, "by": by, "through": through })
        },
    )
}

/// A record with up to two applications.
pub(super) fn records() -> impl Strategy<Value = Record> {
    let application = (day(), prop::option::of(day()), prop::option::of(day())).prop_map(|(on, complete, approved)| {
        serde_json::json!({
            "credential": "us-xx-ps", "purpose": "initial", "received_on": on,
            "complete_on": complete, "approved_on": approved,
        })
    });
    let many = |of: BoxedStrategy<serde_json::Value>, most: usize| prop::collection::vec(of, 0..most);
    (
        many(learned().boxed(), 8),
        many(sitting().boxed(), 3),
        many(statement().boxed(), 4),
        prop::collection::vec(application, 0..=1),
        prop::option::of(1990..2008_i32),
    )
        .prop_map(|(learning, exams, attestations, applications, born)| {
            let mut record = serde_json::json!({
                "format": "credtrail.record/1",
                "person": { "id": "p", "birth_date": born.map(|year| format!("{year}-02-28")) },
                "learning": learning, "exams": exams, "attestations": attestations, "applications": applications,
            });
            for (list, letter) in [("learning", 'l'), ("exams", 'x'), ("attestations", 'a'), ("applications", 'p')] {
                for (at, item) in record[list].as_array_mut().unwrap().iter_mut().enumerate() {
                    item["id"] = format!("{letter}{at}").into();
                    item.as_object_mut().unwrap().retain(|_, value| !value.is_null());
                }
            }
            record["person"].as_object_mut().unwrap().retain(|_, value| !value.is_null());
            Record::from_json(&record.to_string()).unwrap_or_else(|error| panic!("{error}\n{record:#}"))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn where_the_fast_way_answers_it_answers_as_the_whole_evaluator(
        pack in packs_of_rules(),
        records in prop::collection::vec(records(), 1..12),
    ) {
        let version = &pack.versions[0];
        let question =
            Question { as_of: "2025-06-30".parse().unwrap(), purpose: Purpose::Initial, stage: None };
        prop_assert!(Program::of(version, Purpose::Initial).is_ok(), "{:?}", Program::of(version, Purpose::Initial));
        for record in &records {
            if let Some(found) = fast(version, record, &question) {
                prop_assert_eq!(found, status_of(version, record, &question), "{:#?}", record);
            }
        }
    }
}

#[test]
fn a_condition_on_an_age_is_left_to_the_whole_evaluator() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules/us-wv/bms-prss");
    let pack = packs::load(&folder).unwrap();
    let refused = Program::of(&pack.versions[0], Purpose::Initial).unwrap_err();
    assert_eq!((refused.rule.as_str(), refused.what), ("education", "conditions about an age"));
}

#[test]
fn events_decisions_and_holds_are_settled_beside_the_hours() {
    let bench = packs::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack")).unwrap();
    let (version, question) =
        (&bench.versions[0], Question { as_of: "2025-06-30".parse().unwrap(), purpose: Purpose::Initial, stage: None });
    let events = serde_json::json!({ "events": [{ "id": "e1", "kind": "hired", "on": "2025-01-01" }] });
    let decisions = |outcome: &str| {
        let rules = ["training", "work", "supervision", "exam", "continuing"];
        let decision = |rule: &&str| {
            serde_json::json!({
                "id": *rule, "credential": "xx-bench", "requirement": *rule, "outcome": outcome, "on": "2025-01-01",
            })
        };
        serde_json::json!({ "decisions": rules.iter().map(decision).collect::<Vec<_>>() })
    };
    let cases = [
        (serde_json::json!({}), Status::NotMet),
        (events, Status::NotMet),
        (decisions("waived"), Status::Met),
        (decisions("refused"), Status::NotMet),
    ];
    for (more, expected) in cases {
        let mut record = serde_json::json!({ "format": "credtrail.record/1", "person": { "id": "p" } });
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let record = Record::from_json(&record.to_string()).unwrap();
        assert_eq!(fast(version, &record, &question), Some(expected), "{more}");
        assert_eq!(status_of(version, &record, &question), expected, "{more}");
    }
}
