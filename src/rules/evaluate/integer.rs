//! Small integer programs, solved exactly: linear costs in levels, whole numbers, nothing rounded.
//!
//! Knows nothing of hours. The dual simplex method in whole numbers over one denominator gives the bound, branching on the
//! first broken value gives the answer. Every choice has a fixed order, so equal programs give equal answers.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// No search does more work than this (counted in numbers touched, never in time, so that answers do not depend on the
/// machine); what it has found by then is a valid answer, though perhaps not the best.
const MOST_WORK: usize = 100_000_000;
/// No program of more numbers than this is searched: what can be said of it without a search has to do.
const MOST_NUMBERS: usize = 2_000_000;
/// The work spent on later levels of cost once the first is settled.
const MORE_WORK: usize = 4_000_000;

/// Whole numbers that are not negative, under linear limits, with the least cost; earlier levels of cost come first.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    /// What each number is a multiple of.
    steps: Vec<i128>,
    costs: Vec<Vec<(usize, i128)>>,
    rows: Vec<(Vec<(usize, i128)>, i128)>,
    remainders: Vec<Remainder>,
}

/// What is left of a total beside some numbers; the row that says it is no less than that.
#[derive(Debug, Clone)]
struct Remainder {
    column: usize,
    others: Vec<usize>,
    total: u64,
    row: usize,
}

/// Values by column, whether none cost less at the first level, and what they cost there in any case.
#[derive(Debug, Clone)]
pub(super) struct Solution {
    values: Vec<u64>,
    pub(super) proven: bool,
    pub(super) least: u64,
}

impl Solution {
    pub(super) fn of(&self, column: usize) -> u64 {
        self.values.get(column).copied().unwrap_or(0)
    }
}

impl Program {
    /// Adds a number to be found.
    pub(super) fn column(&mut self) -> usize {
        self.column_in_steps(1)
    }

    /// Adds a number that is a multiple of `step`. (Steps keep the factors in limits at one, and so all numbers small.)
    pub(super) fn column_in_steps(&mut self, step: u64) -> usize {
        self.steps.push(i128::from(step.max(1)));
        self.steps.len() - 1
    }

    /// Adds to the cost of a column at a level; costs are not negative.
    pub(super) fn cost(&mut self, level: usize, column: usize, cost: u64) {
        if self.costs.len() <= level {
            self.costs.resize(level + 1, Vec::new());
        }
        if let Some(costs) = self.costs.get_mut(level) {
            costs.push((column, i128::from(cost)));
        }
    }

    /// The sum of the terms is at most `limit`.
    pub(super) fn at_most(&mut self, terms: Vec<(usize, i128)>, limit: u64) {
        self.rows.push((terms, i128::from(limit)));
    }

    /// The sum of the terms is at least `least`.
    pub(super) fn at_least(&mut self, terms: Vec<(usize, i128)>, least: u64) {
        self.rows.push((terms.into_iter().map(|(column, factor)| (column, -factor)).collect(), -i128::from(least)));
    }

    /// The column is what is left of a total beside the others. (It costs nothing at the first level, which does without it.)
    pub(super) fn remainder(&mut self, column: usize, others: &[usize], total: u64) {
        let terms: Vec<(usize, i128)> = others.iter().chain([&column]).map(|column| (*column, 1)).collect();
        self.at_most(terms.clone(), total);
        self.remainders.push(Remainder { column, others: others.to_vec(), total, row: self.rows.len() });
        self.at_least(terms, total);
    }

    /// How many numbers there are to be found.
    pub(super) fn columns(&self) -> usize {
        self.steps.len()
    }

    /// The values with the least cost; where none are found, what they cost at the first level at least (nothing, where that is
    /// not known). Where the first bound does not say them, `known` may name values that cost the least at the first level.
    pub(super) fn solve_from(&self, known: impl FnOnce() -> Option<Vec<u64>>) -> Result<Solution, u64> {
        if self.steps.len().saturating_mul(self.rows.len()) > MOST_NUMBERS {
            return known().map(|values| self.proven(values)).ok_or(0);
        }
        let root = self.dictionary(self.costs.len());
        let mut search = Search::new(None, (MOST_WORK, self.costs.len()), &self.steps);
        if let Some(values) = root.and_then(|root| search.whole_at_once(root)) {
            return Ok(self.proven(values));
        }
        // The first level alone, then the others without giving way on it.
        match known() {
            Some(values) => self.with_later_levels(values).map(|values| self.proven(values)).ok_or(0),
            None => self.search(),
        }
    }

