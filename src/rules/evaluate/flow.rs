//! Maximum flow on a small network, by shortest augmenting paths in a fixed order.
//!
//! Knows nothing of hours. Arcs are tried in the order they were added, so equal networks give equal flows.

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
        let mut pushed = 0;
        while let Some(path) = self.path(source, sink) {
            let amount = path.iter().map(|arc| self.room(*arc)).min().unwrap_or(0);
            for arc in path {
                self.take(arc, amount);
            }
            pushed += amount;
        }
        pushed
    }

    /// Pushes all it can from `source` to `node` and on through `arc`, which leaves `node`.
    pub(super) fn push_through(&mut self, source: usize, node: usize, arc: usize) {
        while self.room(arc) > 0 {
            let Some(path) = self.path(source, node) else { return };
            let amount = path.iter().map(|at| self.room(*at)).min().unwrap_or(0).min(self.room(arc));
            for at in path {
                self.take(at, amount);
            }
            self.take(arc, amount);
        }
    }

    fn take(&mut self, arc: usize, amount: u64) {
        if let Some(forth) = self.arcs.get_mut(arc) {
            forth.room -= amount;
        }
        if let Some(back) = self.arcs.get_mut(arc ^ 1) {
            back.room += amount;
        }
    }

    /// The shortest path with room, as arcs.
    fn path(&self, source: usize, sink: usize) -> Option<Vec<usize>> {
        let mut came_by: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut seen = vec![false; self.out.len()];
        let mut queue = VecDeque::from([source]);
        *seen.get_mut(source)? = true;
        while let Some(node) = queue.pop_front() {
            if node == sink {
                break;
            }
            if Some(node) == self.end {
                continue;
            }
            for at in self.out.get(node).into_iter().flatten() {
                let Some(arc) = self.arcs.get(*at) else { continue };
                if let Some(seen) = seen.get_mut(arc.to).filter(|seen| arc.room > 0 && !**seen) {
                    *seen = true;
                    if let Some(by) = came_by.get_mut(arc.to) {
                        *by = Some(*at);
                    }
                    queue.push_back(arc.to);
                }
            }
        }
        let (mut path, mut node) = (Vec::new(), sink);
        while node != source {
            let at = came_by.get(node).copied().flatten()?;
            path.push(at);
            node = self.arcs.get(at ^ 1)?.to;
        }
        path.reverse();
        Some(path)
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
