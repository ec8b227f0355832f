//! Placing where a flow does not say everything: caps that cross, caps beside other rules, records that stay whole,
//! shares of the counted total, rounding by topic.
//!
//! Minutes that may go to the same places under the same caps are one lot; the fewest further minutes that would do,
//! then the best use of what is there, are an integer program over lots. `fits` says where sums or a flow are enough.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pack::model::{Cap, Limit, RoundingScope};
use super::allocate::{Candidate, Filled, Placing, limit_of};
use super::entry::Entry;
use super::integer::{Program, Solution};
use super::offer::{Place, Plan, goal, lift};

/// A cap of one rule: its number, and the entries it speaks of that offer something.
pub(super) struct Capped<'c> {
    rule: usize,
    number: usize,
    cap: &'c Cap,
    members: BTreeSet<usize>,
}

impl Capped<'_> {
    fn is_share(&self) -> bool {
        matches!(self.cap.limit, Limit::OfCounted(share) if share < 100)
    }
}

/// The caps that could bite, as rule, number and limit.
pub(super) fn biting(
    day: chrono::NaiveDate,
    entries: &[Entry<'_>],
    candidates: &[Candidate<'_, '_>],
) -> Vec<(usize, usize, u64)> {
    let limit = |capped: &Capped<'_>| {
        let need = candidates.get(capped.rule).map_or(0, |candidate| candidate.plan.need);
        (capped.rule, capped.number, limit_of(capped.cap, need, 0))
    };
    caps(day, entries, candidates).iter().map(limit).collect()
}

/// The caps that could bite.
fn caps<'c>(day: chrono::NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, 'c>]) -> Vec<Capped<'c>> {
    let mut all = Vec::new();
    for (rule, candidate) in candidates.iter().enumerate() {
        let hours = candidate.plan.hours;
        for (number, cap) in hours.caps.iter().enumerate().filter(|(_, cap)| cap.in_force.contains(day)) {
            let offered = entries.iter().zip(&candidate.offers).enumerate();
            let of = offered.filter(|(_, (entry, offer))| offer.minutes() > 0 && cap.speaks_of(|of| entry.is_of(of)));
            let (members, minutes): (BTreeSet<usize>, Vec<u64>) =
                of.map(|(at, (_, offer))| (at, offer.minutes())).unzip();
            let capped = Capped { rule, number, cap, members };
            let bites = capped.is_share() || minutes.iter().sum::<u64>() > limit_of(cap, candidate.plan.need, 0);
            if bites && !capped.members.is_empty() {
                all.push(capped);
            }
        }
    }
    all
}

/// Whether sums or a flow say everything about these rules.
pub(super) fn fits(day: chrono::NaiveDate, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> bool {
    let torn = |at: usize| -> usize {
        let offers = candidates.iter().filter_map(|candidate| candidate.offers.get(at));
        offers.flat_map(|offer| &offer.parts).filter(|part| part.minutes > 0).map(|part| part.places.len()).sum()
    };
    let whole = candidates.iter().any(|candidate| candidate.plan.hours.whole);
    if whole && (0..entries.len()).any(|at| torn(at) > 1) {
        return false;
    }
    if candidates.iter().any(|candidate| rounds_topics(candidate.plan)) {
        return false;
    }
    let caps = caps(day, entries, candidates);
    let elsewhere = |capped: &Capped<'_>, at: &usize| {
        let others = candidates.iter().enumerate().filter(|(rule, _)| *rule != capped.rule);
        others.filter_map(|(_, other)| other.offers.get(*at)).any(|offer| offer.minutes() > 0)
    };
    let crosses = |a: &Capped<'_>, b: &Capped<'_>| {
        a.rule == b.rule
            && !a.members.is_disjoint(&b.members)
            && !a.members.is_subset(&b.members)
            && !b.members.is_subset(&a.members)
    };
    caps.iter().enumerate().all(|(number, capped)| {
        !capped.is_share()
            && !candidates.get(capped.rule).is_some_and(|candidate| candidate.plan.hours.topics_shared)
            && !capped.members.iter().any(|at| elsewhere(capped, at))
            && !caps.iter().skip(number + 1).any(|other| crosses(capped, other))
    })
}

