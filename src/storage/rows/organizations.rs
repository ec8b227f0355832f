//! Rows of organizations and of who works in them.

use diesel::prelude::*;

use crate::storage::schema::organizations::{board, membership, organization};
use crate::storage::values::{Id, Moment};

/// A board, training program or employer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = organization)]
#[diesel(treat_none_as_default_value = false)]
pub struct OrganizationRow {
    /// Key.
    pub id: Id,
    /// `board`, `program` or `employer`.
    pub kind: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where it works.
    pub region: Option<String>,
    /// When it was added.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Id,
}

/// What a board decides about its own work.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = board)]
#[diesel(treat_none_as_default_value = false)]
pub struct BoardRow {
    /// Which organization.
    pub organization_id: Id,
    /// The zone whose days count, such as `America/Chicago`.
    pub time_zone: String,
    /// What certificate numbers begin with.
    pub number_prefix: String,
    /// Where people call.
    pub phone: Option<String>,
    /// JSON list: what the public may see.
    pub register_fields: String,
    /// JSON: colours, seal, border, signatory.
    pub certificate_style: String,
    /// When this was last changed.
    pub updated_at: Moment,
}

/// A person's role in an organization, or (without one) in this installation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = membership)]
#[diesel(treat_none_as_default_value = false)]
pub struct MembershipRow {
    /// Whose.
    pub person_id: Id,
    /// Which membership.
    pub id: Id,
    /// Which wording of it; the highest counts.
    pub revision: i32,
    /// Where.
    pub organization_id: Option<Id>,
    /// The role.
    pub role: String,
    /// `invited`, `active` or `ended`.
    pub state: String,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
    /// Why.
    pub reason: Option<String>,
}
