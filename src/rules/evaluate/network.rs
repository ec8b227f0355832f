//! Entries, caps and places of rules as a network, and what its flow says.

use std::collections::{BTreeMap, BTreeSet};

use super::allocate::{Candidate, Filled, Placing};
use super::entry::Entry;
use super::flow::{Net, PLENTY};
use super::gate::{Gate, Side};
use super::offer::{Offer, Place, Plan};
use super::overlap::Clock;

/// Where a rule's places stand in the network.
struct Places {
    /// Node at which minutes enter, by place.
    enter: Vec<Option<usize>>,
    /// Node behind the place's own limit.
    inside: Vec<Option<usize>>,
    /// Arc that fills the place's own need.
    need: Vec<Option<usize>>,
}

/// By entry, the gate it goes through and the place it goes to.
type Behind = Vec<Option<(usize, Place)>>;

pub(super) struct Network {
    net: Net,
    source: usize,
    sink: usize,
    places: Vec<Places>,
    /// Arcs by which minutes enter: rule, placing without minutes, arc.
    entering: Vec<(usize, usize, Place, usize)>,
}

impl Network {
    pub(super) fn build(
        entries: &[Entry<'_>],
        candidates: &[&Candidate<'_, '_>],
        gates: &[Vec<(&Gate, Side)>],
        clock: &Clock,
    ) -> Self {
        let mut net = Net::default();
        let (source, sink) = (net.node(), net.node());
        net.end_at(sink);
        let mut all = Self { net, source, sink, places: Vec::new(), entering: Vec::new() };
        for candidate in candidates {
            let places = all.add_places(candidate.plan);
            all.places.push(places);
        }
        let before = all.add_gates_before(entries.len(), gates);
        let behind = all.add_gates_behind(entries.len(), gates);
        let hours: Vec<usize> = clock
            .pieces
            .iter()
            .map(|long| {
                let node = all.net.node();
                all.net.arc(source, node, *long);
                node
            })
            .collect();
        for at in 0..entries.len() {
            if let Some((pieces, more)) = clock.of.get(&at) {
                let entry = all.net.node();
                for piece in hours.get(pieces.clone()).unwrap_or_default() {
                    all.net.arc(*piece, entry, PLENTY);
                }
                all.net.arc(source, entry, *more);
                all.add_parts(entry, at, candidates, &behind);
                continue;
            }
            all.add_entry(at, candidates, before.get(at).map_or(&[], Vec::as_slice), &behind);
        }
        all
    }

    fn add_places(&mut self, plan: &Plan<'_>) -> Places {
        let buckets = &plan.hours.buckets;
        let mut places = Places { enter: Vec::new(), inside: Vec::new(), need: Vec::new() };
        let root = self.net.node();
        places.enter.push(Some(root));
        places.inside.push(Some(root));
        places.need.push(Some(self.net.arc(root, self.sink, plan.goal().saturating_sub(plan.least_inside(None)))));
        for (at, bucket) in buckets.iter().enumerate() {
            if !plan.is_active(at) {
                places.enter.push(None);
                places.inside.push(None);
                places.need.push(None);
                continue;
            }
            let enter = self.net.node();
            let inside = match &bucket.at_most {
                None => enter,
                Some(limit) => {
                    let inside = self.net.node();
                    // What is needed inside it has its room there, filled or not.
                    self.net.arc(enter, inside, limit.minutes_down.saturating_sub(plan.least_inside(Some(at))));
                    inside
                }
            };
            let need = bucket.need.as_ref().map_or(0, |need| need.minutes_up);
            places.need.push(Some(self.net.arc(inside, self.sink, need.saturating_sub(plan.least_inside(Some(at))))));
            let parent = places.enter.get(bucket.parent.map_or(0, |parent| parent + 1)).copied().flatten();
            if let Some(parent) = parent.filter(|_| !bucket.surplus_refused && !bucket.independent) {
                self.net.arc(inside, parent, PLENTY);
            }
            places.enter.push(Some(enter));
            places.inside.push(Some(inside));
        }
        places
    }

    /// Adds a node for each gate before the entries and answers, for each entry, those it hangs on, the widest first.
    fn add_gates_before(&mut self, entries: usize, gates: &[Vec<(&Gate, Side)>]) -> Vec<Vec<usize>> {
        let mut chains: Vec<Vec<usize>> = vec![Vec::new(); entries];
        for own in gates {
            for (gate, _) in widest_first(own.iter().filter(|(_, side)| *side == Side::Before)) {
                let node = self.net.node();
                let first = gate.members.first().and_then(|first| chains.get(*first));
                let above = first.and_then(|chain| chain.last().copied());
                self.net.arc(above.unwrap_or(self.source), node, gate.limit);
                for member in &gate.members {
                    if let Some(chain) = chains.get_mut(*member) {
                        chain.push(node);
                    }
                }
            }
        }
        chains
    }

    /// Adds a node for each gate behind the entries and answers, by rule and entry, the narrowest and the place it leads to.
    fn add_gates_behind(&mut self, entries: usize, gates: &[Vec<(&Gate, Side)>]) -> Vec<Behind> {
        let mut all = Vec::new();
        for (rule, own) in gates.iter().enumerate() {
            let mut behind: Behind = vec![None; entries];
            for (gate, side) in widest_first(own.iter()) {
                let Side::Behind(place) = *side else { continue };
                let enter = self.places.get(rule).and_then(|places| places.enter.get(place).copied().flatten());
                let outer = gate.members.first().and_then(|first| behind.get(*first).copied().flatten());
                let Some(onward) = outer.map(|(node, _)| node).or(enter) else { continue };
                let node = self.net.node();
                self.net.arc(node, onward, gate.limit);
                for member in &gate.members {
                    if let Some(slot) = behind.get_mut(*member) {
                        *slot = Some((node, place));
                    }
                }
            }
            all.push(behind);
        }
        all
    }

    fn add_entry(&mut self, at: usize, candidates: &[&Candidate<'_, '_>], chain: &[usize], behind: &[Behind]) {
        let offers = offers(at, candidates);
        if offers.is_empty() {
            return;
        }
        let parts = offers.iter().map(|(_, offer)| offer.parts.len()).max().unwrap_or(0);
        let most = |number: usize| offers.iter().map(|(_, offer)| minutes_of(offer, number)).max().unwrap_or(0);
        let entry = self.net.node();
        self.net.arc(chain.last().copied().unwrap_or(self.source), entry, (0..parts).map(most).sum());
        self.add_parts(entry, at, candidates, behind);
    }

    /// What an entry offers, behind its node.
    fn add_parts(&mut self, entry: usize, at: usize, candidates: &[&Candidate<'_, '_>], behind: &[Behind]) {
        let offers = offers(at, candidates);
        let parts = offers.iter().map(|(_, offer)| offer.parts.len()).max().unwrap_or(0);
        for number in 0..parts {
            let known = self.add_part(entry, number, &offers);
            for (rule, offer) in &offers {
                let Some(places) = offer.parts.get(number).filter(|part| part.minutes > 0).map(|part| &part.places)
                else {
                    continue;
                };
                let Some(part) = known.get(&offer.known(number)) else { continue };
                let here = self.net.node();
                self.net.arc(*part, here, minutes_of(offer, number));
                if let Some((gate, place)) = behind.get(*rule).and_then(|own| own.get(at).copied().flatten()) {
                    let arc = self.net.arc(here, gate, PLENTY);
                    self.entering.push((*rule, at, place, arc));
                    continue;
                }
                for place in places {
                    let Some(enter) =
                        self.places.get(*rule).and_then(|places| places.enter.get(*place).copied().flatten())
                    else {
                        continue;
                    };
                    let arc = self.net.arc(here, enter, PLENTY);
                    self.entering.push((*rule, at, *place, arc));
                }
            }
        }
    }

    /// Nodes of a part behind its entry, by how much of it rules know of: those that know of less stand behind the others.
    fn add_part(&mut self, entry: usize, number: usize, offers: &[(usize, &Offer)]) -> BTreeMap<u64, usize> {
        let wanted = || offers.iter().filter(|(_, offer)| minutes_of(offer, number) > 0);
        let mut nodes: BTreeMap<u64, usize> = wanted().map(|(_, offer)| (offer.known(number), 0)).collect();
        let mut before = entry;
        for (known, node) in nodes.iter_mut().rev() {
            *node = self.net.node();
            let inside = wanted().filter(|(_, offer)| offer.known(number) <= *known);
            let most = inside.map(|(_, offer)| minutes_of(offer, number)).max().unwrap_or(0);
            self.net.arc(before, *node, most);
            before = *node;
        }
        nodes
    }

    pub(super) fn solve(mut self, candidates: &[&Candidate<'_, '_>]) -> Vec<Filled> {
        // Narrow needs first, so that what stays open is what is easiest to fill.
        for (rule, place) in filling_order(candidates.iter().map(|candidate| candidate.plan)) {
            if let Some(inside) = self.inside(rule, place) {
                self.fill_need(rule, place, inside);
            }
        }
        let mut filled: Vec<Filled> = (0..candidates.len()).map(|rule| self.shortage(rule)).collect();
        // What is left over fills totals.
        for (rule, candidate) in candidates.iter().enumerate() {
            for place in 0..=candidate.plan.hours.buckets.len() {
                let independent = place
                    .checked_sub(1)
                    .and_then(|at| candidate.plan.hours.buckets.get(at))
                    .is_some_and(|bucket| bucket.independent);
                if let Some(inside) = self.inside(rule, place).filter(|_| place == 0 || independent) {
                    self.net.arc(inside, self.sink, PLENTY);
                }
            }
        }
        self.net.push(self.source, self.sink);
        for (rule, at, place, arc) in &self.entering {
            let minutes = self.net.flow(*arc);
            if let Some(filled) = filled.get_mut(*rule).filter(|_| minutes > 0) {
                // What an entry enters by stands together.
                let mut own = filled.placings.iter_mut().rev().take_while(|placing| placing.entry == *at);
                match own.find(|placing| placing.place == *place) {
                    Some(placing) => placing.minutes += minutes,
                    None => filled.placings.push(Placing { entry: *at, place: *place, minutes }),
                }
            }
        }
        for filled in &mut filled {
            filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
        }
        filled
    }

    fn inside(&self, rule: usize, place: Place) -> Option<usize> {
        self.places.get(rule)?.inside.get(place).copied().flatten()
    }

    /// Fills one need as far as it goes; others that are filled stay filled.
    fn fill_need(&mut self, rule: usize, place: Place, inside: usize) {
        let Some(arc) = self.places.get(rule).and_then(|places| places.need.get(place).copied().flatten()) else {
            return;
        };
        // A gate of the need's own size in front of a node of its own keeps the flow inside it.
        let open = self.net.room(arc);
        if open == 0 {
            return;
        }
        self.net.push_through(self.source, inside, arc);
    }

    /// What stays empty, and which places are short together.
    fn shortage(&self, rule: usize) -> Filled {
        let Some(places) = self.places.get(rule) else { return Filled::default() };
        let missing: Vec<u64> = places.need.iter().map(|arc| arc.map_or(0, |arc| self.net.room(arc))).collect();
        let mut filled = Filled { missing, ..Filled::default() };
        let mut sets: Vec<BTreeSet<Place>> = Vec::new();
        // Only topics compete; what the total lacks beyond them is no contest.
        for place in filled.missing.iter().enumerate().skip(1).filter(|(_, missing)| **missing > 0).map(|(at, _)| at) {
            let mut set = self.rivals(places, place);
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
        let short = |set: &BTreeSet<Place>| set.iter().filter_map(|place| filled.missing.get(*place)).sum::<u64>();
        filled.shortfall =
            sets.iter().filter(|set| set.len() > 1).map(|set| (set.iter().copied().collect(), short(set))).collect();
        filled
    }

    /// The place itself and those whose minutes could have gone to it instead.
    fn rivals(&self, places: &Places, place: Place) -> BTreeSet<Place> {
        let Some(inside) = places.inside.get(place).copied().flatten() else { return BTreeSet::new() };
        let reach = self.net.reaching(inside);
        let filled = |at: usize| places.need.get(at).copied().flatten().is_some_and(|arc| self.net.flow(arc) > 0);
        let all = places.inside.iter().enumerate().filter(|(at, node)| {
            *at == place || filled(*at) && node.is_some_and(|node| reach.get(node) == Some(&true))
        });
        all.map(|(at, _)| at).collect()
    }
}

/// Gates that hold others before those that they hold.
fn widest_first<'g, 'l>(gates: impl Iterator<Item = &'l (&'g Gate, Side)>) -> Vec<&'l (&'g Gate, Side)>
where
    'g: 'l,
{
    let mut gates: Vec<_> = gates.collect();
    gates.sort_by_key(|(gate, _)| std::cmp::Reverse(gate.members.len()));
    gates
}

