//! Rows of courses, their topics and sessions, and of files brought in.

use diesel::prelude::*;

use crate::storage::schema::credentials::{course, course_session, course_topic, import_run};
use crate::storage::values::{Day, Id, Moment, Word};

/// A training program's course.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course)]
#[diesel(treat_none_as_default_value = false)]
pub struct CourseRow {
    /// The same over all revisions.
    pub id: Id,
    /// Organization id.
    pub organization_id: Id,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What sort it is.
    pub kind: Word,
    /// Delivery.
    pub delivery: Word,
    /// How long it took.
    pub minutes: i32,
    /// Created at.
    pub created_at: Moment,
    /// Created by.
    pub created_by: Id,
    /// Retired on.
    pub retired_on: Option<Day>,
}

/// How a course's minutes divide over topics. Without minutes: the topic shares what is not fixed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_topic)]
#[diesel(treat_none_as_default_value = false)]
pub struct CourseTopicRow {
    /// Course id.
    pub course_id: Id,
    /// The topic.
    pub topic: Word,
    /// How long it took.
    pub minutes: Option<i32>,
}

/// A dated run of a course.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_session)]
#[diesel(treat_none_as_default_value = false)]
pub struct CourseSessionRow {
    /// The same over all revisions.
    pub id: Id,
    /// Course id.
    pub course_id: Id,
    /// First day.
    pub from_day: Day,
    /// Last day; none while it lasts.
    pub through_day: Day,
    /// Place.
    pub place: Option<String>,
    /// Seats.
    pub seats: Option<i32>,
    /// Created at.
    pub created_at: Moment,
    /// Created by.
    pub created_by: Id,
}

/// A file of rows brought in, so that the same file brings in nothing twice.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_run)]
#[diesel(treat_none_as_default_value = false)]
pub struct ImportRunRow {
    /// The same over all revisions.
    pub id: Id,
    /// What sort it is.
    pub kind: String,
    /// Organization id.
    pub organization_id: Option<Id>,
    /// File hash.
    pub file_hash: String,
    /// Rows read.
    pub rows_read: i32,
    /// Rows added.
    pub rows_added: i32,
    /// Rows known.
    pub rows_known: i32,
    /// Rows refused.
    pub rows_refused: i32,
    /// Started at.
    pub started_at: Moment,
    /// Finished at.
    pub finished_at: Option<Moment>,
    /// Started by.
    pub started_by: Id,
}
