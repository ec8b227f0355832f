//! Keys for other systems of an organization: shown once, stored as a hash, revoked at once.

use secrecy::SecretString;
use serde_json::json;

use super::acting::Acting;
use super::lists::{Page, Wanted};
use super::roles::KeyScope;
use super::secrets::{self, SecretKind};
use crate::repo;
use crate::storage::rows::access::ApiKeyRow;
use crate::storage::{Conn, Id, StoreError};

/// Why a key was not made or revoked.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeyError {
    /// Empty or too long.
    #[error("expected a label of 1 to 120 characters")]
    Label,
    /// A key that may do nothing.
    #[error("expected at least one scope")]
    NoScope,
    /// No such organization or key, or it was revoked before.
    #[error("there is no such key")]
    NotFound,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a key. The secret is never to be seen again.
///
/// # Errors
/// [`ApiKeyError`].
pub fn make(
    conn: &mut Conn<'_>,
    by: &Acting,
    organization: Id,
    label: &str,
    scopes: &[KeyScope],
) -> Result<(ApiKeyRow, SecretString), ApiKeyError> {
    let letters = label.trim().chars().count();
    if !(1..=120).contains(&letters) || label.chars().any(char::is_control) {
        return Err(ApiKeyError::Label);
    }
    if scopes.is_empty() {
        return Err(ApiKeyError::NoScope);
    }
    repo!(conn, organizations::find(organization))?.ok_or(ApiKeyError::NotFound)?;
    let words: Vec<&str> = KeyScope::ALL.into_iter().filter(|s| scopes.contains(s)).map(KeyScope::word).collect();
    let secret = secrets::fresh(SecretKind::ApiKey)?;
    let row = ApiKeyRow {
        token_hash: secrets::hash_of(&secret),
        id: by.fresh_id(),
        organization_id: organization,
        label: label.trim().to_owned(),
        scopes: words.join(" "),
        created_at: by.moment(),
        created_by: by.actor,
        revoked_at: None,
    };
    repo!(conn, api_keys::insert(&row))?;
    by.log(conn, "api_key.make", format!("key {}", row.id), None, json!({"scopes": row.scopes}))?;
    Ok((row, secret))
}

/// Revokes a key; its next request is refused.
///
/// # Errors
/// [`ApiKeyError`].
pub fn revoke(conn: &mut Conn<'_>, by: &Acting, organization: Id, id: Id) -> Result<(), ApiKeyError> {
    if repo!(conn, api_keys::revoke(organization, id, by.moment()))? == 0 {
        return Err(ApiKeyError::NotFound);
    }
    by.log(conn, "api_key.revoke", format!("key {id}"), None, json!({}))?;
    Ok(())
}

/// A page of the keys of an organization, oldest first, revoked ones too.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, organization: Id, wanted: &Wanted<Id>) -> Result<Page<ApiKeyRow>, StoreError> {
    let rows = repo!(conn, api_keys::list_after(organization, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}
