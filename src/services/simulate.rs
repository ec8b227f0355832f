//! A draft of the rules against the whole register: who comes out otherwise, and what they would have to do.
//!
//! Reads people in ranges, on as many threads as there are cores, and hands the affected ones on in the order of their
//! keys as soon as their range is done: memory does not grow with the register. Writes nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use serde::Serialize;

use super::credentials;
use super::evaluations::EvaluationError;
use super::record::{Known, Rows};
use crate::repo;
use crate::rules::{Pack, Purpose, Question, Record, Status, Version, evaluate};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Db, Id, StoreError, Words};

/// People read together.
const RANGE: i64 = 500;

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Wish<'w> {
    /// The credential whose people are looked at.
    pub credential: &'w CredentialRow,
    /// The draft.
    pub draft: &'w Version,
    /// The published version to compare with; none: the one that rules each person.
    pub against: Option<&'w str>,
    /// The day asked about.
    pub as_of: NaiveDate,
}

/// Someone who comes out otherwise under the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// The person.
    pub person: Id,
    /// What was asked for.
    pub purpose: Purpose,
    /// The version before.
    pub version: String,
    /// How it stands now.
    pub before: Status,
    /// How it would stand.
    pub after: Status,
    /// What would be left to do.
    pub left: Vec<String>,
}

/// Counts over the register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// People looked at.
    pub people: u64,
    /// Of these, those who applied for the credential or hold it.
    pub concerned: u64,
    /// Of these, those whom no version rules today.
    pub without_rules: u64,
    /// Of these, those who come out otherwise.
    pub affected: u64,
    /// By purpose and change, such as `renewal: met -> not_met`; unchanged ones too.
    pub changes: BTreeMap<String, u64>,
}

/// Why a simulation could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SimulationError {
    /// The published version does not exist.
    #[error("version `{0}` is not published")]
    UnknownVersion(String),
    /// The draft is of another credential.
    #[error("the draft is of `{found}`, expected `{expected}`")]
    OtherCredential {
        /// What the draft says.
        found: String,
        /// The credential asked about.
        expected: String,
    },
    /// The rules or a record.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What one range gave.
#[derive(Default)]
struct Part {
    counts: Counts,
    affected: Vec<Affected>,
}

/// The ranges handed out and come back, in order.
struct Ranges<'r> {
    /// The next range begins after this person; none: all are handed out.
    next: Option<Id>,
    number: u64,
    /// The range whose turn it is, and those that came back before their turn.
    turn: u64,
    early: BTreeMap<u64, Part>,
    counts: Counts,
    each: &'r mut (dyn FnMut(&Affected, u64) + Send),
}

/// Simulates; `each` is told of every affected person with how many people were looked at so far.
///
/// # Errors
/// [`SimulationError`].
pub fn simulate(
    db: &Db,
    wish: &Wish<'_>,
    each: &mut (dyn FnMut(&Affected, u64) + Send),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Counts, SimulationError> {
    if wish.draft.credential != wish.credential.slug {
        let (found, expected) = (wish.draft.credential.clone(), wish.credential.slug.clone());
        return Err(SimulationError::OtherCredential { found, expected });
    }
    let (pack, words) = db.read(|conn: &mut Conn<'_>| -> Result<_, SimulationError> {
        let pack = credentials::pack(conn, wish.credential.id).map_err(EvaluationError::from)?;
        Ok((pack, Words::load(conn)?))
    })?;
    if let Some(version) = wish.against.filter(|version| pack.version(version).is_none()) {
        return Err(SimulationError::UnknownVersion(version.to_owned()));
    }
    let ranges = Mutex::new(Ranges {
        next: Some(Id(0)),
        number: 0,
        turn: 0,
        early: BTreeMap::new(),
        counts: Counts::default(),
        each,
    });
    let worker = || -> Result<(), SimulationError> {
        while let Some((number, ids)) = take(db, &ranges)? {
            let part = db.read(|conn: &mut Conn<'_>| range(conn, wish, &pack, &words, &ids))?;
            done(give(&mut held(&ranges), number, part));
        }
        Ok(())
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().map_err(|_panic| StoreError::Fault("a thread ended early".to_owned()))?
        })
    })?;
    Ok(ranges.into_inner().unwrap_or_else(PoisonError::into_inner).counts)
}

