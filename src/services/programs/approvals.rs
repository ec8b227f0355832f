//! A board approves programs and courses, with dates. Withdrawal is apart from expiry:
//! work done before the day of withdrawal stays good.

use chrono::NaiveDate;

use super::{ProgramError, may_change, refused};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::lists::{Page, Wanted};
use crate::services::record::latest;
use crate::storage::rows::approval::ApprovalRow;
use crate::storage::{Conn, Id, StoreError};

/// What is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approved {
    /// All courses of a program.
    Program(Id),
    /// One course.
    Course(Id),
}

/// An approval as a board gives it.
#[derive(Debug, Clone)]
pub struct ApprovalWish {
    /// What is approved.
    pub what: Approved,
    /// For one credential only.
    pub credential: Option<Id>,
    /// The board's number for it.
    pub number: Option<String>,
    /// Names of the board's lists it stands on.
    pub lists: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub through: Option<NaiveDate>,
}

/// Approves a program or a course.
///
/// # Errors
/// When the days are out of order, or what is named is not there or not this board's.
pub fn approve(conn: &mut Conn<'_>, by: &Acting, board: Id, wish: &ApprovalWish) -> Result<ApprovalRow, ProgramError> {
    if wish.through.is_some_and(|through| through < wish.from) {
        return refused("/through", "the last day lies before the first, expected it on or after");
    }
    if let Some(list) = wish.lists.iter().find(|list| list.is_empty() || list.contains(char::is_whitespace)) {
        return refused("/lists", format!("`{list}` is not a list's name, expected one word each"));
    }
    own_credential(conn, board, wish.credential)?;
    let (program_id, course_id) = match wish.what {
        Approved::Program(id) => {
            let program = repo!(conn, organizations::find(id))?.filter(|found| found.kind == "program");
            (Some(program.ok_or(ProgramError::Unknown("program"))?.id), None)
        }
        Approved::Course(id) => {
            let found = repo!(conn, courses::codes(&[id]))?;
            (None, Some(found.first().ok_or(ProgramError::Unknown("course"))?.0))
        }
    };
    let row = ApprovalRow {
        board_id: board,
        id: by.fresh_id(),
        revision: 1,
        credential_id: wish.credential,
        program_id,
        course_id,
        number: wish.number.clone(),
        lists: wish.lists.join(" "),
        from_day: wish.from.into(),
        through_day: wish.through.map(Into::into),
        withdrawn_on: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: None,
    };
    store(conn, by, "approval.give", row)
}

/// Withdraws an approval from `on` on.
///
/// # Errors
/// When the board has no such approval, or it was changed meanwhile.
pub fn withdraw(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    (id, seen): (Id, i32),
    on: NaiveDate,
    reason: &str,
) -> Result<ApprovalRow, ProgramError> {
    let all = repo!(conn, courses::list_board_approvals(board))?;
    let before = latest(&all, |row| row.id).find(|row| row.id == id).cloned();
    let before = before.ok_or(ProgramError::Unknown("approval"))?;
    may_change(before.revision, seen, reason)?;
    let row = ApprovalRow {
        revision: before.revision + 1,
        withdrawn_on: Some(on.into()),
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: Some(reason.chars().take(500).collect()),
        ..before
    };
    store(conn, by, "approval.withdraw", row)
}

/// A page of a board's approvals as they stand, oldest first.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, board: Id, wanted: &Wanted<Id>) -> Result<Page<ApprovalRow>, StoreError> {
    let rows = repo!(conn, courses::board_approvals_after(board, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}

/// Refuses a credential that is not this board's.
pub(super) fn own_credential(conn: &mut Conn<'_>, board: Id, credential: Option<Id>) -> Result<(), ProgramError> {
    let Some(id) = credential else { return Ok(()) };
    match repo!(conn, boards::credential(id))? {
        Some(found) if found.organization_id == board => Ok(()),
        _ => Err(ProgramError::Unknown("credential")),
    }
}

fn store(
    conn: &mut Conn<'_>,
    by: &Acting,
    action: &'static str,
    row: ApprovalRow,
) -> Result<ApprovalRow, ProgramError> {
    repo!(conn, courses::insert_approval(&row))?;
    let detail = serde_json::json!({ "program": row.program_id, "course": row.course_id, "revision": row.revision });
    by.log(conn, action, format!("approval {}", row.id), None, detail)?;
    Ok(row)
}
