//! Minutes carried from the term before: which count, under which topic, and up to which limit.

use std::collections::BTreeMap;

use super::super::pack::model::GENERAL;
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::super::record::CarryOver;
use super::allocate::Candidate;
use super::asked::Asked;
use super::entry::{Entry, Source};
use super::gate::{Gate, Of};
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
            crowded: false,
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

/// Limits on what was carried: of each topic, and in all.
pub(super) fn gates(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Gate> {
    let mut gates = Vec::new();
    for (rule, candidate) in candidates.iter().enumerate() {
        let Some(carry) = &candidate.plan.hours.carry else { continue };
        let mut topics: BTreeMap<&str, BTreeMap<usize, u64>> = BTreeMap::new();
        for (at, (entry, offer)) in entries.iter().zip(&candidate.offers).enumerate() {
            if let Source::Carried(fact) = entry.source
                && offer.minutes() > 0
            {
                topics.entry(fact.topic.as_deref().unwrap_or(GENERAL)).or_default().insert(at, offer.minutes());
            }
        }
        let all = topics.values().flatten().map(|(at, minutes)| (*at, *minutes)).collect();
        let of_topic = topics.iter().map(|(topic, offered)| (carry.most_of(topic), offered.clone()));
        for (limit, offered) in of_topic.chain([(carry.most(), all)]) {
            if offered.values().sum::<u64>() > limit {
                let members = offered.into_keys().collect();
                gates.push(Gate { rules: vec![rule], of: Of::Carried, limit, share: None, floor: None, members });
            }
        }
    }
    gates
}