pub(super) fn rounds_topics(plan: &Plan<'_>) -> bool {
    let hours = plan.hours;
    !hours.buckets.is_empty() && hours.rounding.is_some_and(|rounding| rounding.scope == RoundingScope::Topic)
}

/// How minutes enter a rule: where topics are exclusive one place, else all that they feed at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) rule: usize,
    pub(super) places: Vec<Place>,
}

/// Minutes that are alike: the same ways, the same caps, and one size where records stay whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alike {
    pub(super) ways: Vec<Way>,
    caps: Vec<usize>,
    /// The size of a piece that is not split.
    pub(super) piece: Option<u64>,
    /// Minutes by rule, where rules take different amounts of the same record: such a lot stands alone.
    pub(super) uneven: Option<(usize, usize, Vec<u64>)>,
}

#[derive(Debug, Default)]
pub(super) struct Lot {
    /// Entry and minutes, older first.
    pub(super) members: Vec<(usize, u64)>,
    /// Column of the minutes that go nowhere.
    pub(super) unplaced: usize,
    /// Columns of minutes by way.
    pub(super) minutes: Vec<usize>,
    /// Columns of the minutes of whole pieces by way.
    pub(super) pieces: Vec<usize>,
}

impl Lot {
    pub(super) fn total(&self) -> u64 {
        self.members.iter().map(|(_, minutes)| minutes).sum()
    }
}

/// Fills the rules; none where the limits contradict each other or the numbers grow too large.
pub(super) fn fill(
    day: chrono::NaiveDate,
    entries: &[Entry<'_>],
    candidates: &[Candidate<'_, '_>],
) -> Option<Vec<Filled>> {
    let caps = caps(day, entries, candidates);
    let share = caps.iter().any(Capped::is_share);
    let filled = Model::build(entries, candidates, &caps, false).filled()?;
    if !share {
        return Some(filled);
    }
    // What is missing is asked of the total that would be reached, what counts of the total there is.
    let reached = Model::build(entries, candidates, &caps, true).filled()?;
    Some(filled.into_iter().zip(reached).map(|(filled, reached)| filled.lacking(reached)).collect())
}

pub(super) struct Model<'m, 'p, 'a, 'c> {
    pub(super) candidates: &'m [Candidate<'p, 'a>],
    pub(super) caps: &'m [Capped<'c>],
    pub(super) program: Program,
    pub(super) lots: BTreeMap<Alike, Lot>,
    /// Further minutes, by rule and place; one for the whole rule where topics are shared.
    further: Vec<Vec<Option<usize>>>,
}

impl<'m, 'p, 'a, 'c> Model<'m, 'p, 'a, 'c> {
    fn build(
        entries: &[Entry<'_>],
        candidates: &'m [Candidate<'p, 'a>],
        caps: &'m [Capped<'c>],
        reached: bool,
    ) -> Self {
        let mut model =
            Self { candidates, caps, program: Program::default(), lots: BTreeMap::new(), further: Vec::new() };
        for at in 0..entries.len() {
            model.add_entry(at);
        }
        let places: usize = candidates.iter().map(|candidate| candidate.plan.hours.buckets.len() + 1).sum();
        model.add_lots(places);
        model.add_further();
        for rule in 0..candidates.len() {
            model.add_needs(rule);
        }
        for capped in caps {
            model.add_cap(capped, reached);
        }
        model
    }

    fn add_entry(&mut self, at: usize) {
        let offers: Vec<_> = self.candidates.iter().map(|candidate| candidate.offers.get(at)).collect();
        let parts = offers.iter().flatten().map(|offer| offer.parts.len()).max().unwrap_or(0);
        for number in 0..parts {
            let (mut ways, mut minutes, mut whole) = (Vec::new(), Vec::new(), false);
            for (rule, (candidate, offer)) in self.candidates.iter().zip(&offers).enumerate() {
                let part = offer.and_then(|offer| offer.parts.get(number)).filter(|part| part.minutes > 0);
                minutes.push(part.map_or(0, |part| part.minutes));
                let Some(part) = part else { continue };
                whole |= candidate.plan.hours.whole;
                if candidate.plan.hours.topics_shared {
                    ways.push(Way { rule, places: part.places.clone() });
                } else {
                    ways.extend(part.places.iter().map(|place| Way { rule, places: vec![*place] }));
                }
            }
            let Some(most) = minutes.iter().max().copied().filter(|_| !ways.is_empty()) else { continue };
            let even = minutes.iter().all(|minutes| *minutes == 0 || *minutes == most);
            let caps = self.caps.iter().enumerate().filter(|(_, capped)| capped.members.contains(&at));
            let alike = Alike {
                caps: caps.map(|(number, _)| number).collect(),
                piece: (whole && ways.len() > 1).then_some(most),
                uneven: (!even).then_some((at, number, minutes)),
                ways,
            };
            self.lots.entry(alike).or_default().members.push((at, most));
        }
    }

