//! Minutes carried from the term before: which count, under which topic, and up to which limit.

use std::collections::BTreeMap;

use super::super::pack::model::{Carry, GENERAL};
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::super::record::CarryOver;
use super::asked::Asked;
use super::entry::{Entry, Source};
use super::offer::{Offer, Part, Plan};

/// The carried minutes of a record, where a renewal asks about them.
pub(super) fn entries<'a>(asked: &Asked<'a>) -> Vec<Entry<'a>> {
    if asked.question.purpose != Purpose::Renewal {
        return Vec::new();
    }
    let ours = asked.record.carry_over.iter().filter(|fact| fact.credential == asked.version.credential);
    let mut entries: Vec<Entry<'a>> = ours
        .map(|fact| Entry {
            id: &fact.id,
            first: fact.from_term,
            last: fact.from_term,
            source: Source::Carried(fact),
            overlapping: 0,
        })
        .collect();
    entries.sort_by_key(|entry| (entry.first, entry.id));
    entries
}

/// What a carried entry offers to a rule; nothing where the rule takes none.
pub(super) fn offer(asked: &Asked<'_>, plan: &Plan<'_>, fact: &CarryOver) -> Offer {
    let minutes = u64::from(fact.minutes);
    let refused = |reason| Offer { lost: vec![(minutes, reason)], steps: 1, ..Offer::default() };
    let Some(carry) = &plan.hours.carry else { return Offer::default() };
    if !is_from_last_term(asked, fact) || fact.generation > carry.generations {
        return refused(Reason::OutsideWindow);
    }
    let earned = fact.topic.as_deref().unwrap_or(GENERAL);
    let Some(topic) = fact.as_topic.as_deref().or_else(|| carry.carried_as(earned)) else {
        return refused(Reason::TopicNotAccepted);
    };
    let known = asked.version.topic_named(topic);
    if known.is_none() && topic != GENERAL || !plan.takes(asked, known, known.is_some()) {
        return refused(Reason::TopicNotAccepted);
    }
    let buckets = plan.hours.buckets.iter().enumerate();
    let mut places: Vec<usize> = buckets
        .filter(|(at, bucket)| plan.is_active(*at) && known.is_some_and(|topic| bucket.topics.contains(&topic)))
        .map(|(at, _)| at + 1)
        .collect();
    if places.is_empty() {
        places.push(0);
    }
    Offer { parts: vec![Part { minutes, places }], steps: u8::MAX, ..Offer::default() }
}

/// Only the term right before the one that runs hands anything on.
fn is_from_last_term(asked: &Asked<'_>, fact: &CarryOver) -> bool {
    let Some(term) = asked.moments.term() else { return false };
    let before = asked.moments.terms.iter().rev().nth(1);
    before.map_or(fact.from_term < term.from, |before| fact.from_term == before.from)
}

/// Lets no more count than may be carried: of each topic, then in all; older entries first.
pub(super) fn limit(carry: &Carry, entries: &[Entry<'_>], offers: &mut [Offer]) {
    let (mut of_topic, mut of_all): (BTreeMap<&str, u64>, u64) = (BTreeMap::new(), 0);
    for (entry, offer) in entries.iter().zip(offers) {
        let Source::Carried(fact) = entry.source else { continue };
        let topic = fact.topic.as_deref().unwrap_or(GENERAL);
        let used = of_topic.entry(topic).or_default();
        let room = carry.most_of(topic).saturating_sub(*used).min(carry.most().saturating_sub(of_all));
        let taken = offer.minutes().min(room);
        *used += taken;
        of_all += taken;
        offer.lose(offer.minutes() - taken, Reason::CapReached);
    }
}
