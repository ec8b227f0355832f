//! A board's file of exam results.

use super::fields::{Column, Fields};
use super::report::Problem;
use super::who::Who;
use super::{Import, Verdict, report_refusal};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::exams::{Desk, ExamError, ExamWish, Recorded, Seen, after};
use crate::storage::rows::life::ExamAttemptRow;
use crate::storage::{Conn, Id, StoreError};

/// Results that one board brings in.
pub struct Exams {
    board: Id,
}

impl Exams {
    /// For `board`.
    #[must_use]
    pub const fn of(board: Id) -> Self {
        Self { board }
    }
}

impl Import for Exams {
    const COLUMNS: &'static [Column] = &[
        Column { name: "email", required: false, example: "dana@example.org", about: "the person's address" },
        Column { name: "number", required: false, example: "", about: "or the number you know the person by" },
        Column { name: "exam", required: true, example: "icrc-pr", about: "the exam" },
        Column { name: "on", required: true, example: "2026-02-28", about: "the day it was taken" },
        Column {
            name: "outcome",
            required: true,
            example: "passed",
            about: "passed, failed, no_show, voided or withheld",
        },
        Column { name: "official", required: false, example: "yes", about: "yes unless it is preliminary" },
        Column { name: "official_on", required: false, example: "2026-03-05", about: "the day it became official" },
        Column { name: "score", required: false, example: "512", about: "the score" },
        Column { name: "scale", required: false, example: "200-800", about: "the scale of the score" },
        Column { name: "pass_mark", required: false, example: "500", about: "the pass mark of that day" },
        Column { name: "form", required: false, example: "", about: "the form of the exam" },
    ];
    type Wish = (Who, ExamWish);
    type Row = ExamAttemptRow;

    fn parse(&self, fields: &Fields<'_>) -> Result<Self::Wish, Problem> {
        let wish = ExamWish {
            exam: fields.needed("exam")?.to_owned(),
            on: fields.needed_date("on")?,
            outcome: fields.needed("outcome")?.to_owned(),
            official: fields.yes("official")?.unwrap_or(true),
            official_on: fields.date("official_on")?,
            score: fields.owned("score"),
            scale: fields.owned("scale"),
            pass_mark: fields.owned("pass_mark"),
            form: fields.owned("form"),
        };
        Ok((Who::read(fields)?, wish))
    }

    fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        by: &Acting,
        wishes: Vec<Self::Wish>,
    ) -> Result<Vec<Verdict<Self::Row>>, StoreError> {
        let people = Who::known_to_board(conn, self.board, wishes.iter().map(|(who, _)| who))?;
        let mut ids: Vec<Id> = people.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut desk = Desk::open(conn, by, self.board)?;
        let mut recorded = Recorded::load(conn, &ids)?;
        let mut judged = Vec::with_capacity(wishes.len());
        for (who, wish) in wishes {
            let Some(person) = people.get(&who).copied() else {
                judged.push(Verdict::Refused(who.nobody()));
                continue;
            };
            judged.push(match desk.row(conn, by, person, &wish) {
                Ok(row) => {
                    let verdict = beside(&recorded, row, &desk);
                    if let Verdict::Add(row) = &verdict {
                        recorded.keep(row.clone());
                    }
                    verdict
                }
                Err(ExamError::Store(error)) => return Err(error),
                Err(ExamError::Refused { pointer, message }) => {
                    Verdict::Refused(report_refusal("refused", column(pointer.trim_start_matches('/')), &message))
                }
                Err(other) => Verdict::Refused(report_refusal("refused", "", &other.to_string())),
            });
        }
        Ok(judged)
    }

    fn store(&mut self, conn: &mut Conn<'_>, by: &Acting, rows: Vec<Self::Row>) -> Result<(), StoreError> {
        repo!(conn, facts::insert_exam_attempts(&rows))?;
        let mut people: Vec<Id> = rows.iter().map(|row| row.person_id).collect();
        people.sort_unstable();
        people.dedup();
        repo!(conn, people::mark_many_due(&people, by.moment()))?;
        let detail = serde_json::json!({ "rows": rows.len() });
        by.log(conn, "exam.import", format!("organization {}", self.board), None, detail)
    }
}

/// What a row does beside what is there.
fn beside(recorded: &Recorded, row: ExamAttemptRow, desk: &Desk) -> Verdict<ExamAttemptRow> {
    match recorded.see(&row, desk.words()) {
        Seen::New => Verdict::Add(row),
        Seen::Settles(before) => Verdict::Add(after(&before, row)),
        Seen::Same(_) => Verdict::Known,
        Seen::Otherwise(it) => {
            Verdict::Refused(Problem::new("recorded_otherwise", column(it.field), &it.found, it.expected, it.hint))
        }
    }
}

fn column(field: &str) -> &'static str {
    Exams::COLUMNS.iter().map(|column| column.name).find(|name| *name == field).unwrap_or_default()
}
