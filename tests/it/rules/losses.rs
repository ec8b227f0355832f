//! Minutes lost in an entry of several parts (repeats, what was used elsewhere, rounding of each activity) and limits on what
//! is carried: against a slow judge that tries every placing. More cases: `PROPTEST_CASES=20000`.

mod judge;
mod packs;

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Reason, canonical_json};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::oracle::many;
use super::small::{amounts, ask, found, learning, rule, said, work};
use packs::{Case, cases};

fn missing(case: &Case, answer: &Evaluation) -> u64 {
    (0..case.rules.len()).map(|at| found(answer, &format!("r{at}")).missing_minutes.unwrap()).sum()
}

proptest! {
    #![proptest_config(many(400))]

    #[test]
    fn the_fewest_minutes_are_missing_whichever_part_has_lost_them(case in cases()) {
        let answer = case.answer();
        prop_assert_eq!(missing(&case, &answer), case.fewest(), "{}\n{:#?}", case.text(), answer.requirements);
        let notes = answer.requirements.iter().flat_map(|one| &one.notes);
        prop_assert!(notes.into_iter().all(|note| note.code != "placing_not_proven"));
    }

    #[test]
    fn every_minute_of_a_record_is_told_once(case in cases()) {
        let answer = case.answer();
        prop_assert_eq!(canonical_json(&answer), canonical_json(&case.turned()));
        for (at, course) in case.courses.iter().enumerate() {
            let said = answer.records.iter().find(|record| record.record == format!("l{at}")).unwrap();
            let lost: u64 = said.not_counted.iter().filter_map(|lost| lost.minutes).sum();
            let all = said.minutes.unwrap_or(0) + lost;
            // Rounding each activity may give more than was done.
            prop_assert!(all >= course.all() || said.not_counted.is_empty(), "{}: {:#?}", case.text(), said);
            prop_assert!(case.rounds_up() || all <= course.all(), "{}: {:#?}", case.text(), said);
        }
        for (at, carried) in case.carried.iter().enumerate() {
            let said = answer.records.iter().find(|record| record.record == format!("k{at}")).unwrap();
            let lost: u64 = said.not_counted.iter().filter_map(|lost| lost.minutes).sum();
            let read = said.minutes.is_some() || !said.not_counted.is_empty();
            prop_assert!(!read || said.minutes.unwrap_or(0) + lost == carried.minutes, "{}: {:#?}", case.text(), said);
        }
    }
}

/// Forty minutes, twenty of them housing; no more than twenty-five of ethics.
fn rules(key: &str) -> String {
    let topics = "[[initial.learning.topic]]\ntopic = \"housing\"\nat_least = \"20 minutes\"\n[[initial.learning.topic]]\ntopic = \"ethics\"\nat_most = \"25 minutes\"";
    rule("learning", "ce", &format!("at_least = \"40 minutes\"\n{key}\n{topics}"))
}

/// Twenty minutes of each topic; the same course as `first`.
fn mixed() -> Value {
    json!({ "id": "b", "completed_on": "2025-01-01", "status": "verified", "course": "c", "provider": "p",
        "minutes_by_topic": { "ethics": 20, "housing": 20 } })
}

fn first() -> Value {
    learning("a", 20, &json!({ "topics": ["ethics"], "course": "c", "provider": "p" }))
}

#[test]
fn the_half_of_a_repeat_that_counts_is_the_one_that_is_needed() {
    let answer = ask(&rules("repeats = \"half\""), &json!({ "learning": [first(), mixed()] }));
    assert_eq!((amounts(&answer, "ce.housing").0, amounts(&answer, "ce").0), ("20", "40"));
    assert_eq!(said(&answer, "b"), (Some(20), vec![(Some(20), Reason::PartialRepeat)]));
}

#[test]
fn minutes_used_elsewhere_are_those_that_are_needed_least() {
    let mut used = mixed();
    used["used_for"] = json!([{ "credential": "us-yy-ps", "minutes": 20 }]);
    let answer = ask(&rules("used_elsewhere = \"refused\""), &json!({ "learning": [first(), used] }));
    assert_eq!((amounts(&answer, "ce.housing").0, amounts(&answer, "ce").0), ("20", "40"));
    assert_eq!(said(&answer, "b"), (Some(20), vec![(Some(20), Reason::UsedElsewhere)]));
}

#[test]
fn rules_that_lose_alike_share_the_loss_also_where_weeks_cut_the_entry() {
    // 119 minutes on 2 and 3 March (Sunday and Monday): two rules round them down to an hour, the third takes them all.
    let own = |id: &str, keys: &str| rule("service", id, &format!("at_least = \"60 minutes\"\n{keys}"));
    let hour = "rounding = { step = \"60 minutes\", mode = \"floor\", scope = \"per activity\" }";
    let entry = json!({ "service": [work("w", "2025-03-02", "2025-03-03", 119)] });
    let rules = own("a", hour) + &own("b", hour) + &own("c", "per_week = \"59 minutes\"");
    let answer = ask(&rules, &entry);
    let counted = |id: &str| found(&answer, id).counted_minutes.unwrap();
    assert_eq!(counted("a") + counted("b"), 60, "{answer:#?}");
    assert_eq!(counted("a") + counted("b") + counted("c"), 119);
}
