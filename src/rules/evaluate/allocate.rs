//! Placing minutes: one minute counts once, in the best way.
//!
//! Entries and places become a network. First every need is filled as far as it can be (maximum flow: what stays empty
//! is exactly what is missing, and the minimum cut says where); then what is left over fills totals. Caps stand before
//! the entries they speak of. Needs are filled in the pack's order, from older entries first.

use super::super::pack::model::{Cap, Limit};
use super::entry::Entry;
use super::flow::PLENTY;
use super::network::Network;
use super::offer::{Offer, Place, Plan};

/// Minutes of an entry placed in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placing {
    pub(super) entry: usize,
    pub(super) place: Place,
    pub(super) minutes: u64,
}

/// What became of one rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    pub(super) placings: Vec<Placing>,
    /// Missing minutes by place: the total itself, then its buckets.
    pub(super) missing: Vec<u64>,
    /// Sets of places that are short together, with the minutes.
    pub(super) shortfall: Vec<(Vec<Place>, u64)>,
    /// Limits and use of caps, by the cap's number.
    pub(super) caps: Vec<(usize, u64, u64)>,
}

impl Filled {
    pub(super) fn total_missing(&self) -> u64 {
        self.missing.iter().sum()
    }

    pub(super) fn counted(&self) -> u64 {
        self.placings.iter().map(|placing| placing.minutes).sum()
    }
}

/// A rule with what every entry offers to it.
pub(super) struct Candidate<'p, 'a> {
    pub(super) plan: &'p Plan<'a>,
    pub(super) offers: Vec<Offer>,
}

/// Fills the rules that share entries; answers one result for each.
pub(super) fn fill(
    asked_day: chrono::NaiveDate,
    entries: &[Entry<'_>],
    candidates: &[Candidate<'_, '_>],
) -> Vec<Filled> {
    if let Some(filled) = super::plain::fill(candidates) {
        return vec![filled];
    }
    let caps = |needed: bool, totals: &[u64]| -> Vec<Vec<(usize, u64)>> {
        let limits = candidates.iter().zip(totals).map(|(candidate, total)| {
            let need = candidate.plan.need;
            let total = if needed { (*total).max(need) } else { *total };
            let all = candidate.plan.hours.caps.iter().enumerate().filter(|(_, cap)| cap.in_force.contains(asked_day));
            all.map(|(at, cap)| (at, limit_of(cap, need, total))).collect()
        });
        limits.collect()
    };
    let solved =
        |needed: bool, totals: &[u64]| Network::build(entries, candidates, &caps(needed, totals)).solve(candidates);
    let free = solved(false, &vec![PLENTY / 200; candidates.len()]);
    let of_share = |cap: &Cap| matches!(cap.limit, Limit::OfCounted(_));
    if !candidates.iter().any(|candidate| candidate.plan.hours.caps.iter().any(of_share)) {
        return free;
    }
    let counted = |totals: &[u64]| -> Vec<u64> { solved(false, totals).iter().map(Filled::counted).collect() };
    let totals = agreed(free.iter().map(Filled::counted).collect(), counted);
    let mut filled = solved(false, &totals);
    // What is missing is asked of the total that would be reached, not of the one there is.
    for (filled, hopeful) in filled.iter_mut().zip(solved(true, &totals)) {
        (filled.missing, filled.shortfall) = (hopeful.missing, hopeful.shortfall);
    }
    filled
}

/// The largest totals that agree with caps that are shares of them.
fn agreed(free: Vec<u64>, counted: impl Fn(&[u64]) -> Vec<u64>) -> Vec<u64> {
    if let [most] = free.as_slice() {
        // What counts grows ever more slowly with the total, so what agrees is everything up to one point.
        let (mut low, mut high) = (0, *most);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let agrees = counted(&[middle]).first().is_some_and(|counted| *counted >= middle);
            (low, high) = if agrees { (middle, high) } else { (low, middle - 1) };
        }
        return vec![low];
    }
    let mut totals = free;
    loop {
        let now: Vec<u64> = counted(&totals).iter().zip(&totals).map(|(now, before)| *now.min(before)).collect();
        if now == totals {
            return totals;
        }
        totals = now;
    }
}

fn limit_of(cap: &Cap, need: u64, counted: u64) -> u64 {
    match &cap.limit {
        Limit::Minutes(amount) => amount.minutes_down,
        Limit::OfCounted(share) => u64::from(*share) * counted / 100,
        Limit::OfNeed(share) => u64::from(*share) * need / 100,
    }
}
