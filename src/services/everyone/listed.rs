//! Rows of many people, person by person in the order of their keys. Whoever goes through people in order finds the next
//! person's rows where the last one's ended.

use std::cell::Cell;
use std::ops::Range;

use crate::storage::Id;

/// Rows, and where those of the person asked for last ended.
pub(super) struct Listed<T> {
    rows: Vec<T>,
    next: Cell<usize>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Listed<T> {
    fn from(rows: Vec<T>) -> Self {
        Self { rows, next: Cell::new(0) }
    }
}

impl<T> Listed<T> {
    /// All of them.
    pub(super) fn all(&self) -> &[T] {
        &self.rows
    }

    /// Those of one person; `whose` says whose a row is.
    pub(super) fn of(&self, person: Id, whose: impl Fn(&T) -> Id) -> &[T] {
        self.rows.get(self.places(person, whose)).unwrap_or_default()
    }

    /// Where those of one person are.
    pub(super) fn places(&self, person: Id, whose: impl Fn(&T) -> Id) -> Range<usize> {
        let next = self.next.get();
        let passed = next.checked_sub(1).and_then(|last| self.rows.get(last)).is_some_and(|row| whose(row) >= person);
        // Whoever was passed is looked for among all.
        let from = if passed { self.rows.partition_point(|row| whose(row) < person) } else { next };
        let rest = self.rows.get(from..).unwrap_or_default();
        let before = rest.iter().take_while(|row| whose(row) < person).count();
        let own = rest.iter().skip(before).take_while(|row| whose(row) == person).count();
        let end = from + before + own;
        self.next.set(end);
        from + before..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_in_any_order_of_asking() {
        let listed = Listed::from(vec![(Id(1), 'a'), (Id(1), 'b'), (Id(3), 'c'), (Id(4), 'd'), (Id(4), 'e')]);
        for (person, expected) in
            [(1, "ab"), (3, "c"), (4, "de"), (4, "de"), (2, ""), (1, "ab"), (0, ""), (4, "de"), (5, "")]
        {
            let own: String = listed.of(Id(person), |row| row.0).iter().map(|row| row.1).collect();
            assert_eq!(own, expected, "of {person}");
        }
    }
}
