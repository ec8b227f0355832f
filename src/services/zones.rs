//! Where a person's days begin and end: where the board is that they have to do with.
//!
//! Nobody is asked where they live. Who has to do with no board yet is taken to be where the boards here are, if those
//! share a time zone; else nothing is known, and each caller says what then.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::repo;
use crate::storage::{Conn, Id, StoreError};

/// The time zone of the board to which the person applied last, else of the one whose award they got last, else of all
/// boards here.
///
/// # Errors
/// What the database met.
pub fn of_person(conn: &mut Conn<'_>, person: Id) -> Result<Option<Tz>, StoreError> {
    let own = repo!(conn, boards::zone_of_person(person))?;
    let name = match own {
        Some(name) => Some(name),
        None => match repo!(conn, boards::zones())?.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
    };
    // A board's zone was checked when it was set: one that this program does not know is as good as none.
    Ok(name.and_then(|name| name.parse().ok()))
}

/// The day it is for a person at `at`; where nothing is known, in UTC.
///
/// # Errors
/// What the database met.
pub fn day_of(conn: &mut Conn<'_>, person: Id, at: DateTime<Utc>) -> Result<NaiveDate, StoreError> {
    let zone = of_person(conn, person)?.unwrap_or(Tz::UTC);
    Ok(at.with_timezone(&zone).date_naive())
}
