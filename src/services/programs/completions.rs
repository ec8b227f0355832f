//! Completions that a program records, one by one; files come in through [`crate::services::imports`].

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::named_sessions::NamedSessions;
use super::recorded::{self, Recorded, Seen};
use super::{ProgramError, may_change, refused};
use crate::mail::{CompletionRecorded, Notice, Place};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::notices;
use crate::storage::rows::course::{CourseRow, CourseTopicRow};
use crate::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use crate::storage::{Conn, Id, Word, Words};

/// A completion of one of the program's courses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionWish {
    /// The course's code.
    pub course: String,
    /// First day, if it took more than one.
    pub started_on: Option<NaiveDate>,
    /// The day it was completed.
    pub completed_on: NaiveDate,
    /// Less than the whole course, if it was less.
    pub minutes: Option<u32>,
    /// The session of the course, whose attendance then counts.
    pub session: Option<Id>,
}

/// The courses of a program, ready for many completions.
#[derive(Debug)]
pub struct Catalog {
    program: Id,
    courses: BTreeMap<String, (CourseRow, Vec<CourseTopicRow>)>,
    verified: Word,
    voided: Word,
}

impl Catalog {
    /// Reads the courses.
    ///
    /// # Errors
    /// What the database met.
    pub fn load(conn: &mut Conn<'_>, program: Id, verified: Word, voided: Word) -> Result<Self, ProgramError> {
        let rows = repo!(conn, courses::list(program))?;
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let mut topics: BTreeMap<Id, Vec<CourseTopicRow>> = BTreeMap::new();
        for topic in repo!(conn, courses::list_topics(&ids))? {
            topics.entry(topic.course_id).or_default().push(topic);
        }
        let with_topics = |row: CourseRow| {
            let own = topics.get(&row.id).cloned().unwrap_or_default();
            (row.code.clone(), (row, own))
        };
        Ok(Self { program, courses: rows.into_iter().map(with_topics).collect(), verified, voided })
    }

    /// Checks a completion and makes its rows.
    ///
    /// # Errors
    /// The field that has to change.
    pub fn rows(
        &self,
        by: &Acting,
        person: Id,
        wish: &CompletionWish,
    ) -> Result<(CompletionRow, Vec<CompletionTopicRow>), ProgramError> {
        let Some((course, topics)) = self.courses.get(&wish.course) else {
            return refused(
                "/course",
                format!(
                    "`{}` is not the code of a course of this program, expected one of its codes; add the course first",
                    wish.course
                ),
            );
        };
        days(by, wish)?;
        let full = u32::try_from(course.minutes).unwrap_or(0);
        let minutes = wish.minutes.unwrap_or(full);
        if minutes == 0 || minutes > full {
            return refused("/minutes", format!("`{minutes}` minutes, expected 1 to {full}, the length of the course"));
        }
        let id = by.fresh_id();
        let topic = |topic: &CourseTopicRow, minutes| CompletionTopicRow {
            person_id: person,
            completion_id: id,
            revision: 1,
            topic: topic.topic,
            minutes,
        };
        let settled: i32 = topics.iter().filter_map(|topic| topic.minutes).sum();
        // Who attended a part may have missed any topic: the part is shared among all of them.
        let whole = minutes == full;
        let topics = topics.iter().map(|t| topic(t, t.minutes.filter(|_| whole))).collect();
        let rest = i32::try_from(minutes).unwrap_or(i32::MAX) - if whole { settled } else { 0 };
        let row = CompletionRow {
            person_id: person,
            id,
            revision: 1,
            completed_day: wish.completed_on.into(),
            started_day: wish.started_on.map(Into::into),
            minutes: (rest > 0 || settled == 0 || !whole).then_some(rest),
            kind: course.kind,
            delivery: Some(course.delivery),
            state: self.verified,
            course_id: Some(course.id),
            program_id: Some(self.program),
            session_id: wish.session,
            approved: None,
            source_key: Some(recorded::key(self.program, course.id, wish.completed_on.into())),
            recorded_at: by.moment(),
            recorded_by: by.actor,
            reason: None,
        };
        Ok((row, topics))
    }

    /// The word of a completion that was taken back.
    #[must_use]
    pub const fn voided(&self) -> Word {
        self.voided
    }
}

