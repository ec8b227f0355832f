//! A slow judge that tries every way to place every minute of every part. It knows only what the language page says, and shares
//! no code with the evaluator.

use std::collections::BTreeSet;

use super::packs::{Carried, Case, Course, Rule};

/// Minutes of one rule: at the total and the two topics, self-paced, carried in all and of ethics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Held {
    places: [u64; 3],
    paced: u64,
    carried: [u64; 2],
}

/// What changes the minutes that one rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Half,
    Used(u64),
    Round(u64, usize),
}

impl Step {
    fn after(self, minutes: u64) -> u64 {
        match self {
            Self::Half => minutes / 2,
            Self::Used(gone) => minutes.saturating_sub(gone),
            Self::Round(step, mode) => (minutes + [0, step / 2, step - 1][mode]) / step * step,
        }
    }
}

/// What one rule takes of an entry: minutes and places by part, and the steps that change them.
#[derive(Debug, Clone, Default)]
struct Taken {
    parts: Vec<(u64, Vec<usize>)>,
    steps: Vec<Step>,
}

impl Taken {
    fn all(&self) -> u64 {
        self.parts.iter().map(|(minutes, _)| minutes).sum()
    }

    /// How much of so much counts.
    fn kept(&self, minutes: u64) -> u64 {
        self.steps.iter().fold(minutes, |minutes, step| step.after(minutes))
    }

    fn change(&mut self, step: Step) {
        let before = self.kept(self.all());
        if step.after(before) != before {
            self.steps.push(step);
        }
    }

    /// The most that one part can give.
    fn most(&self, part: usize) -> u64 {
        let (minutes, kept) = (self.parts[part].0, self.kept(self.all()));
        if minutes == 0 { 0 } else { (minutes + kept.saturating_sub(self.all())).min(kept) }
    }

    fn wants(&self, part: usize) -> bool {
        self.parts.get(part).is_some_and(|(minutes, _)| *minutes > 0)
    }
}

/// One entry as all rules see it.
struct Entry {
    taken: Vec<Taken>,
    paced: bool,
    /// Whether it was carried, and then whether as ethics of the term before.
    carried: Option<bool>,
    parts: usize,
}

impl Rule {
    fn takes(&self, topic: usize) -> bool {
        self.only.is_none_or(|only| only[topic])
    }

    /// Where minutes of these topics may go.
    fn places(&self, topics: &[usize]) -> Vec<usize> {
        let place = |topic: &usize| if *topic < 2 && self.topics[*topic].is_some() { topic + 1 } else { 0 };
        let places: BTreeSet<usize> = topics.iter().filter(|topic| self.takes(**topic)).map(place).collect();
        places.into_iter().collect()
    }

    fn taken(&self, course: &Course) -> Taken {
        let mut parts = Vec::new();
        // Settled topics stand in the order of their names.
        for topic in [2, 0, 1].into_iter().filter(|topic| course.settled[*topic] > 0) {
            parts.push((course.settled[topic], self.places(&[topic])));
        }
        let named: Vec<usize> = (0..3).filter(|topic| course.may[*topic]).collect();
        if course.flexible > 0 {
            let silent = if self.only.is_none() { vec![0] } else { Vec::new() };
            parts.push((course.flexible, if named.is_empty() { silent } else { self.places(&named) }));
        }
        for (minutes, places) in &mut parts {
            *minutes = if places.is_empty() { 0 } else { *minutes };
        }
        Taken { parts, steps: Vec::new() }
    }

    fn taken_of_carried(&self, carried: &Carried) -> Taken {
        let silent = if self.only.is_none() { vec![0] } else { Vec::new() };
        let places = if carried.as_topic == 2 { silent } else { self.places(&[carried.as_topic]) };
        let minutes = if places.is_empty() || self.carry.is_none() { 0 } else { carried.minutes };
        Taken { parts: vec![(minutes, places)], steps: Vec::new() }
    }

    fn round(&self, mut taken: Taken) -> Taken {
        if let Some((step, mode)) = self.rounding {
            taken.change(Step::Round(step, mode));
        }
        taken
    }

