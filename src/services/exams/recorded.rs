//! What is recorded already: a sitting (board, person, exam, day, and form where one is named) is one record. A second
//! sitting of one exam on one day is told apart by its form. Compares only, stores nothing.

use std::collections::HashMap;

use super::ExamWish;
use crate::repo;
use crate::services::imports::row_key;
use crate::services::recorded::Otherwise;
use crate::storage::rows::life::ExamAttemptRow;
use crate::storage::{Conn, Day, Id, StoreError, Words};

/// The key of a sitting; the person stands beside it.
pub(super) fn key(board: Id, wish: &ExamWish) -> i64 {
    let form = wish.form.as_deref().unwrap_or_default();
    row_key(&["exam", &board.to_string(), &wish.exam, &wish.on.to_string(), form])
}

/// How a result looks beside what is recorded.
#[derive(Debug)]
pub enum Seen {
    /// The sitting is new.
    New,
    /// The sitting is there without its final result, which this one is.
    Settles(Box<ExamAttemptRow>),
    /// It is there, or was before it was settled or corrected; with its id, unless the same file brings it.
    Same(Option<Id>),
    /// The sitting is there with another result.
    Otherwise(Otherwise),
}

/// What is recorded of some people, under their rows' keys: every revision in order.
#[derive(Debug, Default)]
pub struct Recorded {
    there: HashMap<(Id, i64), Vec<ExamAttemptRow>>,
    of_file: Vec<Id>,
}

impl Recorded {
    /// Reads what is there of these people.
    ///
    /// # Errors
    /// What the database met.
    pub fn load(conn: &mut Conn<'_>, people: &[Id]) -> Result<Self, StoreError> {
        Ok(Self::of(repo!(conn, facts::exam_attempts_of(people))?))
    }

    /// Of rows in the order of their keys.
    #[must_use]
    pub fn of(rows: Vec<ExamAttemptRow>) -> Self {
        let mut found = Self::default();
        for row in rows {
            found.add(row);
        }
        found
    }

    fn add(&mut self, row: ExamAttemptRow) {
        if let Some(key) = row.source_key {
            self.there.entry((row.person_id, key)).or_default().push(row);
        }
    }

    /// Remembers a row of a file for those after it.
    pub fn keep(&mut self, row: ExamAttemptRow) {
        self.of_file.push(row.id);
        self.add(row);
    }

    /// Compares a result with what is there.
    #[must_use]
    pub fn see(&self, row: &ExamAttemptRow, words: &Words) -> Seen {
        let there = row.source_key.and_then(|key| self.there.get(&(row.person_id, key)));
        let Some((there, last)) = there.and_then(|there| Some((there, there.last()?))) else { return Seen::New };
        let id = (!self.of_file.contains(&last.id)).then_some(last.id);
        if there.iter().any(|before| differs(before, row, words).is_none()) {
            return Seen::Same(id);
        }
        let open = !last.official || ["withheld", "under_appeal"].contains(&words.text(last.outcome));
        if open && row.official {
            return Seen::Settles(Box::new(last.clone()));
        }
        let Some((field, found, stands)) = differs(last, row, words) else { return Seen::Same(id) };
        let place = match id {
            Some(id) => format!("as in record `{id}` of the same exam and day"),
            None => "as in an earlier row of the same person, exam and day".to_owned(),
        };
        Seen::Otherwise(Otherwise {
            id,
            field,
            found,
            expected: format!("`{stands}`, {place}"),
            hint: match id {
                Some(_) => "correct that record if this result is right, or name the form if it was a second sitting",
                None => "keep the row that is right, or name the form if it was a second sitting",
            },
        })
    }
}

/// The first particular that `row` states otherwise than `before`: the field, what came, what stands.
fn differs(before: &ExamAttemptRow, row: &ExamAttemptRow, words: &Words) -> Option<(&'static str, String, String)> {
    if before.outcome != row.outcome {
        return Some(("outcome", words.text(row.outcome).to_owned(), words.text(before.outcome).to_owned()));
    }
    if before.official != row.official {
        let said = |official: bool| if official { "official" } else { "preliminary" }.to_owned();
        return Some(("official", said(row.official), said(before.official)));
    }
    let day = |day: Option<Day>| day.map(|day| day.date().to_string());
    [
        ("official_on", day(row.official_day), day(before.official_day)),
        ("score", row.score.clone(), before.score.clone()),
        ("scale", row.scale.clone(), before.scale.clone()),
        ("pass_mark", row.pass_mark.clone(), before.pass_mark.clone()),
    ]
    .into_iter()
    .filter_map(|(field, came, stands)| Some((field, came?, stands.unwrap_or_else(|| "none".to_owned()))))
    .find(|(_, came, stands)| came != stands)
}
