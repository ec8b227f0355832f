//! Sorts of learning and service by where their minutes go: found once for each, then only looked up.

use super::super::pack::model::{Attribute, Bucket, Filter};
use super::checks::{Answers, Standing};
use super::hours::Counted;
use super::program::{NOWHERE, Program, TORN};

/// What decides, beside the checks, where a piece of learning or service goes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits<'t> {
    /// Hours of service; else of learning.
    pub service: bool,
    /// It stands for itself in rules that count entries; else its minutes count.
    pub piece: bool,
    /// Status.
    pub status: Option<&'t str>,
    /// The topics it names; its minutes may go to any of them.
    pub topics: &'t [&'t str],
    /// The values of its other attributes.
    pub values: &'t [(Attribute, &'t str)],
}

impl Traits<'_> {
    /// Whether a filter takes it, topics apart.
    fn pass(&self, filter: &Filter) -> bool {
        let Filter { only, never } = filter;
        let has = |attribute: Attribute, words: &[String]| {
            self.values.iter().any(|(own, value)| *own == attribute && words.iter().any(|word| word == value))
        };
        let other = |(attribute, _): &&(Attribute, Vec<String>)| *attribute != Attribute::Topic;
        only.iter().filter(other).all(|(attribute, words)| has(*attribute, words))
            && !never.iter().filter(other).any(|(attribute, words)| has(*attribute, words))
    }
}

/// A place and the days on which it takes minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) place: u8,
    pub(super) window: u8,
}

/// Minutes that would lie elsewhere once someone has spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) from: u8,
    pub(super) to: u8,
    pub(super) window: u8,
}

/// Where one sort goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Way {
    /// Its places after the first.
    pub(super) more: Vec<Target>,
    pub(super) moves: Vec<Move>,
    /// The caps that speak of it, as bits.
    pub(super) caps: u64,
    /// The rules about hours that take it, each with its window.
    pub(super) rules: Vec<(u8, u8)>,
}

const NONE: Target = Target { place: NOWHERE, window: 0 };
const LOST: Target = Target { place: TORN, window: 0 };

/// The sorts that were met so far, each with where its minutes go.
#[derive(Debug, Clone)]
pub struct Classes {
    /// Where most go: to one place, or nowhere.
    pub(super) first: Vec<Target>,
    /// What else there is to know, by class.
    pub(super) ways: Vec<Way>,
    /// Whether any class has more than a first place.
    pub(super) any_more: bool,
    /// Whether any class waits for someone's word.
    pub(super) any_moves: bool,
}

impl Default for Classes {
    fn default() -> Self {
        // The first class is for what cannot be numbered any more.
        Self { first: vec![LOST], ways: vec![Way::default()], any_more: false, any_moves: false }
    }
}

impl Classes {
    /// The class of what has these traits and answers.
    pub fn of(&mut self, program: &Program<'_>, traits: &Traits<'_>, answers: Answers) -> u16 {
        let (first, way) = way(program, traits, answers).unwrap_or((LOST, Way::default()));
        let known = self.first.iter().zip(&self.ways).position(|(known, other)| *known == first && *other == way);
        if let Some(at) = known.and_then(|at| u16::try_from(at).ok()) {
            return at;
        }
        let Ok(at) = u16::try_from(self.first.len()) else { return 0 };
        self.any_more |= !way.more.is_empty();
        self.any_moves |= !way.moves.is_empty();
        self.first.push(first);
        self.ways.push(way);
        at
    }
}

