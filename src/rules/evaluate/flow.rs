//! Maximum flow on a small network, by shortest augmenting paths in a fixed order.
//!
//! Paths of one length are found in one go over the levels of the network: E. A. Dinic, "Algorithm for solution of a problem
//! of maximum flow in networks with power estimation", Soviet Mathematics Doklady 11 (1970). Knows nothing of hours. Arcs are
//! tried in the order they were added, so equal networks give equal flows, and earlier arcs are filled first.

use std::collections::VecDeque;

/// More than any sum of minutes.
pub(super) const PLENTY: u64 = u64::MAX / 4;

/// A network with capacities.
#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    /// Arcs out of each node; an arc and its reverse stand side by side (`arc ^ 1`).
    out: Vec<Vec<usize>>,
    arcs: Vec<Arc>,
    /// What came here stays: no path leads on from it.
    end: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    to: usize,
    room: u64,
}

/// A network by levels, while paths of one length are found.
struct Levels {
    /// How many arcs each node is away from the source.
    level: Vec<usize>,
    /// How many arcs out of each node lead nowhere any more.
    tried: Vec<usize>,
    /// The path, as arcs.
    path: Vec<usize>,
}

impl Net {
    pub(super) fn node(&mut self) -> usize {
        self.out.push(Vec::new());
        self.out.len() - 1
    }

    /// Makes `node` the end of every path.
    pub(super) fn end_at(&mut self, node: usize) {
        self.end = Some(node);
    }

    /// Adds an arc and answers its number.
    pub(super) fn arc(&mut self, from: usize, to: usize, capacity: u64) -> usize {
        let at = self.arcs.len();
        self.arcs.push(Arc { to, room: capacity });
        self.arcs.push(Arc { to: from, room: 0 });
        if let Some(out) = self.out.get_mut(from) {
            out.push(at);
        }
        if let Some(out) = self.out.get_mut(to) {
            out.push(at + 1);
        }
        at
    }

    /// What flows through an arc.
    pub(super) fn flow(&self, arc: usize) -> u64 {
        self.room(arc + 1)
    }

    /// What an arc could still take.
    pub(super) fn room(&self, arc: usize) -> u64 {
        self.arcs.get(arc).map_or(0, |arc| arc.room)
    }

    /// Pushes all it can from `source` to `sink`, and answers how much.
    pub(super) fn push(&mut self, source: usize, sink: usize) -> u64 {
        self.push_at_most(source, sink, u64::MAX)
    }

    /// Pushes all it can from `source` to `node` and on through `arc`, which leaves `node`.
    pub(super) fn push_through(&mut self, source: usize, node: usize, arc: usize) {
        let pushed = self.push_at_most(source, node, self.room(arc));
        self.take(arc, pushed);
    }

    /// Pushes so much at most, and answers how much.
    pub(super) fn push_at_most(&mut self, source: usize, sink: usize, most: u64) -> u64 {
        let mut pushed = 0;
        while pushed < most
            && let Some(mut levels) = self.levels(source, sink)
        {
            while pushed < most && self.path(source, sink, &mut levels) {
                let amount = levels.path.iter().map(|arc| self.room(*arc)).min().unwrap_or(0).min(most - pushed);
                for arc in &levels.path {
                    self.take(*arc, amount);
                }
                pushed += amount;
            }
        }
        pushed
    }

    /// Fixes what flows through an arc, and answers it.
    pub(super) fn close(&mut self, arc: usize) -> u64 {
        let flow = self.flow(arc);
        for arc in [arc, arc ^ 1] {
            if let Some(arc) = self.arcs.get_mut(arc) {
                arc.room = 0;
            }
        }
        flow
    }

    fn take(&mut self, arc: usize, amount: u64) {
        if let Some(forth) = self.arcs.get_mut(arc) {
            forth.room -= amount;
        }
        if let Some(back) = self.arcs.get_mut(arc ^ 1) {
            back.room += amount;
        }
    }

