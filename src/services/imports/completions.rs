//! A program's file of completions.

use std::collections::{BTreeMap, HashSet};

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::{Who, row_key};
use super::{Import, Verdict};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::notices;
use crate::services::programs::ProgramError;
use crate::services::programs::completions::{Catalog, CompletionWish, catalog, told};
use crate::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use crate::storage::{Conn, Id, StoreError};

/// Completions of one program's courses.
pub struct Completions {
    program: Id,
    /// Whether each person is told at once; not for records of years ago.
    tell: bool,
    catalog: Option<Catalog>,
}

impl Completions {
    /// For `program`; `tell` says whether people are told.
    #[must_use]
    pub const fn of(program: Id, tell: bool) -> Self {
        Self { program, tell, catalog: None }
    }
}

impl Import for Completions {
    const COLUMNS: &'static [Column] = &[
        Column { name: "email", required: false, example: "dana@example.org", about: "the person's address" },
        Column { name: "number", required: false, example: "", about: "or the number you know the person by" },
        Column { name: "course", required: true, example: "core-46", about: "the course's code" },
        Column { name: "completed_on", required: true, example: "2026-02-28", about: "the day it was completed" },
        Column { name: "started_on", required: false, example: "2026-02-24", about: "the first day" },
        Column { name: "minutes", required: false, example: "", about: "if it was less than the whole course" },
    ];
    type Wish = (Who, CompletionWish);
    type Row = (CompletionRow, Vec<CompletionTopicRow>);

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let wish = CompletionWish {
            course: fields.needed("course")?.to_owned(),
            started_on: fields.date("started_on")?,
            completed_on: fields.needed_date("completed_on")?,
            minutes: fields.number("minutes")?,
            session: None,
        };
        Ok((Who::read(fields)?, wish))
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let people = Who::find_all(conn, self.program, wishes.iter().map(|(who, _)| who))?;
        let mut ids: Vec<Id> = people.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known: HashSet<(Id, i64)> = repo!(conn, courses::known_completions(&ids))?.into_iter().collect();
        let catalog = match &self.catalog {
            Some(catalog) => catalog,
            None => self.catalog.insert(catalog(conn, self.program).map_err(store_error)?),
        };
        let program = self.program.to_string();
        let mut judged = Vec::with_capacity(wishes.len());
        for (who, wish) in wishes {
            let Some(person) = people.get(&who).copied() else {
                judged.push(Verdict::Refused(who.nobody()));
                continue;
            };
            let (completed, minutes) = (wish.completed_on.to_string(), wish.minutes.unwrap_or(0).to_string());
            let key = row_key(&["completions", &program, &wish.course, &completed, &minutes]);
            judged.push(match catalog.rows(by, person, &wish) {
                _ if known.contains(&(person, key)) => Verdict::Known,
                Ok((mut row, topics)) => {
                    row.source_key = Some(key);
                    known.insert((person, key));
                    Verdict::Add((row, topics))
                }
                Err(ProgramError::Refused { pointer, message }) => Verdict::Refused(problem(&pointer, &message)),
                Err(other) => return Err(store_error(other)),
            });
        }
        Ok(judged)
    }

    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError> {
        let count = rows.len();
        let (mut rows, topics): (Vec<CompletionRow>, Vec<Vec<CompletionTopicRow>>) = rows.into_iter().unzip();
        let topics: Vec<CompletionTopicRow> = topics.into_iter().flatten().collect();
        rows.sort_unstable_by_key(|row| (row.person_id, row.id));
        repo!(conn, courses::bulk_insert(&rows, &topics))?;
        let mut last: BTreeMap<Id, &CompletionRow> = BTreeMap::new();
        for row in &rows {
            last.insert(row.person_id, row);
        }
        let people: Vec<Id> = last.keys().copied().collect();
        repo!(conn, people::mark_many_due(&people, by.moment()))?;
        if self.tell {
            let mut settled: BTreeMap<Id, i32> = BTreeMap::new();
            for topic in &topics {
                *settled.entry(topic.completion_id).or_default() += topic.minutes.unwrap_or(0);
            }
            for (person, row) in last {
                notices::owe(conn, by, person, told(row, settled.get(&row.id).copied().unwrap_or(0)))?;
            }
        }
        let detail = serde_json::json!({ "rows": count, "people": people.len() });
        by.log(conn, "completion.import", format!("organization {}", self.program), None, detail)
    }
}

/// A service's refusal as a row's problem.
fn problem(pointer: &str, message: &str) -> Problem {
    let column = Completions::COLUMNS
        .iter()
        .map(|column| column.name)
        .find(|name| pointer.trim_start_matches('/') == *name)
        .unwrap_or_default();
    super::report_refusal("refused", column, message)
}

fn store_error(error: ProgramError) -> StoreError {
    match error {
        ProgramError::Store(error) => error,
        other => StoreError::Fault(other.to_string()),
    }
}
