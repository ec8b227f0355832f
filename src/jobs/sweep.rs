//! The reminder sweep: looks at every term near its end and writes the reminders that are due.
//!
//! Running it twice, or in two places at once, writes nothing twice. Each reminder is one short transaction; what
//! it says is found out before, while only reading. Somebody whose record cannot be read does not stop the others.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

use crate::repo;
use crate::services::acting::Acting;
use crate::services::reminders::{self, HORIZON_DAYS, Plan};
use crate::storage::rows::awards::TermRow;
use crate::storage::{Conn, Day, Db, Id, StoreError};

/// How to sweep.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sweep {
    /// As if it were this day; none: the day it is for each board.
    pub as_of: Option<NaiveDate>,
    /// Write nothing, only say what would be.
    pub dry_run: bool,
}

/// What a sweep did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Terms that were looked at.
    pub looked_at: usize,
    /// Reminders written, or that would be.
    pub reminded: Vec<Plan>,
    /// People about whom it could not be found out; they are tried again at the next sweep.
    pub not_known: usize,
}

/// How many terms are read at once.
const PAGE: i64 = 500;

/// Sweeps once. `seen` is told how many terms were looked at so far.
///
/// # Errors
/// When the database cannot be used.
pub fn sweep(db: &Db, now: DateTime<Utc>, how: Sweep, mut seen: impl FnMut(usize)) -> Result<Swept, StoreError> {
    let today = how.as_of.unwrap_or_else(|| now.date_naive());
    // A day more on each side: it may be another day for a board than in UTC.
    let horizon = Days::new(HORIZON_DAYS + 1);
    let from = Day::from(today.checked_sub_days(horizon).unwrap_or(NaiveDate::MIN));
    let through = Day::from(today.checked_add_days(horizon).unwrap_or(NaiveDate::MAX));
    let mut swept = Swept::default();
    let mut after: Option<(Day, Id)> = None;
    loop {
        let page: Vec<TermRow> = db.read(|conn: &mut Conn<'_>| -> Result<_, StoreError> {
            repo!(conn, reminders::terms_ending(from, through, after, PAGE))
        })?;
        let Some(last) = page.last() else {
            return Ok(swept);
        };
        after = last.through_day.map(|day| (day, last.id));
        for term in &page {
            one(db, now, how, term, &mut swept)?;
        }
        swept.looked_at += page.len();
        seen(swept.looked_at);
    }
}

fn one(db: &Db, now: DateTime<Utc>, how: Sweep, term: &TermRow, swept: &mut Swept) -> Result<(), StoreError> {
    let plan = match db.read(|conn| reminders::consider(conn, term, now, how.as_of)) {
        Ok(Some(plan)) => plan,
        Ok(None) => return Ok(()),
        Err(reminders::ReminderError::Store(error)) => return Err(error),
        Err(error) => {
            tracing::error!(person = %term.person_id, term = %term.id, %error, "no reminder could be made");
            swept.not_known += 1;
            return Ok(());
        }
    };
    let by = Acting::system(now);
    if how.dry_run || db.write(|conn| reminders::write(conn, &by, &plan))? {
        swept.reminded.push(plan);
    }
    Ok(())
}
