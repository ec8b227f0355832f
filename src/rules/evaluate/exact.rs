//! Placing where a flow does not say everything: caps that cross, caps beside other rules, records that stay whole,
//! shares of the counted total, rounding by topic.
//!
//! Minutes that may go to the same places under the same caps are one lot; the fewest further minutes that would do,
//! then the best use of what is there, are an integer program over lots. `is_torn` and `gate::sides`
//! say where sums or a flow are enough.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pack::model::RoundingScope;
use super::allocate::{Candidate, Filled, Placing};
use super::entry::Entry;
use super::gate::Gate;
use super::integer::{Program, Solution};
use super::lots::{self, Alike, Lot, Way, handed_out};
use super::offer::{Place, Plan, goal, lift};
use super::pool::{Intake, Pool};

/// No more often than this is the search told of sets of lots.
const MOST_TIMES: usize = 64;

/// How floors in minutes are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Floors {
    /// As limits on the rest of what is needed.
    AsLimits,
    /// As what they say.
    AsMinima,
}

/// Whether records that stay whole, or sums that are rounded, are more than a flow can say.
pub(super) fn is_torn(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> bool {
    let ways = |at: usize| -> usize {
        let offers = candidates.iter().filter_map(|candidate| candidate.offers.get(at));
        offers.flat_map(|offer| &offer.parts).filter(|part| part.minutes > 0).map(|part| part.places.len()).sum()
    };
    let whole = candidates.iter().any(|candidate| candidate.plan.hours.whole);
    whole && (0..entries.len()).any(|at| ways(at) > 1)
        || candidates.iter().any(|candidate| rounds_topics(candidate.plan))
}

pub(super) fn rounds_topics(plan: &Plan<'_>) -> bool {
    let hours = plan.hours;
    !hours.buckets.is_empty() && hours.rounding.is_some_and(|rounding| rounding.scope == RoundingScope::Topic)
}

/// Fills the rules; where nothing is found (limits that contradict each other, numbers that grow too large), the minutes that are
/// missing in them at least, as far as that is known.
pub(super) fn fill(
    entries: &[Entry<'_>],
    candidates: &[Candidate<'_, '_>],
    gates: &[Gate],
    floors: Floors,
) -> Result<Vec<Filled>, u64> {
    let has_share = gates.iter().any(|gate| gate.share.is_some());
    let filled = Model::build(entries, candidates, gates, (false, floors)).filled();
    if !has_share {
        return filled;
    }
    // What is missing is asked of the total that would be reached, what counts of the total there is.
    let reached = Model::build(entries, candidates, gates, (true, floors)).filled()?;
    let Ok(filled) = filled else { return Err(reached.iter().map(|filled| filled.least).sum()) };
    Ok(filled.into_iter().zip(reached).map(|(filled, reached)| filled.lacking(reached)).collect())
}

pub(super) struct Model<'m, 'p, 'a> {
    pub(super) candidates: &'m [Candidate<'p, 'a>],
    pub(super) gates: Vec<&'m Gate>,
    /// Weeks that the program does not know.
    pub(super) pool: Option<Pool<'m>>,
    pub(super) program: Program,
    pub(super) lots: BTreeMap<Alike, Lot>,
    /// Further minutes, by rule and place; one for the whole rule where topics are shared.
    further: Vec<Vec<Option<usize>>>,
}

impl<'m, 'p, 'a> Model<'m, 'p, 'a> {
    fn build(
        entries: &[Entry<'_>],
        candidates: &'m [Candidate<'p, 'a>],
        all: &'m [Gate],
        (reached, floors): (bool, Floors),
    ) -> Self {
        let (pool, gates) = Pool::of(all);
        let (program, lots) = (Program::default(), BTreeMap::new());
        let mut model = Self { candidates, gates, pool, program, lots, further: Vec::new() };
        for at in 0..entries.len() {
            model.add_entry(at);
        }
        let places: usize = candidates.iter().map(|candidate| candidate.plan.hours.buckets.len() + 1).sum();
        lots::add(&mut model.lots, places + 1, &mut model.program);
        model.add_further();
        for rule in 0..candidates.len() {
            model.add_needs(rule);
        }
        for number in 0..model.gates.len() {
            model.add_gate(number, reached, floors);
        }
        model
    }

    fn add_entry(&mut self, at: usize) {
        let offers: Vec<_> = self.candidates.iter().map(|candidate| candidate.offers.get(at)).collect();
        let parts = offers.iter().flatten().map(|offer| offer.parts.len()).max().unwrap_or(0);
        for number in 0..parts {
            let (mut ways, mut minutes, mut known, mut whole) = (Vec::new(), Vec::new(), Vec::new(), false);
            for (rule, (candidate, offer)) in self.candidates.iter().zip(&offers).enumerate() {
                let part = offer.and_then(|offer| offer.parts.get(number)).filter(|part| part.minutes > 0);
                minutes.push(part.map_or(0, |part| part.minutes));
                known.push(part.and(*offer).map_or(0, |offer| offer.known(number)));
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
            let gates = self.gates.iter().enumerate().filter(|(_, gate)| gate.members.contains(&at));
            let alike = Alike {
                gates: gates.map(|(number, _)| number).collect(),
                piece: (whole && ways.len() > 1).then_some(most),
                uneven: (!even).then_some((at, number, minutes)),
                known: if even { Vec::new() } else { known },
                ways,
            };
            self.lots.entry(alike).or_default().members.push((at, most));
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
    fn entering(&self, rule: usize, place: Option<Place>) -> Vec<(usize, i128)> {
        self.columns(|_| true, |way| way.rule == rule && place.is_none_or(|place| way.places.contains(&place)))
    }

    /// Columns of the minutes of some lots on some ways.
    fn columns(&self, lots: impl Fn(&Alike) -> bool, ways: impl Fn(&Way) -> bool) -> Vec<(usize, i128)> {
        let of = |(alike, lot): (&'_ Alike, &'_ Lot)| {
            let own = alike.ways.iter().zip(&lot.minutes).filter(|(way, _)| ways(way));
            own.map(|(_, column)| (*column, 1)).collect::<Vec<_>>()
        };
        self.lots.iter().filter(|(alike, _)| lots(alike)).flat_map(of).collect()
    }

    pub(super) fn further_at(&self, rule: usize, place: Place) -> Option<(usize, i128)> {
        Some((self.further.get(rule)?.get(place).copied().flatten()?, 1))
    }

    /// Columns of the further minutes of a rule, wherever.
    fn further_in(&self, rule: usize) -> impl Iterator<Item = (usize, i128)> + '_ {
        self.further.get(rule).into_iter().flatten().flatten().map(|column| (*column, 1))
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
        let mut all = self.entering(rule, None);
        all.extend(further);
        self.program.at_least(all, plan.goal());
        for (at, bucket) in plan.hours.buckets.iter().enumerate().filter(|(at, _)| plan.is_active(*at)) {
            let Some(need) = &bucket.need else { continue };
            let mut terms = self.entering(rule, Some(at + 1));
            terms.extend(further);
            self.program.at_least(terms, goal(need.minutes_up, plan.hours, RoundingScope::Topic));
        }
    }

    /// The sum at a place with everything below it that fills it.
    fn add_place(&mut self, rule: usize, plan: &Plan<'_>, at: Option<usize>) -> Vec<(usize, i128)> {
        let place = at.map_or(0, |at| at + 1);
        let mut sum = self.entering(rule, Some(place));
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

    fn add_gate(&mut self, number: usize, reached: bool, floors: Floors) {
        let Some(gate) = self.gates.get(number).copied() else { return };
        let speaks = |alike: &Alike| alike.gates.contains(&number);
        if let Some(floor) = gate.floor.filter(|_| floors == Floors::AsMinima) {
            let mut rest = self.columns(|alike| !speaks(alike), |way| gate.is_of(way.rule));
            rest.extend(gate.rules.iter().flat_map(|rule| self.further_in(*rule)));
            self.program.at_least(rest, floor);
            return;
        }
        let inside = self.columns(speaks, |way| gate.is_of(way.rule));
        let Some(share) = gate.share else {
            self.program.at_most(inside, gate.limit);
            return;
        };
        let mut terms: Vec<(usize, i128)> = inside.into_iter().map(|(column, _)| (column, 100)).collect();
        for rule in &gate.rules {
            let mut total = self.entering(*rule, None);
            if reached {
                total.extend(self.further_in(*rule));
            }
            terms.extend(total.into_iter().map(|(column, _)| (column, -i128::from(share))));
        }
        self.program.at_most(terms, 0);
    }

    /// The best values under all limits: sets of lots that the weeks cannot let in together are further ones.
    fn solve(&mut self) -> Result<Solution, u64> {
        let mut least = 0;
        for _ in 0..MOST_TIMES {
            let found = self.program.solve_from(|| self.by_sums())?;
            if !self.add_broken(&found) {
                return Ok(found);
            }
            least = found.least;
            if !found.proven {
                // Out of work already: more limits would not make it easier.
                break;
            }
        }
        Err(least)
    }

    /// Tells the program of sets of lots that the weeks do not let in together, if there are any.
    fn add_broken(&mut self, found: &Solution) -> bool {
        let Some(pool) = &self.pool else { return false };
        let sets = pool.broken(&self.intakes(pool.rules, found));
        for (set, most) in &sets {
            let lots: BTreeSet<&Alike> = set.iter().filter_map(|number| self.lots.keys().nth(*number)).collect();
            let terms = self.columns(|alike| lots.contains(alike), |way| pool.rules.contains(&way.rule));
            self.program.at_most(terms, *most);
        }
        !sets.is_empty()
    }

    /// What enters some rules, by lot.
    fn intakes(&self, rules: &[usize], found: &Solution) -> Vec<Intake> {
        let intake = |(alike, lot): (&Alike, &Lot)| {
            let ways = alike.ways.iter().zip(&lot.minutes).filter(|(way, _)| rules.contains(&way.rule));
            let own = alike.uneven.as_ref().map(|(_, _, own)| rules.iter().filter_map(|rule| own.get(*rule)).max());
            let most = own.map_or(u64::MAX, |most| most.copied().unwrap_or(0));
            let members = lot.members.iter().map(|(at, minutes)| (*at, most.min(*minutes))).collect();
            Intake { taken: ways.map(|(_, column)| found.of(*column)).sum(), members }
        };
        self.lots.iter().map(intake).collect()
    }

    fn filled(mut self) -> Result<Vec<Filled>, u64> {
        let found = self.solve()?;
        let shares = self.pool.as_ref().map(|pool| (pool.rules, pool.handed_out(&self.intakes(pool.rules, &found))));
        let mut all: Vec<Filled> = (0..self.candidates.len()).map(|rule| self.lacking(rule, &found)).collect();
        for (number, (alike, lot)) in self.lots.iter().enumerate() {
            let own = shares.as_ref().and_then(|(rules, shares)| Some((*rules, shares.get(number)?.as_slice())));
            for (way, entry, minutes) in handed_out(alike, lot, &found, own) {
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
        Ok(all)
    }

    /// What is missing in a rule, and which of its places are short together.
    fn lacking(&self, rule: usize, found: &Solution) -> Filled {
        let columns = self.further.get(rule).map_or(&[][..], Vec::as_slice);
        let missing: Vec<u64> = columns.iter().map(|column| column.map_or(0, |column| found.of(column))).collect();
        // What several rules lack at least together says nothing of one of them.
        let least = if self.candidates.len() == 1 { found.least } else { 0 };
        let mut filled = Filled { missing, unproven: !found.proven, least, ..Filled::default() };
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
