//! Exam results, recorded by the board: a sitting is one record, whichever way its result comes in.

mod check;
mod desk;
mod recorded;

use chrono::NaiveDate;

pub use desk::Desk;
pub use recorded::{Recorded, Seen};

use crate::repo;
use crate::services::acting::Acting;
use crate::services::known;
use crate::services::recorded::Otherwise;
use crate::storage::rows::life::ExamAttemptRow;
use crate::storage::{Conn, Id, StoreError};

/// A result as it comes in.
#[derive(Debug, Clone)]
pub struct ExamWish {
    /// Which exam, such as `icrc-pr`.
    pub exam: String,
    /// The day it was taken.
    pub on: NaiveDate,
    /// An outcome of the portable record.
    pub outcome: String,
    /// Whether it is the official result.
    pub official: bool,
    /// The day it became official.
    pub official_on: Option<NaiveDate>,
    /// Decimal.
    pub score: Option<String>,
    /// Such as `200-800`.
    pub scale: Option<String>,
    /// The mark as of that day, decimal.
    pub pass_mark: Option<String>,
    /// The form of the exam.
    pub form: Option<String>,
}

/// Why a result was not stored.
#[derive(Debug, thiserror::Error)]
pub enum ExamError {
    /// A field that has to change.
    #[error("{message}")]
    Refused {
        /// JSON pointer.
        pointer: &'static str,
        /// What was found and expected.
        message: String,
    },
    /// Nobody with this id.
    #[error("there is no such person")]
    NobodyThere,
    /// No result of this board with this id.
    #[error("there is no such result")]
    Unknown,
    /// The same result is recorded.
    #[error("this is recorded already, as `{0}`, and stays one record; nothing was added")]
    Recorded(Id),
    /// The sitting is recorded with another result.
    #[error(transparent)]
    Otherwise(#[from] Otherwise),
    /// Someone changed it meanwhile.
    #[error("it is at revision {0} by now, look at it again")]
    Changed(i32),
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn refused<T>(pointer: &'static str, message: String) -> Result<T, ExamError> {
    Err(ExamError::Refused { pointer, message })
}

/// Stores a result of `person`, recorded by `board`. The official result of a sitting whose preliminary one is there
/// becomes that record's next revision.
///
/// # Errors
/// See [`ExamError`]; nothing is stored then.
pub fn record(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    person: Id,
    wish: &ExamWish,
) -> Result<ExamAttemptRow, ExamError> {
    if repo!(conn, people::find(person))?.is_none() {
        return Err(ExamError::NobodyThere);
    }
    let mut desk = Desk::open(conn, by, board)?;
    let row = desk.row(conn, by, person, wish)?;
    match Recorded::load(conn, &[person])?.see(&row, desk.words()) {
        Seen::New => store(conn, by, "exam.record", row),
        Seen::Settles(before) => store(conn, by, "exam.record", after(&before, row)),
        Seen::Same(id) => Err(ExamError::Recorded(id.unwrap_or(row.id))),
        Seen::Otherwise(otherwise) => Err(otherwise.into()),
    }
}

/// Corrects a result that this board recorded; what stood stays in the history.
///
/// # Errors
/// See [`ExamError`]; nothing is stored then.
pub fn correct(
    conn: &mut Conn<'_>,
    by: &Acting,
    (board, person): (Id, Id),
    (id, seen, reason): (Id, i32, &str),
    wish: &ExamWish,
) -> Result<ExamAttemptRow, ExamError> {
    let mut desk = Desk::open(conn, by, board)?;
    let rows = repo!(conn, facts::list_exam_attempts(person))?;
    let before = rows.iter().rfind(|row| row.id == id && row.board_id == Some(board)).ok_or(ExamError::Unknown)?;
    if before.revision != seen {
        return Err(ExamError::Changed(before.revision));
    }
    if reason.trim().is_empty() || reason.chars().count() > 500 {
        return refused("/reason", "expected a few words saying why, at most 500 letters".to_owned());
    }
    let row = desk.row(conn, by, person, wish)?;
    let others: Vec<ExamAttemptRow> = rows.iter().filter(|row| row.id != id).cloned().collect();
    match Recorded::of(others).see(&row, desk.words()) {
        Seen::New => {}
        Seen::Same(other) => return Err(ExamError::Recorded(other.unwrap_or(id))),
        Seen::Settles(other) => return Err(ExamError::Recorded(other.id)),
        Seen::Otherwise(otherwise) => return Err(otherwise.into()),
    }
    store(conn, by, "exam.correct", ExamAttemptRow { reason: Some(reason.to_owned()), ..after(before, row) })
}

/// `row` as what comes after `before` of the same record.
#[must_use]
pub fn after(before: &ExamAttemptRow, row: ExamAttemptRow) -> ExamAttemptRow {
    ExamAttemptRow { id: before.id, revision: before.revision + 1, ..row }
}

fn store(
    conn: &mut Conn<'_>,
    by: &Acting,
    action: &'static str,
    row: ExamAttemptRow,
) -> Result<ExamAttemptRow, ExamError> {
    repo!(conn, facts::insert_exam_attempts(std::slice::from_ref(&row)))?;
    repo!(conn, people::mark_due(row.person_id, by.moment()))?;
    let detail = serde_json::json!({ "revision": row.revision, "official": row.official });
    by.log(conn, action, format!("exam {}", row.id), Some(row.person_id), detail)?;
    Ok(row)
}

/// Refuses people whom this board does not know.
///
/// # Errors
/// [`ExamError::NobodyThere`], so that nothing is told of people of other boards.
pub fn of_board(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<(), ExamError> {
    if known::person(conn, board, person)? { Ok(()) } else { Err(ExamError::NobodyThere) }
}
