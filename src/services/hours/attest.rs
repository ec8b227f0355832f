//! A supervisor signs entries or sends them back, each line on its own.

use crate::mail::{EntrySentBack, Notice, Place};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::notices;
use crate::storage::rows::service::{ServiceAttestationRow, ServiceEntryRow};
use crate::storage::{Conn, Id, StoreError, Words};

/// How long a supervisor may take a word back.
const UNDO_HOURS: i64 = 24;

/// What a supervisor says of one entry.
#[derive(Debug, Clone)]
pub struct Line {
    /// Whose entry.
    pub person: Id,
    /// Which entry.
    pub entry: Id,
    /// At which revision they looked at it.
    pub revision: i32,
    /// Sign it, or send it back with a reason.
    pub outcome: LineOutcome,
}

/// Sign or send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOutcome {
    /// The person did this work.
    Attested,
    /// What they should fix.
    SentBack(String),
}

/// Why one line was not taken; the others are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineRefusal {
    /// Not an entry that names this supervisor.
    #[error("there is no such entry for you to sign")]
    Unknown,
    /// It changed since it was looked at.
    #[error("the entry is at revision {0} by now, look at it again")]
    Changed(i32),
    /// It was withdrawn.
    #[error("the person took the entry back")]
    Withdrawn,
    /// Said already.
    #[error("the entry is signed already")]
    Signed,
    /// Sending back needs a reason.
    #[error("say in a few words what should be fixed")]
    NoReason,
    /// There is nothing to undo, or it is too late.
    #[error("only what you said in the last 24 hours can be undone")]
    NothingToUndo,
}

/// Why nothing could be attested at all.
#[derive(Debug, thiserror::Error)]
pub enum AttestError {
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes each line on its own and answers what became of it, in the order given.
///
/// # Errors
/// Only for faults; a line that cannot be taken says so in its own place.
pub fn attest(
    conn: &mut Conn<'_>,
    by: &Acting,
    supervisor: Id,
    lines: &[Line],
) -> Result<Vec<Result<(), LineRefusal>>, AttestError> {
    let mut words = Words::load(conn)?;
    let mut results = Vec::with_capacity(lines.len());
    for line in lines {
        results.push(take(conn, by, supervisor, line, &mut words)?);
    }
    Ok(results)
}

fn take(
    conn: &mut Conn<'_>,
    by: &Acting,
    supervisor: Id,
    line: &Line,
    words: &mut Words,
) -> Result<Result<(), LineRefusal>, StoreError> {
    let entry = match mine(conn, supervisor, line.person, line.entry, words)? {
        Ok(entry) => entry,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if entry.revision != line.revision {
        return Ok(Err(LineRefusal::Changed(entry.revision)));
    }
    let (outcome, reason) = match &line.outcome {
        LineOutcome::Attested => ("attested", None),
        LineOutcome::SentBack(reason) if reason.trim().is_empty() => return Ok(Err(LineRefusal::NoReason)),
        LineOutcome::SentBack(reason) => ("sent_back", Some(reason.trim().chars().take(500).collect::<String>())),
    };
    if last_word(conn, &entry, words)?.is_some_and(|(said, _)| said == "attested" && outcome == "attested") {
        return Ok(Err(LineRefusal::Signed));
    }
    if let Some(reason) = reason.clone() {
        let notice = EntrySentBack {
            on: entry.from_day.date(),
            minutes: u32::try_from(entry.minutes).unwrap_or(0),
            reason,
            link: Place::Hours.link(),
        };
        notices::owe(conn, by, entry.person_id, Notice::EntrySentBack(notice))?;
    }
    say(conn, by, supervisor, &entry, (outcome, reason), words)?;
    Ok(Ok(()))
}

/// Takes back what this supervisor said of an entry in the last 24 hours.
///
/// # Errors
/// For faults; the inner result says why there was nothing to undo.
pub fn undo(
    conn: &mut Conn<'_>,
    by: &Acting,
    supervisor: Id,
    person: Id,
    entry: Id,
) -> Result<Result<(), LineRefusal>, AttestError> {
    let mut words = Words::load(conn)?;
    let entry = match mine(conn, supervisor, person, entry, &words)? {
        Ok(entry) => entry,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let since = by.at - chrono::TimeDelta::hours(UNDO_HOURS);
    match last_word(conn, &entry, &words)? {
        Some((said, at)) if said != "undone" && at >= since => {
            say(conn, by, supervisor, &entry, ("undone", None), &mut words)?;
            Ok(Ok(()))
        }
        _ => Ok(Err(LineRefusal::NothingToUndo)),
    }
}

/// The entry, if it names this supervisor and stands.
fn mine(
    conn: &mut Conn<'_>,
    supervisor: Id,
    person: Id,
    entry: Id,
    words: &Words,
) -> Result<Result<ServiceEntryRow, LineRefusal>, StoreError> {
    let found = repo!(conn, facts::find_service_entry(person, entry))?;
    Ok(match found.filter(|row| row.supervisor_id == Some(supervisor)) {
        None => Err(LineRefusal::Unknown),
        Some(row) if words.text(row.state) == "voided" => Err(LineRefusal::Withdrawn),
        Some(row) => Ok(row),
    })
}

/// What was last said of this revision, and when.
fn last_word(
    conn: &mut Conn<'_>,
    entry: &ServiceEntryRow,
    words: &Words,
) -> Result<Option<(String, chrono::DateTime<chrono::Utc>)>, StoreError> {
    let said = repo!(conn, facts::list_entry_attestations(entry.person_id, entry.id))?;
    let last = said.iter().rfind(|row| row.entry_revision == entry.revision);
    Ok(last.map(|row| (words.text(row.outcome).to_owned(), row.recorded_at.utc())))
}

fn say(
    conn: &mut Conn<'_>,
    by: &Acting,
    supervisor: Id,
    entry: &ServiceEntryRow,
    (outcome, reason): (&str, Option<String>),
    words: &mut Words,
) -> Result<(), StoreError> {
    let row = ServiceAttestationRow {
        person_id: entry.person_id,
        entry_id: entry.id,
        id: by.fresh_id(),
        entry_revision: entry.revision,
        supervisor_id: supervisor,
        outcome: words.intern(conn, outcome)?,
        reason,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, facts::insert_service_attestations(std::slice::from_ref(&row)))?;
    repo!(conn, people::mark_due(entry.person_id, by.moment()))?;
    let detail = serde_json::json!({ "outcome": outcome, "revision": entry.revision });
    by.log(conn, "hours.attest", format!("service {}", entry.id), Some(entry.person_id), detail)
}
