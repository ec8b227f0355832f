//! Placing minutes: one minute counts once, in the best way.
//!
//! Entries and places become a network. First every need is filled as far as it can be (maximum flow: what stays empty
//! is exactly what is missing, and the minimum cut says where); then what is left over fills totals. Caps stand before
//! the entries they speak of. Needs are filled in the pack's order, from older entries first. What a flow cannot say
//! exactly is left to `exact`; where sums say the same, `plain` and `shared` are faster.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::pack::model::{Cap, Limit};
use super::entry::Entry;
use super::exact::Floors;
use super::gate::{self, Gate, Of, Side};
use super::network::Network;
use super::offer::{Offer, Place, Plan};
use super::overlap::Clock;
use super::split::Split;

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
    /// Entries in a week or month that is full, or of what was carried where no more may be.
    pub(super) full: BTreeSet<usize>,
    /// Entries of a time that is full.
    pub(super) crowded: BTreeSet<usize>,
    /// Whether a better placing could exist: the search had to stop before it knew.
    pub(super) unproven: bool,
    /// So much is missing in any placing, where a better one could exist.
    pub(super) least: u64,
}

impl Filled {
    pub(super) fn total_missing(&self) -> u64 {
        self.missing.iter().sum()
    }

    /// The same with what another way of filling finds missing.
    pub(super) fn lacking(self, other: Self) -> Self {
        let unproven = self.unproven || other.unproven;
        Self { missing: other.missing, shortfall: other.shortfall, unproven, least: other.least, ..self }
    }

    /// Whether nobody knows if something is missing: it is here, and need not be in a better placing.
    pub(super) fn is_open(&self) -> bool {
        self.unproven && self.least == 0 && self.total_missing() > 0
    }