fn days(by: &Acting, wish: &CompletionWish) -> Result<(), ProgramError> {
    let today = by.latest_day();
    let completed = wish.completed_on;
    if completed > today {
        return refused("/completed_on", format!("`{completed}` has not come yet, expected a day through today"));
    }
    if completed.year() < 1980 {
        return refused(
            "/completed_on",
            format!("`{completed}` lies before 1980, expected a day since then; check the year"),
        );
    }
    match wish.started_on {
        Some(started) if started > completed => refused(
            "/started_on",
            format!("`{started}` lies after the day of completion, expected `{completed}` or earlier"),
        ),
        _ => Ok(()),
    }
}

/// Records one completion of a person and answers it.
///
/// # Errors
/// When a field has to change, the person is not there, or the same is recorded already.
pub fn record(
    conn: &mut Conn<'_>,
    by: &Acting,
    program: Id,
    person: Id,
    wish: &CompletionWish,
) -> Result<CompletionRow, ProgramError> {
    if repo!(conn, people::find(person))?.is_none() {
        return Err(ProgramError::Unknown("person"));
    }
    repo!(conn, courses::take_turn(program))?;
    let catalog = catalog(conn, program)?;
    let (row, topics) = catalog.rows(by, person, wish)?;
    NamedSessions::default().check(conn, &row)?;
    let wanted: Vec<(Id, i64)> = row.source_key.map(|key| (person, key)).into_iter().collect();
    match Recorded::load(conn, &wanted, catalog.voided())?.see(&row, &topics) {
        // What was taken back may hold after all: whoever records it one by one means it.
        Seen::New | Seen::TakenBack => {}
        Seen::Same(id) => return Err(ProgramError::Recorded(id.unwrap_or(row.id))),
        Seen::Otherwise(otherwise) => return Err(otherwise.into()),
    }
    store(conn, by, "completion.record", &row, &topics)?;
    notices::owe(conn, by, person, told(&row, topics.iter().filter_map(|topic| topic.minutes).sum()))?;
    Ok(row)
}

/// What the person is told of a new completion; `settled`: the minutes that stand with its topics.
#[must_use]
pub fn told(row: &CompletionRow, settled: i32) -> Notice {
    Notice::CompletionRecorded(CompletionRecorded {
        on: row.completed_day.date(),
        minutes: u32::try_from(row.minutes.unwrap_or(0).saturating_add(settled)).unwrap_or(0),
        link: Place::Progress.link(),
    })
}

/// Takes a completion back: it stays in the history and counts no more.
///
/// # Errors
/// When the program recorded no such completion, or it changed meanwhile.
pub fn withdraw(
    conn: &mut Conn<'_>,
    by: &Acting,
    program: Id,
    person: Id,
    (id, seen): (Id, i32),
    reason: &str,
) -> Result<CompletionRow, ProgramError> {
    let (before, topics) = repo!(conn, courses::find_completion(person, id))?
        .filter(|(row, _)| row.program_id == Some(program))
        .ok_or(ProgramError::Unknown("completion"))?;
    may_change(before.revision, seen, reason)?;
    let row = CompletionRow {
        revision: before.revision + 1,
        state: catalog(conn, program)?.voided(),
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: Some(reason.chars().take(500).collect()),
        ..before
    };
    let revised = |topic: CompletionTopicRow| CompletionTopicRow { revision: row.revision, ..topic };
    let topics: Vec<CompletionTopicRow> = topics.into_iter().map(revised).collect();
    store(conn, by, "completion.withdraw", &row, &topics)?;
    Ok(row)
}

/// The program's courses with the words that completions need.
///
/// # Errors
/// What the database met.
pub fn catalog(conn: &mut Conn<'_>, program: Id) -> Result<Catalog, ProgramError> {
    let mut words = Words::load(conn)?;
    let (verified, voided) = (words.intern(conn, "verified")?, words.intern(conn, "voided")?);
    Catalog::load(conn, program, verified, voided)
}

fn store(
    conn: &mut Conn<'_>,
    by: &Acting,
    action: &'static str,
    row: &CompletionRow,
    topics: &[CompletionTopicRow],
) -> Result<(), ProgramError> {
    repo!(conn, facts::insert_completions(std::slice::from_ref(row)))?;
    repo!(conn, facts::insert_completion_topics(topics))?;
    repo!(conn, people::mark_due(row.person_id, by.moment()))?;
    let detail = serde_json::json!({ "course": row.course_id, "revision": row.revision });
    by.log(conn, action, format!("completion {}", row.id), Some(row.person_id), detail)?;
    Ok(())
}
