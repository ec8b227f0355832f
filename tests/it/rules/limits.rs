//! Limits by week and month, above parts that compete, beside caps, beside other rules: against a slow judge that tries every
//! placing. More cases: `PROPTEST_CASES=20000`.

mod judge;
mod packs;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use credtrail::rules::evaluation::{Evaluation, Requirement};
use credtrail::rules::{Reason, Status, canonical_json};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::oracle::many;
use super::small::{ask, found, part, rule, said, work};
use packs::{Case, cases};

fn missing(case: &Case, answer: &Evaluation) -> u64 {
    (0..case.rules.len()).map(|at| found(answer, &format!("r{at}")).missing_minutes.unwrap()).sum()
}

fn is_proven(answer: &Evaluation) -> bool {
    answer.requirements.iter().all(|one| one.notes.iter().all(|note| note.code != "placing_not_proven"))
}

/// What is placed, by record.
fn placed(requirement: &Requirement, into: &mut BTreeMap<String, u64>) {
    for one in &requirement.placed {
        *into.entry(one.record.clone()).or_default() += one.minutes.unwrap_or(0);
    }
    requirement.requirements.iter().for_each(|child| placed(child, into));
}

proptest! {
    #![proptest_config(many(500))]

    #[test]
    fn the_fewest_minutes_are_missing_under_limits_of_weeks_and_months(case in cases()) {
        let answer = case.answer();
        prop_assert_eq!(missing(&case, &answer), case.fewest(), "{}\n{:#?}", case.text(), answer.requirements);
        prop_assert!(is_proven(&answer));
    }
}

proptest! {
    #![proptest_config(many(200))]

    #[test]
    fn the_order_of_work_does_not_matter(case in cases()) {
        let mut turned = case.service();
        turned.reverse();
        let back = ask(&case.text(), &json!({ "service": turned }));
        prop_assert_eq!(canonical_json(&case.answer()), canonical_json(&back));
    }

    #[test]
    fn more_work_never_leaves_more_to_do(case in cases(), other in cases()) {
        let mut fuller = case.clone();
        fuller.work.extend(other.work.into_iter().take(1));
        let (before, after) = (case.answer(), fuller.answer());
        prop_assert!(missing(&fuller, &after) <= missing(&case, &before), "{}", case.text());
        prop_assert!(before.status != Status::Met || after.status == Status::Met);
    }

    #[test]
    fn what_counts_keeps_the_limit_of_every_week_and_month(case in cases()) {
        let answer = case.answer();
        for (at, rule) in case.rules.iter().enumerate() {
            let mut counted = BTreeMap::new();
            placed(found(&answer, &format!("r{at}")), &mut counted);
            let (mut weeks, mut months): (BTreeMap<u32, u64>, BTreeMap<u32, u64>) = Default::default();
            for (number, work) in case.work.iter().enumerate() {
                let own = counted.get(&format!("s{number}")).copied().unwrap_or(0);
                prop_assert!(own <= rule.offered(work.minutes));
                // Work that lasts longer may give what counts in the next week.
                if work.from().iso_week() == work.on(work.days - 1).iso_week() {
                    *weeks.entry(work.from().iso_week().week()).or_default() += own;
                }
                if work.from().month() == work.on(work.days - 1).month() {
                    *months.entry(work.from().month()).or_default() += own;
                }
            }
            prop_assert!(weeks.values().all(|sum| rule.week.is_none_or(|most| *sum <= most)), "{}", case.text());
            prop_assert!(months.values().all(|sum| rule.month.is_none_or(|most| *sum <= most)), "{}", case.text());
        }
        if case.rules.iter().all(|rule| rule.rounding.is_none()) {
            for (number, work) in case.work.iter().enumerate() {
                let outcome = answer.records.iter().find(|record| record.record == format!("s{number}")).unwrap();
                let lost: u64 = outcome.not_counted.iter().filter_map(|lost| lost.minutes).sum();
                prop_assert_eq!(outcome.minutes.unwrap_or(0) + lost, work.minutes);
            }
        }
    }
}

