//! A rhythm where there is work, against a slow judge: minute by minute, day by day, and once for every word that may come.
//! More cases: `PROPTEST_CASES=20000`.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use credtrail::rules::Status;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::oracle::many;
use super::super::small::{ask_on, found, rule};

const BEGIN: NaiveDate = NaiveDate::from_ymd_opt(2024, 12, 20).unwrap();
const KINDS: [&str; 3] = ["direct", "indirect", "supervision_individual"];
const STATUS: [&str; 5] = ["attested", "attested", "attested", "disputed", "reported"];
const EACH: [&str; 3] = ["week", "month", "quarter"];

#[derive(Debug, Clone)]
struct Entry {
    from: u64,
    days: u64,
    minutes: u64,
    kind: usize,
    status: usize,
}

#[derive(Debug, Clone)]
struct Case {
    each: usize,
    /// Entries, or minutes.
    least: (u64, bool),
    /// The first day that counts; none: every day.
    since: Option<u64>,
    as_of: u64,
    entries: Vec<Entry>,
}

fn day(offset: u64) -> NaiveDate {
    BEGIN + Days::new(offset)
}

fn entry(kinds: std::ops::Range<usize>) -> impl Strategy<Value = Entry> {
    let days = prop_oneof![3 => Just(1_u64), 2 => 2..9_u64, 1 => 20..70_u64];
    (0..130_u64, days, prop_oneof![1..6_u64, 20..90_u64], kinds, 0..STATUS.len())
        .prop_map(|(from, days, minutes, kind, status)| Entry { from, days, minutes, kind, status })
}

fn cases() -> impl Strategy<Value = Case> {
    let least = prop_oneof![(1..3_u64, Just(true)), (1..100_u64, Just(false))];
    (0..3_usize, least, proptest::option::of(0..60_u64), 60..200_u64, proptest::collection::vec(entry(0..3), 0..9))
        .prop_map(|(each, least, since, as_of, entries)| Case { each, least, since, as_of, entries })
}

impl Case {
    fn rules(&self) -> String {
        let least = if self.least.1 { self.least.0.to_string() } else { format!("\"{} minutes\"", self.least.0) };
        let window = self.since.map_or_else(String::new, |from| format!("window = \"since {}\"\n", day(from)));
        let each = EACH[self.each];
        rule("service", "work", "at_least = \"1 hour\"\nper_week = \"1 hour\"\nonly.kind = [\"direct\"]")
            + &rule(
                "service",
                "s",
                &format!(
                    "{window}only.kind = [\"supervision_individual\"]\nrhythm = {{ each = \"{each}\", at_least = {least}, with_any = \"work\" }}"
                ),
            )
    }

    fn service(&self) -> Vec<Value> {
        let fact = |(at, one): (usize, &Entry)| {
            json!({ "id": format!("e{at}"), "from": day(one.from), "to": day(one.from + one.days - 1), "minutes": one.minutes,
                "kind": KINDS[one.kind], "status": STATUS[one.status] })
        };
        self.entries.iter().enumerate().map(fact).collect()
    }

    fn status(&self) -> Status {
        let answer = ask_on(&day(self.as_of).to_string(), "", &self.rules(), &json!({ "service": self.service() }));
        found(&answer, "s.rhythm").status
    }

    /// The name of the stretch that a day is in.
    fn stretch(&self, day: NaiveDate) -> (i32, u32) {
        match self.each {
            0 => (day.iso_week().year(), day.iso_week().week()),
            1 => (day.year(), day.month()),
            _ => (day.year(), day.month().div_ceil(3)),
        }
    }

    /// Whether every stretch with work has enough, if of what is disputed these entries count.
    fn holds(&self, said_yes: &BTreeSet<usize>) -> bool {
        let counts = |at: usize, one: &Entry| {
            let over = one.from + one.days - 1 <= self.as_of;
            over && match STATUS[one.status] {
                "attested" => true,
                "disputed" => said_yes.contains(&at),
                _ => false,
            }
        };
        let there: Vec<&Entry> =
            self.entries.iter().enumerate().filter(|(at, one)| counts(*at, one)).map(|(_, one)| one).collect();
        let inside = |one: &Entry| self.since.is_none_or(|since| one.from >= since);
        // Minute by minute: the first to the first day, the next to the next, round and round.
        let minutes_on = |one: &Entry, offset: u64| {
            (0..one.minutes).filter(|minute| one.from + minute % one.days == offset).map(|_| 1_u64).sum::<u64>()
        };
        let mut offset = 0;
        while offset < 400 {
            let name = self.stretch(day(offset));
            let days: Vec<u64> = (offset..).take_while(|at| self.stretch(day(*at)) == name).collect();
            let last = days[days.len() - 1];
            // The first days of all may lie inside a stretch; nothing is worked before them, so only a window cuts it.
            let began = offset > 0 || self.stretch(BEGIN - Days::new(1)) != name;
            let whole =
                last <= self.as_of && self.since.is_none_or(|since| since < offset || (since == offset && began));
            let sum = |kind: usize, taken: &dyn Fn(&Entry) -> bool| -> u64 {
                let of = there.iter().filter(|one| KINDS[one.kind] == KINDS[kind] && taken(one));
                of.map(|one| days.iter().map(|offset| minutes_on(one, *offset)).sum::<u64>()).sum()
            };
            let begins = |one: &&&Entry| one.kind == 2 && inside(one) && days.contains(&one.from);
            let begun: u64 = there.iter().filter(begins).map(|_| 1).sum();
            let has = if self.least.1 { begun } else { sum(2, &inside) };
            if whole && sum(0, &|_| true) > 0 && has < self.least.0 {
                return false;
            }
            offset = last + 1;
        }
        true
    }

    /// Met if it holds whatever is said of what is disputed, not met if it never does.
    fn judged(&self) -> Status {
        let disputed: Vec<usize> =
            (0..self.entries.len()).filter(|at| STATUS[self.entries[*at].status] == "disputed").collect();
        let words = (0_u32..1 << disputed.len()).map(|word| {
            disputed.iter().enumerate().filter(|(bit, _)| word >> bit & 1 == 1).map(|(_, at)| *at).collect()
        });
        let answers: BTreeSet<bool> = words.map(|said_yes| self.holds(&said_yes)).collect();
        match (answers.contains(&true), answers.contains(&false)) {
            (true, false) => Status::Met,
            (true, true) => Status::Undecided,
            (false, _) => Status::NotMet,
        }
    }
}

/// From the worst to the best.
fn rank(status: Status) -> u8 {
    match status {
        Status::NotMet => 0,
        Status::Undecided => 1,
        _ => 2,
    }
}

proptest! {
    #![proptest_config(many(600))]

    #[test]
    fn a_rhythm_where_there_is_work_is_judged_as_day_by_day(case in cases()) {
        prop_assert_eq!(case.status(), case.judged(), "{}", case.rules());
    }
}

proptest! {
    #![proptest_config(many(300))]

    #[test]
    fn more_supervision_never_lowers_anything(case in cases(), more in entry(2..3)) {
        let mut fuller = case.clone();
        fuller.entries.push(more);
        prop_assert!(rank(fuller.status()) >= rank(case.status()), "{}\n{:?}", case.rules(), fuller.entries);
    }

    #[test]
    fn less_work_never_asks_for_more(case in cases()) {
        let mut idle = case.clone();
        idle.entries.retain(|one| one.kind != 0);
        prop_assert!(rank(idle.status()) >= rank(case.status()));
        prop_assert_eq!(idle.status(), Status::Met);
    }
}
