//! Only those columns of facts that a status of many people is decided by.

use diesel::prelude::*;

use crate::storage::schema::decisions::application;
use crate::storage::schema::facts::{completion, exam_attempt};
use crate::storage::values::{Day, Id, Word};

/// Whose rows are read.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'w> {
    /// Of everybody from one key through another.
    Between(Id, Id),
    /// Of these people.
    Each(&'w [Id]),
}

/// A completion.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = completion)]
pub struct NarrowCompletion {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// From 1 on.
    pub revision: i32,
    /// The day.
    pub completed_day: Day,
    /// Minutes that no topic has for itself.
    pub minutes: Option<i32>,
    /// Learning kind.
    pub kind: Word,
    /// What is held of it.
    pub state: Word,
}

/// Where a completion comes from, and how it was held.
#[derive(Debug, Clone, Copy, Default, Queryable, Selectable)]
#[diesel(table_name = completion)]
pub struct NarrowSource {
    /// The course.
    pub course_id: Option<Id>,
    /// Who gave it.
    pub program_id: Option<Id>,
    /// Whether the board said that it is approved.
    pub approved: Option<bool>,
    /// How it was held.
    pub delivery: Option<Word>,
}

/// A sitting of an exam.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = exam_attempt)]
pub struct NarrowExam {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// Which exam.
    pub exam: Word,
    /// The day.
    pub on_day: Day,
    /// What came of it.
    pub outcome: Word,
    /// Whether the result is official.
    pub official: bool,
    /// Since when.
    pub official_day: Option<Day>,
    /// The score.
    pub score: Option<String>,
    /// Its scale.
    pub scale: Option<String>,
    /// The mark of those who gave it.
    pub pass_mark: Option<String>,
}

/// An application.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = application)]
pub struct NarrowApplication {
    /// Whose it is.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// For what.
    pub purpose: String,
    /// The stage it names.
    pub stage: Option<String>,
    /// The version it is pinned to.
    pub version: Option<String>,
    /// The day it was received.
    pub received_day: Day,
}
