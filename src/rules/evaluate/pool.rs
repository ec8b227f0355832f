//! The weeks of one rule, many as they may be, as limits on a few lots; likewise the entries that have lost minutes.
//!
//! What the weeks let in from some lots is at most the sum, over the weeks, of what each lets in from them; and amounts that
//! keep this for every set of lots can be handed out so that each week is kept, in whole minutes (the sum of polymatroids:
//! C. McDiarmid, "Rado's theorem for polymatroids", Mathematical Proceedings of the Cambridge Philosophical Society 78 (1975)).
//! So the search knows nothing of weeks. A set that is broken is found by a flow, and the search is told of it.

use std::collections::BTreeMap;

use super::flow::Net;
use super::gate::{Gate, Of};

/// Gates of the same rules that share no entries.
pub(super) struct Pool<'g> {
    pub(super) rules: &'g [usize],
    gates: Vec<&'g Gate>,
    /// The gate of each entry.
    of: BTreeMap<usize, usize>,
}

/// What enters the rules from a lot, and the entries it could come from with their minutes.
pub(super) struct Intake {
    pub(super) taken: u64,
    pub(super) members: Vec<(usize, u64)>,
}

/// Lots, gates and arcs of the entries.
struct Weeks {
    net: Net,
    source: usize,
    sink: usize,
    /// Node of each lot, and the arc that leads to it.
    lots: Vec<(usize, usize)>,
    /// Entry, lot, number in the lot, node it leads to, arc.
    arcs: Vec<(usize, usize, usize, usize, usize)>,
    wanted: u64,
}

impl<'g> Pool<'g> {
    /// The largest family of such gates apart from the others.
    pub(super) fn of(gates: &'g [Gate]) -> (Option<Self>, Vec<&'g Gate>) {
        let mut families: Vec<&Gate> = Vec::new();
        for gate in gates.iter().filter(|gate| gate.is_of_time() || gate.of == Of::Entry) {
            if !families.iter().any(|family| family.is_kin(gate)) {
                families.push(gate);
            }
        }
        let size = |family: &Gate| gates.iter().filter(|gate| gate.is_kin(family)).count();
        let Some(largest) = families.into_iter().rev().max_by_key(|family| size(family)) else {
            return (None, gates.iter().collect());
        };
        let (own, rest): (Vec<&Gate>, Vec<&Gate>) = gates.iter().partition(|gate| gate.is_kin(largest));
        let of = own.iter().enumerate().flat_map(|(number, gate)| gate.members.iter().map(move |at| (*at, number)));
        (Some(Self { rules: &largest.rules, of: of.collect(), gates: own }), rest)
    }

    fn weeks(&self, lots: &[Intake]) -> Weeks {
        let mut net = Net::default();
        let (source, sink) = (net.node(), net.node());
        let gates: Vec<usize> = self
            .gates
            .iter()
            .map(|gate| {
                let node = net.node();
                net.arc(node, sink, gate.limit);
                node
            })
            .collect();
        let mut weeks = Weeks { net, source, sink, lots: Vec::new(), arcs: Vec::new(), wanted: 0 };
        for (lot, intake) in lots.iter().enumerate() {
            let node = weeks.net.node();
            let arc = weeks.net.arc(source, node, intake.taken);
            weeks.wanted += intake.taken;
            weeks.lots.push((node, arc));
            for (number, (at, minutes)) in intake.members.iter().enumerate() {
                let to = self.of.get(at).and_then(|gate| gates.get(*gate)).copied().unwrap_or(sink);
                let arc = weeks.net.arc(node, to, *minutes);
                weeks.arcs.push((*at, lot, number, to, arc));
            }
        }
        weeks
    }

    /// Sets of lots from which more enters than the weeks let in together, and what they let in. Small
    /// sets, one around each lot that does not get in: few are needed, and the numbers of the search stay small.
    pub(super) fn broken(&self, lots: &[Intake]) -> Vec<(Vec<usize>, u64)> {
        let mut weeks = self.weeks(lots);
        if weeks.net.push(weeks.source, weeks.sink) == weeks.wanted {
            return Vec::new();
        }
        let mut sets: Vec<(Vec<usize>, u64)> = Vec::new();
        for (lot, _) in weeks.lots.iter().filter(|(_, arc)| weeks.net.room(*arc) > 0) {
            let reached = weeks.net.reached(*lot, weeks.source);
            let inside = weeks.lots.iter().enumerate().filter(|(_, (node, _))| reached.get(*node) == Some(&true));
            let set: Vec<usize> = inside.map(|(lot, _)| lot).collect();
            if !sets.iter().any(|(other, _)| *other == set) {
                let most = self.most(&set, lots);
                sets.push((set, most));
            }
        }
        sets
    }

    /// What the weeks let in from some lots together.
    fn most(&self, set: &[usize], lots: &[Intake]) -> u64 {
        let (mut free, mut offered) = (0, vec![0; self.gates.len()]);
        for (at, minutes) in set.iter().filter_map(|lot| lots.get(*lot)).flat_map(|intake| &intake.members) {
            let sum = self.of.get(at).and_then(|gate| offered.get_mut(*gate)).unwrap_or(&mut free);
            *sum += minutes;
        }
        free + self.gates.iter().zip(offered).map(|(gate, offered)| gate.limit.min(offered)).sum::<u64>()
    }

    /// How much of each member enters: older entries first, as far as the weeks and the lots' amounts let them.
    pub(super) fn handed_out(&self, lots: &[Intake]) -> Vec<Vec<u64>> {
        let mut weeks = self.weeks(lots);
        weeks.net.push(weeks.source, weeks.sink);
        let mut shares: Vec<Vec<u64>> = lots.iter().map(|intake| vec![0; intake.members.len()]).collect();
        weeks.arcs.sort_unstable();
        for (_, lot, number, to, arc) in weeks.arcs {
            let (room, mut flow) = (weeks.net.room(arc), weeks.net.close(arc));
            if let Some((lot, _)) = weeks.lots.get(lot).filter(|_| room > 0) {
                // What others gave up for it flows in a circle.
                flow += weeks.net.push_at_most(to, *lot, room);
            }
            if let Some(share) = shares.get_mut(lot).and_then(|shares| shares.get_mut(number)) {
                *share = flow;
            }
        }
        shares
    }
}
