//! A person's account: signing up, proving an address, signing in, setting a new password.
//!
//! Whether an address has an account is told to nobody but its owner, by mail: what is answered, and how long
//! it takes, is the same for known and unknown addresses. Begin with [`sign_up()`].

mod address;
mod device;
mod links;
mod lock;
mod name;
mod password;
mod sign_in;
mod sign_up;

pub use address::{Address, NotAnAddress};
pub use device::Device;
pub use links::{LinkPurpose, OpenLink, look_at_link};
pub use name::read_name;
pub use password::{PasswordError, change_password, request_reset, reset_link, reset_password, set_password};
pub use sign_in::{Arrived, SignInError, right_password, sign_in, try_password};
pub use sign_up::{NewPerson, SignUpError, add_person, person_with, sign_up, take_as_proved, verify_address};

use chrono::Duration;
use secrecy::{ExposeSecret, SecretString};

use super::acting::Acting;
use super::secrets::{self, SecretKind};
use crate::mail::Place;
use crate::repo;
use crate::storage::rows::access::OneTimeTokenRow;
use crate::storage::{Conn, Id, StoreError};

/// How long the link that proves an address works.
pub const VERIFY_HOURS: u32 = 24;
/// How long the link to set a new password works.
pub const RESET_MINUTES: u32 = 30;

/// Makes the token of a link, in place of older ones for the same purpose.
pub(super) fn link_token(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    purpose: &str,
    about: Option<String>,
    valid: Duration,
) -> Result<SecretString, StoreError> {
    let secret = secrets::fresh(SecretKind::Link)?;
    repo!(conn, logins::void_tokens(person, purpose, by.moment()))?;
    let row = OneTimeTokenRow {
        token_hash: secrets::hash_of(&secret),
        purpose: purpose.to_owned(),
        person_id: Some(person),
        about,
        created_at: by.moment(),
        expires_at: Some((by.at + valid).into()),
        used_at: None,
    };
    repo!(conn, logins::insert_token(&row))?;
    Ok(secret)
}

/// An address of a page that carries a token.
pub(super) fn link(base: &str, page: Place, token: &SecretString) -> String {
    page.link_to(base, token.expose_secret())
}
