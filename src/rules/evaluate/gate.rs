//! Limits on some of what enters rules: caps by attribute, weeks, months, what may be carried, what an entry has left. Which of
//! them could bite, and which of them a flow can say: those that stand in front of the entries nest there, those behind them
//! nest at the place that all of them enter.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::pack::model::Limit;
use super::allocate::{Candidate, floor_of, limit_of};
use super::entry::Entry;
use super::offer::{Offer, Place};

/// What a limit is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A cap of the rule.
    Cap,
    Week,
    Month,
    /// What was carried from the term before.
    Carried,
    /// One entry that has lost minutes.
    Entry,
    /// Hours of the same time.
    SameTime,
}

/// A limit on what enters some rules, nearly always one, from some entries.
pub(super) struct Gate {
    pub(super) rules: Vec<usize>,
    pub(super) of: Of,
    /// At most so many minutes; where it is a share, as if nothing counted.
    pub(super) limit: u64,
    /// At most so many per cent of all that counts in the rule.
    pub(super) share: Option<u32>,
    /// Where it stands for a floor: once all else has so many minutes, it is no limit.
    pub(super) floor: Option<u64>,
    /// The entries it speaks of that offer something.
    pub(super) members: BTreeSet<usize>,
}

/// Where a gate stands in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Before its entries.
    Before,
    /// Behind them, before this place.
    Behind(Place),
    /// Nowhere: the network knows when its entries lie.
    Clock,
}

/// The caps that could bite.
pub(super) fn caps(day: NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Gate> {
    let mut all = Vec::new();
    for (rule, candidate) in candidates.iter().enumerate() {
        for cap in candidate.plan.hours.caps.iter().filter(|cap| cap.in_force.contains(day)) {
            let offered = entries.iter().zip(&candidate.offers).enumerate();
            let of = offered.filter(|(_, (entry, offer))| offer.minutes() > 0 && cap.speaks_of(|of| entry.is_of(of)));
            let (members, minutes): (BTreeSet<usize>, Vec<u64>) =
                of.map(|(at, (_, offer))| (at, offer.minutes())).unzip();
            let share =
                if let Limit::OfCounted(share) = cap.limit { Some(share).filter(|share| *share < 100) } else { None };
            let limit = limit_of(cap, candidate.plan.need, 0);
            let floor = floor_of(cap, candidate.plan.need);
            if !members.is_empty() && (share.is_some() || minutes.iter().sum::<u64>() > limit) {
                all.push(Gate { rules: vec![rule], of: Of::Cap, limit, share, floor, members });
            }
        }
    }
    all
}

/// Where each gate can stand so that a flow says everything; none where no flow can. Where times cross, the network has to
/// know them, and nothing else stands before their entries.
pub(super) fn sides(gates: &[Gate], candidates: &[Candidate<'_, '_>]) -> Option<Vec<Side>> {
    let timed = || gates.iter().filter(|gate| gate.of == Of::SameTime).flat_map(|gate| gate.members.iter().copied());
    stand(gates, candidates, None).or_else(|| stand(gates, candidates, Some(&timed().collect())))
}

/// `timed`: the entries whose times the network knows.
fn stand(gates: &[Gate], candidates: &[Candidate<'_, '_>], timed: Option<&BTreeSet<usize>>) -> Option<Vec<Side>> {
    if timed.is_some_and(BTreeSet::is_empty) {
        return None;
    }
    let mut sides: Vec<Side> = Vec::new();
    for gate in gates {
        if timed.is_some() && gate.of == Of::SameTime {
            sides.push(Side::Clock);
            continue;
        }
        let mut own = gate.rules.iter().filter_map(|rule| candidates.get(*rule));
        if gate.share.is_some() || own.any(|candidate| candidate.plan.hours.topics_shared) {
            return None;
        }
        let nests = |behind: bool| {
            let others = gates.iter().zip(&sides).filter(|(other, _)| other.rules.iter().any(|rule| gate.is_of(*rule)));
            let stands = |side| if behind { matches!(side, Side::Behind(_)) } else { side == Side::Before };
            let mut same = others.filter(|(_, side)| stands(**side));
            same.all(|(other, _)| !gate.crosses(other))
        };
        let is_free = timed.is_none_or(|timed| gate.members.is_disjoint(timed));
        let side = if is_free && gate.is_alone(candidates) && nests(false) {
            Side::Before
        } else {
            let place = gate.lone_place(candidates).filter(|_| gate.of != Of::Cap && nests(true));
            Side::Behind(place?)
        };
        sides.push(side);
    }
    Some(sides)
}

impl Gate {
    pub(super) fn is_of(&self, rule: usize) -> bool {
        self.rules.contains(&rule)
    }

    /// Whether it limits the hours of a stretch of the calendar.
    pub(super) const fn is_of_time(&self) -> bool {
        matches!(self.of, Of::Week | Of::Month)
    }

    /// Whether it is a limit of the same kind on the same rules.
    pub(super) fn is_kin(&self, other: &Self) -> bool {
        (&self.rules, self.of) == (&other.rules, other.of)
    }

    /// Weeks never share minutes with other weeks, nor months with months.
    fn crosses(&self, other: &Self) -> bool {
        let apart = self.is_of_time() && self.of == other.of || self.members.is_disjoint(&other.members);
        !(apart || self.members.is_subset(&other.members) || other.members.is_subset(&self.members))
    }

    /// Whether no further rule wants what it speaks of.
    fn is_alone(&self, candidates: &[Candidate<'_, '_>]) -> bool {
        let others = || candidates.iter().enumerate().filter(|(rule, _)| !self.is_of(*rule));
        let wanted =
            |at: &usize| others().filter_map(|(_, other)| other.offers.get(*at)).any(|offer| offer.minutes() > 0);
        !self.members.iter().any(wanted)
    }

    /// The one place that all it speaks of may enter.
    fn lone_place(&self, candidates: &[Candidate<'_, '_>]) -> Option<Place> {
        let [rule] = self.rules.as_slice() else { return None };
        let offers = &candidates.get(*rule)?.offers;
        let parts = self.members.iter().filter_map(|at| offers.get(*at)).flat_map(|offer| &offer.parts);
        let mut places = parts.filter(|part| part.minutes > 0).map(|part| part.places.as_slice());
        let [place] = places.next()? else { return None };
        places.all(|other| other == [*place]).then_some(*place)
    }

    /// Cuts what is above so much away, older entries first, and answers what is left: the best there is where all enter one
    /// place and no gate crosses another, and within the limit everywhere.
    pub(super) fn cut(&self, offers: &mut [Offer], most: u64) -> u64 {
        let mut left = 0;
        for at in &self.members {
            let Some(offer) = offers.get_mut(*at) else { continue };
            offer.keep(offer.minutes().min(most - left));
            left += offer.minutes();
        }
        left
    }
}
