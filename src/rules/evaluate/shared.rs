//! Rules whose topics share minutes: a minute feeds every topic its record names, and the total once.

use super::super::pack::model::RoundingScope;
use super::allocate::{Candidate, Filled, Placing};
use super::offer::{Plan, goal};

/// Fills one such rule by plain sums. Limits hold for older entries first.
pub(super) fn fill(candidate: &Candidate<'_, '_>) -> Filled {
    let plan = candidate.plan;
    let buckets = &plan.hours.buckets;
    let mut filled = Filled::default();
    for (entry, offer) in candidate.offers.iter().enumerate() {
        let minutes = offer.minutes();
        if minutes > 0 {
            filled.placings.push(Placing { entry, place: 0, minutes });
        }
        for (at, bucket) in buckets.iter().enumerate() {
            let feeds = offer.parts.iter().filter(|part| part.places.contains(&(at + 1)));
            let room = bucket
                .at_most
                .as_ref()
                .map_or(u64::MAX, |limit| limit.minutes_down.saturating_sub(sum(&filled, at + 1)));
            let minutes = feeds.map(|part| part.minutes).sum::<u64>().min(room);
            if minutes > 0 {
                filled.placings.push(Placing { entry, place: at + 1, minutes });
            }
        }
    }
    filled.missing = vec![plan.goal().saturating_sub(sum(&filled, 0)); buckets.len() + 1];
    note_missing(&mut filled, plan);
    filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
    filled
}

/// What each topic lacks by itself, where minutes feed all topics they name.
pub(super) fn note_missing(filled: &mut Filled, plan: &Plan<'_>) {
    if !plan.hours.topics_shared {
        return;
    }
    for (at, bucket) in plan.hours.buckets.iter().enumerate() {
        let need = bucket.need.as_ref().filter(|_| plan.is_active(at)).map_or(0, |need| need.minutes_up);
        let lacks = goal(need, plan.hours, RoundingScope::Topic).saturating_sub(sum(filled, at + 1));
        if let Some(missing) = filled.missing.get_mut(at + 1) {
            *missing = lacks;
        }
    }
}

fn sum(filled: &Filled, place: usize) -> u64 {
    filled.placings.iter().filter(|placing| placing.place == place).map(|placing| placing.minutes).sum()
}
