//! Who supervises whom: a person names a supervisor, the supervisor agrees, either ends it.

use std::str::FromStr;

use chrono::{NaiveDate, TimeDelta};

use super::entry::EntryError;
use crate::mail::{Invitation, Notice, Place};
use crate::repo;
use crate::rules::Lang;
use crate::services::accounts::{Address, NewPerson, add_person, link, link_token};
use crate::services::acting::Acting;
use crate::services::lists::{Page, Wanted};
use crate::services::record::latest;
use crate::services::{notices, zones};
use crate::storage::rows::service::SupervisionRow;
use crate::storage::{Conn, Day, Id, StoreError};

/// How long a new supervisor's link works.
const INVITATION_DAYS: i64 = 7;

/// One supervision in its latest revision.
pub type Supervision = SupervisionRow;

/// Why a supervision was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum SuperviseError {
    /// The address or the name cannot be one.
    #[error("{0}")]
    NotSomebody(String),
    /// One cannot sign for oneself.
    #[error("this is your own address, expected that of your supervisor")]
    Oneself,
    /// No such supervision for this person.
    #[error("there is no such supervision")]
    Unknown,
    /// It has ended.
    #[error("the supervision has ended")]
    Ended,
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Names the person with this address as supervisor from `from` on (none: from today on) and writes to them. Whoever is new here is
/// added and invited: the answer does not tell who has an account. Naming the same again answers what is there.
///
/// # Errors
/// See [`SuperviseError`].
pub fn name_supervisor(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    (email, name): (&str, &str),
    from: Option<NaiveDate>,
    base: &str,
) -> Result<Supervision, SuperviseError> {
    let address = Address::from_str(email).map_err(|error| SuperviseError::NotSomebody(error.to_string()))?;
    let new =
        NewPerson::new(address, name, Lang::En).map_err(|error| SuperviseError::NotSomebody(error.to_string()))?;
    let supervisor = match repo!(conn, people::find_email(new.email.as_str()))? {
        Some(known) => known.person_id,
        None => invite(conn, by, &new, base)?,
    };
    if supervisor == person {
        return Err(SuperviseError::Oneself);
    }
    if let Some(there) = open(conn, person, supervisor)? {
        return Ok(there);
    }
    let from = match from {
        Some(day) => day,
        None => zones::day_of(conn, person, by.at)?,
    };
    let row = SupervisionRow {
        person_id: person,
        id: by.fresh_id(),
        revision: 1,
        supervisor_id: supervisor,
        organization_id: None,
        state: "asked".to_owned(),
        delegate_of: None,
        from_day: from.into(),
        through_day: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    store(conn, by, "supervision.ask", row)
}

fn invite(conn: &mut Conn<'_>, by: &Acting, new: &NewPerson, base: &str) -> Result<Id, StoreError> {
    let id = add_person(conn, by, new)?;
    let valid = TimeDelta::days(INVITATION_DAYS);
    let token = link_token(conn, by, id, "reset_password", Some(new.email.as_str().to_owned()), valid)?;
    let link = link(base, Place::ResetPassword, &token);
    let notice = Notice::Invitation(Invitation { link, valid_through: Acting::earliest_day(by.at + valid) });
    notices::owe_to(conn, by, None, id, new.email.as_str(), notice)?;
    Ok(id)
}

/// The supervisor agrees (`true`) or says that they are not the supervisor.
///
/// # Errors
/// See [`SuperviseError`].
pub fn respond(
    conn: &mut Conn<'_>,
    by: &Acting,
    supervisor: Id,
    (person, id): (Id, Id),
    agrees: bool,
) -> Result<Supervision, SuperviseError> {
    let row = find(conn, person, id)?.filter(|row| row.supervisor_id == supervisor).ok_or(SuperviseError::Unknown)?;
    let state = if agrees { "active" } else { "ended" };
    if row.state == "ended" {
        return Err(SuperviseError::Ended);
    }
    change(conn, by, row, state, None)
}

/// The person or the supervisor ends it, `through` its last day. Signed hours stay signed.
///
/// # Errors
/// See [`SuperviseError`].
pub fn end(
    conn: &mut Conn<'_>,
    by: &Acting,
    (person, id): (Id, Id),
    through: NaiveDate,
) -> Result<Supervision, SuperviseError> {
    let row = find(conn, person, id)?
        .filter(|row| row.person_id == by.actor || row.supervisor_id == by.actor)
        .ok_or(SuperviseError::Unknown)?;
    change(conn, by, row, "ended", Some(through.into()))
}

/// The supervisions of a person, latest revisions.
///
/// # Errors
/// What the database met.
pub fn supervisions_of(conn: &mut Conn<'_>, person: Id) -> Result<Vec<Supervision>, StoreError> {
    let all = repo!(conn, supervision::list_of_person(person))?;
    Ok(latest(&all, |row| row.id).cloned().collect())
}

/// A page of them, oldest first.
///
/// # Errors
/// What the database met.
pub fn supervisions_page(
    conn: &mut Conn<'_>,
    person: Id,
    wanted: &Wanted<Id>,
) -> Result<Page<Supervision>, StoreError> {
    let rows = repo!(conn, supervision::of_person_after(person, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}

/// The supervisions that name this supervisor, latest revisions.
///
/// # Errors
/// What the database met.
pub fn supervised_by(conn: &mut Conn<'_>, supervisor: Id) -> Result<Vec<Supervision>, StoreError> {
    let all = repo!(conn, supervision::list_of_supervisor(supervisor))?;
    Ok(latest(&all, |row| (row.person_id, row.id)).cloned().collect())
}

/// A page of them, person by person.
///
/// # Errors
/// What the database met.
pub fn supervised_page(
    conn: &mut Conn<'_>,
    supervisor: Id,
    wanted: &Wanted<(Id, Id)>,
) -> Result<Page<Supervision>, StoreError> {
    let rows = repo!(conn, supervision::of_supervisor_after(supervisor, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| (row.person_id, row.id)))
}

/// Refuses hours that name someone who is not this person's supervisor.
pub(super) fn require(conn: &mut Conn<'_>, person: Id, supervisor: Id) -> Result<(), EntryError> {
    open(conn, person, supervisor)?.map(drop).ok_or(EntryError::NotYourSupervisor)
}

fn open(conn: &mut Conn<'_>, person: Id, supervisor: Id) -> Result<Option<Supervision>, StoreError> {
    let found = supervisions_of(conn, person)?;
    Ok(found.into_iter().find(|row| row.supervisor_id == supervisor && row.state != "ended"))
}

fn find(conn: &mut Conn<'_>, person: Id, id: Id) -> Result<Option<Supervision>, StoreError> {
    Ok(supervisions_of(conn, person)?.into_iter().find(|row| row.id == id))
}

fn change(
    conn: &mut Conn<'_>,
    by: &Acting,
    row: Supervision,
    state: &str,
    through: Option<Day>,
) -> Result<Supervision, SuperviseError> {
    let next = SupervisionRow {
        revision: row.revision + 1,
        state: state.to_owned(),
        through_day: through.or(row.through_day),
        recorded_at: by.moment(),
        recorded_by: by.actor,
        ..row
    };
    store(conn, by, "supervision.change", next)
}

fn store(
    conn: &mut Conn<'_>,
    by: &Acting,
    action: &'static str,
    row: Supervision,
) -> Result<Supervision, SuperviseError> {
    repo!(conn, supervision::insert(&row))?;
    let detail = serde_json::json!({ "state": row.state, "supervisor": row.supervisor_id });
    by.log(conn, action, format!("supervision {}", row.id), Some(row.person_id), detail)?;
    Ok(row)
}
