//! Applications, what happened to them, the board's queue and the reviewer's word on each item.

use diesel::prelude::*;

use crate::storage::schema::decisions::{application, application_event, application_open, board_queue, review_item};
use crate::storage::values::{Day, Id, Moment};

/// A wish to be certified or renewed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = application)]
#[diesel(treat_none_as_default_value = false)]
pub struct ApplicationRow {
    /// Who wishes.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// To be certified as what.
    pub credential_id: Id,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    pub purpose: String,
    /// The stage asked for, where there are several.
    pub stage: Option<String>,
    /// The version the person is pinned to.
    pub version: Option<String>,
    /// The entry path.
    pub path: Option<String>,
    /// A named group with rules of its own.
    pub cohort: Option<String>,
    /// The day it was received.
    pub received_day: Day,
    /// When it was recorded.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Id,
}

/// Something that happened to an application.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_event)]
#[diesel(treat_none_as_default_value = false)]
pub struct ApplicationEventRow {
    /// Whose.
    pub person_id: Id,
    /// Which.
    pub application_id: Id,
    /// Place in the order, from 1.
    pub seq: i32,
    /// `received`, `complete`, `more_needed`, `approved`, `refused` or `withdrawn`.
    pub kind: String,
    /// The day it counts from.
    pub on_day: Day,
    /// A sentence for the person.
    pub note: Option<String>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}

/// An application that a board still has to decide.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = board_queue)]
pub struct QueueRow {
    /// The board.
    pub board_id: Id,
    /// Oldest first.
    pub received_day: Day,
    /// Which.
    pub application_id: Id,
    /// Whose.
    pub person_id: Id,
    /// For what.
    pub credential_id: Id,
    /// `waiting` for the board, or `more_needed` from the person.
    pub state: String,
}

/// What a person has applied for and is not decided: one application at a time for the same.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_open)]
pub struct OpenRow {
    /// Whose.
    pub person_id: Id,
    /// For what.
    pub credential_id: Id,
    /// For which purpose.
    pub purpose: String,
    /// Which application.
    pub application_id: Id,
}

/// A reviewer's word on one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_item)]
#[diesel(treat_none_as_default_value = false)]
pub struct ReviewItemRow {
    /// Whose application.
    pub person_id: Id,
    /// Which.
    pub application_id: Id,
    /// The requirement's id in the pack.
    pub requirement: String,
    /// The highest one holds.
    pub revision: i32,
    /// `accepted`, `not_accepted` or `question`.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}
