//! Who acts, and when.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::repo;
use crate::storage::audit::Entry;
use crate::storage::{Conn, Id, Moment, StoreError};

/// Who acts, and when. Rights were checked where this was made.
#[derive(Debug, Clone, Copy)]
pub struct Acting {
    /// The person, or [`Id::SYSTEM`] for the service itself.
    pub actor: Id,
    /// The moment that everything written now carries.
    pub at: DateTime<Utc>,
}

impl Acting {
    /// The service itself, such as the reminder sweep.
    #[must_use]
    pub const fn system(at: DateTime<Utc>) -> Self {
        Self { actor: Id::SYSTEM, at }
    }

    /// A new row key.
    #[must_use]
    pub fn fresh_id(&self) -> Id {
        Id::fresh(self.at)
    }

    /// The moment as columns hold it.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.at.into()
    }

    /// The latest day it can be anywhere now: for people, who may be wherever a day has begun.
    #[must_use]
    pub fn latest_day(&self) -> NaiveDate {
        (self.at + TimeDelta::hours(14)).date_naive()
    }

    /// The earliest day it can be anywhere at `at`: what ends then is told so that nobody counts on a day too many.
    #[must_use]
    pub fn earliest_day(at: DateTime<Utc>) -> NaiveDate {
        (at - TimeDelta::hours(12)).date_naive()
    }

    /// Writes down what was done, in the same transaction. `detail` holds no names, addresses or secrets.
    ///
    /// # Errors
    /// What the database met.
    pub fn log(
        &self,
        conn: &mut Conn<'_>,
        action: &'static str,
        subject: String,
        person: Option<Id>,
        detail: serde_json::Value,
    ) -> Result<(), StoreError> {
        let entry = Entry { at: self.moment(), actor: self.actor, action, subject, person_id: person, detail };
        repo!(conn, audit::append(&entry)).map(drop)
    }
}
