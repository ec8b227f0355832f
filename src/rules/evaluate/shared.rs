//! Rules whose topics share minutes: a minute feeds every topic its record names, and the total once.

use super::allocate::{Candidate, Filled, Placing};

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
    filled.missing.push(plan.need.saturating_sub(sum(&filled, 0)));
    for (at, bucket) in buckets.iter().enumerate() {
        let need = bucket.need.as_ref().filter(|_| plan.is_active(at)).map_or(0, |need| need.minutes_up);
        filled.missing.push(need.saturating_sub(sum(&filled, at + 1)));
    }
    filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
    filled
}

fn sum(filled: &Filled, place: usize) -> u64 {
    filled.placings.iter().filter(|placing| placing.place == place).map(|placing| placing.minutes).sum()
}