/// Where minutes go under all rules; none: several places could have them.
fn way(program: &Program<'_>, traits: &Traits<'_>, answers: Answers) -> Option<(Target, Way)> {
    let own = match traits.status {
        Some("verified" | "attested") => Standing::Yes,
        Some("disputed") => Standing::Pending,
        _ => return Some((NONE, Way::default())),
    };
    let (mut targets, mut way, mut takers) = (Vec::new(), Way::default(), 0_u64);
    for (number, counted) in (0_u8..).zip(&program.counted) {
        let standing = own.max(answers.standing(&counted.checks));
        if counted.learning == traits.service || counted.pieces != traits.piece || standing == Standing::No {
            continue;
        }
        let certain =
            if standing == Standing::Yes { place(program, counted, traits, answers, false)? } else { NOWHERE };
        let hoped = place(program, counted, traits, answers, true)?;
        let window = counted.window;
        if certain != NOWHERE {
            targets.push(Target { place: certain, window });
        }
        if hoped != certain {
            way.moves.push(Move { from: certain, to: hoped, window });
        }
        if hoped != NOWHERE || certain != NOWHERE {
            takers |= u64::from(counted.competes) << number;
            way.rules.push((number, window));
        }
    }
    if program.choices.iter().any(|choice| (choice & takers).count_ones() > 1) {
        return None;
    }
    let speaks = |filter: &Filter| traits.pass(filter);
    for (at, capped) in program.caps.iter().enumerate() {
        let taken = way.rules.iter().any(|(rule, _)| usize::from(*rule) == capped.rule);
        way.caps |= u64::from(taken && capped.cap.speaks_of(speaks)) << at;
    }
    // The rules that take it matter to caps only.
    if way.caps == 0 && !program.caps.iter().any(|capped| matches!(capped.limit, super::hours::Most::Share(_))) {
        way.rules.clear();
    }
    let first = targets.pop().unwrap_or(NONE);
    way.more = targets;
    Some((first, way))
}

/// The place of one rule that takes minutes with these traits, on days that count; none: several could. `hopeful`: as
/// if everybody had spoken.
fn place(
    program: &Program<'_>,
    counted: &Counted<'_>,
    traits: &Traits<'_>,
    answers: Answers,
    hopeful: bool,
) -> Option<u8> {
    let hours = counted.hours;
    if !traits.pass(&hours.filter) {
        return Some(NOWHERE);
    }
    let mut found = Vec::new();
    let named: Vec<Option<usize>> = if traits.topics.is_empty() {
        vec![None]
    } else {
        traits.topics.iter().map(|topic| program.version.topic_named(topic)).collect()
    };
    for topic in named {
        if !takes_topic(program, counted, topic, !traits.topics.is_empty()) {
            continue;
        }
        if counted.pieces {
            return Some(counted.first);
        }
        let enters = |(at, bucket): &(usize, &Bucket)| {
            let spoken_of = match &bucket.of {
                Some(filter) => traits.pass(filter),
                None => topic.is_some_and(|topic| bucket.topics.contains(&topic)),
            };
            let check = counted.bucket_checks.get(*at).copied().flatten();
            let standing = check.map_or(Standing::Yes, |check| answers.standing(&[check]));
            let open = standing == Standing::Yes || hopeful && standing == Standing::Pending;
            spoken_of && open && traits.pass(&bucket.filter)
        };
        let before = found.len();
        found.extend(hours.buckets.iter().enumerate().filter(enters).map(|(at, _)| at + 1));
        if found.len() == before {
            found.push(0);
        }
    }
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [] => Some(NOWHERE),
        [one] => u8::try_from(*one).ok().and_then(|one| counted.first.checked_add(one)),
        _ => None,
    }
}

/// Whether a rule's total takes a topic; `named`: the record names one, known or not.
fn takes_topic(program: &Program<'_>, counted: &Counted<'_>, topic: Option<usize>, named: bool) -> bool {
    let filter = &counted.hours.filter;
    let says = |list: &[(Attribute, Vec<String>)], id: &str| {
        let mut lists = list.iter().filter(|(attribute, _)| *attribute == Attribute::Topic);
        lists.next().map(|(_, topics)| topics.iter().any(|topic| topic == id))
    };
    let Some(found) = topic.and_then(|at| program.version.topics.get(at)) else {
        let narrow = filter.only.iter().any(|(attribute, _)| *attribute == Attribute::Topic);
        return !narrow && (!named || counted.hours.any_topic);
    };
    !found.never_counts && says(&filter.only, &found.id) != Some(false) && says(&filter.never, &found.id) != Some(true)
}
