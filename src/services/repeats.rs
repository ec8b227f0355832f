//! Requests that may come twice: the same key with the same request gets the answer that the first one got.
//!
//! Key, effect and answer are stored in one transaction, so none is there without the others. What is refused
//! stores nothing and may be asked again under the same key.

use chrono::{DateTime, Utc};

use crate::repo;
use crate::storage::rows::access::IdempotencyRow;
use crate::storage::{Conn, StoreError};

/// A request under a key.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// Who asks; keys of others are none of theirs.
    pub scope: String,
    /// The key they chose.
    pub key: String,
    /// SHA-256 of method, path and body.
    pub request_hash: Vec<u8>,
}

/// An answer, and whether it is one that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
    /// Whether nothing was done this time.
    pub repeated: bool,
}

/// Why a request under a key was not answered.
#[derive(Debug, thiserror::Error)]
pub enum RepeatError<E> {
    /// The key came with another request.
    #[error("this key came with another request before, expected a new key for a new request")]
    Reused,
    /// The first request is still being worked on.
    #[error("the first request with this key is still being worked on, ask again in a moment")]
    InFlight,
    /// What the work itself met.
    #[error("the work itself was not done")]
    Work(E),
}

impl<E: From<StoreError>> From<StoreError> for RepeatError<E> {
    fn from(error: StoreError) -> Self {
        Self::Work(error.into())
    }
}

/// Does `work` unless it was done under this key before. `work` answers its status and JSON body.
///
/// # Errors
/// [`RepeatError`]; what `work` refused has stored nothing.
pub fn once<E: From<StoreError>>(
    conn: &mut Conn<'_>,
    repeat: &Repeat,
    at: DateTime<Utc>,
    work: impl FnOnce(&mut Conn<'_>) -> Result<(u16, String), E>,
) -> Result<Answered, RepeatError<E>> {
    let row = IdempotencyRow {
        scope: repeat.scope.clone(),
        key: repeat.key.clone(),
        request_hash: repeat.request_hash.clone(),
        status: None,
        response: None,
        created_at: at.into(),
    };
    if repo!(conn, idempotency::take(&row))? == 0 {
        return before(conn, repeat)?.ok_or(RepeatError::InFlight);
    }
    let (status, body) = work(conn).map_err(RepeatError::Work)?;
    repo!(conn, idempotency::answer(&repeat.scope, &repeat.key, i32::from(status), &body))?;
    Ok(Answered { status, body, repeated: false })
}

/// What was answered under this key, if anything was.
///
/// # Errors
/// When the key came with another request, or is being worked on.
pub fn before<E: From<StoreError>>(conn: &mut Conn<'_>, repeat: &Repeat) -> Result<Option<Answered>, RepeatError<E>> {
    match repo!(conn, idempotency::find(&repeat.scope, &repeat.key))? {
        None => Ok(None),
        Some(before) if before.request_hash != repeat.request_hash => Err(RepeatError::Reused),
        Some(IdempotencyRow { status: Some(status), response: Some(body), .. }) => {
            Ok(Some(Answered { status: u16::try_from(status).unwrap_or(200), body, repeated: true }))
        }
        Some(_) => Err(RepeatError::InFlight),
    }
}

/// Forgets keys that were used before `before`. Answers how many.
///
/// # Errors
/// What the database met.
pub fn forget(conn: &mut Conn<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    repo!(conn, idempotency::forget(before.into()))
}
