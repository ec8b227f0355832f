//! What becomes of a mail after it was handed over: done, later, to another address, or aside for the operator.
//!
//! Nothing is dropped: a mail leaves the outbox when it was sent or when another row has taken its place.

use chrono::TimeDelta;

use super::acting::Acting;
use super::notices::{self, Owed};
use crate::mail::Outcome;
use crate::repo;
use crate::storage::rows::upkeep::OutboxRow;
use crate::storage::{Conn, Id, StoreError};

/// Minutes to wait after the first, second, ... attempt; after the last one a mail is laid aside.
const WAITS: [i64; 9] = [1, 5, 15, 60, 240, 720, 1_440, 1_440, 1_440];

/// What was done with a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is out.
    Sent,
    /// It waits for its next attempt.
    PutOff,
    /// It goes to the person's other address.
    Redirected,
    /// It lies aside for the operator.
    Parked,
    /// No mail leaves this installation; the notice is on the person's pages.
    Skipped,
    /// The claim had run out, and another worker has it now.
    Lost,
}

/// Work that was begun so often without an end, not even a bad one, that it may itself be what ends the worker.
#[must_use]
pub fn begun_too_often(row: &OutboxRow) -> bool {
    wait(row.attempts - 1).is_none()
}

/// Writes down what became of a mail and decides what happens next.
///
/// # Errors
/// What the database met.
pub fn settle(
    conn: &mut Conn<'_>,
    by: &Acting,
    row: &OutboxRow,
    owed: &Owed,
    outcome: &Outcome,
) -> Result<Step, StoreError> {
    let (word, detail) = match outcome {
        Outcome::Sent => ("sent", None),
        Outcome::Retry { reason } => ("retry", Some(reason.as_str())),
        Outcome::Refused { reason, .. } => ("refused", Some(reason.as_str())),
    };
    if let Some(person) = row.person_id {
        notices::log_delivery(conn, by, person, owed.notice_id, word, detail)?;
    }
    match outcome {
        Outcome::Sent => done(conn, row, Step::Sent),
        Outcome::Retry { reason } => match wait(row.attempts) {
            Some(minutes) => {
                let next = by.at + TimeDelta::minutes(minutes);
                let held = repo!(conn, outbox::put_off(row.id, row.attempts, next.into(), reason))?;
                Ok(if held == 1 { Step::PutOff } else { Step::Lost })
            }
            None => aside(conn, by, row, Some(owed.notice_id), reason),
        },
        Outcome::Refused { reason, nobody_there } => {
            if *nobody_there {
                repo!(conn, people::mark_bounced(&owed.letter.to.address, by.moment()))?;
                if redirect(conn, by, row, owed)? {
                    return done(conn, row, Step::Redirected);
                }
            }
            aside(conn, by, row, Some(owed.notice_id), reason)
        }
    }
}

/// Takes a mail away unsent, in an installation that sends none.
///
/// # Errors
/// What the database met.
pub fn skip(conn: &mut Conn<'_>, by: &Acting, row: &OutboxRow, owed: &Owed) -> Result<Step, StoreError> {
    if let Some(person) = row.person_id {
        let why = "this installation sends no mail";
        notices::log_delivery(conn, by, person, owed.notice_id, "skipped", Some(why))?;
    }
    done(conn, row, Step::Skipped)
}

/// Lays work aside for the operator, who finds it with `credtrail work --parked`.
///
/// # Errors
/// What the database met.
pub fn aside(
    conn: &mut Conn<'_>,
    by: &Acting,
    row: &OutboxRow,
    notice: Option<Id>,
    why: &str,
) -> Result<Step, StoreError> {
    if let (Some(person), Some(notice)) = (row.person_id, notice) {
        notices::log_delivery(conn, by, person, notice, "parked", Some(why))?;
    }
    let held = repo!(conn, outbox::park(row.id, row.attempts, why))?;
    Ok(if held == 1 { Step::Parked } else { Step::Lost })
}

fn done(conn: &mut Conn<'_>, row: &OutboxRow, step: Step) -> Result<Step, StoreError> {
    let held = repo!(conn, outbox::finish(row.id, row.attempts))?;
    Ok(if held == 1 { step } else { Step::Lost })
}

/// Sends the same letter to the person's next good address, if it may go there. Answers whether it does.
fn redirect(conn: &mut Conn<'_>, by: &Acting, row: &OutboxRow, owed: &Owed) -> Result<bool, StoreError> {
    let Some(person) = row.person_id.filter(|_| !owed.only_here) else {
        return Ok(false);
    };
    let Some(address) = notices::first_good(repo!(conn, people::list_emails(person))?) else {
        return Ok(false);
    };
    let mut letter = owed.letter.clone();
    letter.to.address = address;
    notices::post(conn, by, by.at, person, &Owed { notice_id: owed.notice_id, letter, only_here: false })?;
    Ok(true)
}

/// How long to wait after `attempts` attempts; `None` after the last.
fn wait(attempts: i32) -> Option<i64> {
    usize::try_from(attempts.max(1) - 1).ok().and_then(|at| WAITS.get(at)).copied()
}
