//! Who stands behind a request: read anew for each one, so that an ended session, membership or key is
//! refused at the next request.

use chrono::{DateTime, Utc};

use super::roles::{KeyScope, Role};
use super::secrets;
use super::sessions::{is_open, limits};
use crate::repo;
use crate::storage::rows::access::SessionRow;
use crate::storage::rows::organizations::MembershipRow;
use crate::storage::{Conn, Id, Moment, StoreError};

/// An active membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Where; `None` is the whole installation.
    pub organization: Option<Id>,
    /// As what.
    pub role: Role,
}

/// A person who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: Id,
    /// By which session.
    pub session: Id,
    /// `en` or `es`.
    pub language: String,
    /// What they are, where.
    pub memberships: Vec<Member>,
}

impl SignedIn {
    /// Whether the person has `role` in `organization` (`None`: in the installation).
    #[must_use]
    pub fn is(&self, role: Role, organization: Option<Id>) -> bool {
        self.memberships.contains(&Member { organization, role })
    }
}

/// Another system that acts for an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// The key's id, by which it acts.
    pub key: Id,
    /// For whom.
    pub organization: Id,
    /// What it may do.
    pub scopes: Vec<KeyScope>,
}

/// Who holds session `session` of `person`, if it is open.
///
/// # Errors
/// What the database met.
pub fn by_session(
    conn: &mut Conn<'_>,
    person: Id,
    session: Id,
    at: DateTime<Utc>,
) -> Result<Option<SignedIn>, StoreError> {
    let Some(row) = repo!(conn, sessions::find(person, session))? else { return Ok(None) };
    signed_in(conn, &row, at)
}

/// Who holds a page cookie. `Some((_, true))` asks the edge to move the cookie's end: it is in use.
///
/// # Errors
/// What the database met.
pub fn by_cookie(conn: &mut Conn<'_>, cookie: &str, at: DateTime<Utc>) -> Result<Option<(SignedIn, bool)>, StoreError> {
    if !secrets::looks_like(secrets::SecretKind::Cookie, cookie) {
        return Ok(None);
    }
    let now = Moment::from(at);
    let Some(token) = repo!(conn, sessions::find_token(&secrets::hash(cookie)))? else { return Ok(None) };
    if token.used_at.is_some() || token.expires_at <= now {
        return Ok(None);
    }
    let Some(row) = repo!(conn, sessions::find(token.person_id, token.session_id))? else { return Ok(None) };
    let Some(who) = signed_in(conn, &row, at)? else { return Ok(None) };
    let idle = limits(!who.memberships.is_empty()).idle;
    let stale = token.expires_at.utc() < at + idle - idle / 10;
    Ok(Some((who, stale)))
}

/// Who holds an API key.
///
/// # Errors
/// What the database met.
pub fn by_key(conn: &mut Conn<'_>, key: &str) -> Result<Option<KeyHolder>, StoreError> {
    if !secrets::looks_like(secrets::SecretKind::ApiKey, key) {
        return Ok(None);
    }
    let row = repo!(conn, api_keys::find_by_hash(&secrets::hash(key)))?;
    Ok(row.filter(|row| row.revoked_at.is_none()).map(|row| KeyHolder {
        key: row.id,
        organization: row.organization_id,
        scopes: row.scopes.split(' ').filter_map(KeyScope::parse).collect(),
    }))
}

fn signed_in(conn: &mut Conn<'_>, row: &SessionRow, at: DateTime<Utc>) -> Result<Option<SignedIn>, StoreError> {
    if !is_open(row, at) {
        return Ok(None);
    }
    let Some(person) = repo!(conn, people::find(row.person_id))? else { return Ok(None) };
    let memberships = active_memberships(conn, row.person_id)?;
    Ok(Some(SignedIn { person: person.id, session: row.id, language: person.language, memberships }))
}

/// The memberships of a person that are active now. An invitation that was not accepted gives no right.
///
/// # Errors
/// What the database met.
pub fn active_memberships(conn: &mut Conn<'_>, person: Id) -> Result<Vec<Member>, StoreError> {
    let rows = repo!(conn, organizations::list_memberships_of(person))?;
    Ok(latest(rows)
        .into_iter()
        .filter(|row| row.state == "active")
        .filter_map(|row| Role::parse(&row.role).map(|role| Member { organization: row.organization_id, role }))
        .collect())
}

/// The newest revision of each membership, of rows sorted by membership and revision.
#[must_use]
pub fn latest(rows: Vec<MembershipRow>) -> Vec<MembershipRow> {
    let mut latest: Vec<MembershipRow> = Vec::new();
    for row in rows {
        match latest.last_mut() {
            Some(last) if (last.person_id, last.id) == (row.person_id, row.id) => *last = row,
            _ => latest.push(row),
        }
    }
    latest
}
