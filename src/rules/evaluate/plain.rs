//! The common case, without a network: one rule, no cap that bites, and no minutes that could go to two places.
//!
//! Sums say the same as the flow then, for a fraction of the cost.

use super::allocate::{Candidate, Filled, Placing};
use super::offer::Plan;

/// Fills the rule by sums, if sums are enough.
pub(super) fn fill(candidates: &[Candidate<'_, '_>]) -> Option<Filled> {
    let [candidate] = candidates else { return None };
    let plan = candidate.plan;
    let limited = plan.hours.buckets.iter().any(|bucket| bucket.at_most.is_some() || bucket.surplus_refused);
    let torn =
        candidate.offers.iter().flat_map(|offer| &offer.parts).any(|part| part.minutes > 0 && part.places.len() != 1);
    if limited || torn {
        return None;
    }
    let mut filled = Filled::default();
    let mut sums = vec![0_u64; plan.hours.buckets.len() + 1];
    for (entry, offer) in candidate.offers.iter().enumerate() {
        for part in offer.parts.iter().filter(|part| part.minutes > 0) {
            let Some(place) = part.places.first().copied() else { continue };
            if let Some(sum) = sums.get_mut(place) {
                *sum += part.minutes;
            }
            match filled.placings.iter_mut().rev().find(|placing| placing.entry == entry && placing.place == place) {
                Some(placing) => placing.minutes += part.minutes,
                None => filled.placings.push(Placing { entry, place, minutes: part.minutes }),
            }
        }
    }
    filled.missing = missing(plan, sums);
    filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
    Some(filled)
}

/// What each place lacks; what it has too much goes to the one it is part of.
fn missing(plan: &Plan<'_>, mut has: Vec<u64>) -> Vec<u64> {
    let buckets = &plan.hours.buckets;
    let mut own: Vec<u64> = vec![plan.goal()];
    own.extend(
        buckets
            .iter()
            .enumerate()
            .map(|(at, bucket)| bucket.need.as_ref().filter(|_| plan.is_active(at)).map_or(0, |need| need.minutes_up)),
    );
    // A place's own need is what its parts do not already ask for.
    let stated = own.clone();
    for (at, bucket) in buckets.iter().enumerate().filter(|(at, bucket)| plan.is_active(*at) && !bucket.independent) {
        let asked = stated.get(at + 1).copied().unwrap_or(0);
        if let Some(above) = own.get_mut(bucket.parent.map_or(0, |parent| parent + 1)) {
            *above = above.saturating_sub(asked);
        }
    }
    let mut missing = vec![0; own.len()];
    for place in (0..own.len()).rev() {
        let (need, sum) = (own.get(place).copied().unwrap_or(0), has.get(place).copied().unwrap_or(0));
        if let Some(missing) = missing.get_mut(place) {
            *missing = need.saturating_sub(sum);
        }
        let bucket = place.checked_sub(1).and_then(|at| buckets.get(at)).filter(|bucket| !bucket.independent);
        if let (Some(bucket), true) = (bucket, sum > need)
            && let Some(above) = has.get_mut(bucket.parent.map_or(0, |parent| parent + 1))
        {
            *above += sum - need;
        }
    }
    missing
}
