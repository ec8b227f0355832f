//! A program's courses and their sessions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{ProgramError, refused};
use crate::repo;
use crate::rules::words::{Deliveries, LearningKinds, Word as RecordWord};
use crate::services::acting::Acting;
use crate::services::lists::{Page, Wanted};
use crate::storage::rows::course::{CourseRow, CourseSessionRow, CourseTopicRow};
use crate::storage::{Conn, Day, Id, StoreError, Words};

/// The longest course: a year of full working days.
const LONGEST_MINUTES: u32 = 120_000;

/// A course as a program describes it.
#[derive(Debug, Clone)]
pub struct CourseWish {
    /// The program's own code, unique in it.
    pub code: String,
    /// For people.
    pub title: String,
    /// A learning kind of the portable record.
    pub kind: String,
    /// A delivery of the portable record.
    pub delivery: String,
    /// The whole length.
    pub minutes: u32,
    /// Topics whose minutes are settled.
    pub minutes_by_topic: BTreeMap<String, u32>,
    /// Topics that share what is not settled.
    pub topics: Vec<String>,
}

/// A course with its topics in words.
#[derive(Debug, Clone)]
pub struct CourseView {
    /// The row.
    pub row: CourseRow,
    /// Learning kind.
    pub kind: String,
    /// Delivery.
    pub delivery: String,
    /// Topics with settled minutes, or none where they share the rest.
    pub topics: Vec<(String, Option<u32>)>,
}

/// Adds a course.
///
/// # Errors
/// When a field has to change or the code is taken.
pub fn create(conn: &mut Conn<'_>, by: &Acting, program: Id, wish: &CourseWish) -> Result<CourseRow, ProgramError> {
    check(wish)?;
    let mut words = Words::load(conn)?;
    if repo!(conn, courses::list(program))?.iter().any(|course| course.code == wish.code) {
        return Err(ProgramError::Taken("course"));
    }
    let row = CourseRow {
        id: by.fresh_id(),
        organization_id: program,
        code: wish.code.clone(),
        title: wish.title.clone(),
        kind: words.intern(conn, &wish.kind)?,
        delivery: words.intern(conn, &wish.delivery)?,
        minutes: i32::try_from(wish.minutes).unwrap_or(i32::MAX),
        created_at: by.moment(),
        created_by: by.actor,
        retired_on: None,
    };
    let mut topics = Vec::new();
    let settled = wish.minutes_by_topic.iter().map(|(topic, minutes)| (topic, i32::try_from(*minutes).ok()));
    for (topic, minutes) in settled.chain(wish.topics.iter().map(|topic| (topic, None))) {
        topics.push(CourseTopicRow { course_id: row.id, topic: words.intern(conn, topic)?, minutes });
    }
    repo!(conn, courses::insert(&row, &topics))?;
    let detail = serde_json::json!({ "code": row.code, "minutes": row.minutes });
    by.log(conn, "course.create", format!("course {}", row.id), None, detail)?;
    Ok(row)
}

fn check(wish: &CourseWish) -> Result<(), ProgramError> {
    if !is_code(&wish.code) {
        return refused("/code", "expected 1 to 80 letters, digits, `-`, `_`, `.` or `/` without spaces");
    }
    if wish.title.trim().is_empty() || wish.title.chars().count() > 200 {
        return refused("/title", "expected a title of at most 200 letters");
    }
    if let Err(unknown) = RecordWord::<LearningKinds>::parse(&wish.kind) {
        return refused("/kind", unknown.to_string());
    }
    if let Err(unknown) = RecordWord::<Deliveries>::parse(&wish.delivery) {
        return refused("/delivery", unknown.to_string());
    }
    if wish.minutes == 0 || wish.minutes > LONGEST_MINUTES {
        return refused("/minutes", format!("`{}` minutes, expected 1 to {LONGEST_MINUTES}", wish.minutes));
    }
    let settled: u32 = wish.minutes_by_topic.values().fold(0, |sum, minutes| sum.saturating_add(*minutes));
    if settled > wish.minutes {
        return refused(
            "/minutes_by_topic",
            format!("the topics hold {settled} minutes, the course only {}", wish.minutes),
        );
    }
    for topic in wish.minutes_by_topic.keys().chain(&wish.topics) {
        if !is_topic(topic) {
            return refused(
                "/topics",
                format!("`{topic}` is not a topic's id, expected small letters, digits, `_` and `-`"),
            );
        }
    }
    if let Some(both) = wish.topics.iter().find(|topic| wish.minutes_by_topic.contains_key(*topic)) {
        return refused("/topics", format!("`{both}` has minutes of its own already, name it once"));
    }
    Ok(())
}

fn is_code(code: &str) -> bool {
    (1..=80).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
}

fn is_topic(topic: &str) -> bool {
    (1..=60).contains(&topic.len())
        && topic.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

/// A page of a program's courses, oldest first.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, program: Id, wanted: &Wanted<Id>) -> Result<Page<CourseView>, StoreError> {
    let words = Words::load(conn)?;
    let page = wanted.page(repo!(conn, courses::list_after(program, wanted.after(), wanted.rows()))?, |row| row.id);
    let ids: Vec<Id> = page.items.iter().map(|row| row.id).collect();
    let topics = repo!(conn, courses::list_topics(&ids))?;
    let topics_of = |course: Id| {
        let own = topics.iter().filter(|topic| topic.course_id == course);
        own.map(|t| (words.text(t.topic).to_owned(), t.minutes.and_then(|m| u32::try_from(m).ok()))).collect()
    };
    Ok(page.map(|row| CourseView {
        kind: words.text(row.kind).to_owned(),
        delivery: words.text(row.delivery).to_owned(),
        topics: topics_of(row.id),
        row,
    }))
}

/// Adds a session of a course.
///
/// # Errors
/// When the days are out of order or the course is not this program's.
pub fn add_session(
    conn: &mut Conn<'_>,
    by: &Acting,
    (program, course): (Id, Id),
    (from, through): (NaiveDate, NaiveDate),
    (place, seats): (Option<String>, Option<u32>),
) -> Result<CourseSessionRow, ProgramError> {
    if repo!(conn, courses::find(program, course))?.is_none() {
        return Err(ProgramError::Unknown("course"));
    }
    if through < from {
        return refused("/through", format!("`{through}` lies before `{from}`, expected that day or later"));
    }
    if place.as_ref().is_some_and(|place| place.chars().count() > 200) {
        return refused("/place", "expected at most 200 letters");
    }
    let row = CourseSessionRow {
        id: by.fresh_id(),
        course_id: course,
        from_day: from.into(),
        through_day: through.into(),
        place,
        seats: seats.and_then(|seats| i32::try_from(seats).ok()),
        created_at: by.moment(),
        created_by: by.actor,
    };
    repo!(conn, courses::insert_session(&row))?;
    by.log(conn, "session.create", format!("session {}", row.id), None, serde_json::json!({ "course": course }))?;
    Ok(row)
}

/// A page of the sessions of a program's course, first day first.
///
/// # Errors
/// When the course is not this program's.
pub fn sessions(
    conn: &mut Conn<'_>,
    program: Id,
    course: Id,
    wanted: &Wanted<(Day, Id)>,
) -> Result<Page<CourseSessionRow>, ProgramError> {
    if repo!(conn, courses::find(program, course))?.is_none() {
        return Err(ProgramError::Unknown("course"));
    }
    let rows = repo!(conn, courses::sessions_after(course, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| (row.from_day, row.id)))
}
