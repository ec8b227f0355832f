//! New passwords. Each ends every session: whoever had the old one is out at the next request.

use chrono::Duration;
use serde_json::json;

use super::{Address, RESET_MINUTES, link, link_token};
use crate::mail::{Notice, PasswordReset, Place};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::{notices, secrets, sessions};
use crate::storage::rows::access::LoginRow;
use crate::storage::{Conn, Id, StoreError};

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The link was used, is too old or was never made.
    #[error("this link works no longer, ask for a new one")]
    LinkOver,
    /// The old password is another one.
    #[error("the present password does not fit")]
    NotTheOld,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets a password, ends every session and voids every link to set another.
///
/// # Errors
/// What the database met.
pub fn set_password(conn: &mut Conn<'_>, by: &Acting, person: Id, password_hash: String) -> Result<(), StoreError> {
    let row = LoginRow { person_id: person, password_hash, changed_at: by.moment(), failures: 0, locked_until: None };
    repo!(conn, logins::put(&row))?;
    repo!(conn, logins::void_tokens(person, "reset_password", by.moment()))?;
    sessions::end_all(conn, by, person)?;
    by.log(conn, "password.set", format!("person {person}"), Some(person), json!({}))
}

/// Mails the way to a new password to the owner of an address, if it has one. The caller is told the same
/// either way.
///
/// # Errors
/// What the database met.
pub fn request_reset(conn: &mut Conn<'_>, by: &Acting, email: &Address, base: &str) -> Result<(), StoreError> {
    let known = repo!(conn, people::find_email(email.as_str()))?;
    let Some(known) = known.filter(|row| row.verified_at.is_some() && row.ended_at.is_none()) else {
        // Unknown addresses leave a row too, so that both take one commit.
        return by.log(conn, "password.ask", "unknown".to_owned(), None, json!({}));
    };
    let person = known.person_id;
    let link = reset_link(conn, by, person, Some(known.address.clone()), base)?;
    let notice = Notice::PasswordReset(PasswordReset { link, valid_minutes: RESET_MINUTES });
    notices::owe_to(conn, by, None, person, &known.address, notice)?;
    by.log(conn, "password.ask", format!("person {person}"), Some(person), json!({}))
}

/// A link with which a person sets a new password.
///
/// # Errors
/// What the database met.
pub fn reset_link(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    address: Option<String>,
    base: &str,
) -> Result<String, StoreError> {
    let valid = Duration::minutes(i64::from(RESET_MINUTES));
    let token = link_token(conn, by, person, "reset_password", address, valid)?;
    Ok(link(base, Place::ResetPassword, &token))
}

/// Sets a new password by the token of a link; having read the mail proves the address too.
///
/// # Errors
/// [`PasswordError::LinkOver`], or what the database met.
pub fn reset_password(
    conn: &mut Conn<'_>,
    by: &Acting,
    token: &str,
    password_hash: String,
) -> Result<Id, PasswordError> {
    let used = repo!(conn, logins::use_token(&secrets::hash(token), "reset_password", by.moment()))?;
    let Some((person, about)) = used.and_then(|row| row.person_id.map(|person| (person, row.about))) else {
        return Err(PasswordError::LinkOver);
    };
    let by = Acting { actor: person, at: by.at };
    if let Some(address) = about {
        repo!(conn, people::verify_email(&address, by.moment()))?;
    }
    set_password(conn, &by, person, password_hash)?;
    Ok(person)
}

/// Sets a new password of a signed-in person whose old one was just proved.
///
/// # Errors
/// What the database met.
pub fn change_password(conn: &mut Conn<'_>, by: &Acting, password_hash: String) -> Result<(), StoreError> {
    set_password(conn, by, by.actor, password_hash)
}
