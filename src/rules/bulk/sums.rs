//! Minutes by place and days by window: both are numbered by a byte, so that a lookup needs no check.

use super::class::Target;
use super::roll::Row;
use super::window::{Bounds, NEVER};

/// As many as a byte can tell apart.
const NUMBERS: usize = 256;

/// Minutes by place.
#[derive(Debug, Clone)]
pub(super) struct Sums([u64; NUMBERS]);

impl Sums {
    pub(super) const fn nothing() -> Self {
        Self([0; NUMBERS])
    }

    /// What a place has.
    pub(super) fn at(&self, place: u8) -> u64 {
        self.0.get(usize::from(place)).copied().unwrap_or(0)
    }

    /// Gives minutes to a place; 2^32 rows of 2^32 minutes would be too many, and no memory holds them.
    pub(super) fn add(&mut self, place: u8, minutes: u64) {
        if let Some(sum) = self.0.get_mut(usize::from(place)) {
            *sum = sum.wrapping_add(minutes);
        }
    }

    /// Adds a row's minutes to its place, if its days count there. Without a branch: most rows differ from the last.
    pub(super) fn take(&mut self, days: &Days, target: Target, (first, row): (i32, &Row)) {
        self.add(target.place, u64::from(row.minutes) * u64::from(days.count(target.window, first, row.day)));
    }

    /// Takes everything from so many places.
    pub(super) fn empty(&mut self, places: usize) {
        if let Some(places) = self.0.get_mut(..places) {
            places.fill(0);
        }
    }

    /// Has in so many places what others have.
    pub(super) fn copy(&mut self, others: &Self, places: usize) {
        if let (Some(own), Some(others)) = (self.0.get_mut(..places), others.0.get(..places)) {
            own.copy_from_slice(others);
        }
    }
}

/// The first and last day that count, by window.
#[derive(Debug, Clone)]
pub(super) struct Days([Bounds; NUMBERS]);

impl Days {
    pub(super) const fn none() -> Self {
        Self([NEVER; NUMBERS])
    }

    /// Sets the windows' days, in their order.
    pub(super) fn set(&mut self, days: impl IntoIterator<Item = Bounds>) {
        self.0.iter_mut().zip(days).for_each(|(own, days)| *own = days);
    }

    /// Whether days count in a window.
    pub(super) fn count(&self, window: u8, first: i32, last: i32) -> bool {
        self.0.get(usize::from(window)).is_some_and(|(from, through)| (*from <= first) & (last <= *through))
    }
}
