//! A program's file of completions.

use std::collections::BTreeMap;

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::Who;
use super::{Import, Verdict};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::notices;
use crate::services::programs::completions::{Catalog, CompletionWish, catalog, told};
use crate::services::programs::{NamedSessions, ProgramError, Recorded, Seen};
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
        Column {
            name: "session",
            required: false,
            example: "",
            about: "the id of the session, whose attendance then counts",
        },
    ];
    type Wish = (Who, CompletionWish);
    type Row = (CompletionRow, Vec<CompletionTopicRow>);

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let wish = CompletionWish {
            course: fields.needed("course")?.to_owned(),
            started_on: fields.date("started_on")?,
            completed_on: fields.needed_date("completed_on")?,
            minutes: fields.number("minutes")?,
            session: fields.id("session")?,
        };
        Ok((Who::read(fields)?, wish))
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        repo!(conn, courses::take_turn(self.program))?;
        let people = Who::find_all(conn, self.program, wishes.iter().map(|(who, _)| who))?;
        let catalog = match &self.catalog {
            Some(catalog) => catalog,
            None => self.catalog.insert(catalog(conn, self.program).map_err(store_error)?),
        };
        let mut sessions = NamedSessions::default();
        let mut made = Vec::with_capacity(wishes.len());
        for (who, wish) in wishes {
            let Some(person) = people.get(&who) else {
                made.push(Err(who.nobody()));
                continue;
            };
            let checked = catalog.rows(by, *person, &wish).and_then(|rows| {
                sessions.check(conn, &rows.0)?;
                Ok(rows)
            });
            made.push(match checked {
                Ok(rows) => Ok(rows),
                Err(ProgramError::Refused { pointer, message }) => Err(problem(&pointer, &message)),
                Err(other) => return Err(store_error(other)),
            });
        }
        let keys = made.iter().flatten().filter_map(|(row, _)| Some((row.person_id, row.source_key?)));
        let mut recorded = Recorded::load(conn, &keys.collect::<Vec<_>>(), catalog.voided())?;
        let mut judged = Vec::with_capacity(made.len());
        for rows in made {
            judged.push(match rows {
                Err(problem) => Verdict::Refused(problem),
                Ok((row, topics)) => match recorded.see(&row, &topics) {
                    Seen::New => {
                        recorded.keep(&row, &topics);
                        Verdict::Add((row, topics))
                    }
                    // A file that comes again does not undo what was taken back.
                    Seen::Same(_) | Seen::TakenBack => Verdict::Known,
                    Seen::Otherwise(it) => {
                        let column = column(it.field);
                        Verdict::Refused(Problem::new("recorded_otherwise", column, &it.found, it.expected, it.hint))
                    }
                },
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
    super::report_refusal("refused", column(pointer.trim_start_matches('/')), message)
}

fn column(field: &str) -> &'static str {
    Completions::COLUMNS.iter().map(|column| column.name).find(|name| *name == field).unwrap_or_default()
}

fn store_error(error: ProgramError) -> StoreError {
    match error {
        ProgramError::Store(error) => error,
        other => StoreError::Fault(other.to_string()),
    }
}
