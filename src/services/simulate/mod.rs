//! A draft of the rules against the register: who comes out otherwise, why, and what they would have to do.
//!
//! The draft takes its place among the published versions, so that its first day, its `applies_by` and its transitions say
//! whom it rules ([`Draft`]). Everyone is judged twice, before and after ([`judge`]); [`simulate`] does so for the whole
//! register on all cores, [`page`] for a slice of it that a request can wait for. Writes nothing.

mod board;
mod counts;
mod differs;
mod draft;
mod judge;
mod line;
mod quick;
mod samples;

use chrono::NaiveDate;
use serde::Serialize;

use super::evaluations::EvaluationError;
use crate::repo;
use crate::rules::{Lang, Problem, Purpose, Status};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Db, Id, StoreError};

pub use board::{Asked, Slice, for_board};
pub use counts::{Change, Counts, Lacking, Move, word};
pub use differs::{Differs, ToGo};
pub use draft::Draft;
pub use line::Next;
pub use samples::{Sample, samples};

/// People read together.
const RANGE: i64 = 500;

/// The most people that one page looks at: even where each needs the whole evaluator, that is a matter of seconds.
pub const MOST_PEOPLE: u64 = 5_000;

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Wish<'w> {
    /// The credential whose people are looked at.
    pub credential: &'w CredentialRow,
    /// The draft among the published versions.
    pub draft: &'w Draft,
    /// The published version to compare with; none: the one that rules each person.
    pub against: Option<&'w str>,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// As if the draft ruled everyone, whatever its days and transitions say.
    pub everyone: bool,
    /// The language of what is left.
    pub lang: Lang,
}

/// Someone who comes out otherwise under the draft, or has further or less to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// The person.
    pub person: Id,
    /// What was asked for.
    pub purpose: Purpose,
    /// The version before; none: no rules were in force.
    pub version: Option<String>,
    /// The version after.
    pub version_after: Option<String>,
    /// The transition that decides the version after, where one does.
    pub transition: Option<String>,
    /// How it stands before.
    pub before: Option<Status>,
    /// How it stands after.
    pub after: Option<Status>,
    /// Whether there is further to go, or less, for whom something is missing before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_go: Option<ToGo>,
    /// The requirements that come out otherwise.
    pub differs: Vec<Differs>,
    /// What would be left to do.
    pub left: Vec<String>,
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
    /// The draft cannot be read, or does not fit the published versions.
    #[error("the draft cannot be used: {} problems", .0.len())]
    Rules(Vec<Problem>),
    /// The rules or a record.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Simulates over the whole register. `each` is told of every affected person in the order of their keys, and may stop it
/// all; `done` is told how many people were looked at so far. Memory does not grow with the register.
///
/// # Errors
/// [`SimulationError`].
pub fn simulate(
    db: &Db,
    wish: &Wish<'_>,
    each: &mut (dyn FnMut(&Affected) -> Next + Send),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Counts, SimulationError> {
    let work = db.read(|conn: &mut Conn<'_>| judge::Work::new(conn, wish))?;
    let tables = work.tables();
    let line = line::Line::new(each);
    let worker = || -> Result<(), SimulationError> {
        let mut judge = work.judge(&tables);
        while let Some(turn) = line.take(db)? {
            let found = db.read(|conn: &mut Conn<'_>| judge.range(conn, &turn.people))?;
            done(line.give(turn, found));
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
    Ok(line.counts())
}

/// A slice of a simulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Counts over the people of this slice alone.
    pub counts: Counts,
    /// Who comes out otherwise, or has further or less to go, in the order of their keys.
    pub affected: Vec<Affected>,
    /// Where the next slice begins; none: this was the last.
    pub next: Option<Id>,
}

/// Simulates for the people after `after`: at most [`MOST_PEOPLE`] of them, and until `limit` are affected.
///
/// # Errors
/// [`SimulationError`].
pub fn page(conn: &mut Conn<'_>, wish: &Wish<'_>, after: Option<Id>, limit: usize) -> Result<Page, SimulationError> {
    let work = judge::Work::new(conn, wish)?;
    let tables = work.tables();
    let mut judge = work.judge(&tables);
    let mut page = Page { counts: Counts::default(), affected: Vec::new(), next: None };
    let mut last = after.unwrap_or(Id(0));
    while page.counts.people < MOST_PEOPLE && page.affected.len() < limit {
        let ids = repo!(conn, ranges::people_after(last, RANGE))?;
        let Some(end) = ids.last().copied() else { return Ok(page) };
        let mut found = judge.range(conn, &ids)?;
        let over = found.iter().filter(|one| one.affected.is_some()).nth(limit - page.affected.len());
        let through = match over.map(|one| one.person) {
            // The slice ends with the person before the one too many.
            Some(over) => ids.iter().rev().find(|id| **id < over).copied().unwrap_or(last),
            None => end,
        };
        found.retain(|one| one.person <= through);
        let people = ids.iter().filter(|id| **id <= through).count();
        page.counts.add(u64::try_from(people).unwrap_or(0), &found);
        page.affected.extend(found.into_iter().filter_map(|one| one.affected).map(|affected| *affected));
        last = through;
    }
    page.next = Some(last);
    Ok(page)
}