    /// Columns and limits of the lots; what stays unplaced costs, more so where older records lie in it.
    fn add_lots(&mut self, places: usize) {
        let mut order: Vec<(usize, Alike)> =
            self.lots.iter().filter_map(|(alike, lot)| Some((lot.members.first()?.0, alike.clone()))).collect();
        order.sort();
        let many = u64::try_from(order.len()).unwrap_or(0);
        for (rank, (_, alike)) in (0_u64..).zip(order) {
            let Some(lot) = self.lots.get_mut(&alike) else { continue };
            let (total, program) = (lot.total(), &mut self.program);
            let unplaced = program.column();
            lot.unplaced = unplaced;
            program.cost(places + 1, unplaced, 1);
            program.cost(places + 2, unplaced, many - rank);
            for (at, _) in (0_u64..).zip(&alike.ways) {
                let column = program.column();
                program.cost(places + 3, column, at);
                lot.minutes.push(column);
            }
            let mut all: Vec<(usize, i128)> = lot.minutes.iter().map(|column| (*column, 1)).collect();
            all.push((unplaced, 1));
            program.at_most(all.clone(), total);
            program.at_least(all, total);
            if let Some((_, _, minutes)) = &alike.uneven {
                for (rule, most) in minutes.iter().enumerate() {
                    let ways = alike.ways.iter().zip(&lot.minutes).filter(|(way, _)| way.rule == rule);
                    let terms: Vec<_> = ways.map(|(_, column)| (*column, 1)).collect();
                    if !terms.is_empty() {
                        program.at_most(terms, *most);
                    }
                }
            }
            if let Some(size) = alike.piece {
                let pieces: Vec<usize> = alike.ways.iter().map(|_| program.column_in_steps(size)).collect();
                program.at_most(pieces.iter().map(|column| (*column, 1)).collect(), total);
                for (minutes, pieces) in lot.minutes.iter().zip(&pieces) {
                    program.at_most(vec![(*minutes, 1), (*pieces, -1)], 0);
                }
                lot.pieces = pieces;
            }
        }
    }

    /// Further minutes at each place: the fewest in all, then the fewest where needs are filled first.
    fn add_further(&mut self) {
        for candidate in self.candidates {
            let plan = candidate.plan;
            let shared = plan.hours.topics_shared;
            let asked = |place: Place| place == 0 || !shared && plan.is_active(place - 1);
            let columns = (0..=plan.hours.buckets.len()).map(|place| asked(place).then(|| self.program.column()));
            let columns: Vec<Option<usize>> = columns.collect();
            self.further.push(columns);
        }
        let plans = self.candidates.iter().map(|candidate| candidate.plan);
        for (level, (rule, place)) in (1..).zip(super::network::filling_order(plans)) {
            if let Some(column) = self.further.get(rule).and_then(|columns| columns.get(place).copied().flatten()) {
                self.program.cost(0, column, 1);
                self.program.cost(level, column, 1);
            }
        }
    }

    /// Columns of minutes that enter a rule, at one place or anywhere.
    fn entering(&self, rule: usize, place: Option<Place>, cap: Option<usize>) -> Vec<(usize, i128)> {
        let mut terms = Vec::new();
        for (alike, lot) in self.lots.iter().filter(|(alike, _)| cap.is_none_or(|cap| alike.caps.contains(&cap))) {
            let ways = alike.ways.iter().zip(&lot.minutes).filter(|(way, _)| way.rule == rule);
            let here = ways.filter(|(way, _)| place.is_none_or(|place| way.places.contains(&place)));
            terms.extend(here.map(|(_, column)| (*column, 1)));
        }
        terms
    }

