//! Placing minutes: one minute counts once, in the best way.
//!
//! Entries and places become a network. First every need is filled as far as it can be (maximum flow: what stays empty
//! is exactly what is missing, and the minimum cut says where); then what is left over fills totals. Caps stand before
//! the entries they speak of. Needs are filled in the pack's order, from older entries first. What a flow cannot say
//! exactly is left to `exact`; where sums say the same, `plain` and `shared` are faster.

use super::super::pack::model::{Cap, Limit};
use super::entry::Entry;
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
    /// Whether a better placing could exist: the search had to stop before it knew.
    pub(super) unproven: bool,
}

impl Filled {
    pub(super) fn total_missing(&self) -> u64 {
        self.missing.iter().sum()
    }

    /// The same with what another way of filling finds missing.
    pub(super) fn lacking(self, other: Self) -> Self {
        Self { missing: other.missing, shortfall: other.shortfall, unproven: self.unproven || other.unproven, ..self }
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
    let mut filled = placed(asked_day, entries, candidates);
    note_caps(asked_day, entries, candidates, &mut filled);
    filled
}

fn placed(day: chrono::NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Filled> {
    if super::exact::fits(day, entries, candidates) {
        return simply(day, entries, candidates);
    }
    super::exact::fill(day, entries, candidates).unwrap_or_else(|| {
        // Numbers beyond all measure: a valid placing, which says that it may not be the best.
        let filled = simply(day, entries, candidates).into_iter();
        filled.map(|filled| Filled { unproven: true, ..filled }).collect()
    })
}

/// By sums or by a flow.
fn simply(day: chrono::NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Filled> {
    if let [one] = candidates
        && one.plan.hours.topics_shared
    {
        return vec![super::shared::fill(one)];
    }
    let biting = super::exact::biting(day, entries, candidates);
    let plain = super::plain::are(candidates, &biting.iter().map(|(rule, ..)| *rule).collect::<Vec<_>>());
    let torn: Vec<usize> = (0..).zip(&plain).filter(|(_, plain)| !**plain).map(|(rule, _)| rule).collect();
    let of =
        |rule: &usize| biting.iter().filter(|(own, ..)| own == rule).map(|(_, cap, limit)| (*cap, *limit)).collect();
    let limits: Vec<Vec<(usize, u64)>> = torn.iter().map(of).collect();
    let competing: Vec<&Candidate<'_, '_>> = torn.iter().filter_map(|rule| candidates.get(*rule)).collect();
    let mut placed = match competing.as_slice() {
        [] => Vec::new(),
        _ => Network::build(entries, &competing, &limits).solve(&competing),
    }
    .into_iter();
    let each = candidates.iter().zip(plain);
    each.filter_map(|(candidate, plain)| if plain { Some(super::plain::fill(candidate)) } else { placed.next() })
        .collect()
}

/// How far each cap is used.
fn note_caps(day: chrono::NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], filled: &mut [Filled]) {
    for (candidate, filled) in candidates.iter().zip(filled) {
        let plan = candidate.plan;
        let counted = |placing: &&Placing| !plan.hours.topics_shared || placing.place == 0;
        let total = filled.placings.iter().filter(counted).map(|placing| placing.minutes).sum();
        for (number, cap) in plan.hours.caps.iter().enumerate().filter(|(_, cap)| cap.in_force.contains(day)) {
            let speaks = |entry: &Entry<'_>| cap.speaks_of(|of| entry.is_of(of));
            let used = filled.placings.iter().filter(counted).filter(|one| entries.get(one.entry).is_some_and(speaks));
            let used = used.map(|placing| placing.minutes).sum();
            filled.caps.push((number, limit_of(cap, plan.need, total), used));
        }
    }
}

/// At most so many minutes, when so many count.
pub(super) fn limit_of(cap: &Cap, need: u64, counted: u64) -> u64 {
    match &cap.limit {
        Limit::Minutes(amount) => amount.minutes_down,
        Limit::OfCounted(share) => u64::from(*share) * counted / 100,
        Limit::OfNeed(share) => u64::from(*share) * need / 100,
        Limit::NeedLess(amount) => need.saturating_sub(amount.minutes_up),
    }
}
