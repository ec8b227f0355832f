//! What holds of every answer, whatever the pack and the record: order, more, stricter, sums, limits, bytes.

use std::collections::{BTreeMap, BTreeSet};

use credtrail::rules::canonical_json;
use credtrail::rules::evaluation::{Evaluation, Requirement};
use proptest::prelude::*;
use serde_json::json;

use super::oracle::{Case, cases, many};
use super::small::{ask, found};

fn missing(case: &Case, answer: &Evaluation) -> u64 {
    (0..case.rules.len()).map(|at| found(answer, &format!("r{at}")).missing_minutes.unwrap()).sum()
}

/// All placings of a requirement and its parts: place, record, minutes.
fn placings<'a>(requirement: &'a Requirement, into: &mut Vec<(&'a str, &'a str, u64)>) {
    for placed in &requirement.placed {
        into.push((&requirement.id, &placed.record, placed.minutes.unwrap()));
    }
    requirement.requirements.iter().for_each(|child| placings(child, into));
}

fn sums_agree(requirement: &Requirement) -> bool {
    let own: u64 = requirement.placed.iter().filter_map(|placed| placed.minutes).sum();
    let below: u64 = requirement.requirements.iter().filter_map(|child| child.counted_minutes).sum();
    requirement.counted_minutes == Some(own + below) && requirement.requirements.iter().all(sums_agree)
}

proptest! {
    #![proptest_config(many(300))]

    #[test]
    fn the_order_of_records_does_not_matter(case in cases()) {
        let mut turned = case.learning();
        turned.reverse();
        let (there, back) = (case.answer(), ask(&case.text(), &json!({ "learning": turned })));
        prop_assert_eq!(canonical_json(&there), canonical_json(&back));
    }

    #[test]
    fn the_same_question_gives_the_same_bytes(case in cases()) {
        prop_assert_eq!(canonical_json(&case.answer()), canonical_json(&case.answer()));
    }

    #[test]
    fn one_more_record_never_leaves_more_to_do(case in cases(), other in cases()) {
        let mut fuller = case.clone();
        fuller.courses.extend(other.courses.into_iter().take(1));
        let (before, after) = (case.answer(), fuller.answer());
        prop_assert!(missing(&fuller, &after) <= missing(&case, &before), "{:#?}\n{:#?}", before.requirements, after.requirements);
        prop_assert!(before.status != credtrail::rules::Status::Met || after.status == credtrail::rules::Status::Met);
    }

    #[test]
    fn a_stricter_pack_never_leaves_less_to_do(case in cases(), more in 1..4_u64, cap in 0..2_usize) {
        let loose = missing(&case, &case.answer());
        let mut stricter = case.clone();
        stricter.rules[0].total += more;
        prop_assert!(missing(&stricter, &stricter.answer()) >= loose);
        let mut capped = case.clone();
        capped.rules[0].caps[cap] = match capped.rules[0].caps[cap] {
            Some((share, amount)) => Some((share, amount.saturating_sub(1))),
            None => Some((false, 2)),
        };
        prop_assert!(missing(&capped, &capped.answer()) >= loose);
    }

    #[test]
    fn what_is_placed_adds_up_and_keeps_to_every_limit(case in cases()) {
        let answer = case.answer();
        let mut by_record: BTreeMap<&str, u64> = BTreeMap::new();
        let mut alone: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (at, rule) in case.rules.iter().enumerate() {
            let root = found(&answer, &format!("r{at}"));
            prop_assert!(rule.rounding.is_some() || rule.topics_shared || sums_agree(root), "{root:#?}");
            prop_assert!(root.caps.iter().all(|cap| cap.used_minutes <= cap.limit_minutes), "{root:#?}");
            let parts = root.requirements.iter().flat_map(|part| part.caps.iter().map(move |cap| (part, cap)));
            for (part, cap) in parts {
                let placed: u64 = part.placed.iter().filter_map(|placed| placed.minutes).sum();
                prop_assert!(rule.topics_shared || placed <= cap.limit_minutes, "{part:#?}");
            }
            let mut all = Vec::new();
            placings(root, &mut all);
            for (place, record, minutes) in all {
                if rule.topics_shared || case.shared {
                    prop_assert!(minutes <= 8);
                    continue;
                }
                *by_record.entry(record).or_default() += minutes;
                if rule.whole {
                    alone.entry(record).or_default().insert(place);
                }
            }
        }
        for (at, course) in case.courses.iter().enumerate().filter(|_| case.rules.iter().all(|rule| rule.rounding.is_none())) {
            let id = format!("l{at}");
            prop_assert!(by_record.get(id.as_str()).copied().unwrap_or(0) <= course.minutes);
            let outcome = answer.records.iter().find(|record| record.record == id).unwrap();
            let lost: u64 = outcome.not_counted.iter().filter_map(|lost| lost.minutes).sum();
            prop_assert_eq!(outcome.minutes.unwrap_or(0) + lost, course.minutes);
        }
        prop_assert!(alone.values().all(|places| places.len() == 1), "a whole record lies in two places: {alone:?}");
    }
}
