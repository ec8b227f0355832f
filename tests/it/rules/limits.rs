//! Weekly limits above parts, against a slow judge that tries every way to place every minute: what counts keeps the limit,
//! and nothing is called done that is not.

use std::collections::BTreeMap;

use credtrail::rules::Status;
use credtrail::rules::evaluation::{Evaluation, Requirement};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::oracle::many;
use super::small::{ask, found, part, rule};

/// The Mondays of two weeks.
const WEEKS: [&str; 2] = ["2025-03-03", "2025-03-10"];

/// A piece of work: minutes, week, whether it may enter each of the two parts.
type Work = (u64, usize, [bool; 2]);

#[derive(Debug, Clone)]
struct Case {
    /// What each part needs; none: the rule has no such part.
    needs: [Option<u64>; 2],
    beyond: u64,
    limit: u64,
    work: Vec<Work>,
}

impl Case {
    fn total(&self) -> u64 {
        self.beyond + self.needs.iter().flatten().sum::<u64>()
    }

    fn answer(&self) -> Evaluation {
        let mut text = rule(
            "service",
            "s",
            &format!("at_least = \"{} minutes\"\nper_week = \"{} minutes\"", self.total(), self.limit),
        );
        for ((need, id), of) in self.needs.iter().zip(["one", "two"]).zip(["of.domain", "of.setting"]) {
            let Some(need) = need else { continue };
            text += &part("service.part", id, &format!("{of} = [\"yes\"]\nat_least = \"{need} minutes\""));
        }
        let word = |yes: bool| if yes { "yes" } else { "no" };
        let facts: Vec<Value> = (self.work.iter().enumerate())
            .map(|(at, (minutes, week, [one, two]))| {
                json!({ "id": format!("s{at}"), "from": WEEKS[*week], "to": WEEKS[*week], "minutes": minutes,
                        "kind": "direct", "domain": word(*one), "setting": word(*two), "status": "attested" })
            })
            .collect();
        ask(&text, &json!({ "service": facts }))
    }

    /// The fewest minutes that are missing, whatever way is chosen.
    fn fewest(&self) -> u64 {
        self.least(0, [self.limit; 2], [0; 3])
    }

    fn least(&self, at: usize, room: [u64; 2], placed: [u64; 3]) -> u64 {
        let Some((minutes, week, may)) = self.work.get(at) else { return self.missing(placed) };
        let most = (*minutes).min(room[*week]);
        let enters = |place: usize| self.needs[place].is_some() && may[place];
        let mut best = u64::MAX;
        for one in 0..=if enters(0) { most } else { 0 } {
            for two in 0..=if enters(1) { most - one } else { 0 } {
                // Work that enters a part enters the total by it.
                for rest in 0..=if enters(0) || enters(1) { 0 } else { most } {
                    let mut room = room;
                    room[*week] -= one + two + rest;
                    best = best.min(self.least(at + 1, room, [placed[0] + one, placed[1] + two, placed[2] + rest]));
                }
            }
        }
        best
    }

    fn missing(&self, [one, two, rest]: [u64; 3]) -> u64 {
        let needs = self.needs.map(Option::unwrap_or_default);
        let over = one.saturating_sub(needs[0]) + two.saturating_sub(needs[1]) + rest;
        needs[0].saturating_sub(one) + needs[1].saturating_sub(two) + self.beyond.saturating_sub(over)
    }
}

fn cases(parts: usize) -> impl Strategy<Value = Case> {
    let work = (1..4_u64, 0..2_usize, any::<[bool; 2]>());
    (prop::array::uniform2(0..4_u64), 0..3_u64, 1..6_u64, prop::collection::vec(work, 0..5)).prop_map(
        move |(needs, beyond, limit, work)| {
            let needs = [Some(needs[0]), (parts > 1).then_some(needs[1])];
            Case { needs, beyond, limit, work }
        },
    )
}

/// What is placed, by record.
fn placed(requirement: &Requirement, into: &mut BTreeMap<String, u64>) {
    for one in &requirement.placed {
        *into.entry(one.record.clone()).or_default() += one.minutes.unwrap_or(0);
    }
    requirement.requirements.iter().for_each(|child| placed(child, into));
}

/// Asserts that the answer keeps the limit and is never better than the best there is; answers both amounts missing.
fn judged(case: &Case) -> (u64, u64) {
    let answer = case.answer();
    let root = found(&answer, "s");
    let mut counted = BTreeMap::new();
    placed(root, &mut counted);
    let mut weeks = [0, 0];
    for (at, (minutes, week, _)) in case.work.iter().enumerate() {
        let own = counted.get(&format!("s{at}")).copied().unwrap_or(0);
        assert!(own <= *minutes, "{case:?}");
        weeks[*week] += own;
    }
    assert!(weeks.iter().all(|minutes| *minutes <= case.limit), "{case:?}: {weeks:?}");
    let (missing, fewest) = (root.missing_minutes.unwrap(), case.fewest());
    assert!(missing >= fewest, "{case:?}: {missing} missing, and {fewest} is the least there can be");
    assert_eq!(root.status == Status::Met, missing == 0, "{case:?}");
    (missing, fewest)
}

proptest! {
    #![proptest_config(many(100))]

    #[test]
    fn with_one_part_the_fewest_minutes_are_missing(case in cases(1)) {
        let (missing, fewest) = judged(&case);
        prop_assert_eq!(missing, fewest);
    }

    #[test]
    fn with_two_parts_nothing_is_called_done_that_is_not(case in cases(2)) {
        judged(&case);
    }
}

#[test]
fn parts_that_compete_inside_one_limited_week_may_be_asked_for_more_than_they_must() {
    // Two minutes of the week count. One of the first, one of the third would do; the cut leaves the first two.
    let work = vec![(1, 0, [true, false]), (1, 0, [true, false]), (1, 0, [false, true])];
    let case = Case { needs: [Some(1), Some(1)], beyond: 0, limit: 2, work };
    let (missing, fewest) = judged(&case);
    assert_eq!((missing, fewest), (1, 0), "as docs/rules/shapes/11-ratio-and-rhythm.md says");
}
