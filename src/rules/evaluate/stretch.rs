//! `spread.at_most`: only hours inside one stretch of that length count. Every stretch that could be best is tried.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::calendar::{Length, previous_day};
use super::super::reason::Reason;
use super::allocate::{Candidate, Filled};
use super::entry::Entry;

/// Fills the candidates in the stretch that leaves the least to do; among equals the one in which most counts, then the oldest.
pub(super) fn best<'p, 'a>(
    entries: &[Entry<'_>],
    mut candidates: Vec<Candidate<'p, 'a>>,
    fill: impl Fn(&[Candidate<'p, 'a>]) -> Vec<Filled>,
) -> (Vec<Candidate<'p, 'a>>, Vec<Filled>) {
    if candidates.iter().all(|candidate| limit(candidate).is_none()) {
        let filled = fill(&candidates);
        return (candidates, filled);
    }
    let uncut: Vec<Candidate<'p, 'a>> =
        candidates.iter().map(|one| Candidate { plan: one.plan, offers: one.offers.clone() }).collect();
    let mut is_open = false;
    for at in 0..candidates.len() {
        let Some(most) = candidates.get(at).and_then(limit) else { continue };
        let whole = candidates.get(at).map(|candidate| candidate.offers.clone()).unwrap_or_default();
        let mut found: Option<((u64, u64), NaiveDate)> = None;
        for start in starts(entries, candidates.get(at), most) {
            if let Some(candidate) = candidates.get_mut(at) {
                candidate.offers.clone_from(&whole);
            }
            cut(entries, candidates.get_mut(at), start, most);
            let filled = fill(&candidates);
            is_open |= filled.iter().any(Filled::is_open);
            let missing: u64 = filled.iter().map(Filled::total_missing).sum();
            let counted: u64 = filled.iter().map(Filled::counted).sum();
            let score = (missing, u64::MAX - counted);
            if found.is_none_or(|(least, _)| score < least) {
                found = Some((score, start));
            }
        }
        if let Some(candidate) = candidates.get_mut(at) {
            candidate.offers = whole;
        }
        if let Some((_, start)) = found {
            cut(entries, candidates.get_mut(at), start, most);
        }
    }
    let mut filled = fill(&candidates);
    if is_open {
        // Another stretch could be the better one.
        filled.iter_mut().for_each(|filled| (filled.unproven, filled.least) = (true, 0));
        super::bound::note(entries, &uncut, &mut filled);
    }
    (candidates, filled)
}

fn limit(candidate: &Candidate<'_, '_>) -> Option<Length> {
    candidate.plan.hours.pace.spread.as_ref().and_then(|spread| spread.at_most)
}

/// Days on which a stretch may begin; none where all hours lie in one anyway.
fn starts(entries: &[Entry<'_>], candidate: Option<&Candidate<'_, '_>>, most: Length) -> BTreeSet<NaiveDate> {
    let Some(candidate) = candidate else { return BTreeSet::new() };
    let counting = || entries.iter().zip(&candidate.offers).filter(|(_, offer)| offer.minutes() > 0);
    let days: BTreeSet<NaiveDate> = counting().map(|(entry, _)| entry.first).collect();
    let last = counting().map(|(entry, _)| entry.last).max();
    let fits = days.first().zip(last).is_none_or(|(first, last)| last < most.after(*first));
    if fits { BTreeSet::new() } else { days }
}

/// Takes away what lies outside the stretch.
fn cut(entries: &[Entry<'_>], candidate: Option<&mut Candidate<'_, '_>>, start: NaiveDate, most: Length) {
    let Some(candidate) = candidate else { return };
    let through = previous_day(most.after(start));
    for (entry, offer) in entries.iter().zip(&mut candidate.offers) {
        if entry.first < start || entry.last > through {
            offer.refuse(Reason::OutsideWindow);
        }
    }
}
