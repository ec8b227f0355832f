//! Rows of what is owed to people and of work waiting to be done.

use diesel::prelude::*;

use crate::storage::schema::upkeep::{delivery, notice, outbox, reminder};
use crate::storage::values::{Day, Id, Moment};

/// Something a person is told: kept for reading again, whether or not a mail goes out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice)]
#[diesel(treat_none_as_default_value = false)]
pub struct NoticeRow {
    /// Who is told.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// Its kind's name.
    pub kind: String,
    /// `en` or `es`.
    pub language: String,
    /// JSON of the notice, without links that open something by themselves.
    pub content: String,
    /// What it is about.
    pub about: Option<String>,
    /// When it was written.
    pub created_at: Moment,
}

/// Work to do outside a transaction.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox)]
#[diesel(treat_none_as_default_value = false)]
pub struct OutboxRow {
    /// Key, and the left half of a mail's Message-ID.
    pub id: Id,
    /// Which work.
    pub kind: String,
    /// Whom it concerns.
    pub person_id: Option<Id>,
    /// JSON of what the work needs.
    pub payload: String,
    /// Not before.
    pub run_at: Moment,
    /// How often it was begun.
    pub attempts: i32,
    /// Until when the worker that began it has it for itself.
    pub locked_until: Moment,
    /// `waiting` or `parked`.
    pub state: String,
    /// What went wrong last time.
    pub last_problem: Option<String>,
    /// When it was written.
    pub created_at: Moment,
}

/// Without the payload, which holds addresses and links.
impl std::fmt::Debug for OutboxRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutboxRow")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("attempts", &self.attempts)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// What became of a notice's mail at one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = delivery)]
#[diesel(treat_none_as_default_value = false)]
pub struct DeliveryRow {
    /// Who was told.
    pub person_id: Id,
    /// What.
    pub notice_id: Id,
    /// From 1.
    pub attempt: i32,
    /// `sent`, `retry`, `refused`, `parked` or `skipped`.
    pub outcome: String,
    /// Why.
    pub detail: Option<String>,
    /// When.
    pub at: Moment,
}

/// A reminder that was written, so that it is written once per deadline.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = reminder)]
pub struct ReminderRow {
    /// Who was reminded.
    pub person_id: Id,
    /// Of which term.
    pub term_id: Id,
    /// Its kind's name.
    pub kind: String,
    /// Days before the deadline; in grace, days after the term's end.
    pub offset_days: i32,
    /// The deadline it spoke of.
    pub deadline: Day,
    /// The notice.
    pub notice_id: Id,
    /// When it was written.
    pub created_at: Moment,
}
