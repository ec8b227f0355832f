//! Signing up: a name and an address first, the password when the address is proved. So nobody can set up an
//! account with somebody else's address and wait for them to confirm it.

use chrono::Duration;
use serde_json::json;

use super::{Address, VERIFY_HOURS, link, link_token, read_name, request_reset, set_password};
use crate::mail::{Notice, Place, VerifyAddress};
use crate::pdf::NameRefusal;
use crate::repo;
use crate::rules::Lang;
use crate::services::acting::Acting;
use crate::services::notices;
use crate::services::secrets;
use crate::storage::rows::people::{EmailRow, PersonNameRow, PersonRow};
use crate::storage::{Conn, Id, StoreError};

/// A person who is not known yet.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Where mail reaches them.
    pub email: Address,
    /// Their legal name.
    pub name: String,
    /// The language they are written to in.
    pub language: Lang,
}

/// Why an address was not proved.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// The link was used, is too old or was never made.
    #[error("this link works no longer, ask for a new one")]
    LinkOver,
    /// The first proof sets the password too.
    #[error("expected a password, this account has none yet")]
    PasswordMissing,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl NewPerson {
    /// Checks what was typed.
    ///
    /// # Errors
    /// When no certificate could print the name: see [`read_name`].
    pub fn new(email: Address, name: &str, language: Lang) -> Result<Self, NameRefusal> {
        Ok(Self { email, name: read_name(name)?, language })
    }
}

/// Stores a person with one unproved address.
///
/// # Errors
/// [`StoreError::Taken`] when the address is somebody's.
pub fn add_person(conn: &mut Conn<'_>, by: &Acting, new: &NewPerson) -> Result<Id, StoreError> {
    let id = by.fresh_id();
    let recorded_by = if by.actor == Id::SYSTEM { id } else { by.actor };
    repo!(conn, people::insert(&PersonRow { id, language: new.language.tag().to_owned(), created_at: by.moment() }))?;
    repo!(
        conn,
        people::insert_name(&PersonNameRow {
            person_id: id,
            id: by.fresh_id(),
            revision: 1,
            kind: "legal".to_owned(),
            name: new.name.clone(),
            from_day: None,
            through_day: None,
            recorded_at: by.moment(),
            recorded_by,
            reason: None,
        })
    )?;
    repo!(
        conn,
        people::insert_email(&EmailRow {
            address: new.email.as_str().to_owned(),
            person_id: id,
            added_at: by.moment(),
            verified_at: None,
            bounced_at: None,
            ended_at: None,
        })
    )?;
    by.log(conn, "person.add", format!("person {id}"), Some(id), json!({}))?;
    Ok(id)
}

/// Who has an address, proved or not. For those who may know: never for an answer to a stranger.
///
/// # Errors
/// What the database met.
pub fn person_with(conn: &mut Conn<'_>, email: &Address) -> Result<Option<Id>, StoreError> {
    Ok(repo!(conn, people::find_email(email.as_str()))?.map(|row| row.person_id))
}

/// Takes an address as proved, because whoever runs the service says so.
///
/// # Errors
/// What the database met.
pub fn take_as_proved(conn: &mut Conn<'_>, by: &Acting, person: Id, email: &Address) -> Result<(), StoreError> {
    repo!(conn, people::verify_email(email.as_str(), by.moment()))?;
    by.log(conn, "email.take_as_proved", format!("person {person}"), Some(person), json!({}))
}

/// Signs somebody up, or sends the owner of an address that has an account the way back in. The caller is told
/// the same either way. `base` is the public address of the service.
///
/// # Errors
/// What the database met.
pub fn sign_up(conn: &mut Conn<'_>, by: &Acting, new: &NewPerson, base: &str) -> Result<(), StoreError> {
    let address = new.email.as_str();
    let person = match repo!(conn, people::find_email(address))? {
        Some(known) if known.verified_at.is_some() => return request_reset(conn, by, &new.email, base),
        Some(waiting) => waiting.person_id,
        None => add_person(conn, by, new)?,
    };
    let valid = Duration::hours(i64::from(VERIFY_HOURS));
    let token = link_token(conn, by, person, "verify_email", Some(address.to_owned()), valid)?;
    let notice = VerifyAddress { link: link(base, Place::VerifyEmail, &token), valid_hours: VERIFY_HOURS };
    notices::owe_to(conn, by, None, person, address, Notice::VerifyAddress(notice)).map(drop)
}

/// Proves an address by the token mailed to it, and sets the first password if there is none yet.
///
/// # Errors
/// [`SignUpError`].
pub fn verify_address(
    conn: &mut Conn<'_>,
    by: &Acting,
    token: &str,
    password_hash: Option<String>,
) -> Result<Id, SignUpError> {
    let used = repo!(conn, logins::use_token(&secrets::hash(token), "verify_email", by.moment()))?;
    let Some((person, address)) = used.and_then(|row| row.person_id.zip(row.about)) else {
        return Err(SignUpError::LinkOver);
    };
    let by = Acting { actor: person, at: by.at };
    repo!(conn, people::verify_email(&address, by.moment()))?;
    by.log(conn, "email.verify", format!("person {person}"), Some(person), json!({}))?;
    if repo!(conn, logins::find(person))?.is_none() {
        let hash = password_hash.ok_or(SignUpError::PasswordMissing)?;
        set_password(conn, &by, person, hash)?;
    }
    Ok(person)
}
