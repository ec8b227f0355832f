//! Who works where: invited, active, ended. An invitation gives no right until the invited person accepts it;
//! each state is a row of its own.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::accounts::{self, LinkPurpose, NewPerson, OpenLink};
use super::acting::Acting;
use super::callers::latest;
use super::lists::{Page, Wanted};
use super::roles::{OrganizationKind, Role};
use super::{notices, secrets};
use crate::mail::{Invitation, Notice, Place};
use crate::repo;
use crate::storage::rows::organizations::MembershipRow;
use crate::storage::{Conn, Id, StoreError};

/// How long an invitation's link works.
const INVITE_HOURS: i64 = 24;

/// Why a membership did not change.
#[derive(Debug, thiserror::Error)]
pub enum MembershipError {
    /// No such organization or membership.
    #[error("there is no such membership")]
    NotFound,
    /// A role without a meaning in such an organization.
    #[error("the role `{role}` has no meaning in a {kind}")]
    WrongRole {
        /// The role.
        role: &'static str,
        /// The kind of organization.
        kind: &'static str,
    },
    /// The membership is in a state from which this does not lead on.
    #[error("this membership is `{0}`, which this cannot change")]
    WrongState(String),
    /// The link was used, is too old or was never made.
    #[error("this link works no longer, ask for a new invitation")]
    LinkOver,
    /// The first visit sets the password too.
    #[error("expected a password, this account has none yet")]
    PasswordMissing,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An invitation to be sent.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Into which organization; `None` is the installation.
    pub organization: Option<Id>,
    /// As what.
    pub role: Role,
    /// Whom: known by their address or new.
    pub person: NewPerson,
}

/// Invites a person by mail; whether the address was known stays between us and its owner.
///
/// # Errors
/// [`MembershipError`].
pub fn invite(conn: &mut Conn<'_>, by: &Acting, wish: &Invite, base: &str) -> Result<MembershipRow, MembershipError> {
    check_role(conn, wish.organization, wish.role)?;
    let address = wish.person.email.as_str();
    let person = match repo!(conn, people::find_email(address))? {
        Some(known) => known.person_id,
        None => accounts::add_person(conn, by, &wish.person)?,
    };
    let row = record(conn, by, person, None, wish.organization, wish.role, "invited")?;
    let valid = Duration::hours(INVITE_HOURS);
    let about = Some(format!("{} {address}", row.id));
    let token = accounts::link_token(conn, by, person, "invite", about, valid)?;
    let valid_through = Acting::earliest_day(by.at + valid);
    let notice = Invitation { link: accounts::link(base, Place::Invitation, &token), valid_through };
    notices::owe_to(conn, by, None, person, address, Notice::Invitation(notice))?;
    Ok(row)
}

/// Makes a person a member at once: for the command line, whose user is the operator.
///
/// # Errors
/// [`MembershipError`].
pub fn grant(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    organization: Option<Id>,
    role: Role,
) -> Result<MembershipRow, MembershipError> {
    check_role(conn, organization, role)?;
    record(conn, by, person, None, organization, role, "active")
}

/// Accepts an invitation as the invited person, who has signed in.
///
/// # Errors
/// [`MembershipError`].
pub fn accept(conn: &mut Conn<'_>, by: &Acting, id: Id) -> Result<MembershipRow, MembershipError> {
    let rows = repo!(conn, organizations::list_memberships_of(by.actor))?;
    let last = latest(rows).into_iter().find(|row| row.id == id).ok_or(MembershipError::NotFound)?;
    advance(conn, by, &last, "invited", "active")
}

/// What somebody is invited to.
#[derive(Debug, Clone)]
pub struct OpenInvitation {
    /// The link it came by.
    pub link: OpenLink,
    /// The organization's name; `None` is the installation.
    pub organization: Option<String>,
    /// As what.
    pub role: Role,
}

