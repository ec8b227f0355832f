//! Rows of people, their names and addresses.

use diesel::prelude::*;

use crate::storage::schema::people::{email, person, person_detail, person_name};
use crate::storage::values::{Day, Id, Moment};

/// One human.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person)]
#[diesel(treat_none_as_default_value = false)]
pub struct PersonRow {
    /// Key.
    pub id: Id,
    /// `en` or `es`.
    pub language: String,
    /// When the row was made.
    pub created_at: Moment,
}

/// What a person is called.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_name)]
#[diesel(treat_none_as_default_value = false)]
pub struct PersonNameRow {
    /// Whose name.
    pub person_id: Id,
    /// Which name.
    pub id: Id,
    /// Which wording of it; the highest counts.
    pub revision: i32,
    /// `legal`, `used` or `previous`.
    pub kind: String,
    /// The name.
    pub name: String,
    /// First day.
    pub from_day: Option<Day>,
    /// Last day.
    pub through_day: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
    /// Why it was corrected.
    pub reason: Option<String>,
}

/// Facts about a person that rules read.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_detail)]
#[diesel(treat_none_as_default_value = false)]
pub struct PersonDetailRow {
    /// Whose.
    pub person_id: Id,
    /// Which wording; the highest counts.
    pub revision: i32,
    /// Day of birth.
    pub birth_day: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
    /// Why it was corrected.
    pub reason: Option<String>,
}

/// A mail address, in lower case, of one person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = email)]
#[diesel(treat_none_as_default_value = false)]
pub struct EmailRow {
    /// The address.
    pub address: String,
    /// Whose.
    pub person_id: Id,
    /// When it was given.
    pub added_at: Moment,
    /// When the person proved that mail arrives.
    pub verified_at: Option<Moment>,
    /// When mail last came back.
    pub bounced_at: Option<Moment>,
    /// When the person gave it up.
    pub ended_at: Option<Moment>,
}
