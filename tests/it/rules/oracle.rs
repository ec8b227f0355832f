//! A slow judge that tries everything, against the fast one, over random small packs and records.
//!
//! It knows only what the language page says: which minutes may go where, what limits them, what is needed. It shares no
//! code with the evaluator. More cases: `PROPTEST_CASES=20000`.

use std::collections::BTreeSet;

use credtrail::rules::evaluation::Evaluation;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::small::{ask, found, rule};

const TOPICS: [&str; 3] = ["ethics", "housing", "advocacy"];

/// One rule of a random pack.
#[derive(Debug, Clone)]
pub struct Rule {
    pub total: u64,
    /// Minimum, limit above it, whether surplus is refused, by topic; none: the topic has no bucket.
    pub topics: [Option<(u64, Option<u64>, bool)>; 2],
    /// Limits on self-paced courses and on those of a school: minutes, or per cent.
    pub caps: [Option<(bool, u64)>; 2],
    /// So many minutes at least are not self-paced.
    pub floor: Option<u64>,
    pub whole: bool,
    /// Step, mode, scope.
    pub rounding: Option<(u64, usize, usize)>,
    narrow: bool,
    /// The topics' minutes feed all topics that a record names.
    pub topics_shared: bool,
    /// A first day that counts.
    windowed: bool,
}

/// One course of a random record.
#[derive(Debug, Clone)]
pub struct Course {
    pub minutes: u64,
    pub topics: [bool; 3],
    pub self_paced: bool,
    school: bool,
    pub early: bool,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub rules: Vec<Rule>,
    pub shared: bool,
    pub courses: Vec<Course>,
}

fn rules() -> impl Strategy<Value = Rule> {
    let topic = prop::option::of((0..4_u64, prop::option::of(0..3_u64), prop::bool::weighted(0.2)));
    let cap = prop::option::weighted(0.4, (prop::bool::weighted(0.4), 0..6_u64));
    (
        (0..6_u64, prop::array::uniform2(topic), prop::array::uniform2(cap), prop::bool::weighted(0.35)),
        prop::option::weighted(0.3, 1..8_u64),
        prop::option::weighted(0.3, (2..4_u64, 0..3_usize, 0..3_usize)),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|((beyond, topics, caps, whole), floor, rounding, narrow, topics_shared, windowed)| {
            let total = beyond + topics.iter().flatten().map(|(least, _, _)| least).sum::<u64>();
            let whole = whole && !topics_shared;
            // Sums that are rounded up would leave open whether a floor is asked of them or of the minutes.
            let sums = rounding.is_some_and(|(_, _, scope)| scope > 0);
            let floor = floor.map(|floor| floor.min(total)).filter(|floor| *floor > 0 && !sums);
            Rule { total, topics, caps, floor, whole, rounding, narrow, topics_shared, windowed }
        })
}

pub fn cases() -> impl Strategy<Value = Case> {
    let course = (1..5_u64, any::<[bool; 3]>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.15))
        .prop_map(|(minutes, topics, self_paced, school, early)| Course { minutes, topics, self_paced, school, early });
    (prop::collection::vec(rules(), 1..3), prop::bool::weighted(0.2), prop::collection::vec(course, 0..5))
        .prop_map(|(rules, shared, courses)| Case { rules, shared, courses })
}

impl Rule {
    fn text(&self, id: &str, shared: bool) -> String {
        let mut keys = format!("at_least = \"{} minutes\"\n", self.total);
        for (key, said) in [("whole", self.whole), ("shared", shared)] {
            if said {
                keys.push_str(&format!("{key} = true\n"));
            }
        }
        if self.topics_shared {
            keys.push_str("topics = \"shared\"\n");
        }
        if self.windowed {
            keys.push_str("window = \"since 2024-06-01\"\n");
        }
        if self.narrow {
            keys.push_str("only.topic = [\"ethics\", \"housing\"]\n");
        }
        if let Some((step, mode, scope)) = self.rounding {
            let (mode, scope) = (["floor", "nearest", "ceil"][mode], ["per activity", "per topic", "total"][scope]);
            keys.push_str(&format!(
                "rounding = {{ step = \"{step} minutes\", mode = \"{mode}\", scope = \"{scope}\" }}\n"
            ));
        }
        for (topic, bucket) in TOPICS.iter().zip(self.topics) {
            let Some((least, above, refused)) = bucket else { continue };
            keys.push_str(&format!(
                "[[initial.learning.topic]]\ntopic = \"{topic}\"\nat_least = \"{least} minutes\"\n"
            ));
            if let Some(above) = above {
                keys.push_str(&format!("at_most = \"{} minutes\"\n", goal(self, least, 1).max(least) + above));
            }
            if refused {
                keys.push_str("surplus = \"refused\"\n");
            }
        }
        for ((id, of), cap) in
            [("paced", "of.delivery = [\"self_paced\"]"), ("school", "of.source = [\"school\"]")].iter().zip(self.caps)
        {
            let Some((share, amount)) = cap else { continue };
            let limit = if share { format!("{} %", share_of(amount)) } else { format!("{amount} minutes") };
            keys.push_str(&format!(
                "[[initial.learning.cap]]\nid = \"{id}\"\nlabel = \"C\"\nlabel_es = \"C\"\n{of}\nat_most = \"{limit}\"\n"
            ));
        }
        if let Some(floor) = self.floor {
            keys.push_str(&format!(
                "[[initial.learning.floor]]\nid = \"live\"\nlabel = \"F\"\nlabel_es = \"F\"\nof.delivery = [\"in_person\"]\nat_least = \"{floor} minutes\"\n"
            ));
        }
        rule("learning", id, &keys)
    }