/// What an entry offers to each rule that takes something of it.
fn offers<'c>(at: usize, candidates: &'c [&Candidate<'_, '_>]) -> Vec<(usize, &'c Offer)> {
    let all = candidates.iter().enumerate().filter_map(|(rule, candidate)| Some((rule, candidate.offers.get(at)?)));
    all.filter(|(_, offer)| offer.minutes() > 0).collect()
}

fn minutes_of(offer: &Offer, part: usize) -> u64 {
    offer.parts.get(part).map_or(0, |part| part.minutes)
}

/// Topics before totals, inner before outer ones, totals that take some topics only before others; then the pack's order.
pub(super) fn filling_order<'p, 'a: 'p>(plans: impl Iterator<Item = &'p Plan<'a>>) -> Vec<(usize, Place)> {
    let mut order = Vec::new();
    for (rule, plan) in plans.enumerate() {
        let buckets = &plan.hours.buckets;
        let depth = |mut at: usize| {
            let mut depth = 2;
            while let Some(parent) = buckets.get(at).and_then(|bucket| bucket.parent) {
                (at, depth) = (parent, depth + 1);
            }
            depth
        };
        order.extend((0..buckets.len()).map(|at| (std::cmp::Reverse(depth(at)), rule, at + 1)));
        order.push((std::cmp::Reverse(u32::from(plan.is_narrow())), rule, 0));
    }
    order.sort_unstable();
    order.into_iter().map(|(_, rule, place)| (rule, place)).collect()
}
