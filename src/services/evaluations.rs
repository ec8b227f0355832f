//! Asking the rules about a person, and keeping the answers that were acted upon.
//!
//! A kept evaluation holds record, question, version and answer, so that anyone can run it again and get
//! the same bytes: [`run_again`].

use std::sync::Arc;

use chrono::NaiveDate;

use super::acting::Acting;
use super::credentials::{self, CredentialError};
use super::record::{self, RecordFault};
use crate::repo;
use crate::rules::pack::Version;
use crate::rules::{Evaluation, Pack, Purpose, Question, Record, canonical_json, evaluate};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::rows::decisions::EvaluationRow;
use crate::storage::{Conn, Id, StoreError};

/// An answer with all it rests on.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The facts.
    pub record: Record,
    /// What was asked.
    pub question: Question,
    /// The rules it was judged by, all versions.
    pub pack: Arc<Pack>,
    /// The answer.
    pub evaluation: Evaluation,
}

impl Answered {
    /// The version that was used.
    #[must_use]
    pub fn version(&self) -> Option<&Version> {
        self.pack.version(&self.evaluation.version)
    }
}

/// Why the rules could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// There is no such evaluation.
    #[error("there is no such evaluation")]
    NotFound,
    /// No version was in force.
    #[error("no rules were in force on {0}")]
    NoVersion(NaiveDate),
    /// The credential or its rules.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The record.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks about a person's record as it is now.
///
/// # Errors
/// [`EvaluationError`].
pub fn ask(
    conn: &mut Conn<'_>,
    person: Id,
    credential: &CredentialRow,
    question: Question,
) -> Result<Answered, EvaluationError> {
    let pack = credentials::pack(conn, credential.id)?;
    let record = record::assemble(conn, person, Some(credential.organization_id))?;
    answer(pack, record, question)
}

fn answer(pack: Arc<Pack>, record: Record, question: Question) -> Result<Answered, EvaluationError> {
    let version = pack
        .version_for(&record, question.as_of, question.purpose)
        .ok_or(EvaluationError::NoVersion(question.as_of))?;
    let evaluation = evaluate(version, &record, &question);
    Ok(Answered { record, question, evaluation, pack })
}

/// The answer as its bytes.
#[must_use]
pub fn bytes(evaluation: &Evaluation) -> String {
    canonical_json(evaluation)
}

/// Keeps an answer that is acted upon; answers its id.
///
/// # Errors
/// What the database met.
pub fn keep(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    credential: Id,
    answered: &Answered,
) -> Result<Id, StoreError> {
    let row = EvaluationRow {
        person_id: person,
        id: by.fresh_id(),
        credential_id: credential,
        version: answered.evaluation.version.clone(),
        version_hash: answered.evaluation.version_hash.clone(),
        inputs_hash: answered.evaluation.inputs_hash.clone(),
        question: canonical_json(&answered.question),
        record: canonical_json(&answered.record),
        answer: bytes(&answered.evaluation),
        recorded_at: by.moment(),
    };
    repo!(conn, decisions::insert_evaluation(&row))?;
    Ok(row.id)
}

/// A kept evaluation and what the rules say today about the same record and question.
#[derive(Debug, Clone)]
pub struct Rerun {
    /// As kept.
    pub kept: EvaluationRow,
    /// As it comes out now.
    pub again: String,
}

impl Rerun {
    /// Whether both are the same, byte for byte.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.kept.answer == self.again
    }
}

/// Runs a kept evaluation again, from what was kept with it.
///
/// # Errors
/// [`EvaluationError`].
pub fn run_again(conn: &mut Conn<'_>, person: Id, id: Id) -> Result<Rerun, EvaluationError> {
    let kept = repo!(conn, decisions::evaluation(person, id))?.ok_or(EvaluationError::NotFound)?;
    let pack = credentials::pack(conn, kept.credential_id)?;
    let unreadable = |error: &dyn std::fmt::Display| StoreError::Fault(format!("evaluation {id}: {error}"));
    let record = Record::from_json(&kept.record).map_err(|error| unreadable(&error))?;
    let question: Question = serde_json::from_str(&kept.question).map_err(|error| unreadable(&error))?;
    let version = pack.version(&kept.version).ok_or(EvaluationError::NoVersion(question.as_of))?;
    let again = bytes(&evaluate(version, &record, &question));
    Ok(Rerun { kept, again })
}

/// [`run_again`] for a board: only what rests on its own credentials.
///
/// # Errors
/// [`EvaluationError::NotFound`] also for another board's.
pub fn run_again_of_board(conn: &mut Conn<'_>, board: Id, person: Id, id: Id) -> Result<Rerun, EvaluationError> {
    let rerun = run_again(conn, person, id)?;
    match credentials::of_board(conn, board, rerun.kept.credential_id) {
        Ok(_) => Ok(rerun),
        Err(CredentialError::NotFound) => Err(EvaluationError::NotFound),
        Err(other) => Err(other.into()),
    }
}

/// What is left, in one line of plain words: the rules' next steps.
#[must_use]
pub fn in_one_line(evaluation: &Evaluation) -> String {
    if evaluation.next.is_empty() {
        return match evaluation.status {
            crate::rules::Status::Undecided => "waits for the board".to_owned(),
            _ => "nothing is missing".to_owned(),
        };
    }
    evaluation.next.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join("; ")
}

/// A question for a purpose on a day.
#[must_use]
pub fn question(as_of: NaiveDate, purpose: Purpose, stage: Option<&str>) -> Question {
    Question { as_of, purpose, stage: stage.map(str::to_owned) }
}
