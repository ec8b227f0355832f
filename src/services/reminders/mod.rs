//! Reminders of renewals: who is due one, what it says, and that each is written once.
//!
//! A reminder belongs to a term, an offset of the pack's schedule and a deadline. The deadline is part of its
//! key: when it moves, the schedule moves with it. Whoever has renewed, applied or left gets none. Begin with
//! [`consider`], which only reads, and [`write()`], which takes the reminder's place before it owes the mail.

mod content;
mod schedule;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::acting::Acting;
use super::boards::{self, BoardError};
use super::credentials::{self, CredentialError};
use super::record::{self, RecordFault};
use super::{notices, standing};
use crate::mail::{Kind, Notice};
use crate::repo;
use crate::rules::evaluate::evaluate;
use crate::rules::{Lang, Purpose, Question};
use crate::storage::rows::awards::TermRow;
use crate::storage::rows::boards::CredentialRow;
use crate::storage::rows::upkeep::ReminderRow;
use crate::storage::{Conn, Day, Id, StoreError};

pub use schedule::{Due, due};

/// How many days before and after today a term's end can matter.
pub const HORIZON_DAYS: u64 = 400;

/// A reminder that is due and not yet written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Who is reminded.
    pub person: Id,
    /// Of which award.
    pub award: Id,
    /// Of which term.
    pub term: Id,
    /// `reminder` or `grace`.
    pub kind: Kind,
    /// Days before the deadline; in grace, days after the term's end.
    pub offset_days: i32,
    /// The day it speaks of.
    pub deadline: NaiveDate,
    /// How many lines of missing things it has.
    pub missing: usize,
    #[serde(skip)]
    board: Id,
    #[serde(skip)]
    notice: Notice,
}

/// Why it could not be found out whether somebody is due a reminder.
#[derive(Debug, thiserror::Error)]
pub enum ReminderError {
    /// The credential or its rules.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The board.
    #[error(transparent)]
    Board(#[from] BoardError),
    /// The record.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether the holder of `term` is due a reminder at `now` (or on the day `as_of`), and what it says.
///
/// # Errors
/// [`ReminderError`]; then nothing is known about this person.
pub fn consider(
    conn: &mut Conn<'_>,
    term: &TermRow,
    now: DateTime<Utc>,
    as_of: Option<NaiveDate>,
) -> Result<Option<Plan>, ReminderError> {
    let (Some(through), Some(award)) = (term.through_day, repo!(conn, awards::find(term.person_id, term.award_id))?)
    else {
        return Ok(None);
    };
    let Some(credential) = repo!(conn, boards::credential(award.credential_id))? else { return Ok(None) };
    let board = boards::find(conn, credential.organization_id)?;
    let today = as_of.unwrap_or_else(|| now.with_timezone(&board.zone).date_naive());
    let pack = credentials::pack(conn, credential.id)?;
    let Some(version) = pack.version(&term.version).or_else(|| pack.in_force_on(today)) else { return Ok(None) };
    let Some(due) = due(&version.reminders, through.date(), term.grace_day.map(Day::date), today) else {
        return Ok(None);
    };
    let key = (due.kind().name(), due.offset(), Day::from(due.deadline()));
    if repo!(conn, reminders::is_taken(term.person_id, term.id, key.0, key.1, key.2))?
        || is_over(conn, term, &credential, today)?
    {
        return Ok(None);
    }
    let record = record::assemble(conn, term.person_id, Some(credential.organization_id))?;
    let question = Question { as_of: today, purpose: Purpose::Renewal, stage: Some(term.stage.clone()) };
    let version = pack.version_for(&record, today, Purpose::Renewal).unwrap_or(version);
    let answer = evaluate(version, &record, &question);
    let person = repo!(conn, people::find(term.person_id))?;
    let lang = person.and_then(|person| Lang::parse(&person.language)).unwrap_or_default();
    let missing = content::missing(version, &answer, lang);
    Ok(Some(Plan {
        person: term.person_id,
        award: term.award_id,
        term: term.id,
        kind: due.kind(),
        offset_days: due.offset(),
        deadline: due.deadline(),
        missing: missing.len(),
        board: credential.organization_id,
        notice: content::notice(&due, term, today, &answer, missing, lang),
    }))
}

/// Writes the reminder, unless another worker was faster. Answers whether it did.
///
/// # Errors
/// What the database met.
pub fn write(conn: &mut Conn<'_>, by: &Acting, plan: &Plan) -> Result<bool, StoreError> {
    let row = ReminderRow {
        person_id: plan.person,
        term_id: plan.term,
        kind: plan.kind.name().to_owned(),
        offset_days: plan.offset_days,
        deadline: plan.deadline.into(),
        notice_id: by.fresh_id(),
        created_at: by.moment(),
    };
    if repo!(conn, reminders::take(&row))? == 0 {
        return Ok(false);
    }
    notices::owe_as(conn, by, row.notice_id, Some(plan.board), plan.person, plan.notice.clone())?;
    Ok(true)
}

/// Whether there is nothing left to remind of: renewed, applied for, or no longer held.
fn is_over(
    conn: &mut Conn<'_>,
    term: &TermRow,
    credential: &CredentialRow,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    let terms = repo!(conn, awards::terms(term.person_id, term.award_id))?;
    if terms.iter().any(|other| (other.from_day, other.id) > (term.from_day, term.id)) {
        return Ok(true);
    }
    let events = repo!(conn, awards::statuses(term.person_id, term.award_id))?;
    let left = standing::on(&events, today, None).is_some_and(|event| {
        matches!(event.discipline.as_str(), "revoked" | "surrendered")
            || !matches!(event.standing.as_str(), "active" | "provisional" | "inactive" | "expired")
    });
    Ok(left || has_applied(conn, term, credential)?)
}

/// Whether an application to renew this term lies with the board; it has notices of its own.
fn has_applied(conn: &mut Conn<'_>, term: &TermRow, credential: &CredentialRow) -> Result<bool, StoreError> {
    let events = repo!(conn, applications::events_of_person(term.person_id))?;
    let applications = repo!(conn, applications::of_person(term.person_id))?;
    Ok(applications.iter().any(|application| {
        let fits = application.credential_id == credential.id
            && application.received_day >= term.from_day
            && matches!(application.purpose.as_str(), "renewal" | "reinstatement");
        let last = events.iter().rfind(|event| event.application_id == application.id);
        fits && last.is_none_or(|event| matches!(event.kind.as_str(), "received" | "complete" | "approved"))
    }))
}
