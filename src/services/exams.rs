//! Exam results, recorded by the board.

use chrono::NaiveDate;

use crate::repo;
use crate::rules::words::{ExamOutcomes, Word as RecordWord};
use crate::services::acting::Acting;
use crate::services::{boards, known};
use crate::storage::rows::life::ExamAttemptRow;
use crate::storage::{Conn, Id, StoreError, Words};

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
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn refused<T>(pointer: &'static str, message: String) -> Result<T, ExamError> {
    Err(ExamError::Refused { pointer, message })
}

/// Stores a result of `person`, recorded by `board`.
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
    let row = row(conn, by, board, person, wish)?;
    repo!(conn, facts::insert_exam_attempts(std::slice::from_ref(&row)))?;
    repo!(conn, people::mark_due(person, by.moment()))?;
    let detail = serde_json::json!({ "exam": wish.exam, "outcome": wish.outcome, "official": wish.official });
    by.log(conn, "exam.record", format!("exam {}", row.id), Some(person), detail)?;
    Ok(row)
}

/// Refuses people whom this board does not know.
///
/// # Errors
/// [`ExamError::NobodyThere`], so that nothing is told of people of other boards.
pub fn of_board(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<(), ExamError> {
    if known::person(conn, board, person)? { Ok(()) } else { Err(ExamError::NobodyThere) }
}

/// Checks a result and makes its row.
///
/// # Errors
/// When a field has to change.
pub fn row(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    person: Id,
    wish: &ExamWish,
) -> Result<ExamAttemptRow, ExamError> {
    check(wish, boards::today(conn, by, board)?)?;
    let mut words = Words::load(conn)?;
    Ok(ExamAttemptRow {
        person_id: person,
        id: by.fresh_id(),
        revision: 1,
        exam: words.intern(conn, &wish.exam)?,
        on_day: wish.on.into(),
        outcome: words.intern(conn, &wish.outcome)?,
        official: wish.official,
        official_day: wish.official_on.map(Into::into),
        form: wish.form.clone(),
        score: wish.score.clone(),
        scale: wish.scale.clone(),
        pass_mark: wish.pass_mark.clone(),
        domains: None,
        board_id: Some(board),
        source_key: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: None,
    })
}

/// Checks a result alone; `today` is the board's.
///
/// # Errors
/// The first field that has to change.
pub fn check(wish: &ExamWish, today: NaiveDate) -> Result<(), ExamError> {
    let picked = |text: &str| {
        (1..=60).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
    };
    if !picked(&wish.exam) {
        return refused("/exam", format!("`{}` is not an exam's id, expected one such as `icrc-pr`", wish.exam));
    }
    if let Err(unknown) = RecordWord::<ExamOutcomes>::parse(&wish.outcome) {
        return refused("/outcome", unknown.to_string());
    }
    for (pointer, day) in [("/on", Some(wish.on)), ("/official_on", wish.official_on)] {
        if let Some(day) = day.filter(|day| *day > today) {
            return refused(pointer, format!("`{day}` has not come yet, expected a day through today"));
        }
    }
    if wish.official_on.is_some_and(|official| official < wish.on) {
        return refused(
            "/official_on",
            "the result became official before the exam, expected that day or later".into(),
        );
    }
    for (pointer, number) in [("/score", &wish.score), ("/pass_mark", &wish.pass_mark)] {
        let decimal = |text: &str| {
            let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
            [whole, part].iter().all(|p| (1..=9).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(found) = number.as_deref().filter(|text| !decimal(text)) {
            return refused(pointer, format!("`{found}` is not a number, expected one such as `512` or `71.5`"));
        }
    }
    Ok(())
}