    fn search(&self) -> Result<Solution, u64> {
        let mut search = Search::new(None, (MOST_WORK, 1), &self.steps);
        let is_whole = search.run(self.dictionary(1).ok_or(0_u64)?);
        let least = u64::try_from(search.least).unwrap_or(0);
        let (_, first) = search.best.ok_or(least)?;
        let values = self.with_later_levels(self.with_remainders(first)).ok_or(least)?;
        let is_proven = is_whole || self.price(0, &values) == search.least;
        Ok(if is_proven { self.proven(values) } else { Solution { values, proven: false, least } })
    }

    /// The best values at all levels that cost no more at the first than these; these, where none are found in time.
    fn with_later_levels(&self, first: Vec<u64>) -> Option<Vec<u64>> {
        let mut rest = self.clone();
        let bound = self.price(0, &first);
        rest.rows.push((self.costs.first().cloned().unwrap_or_default(), bound));
        let all = (0..self.costs.len()).map(|level| (self.price(level, &first), 1)).collect();
        let mut search = Search::new(Some((all, first)), (MORE_WORK, self.costs.len()), &self.steps);
        if let Some(dictionary) = rest.dictionary(self.costs.len()) {
            search.run(dictionary);
        }
        search.best.map(|(_, values)| values)
    }

    fn with_remainders(&self, mut values: Vec<u64>) -> Vec<u64> {
        for left in &self.remainders {
            let others: u64 = left.others.iter().filter_map(|column| values.get(*column)).sum();
            if let Some(value) = values.get_mut(left.column) {
                *value = left.total.saturating_sub(others);
            }
        }
        values
    }

    fn proven(&self, values: Vec<u64>) -> Solution {
        let least = u64::try_from(self.price(0, &values)).unwrap_or(0);
        Solution { values, proven: true, least }
    }

    fn price(&self, level: usize, values: &[u64]) -> i128 {
        let costs = self.costs.get(level).map_or(&[][..], Vec::as_slice);
        costs.iter().map(|(column, cost)| cost * values.get(*column).map_or(0, |value| i128::from(*value))).sum()
    }

    /// The program with all numbers at nothing, with so many levels of cost; with one, remainders are left out.
    fn dictionary(&self, levels: usize) -> Option<Dictionary> {
        let dense = |terms: &[(usize, i128)], last: i128| -> Option<Vec<i128>> {
            let mut row = vec![0; self.steps.len() + 1];
            for (column, factor) in terms {
                *row.get_mut(*column)? += factor;
            }
            *row.last_mut()? = last;
            Some(row)
        };
        let mut costs = Vec::new();
        for level in self.costs.iter().take(levels) {
            costs.push(dense(level, 0)?);
        }
        let skipped: BTreeSet<usize> = self.remainders.iter().map(|left| left.row).filter(|_| levels == 1).collect();
        if levels == 1 {
            // Among columns of one cost the search would go round and round: another cost for each, which nobody asks about.
            let other = |column: usize| (column, i128::try_from(column * 7_919 % 1_009 + 1).unwrap_or(1));
            costs.push(dense(&(0..self.steps.len()).map(other).collect::<Vec<_>>(), 0)?);
        }
        let rows = self.rows.iter().enumerate().filter(|(row, _)| !skipped.contains(row));
        let rows = rows.map(|(_, (terms, limit))| dense(terms, *limit)).collect::<Option<Vec<_>>>()?;
        let basic = (self.steps.len()..self.steps.len() + rows.len()).collect();
        Some(Dictionary { costs, rows, basic, free: (0..self.steps.len()).collect(), denominator: 1 })
    }
}

/// A fraction: numerator and denominator, the latter above nothing.
type Fraction = (i128, i128);

fn rounded_up((above, below): Fraction) -> i128 {
    above.div_euclid(below) + i128::from(above.rem_euclid(below) != 0)
}

fn compare(a: Fraction, b: Fraction) -> Option<Ordering> {
    Some(a.0.checked_mul(b.1)?.cmp(&b.0.checked_mul(a.1)?))
}

/// `basic + sum(row * free) = last of row`, everything over one denominator.
#[derive(Debug, Clone)]
struct Dictionary {
    costs: Vec<Vec<i128>>,
    rows: Vec<Vec<i128>>,
    basic: Vec<usize>,
    free: Vec<usize>,
    denominator: i128,
}

impl Dictionary {
    fn value(&self, row: usize) -> i128 {
        self.rows.get(row).and_then(|row| row.last()).copied().unwrap_or(0)
    }

    fn name(&self, row: usize) -> usize {
        self.basic.get(row).copied().unwrap_or(usize::MAX)
    }

