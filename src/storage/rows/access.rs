//! Rows of how people and systems prove who they are, and of requests that may be repeated.

use diesel::prelude::*;

use crate::storage::schema::organizations::{api_key, idempotency_key};
use crate::storage::schema::people::{login, one_time_token, session, session_token};
use crate::storage::values::{Id, Moment};

/// A person's password.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = login)]
#[diesel(treat_none_as_default_value = false)]
pub struct LoginRow {
    /// Whose.
    pub person_id: Id,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// When the password was set.
    pub changed_at: Moment,
    /// Wrong passwords in a row.
    pub failures: i32,
    /// No password is tried before this moment.
    pub locked_until: Option<Moment>,
}

/// A signed-in device.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = session)]
#[diesel(treat_none_as_default_value = false)]
pub struct SessionRow {
    /// Who signed in.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// `web` or `api`.
    pub kind: String,
    /// When.
    pub created_at: Moment,
    /// The end that no use moves.
    pub expires_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
}

/// A refresh token or page cookie.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = session_token)]
#[diesel(treat_none_as_default_value = false)]
pub struct SessionTokenRow {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// Whose session.
    pub person_id: Id,
    /// Which session.
    pub session_id: Id,
    /// When it was given out.
    pub issued_at: Moment,
    /// The end if it is not used.
    pub expires_at: Moment,
    /// When it was exchanged for the next one.
    pub used_at: Option<Moment>,
}

/// A link sent by mail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = one_time_token)]
#[diesel(treat_none_as_default_value = false)]
pub struct OneTimeTokenRow {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// What it is good for.
    pub purpose: String,
    /// Whom it is for.
    pub person_id: Option<Id>,
    /// What it is about.
    pub about: Option<String>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it works.
    pub expires_at: Option<Moment>,
    /// When it was used.
    pub used_at: Option<Moment>,
}

/// A key for another system of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_key)]
#[diesel(treat_none_as_default_value = false)]
pub struct ApiKeyRow {
    /// SHA-256 of the key.
    pub token_hash: Vec<u8>,
    /// The name by which it acts and is revoked.
    pub id: Id,
    /// Whose.
    pub organization_id: Id,
    /// What people call it.
    pub label: String,
    /// What it may do, separated by spaces.
    pub scopes: String,
    /// When it was made.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Id,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

/// A request that may come again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_key)]
#[diesel(treat_none_as_default_value = false)]
pub struct IdempotencyRow {
    /// Who asked.
    pub scope: String,
    /// The key they chose.
    pub key: String,
    /// SHA-256 of what they asked.
    pub request_hash: Vec<u8>,
    /// The status they were answered.
    pub status: Option<i32>,
    /// The body they were answered.
    pub response: Option<String>,
    /// When.
    pub created_at: Moment,
}
