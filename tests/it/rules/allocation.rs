//! Placing minutes: a naive search over every way of placing agrees, and adding hours never hurts.

use credtrail::rules::evaluation::{Evaluation, Requirement};
use credtrail::rules::{Pack, Purpose, Question, Record, evaluate, status_of};
use proptest::prelude::*;

const TOPICS: [&str; 3] = ["alpha", "beta", "gamma"];

/// A small problem: minima of three topics, what the total asks beyond them, a cap, and records.
#[derive(Debug, Clone)]
struct Case {
    minima: [u64; 3],
    beyond: u64,
    cap: Option<u64>,
    records: Vec<Held>,
}

/// A record: minutes, the topics they may go to, whether the cap speaks of it.
#[derive(Debug, Clone)]
struct Held {
    minutes: u64,
    topics: [bool; 3],
    capped: bool,
}

fn cases() -> impl Strategy<Value = Case> {
    let held = (1..5_u64, any::<[bool; 3]>(), any::<bool>()).prop_map(|(minutes, topics, capped)| Held {
        minutes,
        topics,
        capped,
    });
    (prop::array::uniform3(0..5_u64), 0..4_u64, prop::option::of(0..6_u64), prop::collection::vec(held, 0..4))
        .prop_map(|(minima, beyond, cap, records)| Case { minima, beyond, cap, records })
}

impl Case {
    fn total(&self) -> u64 {
        self.minima.iter().sum::<u64>() + self.beyond
    }