    /// Steps until no value is negative. `Some(false)`: the limits contradict each other. `None`: out of work, or numbers grew
    /// too large.
    fn settle(&mut self, work: &mut usize) -> Option<bool> {
        for turn in 0.. {
            let negative = (0..self.rows.len()).filter(|row| self.value(*row) < 0);
            // The lowest first is quick, the first named never goes in a circle.
            let quick = turn < self.rows.len().saturating_mul(4);
            let order = |row: &usize| (if quick { self.value(*row) } else { 0 }, self.name(*row));
            let Some(row) = negative.min_by_key(order) else { return Some(true) };
            let Some(column) = self.entering(row)? else { return Some(false) };
            let touched = self.pivot(row, column)?;
            *work = work.checked_sub(touched)?;
        }
        None
    }

    /// The free column that costs least to let in, by level; ties go to the one named first.
    fn entering(&self, row: usize) -> Option<Option<usize>> {
        let factors = self.rows.get(row)?;
        let mut best: Option<(usize, i128)> = None;
        for (column, factor) in factors.iter().take(self.free.len()).enumerate().filter(|(_, factor)| **factor < 0) {
            let Some((other, theirs)) = best else {
                best = Some((column, -factor));
                continue;
            };
            let mut order = Ordering::Equal;
            for costs in &self.costs {
                let (mine, other) = (*costs.get(column)?, *costs.get(other)?);
                order = compare((mine, -factor), (other, theirs))?;
                if order != Ordering::Equal {
                    break;
                }
            }
            if order.then_with(|| self.free.get(column).cmp(&self.free.get(other))) == Ordering::Less {
                best = Some((column, -factor));
            }
        }
        Some(best.map(|(column, _)| column))
    }

    /// Lets a column in for a row; answers how many numbers were touched.
    fn pivot(&mut self, row: usize, column: usize) -> Option<usize> {
        let mut pivot = self.rows.get(row)?.clone();
        let mut touched = pivot.len();
        let turn = *pivot.get(column)?;
        let sign = turn.signum();
        let before = self.denominator;
        for (_, other) in self
            .costs
            .iter_mut()
            .map(|costs| (usize::MAX, costs))
            .chain(self.rows.iter_mut().enumerate())
            .filter(|(at, _)| *at != row)
        {
            let factor = *other.get(column)?;
            if factor == 0 && turn.abs() == before {
                continue;
            }
            // Where the denominator stays, what the pivot does not know stays too.
            let is_same = turn.abs() == before;
            for (value, through) in other.iter_mut().zip(&pivot) {
                if *through == 0 && (is_same || *value == 0) {
                    continue;
                }
                touched += 1;
                let moved = value.checked_mul(turn)?.checked_sub(factor.checked_mul(*through)?)?;
                // Nearly all of it is over one, and dividing is the dear part.
                *value = sign * if before == 1 { moved } else { moved / before };
            }
            *other.get_mut(column)? = -sign * factor;
        }
        *pivot.get_mut(column)? = before;
        for value in &mut pivot {
            *value *= sign;
        }
        *self.rows.get_mut(row)? = pivot;
        self.denominator = turn.abs();
        std::mem::swap(self.basic.get_mut(row)?, self.free.get_mut(column)?);
        Some(touched)
    }

    /// The cost at each level.
    fn price(&self) -> Vec<Fraction> {
        self.costs.iter().map(|costs| (-costs.last().copied().unwrap_or(0), self.denominator)).collect()
    }

    /// The row of the first number that is not a multiple of its step.
    fn broken(&self, steps: &[i128]) -> Option<usize> {
        let step = |row: &usize| steps.get(self.name(*row)).and_then(|step| step.checked_mul(self.denominator));
        let broken = |row: &usize| step(row).is_some_and(|step| self.value(*row) % step != 0);
        (0..self.rows.len()).filter(broken).min_by_key(|row| self.name(*row))
    }

    fn values(&self, columns: usize) -> Vec<u64> {
        let mut values = vec![0; columns];
        for row in 0..self.rows.len() {
            if let Some(value) = values.get_mut(self.name(row)) {
                *value = u64::try_from(self.value(row) / self.denominator).unwrap_or(0);
            }
        }
        values
    }

    /// The same with a number held to at most the multiple below it (`down`) or at least the one above.
    fn branch(&self, row: usize, steps: &[i128], down: bool) -> Option<Self> {
        let mut next = self.clone();
        let step = *steps.get(self.name(row))?;
        let whole = self.value(row).div_euclid(self.denominator.checked_mul(step)?) * step;
        let mut limit = self.rows.get(row)?.clone();
        if down {
            for value in &mut limit {
                *value = -*value;
            }
            *limit.last_mut()? += whole * self.denominator;
        } else {
            *limit.last_mut()? -= (whole + step) * self.denominator;
        }
        next.basic.push(next.basic.len() + next.free.len());
        next.rows.push(limit);
        Some(next)
    }
}

