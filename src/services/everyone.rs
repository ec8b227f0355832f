//! Evaluating everyone: people by ranges of keys, each range read once, on as many threads as there are cores.
//!
//! Most people's status comes from narrow rows and flat tables ([`flat`]); the others' from their whole record. Whoever goes
//! through everyone for something else does as [`evaluate_all`]: [`flat::tables`] once for each set of rules, a
//! [`flat::Flat`] for each thread, and for each range [`flat::Flat::range`], which tells of those it can judge and answers the others.

pub(in crate::services) mod flat;
mod hours;
mod listed;
pub(in crate::services) mod lists;
mod sorts;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use serde::Serialize;

use super::credentials;
use super::evaluations::EvaluationError;
use super::record::{Known, Rows};
use crate::repo;
use crate::rules::bulk::By;
use crate::rules::{Pack, Purpose, Question, Status, status_of};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Db, Id, Words};
use flat::{Flat, Judged, Tell};

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
    let (pack, words, names) = db.read(|conn: &mut Conn<'_>| {
        let pack = credentials::pack(conn, credential.id)?;
        Ok::<_, EvaluationError>((pack, Words::load(conn)?, Known::of_credentials(conn)?))
    })?;
    // The next range begins after this person; whoever takes it moves it on.
    let next = Mutex::new(Some(Id(0)));
    let seen = AtomicU64::new(0);
    let total = Mutex::new(Summary::default());
    let tables = flat::tables(By::Pack(&pack), as_of);
    let worker = || -> Result<(), EvaluationError> {
        let mut flat = Flat::of(&tables, credential, &names);
        loop {
            let ids = {
                let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(after) = *next else { return Ok(()) };
                let ids = db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::people_after(after, RANGE)))?;
                *next = ids.last().copied();
                ids
            };
            let part = db.read(|conn: &mut Conn<'_>| -> Result<Summary, EvaluationError> {
                let mut part = Summary { people: u64::try_from(ids.len()).unwrap_or(0), ..Summary::default() };
                let mut counted = Counted::default();
                let left = flat.range(conn, credential, &words, &ids, &mut counted)?;
                counted.0.into_iter().for_each(|(purpose, status, count)| part.count_many(purpose, status, count));
                whole(conn, credential, &pack, &words, as_of, &left, &mut part)?;
                Ok(part)
            })?;
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

/// Evaluates these people by their whole records.
fn whole(
    conn: &mut Conn<'_>,
    credential: &CredentialRow,
    pack: &Pack,
    words: &Words,
    as_of: NaiveDate,
    ids: &[Id],
    into: &mut Summary,
) -> Result<(), EvaluationError> {
    let all = Rows::read_range(conn, ids)?;
    if all.is_empty() {
        return Ok(());
    }
    let every: Vec<&Rows> = all.values().collect();
    let known = Known::read_for(conn, &every, Some(credential.organization_id))?;
    for (person, rows) in all {
        let held = rows.awards.iter().any(|award| award.credential_id == credential.id);
        let applied = rows.applications.iter().any(|application| application.credential_id == credential.id);
        let Some(purpose) = Purpose::asked_of(held, applied) else { continue };
        let record = rows.into_record(person, words, &known)?;
        let status = pack
            .version_for(&record, as_of, purpose)
            .map(|version| status_of(version, &record, &Question { as_of, purpose, stage: None }));
        into.count(purpose, status);
    }
    Ok(())
}

/// People of a range counted, before their words are looked up.
#[derive(Default)]
struct Counted(Vec<(Purpose, Option<Status>, u64)>);

impl Tell for Counted {
    fn tell(&mut self, _: Id, purpose: Purpose, judged: Option<Judged<'_>>) {
        let status = judged.map(|judged| judged.status);
        match self.0.iter_mut().find(|(known, its, _)| (*known, *its) == (purpose, status)) {
            Some((_, _, count)) => *count += 1,
            None => self.0.push((purpose, status, 1)),
        }
    }
}

impl Summary {
    /// Counts one person; no status: no rules are in force for them.
    fn count(&mut self, purpose: Purpose, status: Option<Status>) {
        self.count_many(purpose, status, 1);
    }

    fn count_many(&mut self, purpose: Purpose, status: Option<Status>, count: u64) {
        self.concerned += count;
        let status = status.map_or("no rules in force", Status::word);
        let key = format!("{} {status}", purpose.word());
        *self.by_status.entry(key).or_default() += count;
    }
}

fn add(total: &mut Summary, part: Summary) {
    total.people += part.people;
    total.concerned += part.concerned;
    for (key, count) in part.by_status {
        *total.by_status.entry(key).or_default() += count;
    }
}
