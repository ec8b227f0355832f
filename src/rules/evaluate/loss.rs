//! Minutes that an entry has lost in a rule before anything is placed: half of a repeat, what was used elsewhere, what lay at
//! the same time as another entry, what rounding takes or gives.
//!
//! A loss says how many of an entry's minutes a rule takes, not which: that is chosen with the placing, so that the fewest are
//! missing. Rules that lose alike lose the same minutes, where they want the same ones.

use std::collections::BTreeSet;

use super::super::pack::model::Rounding;
use super::allocate::Candidate;
use super::gate::{Gate, Of};
use super::offer::{Offer, rounded};

/// One thing that changes how much of an entry a rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is a repeat that counts half.
    Half,
    /// At most so many minutes are gone.
    Minutes(u64),
    /// What is left is rounded.
    Rounded(Rounding),
}

impl Step {
    fn after(self, minutes: u64) -> u64 {
        match self {
            Self::Half => minutes / 2,
            Self::Minutes(gone) => minutes.saturating_sub(gone),
            Self::Rounded(rounding) => rounded(minutes, rounding),
        }
    }
}

/// What an entry has lost in a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Loss {
    /// Minutes by part before.
    before: Vec<u64>,
    steps: Vec<Step>,
}

impl Loss {
    /// The parts with minutes to lose.
    fn parts(&self) -> BTreeSet<usize> {
        (0..).zip(&self.before).filter(|(_, minutes)| **minutes > 0).map(|(part, _)| part).collect()
    }

    /// Whether the same is lost, of none but these parts.
    fn is_like(&self, other: &Self, parts: &BTreeSet<usize>) -> bool {
        self.steps == other.steps && self.parts().is_subset(parts)
    }

    /// So much is left of so much.
    fn after(&self, minutes: u64) -> u64 {
        self.steps.iter().fold(minutes, |minutes, step| step.after(minutes))
    }
}

impl Offer {
    /// How much of a part the rule knows of: what was done, or more where it rounds up. What one rule has by rounding up is not
    /// there for rules that know of less.
    pub(super) fn known(&self, part: usize) -> u64 {
        let before = self.loss.as_ref().and_then(|loss| loss.before.get(part).copied()).unwrap_or(0);
        self.parts.get(part).map_or(0, |part| before.max(part.minutes))
    }

    /// Takes a step; answers the minutes before and after it.
    pub(super) fn take(&mut self, step: Step) -> (u64, u64) {
        let before = self.minutes();
        let after = step.after(before);
        if before != after {
            let parts = &self.parts;
            let loss = self.loss.get_or_insert_with(|| {
                let before = parts.iter().map(|part| part.minutes).collect();
                Box::new(Loss { before, steps: Vec::new() })
            });
            loss.steps.push(step);
            // Any part may be the one that keeps all there is, or that rounding adds to.
            let all: u64 = loss.before.iter().sum();
            let more = after.saturating_sub(all);
            for (part, before) in self.parts.iter_mut().zip(&loss.before).filter(|(_, before)| **before > 0) {
                part.minutes = (before + more).min(after);
            }
            self.most = Some(after);
        }
        (before, after)
    }

    /// Whether it is still to be chosen which of its minutes count.
    pub(super) fn is_open(&self) -> bool {
        self.most.is_some_and(|most| most < self.parts.iter().map(|part| part.minutes).sum())
    }
}

/// Leaves the first minutes of an entry where it makes no difference which are left: one rule wants it, at the same places.
pub(super) fn settle(candidates: &mut [Candidate<'_, '_>]) {
    let entries = candidates.iter().map(|candidate| candidate.offers.len()).max().unwrap_or(0);
    for at in 0..entries {
        let mut offers = candidates.iter_mut().filter_map(|candidate| candidate.offers.get_mut(at));
        let Some(offer) = offers.find(|offer| offer.minutes() > 0) else { continue };
        if offer.is_open() && is_even(offer) && offers.all(|other| other.minutes() == 0) {
            offer.keep(offer.minutes());
        }
    }
}

/// Whether all of its minutes may go to the same places.
fn is_even(offer: &Offer) -> bool {
    let mut places = offer.parts.iter().filter(|part| part.minutes > 0).map(|part| &part.places);
    let first = places.next();
    places.all(|other| Some(other) == first)
}

/// What a rule takes of an entry.
type Taken<'o> = (usize, &'o Offer);

/// Limits on what enters from each entry that has lost minutes, as far as its parts do not say it already.
pub(super) fn gates(candidates: &[Candidate<'_, '_>]) -> Vec<Gate> {
    let entries = candidates.iter().map(|candidate| candidate.offers.len()).max().unwrap_or(0);
    let has_lost = |at: &usize| {
        candidates.iter().filter_map(|one| one.offers.get(*at)).any(|offer| offer.minutes() > 0 && offer.loss.is_some())
    };
    (0..entries).filter(has_lost).flat_map(|at| gates_of(at, candidates)).collect()
}

fn gates_of(at: usize, candidates: &[Candidate<'_, '_>]) -> Vec<Gate> {
    let offers = candidates.iter().enumerate().filter_map(|(rule, one)| Some((rule, one.offers.get(at)?)));
    let all: Vec<Taken<'_>> = offers.filter(|(_, offer)| offer.minutes() > 0).collect();
    // Two rules that lose alike, and a third that takes more, have to be told that it is the same loss.
    if all.len() < 3 && !all.iter().any(|(_, offer)| offer.is_open()) {
        return Vec::new();
    }
    let mut gates = Vec::new();
    for (loss, parts) in losses(&all) {
        let alike = |(_, offer): &Taken<'_>| offer.loss.as_ref().is_some_and(|own| own.is_like(loss, &parts));
        let own: Vec<Taken<'_>> = all.iter().copied().filter(alike).collect();
        let before = |part: &usize| own.iter().filter_map(|(_, offer)| offer.loss.as_ref()?.before.get(*part)).max();
        let limit = loss.after(parts.iter().filter_map(before).sum());
        let room: u64 = parts.iter().map(|part| room(&own, *part).0.min(room(&all, *part).1)).sum();
        if limit < room {
            let rules = own.iter().map(|(rule, _)| *rule).collect();
            gates.push(Gate { rules, of: Of::Entry, limit, share: None, floor: None, members: BTreeSet::from([at]) });
        }
    }
    gates
}

/// What rules take of a part: all together if each had its own, and the one that takes the most.
fn room(taken: &[Taken<'_>], part: usize) -> (u64, u64) {
    let minutes = || taken.iter().filter_map(|(_, offer)| offer.parts.get(part)).map(|part| part.minutes);
    (minutes().sum(), minutes().max().unwrap_or(0))
}

/// Each way in which rules lose, with each set of parts that one of them wants, or several that want the same ones together.
fn losses<'o>(taken: &[Taken<'o>]) -> Vec<(&'o Loss, BTreeSet<usize>)> {
    let mut all: Vec<(&Loss, BTreeSet<usize>)> = Vec::new();
    for loss in taken.iter().filter_map(|(_, offer)| offer.loss.as_deref()) {
        let own = loss.parts();
        let alike = all.iter().filter(|(other, parts)| other.steps == loss.steps && !parts.is_disjoint(&own));
        let joined = alike.map(|(other, parts)| (*other, parts | &own)).collect::<Vec<_>>();
        for one in [(loss, own)].into_iter().chain(joined) {
            if !all.iter().any(|(other, parts)| other.steps == one.0.steps && *parts == one.1) {
                all.push(one);
            }
        }
    }
    all
}