    pub(super) fn further_at(&self, rule: usize, place: Place) -> Option<(usize, i128)> {
        Some((self.further.get(rule)?.get(place).copied().flatten()?, 1))
    }

    fn add_needs(&mut self, rule: usize) {
        let Some(plan) = self.candidates.get(rule).map(|candidate| candidate.plan) else { return };
        if plan.hours.topics_shared {
            self.add_shared_needs(rule, plan);
        } else {
            let total = self.add_place(rule, plan, None);
            self.program.at_least(total, plan.goal());
        }
    }

    /// A further minute may feed everything at once where topics are shared.
    fn add_shared_needs(&mut self, rule: usize, plan: &Plan<'_>) {
        let further = self.further_at(rule, 0);
        let mut all = self.entering(rule, None, None);
        all.extend(further);
        self.program.at_least(all, plan.goal());
        for (at, bucket) in plan.hours.buckets.iter().enumerate().filter(|(at, _)| plan.is_active(*at)) {
            let Some(need) = &bucket.need else { continue };
            let mut terms = self.entering(rule, Some(at + 1), None);
            terms.extend(further);
            self.program.at_least(terms, goal(need.minutes_up, plan.hours, RoundingScope::Topic));
        }
    }

    /// The sum at a place with everything below it that fills it.
    fn add_place(&mut self, rule: usize, plan: &Plan<'_>, at: Option<usize>) -> Vec<(usize, i128)> {
        let place = at.map_or(0, |at| at + 1);
        let mut sum = self.entering(rule, Some(place), None);
        sum.extend(self.further_at(rule, place));
        for (child, bucket) in plan.hours.buckets.iter().enumerate() {
            if bucket.parent != at || !plan.is_active(child) {
                continue;
            }
            let below = self.add_bucket(rule, plan, child);
            if !bucket.independent {
                sum.extend(below);
            }
        }
        sum
    }

    /// A bucket's own limits; answers what it gives to the place it is part of.
    fn add_bucket(&mut self, rule: usize, plan: &Plan<'_>, at: usize) -> Vec<(usize, i128)> {
        let sum = self.add_place(rule, plan, Some(at));
        let Some(bucket) = plan.hours.buckets.get(at) else { return sum };
        let need = bucket.need.as_ref().map_or(0, |need| goal(need.minutes_up, plan.hours, RoundingScope::Topic));
        if need > 0 {
            self.program.at_least(sum.clone(), need);
        }
        if let Some(limit) = &bucket.at_most {
            self.program.at_most(sum.clone(), limit.minutes_down);
        }
        if bucket.surplus_refused {
            self.program.at_most(sum.clone(), need);
        }
        let Some(rounding) = plan.hours.rounding.filter(|_| rounds_topics(plan)) else { return sum };
        // So many whole steps fit into the sum, and a little more where rounding goes up.
        let steps = self.program.column_in_steps(rounding.step);
        let mut terms = vec![(steps, 1)];
        terms.extend(sum.into_iter().map(|(column, factor)| (column, -factor)));
        self.program.at_most(terms, lift(rounding));
        vec![(steps, 1)]
    }

    fn add_cap(&mut self, capped: &Capped<'_>, reached: bool) {
        let Some(number) = self.caps.iter().position(|other| std::ptr::eq(other, capped)) else { return };
        let inside = self.entering(capped.rule, None, Some(number));
        let Limit::OfCounted(share) = capped.cap.limit else {
            let need = self.candidates.get(capped.rule).map_or(0, |candidate| candidate.plan.need);
            self.program.at_most(inside, limit_of(capped.cap, need, 0));
            return;
        };
        let mut terms: Vec<(usize, i128)> = inside.into_iter().map(|(column, _)| (column, 100)).collect();
        let mut total = self.entering(capped.rule, None, None);
        if reached {
            total.extend(self.further.get(capped.rule).into_iter().flatten().flatten().map(|column| (*column, 1)));
        }
        terms.extend(total.into_iter().map(|(column, _)| (column, -i128::from(share))));
        self.program.at_most(terms, 0);
    }

