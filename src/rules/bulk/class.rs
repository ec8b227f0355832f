//! Sorts of learning by where their minutes go: found once for each, then only looked up.

use super::super::pack::model::{Attribute, Bucket};
use super::program::{Learned, NOWHERE, Program, TORN, takes};

/// What decides where a piece of learning goes. What is not named here must not be stated by the record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits<'t> {
    /// Kind.
    pub kind: Option<&'t str>,
    /// Delivery.
    pub delivery: Option<&'t str>,
    /// Course.
    pub course: Option<&'t str>,
    /// Provider.
    pub provider: Option<&'t str>,
    /// Status.
    pub status: Option<&'t str>,
    /// The topics it names; its minutes may go to any of them.
    pub topics: &'t [&'t str],
}

impl<'t> Traits<'t> {
    fn value(&self, attribute: Attribute) -> Option<&'t str> {
        match attribute {
            Attribute::Kind => self.kind,
            Attribute::Delivery => self.delivery,
            Attribute::Course => self.course,
            Attribute::Provider => self.provider,
            Attribute::Source
            | Attribute::Tag
            | Attribute::Topic
            | Attribute::Recognition
            | Attribute::Evidence
            | Attribute::Domain
            | Attribute::Setting
            | Attribute::Role
            | Attribute::Site
            | Attribute::Region
            | Attribute::Paid => None,
        }
    }
}

/// A place and the days on which it takes minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) place: u8,
    pub(super) window: u8,
}

const NONE: Target = Target { place: NOWHERE, window: 0 };

/// The sorts that were met so far, each with where its minutes go.
#[derive(Debug, Clone)]
pub struct Classes {
    /// Where most go: to one place, or nowhere.
    pub(super) first: Vec<Target>,
    /// Further places of rules whose hours are shared, by class.
    pub(super) more: Vec<Vec<Target>>,
    /// Whether any class has further places.
    pub(super) any_more: bool,
}

impl Default for Classes {
    fn default() -> Self {
        // The first class is for what cannot be numbered any more.
        Self { first: vec![Target { place: TORN, window: 0 }], more: vec![Vec::new()], any_more: false }
    }
}

impl Classes {
    /// The class of what has these traits.
    pub fn of(&mut self, program: &Program<'_>, traits: &Traits<'_>) -> u16 {
        let mut targets = targets(program, traits);
        let first = targets.pop().unwrap_or(NONE);
        let known = self.first.iter().zip(&self.more).position(|(known, more)| *known == first && *more == targets);
        if let Some(at) = known.and_then(|at| u16::try_from(at).ok()) {
            return at;
        }
        let Ok(at) = u16::try_from(self.first.len()) else { return 0 };
        self.any_more |= !targets.is_empty();
        self.first.push(first);
        self.more.push(targets);
        at
    }
}

/// Where minutes go under all rules.
fn targets(program: &Program<'_>, traits: &Traits<'_>) -> Vec<Target> {
    let certain = match traits.status {
        Some("verified" | "attested") => true,
        Some("disputed") => false,
        _ => return Vec::new(),
    };
    let torn = vec![Target { place: TORN, window: 0 }];
    let (mut targets, mut alone) = (Vec::new(), 0);
    for learned in &program.learned {
        let mut places = places(program, learned, traits).into_iter();
        let Some(place) = places.next() else { continue };
        alone += u32::from(!learned.hours.shared);
        match u8::try_from(learned.first + place) {
            Ok(place) if places.next().is_none() && certain && alone < 2 => {
                targets.push(Target { place, window: learned.window });
            }
            _ => return torn,
        }
    }
    targets
}

/// The places of one rule that take minutes with these traits, on days that count.
fn places(program: &Program<'_>, learned: &Learned<'_>, traits: &Traits<'_>) -> Vec<usize> {
    let hours = learned.hours;
    let mut found = Vec::new();
    if !takes(&hours.filter, |attribute| traits.value(attribute)) {
        return found;
    }
    let named: Vec<Option<usize>> = if traits.topics.is_empty() {
        vec![None]
    } else {
        traits.topics.iter().map(|topic| program.version.topic_ids.get(*topic).copied()).collect()
    };
    for topic in named {
        if !takes_topic(program, learned, topic, !traits.topics.is_empty()) {
            continue;
        }
        let enters = |bucket: &&Bucket| {
            let spoken_of = match &bucket.of {
                Some(filter) => takes(filter, |attribute| traits.value(attribute)),
                None => topic.is_some_and(|topic| bucket.topics.contains(&topic)),
            };
            spoken_of && takes(&bucket.filter, |attribute| traits.value(attribute))
        };
        let before = found.len();
        let own = hours.buckets.iter().enumerate().filter(|(_, bucket)| enters(bucket)).map(|(at, _)| at + 1);
        found.extend(own);
        if found.len() == before {
            found.push(0);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a rule's total takes a topic; `named`: the record names one, known or not.
fn takes_topic(program: &Program<'_>, learned: &Learned<'_>, topic: Option<usize>, named: bool) -> bool {
    let of_topics = |list: &'_ [(Attribute, Vec<String>)]| {
        list.iter().find(|(attribute, _)| *attribute == Attribute::Topic).map(|(_, topics)| topics.clone())
    };
    let filter = &learned.hours.filter;
    let only = of_topics(&filter.only);
    let Some(found) = topic.and_then(|at| program.version.topics.get(at)) else {
        return only.is_none() && (!named || learned.hours.any_topic);
    };
    !found.never_counts
        && only.is_none_or(|topics| topics.contains(&found.id))
        && !of_topics(&filter.never).is_some_and(|topics| topics.contains(&found.id))
}