/// Depth first; a branch whose bound is no better than what was found is left.
struct Search<'s> {
    best: Option<(Vec<Fraction>, Vec<u64>)>,
    /// What everything costs at least at the first level: the first bound, rounded up.
    least: i128,
    work: usize,
    /// So many levels of cost are asked about.
    levels: usize,
    steps: &'s [i128],
}

impl<'s> Search<'s> {
    const fn new(best: Option<(Vec<Fraction>, Vec<u64>)>, (work, levels): (usize, usize), steps: &'s [i128]) -> Self {
        Self { best, least: 0, work, levels, steps }
    }

    /// The answer where the first bound is whole already, as it nearly always is.
    fn whole_at_once(&mut self, mut root: Dictionary) -> Option<Vec<u64>> {
        (root.settle(&mut self.work)? && root.broken(self.steps).is_none()).then(|| root.values(self.steps.len()))
    }

    /// Looks through all branches; no if it had to stop before the end.
    fn run(&mut self, root: Dictionary) -> bool {
        let mut open = vec![root];
        let (mut proven, mut is_first) = (true, true);
        while let Some(mut here) = open.pop() {
            match here.settle(&mut self.work) {
                Some(true) => {}
                Some(false) => continue,
                // Out of work: what is still open is left, branch by branch.
                None => {
                    proven = false;
                    continue;
                }
            }
            let mut price = here.price();
            price.truncate(self.levels);
            if std::mem::take(&mut is_first) {
                self.least = price.first().map_or(0, |first| rounded_up(*first));
            }
            if self.best.as_ref().is_some_and(|(best, _)| !cheaper(&price, best)) {
                continue;
            }
            match here.broken(self.steps) {
                None => self.best = Some((price, here.values(self.steps.len()))),
                Some(row) => {
                    // What is put by for later is work too: so what is kept in mind stays small.
                    let numbers = here.rows.len().saturating_mul(here.free.len());
                    self.work = self.work.saturating_sub(numbers);
                    open.extend([true, false].iter().filter_map(|down| here.branch(row, self.steps, *down)));
                }
            }
        }
        proven
    }
}

/// Whether a bound leaves room for something cheaper: costs are whole numbers, so the first level is rounded up.
fn cheaper(bound: &[Fraction], best: &[Fraction]) -> bool {
    if let (Some(first), Some(known)) = (bound.first(), best.first()) {
        match (compare((rounded_up(*first), 1), *known), bound.len()) {
            (Some(Ordering::Greater) | None, _) | (Some(Ordering::Equal), 1) => return false,
            (_, _) => {}
        }
    }
    let mut levels = bound.iter().zip(best).map(|(bound, best)| compare(*bound, *best));
    levels.find(|order| *order != Some(Ordering::Equal)).flatten() == Some(Ordering::Less)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Program {
        fn solve(&self) -> Option<Solution> {
            self.solve_from(|| None).ok()
        }
    }

    #[test]
    fn a_knapsack_is_solved_in_whole_pieces() {
        // Pieces of 6, 5 and 5 into a sack of 10: two fives leave nothing over, though six is the larger piece.
        let mut program = Program::default();
        let pieces: Vec<usize> = (0..3).map(|_| program.column()).collect();
        let rest = program.column();
        let sizes = [6, 5, 5];
        for piece in &pieces {
            program.at_most(vec![(*piece, 1)], 1);
        }
        let filled: Vec<(usize, i128)> = pieces.iter().copied().zip(sizes).collect();
        program.at_most(filled.clone(), 10);
        program.at_least(filled.into_iter().chain([(rest, 1)]).collect(), 10);
        program.cost(0, rest, 1);
        let found = program.solve().unwrap();
        assert_eq!((found.of(rest), found.of(pieces[0]), found.proven), (0, 0, true));
    }

    #[test]
    fn limits_that_contradict_have_no_answer() {
        let mut program = Program::default();
        let one = program.column();
        program.cost(0, one, 1);
        program.at_most(vec![(one, 1)], 3);
        program.at_least(vec![(one, 1)], 4);
        assert!(program.solve().is_none());
    }

    #[test]
    fn later_levels_decide_among_equals() {
        let mut program = Program::default();
        let (a, b) = (program.column(), program.column());
        program.at_least(vec![(a, 1), (b, 1)], 5);
        program.cost(0, a, 1);
        program.cost(0, b, 1);
        program.cost(1, a, 1);
        program.at_most(vec![(b, 1)], 4);
        let found = program.solve().unwrap();
        assert_eq!((found.of(a), found.of(b)), (1, 4));
    }
}
