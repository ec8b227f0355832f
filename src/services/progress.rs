//! How far a person is, on any day, for any credential; and the record they take along.

use chrono::{DateTime, NaiveDate, Utc};

use super::credentials;
use super::evaluations::{self, Answered, EvaluationError};
use super::record;
use crate::repo;
use crate::rules::{Purpose, Question, Record};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Id};

/// What is asked; what is absent is found out.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The day; absent: today where the board is.
    pub as_of: Option<NaiveDate>,
    /// The purpose; absent: renewal for who holds the credential, else initial.
    pub purpose: Option<String>,
    /// The stage.
    pub stage: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// No credential with this id.
    #[error("there is no such credential")]
    Unknown,
    /// A purpose that is none.
    #[error("`{0}` is not a purpose, expected initial, renewal, reinstatement or reciprocity")]
    Purpose(String),
    /// The rules could not be asked.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
}

impl From<crate::storage::StoreError> for ProgressError {
    fn from(error: crate::storage::StoreError) -> Self {
        Self::Evaluation(error.into())
    }
}

/// Asks the rules of the credential `slug` about a person as everything is known now.
///
/// # Errors
/// See [`ProgressError`].
pub fn evaluate(
    conn: &mut Conn<'_>,
    person: Id,
    slug: &str,
    now: DateTime<Utc>,
    asked: Asked,
) -> Result<Answered, ProgressError> {
    let credential = repo!(conn, boards::credential_by_slug(slug))?.ok_or(ProgressError::Unknown)?;
    let as_of = match asked.as_of {
        Some(day) => day,
        None => today(conn, &credential, now)?,
    };
    let purpose = match asked.purpose {
        Some(word) => Purpose::parse(&word).ok_or(ProgressError::Purpose(word))?,
        None => purpose(conn, person, &credential)?,
    };
    Ok(evaluations::ask(conn, person, &credential, Question { as_of, purpose, stage: asked.stage })?)
}

/// The day it is where the credential's board is.
///
/// # Errors
/// What the database met.
pub fn today(conn: &mut Conn<'_>, credential: &CredentialRow, now: DateTime<Utc>) -> Result<NaiveDate, ProgressError> {
    let (_, board) = credentials::find(conn, credential.id).map_err(EvaluationError::from)?;
    Ok(now.with_timezone(&board.zone).date_naive())
}

/// Renewal for who ever held the credential, initial for everyone else.
///
/// # Errors
/// What the database met.
pub fn purpose(conn: &mut Conn<'_>, person: Id, credential: &CredentialRow) -> Result<Purpose, ProgressError> {
    let held = repo!(conn, awards::of_person(person))?.iter().any(|award| award.credential_id == credential.id);
    // Who looks for themselves wants to know, whether they have applied yet or not.
    Ok(Purpose::asked_of(held, true).unwrap_or_default())
}

/// The whole record of a person, to take along.
///
/// # Errors
/// Only for faults.
pub fn record(conn: &mut Conn<'_>, person: Id) -> Result<Record, ProgressError> {
    Ok(record::assemble(conn, person, None).map_err(EvaluationError::from)?)
}
