//! Rows of what a person learned.

use diesel::prelude::*;

use crate::storage::schema::facts::{attendance, completion, completion_extra, completion_topic};
use crate::storage::values::{Day, Id, Moment, Word};

/// Learning that a person completed. Narrow and clustered by person: bulk evaluation reads it whole.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = completion)]
#[diesel(treat_none_as_default_value = false)]
pub struct CompletionRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Completed day.
    pub completed_day: Day,
    /// Started day.
    pub started_day: Option<Day>,
    /// How long it took.
    pub minutes: Option<i32>,
    /// What sort it is.
    pub kind: Word,
    /// Delivery.
    pub delivery: Option<Word>,
    /// How far it is confirmed.
    pub state: Word,
    /// Course id.
    pub course_id: Option<Id>,
    /// Program id.
    pub program_id: Option<Id>,
    /// Session id.
    pub session_id: Option<Id>,
    /// Stated by the board where no approval row says it.
    pub approved: Option<bool>,
    /// Of the row it came from, so that a file can come twice.
    pub source_key: Option<i64>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// What a completion is compared by when the same comes in again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = completion)]
pub struct KeyedCompletionRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Of the row it came from.
    pub source_key: Option<i64>,
    /// Started day.
    pub started_day: Option<Day>,
    /// What stands with no topic.
    pub minutes: Option<i32>,
    /// How far it is confirmed.
    pub state: Word,
}

/// The topics of a completion. Without minutes: a topic that may take what is not fixed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = completion_topic)]
#[diesel(treat_none_as_default_value = false)]
pub struct CompletionTopicRow {
    /// Whose it is.
    pub person_id: Id,
    /// Completion id.
    pub completion_id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// The topic.
    pub topic: Word,
    /// How long it took.
    pub minutes: Option<i32>,
}

/// What few completions have: amounts in other units, attendance, tags, use for other credentials.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = completion_extra)]
#[diesel(treat_none_as_default_value = false)]
pub struct CompletionExtraRow {
    /// Whose it is.
    pub person_id: Id,
    /// Completion id.
    pub completion_id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// JSON in the words of the portable record.
    pub content: String,
}

/// Who was there, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attendance)]
#[diesel(treat_none_as_default_value = false)]
pub struct AttendanceRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Session id.
    pub session_id: Id,
    /// Held minutes.
    pub held_minutes: i32,
    /// Attended minutes.
    pub attended_minutes: i32,
    /// Excused minutes.
    pub excused_minutes: i32,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}
