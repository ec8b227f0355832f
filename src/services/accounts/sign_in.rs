//! Signing in by address and password.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::json;

use super::lock::rest;
use super::{Address, Device, device};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::passwords::Passwords;
use crate::services::sessions::{self, Opened, SessionKind};
use crate::storage::{Conn, Db, Id, Moment, StoreError};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown address, wrong password, or an account at rest: nobody learns which.
    #[error(
        "address and password do not fit together; after some wrong tries in a row an account rests for some \
         minutes, a new password ends that"
    )]
    NoMatch,
    /// The database, or too many at once.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody who has just signed in.
#[derive(Debug)]
pub struct Arrived {
    /// Their session.
    pub opened: Opened,
    /// What a browser shall keep, so that its next sign-in is not new.
    pub device: Option<SecretString>,
}

/// Whose password is tried.
struct Attempt {
    person: Option<Id>,
    password_hash: Option<String>,
}

/// Signs a person in. The try is counted before the password is looked at, so that many at once do not get
/// more tries than one after another; hashing happens outside the transactions. A sign-in on a new device is told
/// by mail.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(
    db: &Db,
    passwords: &Passwords,
    at: DateTime<Utc>,
    email: Option<Address>,
    password: SecretString,
    device: Device,
) -> Result<Arrived, SignInError> {
    let attempt = db.run_write(move |conn| begin(conn, at, email.as_ref())).await?;
    let fits = passwords.verify(password, attempt.password_hash).await?;
    match attempt.person {
        Some(person) if fits => db
            .run_write(move |conn| {
                right_password(conn, person)?;
                let kind = match device {
                    Device::Browser(_) => SessionKind::Web,
                    Device::Program => SessionKind::Api,
                };
                let opened = sessions::open(conn, at, person, kind)?;
                let device = device::notice(conn, at, person, opened.session, &device)?;
                Ok(Arrived { opened, device })
            })
            .await
            .map_err(SignInError::Store),
        _ => Err(SignInError::NoMatch),
    }
}

/// Counts the try. Known or not, one row is written: both take one commit.
fn begin(conn: &mut Conn<'_>, at: DateTime<Utc>, email: Option<&Address>) -> Result<Attempt, StoreError> {
    let by = Acting::system(at);
    let person = match email {
        Some(email) => repo!(conn, people::find_email(email.as_str()))?
            .filter(|row| row.verified_at.is_some() && row.ended_at.is_none())
            .map(|row| row.person_id),
        None => None,
    };
    let counted = match person {
        Some(person) => try_password(conn, at, person)?,
        None => None,
    };
    by.log(conn, "sign_in.try", "sign_in".to_owned(), person, json!({"tried": counted.is_some()}))?;
    Ok(Attempt { person: person.filter(|_| counted.is_some()), password_hash: counted })
}

/// Counts a try of a person's password and answers the hash it must fit; `None` while the account rests or has
/// no password. After a right one, [`right_password`] forgets the tries.
///
/// # Errors
/// What the database met.
pub fn try_password(conn: &mut Conn<'_>, at: DateTime<Utc>, person: Id) -> Result<Option<String>, StoreError> {
    let login = repo!(conn, logins::find(person))?;
    let open = login.is_some_and(|login| login.locked_until.is_none_or(|until| until <= Moment::from(at)));
    if !open {
        return Ok(None);
    }
    let Some(login) = repo!(conn, logins::count_attempt(person))? else { return Ok(None) };
    if let Some(rest) = rest(login.failures) {
        repo!(conn, logins::lock(person, (at + rest).into()))?;
    }
    Ok(Some(login.password_hash))
}

/// Forgets wrong tries after a right one.
///
/// # Errors
/// What the database met.
pub fn right_password(conn: &mut Conn<'_>, person: Id) -> Result<(), StoreError> {
    repo!(conn, logins::clear_failures(person)).map(drop)
}