    fn filled(self) -> Option<Vec<Filled>> {
        let found = self.program.solve_from(|| self.by_sums())?;
        let mut all: Vec<Filled> = (0..self.candidates.len()).map(|rule| self.lacking(rule, &found)).collect();
        for (alike, lot) in &self.lots {
            for (way, entry, minutes) in handed_out(alike, lot, &found) {
                let Some(filled) = all.get_mut(way.rule) else { continue };
                let shared = self.candidates.get(way.rule).is_some_and(|other| other.plan.hours.topics_shared);
                let total = shared.then_some(0).into_iter();
                for place in total.chain(way.places.iter().copied().filter(|place| !shared || *place > 0)) {
                    match filled.placings.iter_mut().find(|one| one.entry == entry && one.place == place) {
                        Some(one) => one.minutes += minutes,
                        None => filled.placings.push(Placing { entry, place, minutes }),
                    }
                }
            }
        }
        for (filled, candidate) in all.iter_mut().zip(self.candidates) {
            super::shared::note_missing(filled, candidate.plan);
            filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
        }
        Some(all)
    }

    /// What is missing in a rule, and which of its places are short together.
    fn lacking(&self, rule: usize, found: &Solution) -> Filled {
        let columns = self.further.get(rule).map_or(&[][..], Vec::as_slice);
        let missing: Vec<u64> = columns.iter().map(|column| column.map_or(0, |column| found.of(column))).collect();
        let mut filled = Filled { missing, unproven: !found.proven, ..Filled::default() };
        let mut sets: Vec<BTreeSet<Place>> = Vec::new();
        let short = |place: &Place| filled.missing.get(*place).is_some_and(|missing| *missing > 0);
        for place in (1..filled.missing.len()).filter(short) {
            if sets.iter().any(|set| set.contains(&place)) {
                continue;
            }
            let mut set = self.rivals(rule, place, found);
            sets.retain(|other| {
                let apart = other.is_disjoint(&set);
                if !apart {
                    set.extend(other);
                }
                apart
            });
            sets.push(set);
        }
        sets.sort();
        let sum = |set: &BTreeSet<Place>| set.iter().filter_map(|place| filled.missing.get(*place)).sum::<u64>();
        filled.shortfall =
            sets.iter().filter(|set| set.len() > 1).map(|set| (set.iter().copied().collect(), sum(set))).collect();
        filled
    }

    /// The places whose minutes could have gone to this one instead, and so on.
    fn rivals(&self, rule: usize, place: Place, found: &Solution) -> BTreeSet<Place> {
        let (mut set, mut open) = (BTreeSet::from([place]), vec![place]);
        while let Some(wanted) = open.pop() {
            for (alike, lot) in &self.lots {
                let ways = || alike.ways.iter().zip(&lot.minutes).filter(|(way, _)| way.rule == rule);
                if !ways().any(|(way, _)| way.places.contains(&wanted)) {
                    continue;
                }
                for (way, column) in ways() {
                    let taken = way.places.iter().copied().filter(|place| *place > 0 && found.of(*column) > 0);
                    open.extend(taken.filter(|place| set.insert(*place)));
                }
            }
        }
        set
    }
}

/// Who gets which minutes of a lot: older records first.
fn handed_out<'l>(alike: &'l Alike, lot: &Lot, found: &Solution) -> Vec<(&'l Way, usize, u64)> {
    let mut members: Vec<(usize, u64)> = lot.members.iter().rev().copied().collect();
    let mut all = Vec::new();
    for (at, (way, column)) in alike.ways.iter().zip(&lot.minutes).enumerate() {
        let mut left = found.of(*column);
        let size = alike.piece.unwrap_or(1).max(1);
        let mut pieces = lot.pieces.get(at).map_or(u64::MAX, |column| found.of(*column) / size);
        while left > 0 && pieces > 0 {
            let Some((entry, minutes)) = members.pop() else { break };
            let taken = minutes.min(left);
            all.push((way, entry, taken));
            (left, pieces) = (left - taken, pieces - 1);
            if minutes > taken && lot.pieces.is_empty() {
                members.push((entry, minutes - taken));
            }
        }
    }
    all
}