    /// The fewest further minutes beside what is held.
    fn lacking(&self, held: &Held) -> u64 {
        let at = |topic: usize| held.places[topic + 1];
        let parts: Vec<u64> = (0..2).map(|topic| self.least(topic).saturating_sub(at(topic))).collect();
        let all = held.places.iter().sum::<u64>();
        if self.topics_shared {
            // One further minute may feed everything.
            let total = self.total().saturating_sub(held.places[0]);
            return total.max(parts[0]).max(parts[1]);
        }
        (parts[0] + parts[1]).max(self.total().saturating_sub(all))
    }

    fn allows(&self, held: &Held) -> bool {
        let topics = self.topics_shared || (0..2).all(|topic| held.places[topic + 1] <= self.most(topic));
        let carried = self
            .carry
            .is_none_or(|(all, ethics)| held.carried[0] <= all && ethics.is_none_or(|most| held.carried[1] <= most));
        topics && carried && self.paced.is_none_or(|most| held.paced <= most)
    }
}

impl Case {
    fn entries(&self) -> Vec<Entry> {
        let mut order: Vec<(usize, &Course)> = self.courses.iter().enumerate().collect();
        order.sort_by_key(|(at, course)| (course.later, *at));
        let mut seen: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); self.rules.len()];
        let mut all: Vec<Entry> = self
            .carried
            .iter()
            .map(|one| Entry {
                taken: self.rules.iter().map(|rule| rule.taken_of_carried(one)).collect(),
                paced: false,
                carried: Some(one.ethics),
                parts: 1,
            })
            .collect();
        for (_, course) in order {
            let taken = self.rules.iter().zip(&mut seen).map(|(rule, seen)| {
                let mut taken = rule.taken(course);
                let refused = rule.refuses_used && course.used >= course.all();
                if refused {
                    taken.parts.iter_mut().for_each(|part| part.0 = 0);
                }
                if rule.half && taken.all() > 0 && !seen.insert(course.name) {
                    taken.change(Step::Half);
                }
                if rule.refuses_used {
                    taken.change(Step::Used(course.used));
                }
                rule.round(taken)
            });
            let taken: Vec<Taken> = taken.collect();
            let parts = taken[0].parts.len();
            all.push(Entry { taken, paced: course.paced, carried: None, parts });
        }
        all
    }

    /// The fewest further minutes, whatever way is chosen. Rules whose topics are shared stand alone.
    pub fn fewest(&self) -> u64 {
        let alone: Vec<usize> = (0..self.rules.len()).filter(|at| self.rules[*at].topics_shared).collect();
        let together: Vec<usize> = (0..self.rules.len()).filter(|at| !self.rules[*at].topics_shared).collect();
        let single = alone.into_iter().map(|at| vec![at]);
        single.chain([together]).map(|rules| self.fewest_of(&rules)).sum()
    }

    fn fewest_of(&self, rules: &[usize]) -> u64 {
        let mut states = BTreeSet::from([vec![Held::default(); rules.len()]]);
        for entry in self.entries() {
            let taken = rules.iter().map(|at| entry.taken[*at].clone()).collect();
            let entry = Entry { taken, ..entry };
            let mut next = BTreeSet::new();
            for state in states {
                let none = vec![vec![0; entry.parts]; rules.len()];
                self.try_all(rules, &entry, (0, 0, 0), none, state, &mut next);
            }
            states = next;
        }
        let lacking = |state: &Vec<Held>| rules.iter().zip(state).map(|(at, held)| self.rules[*at].lacking(held)).sum();
        states.iter().map(lacking).min().unwrap()
    }

    /// Every way to place an entry from a part, a rule and one of its places on; `given`: minutes by rule and part.
    fn try_all(
        &self,
        rules: &[usize],
        entry: &Entry,
        (part, rule, place): (usize, usize, usize),
        given: Vec<Vec<u64>>,
        state: Vec<Held>,
        found: &mut BTreeSet<Vec<Held>>,
    ) {
        if part == entry.parts {
            if is_left(&entry.taken, &given) && is_there(&entry.taken, &given) {
                found.insert(state);
            }
            return;
        }
        if rule == rules.len() {
            return self.try_all(rules, entry, (part + 1, 0, 0), given, state, found);
        }
        let (own, taken) = (&self.rules[rules[rule]], &entry.taken[rule]);
        let places = if taken.wants(part) { taken.parts[part].1.clone() } else { Vec::new() };
        let ways: Vec<Vec<usize>> = match own.topics_shared {
            // What enters feeds the total and every topic it names.
            true if places.is_empty() => Vec::new(),
            true => vec![[0].into_iter().chain(places.into_iter().filter(|place| *place > 0)).collect()],
            false => places.into_iter().map(|place| vec![place]).collect(),
        };
        let Some(way) = ways.get(place) else {
            return self.try_all(rules, entry, (part, rule + 1, 0), given, state, found);
        };
        let of_part: u64 = given.iter().map(|own| own[part]).sum();
        let most = entry.taken.iter().filter(|taken| taken.wants(part)).map(|taken| taken.most(part)).max();
        // A rule that nothing is left for does not hold a record together.
        let takes = |taken: &Taken| taken.wants(part) && taken.most(part) > 0;
        let whole = rules.iter().zip(&entry.taken).any(|(at, taken)| takes(taken) && self.rules[*at].whole);
        for minutes in 0..=(most.unwrap() - of_part).min(taken.most(part) - given[rule][part]) {
            let (mut given, mut state) = (given.clone(), state.clone());
            given[rule][part] += minutes;
            let held = &mut state[rule];
            way.iter().for_each(|place| held.places[*place] += minutes);
            held.paced += if entry.paced { minutes } else { 0 };
            if let Some(ethics) = entry.carried {
                held.carried[0] += minutes;
                held.carried[1] += if ethics { minutes } else { 0 };
            }
            if own.allows(held) {
                // A part that stays whole goes to one place.
                let next = if whole && minutes > 0 { (part + 1, 0, 0) } else { (part, rule, place + 1) };
                self.try_all(rules, entry, next, given, state, found);
            }
        }
    }
}

