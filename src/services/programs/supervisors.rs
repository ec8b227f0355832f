//! A board holds people eligible to supervise, with dates. To end is to let the last day come; to withdraw is apart
//! from it, and has a reason: work signed before that day stays good.

use chrono::NaiveDate;

use super::approvals::own_credential;
use super::{ProgramError, may_change, refused};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::lists::{Page, Wanted};
use crate::services::record::latest;
use crate::services::{known, ways};
use crate::storage::rows::service::SupervisorEligibilityRow;
use crate::storage::{Conn, Day, Id, StoreError};

/// What becomes of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It holds through this day.
    End(NaiveDate),
    /// It holds no more from this day on.
    Withdraw(NaiveDate),
}

/// An approval and whom it is about.
#[derive(Debug, Clone)]
pub struct Approved {
    /// The approval as it stands.
    pub row: SupervisorEligibilityRow,
    /// The supervisor's name.
    pub name: Option<String>,
}

/// Refuses supervisors whom this board does not know, as if their address or number named nobody.
///
/// # Errors
/// As [`super::person`] where nobody is found.
pub fn known_to(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<(), ProgramError> {
    if known::supervisor(conn, board, person)? { Ok(()) } else { super::nobody("/email") }
}

/// Holds a person eligible to supervise.
///
/// # Errors
/// When the days are out of order or the person is not there.
pub fn approve(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    person: Id,
    credential: Option<Id>,
    (from, through): (NaiveDate, Option<NaiveDate>),
) -> Result<SupervisorEligibilityRow, ProgramError> {
    in_order(from, through)?;
    own_credential(conn, board, credential)?;
    if repo!(conn, people::find(person))?.is_none() {
        return Err(ProgramError::Unknown("person"));
    }
    let row = SupervisorEligibilityRow {
        person_id: person,
        id: by.fresh_id(),
        revision: 1,
        board_id: board,
        credential_id: credential,
        from_day: from.into(),
        through_day: through.map(Day::from),
        withdrawn_on: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: None,
    };
    store(conn, by, "supervisor.approve", row)
}

/// A page of a board's approvals, in the order they were given.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, board: Id, wanted: &Wanted<Id>) -> Result<Page<Approved>, StoreError> {
    let rows = repo!(conn, facts::board_eligibilities_after(board, wanted.after(), wanted.rows()))?;
    wanted.page(rows, |row| row.id).try_map(|row| Ok(Approved { name: ways::name_of(conn, row.person_id)?, row }))
}

/// Ends or withdraws an approval.
///
/// # Errors
/// When the board has no such approval, it was changed or withdrawn meanwhile, or a field has to change.
pub fn step(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    (id, seen): (Id, i32),
    step: Step,
    reason: &str,
) -> Result<SupervisorEligibilityRow, ProgramError> {
    let all = repo!(conn, facts::list_board_eligibilities(board))?;
    let before = latest(&all, |row| row.id).find(|row| row.id == id).cloned();
    let before = before.ok_or(ProgramError::Unknown("approval"))?;
    may_change(before.revision, seen, reason)?;
    let (action, through_day, withdrawn_on) = match step {
        Step::End(day) => {
            in_order(before.from_day.date(), Some(day))?;
            ("supervisor.end", Some(Day::from(day)), before.withdrawn_on)
        }
        Step::Withdraw(day) => ("supervisor.withdraw", before.through_day, Some(Day::from(day))),
    };
    let row = SupervisorEligibilityRow {
        revision: before.revision + 1,
        through_day,
        withdrawn_on,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: Some(reason.trim().chars().take(500).collect()),
        ..before
    };
    store(conn, by, action, row)
}

fn in_order(from: NaiveDate, through: Option<NaiveDate>) -> Result<(), ProgramError> {
    match through {
        Some(through) if through < from => {
            refused("/through", format!("`{through}` lies before `{from}`, the first day, expected it on or after"))
        }
        _ => Ok(()),
    }
}

fn store(
    conn: &mut Conn<'_>,
    by: &Acting,
    action: &'static str,
    row: SupervisorEligibilityRow,
) -> Result<SupervisorEligibilityRow, ProgramError> {
    repo!(conn, facts::insert_supervisor_eligibilities(std::slice::from_ref(&row)))?;
    let detail = serde_json::json!({ "revision": row.revision });
    by.log(conn, action, format!("eligibility {}", row.id), Some(row.person_id), detail)?;
    Ok(row)
}