    fn pack(&self) -> Pack {
        let mut text = String::from(
            "credential = \"us-xx-ps\"\nname = \"N\"\nname_es = \"N\"\nboard = \"B\"\ntime_zone = \"UTC\"\n\
             in_force = { from = 2020-01-01 }\nverified = false\nhour = \"60 minutes\"\n\
             [source.s]\ntitle = \"S\"\nurl = \"https://example.org\"\nread_on = 2026-11-20\n\
             [[stage]]\nid = \"full\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n",
        );
        for topic in TOPICS {
            text.push_str(&format!("[topic.{topic}]\nlabel = \"{topic}\"\nlabel_es = \"{topic}\"\n"));
        }
        let total = self.total();
        text.push_str(&format!(
            "[[initial.learning]]\nid = \"t\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\nat_least = \"{total} minutes\"\n"
        ));
        for (topic, minimum) in TOPICS.iter().zip(self.minima) {
            text.push_str(&format!(
                "[[initial.learning.topic]]\ntopic = \"{topic}\"\nat_least = \"{minimum} minutes\"\n"
            ));
        }
        if let Some(cap) = self.cap {
            text.push_str(&format!(
                "[[initial.learning.cap]]\nid = \"c\"\nlabel = \"C\"\nlabel_es = \"C\"\n\
                 of.delivery = [\"self_paced\"]\nat_most = \"{cap} minutes\"\n"
            ));
        }
        Pack::parse(&[("2020-01-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn record(&self) -> Record {
        let learning = self.records.iter().enumerate().map(|(at, held)| {
            let topics: Vec<&str> =
                TOPICS.iter().zip(held.topics).filter(|(_, named)| *named).map(|(topic, _)| *topic).collect();
            serde_json::json!({
                "id": format!("l{at}"), "completed_on": "2025-01-01", "minutes": held.minutes, "topics": topics,
                "delivery": if held.capped { "self_paced" } else { "in_person" }, "status": "verified",
            })
        });
        let learning: Vec<_> = learning.collect();
        let record =
            serde_json::json!({ "format": "credtrail.record/1", "person": { "id": "p" }, "learning": learning });
        Record::from_json(&record.to_string()).unwrap()
    }

    fn answer(&self) -> Evaluation {
        let pack = self.pack();
        let question = Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: None };
        evaluate(&pack.versions[0], &self.record(), &question)
    }

    /// The fewest further minutes, by trying every way of placing.
    fn fewest(&self) -> u64 {
        let mut best = u64::MAX;
        self.try_all(0, [0; 4], 0, &mut best);
        best
    }

    fn try_all(&self, at: usize, placed: [u64; 4], capped: u64, best: &mut u64) {
        let Some(held) = self.records.get(at) else {
            let short: u64 = self.minima.iter().zip(placed).map(|(need, has)| need.saturating_sub(has)).sum();
            let all: u64 = placed.iter().sum();
            *best = (*best).min(short.max(self.total().saturating_sub(all)));
            return;
        };
        // A topic without a minimum still takes its minutes; the fourth place is the total itself.
        let open = [held.topics[0], held.topics[1], held.topics[2], held.topics == [false; 3]];
        let room = if held.capped { self.cap.map_or(u64::MAX, |cap| cap - capped) } else { u64::MAX };
        for a in 0..=if open[0] { held.minutes } else { 0 } {
            for b in 0..=if open[1] { held.minutes - a } else { 0 } {
                for c in 0..=if open[2] { held.minutes - a - b } else { 0 } {
                    for d in 0..=if open[3] { held.minutes } else { 0 } {
                        let used = a + b + c + d;
                        if used <= room {
                            let next = [placed[0] + a, placed[1] + b, placed[2] + c, placed[3] + d];
                            self.try_all(at + 1, next, if held.capped { capped + used } else { capped }, best);
                        }
                    }
                }
            }
        }
    }
}

fn sums_agree(requirement: &Requirement) -> bool {
    let own: u64 = requirement.placed.iter().filter_map(|placed| placed.minutes).sum();
    let below: u64 = requirement.requirements.iter().filter_map(|child| child.counted_minutes).sum();
    requirement.counted_minutes == Some(own + below) && requirement.requirements.iter().all(sums_agree)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_missing_minutes_are_the_fewest_that_any_placing_leaves(case in cases()) {
        let answer = case.answer();
        prop_assert_eq!(answer.requirements[0].missing_minutes, Some(case.fewest()), "{:?}", answer.requirements[0]);
    }

    #[test]
    fn the_status_alone_is_the_status_of_the_whole_answer(case in cases()) {
        let (pack, record) = (case.pack(), case.record());
        let question = Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: None };
        prop_assert_eq!(status_of(&pack.versions[0], &record, &question), case.answer().status);
    }

    #[test]
    fn placed_minutes_add_up_to_what_counts(case in cases()) {
        let answer = case.answer();
        prop_assert!(sums_agree(&answer.requirements[0]), "{:?}", answer.requirements[0]);
        let counted: u64 = answer.records.iter().filter_map(|record| record.minutes).sum();
        prop_assert_eq!(answer.requirements[0].counted_minutes, Some(counted));
        for (held, record) in case.records.iter().zip(&answer.records) {
            let lost: u64 = record.not_counted.iter().filter_map(|lost| lost.minutes).sum();
            prop_assert_eq!(record.minutes.unwrap_or(0) + lost, held.minutes);
        }
    }

    #[test]
    fn the_missing_minutes_of_parts_add_up_to_those_of_the_whole(case in cases()) {
        let answer = case.answer();
        let whole = &answer.requirements[0];
        let parts: u64 = whole.requirements.iter().filter_map(|child| child.missing_minutes).sum();
        prop_assert!(Some(parts) <= whole.missing_minutes);
        for short in &whole.shortfall {
            prop_assert!(short.requirements.len() > 1 && short.minutes > 0 && Some(short.minutes) <= whole.missing_minutes);
        }
    }

    #[test]
    fn one_more_counting_record_never_leaves_more_to_do(case in cases(), more in 1..5_u64, topics in any::<[bool; 3]>()) {
        let before = case.answer();
        let mut fuller = case.clone();
        fuller.records.push(Held { minutes: more, topics, capped: false });
        let after = fuller.answer();
        prop_assert!(after.requirements[0].missing_minutes <= before.requirements[0].missing_minutes);
        prop_assert!(after.requirements[0].counted_minutes >= before.requirements[0].counted_minutes);
    }
}

#[test]
fn topics_that_compete_are_named_together_with_what_they_lack() {
    let held = |topics| Held { minutes: 4, topics, capped: false };
    let case = Case { minima: [4, 4, 0], beyond: 0, cap: None, records: vec![held([true, true, false])] };
    let answer = case.answer();
    let shortfall = &answer.requirements[0].shortfall;
    assert_eq!((shortfall.len(), shortfall[0].minutes), (1, 4));
    assert_eq!(shortfall[0].requirements, ["t.alpha", "t.beta"]);
}
