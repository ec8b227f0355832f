//! Evaluations that decisions rest on, and the decisions.

use diesel::prelude::*;

use crate::storage::schema::decisions::{decision, evaluation};
use crate::storage::values::{Day, Id, Moment};

/// An evaluation that was acted upon: enough to run it again to the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = evaluation)]
pub struct EvaluationRow {
    /// Whose record.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// Under which credential's rules.
    pub credential_id: Id,
    /// The version used.
    pub version: String,
    /// Its hash.
    pub version_hash: String,
    /// Hash of record and question.
    pub inputs_hash: String,
    /// The question as JSON.
    pub question: String,
    /// The record as it was, as JSON.
    pub record: String,
    /// The answer as JSON, byte for byte.
    pub answer: String,
    /// When.
    pub recorded_at: Moment,
}

/// What a board decided, and why.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = decision)]
#[diesel(treat_none_as_default_value = false)]
pub struct DecisionRow {
    /// About whom.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// About which credential.
    pub credential_id: Id,
    /// On which application; none: on one requirement alone.
    pub application_id: Option<Id>,
    /// The evaluation it rests on.
    pub evaluation_id: Option<Id>,
    /// The one requirement decided; none: the whole.
    pub requirement: Option<String>,
    /// `approved`, `refused`, `waived`, `extended` or `exempted`.
    pub outcome: String,
    /// The day it counts from.
    pub on_day: Day,
    /// The last day it holds.
    pub until_day: Option<Day>,
    /// For how many minutes.
    pub minutes: Option<i32>,
    /// Why.
    pub reason: String,
    /// What the person can do now.
    pub next_step: Option<String>,
    /// How to appeal.
    pub appeal: Option<String>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}