/// Whether so much was left: in each rule, and in all sets of rules that lose alike and want the same parts.
fn is_left(taken: &[Taken], given: &[Vec<u64>]) -> bool {
    (1_usize..1 << taken.len()).all(|set| {
        let rules: Vec<usize> = (0..taken.len()).filter(|at| set & (1 << at) != 0).collect();
        let first = &taken[rules[0]];
        let alike = rules.iter().all(|at| taken[*at].steps == first.steps && taken[*at].all() > 0);
        if first.steps.is_empty() || !alike || !hang_together(taken, &rules) {
            return true;
        }
        let wanted = |part: &usize| rules.iter().any(|at| taken[*at].wants(*part));
        let parts: Vec<usize> = (0..first.parts.len()).filter(wanted).collect();
        let most = |part: &usize| rules.iter().map(|at| taken[*at].parts[*part].0).max().unwrap();
        let all: u64 = parts.iter().map(most).sum();
        let placed: u64 = rules.iter().map(|at| given[*at].iter().sum::<u64>()).sum();
        placed <= first.kept(all)
    })
}

/// Whether rules that know of no more than so much of a part take no more of it together than the one that takes the most: what
/// one rule has by rounding up is not there for the others.
fn is_there(taken: &[Taken], given: &[Vec<u64>]) -> bool {
    let parts = taken.first().map_or(0, |taken| taken.parts.len());
    (0..parts).all(|part| {
        let wanting: Vec<usize> = (0..taken.len()).filter(|at| taken[*at].wants(part)).collect();
        let known = |at: usize| taken[at].parts[part].0.max(taken[at].most(part));
        wanting.iter().all(|limit| {
            let inside = || wanting.iter().copied().filter(|at| known(*at) <= known(*limit));
            inside().map(|at| given[at][part]).sum::<u64>() <= inside().map(|at| taken[at].most(part)).max().unwrap()
        })
    })
}

/// Whether one can go from each rule to each other by parts that both want.
fn hang_together(taken: &[Taken], rules: &[usize]) -> bool {
    let meet = |a: usize, b: usize| (0..taken[a].parts.len()).any(|part| taken[a].wants(part) && taken[b].wants(part));
    let mut reached = BTreeSet::from([rules[0]]);
    for _ in rules {
        let next: Vec<usize> =
            rules.iter().copied().filter(|rule| reached.iter().any(|other| meet(*other, *rule))).collect();
        reached.extend(next);
    }
    reached.len() == rules.len()
}