/// The invitation behind a mailed token, if it can still be accepted. Nothing is used up.
///
/// # Errors
/// What the database met.
pub fn look_at_invitation(
    conn: &mut Conn<'_>,
    at: DateTime<Utc>,
    token: &str,
) -> Result<Option<OpenInvitation>, StoreError> {
    let Some(link) = accounts::look_at_link(conn, at, token, LinkPurpose::Invite)? else { return Ok(None) };
    let id = link.about.as_deref().and_then(|about| about.split(' ').next()?.parse::<Id>().ok());
    let rows = latest(repo!(conn, organizations::list_memberships_of(link.person))?);
    let waiting = rows.into_iter().find(|row| Some(row.id) == id && row.state == "invited");
    let Some((role, row)) = waiting.and_then(|row| Role::parse(&row.role).map(|role| (role, row))) else {
        return Ok(None);
    };
    let organization = match row.organization_id {
        Some(id) => repo!(conn, organizations::find(id))?.map(|row| row.name),
        None => None,
    };
    Ok(Some(OpenInvitation { link, organization, role }))
}

/// Accepts an invitation by the token mailed with it, which proves the address; sets the first password if
/// there is none yet.
///
/// # Errors
/// [`MembershipError`].
pub fn accept_by_link(
    conn: &mut Conn<'_>,
    by: &Acting,
    token: &str,
    password_hash: Option<String>,
) -> Result<MembershipRow, MembershipError> {
    let used = repo!(conn, logins::use_token(&secrets::hash(token), "invite", by.moment()))?;
    let (person, about) = used.and_then(|row| row.person_id.zip(row.about)).ok_or(MembershipError::LinkOver)?;
    let (id, address) = about.split_once(' ').ok_or(MembershipError::LinkOver)?;
    let id = id.parse().map_err(|_not_ours| MembershipError::LinkOver)?;
    let by = Acting { actor: person, at: by.at };
    repo!(conn, people::verify_email(address, by.moment()))?;
    if repo!(conn, logins::find(person))?.is_none() {
        let hash = password_hash.ok_or(MembershipError::PasswordMissing)?;
        accounts::set_password(conn, &by, person, hash)?;
    }
    accept(conn, &by, id)
}

/// Ends a membership of an organization; the person's next request finds it gone.
///
/// # Errors
/// [`MembershipError`].
pub fn end(conn: &mut Conn<'_>, by: &Acting, organization: Id, id: Id) -> Result<MembershipRow, MembershipError> {
    let rows = repo!(conn, organizations::list_membership(organization, id))?;
    let last = rows.into_iter().next_back().ok_or(MembershipError::NotFound)?;
    let state = last.state.clone();
    if state == "ended" {
        return Err(MembershipError::WrongState(state));
    }
    advance(conn, by, &last, &state, "ended")
}

/// A page of the memberships in an organization as they stand, oldest first.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, organization: Id, wanted: &Wanted<Id>) -> Result<Page<MembershipRow>, StoreError> {
    let rows = repo!(conn, organizations::memberships_in_after(organization, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}

fn check_role(conn: &mut Conn<'_>, organization: Option<Id>, role: Role) -> Result<(), MembershipError> {
    let Some(id) = organization else {
        return if role == Role::Administrator {
            Ok(())
        } else {
            Err(MembershipError::WrongRole { role: role.word(), kind: "whole installation" })
        };
    };
    let row = repo!(conn, organizations::find(id))?.ok_or(MembershipError::NotFound)?;
    let kind = OrganizationKind::parse(&row.kind).ok_or(MembershipError::NotFound)?;
    if kind.has(role) { Ok(()) } else { Err(MembershipError::WrongRole { role: role.word(), kind: kind.word() }) }
}

fn advance(
    conn: &mut Conn<'_>,
    by: &Acting,
    last: &MembershipRow,
    from: &str,
    to: &str,
) -> Result<MembershipRow, MembershipError> {
    if last.state != from {
        return Err(MembershipError::WrongState(last.state.clone()));
    }
    let role = Role::parse(&last.role).ok_or(MembershipError::NotFound)?;
    record(conn, by, last.person_id, Some(last), last.organization_id, role, to)
}

fn record(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    last: Option<&MembershipRow>,
    organization: Option<Id>,
    role: Role,
    state: &str,
) -> Result<MembershipRow, MembershipError> {
    let row = MembershipRow {
        person_id: person,
        id: last.map_or_else(|| by.fresh_id(), |row| row.id),
        revision: last.map_or(1, |row| row.revision + 1),
        organization_id: organization,
        role: role.word().to_owned(),
        state: state.to_owned(),
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: None,
    };
    repo!(conn, organizations::insert_membership(&row))?;
    let detail = json!({"role": row.role, "state": row.state, "organization": row.organization_id});
    by.log(conn, "membership.state", format!("membership {}", row.id), Some(person), detail)?;
    Ok(row)
}
