//! Boards' holidays, their credentials and the published versions of the rules.

use diesel::prelude::*;

use crate::storage::schema::credentials::{credential, rule_version};
use crate::storage::schema::organizations::holiday;
use crate::storage::values::{Day, Id, Moment};

/// A day on which a board does not work.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = holiday)]
pub struct HolidayRow {
    /// The board.
    pub organization_id: Id,
    /// The day.
    pub day: Day,
    /// What it is called.
    pub name: String,
}

/// A kind of credential that a board gives.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = credential)]
pub struct CredentialRow {
    /// Key.
    pub id: Id,
    /// The id that packs and records use.
    pub slug: String,
    /// ISO 3166, lower case, or `intl`.
    pub region: String,
    /// The board.
    pub organization_id: Id,
    /// As printed on certificates.
    pub title: String,
    /// When it was set up.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Id,
}

/// One published version of a credential's rules. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rule_version)]
pub struct RuleVersionRow {
    /// The credential.
    pub credential_id: Id,
    /// Its name: the day it comes into force.
    pub version: String,
    /// That day.
    pub in_force_from: Day,
    /// Hash of the flattened version.
    pub hash: String,
    /// The flattened version's text.
    pub content: String,
    /// When.
    pub published_at: Moment,
    /// By whom.
    pub published_by: Id,
}
