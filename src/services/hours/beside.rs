//! An entry beside the others of its person: no minute twice, no day of more than 24 hours. Pure.

use chrono::{Days, NaiveDate};

use super::check::EntryRefusal;
use super::entry::HoursWish;
use crate::services::record::latest;
use crate::storage::rows::service::ServiceTimesRow;
use crate::storage::{Id, Words};

/// Time that an entry takes.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    id: Id,
    from: NaiveDate,
    to: NaiveDate,
    clock: Option<(i32, i32)>,
    minutes: u32,
}

impl Taken {
    /// What a new entry would take.
    #[must_use]
    pub fn by(id: Id, wish: &HoursWish) -> Self {
        Self { id, from: wish.from, to: wish.to, clock: wish.clock(), minutes: wish.minutes }
    }

    /// What the entries of one person take: of rows in the order of (id, revision) the last of each, unless withdrawn.
    pub fn of<'a>(rows: &'a [ServiceTimesRow], words: &'a Words) -> impl Iterator<Item = Self> + 'a {
        let standing = latest(rows, |row| row.id).filter(|row| words.text(row.state) != "voided");
        standing.map(|row| Self {
            id: row.id,
            from: row.from_day.date(),
            to: row.to_day.date(),
            clock: row.start_minute.zip(row.end_minute),
            minutes: u32::try_from(row.minutes).unwrap_or(0),
        })
    }

    /// Which entry it is.
    pub(super) const fn id(&self) -> Id {
        self.id
    }

    fn minutes_on(&self, day: NaiveDate) -> u32 {
        let Ok(offset) = usize::try_from(day.signed_duration_since(self.from).num_days()) else { return 0 };
        spread(self.minutes, self.from, self.to).nth(offset).unwrap_or(0)
    }
}

/// Checks an entry against the others of its person.
///
/// # Errors
/// When clock times overlap, or a day would hold more than 24 hours.
pub(super) fn check(wish: &HoursWish, others: &[Taken]) -> Result<(), EntryRefusal> {
    if let Some((start, end)) = wish.clock() {
        let overlaps =
            |other: &&Taken| other.from == wish.from && other.clock.is_some_and(|(s, e)| s < end && start < e);
        if let Some(other) = others.iter().find(overlaps) {
            return Err(EntryRefusal::Overlaps(other.id.to_string()));
        }
    }
    for (offset, mine) in (0_u64..).zip(spread(wish.minutes, wish.from, wish.to)) {
        let day = wish.from.checked_add_days(Days::new(offset)).unwrap_or(wish.to);
        let sum: u32 = mine + others.iter().map(|other| other.minutes_on(day)).sum::<u32>();
        if sum > 1_440 {
            return Err(EntryRefusal::DayFull { day, minutes: sum });
        }
    }
    Ok(())
}

/// Minutes spread evenly over the days, the remainder to the first ones: as the rules spread them.
fn spread(minutes: u32, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = u32> {
    let days = u32::try_from(to.signed_duration_since(from).num_days() + 1).unwrap_or(1).max(1);
    (0..days).map(move |day| minutes / days + u32::from(day < minutes % days))
}