/// Two parts of one rule under a weekly limit.
fn two_parts(keys: &str) -> String {
    rule("service", "s", keys)
        + &part("service.part", "one", "of.domain = [\"one\"]\nat_least = \"1 minutes\"")
        + &part("service.part", "two", "of.domain = [\"two\"]\nat_least = \"1 minutes\"")
}

fn in_domain(id: &str, day: &str, minutes: u64, domain: &str) -> Value {
    let mut fact = work(id, day, day, minutes);
    fact["domain"] = json!(domain);
    fact
}

#[test]
fn parts_that_compete_inside_a_full_week_get_what_each_needs_and_the_older_entry_counts() {
    let text = two_parts("at_least = \"2 minutes\"\nper_week = \"2 minutes\"");
    let facts = [("a", "one"), ("b", "one"), ("c", "two")].map(|(id, part)| in_domain(id, "2025-03-03", 1, part));
    let answer = ask(&text, &json!({ "service": facts }));
    assert_eq!(found(&answer, "s").status, Status::Met);
    assert_eq!(said(&answer, "a"), (Some(1), vec![]));
    assert_eq!(said(&answer, "b"), (Some(0), vec![(Some(1), Reason::CapReached)]));
    assert_eq!(said(&answer, "c"), (Some(1), vec![]));
}

/// So much work, every other day, in two domains that a second rule wants too, or in a third.
fn every_other_day(times: u64) -> Value {
    let first: NaiveDate = "2023-04-03".parse().unwrap();
    let fact = |at: u64| {
        let domain = ["one", "two", "three"][usize::try_from(at % 3).unwrap()];
        let day = (first + Days::new(at * 2)).to_string();
        let mut fact = in_domain(&format!("s{at:03}"), &day, 90 + at * 37 % 150, domain);
        fact["site"] = json!(if at.is_multiple_of(4) { "clinic" } else { "office" });
        fact["setting"] = json!(if at.is_multiple_of(5) { "street" } else { "room" });
        fact
    };
    json!({ "service": (0..times).map(fact).collect::<Vec<_>>() })
}

#[test]
fn two_years_of_full_weeks_beside_a_cap_and_another_rule_are_settled() {
    let text = two_parts("at_least = \"750 hours\"\nper_week = \"7 hours\"")
        + &part("service.part", "three", "of.setting = [\"street\"]\nat_least = \"150 hours\"")
        + &part("service.cap", "clinic", "of.site = [\"clinic\"]\nat_most = \"20 hours\"")
        + &rule("service", "other", "at_least = \"30 hours\"\nonly.domain = [\"one\", \"two\"]");
    let answer = ask(&text, &every_other_day(365));
    assert!(is_proven(&answer), "{:#?}", answer.requirements);
    assert_eq!(found(&answer, "s").status, Status::NotMet);
    assert!(found(&answer, "s").missing_minutes.unwrap() > 0);
}

#[test]
fn half_a_year_of_full_weeks_and_full_months_above_two_parts_is_settled() {
    let text = two_parts("at_least = \"200 hours\"\nper_week = \"7 hours\"\nper_month = \"29 hours\"");
    let answer = ask(&text, &every_other_day(90));
    assert!(is_proven(&answer), "{:#?}", answer.requirements);
}

#[test]
fn two_years_of_full_weeks_and_full_months_above_two_parts_are_settled() {
    let text = two_parts("at_least = \"750 hours\"\nper_week = \"7 hours\"\nper_month = \"29 hours\"");
    assert!(is_proven(&ask(&text, &every_other_day(365))));
    let harder = text
        + &part("service.part", "three", "of.setting = [\"street\"]\nat_least = \"150 hours\"")
        + &part("service.cap", "clinic", "of.site = [\"clinic\"]\nat_most = \"20 hours\"");
    assert!(is_proven(&ask(&harder, &every_other_day(365))));
}
