//! The common case, without a network: a rule whose records no other rule wants, no cap that bites, and no minutes that could
//! go to two places.
//!
//! Sums say the same as the flow then, for a fraction of the cost.

use super::super::pack::model::Bucket;
use super::allocate::{Candidate, Filled, Placing};
use super::gate::{Gate, Of, Side};
use super::offer::{Offer, Plan};

/// For each rule, whether sums are enough, once what is above the weeks or months is cut away.
pub(super) fn are(candidates: &[Candidate<'_, '_>], gates: &[(&Gate, Side)]) -> Vec<bool> {
    // Weeks cut what enters at one place as well as anything could; months beside them would have to choose.
    let biting = |rule: usize, plan: &Plan<'_>| {
        let mut own = gates.iter().filter(|(gate, _)| gate.is_of(rule)).map(|(gate, _)| gate.of).peekable();
        let first = own.peek().copied();
        matches!(first, Some(Of::Cap | Of::SameTime))
            || first.is_some() && !plan.hours.buckets.is_empty()
            || own.any(|of| Some(of) != first)
    };
    let limited =
        |plan: &Plan<'_>| plan.hours.buckets.iter().any(|bucket| bucket.at_most.is_some() || bucket.surplus_refused);
    let mut plain: Vec<bool> = (0..)
        .zip(candidates)
        .map(|(rule, candidate)| !limited(candidate.plan) && !biting(rule, candidate.plan))
        .collect();
    let mut first: Vec<Option<usize>> = Vec::new();
    let entries = candidates.iter().map(|candidate| candidate.offers.len()).max().unwrap_or(0);
    for at in 0..entries {
        // Which rule takes each part of the entry; two that do are torn, and so is one that takes it twice.
        first.clear();
        for (rule, candidate) in candidates.iter().enumerate() {
            let parts = candidate.offers.get(at).map_or(&[][..], |offer| &offer.parts);
            first.resize(first.len().max(parts.len()), None);
            for (taker, part) in first.iter_mut().zip(parts).filter(|(_, part)| part.minutes > 0) {
                let other = taker.replace(rule);
                for torn in other.into_iter().chain((other.is_some() || part.places.len() != 1).then_some(rule)) {
                    if let Some(plain) = plain.get_mut(torn) {
                        *plain = false;
                    }
                }
            }
        }
    }
    plain
}

/// Fills a rule by sums.
pub(super) fn fill(plan: &Plan<'_>, offers: &[Offer]) -> Filled {
    let mut filled = Filled::default();
    let mut sums = vec![0_u64; plan.hours.buckets.len() + 1];
    for (entry, offer) in offers.iter().enumerate() {
        for part in offer.parts.iter().filter(|part| part.minutes > 0) {
            let Some(place) = part.places.first().copied() else { continue };
            if let Some(sum) = sums.get_mut(place) {
                *sum += part.minutes;
            }
            let mut own = filled.placings.iter_mut().rev().take_while(|placing| placing.entry == entry);
            match own.find(|placing| placing.place == place) {
                Some(placing) => placing.minutes += part.minutes,
                None => filled.placings.push(Placing { entry, place, minutes: part.minutes }),
            }
        }
    }
    filled.missing = lacking(&plan.hours.buckets, plan.goal(), |bucket| plan.is_active(bucket), sums);
    filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
    filled
}

/// What each place lacks of what a rule needs in all and its parts ask for; what it has too much goes to the one it is part of.
pub(in super::super) fn lacking(
    buckets: &[Bucket],
    need: u64,
    is_active: impl Fn(usize) -> bool,
    mut has: Vec<u64>,
) -> Vec<u64> {
    // A place's own need is what its parts do not already ask for; parts stand behind what they are part of.
    let mut inside = vec![0; buckets.len() + 1];
    let mut own = vec![0; buckets.len() + 1];
    for place in (0..=buckets.len()).rev() {
        let bucket = place.checked_sub(1).and_then(|at| buckets.get(at));
        if place > 0 && !is_active(place - 1) {
            continue;
        }
        let asked = bucket.map_or(need, |one| one.need.as_ref().map_or(0, |need| need.minutes_up));
        let below = inside.get(place).copied().unwrap_or(0);
        if let Some(own) = own.get_mut(place) {
            *own = asked.saturating_sub(below);
        }
        let above =
            bucket.filter(|bucket| !bucket.independent).map(|bucket| bucket.parent.map_or(0, |parent| parent + 1));
        if let Some(above) = above.and_then(|above| inside.get_mut(above)) {
            *above += asked.max(below);
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
