//! What a board sees of the applications it has to decide: the queue with what is missing, and one file.

use chrono::{DateTime, NaiveDate, Utc};

use super::applications::{self, Application};
use super::boards;
use super::credentials::CredentialError;
use super::decisions::DecisionError;
use super::evaluations::{self, EvaluationError};
use super::known;
use super::lists::{Page, Wanted};
use super::record::RecordFault;
use super::reviews;
use crate::rules::{Evaluation, Purpose};
use crate::storage::rows::applications::{QueueRow, ReviewItemRow};
use crate::storage::{Conn, Day, Id};

/// One line of the queue.
#[derive(Debug, Clone)]
pub struct QueueLine {
    /// The application's place in the queue.
    pub row: QueueRow,
    /// What is missing, in one line.
    pub missing: String,
}

/// An application with what the reviewers and the rules say.
#[derive(Debug, Clone)]
pub struct File {
    /// The application.
    pub application: Application,
    /// The reviewers' latest word on each requirement.
    pub review: Vec<ReviewItemRow>,
    /// What the rules say today.
    pub evaluation: Evaluation,
}

/// A page of a board's queue, oldest first.
///
/// # Errors
/// [`DecisionError`].
pub fn queue(
    conn: &mut Conn<'_>,
    board: Id,
    now: DateTime<Utc>,
    wanted: &Wanted<(Day, Id)>,
) -> Result<Page<QueueLine>, DecisionError> {
    let today = now.with_timezone(&boards::find(conn, board).map_err(CredentialError::from)?.zone).date_naive();
    let page = applications::queue(conn, board, wanted)?;
    page.try_map(|row| {
        let application = applications::find(conn, row.person_id, row.application_id)?;
        // One file that cannot be judged must not hide the others.
        let missing = match evaluate(conn, &application, today) {
            Ok(evaluation) => evaluations::in_one_line(&evaluation),
            Err(DecisionError::Evaluation(EvaluationError::NoVersion(day))) => {
                format!("no rules were in force on {day}")
            }
            Err(DecisionError::Evaluation(EvaluationError::Record(RecordFault::Word(_) | RecordFault::Json(..)))) => {
                "a stored fact cannot be read; tell the administrator".to_owned()
            }
            Err(other) => return Err(other),
        };
        Ok(QueueLine { row, missing })
    })
}

/// One application of this board.
///
/// # Errors
/// [`DecisionError`].
pub fn file(conn: &mut Conn<'_>, board: Id, person: Id, id: Id, now: DateTime<Utc>) -> Result<File, DecisionError> {
    let application = applications::of_board(conn, board, person, id)?;
    let today = now.with_timezone(&application.board.zone).date_naive();
    let review = reviews::latest(conn, &application)?;
    let evaluation = evaluate(conn, &application, today)?;
    Ok(File { application, review, evaluation })
}

fn evaluate(conn: &mut Conn<'_>, application: &Application, on: NaiveDate) -> Result<Evaluation, DecisionError> {
    let purpose = Purpose::parse(&application.row.purpose).unwrap_or_default();
    let question = evaluations::question(on, purpose, application.row.stage.as_deref());
    Ok(evaluations::ask(conn, application.row.person_id, &application.credential, question)?.evaluation)
}

/// Whether a person has ever applied to this board or holds something of it: then the board may see the file.
///
/// # Errors
/// [`DecisionError`].
pub fn knows(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<bool, DecisionError> {
    Ok(known::has_case(conn, board, person)?)
}