    /// How far each node is from `source`; none if `sink` cannot be reached.
    fn levels(&self, source: usize, sink: usize) -> Option<Levels> {
        let mut level = vec![usize::MAX; self.out.len()];
        let mut queue = VecDeque::from([source]);
        *level.get_mut(source)? = 0;
        while let Some(node) = queue.pop_front() {
            let next = level.get(node).map_or(usize::MAX, |level| level + 1);
            if node == sink {
                return Some(Levels { level, tried: vec![0; self.out.len()], path: Vec::new() });
            }
            if Some(node) == self.end {
                continue;
            }
            for arc in self.out.get(node).into_iter().flatten().filter_map(|at| self.arcs.get(*at)) {
                if let Some(level) = level.get_mut(arc.to).filter(|level| arc.room > 0 && **level == usize::MAX) {
                    *level = next;
                    queue.push_back(arc.to);
                }
            }
        }
        None
    }

    /// Finds the first path from level to level with room everywhere.
    fn path(&self, source: usize, sink: usize, levels: &mut Levels) -> bool {
        levels.path.clear();
        let mut node = source;
        while node != sink {
            let out = self.out.get(node).filter(|_| Some(node) != self.end).map_or(&[][..], Vec::as_slice);
            let Some(tried) = levels.tried.get_mut(node) else { return false };
            if let Some(at) = out.get(*tried) {
                let next = self.arcs.get(*at).filter(|arc| arc.room > 0).map(|arc| arc.to);
                let level = |node: usize| levels.level.get(node).copied().filter(|level| *level < usize::MAX);
                match next.filter(|next| level(*next).is_some() && level(*next) == level(node).map(|level| level + 1)) {
                    Some(next) => {
                        levels.path.push(*at);
                        node = next;
                    }
                    None => *tried += 1,
                }
                continue;
            }
            // Nothing leads on from here: back to where the path came from, and on with the next arc there.
            let Some(before) = levels.path.pop().and_then(|at| self.arcs.get(at ^ 1)).map(|arc| arc.to) else {
                return false;
            };
            if let Some(tried) = levels.tried.get_mut(before) {
                *tried += 1;
            }
            node = before;
        }
        true
    }

    /// The nodes that more could flow to from a node, without coming through another.
    pub(super) fn reached(&self, from: usize, without: usize) -> Vec<bool> {
        let mut reached = vec![false; self.out.len()];
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            let Some(here) = reached.get_mut(node).filter(|here| !**here && node != without) else { continue };
            *here = true;
            let arcs = self.out.get(node).into_iter().flatten().filter(|at| self.room(**at) > 0);
            open.extend(arcs.filter_map(|at| self.arcs.get(*at)).map(|arc| arc.to));
        }
        reached
    }

    /// The nodes from which `sink` can still be reached.
    pub(super) fn reaching(&self, sink: usize) -> Vec<bool> {
        let mut reach = vec![false; self.out.len()];
        let mut queue = VecDeque::from([sink]);
        if let Some(at) = reach.get_mut(sink) {
            *at = true;
        }
        while let Some(node) = queue.pop_front() {
            // An arc out of `node` and its reverse: what may flow into `node` is the room of the reverse.
            for at in self.out.get(node).into_iter().flatten() {
                let (Some(arc), true) = (self.arcs.get(*at), self.room(*at ^ 1) > 0) else { continue };
                if Some(arc.to) == self.end {
                    continue;
                }
                if let Some(reached) = reach.get_mut(arc.to).filter(|reached| !**reached) {
                    *reached = true;
                    queue.push_back(arc.to);
                }
            }
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_arc_is_rerouted_when_another_needs_it() {
        // Two records (10 each): the first may go to a or b, the second to a only; a and b take 10 each.
        let mut net = Net::default();
        let [s, first, second, a, b, t] = [(); 6].map(|()| net.node());
        net.arc(s, first, 10);
        net.arc(s, second, 10);
        let to_a = net.arc(first, a, PLENTY);
        let to_b = net.arc(first, b, PLENTY);
        net.arc(second, a, PLENTY);
        net.arc(a, t, 10);
        net.arc(b, t, 10);
        assert_eq!(net.push(s, t), 20);
        assert_eq!((net.flow(to_a), net.flow(to_b)), (0, 10));
    }
}
