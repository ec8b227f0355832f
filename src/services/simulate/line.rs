//! Ranges of people handed out to workers and taken back in order, so that what is told comes in the order of people's
//! keys and little has to wait.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::counts::Counts;
use super::judge::Found;
use super::{Affected, RANGE};
use crate::repo;
use crate::storage::{Conn, Db, Id, StoreError};

/// How many ranges may be out at once: a slow one lets no more than these wait for it.
const AHEAD: u64 = 32;

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// With the next person.
    GoOn,
    /// Not at all.
    Stop,
}

/// A range of people.
pub(super) struct Turn<'l, 'r> {
    number: u64,
    /// Their keys, in order.
    pub(super) people: Vec<Id>,
    /// Told when the range is dropped without having been given back: then nobody waits for it.
    line: Option<&'l Line<'r>>,
}

struct State<'r> {
    /// The next range begins after this person; none: all are out.
    next: Option<Id>,
    number: u64,
    turn: u64,
    /// What came back before its turn.
    early: BTreeMap<u64, Vec<Affected>>,
    counts: Counts,
    stopped: bool,
    each: &'r mut (dyn FnMut(&Affected) -> Next + Send),
}

/// The ranges.
pub(super) struct Line<'r> {
    state: Mutex<State<'r>>,
    turned: Condvar,
}

impl<'r> Line<'r> {
    pub(super) fn new(each: &'r mut (dyn FnMut(&Affected) -> Next + Send)) -> Self {
        let state = State {
            next: Some(Id(0)),
            number: 0,
            turn: 0,
            early: BTreeMap::new(),
            counts: Counts::default(),
            stopped: false,
            each,
        };
        Self { state: Mutex::new(state), turned: Condvar::new() }
    }

    fn held(&self) -> MutexGuard<'_, State<'r>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next range; none: there is nobody left, or it was stopped.
    pub(super) fn take(&self, db: &Db) -> Result<Option<Turn<'_, 'r>>, StoreError> {
        let waits = |state: &mut State<'r>| state.next.is_some() && state.number >= state.turn + AHEAD;
        let mut state = self.turned.wait_while(self.held(), waits).unwrap_or_else(PoisonError::into_inner);
        let Some(after) = state.next else { return Ok(None) };
        let people = db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::people_after(after, RANGE)));
        // Who cannot go on lets the others end too.
        state.next = people.as_ref().ok().and_then(|people| people.last().copied());
        let (people, number) = (people?, state.number);
        if people.is_empty() {
            return Ok(None);
        }
        state.number += 1;
        Ok(Some(Turn { number, people, line: Some(self) }))
    }

    /// Counts a range and tells of its people when it is its turn; answers how many people were looked at.
    pub(super) fn give(&self, mut turn: Turn<'_, 'r>, found: Vec<Found<'_>>) -> u64 {
        turn.line = None;
        let mut state = self.held();
        state.counts.add(u64::try_from(turn.people.len()).unwrap_or(0), &found);
        let affected = found.into_iter().filter_map(|one| one.affected).map(|affected| *affected).collect();
        state.early.insert(turn.number, affected);
        self.tell(&mut state);
        state.counts.people
    }

    fn tell(&self, state: &mut State<'r>) {
        while let Some(affected) = state.early.remove(&state.turn) {
            state.turn += 1;
            let stop = |affected| (state.each)(affected) == Next::Stop;
            if !state.stopped && affected.iter().any(stop) {
                (state.stopped, state.next) = (true, None);
            }
        }
        self.turned.notify_all();
    }

    pub(super) fn counts(self) -> Counts {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).counts
    }
}

impl Drop for Turn<'_, '_> {
    fn drop(&mut self) {
        if let Some(line) = self.line {
            line.held().next = None;
            line.turned.notify_all();
        }
    }
}
