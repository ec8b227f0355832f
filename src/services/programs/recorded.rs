//! What is recorded already: that a person completed a course of a program on a day is one record, whichever way it comes
//! in, one by one or by file. The same course on another day is another record. Compares only, stores nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::repo;
use crate::services::imports::row_key;
use crate::services::record::latest;
use crate::services::recorded::Otherwise;
use crate::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use crate::storage::{Conn, Day, Id, StoreError, Word};

/// The key of a completion: program, course and day; the person stands beside it.
pub(super) fn key(program: Id, course: Id, completed: Day) -> i64 {
    row_key(&["completion", &program.to_string(), &course.to_string(), &completed.date().to_string()])
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
struct There {
    /// None: an earlier row of the same file.
    id: Option<Id>,
    minutes: i32,
    started: Option<Day>,
    voided: bool,
}

/// How a completion looks beside what is recorded.
#[derive(Debug)]
pub enum Seen {
    /// It is new.
    New,
    /// It is there; with its id, unless an earlier row of the same file brings it.
    Same(Option<Id>),
    /// It was there with the same particulars and was taken back.
    TakenBack,
    /// It is there with other particulars.
    Otherwise(Otherwise),
}

/// What is recorded of some people under their rows' keys.
#[derive(Debug, Default)]
pub struct Recorded(HashMap<(Id, i64), There>);

impl Recorded {
    /// Reads what is there for these completions.
    ///
    /// # Errors
    /// What the database met.
    pub fn load(conn: &mut Conn<'_>, wanted: &[(Id, i64)], voided: Word) -> Result<Self, StoreError> {
        let people: BTreeSet<Id> = wanted.iter().map(|(person, _)| *person).collect();
        let people: Vec<Id> = people.into_iter().collect();
        // Few files repeat what is there: the narrow look comes first.
        let known: HashSet<(Id, i64)> = repo!(conn, courses::known_completions(&people))?.into_iter().collect();
        let people: BTreeSet<Id> = wanted.iter().filter(|key| known.contains(key)).map(|(person, _)| *person).collect();
        let people: Vec<Id> = people.into_iter().collect();
        let mut settled: HashMap<(Id, Id, i32), i32> = HashMap::new();
        for (person, id, revision, minutes) in repo!(conn, courses::topic_minutes(&people))? {
            *settled.entry((person, id, revision)).or_default() += minutes;
        }
        let mut found = Self::default();
        for row in latest(&repo!(conn, courses::keyed_completions(&people))?, |row| (row.person_id, row.id)) {
            let Some(key) = row.source_key else { continue };
            let settled = settled.get(&(row.person_id, row.id, row.revision)).copied().unwrap_or(0);
            let there = There {
                id: Some(row.id),
                minutes: row.minutes.unwrap_or(0).saturating_add(settled),
                started: row.started_day,
                voided: row.state == voided,
            };
            // One that stands goes before one that was taken back.
            let place = found.0.entry((row.person_id, key)).or_insert(there);
            if place.voided {
                *place = there;
            }
        }
        Ok(found)
    }

    /// Compares a completion with what is there.
    #[must_use]
    pub fn see(&self, row: &CompletionRow, topics: &[CompletionTopicRow]) -> Seen {
        let Some(there) = row.source_key.and_then(|key| self.0.get(&(row.person_id, key))) else { return Seen::New };
        let minutes = total(row, topics);
        let place = match there.id {
            Some(id) => format!("as in record `{id}` of the same course and day"),
            None => "as in an earlier row of the same person, course and day".to_owned(),
        };
        let otherwise = |field, found, stands: String| {
            Seen::Otherwise(Otherwise {
                id: there.id,
                field,
                found,
                expected: format!("{stands}, {place}"),
                hint: match there.id {
                    Some(_) => "if this one is right, take that record back first, then record this",
                    None => "keep the row that is right",
                },
            })
        };
        match (there.minutes == minutes, there.started.zip(row.started_day)) {
            (true, _) if there.voided => Seen::TakenBack,
            (false, _) if there.voided => Seen::New,
            (false, _) => otherwise("minutes", format!("{minutes} minutes"), format!("{} minutes", there.minutes)),
            (true, Some((stands, came))) if stands != came => {
                otherwise("started_on", came.date().to_string(), stands.date().to_string())
            }
            (true, _) => Seen::Same(there.id),
        }
    }

    /// Remembers a row of a file for those after it.
    pub fn keep(&mut self, row: &CompletionRow, topics: &[CompletionTopicRow]) {
        if let Some(key) = row.source_key {
            let there = There { id: None, minutes: total(row, topics), started: row.started_day, voided: false };
            self.0.insert((row.person_id, key), there);
        }
    }
}

fn total(row: &CompletionRow, topics: &[CompletionTopicRow]) -> i32 {
    let settled = topics.iter().filter_map(|topic| topic.minutes).fold(0_i32, i32::saturating_add);
    row.minutes.unwrap_or(0).saturating_add(settled)
}