fn held<'g, 'r>(ranges: &'g Mutex<Ranges<'r>>) -> MutexGuard<'g, Ranges<'r>> {
    ranges.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next range of people, with its number.
fn take(db: &Db, ranges: &Mutex<Ranges<'_>>) -> Result<Option<(u64, Vec<Id>)>, SimulationError> {
    let mut ranges = held(ranges);
    let Some(after) = ranges.next else { return Ok(None) };
    let ids = db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::people_after(after, RANGE)))?;
    ranges.next = ids.last().copied();
    let number = ranges.number;
    ranges.number += 1;
    Ok((!ids.is_empty()).then_some((number, ids)))
}

/// Counts a range and hands its people on when it is its turn; answers how many people were looked at.
fn give(ranges: &mut Ranges<'_>, number: u64, part: Part) -> u64 {
    ranges.early.insert(number, part);
    while let Some(part) = ranges.early.remove(&ranges.turn) {
        ranges.turn += 1;
        ranges.counts.people += part.counts.people;
        ranges.counts.concerned += part.counts.concerned;
        ranges.counts.without_rules += part.counts.without_rules;
        ranges.counts.affected += part.counts.affected;
        for (change, count) in part.counts.changes {
            *ranges.counts.changes.entry(change).or_default() += count;
        }
        let seen = ranges.counts.people;
        part.affected.iter().for_each(|affected| (ranges.each)(affected, seen));
    }
    ranges.counts.people
}

fn range(
    conn: &mut Conn<'_>,
    wish: &Wish<'_>,
    pack: &Pack,
    words: &Words,
    ids: &[Id],
) -> Result<Part, SimulationError> {
    let all = Rows::read_range(conn, ids)?;
    let every: Vec<&Rows> = all.values().collect();
    let known = Known::read_for(conn, &every, Some(wish.credential.organization_id))?;
    let mut part = Part::default();
    part.counts.people = u64::try_from(all.len()).unwrap_or(0);
    for (person, rows) in all {
        let purpose = if rows.awards.iter().any(|award| award.credential_id == wish.credential.id) {
            Purpose::Renewal
        } else if rows.applications.iter().any(|application| application.credential_id == wish.credential.id) {
            Purpose::Initial
        } else {
            continue;
        };
        part.counts.concerned += 1;
        let record = rows.into_record(person, words, &known).map_err(EvaluationError::from)?;
        one(wish, pack, (person, purpose), &record, &mut part);
    }
    Ok(part)
}

fn one(wish: &Wish<'_>, pack: &Pack, (person, purpose): (Id, Purpose), record: &Record, part: &mut Part) {
    let question = Question { as_of: wish.as_of, purpose, stage: None };
    let now = match wish.against {
        Some(version) => pack.version(version),
        None => pack.version_for(record, wish.as_of, purpose),
    };
    let Some(now) = now else {
        part.counts.without_rules += 1;
        return;
    };
    let (before, after) = (status_of(now, record, &question), status_of(wish.draft, record, &question));
    let change = format!("{}: {} -> {}", purpose.word(), word(before), word(after));
    *part.counts.changes.entry(change).or_default() += 1;
    if before == after {
        return;
    }
    part.counts.affected += 1;
    let left = evaluate(wish.draft, record, &question).next.into_iter().map(|step| step.text).collect();
    part.affected.push(Affected { person, purpose, version: now.id.clone(), before, after, left });
}

/// How a record stands under a version: the one place that decides how it is found out.
fn status_of(version: &Version, record: &Record, question: &Question) -> Status {
    crate::rules::status_of(version, record, question)
}

/// A status as it stands in JSON.
#[must_use]
pub const fn word(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not_met",
        Status::Undecided => "undecided",
        Status::Waived => "waived",
        Status::NotApplicable => "not_applicable",
    }
}