    /// Each minute that counts once, also where it feeds several topics.
    pub(super) fn entering(&self, plan: &Plan<'_>) -> impl Iterator<Item = &Placing> {
        let shared = plan.hours.topics_shared;
        self.placings.iter().filter(move |placing| !shared || placing.place == 0)
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
pub(super) fn fill(day: NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Filled> {
    let mut filled = match Split::of(entries, candidates) {
        None => {
            let mut gates = limits(day, entries, candidates);
            gates.append(&mut super::loss::gates(candidates));
            gates.append(&mut super::overlap::gates(entries, candidates));
            placed(entries, candidates, &gates)
        }
        Some(mut split) => {
            let mut gates = limits(day, &split.entries, &split.candidates);
            gates.append(&mut split.gates);
            gates.append(&mut split.on_pieces(super::loss::gates(candidates)));
            gates.append(&mut split.on_pieces(super::overlap::gates(entries, candidates)));
            split.joined(placed(&split.entries, &split.candidates, &gates))
        }
    };
    note_caps(day, entries, candidates, &mut filled);
    filled
}

/// The limits that could bite, but for those of weeks and months, of single entries and of hours of the same time.
fn limits(day: NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Gate> {
    let mut gates = gate::caps(day, entries, candidates);
    gates.append(&mut super::carried::gates(entries, candidates));
    gates
}

fn placed(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], gates: &[Gate]) -> Vec<Filled> {
    let mut filled = match gate::sides(gates, candidates).filter(|_| !super::exact::is_torn(entries, candidates)) {
        Some(sides) => simply(entries, candidates, &gates.iter().zip(sides).collect::<Vec<_>>()),
        None => super::exact::fill(entries, candidates, gates, Floors::AsLimits)
            .unwrap_or_else(|least| roughly(entries, candidates, gates, least)),
    };
    if gates.iter().any(|gate| gate.floor.is_some()) && filled.iter().any(|filled| filled.total_missing() > 0) {
        filled = above_floors(entries, candidates, gates, filled);
    }
    note_full(candidates, gates, &mut filled);
    super::bound::note(entries, candidates, &mut filled);
    super::older::first(candidates, gates, &mut filled);
    filled
}

/// Hours above the need may serve a floor, too. Where that leaves less to do, or something else, than floors taken as limits
/// on the rest, it is what counts.
fn above_floors(
    entries: &[Entry<'_>],
    candidates: &[Candidate<'_, '_>],
    gates: &[Gate],
    limited: Vec<Filled>,
) -> Vec<Filled> {
    let free = match super::exact::fill(entries, candidates, gates, Floors::AsMinima) {
        Ok(free) => free,
        Err(least) => return unproven(limited, least),
    };
    let missing = |all: &[Filled]| all.iter().map(Filled::total_missing).sum::<u64>();
    let is_proven = free.iter().all(|filled| !filled.unproven);
    let is_same = limited.iter().zip(&free).all(|(limited, free)| limited.missing == free.missing);
    if missing(&free) < missing(&limited) || is_proven && !is_same {
        return free;
    }
    let least = free.iter().map(|filled| filled.least).collect::<Vec<_>>();
    limited.into_iter().zip(least).map(|(filled, least)| Filled { unproven: !is_proven, least, ..filled }).collect()
}

/// Where numbers grow beyond all measure: a valid placing, which says that it may not be the best.
fn roughly(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], gates: &[Gate], least: u64) -> Vec<Filled> {
    let same = candidates.iter().map(|one| Candidate { plan: one.plan, offers: one.offers.clone() });
    let mut candidates: Vec<Candidate<'_, '_>> = same.collect();
    for gate in gates {
        // What one rule may take of a limit that several share, the next may not.
        let mut room = gate.limit;
        for rule in &gate.rules {
            if let Some(candidate) = candidates.get_mut(*rule) {
                room -= gate.cut(&mut candidate.offers, room);
            }
        }
    }
    unproven(simply(entries, &candidates, &[]), least)
}

/// Placings that may not be the best. What several rules lack at least together says nothing of one of them.
fn unproven(filled: Vec<Filled>, least: u64) -> Vec<Filled> {
    let least = if filled.len() == 1 { least } else { 0 };
    filled.into_iter().map(|filled| Filled { unproven: true, least, ..filled }).collect()
}

/// By sums or by a flow.
pub(super) fn simply(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], gates: &[(&Gate, Side)]) -> Vec<Filled> {
    if let [one] = candidates
        && one.plan.hours.topics_shared
    {
        return vec![super::shared::fill(one)];
    }
    let plain = super::plain::are(candidates, gates);
    let torn: Vec<usize> = (0..).zip(&plain).filter(|(_, plain)| !**plain).map(|(rule, _)| rule).collect();
    let of = |rule: usize| gates.iter().filter(move |(gate, _)| gate.is_of(rule));
    // A gate of several rules stands with the first.
    let own = |rule: usize| of(rule).filter(move |(gate, _)| gate.rules.first() == Some(&rule));
    let limits: Vec<Vec<(&Gate, Side)>> = torn.iter().map(|rule| own(*rule).copied().collect()).collect();
    let competing: Vec<&Candidate<'_, '_>> = torn.iter().filter_map(|rule| candidates.get(*rule)).collect();
    let mut placed = match competing.as_slice() {
        [] => Vec::new(),
        _ => {
            let clock = Clock::of(entries, candidates, gates);
            Network::build(entries, &competing, &limits, &clock).solve(&competing)
        }
    }
    .into_iter();
    let mut filled = Vec::new();
    for ((rule, candidate), plain) in candidates.iter().enumerate().zip(plain) {
        if !plain {
            filled.extend(placed.next());
        } else if of(rule).next().is_none() {
            filled.push(super::plain::fill(candidate.plan, &candidate.offers));
        } else {
            let mut offers = candidate.offers.clone();
            for (gate, _) in of(rule) {
                gate.cut(&mut offers, gate.limit);
            }
            filled.push(super::plain::fill(candidate.plan, &offers));
        }
    }
    filled
}

/// The entries that a full week or month, or a limit on what is carried, has kept out of a rule.
fn note_full(candidates: &[Candidate<'_, '_>], gates: &[Gate], filled: &mut [Filled]) {
    for (rule, (candidate, filled)) in candidates.iter().zip(filled).enumerate() {
        for gate in gates.iter().filter(|gate| gate.is_of(rule) && (gate.is_of_time() || gate.of == Of::Carried)) {
            let inside = filled.entering(candidate.plan).filter(|placing| gate.members.contains(&placing.entry));
            if inside.map(|placing| placing.minutes).sum::<u64>() >= gate.limit {
                filled.full.extend(&gate.members);
            }
        }
    }
}

/// How far each cap is used.
fn note_caps(day: NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], filled: &mut [Filled]) {
    for (candidate, filled) in candidates.iter().zip(filled) {
        let plan = candidate.plan;
        let total = filled.entering(plan).map(|placing| placing.minutes).sum();
        for (number, cap) in plan.hours.caps.iter().enumerate().filter(|(_, cap)| cap.in_force.contains(day)) {
            let speaks = |entry: &Entry<'_>| cap.speaks_of(|of| entry.is_of(of));
            let used = filled.entering(plan).filter(|one| entries.get(one.entry).is_some_and(speaks));
            let used = used.map(|placing| placing.minutes).sum();
            let limit = match floor_of(cap, plan.need) {
                // With more hours than are needed, more may be of the rest. (A share may still hold back hours that serve the floor.)
                Some(floor) if used > limit_of(cap, plan.need, total) => {
                    (total + filled.total_missing()).saturating_sub(floor).max(used)
                }
                _ => limit_of(cap, plan.need, total),
            };
            filled.caps.push((number, limit, used));
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

/// What a floor in minutes asks for; none: the cap is no floor, or one of a share of what counts.
pub(super) fn floor_of(cap: &Cap, need: u64) -> Option<u64> {
    let is_share = matches!(cap.limit, Limit::OfCounted(_));
    (cap.others && !is_share).then(|| need - limit_of(cap, need, 0))
}
