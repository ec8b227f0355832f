//! Evaluating everyone: people by ranges of keys, each range read once, on as many threads as there are cores.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use serde::Serialize;

use super::credentials;
use super::evaluations::EvaluationError;
use super::record::{Known, Rows};
use crate::repo;
use crate::rules::{Pack, Purpose, Question, Status, evaluate};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Db, Id, Words};

/// People read together.
const RANGE: i64 = 1_000;

/// How many people came out how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// People looked at.
    pub people: u64,
    /// Of these, those who applied for the credential or hold it.
    pub concerned: u64,
    /// By purpose and status, such as `renewal met`.
    pub by_status: BTreeMap<String, u64>,
}

/// Evaluates everyone who applied for a credential or holds it, as of `as_of`. `done` is told how many people
/// were looked at so far.
///
/// # Errors
/// When the rules or a record cannot be read.
pub fn evaluate_all(
    db: &Db,
    credential: &CredentialRow,
    as_of: NaiveDate,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Summary, EvaluationError> {
    let (pack, words) = db.read(|conn: &mut Conn<'_>| {
        Ok::<_, EvaluationError>((credentials::pack(conn, credential.id)?, Words::load(conn)?))
    })?;
    // The next range begins after this person; whoever takes it moves it on.
    let next = Mutex::new(Some(Id(0)));
    let seen = AtomicU64::new(0);
    let total = Mutex::new(Summary::default());
    let worker = || -> Result<(), EvaluationError> {
        loop {
            let ids = {
                let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(after) = *next else { return Ok(()) };
                let ids = db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::people_after(after, RANGE)))?;
                *next = ids.last().copied();
                ids
            };
            let part = db.read(|conn: &mut Conn<'_>| range(conn, credential, &pack, &words, as_of, &ids))?;
            done(seen.fetch_add(part.people, Ordering::Relaxed) + part.people);
            add(&mut total.lock().unwrap_or_else(PoisonError::into_inner), part);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().map_err(|_panic| {
                EvaluationError::Store(crate::storage::StoreError::Fault("a thread ended early".to_owned()))
            })?
        })
    })?;
    Ok(total.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Evaluates the people of one range.
fn range(
    conn: &mut Conn<'_>,
    credential: &CredentialRow,
    pack: &Pack,
    words: &Words,
    as_of: NaiveDate,
    ids: &[Id],
) -> Result<Summary, EvaluationError> {
    let all = Rows::read_range(conn, ids)?;
    let every: Vec<&Rows> = all.values().collect();
    let known = Known::read_for(conn, &every, Some(credential.organization_id))?;
    let mut summary = Summary { people: u64::try_from(all.len()).unwrap_or(0), ..Summary::default() };
    for (person, rows) in all {
        let purpose = if rows.awards.iter().any(|award| award.credential_id == credential.id) {
            Purpose::Renewal
        } else if rows.applications.iter().any(|application| application.credential_id == credential.id) {
            Purpose::Initial
        } else {
            continue;
        };
        let record = rows.into_record(person, words, &known)?;
        let status = match pack.version_for(&record, as_of, purpose) {
            Some(version) => status_word(evaluate(version, &record, &Question { as_of, purpose, stage: None }).status),
            None => "no rules in force",
        };
        summary.concerned += 1;
        *summary.by_status.entry(format!("{} {status}", purpose.word())).or_default() += 1;
    }
    Ok(summary)
}

const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not_met",
        Status::Undecided => "undecided",
        Status::Waived => "waived",
        Status::NotApplicable => "not_applicable",
    }
}

fn add(total: &mut Summary, part: Summary) {
    total.people += part.people;
    total.concerned += part.concerned;
    for (key, count) in part.by_status {
        *total.by_status.entry(key).or_default() += count;
    }
}
