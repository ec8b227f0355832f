//! Devices a person has signed in on: a secret that a browser keeps, so that only a new one is written about.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::mail::{Notice, Place, SignedIn};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::secrets::{self, SecretKind};
use crate::services::{notices, zones};
use crate::storage::rows::access::OneTimeTokenRow;
use crate::storage::{Conn, Id, StoreError};

const DEVICE: &str = "device";

/// What stands for the device that signs in.
#[derive(Debug, Clone)]
pub enum Device {
    /// A browser, and the secret it keeps from an earlier time.
    Browser(Option<String>),
    /// A program that keeps nothing.
    Program,
}

/// Tells the person of a sign-in on a device that is new, at most once a day, and not of the first one ever.
/// Answers the secret that a new browser shall keep.
pub(super) fn notice(
    conn: &mut Conn<'_>,
    at: DateTime<Utc>,
    person: Id,
    session: Id,
    device: &Device,
) -> Result<Option<SecretString>, StoreError> {
    if let Device::Browser(Some(held)) = device
        && is_of(conn, person, held)?
    {
        return Ok(None);
    }
    let by = Acting { actor: person, at };
    if repo!(conn, sessions::has_other(person, session))? {
        let on = zones::day_of(conn, person, at)?;
        let told = SignedIn { on, link: Place::Devices.link() };
        notices::owe_once_a_day(conn, &by, (on, at), person, Notice::SignedIn(told))?;
    }
    match device {
        Device::Browser(_) => remember(conn, &by, person).map(Some),
        Device::Program => Ok(None),
    }
}

fn is_of(conn: &mut Conn<'_>, person: Id, held: &str) -> Result<bool, StoreError> {
    let row = repo!(conn, logins::find_token(&secrets::hash(held)))?;
    Ok(row.is_some_and(|row| row.purpose == DEVICE && row.person_id == Some(person) && row.used_at.is_none()))
}

fn remember(conn: &mut Conn<'_>, by: &Acting, person: Id) -> Result<SecretString, StoreError> {
    let secret = secrets::fresh(SecretKind::Cookie)?;
    let row = OneTimeTokenRow {
        token_hash: secrets::hash(secret.expose_secret()),
        purpose: DEVICE.to_owned(),
        person_id: Some(person),
        about: None,
        created_at: by.moment(),
        expires_at: None,
        used_at: None,
    };
    repo!(conn, logins::insert_token(&row))?;
    Ok(secret)
}
