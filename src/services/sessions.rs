//! Sessions: opening them, exchanging refresh tokens, ending them.
//!
//! A refresh token works once and gives the next; one that comes back a second time was stolen, or its owner
//! was robbed of the first: the session ends for both.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;

use super::acting::Acting;
use super::callers::active_memberships;
use super::lists::{Page, Wanted};
use super::secrets::{self, SecretKind};
use super::zones;
use crate::repo;
use crate::storage::rows::access::{SessionRow, SessionTokenRow};
use crate::storage::{Conn, Id, Moment, StoreError};

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without use.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

/// The limits of a session: short for staff, who see other people's files.
#[must_use]
pub const fn limits(staff: bool) -> Limits {
    if staff {
        Limits { idle: Duration::minutes(30), absolute: Duration::hours(8) }
    } else {
        Limits { idle: Duration::hours(12), absolute: Duration::days(30) }
    }
}

/// How a session is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// By a cookie of the pages.
    Web,
    /// By tokens of the API.
    Api,
}

impl SessionKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
        }
    }

    const fn secret(self) -> SecretKind {
        match self {
            Self::Web => SecretKind::Cookie,
            Self::Api => SecretKind::Refresh,
        }
    }
}

/// A session and the secret that continues it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Whose.
    pub person: Id,
    /// Which.
    pub session: Id,
    /// Refresh token or cookie.
    pub secret: SecretString,
    /// Until when the secret works if it is not used.
    pub expires_at: DateTime<Utc>,
}

/// Whether a session is open.
#[must_use]
pub fn is_open(row: &SessionRow, at: DateTime<Utc>) -> bool {
    row.ended_at.is_none() && row.expires_at > Moment::from(at)
}

/// Opens a session for `person`, who has just proved who they are.
///
/// # Errors
/// What the database met.
pub fn open(conn: &mut Conn<'_>, at: DateTime<Utc>, person: Id, kind: SessionKind) -> Result<Opened, StoreError> {
    let staff = !active_memberships(conn, person)?.is_empty();
    let by = Acting { actor: person, at };
    let row = SessionRow {
        person_id: person,
        id: by.fresh_id(),
        kind: kind.word().to_owned(),
        created_at: by.moment(),
        expires_at: (at + limits(staff).absolute).into(),
        ended_at: None,
    };
    repo!(conn, sessions::insert(&row))?;
    by.log(conn, "session.open", format!("session {}", row.id), Some(person), serde_json::json!({"kind": row.kind}))?;
    issue(conn, at, &row, kind.secret(), staff)
}

fn issue(
    conn: &mut Conn<'_>,
    at: DateTime<Utc>,
    session: &SessionRow,
    kind: SecretKind,
    staff: bool,
) -> Result<Opened, StoreError> {
    let secret = secrets::fresh(kind)?;
    let expires_at = (at + limits(staff).idle).min(session.expires_at.utc());
    let row = SessionTokenRow {
        token_hash: secrets::hash_of(&secret),
        person_id: session.person_id,
        session_id: session.id,
        issued_at: at.into(),
        expires_at: expires_at.into(),
        used_at: None,
    };
    repo!(conn, sessions::insert_token(&row))?;
    Ok(Opened { person: session.person_id, session: session.id, secret, expires_at })
}

/// Exchanges a refresh token. `Ok(None)`: the token does not work (any more), and if it was used before, its
/// session has now ended; this must be committed, so it is no error.
///
/// # Errors
/// What the database met.
pub fn refresh(conn: &mut Conn<'_>, at: DateTime<Utc>, token: &str) -> Result<Option<Opened>, StoreError> {
    if !secrets::looks_like(SecretKind::Refresh, token) {
        return Ok(None);
    }
    let hash = secrets::hash(token);
    let Some(row) = repo!(conn, sessions::find_token(&hash))? else { return Ok(None) };
    let first = repo!(conn, sessions::use_token(&hash, at.into()))? == 1;
    if !first {
        let by = Acting { actor: row.person_id, at };
        if repo!(conn, sessions::end(row.person_id, row.session_id, at.into()))? > 0 {
            let subject = format!("session {}", row.session_id);
            by.log(conn, "session.end_reused", subject, Some(row.person_id), serde_json::json!({}))?;
        }
        return Ok(None);
    }
    let session = repo!(conn, sessions::find(row.person_id, row.session_id))?;
    let Some(session) = session.filter(|session| is_open(session, at)) else { return Ok(None) };
    if row.expires_at <= at.into() {
        return Ok(None);
    }
    let staff = !active_memberships(conn, row.person_id)?.is_empty();
    issue(conn, at, &session, SecretKind::Refresh, staff).map(Some)
}

/// Moves the end of a page cookie that is in use.
///
/// # Errors
/// What the database met.
pub fn keep_alive(conn: &mut Conn<'_>, at: DateTime<Utc>, cookie: &str) -> Result<(), StoreError> {
    let hash = secrets::hash(cookie);
    let Some(token) = repo!(conn, sessions::find_token(&hash))? else { return Ok(()) };
    let Some(session) = repo!(conn, sessions::find(token.person_id, token.session_id))? else { return Ok(()) };
    let staff = !active_memberships(conn, token.person_id)?.is_empty();
    let until = (at + limits(staff).idle).min(session.expires_at.utc());
    repo!(conn, sessions::extend_token(&hash, until.into())).map(drop)
}

/// Ends one session of the acting person. Answers whether it was open.
///
/// # Errors
/// What the database met.
pub fn end(conn: &mut Conn<'_>, by: &Acting, person: Id, session: Id) -> Result<bool, StoreError> {
    let ended = repo!(conn, sessions::end(person, session, by.moment()))? > 0;
    if ended {
        by.log(conn, "session.end", format!("session {session}"), Some(person), serde_json::json!({}))?;
    }
    Ok(ended)
}

/// Ends every session of a person. Answers how many were open.
///
/// # Errors
/// What the database met.
pub fn end_all(conn: &mut Conn<'_>, by: &Acting, person: Id) -> Result<usize, StoreError> {
    let ended = repo!(conn, sessions::end_all(person, by.moment()))?;
    let detail = serde_json::json!({"sessions": ended});
    by.log(conn, "session.end_all", format!("person {person}"), Some(person), detail)?;
    Ok(ended)
}

/// The open sessions of a person, newest first.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, person: Id, at: DateTime<Utc>) -> Result<Vec<SessionRow>, StoreError> {
    repo!(conn, sessions::list_open(person, at.into()))
}

/// A page of them.
///
/// # Errors
/// What the database met.
pub fn page(
    conn: &mut Conn<'_>,
    person: Id,
    at: DateTime<Utc>,
    wanted: &Wanted<Id>,
) -> Result<Page<SessionRow>, StoreError> {
    let rows = repo!(conn, sessions::open_after(person, at.into(), wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}

/// All of them with the time zone in which the person reads the moments: UTC where none is known.
///
/// # Errors
/// What the database met.
pub fn list_in_zone(conn: &mut Conn<'_>, person: Id, at: DateTime<Utc>) -> Result<(Vec<SessionRow>, Tz), StoreError> {
    Ok((list(conn, person, at)?, zones::of_person(conn, person)?.unwrap_or(Tz::UTC)))
}
