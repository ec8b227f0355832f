//! Lots: minutes that may go to the same places under the same limits are one lot, however many records they are.

use std::collections::{BTreeMap, BTreeSet};

use super::integer::{Program, Solution};
use super::offer::Place;

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
    pub(super) gates: Vec<usize>,
    /// The size of a piece that is not split.
    pub(super) piece: Option<u64>,
    /// Minutes by rule, where rules take different amounts of the same record: such a lot stands alone.
    pub(super) uneven: Option<(usize, usize, Vec<u64>)>,
    /// How much each rule knows of, where it is uneven.
    pub(super) known: Vec<u64>,
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

/// Adds columns and limits of lots to a program; what stays unplaced costs, more so where older records lie in it. `level`: the
/// first level of cost that is theirs.
pub(super) fn add(lots: &mut BTreeMap<Alike, Lot>, level: usize, program: &mut Program) {
    let mut order: Vec<(usize, &Alike, &mut Lot)> =
        lots.iter_mut().filter_map(|(alike, lot)| Some((lot.members.first()?.0, alike, lot))).collect();
    order.sort_by_key(|(first, alike, _)| (*first, *alike));
    let many = u64::try_from(order.len()).unwrap_or(0);
    for (rank, (_, alike, lot)) in (0_u64..).zip(order) {
        lot.unplaced = program.column();
        program.cost(level, lot.unplaced, 1);
        program.cost(level + 1, lot.unplaced, many - rank);
        for (at, _) in (0_u64..).zip(&alike.ways) {
            let column = program.column();
            program.cost(level + 2, column, at);
            lot.minutes.push(column);
        }
        program.remainder(lot.unplaced, &lot.minutes, lot.total());
        limit_by_rule(alike, lot, program);
        limit_to_pieces(alike, lot, program);
    }
}

/// Where rules take different amounts of a record: no rule takes more than its own, and what one has by rounding up is not there for
/// the others.
fn limit_by_rule(alike: &Alike, lot: &Lot, program: &mut Program) {
    let Some((_, _, minutes)) = &alike.uneven else { return };
    let known = |rule: usize| alike.known.get(rule).copied().unwrap_or(0);
    let ways = || alike.ways.iter().zip(&lot.minutes);
    for (rule, most) in minutes.iter().enumerate() {
        let own = ways().filter(|(way, _)| way.rule == rule);
        program.at_most(own.map(|(_, column)| (*column, 1)).collect(), *most);
    }
    for limit in alike.known.iter().collect::<BTreeSet<_>>() {
        let inside = minutes.iter().enumerate().filter(|(rule, _)| known(*rule) <= *limit);
        let most = inside.map(|(_, minutes)| *minutes).max().unwrap_or(0);
        let terms = ways().filter(|(way, _)| known(way.rule) <= *limit);
        program.at_most(terms.map(|(_, column)| (*column, 1)).collect(), most);
    }
}

/// Pieces that stay whole.
fn limit_to_pieces(alike: &Alike, lot: &mut Lot, program: &mut Program) {
    let Some(size) = alike.piece else { return };
    lot.pieces = alike.ways.iter().map(|_| program.column_in_steps(size)).collect();
    program.at_most(lot.pieces.iter().map(|column| (*column, 1)).collect(), lot.total());
    for (minutes, pieces) in lot.minutes.iter().zip(&lot.pieces) {
        program.at_most(vec![(*minutes, 1), (*pieces, -1)], 0);
    }
}

/// Who gets which minutes of a lot: older records first. `own`: what each member gives to some rules, where that is known.
pub(super) fn handed_out<'l>(
    alike: &'l Alike,
    lot: &Lot,
    found: &Solution,
    own: Option<(&[usize], &[u64])>,
) -> Vec<(&'l Way, usize, u64)> {
    let mut apart: Vec<(usize, u64)> = Vec::new();
    let mut members: Vec<(usize, u64)> = lot.members.iter().rev().copied().collect();
    if let Some((_, shares)) = own {
        apart = lot.members.iter().zip(shares).map(|((entry, _), share)| (*entry, *share)).rev().collect();
        for ((_, minutes), (_, share)) in members.iter_mut().zip(&apart) {
            *minutes -= share;
        }
    }
    let mut all = Vec::new();
    for (at, (way, column)) in alike.ways.iter().zip(&lot.minutes).enumerate() {
        let members = if own.is_some_and(|(rules, _)| rules.contains(&way.rule)) { &mut apart } else { &mut members };
        let mut left = found.of(*column);
        let size = alike.piece.unwrap_or(1).max(1);
        let mut pieces = lot.pieces.get(at).map_or(u64::MAX, |column| found.of(*column) / size);
        while left > 0 && pieces > 0 {
            let Some((entry, minutes)) = members.pop() else { break };
            let taken = minutes.min(left);
            if taken > 0 {
                all.push((way, entry, taken));
            }
            (left, pieces) = (left - taken, pieces - 1);
            if minutes > taken && lot.pieces.is_empty() {
                members.push((entry, minutes - taken));
            }
        }
    }
    all
}
