//! Forgetting what is of no more use: sessions and links that ended long ago, keys of requests that will not come
//! again. What happened stays in the audit log.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::repeats;
use crate::repo;
use crate::storage::{Conn, StoreError};

/// Days that an ended session with its tokens, and a link that works no longer, are kept.
pub const ACCESS_DAYS: i64 = 30;
/// Days in which a request may come again under its key.
pub const REPEAT_DAYS: i64 = 7;

/// How much was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Forgotten {
    /// Sessions.
    pub sessions: usize,
    /// Links of mails.
    pub links: usize,
    /// Keys of requests.
    pub repeats: usize,
}

/// Forgets what was over before the days above. A token of a session is kept as long as the session: one that
/// comes a second time must be known to be a second time.
///
/// # Errors
/// What the database met.
pub fn forget(conn: &mut Conn<'_>, now: DateTime<Utc>) -> Result<Forgotten, StoreError> {
    let over = now - TimeDelta::days(ACCESS_DAYS);
    Ok(Forgotten {
        sessions: repo!(conn, sessions::forget(over.into()))?,
        links: repo!(conn, logins::forget_tokens(over.into()))?,
        repeats: repeats::forget(conn, now - TimeDelta::days(REPEAT_DAYS))?,
    })
}
