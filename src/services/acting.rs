//! Who acts, and when.

use chrono::{DateTime, Utc};

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
