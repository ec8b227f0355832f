//! A person's portable record, put together from the rows: what the rules read, what the person takes
//! along. Every fact stands in its latest revision; corrections and retractions stay in the database.
//!
//! [`Rows`] is what the database holds of one person; [`Rows::into_record`] is pure, so that bulk work
//! can fill the rows in its own way.

mod held;
mod learning;
mod life;
mod rows;
mod service;

use crate::rules::record::{Person, Record};
use crate::rules::words::{UnknownWord, Word as RecordWord, WordList};
use crate::storage::{Conn, Id, StoreError, Words};

pub use learning::LearningExtra;
pub(super) use learning::approvals;
pub(super) use life::value as attested_value;
pub use rows::{Known, Rows};
pub(super) use service::{eligible, state as service_state};

/// Why a person's record could not be put together: always a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum RecordFault {
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored word that the portable record does not know.
    #[error(transparent)]
    Word(#[from] UnknownWord),
    /// Stored JSON that does not read.
    #[error("stored JSON of `{0}` does not read: {1}")]
    Json(Id, String),
}

/// A person's record as it is known now. `board` is the board whose approvals and supervisors are asked
/// about; without one, none are stated.
///
/// # Errors
/// Only for faults: a person without facts has an empty record.
pub fn assemble(conn: &mut Conn<'_>, person: Id, board: Option<Id>) -> Result<Record, RecordFault> {
    let words = Words::load(conn)?;
    let rows = Rows::read(conn, person)?;
    let known = Known::read(conn, &rows, board)?;
    rows.into_record(person, &words, &known)
}

impl Rows {
    /// The rows as a portable record.
    ///
    /// # Errors
    /// When a stored word or JSON does not read.
    pub fn into_record(self, person: Id, words: &Words, known: &Known) -> Result<Record, RecordFault> {
        let mut record = Record::of(Person {
            id: person.to_string(),
            name: self.legal_name(),
            birth_date: self.detail.as_ref().and_then(|detail| detail.birth_day).map(super::super::storage::Day::date),
        });
        record.learning = learning::learning(&self, words, known)?;
        record.service = service::service(&self, words, known)?;
        life::fill(&mut record, &self, words, known)?;
        held::fill(&mut record, &self, known)?;
        Ok(record)
    }

    fn legal_name(&self) -> Option<String> {
        let mut name = None;
        for row in latest(&self.names, |row| row.id) {
            if row.kind == "legal" && row.through_day.is_none() {
                name = Some(row.name.clone());
            }
        }
        name
    }
}

/// Of rows in the order of (id, revision), the last of each id.
pub(in crate::services) fn latest<T, K: PartialEq>(rows: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &T> {
    let last = move |(at, row): &(usize, &T)| rows.get(at + 1).is_none_or(|next| key(next) != key(*row));
    rows.iter().enumerate().filter(last).map(|(_, row)| row)
}

/// A stored word as a word of the record.
fn word<L: WordList>(text: &str) -> Result<RecordWord<L>, RecordFault> {
    Ok(RecordWord::parse(text)?)
}

/// A stored count of minutes.
fn minutes(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}

/// The text of a stored word, if there is one.
fn text(words: &Words, word: Option<crate::storage::Word>) -> Option<String> {
    word.map(|key| words.text(key).to_owned())
}

#[cfg(test)]
mod tests {
    use super::latest;

    #[test]
    fn of_each_fact_the_last_revision_stands() {
        let rows = [(1, 'a'), (1, 'b'), (2, 'c'), (3, 'd'), (3, 'e')];
        let found: Vec<char> = latest(&rows, |row| row.0).map(|row| row.1).collect();
        assert_eq!(found, ['b', 'c', 'e']);
    }
}