    fn takes(&self, course: &Course) -> Vec<usize> {
        if self.windowed && course.early {
            return Vec::new();
        }
        let named: Vec<usize> = (0..3).filter(|topic| course.topics[*topic]).collect();
        if named.is_empty() {
            return if self.narrow { Vec::new() } else { vec![0] };
        }
        let mut places = BTreeSet::new();
        for topic in named {
            if topic < 2 && self.topics[topic].is_some() {
                places.insert(topic + 1);
            } else if !self.narrow || topic < 2 {
                places.insert(0);
            }
        }
        places.into_iter().collect()
    }

    fn offered(&self, minutes: u64) -> u64 {
        match self.rounding {
            Some((step, mode, 0)) => round(minutes, step, mode),
            _ => minutes,
        }
    }

    fn rounded(&self, minutes: u64, scope: usize) -> u64 {
        match self.rounding {
            Some((step, mode, own)) if own == scope => round(minutes, step, mode),
            _ => minutes,
        }
    }
}

fn share_of(amount: u64) -> u64 {
    10 + amount * 15
}

fn round(minutes: u64, step: u64, mode: usize) -> u64 {
    let up = match mode {
        0 => 0,
        1 => step / 2,
        _ => step - 1,
    };
    (minutes + up) / step * step
}

/// Minutes of one rule: at the total and the two topics, under the two caps, and all that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Held {
    places: [u64; 3],
    capped: [u64; 2],
    all: u64,
}

impl Case {
    pub fn answer(&self) -> Evaluation {
        ask(&self.text(), &json!({ "learning": self.learning() }))
    }

    /// The rules as a pack writes them.
    pub fn text(&self) -> String {
        self.rules.iter().enumerate().map(|(at, rule)| rule.text(&format!("r{at}"), self.shared)).collect()
    }

    pub fn learning(&self) -> Vec<Value> {
        let course = |(at, course): (usize, &Course)| {
            let topics: Vec<&str> = (0..3).filter(|topic| course.topics[*topic]).map(|topic| TOPICS[topic]).collect();
            json!({
                "id": format!("l{at}"), "minutes": course.minutes, "topics": topics, "status": "verified",
                "completed_on": if course.early { "2024-05-31" } else { "2025-01-01" },
                "delivery": if course.self_paced { "self_paced" } else { "in_person" },
                "source": if course.school { "school" } else { "association" },
            })
        };
        self.courses.iter().enumerate().map(course).collect()
    }

    /// The fewest further minutes of rules that share their minutes.
    fn fewest(&self, rules: &[Rule]) -> u64 {
        let mut states = BTreeSet::from([vec![Held::default(); rules.len()]]);
        for course in &self.courses {
            states = states.iter().flat_map(|state| self.ways(rules, course, state)).collect();
        }
        let lacking = |state: &Vec<Held>| -> Option<u64> {
            rules.iter().zip(state).map(|(rule, held)| lacking(rule, held)).sum()
        };
        states.iter().filter_map(lacking).min().unwrap_or(u64::MAX)
    }

    /// Every way of placing one course.
    fn ways(&self, rules: &[Rule], course: &Course, state: &[Held]) -> Vec<Vec<Held>> {
        let mut targets: Vec<(usize, Vec<usize>)> = Vec::new();
        let (mut whole, mut most) = (false, 0);
        for (at, rule) in rules.iter().enumerate() {
            let places = rule.takes(course);
            if places.is_empty() || rule.offered(course.minutes) == 0 {
                continue;
            }
            (whole, most) = (whole || rule.whole, most.max(rule.offered(course.minutes)));
            if rule.topics_shared {
                targets.push((at, places));
            } else {
                targets.extend(places.into_iter().map(|place| (at, vec![place])));
            }
        }
        let mut found = Vec::new();
        self.try_all(rules, course, &targets, (most, whole), &mut vec![0; rules.len()], state.to_vec(), &mut found);
        found
    }

