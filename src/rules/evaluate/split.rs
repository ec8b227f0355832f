//! Limits of weeks and months: entries are cut at the borders of the weeks and months that could be too full, so that each
//! piece lies in one of each. The pieces are placed like entries of their own, and belong to their entry again afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::allocate::{Candidate, Filled, Placing};
use super::entry::Entry;
use super::gate::{Gate, Of};
use super::offer::{Offer, Part, by_day};

/// A week or a month of the calendar.
type Stretch = (i32, u32);
/// A week and a month, where a limit could bite in them.
type Cell = (Option<Stretch>, Option<Stretch>);

/// Entries cut into pieces, with the limits that could bite.
pub(super) struct Split<'r, 'p, 'a> {
    pub(super) entries: Vec<Entry<'r>>,
    pub(super) candidates: Vec<Candidate<'p, 'a>>,
    pub(super) gates: Vec<Gate>,
    /// The entry of each piece.
    of: Vec<usize>,
}

/// The stretches that are too full, by rule.
#[derive(Default)]
struct Full {
    weeks: BTreeSet<(usize, Stretch)>,
    months: BTreeSet<(usize, Stretch)>,
}

/// The week of a day, by the year it belongs to.
fn week(day: NaiveDate) -> Stretch {
    (day.iso_week().year(), day.iso_week().week())
}

fn month(day: NaiveDate) -> Stretch {
    (day.year(), day.month())
}

impl Full {
    fn of(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Self {
        let mut full = Self::default();
        for (rule, candidate) in candidates.iter().enumerate() {
            let (per_week, per_month) = (candidate.plan.hours.per_week, candidate.plan.hours.per_month);
            if per_week.is_none() && per_month.is_none() {
                continue;
            }
            let mut cells: BTreeMap<(Stretch, Stretch), u64> = BTreeMap::new();
            for (entry, offer) in entries.iter().zip(&candidate.offers) {
                for (day, minutes) in by_day(entry, offer.minutes()) {
                    *cells.entry((week(day), month(day))).or_default() += minutes;
                }
            }
            let (mut weeks, mut months): (BTreeMap<Stretch, u64>, BTreeMap<Stretch, u64>) = Default::default();
            for ((week, month), minutes) in cells {
                *weeks.entry(week).or_default() += minutes;
                // More than its week lets in does not reach the month.
                *months.entry(month).or_default() += per_week.map_or(minutes, |most| most.min(minutes));
            }
            let above = |sums: BTreeMap<Stretch, u64>, most: Option<u64>| {
                sums.into_iter()
                    .filter(move |(_, sum)| most.is_some_and(|most| *sum > most))
                    .map(move |(of, _)| (rule, of))
            };
            full.weeks.extend(above(weeks, per_week));
            full.months.extend(above(months, per_month));
        }
        full
    }

    fn cell(&self, day: NaiveDate, rules: usize) -> Cell {
        let (week, month) = (week(day), month(day));
        let in_week = (0..rules).any(|rule| self.weeks.contains(&(rule, week)));
        let in_month = (0..rules).any(|rule| self.months.contains(&(rule, month)));
        (in_week.then_some(week), in_month.then_some(month))
    }
}

impl<'r, 'p, 'a> Split<'r, 'p, 'a> {
    /// None where no limit of a week or month could bite.
    pub(super) fn of(entries: &[Entry<'r>], candidates: &[Candidate<'p, 'a>]) -> Option<Self> {
        let full = Full::of(entries, candidates);
        if full.weeks.is_empty() && full.months.is_empty() {
            return None;
        }
        let bare = candidates.iter().map(|other| Candidate { plan: other.plan, offers: Vec::new() });
        let mut split = Self { entries: Vec::new(), candidates: bare.collect(), gates: Vec::new(), of: Vec::new() };
        let mut members: BTreeMap<(usize, bool, Stretch), BTreeSet<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for ((week, month), offers) in pieces(entry, at, candidates, &full) {
                let piece = split.entries.len();
                for (rule, (candidate, offer)) in split.candidates.iter_mut().zip(offers).enumerate() {
                    let week = week.filter(|week| full.weeks.contains(&(rule, *week))).map(|week| (rule, false, week));
                    let month =
                        month.filter(|month| full.months.contains(&(rule, *month))).map(|month| (rule, true, month));
                    for key in week.into_iter().chain(month).filter(|_| offer.minutes() > 0) {
                        members.entry(key).or_default().insert(piece);
                    }
                    candidate.offers.push(offer);
                }
                split.entries.push(*entry);
                split.of.push(at);
            }
        }
        for ((rule, is_month, _), members) in members {
            let hours = candidates.get(rule).map(|candidate| candidate.plan.hours)?;
            let (limit, of) = if is_month { (hours.per_month?, Of::Month) } else { (hours.per_week?, Of::Week) };
            split.gates.push(Gate { rules: vec![rule], of, limit, share: None, floor: None, members });
        }
        Some(split)
    }

    /// Limits on entries as limits on their pieces.
    pub(super) fn on_pieces(&self, gates: Vec<Gate>) -> Vec<Gate> {
        let pieces = |entries: &BTreeSet<usize>| {
            (0..).zip(&self.of).filter(|(_, entry)| entries.contains(entry)).map(|(piece, _)| piece).collect()
        };
        gates.into_iter().map(|gate| Gate { members: pieces(&gate.members), ..gate }).collect()
    }

    /// What became of the entries, from what became of their pieces.
    pub(super) fn joined(&self, mut filled: Vec<Filled>) -> Vec<Filled> {
        for filled in &mut filled {
            let mut placed: BTreeMap<(usize, usize), u64> = BTreeMap::new();
            for placing in &filled.placings {
                let Some(entry) = self.of.get(placing.entry) else { continue };
                *placed.entry((placing.place, *entry)).or_default() += placing.minutes;
            }
            let whole =
                |pieces: &BTreeSet<usize>| pieces.iter().filter_map(|piece| self.of.get(*piece).copied()).collect();
            (filled.full, filled.crowded) = (whole(&filled.full), whole(&filled.crowded));
            let whole = placed.into_iter().map(|((place, entry), minutes)| Placing { entry, place, minutes });
            filled.placings = whole.collect();
        }
        filled
    }
}

/// An entry by cells, with what each piece offers to each rule.
fn pieces(entry: &Entry<'_>, at: usize, candidates: &[Candidate<'_, '_>], full: &Full) -> BTreeMap<Cell, Vec<Offer>> {
    let mut pieces: BTreeMap<Cell, Vec<Offer>> = BTreeMap::new();
    let nothing = vec![Offer::default(); candidates.len()];
    for (rule, candidate) in candidates.iter().enumerate() {
        let Some(offer) = candidate.offers.get(at) else { continue };
        let mut sizes: BTreeMap<Cell, u64> = BTreeMap::new();
        for (day, minutes) in by_day(entry, offer.minutes()).filter(|(_, minutes)| *minutes > 0) {
            *sizes.entry(full.cell(day, candidates.len())).or_default() += minutes;
        }
        // Only work has several days, and all of it is one part.
        let one = sizes.len() == 1;
        for (cell, minutes) in sizes {
            let parts = offer.parts.iter().map(|part| Part { minutes, places: part.places.clone() });
            let piece = if one { offer.clone() } else { Offer { parts: parts.collect(), ..Offer::default() } };
            if let Some(slot) = pieces.entry(cell).or_insert_with(|| nothing.clone()).get_mut(rule) {
                *slot = piece;
            }
        }
    }
    pieces
}