    #[expect(clippy::too_many_arguments, reason = "a search passes all it knows on")]
    fn try_all(
        &self,
        rules: &[Rule],
        course: &Course,
        targets: &[(usize, Vec<usize>)],
        (left, whole): (u64, bool),
        given: &mut Vec<u64>,
        state: Vec<Held>,
        found: &mut Vec<Vec<Held>>,
    ) {
        let Some(((rule, places), rest)) = targets.split_first() else {
            found.push(state);
            return;
        };
        let most = left.min(rules[*rule].offered(course.minutes) - given[*rule]);
        for minutes in 0..=most {
            let mut next = state.clone();
            let held = &mut next[*rule];
            for place in places {
                held.places[*place] += minutes;
            }
            held.all += minutes;
            held.capped[0] += if course.self_paced { minutes } else { 0 };
            held.capped[1] += if course.school { minutes } else { 0 };
            let fits =
                rules[*rule].topics_shared || (1..3).all(|place| limit(&rules[*rule], place) >= held.places[place]);
            let capped = rules[*rule].caps.iter().zip(held.capped);
            let allowed = capped.into_iter().all(|(cap, used)| cap.is_none_or(|(share, most)| share || used <= most));
            if !fits || !allowed {
                continue;
            }
            given[*rule] += minutes;
            let after = if whole && minutes > 0 { &[][..] } else { rest };
            self.try_all(rules, course, after, (left - minutes, whole), given, next, found);
            given[*rule] -= minutes;
        }
    }
}

fn limit(rule: &Rule, place: usize) -> u64 {
    rule.topics[place - 1].map_or(u64::MAX, |(least, above, refused)| {
        let most = above.map_or(u64::MAX, |above| goal(rule, least, 1).max(least) + above);
        if refused { most.min(goal(rule, least, 1)) } else { most }
    })
}

/// The least sum that rounds to a need.
fn goal(rule: &Rule, need: u64, scope: usize) -> u64 {
    (0..).find(|sum| rule.rounded(*sum, scope) >= need).unwrap()
}

/// The fewest further minutes a rule needs beside what it holds; none where a share is broken however many come.
fn lacking(rule: &Rule, held: &Held) -> Option<u64> {
    (0..40).find(|more| spread(rule, held, *more))
}

/// Whether so many further minutes, placed as well as can be, would do.
fn spread(rule: &Rule, held: &Held, more: u64) -> bool {
    let caps = rule.caps.iter().zip(held.capped);
    let shares = caps.into_iter().all(|(cap, used)| {
        cap.is_none_or(|(share, amount)| !share || 100 * used <= share_of(amount) * (held.all + more))
    });
    if !shares || rule.floor.is_some_and(|floor| held.all - held.capped[0] + more < floor) {
        return false;
    }
    if rule.topics_shared {
        let parts = (1..3).all(|place| {
            rule.topics[place - 1].is_none_or(|(least, _, _)| rule.rounded(held.places[place] + more, 1) >= least)
        });
        return parts && rule.rounded(held.all + more, 2) >= rule.total;
    }
    let has = |place: usize| rule.topics[place - 1].is_some();
    for first in 0..=if has(1) { more } else { 0 } {
        for second in 0..=if has(2) { more - first } else { 0 } {
            let (a, b) = (held.places[1] + first, held.places[2] + second);
            let enough = |place: usize, sum: u64| {
                rule.topics[place - 1]
                    .is_none_or(|(least, _, _)| rule.rounded(sum, 1) >= least && sum <= limit(rule, place))
            };
            let total = held.places[0] + (more - first - second) + rule.rounded(a, 1) + rule.rounded(b, 1);
            if enough(1, a) && enough(2, b) && rule.rounded(total, 2) >= rule.total {
                return true;
            }
        }
    }
    false
}

/// So many cases, or as many as `PROPTEST_CASES` says.
#[expect(clippy::disallowed_methods, reason = "the property tests' own variable, not a setting")]
pub fn many(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(many(1_000))]

    #[test]
    fn the_missing_minutes_are_those_of_a_judge_who_tries_everything(case in cases()) {
        let answer = case.answer();
        let missing = |at: usize| found(&answer, &format!("r{at}")).missing_minutes.unwrap();
        let alone = |at: usize| case.shared || case.rules[at].topics_shared;
        let all = 0..case.rules.len();
        for at in all.clone().filter(|at| alone(*at)) {
            prop_assert_eq!(missing(at), case.fewest(&case.rules[at..=at]), "rule {} alone: {:#?}", at, answer.requirements);
        }
        let together: Vec<Rule> = all.clone().filter(|at| !alone(*at)).map(|at| case.rules[at].clone()).collect();
        let sum: u64 = all.filter(|at| !alone(*at)).map(missing).sum();
        prop_assert_eq!(sum, case.fewest(&together), "{:#?}", answer.requirements);
    }
}
