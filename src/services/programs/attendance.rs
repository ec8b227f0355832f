//! Who was at a session of a course, and how long: written down by the program, one person or many at once.
//!
//! The rules read it with the completion that names the session. A correction is the next revision and says why.

use std::collections::BTreeSet;

use super::{ProgramError, refused};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::lists::{Page, Wanted};
use crate::services::record::latest;
use crate::storage::rows::course::CourseSessionRow;
use crate::storage::rows::learning::AttendanceRow;
use crate::storage::{Conn, Id};

/// The most people written down at once.
const MOST_LINES: usize = 500;

/// One person at a session.
#[derive(Debug, Clone)]
pub struct Line {
    /// The person's address.
    pub email: Option<String>,
    /// Or the number the program knows the person by.
    pub number: Option<String>,
    /// How long the session was for this person.
    pub held_minutes: u32,
    /// How long they were there.
    pub attended_minutes: u32,
    /// How long they were excused.
    pub excused_minutes: u32,
}

/// Writes down who was at a session; all lines or none. What is as written already is left alone.
///
/// # Errors
/// When the session is not this program's, has not begun, or a line has to change.
pub fn record(
    conn: &mut Conn<'_>,
    by: &Acting,
    program: Id,
    (course, session): (Id, Id),
    lines: &[Line],
    reason: Option<&str>,
) -> Result<Vec<AttendanceRow>, ProgramError> {
    let held = find(conn, program, course, session)?;
    if held.from_day.date() > by.latest_day() {
        return refused(
            "/lines",
            format!("the session begins on {}, expected one that has begun", held.from_day.date()),
        );
    }
    if lines.is_empty() || lines.len() > MOST_LINES {
        return refused("/lines", format!("found {} lines, expected 1 to {MOST_LINES}", lines.len()));
    }
    let known = repo!(conn, facts::list_session_attendances(session))?;
    let known: Vec<AttendanceRow> = latest(&known, |row| row.id).cloned().collect();
    let (mut seen, mut written) = (BTreeSet::new(), Vec::with_capacity(lines.len()));
    for (at, line) in lines.iter().enumerate() {
        let person = super::person(conn, program, line.email.clone(), line.number.clone());
        let person = person.map_err(|error| in_line(at, error))?;
        if !seen.insert(person) {
            return refused(format!("/lines/{at}"), "the person stands in a line before, expected each once");
        }
        let before = known.iter().find(|row| row.person_id == person);
        written.push(write(conn, by, (person, session), line, before, reason).map_err(|error| in_line(at, error))?);
    }
    Ok(written)
}

fn write(
    conn: &mut Conn<'_>,
    by: &Acting,
    (person, session): (Id, Id),
    line: &Line,
    before: Option<&AttendanceRow>,
    reason: Option<&str>,
) -> Result<AttendanceRow, ProgramError> {
    let [held, attended, excused] = minutes(line)?;
    let is_same = |row: &&AttendanceRow| {
        [row.held_minutes, row.attended_minutes, row.excused_minutes] == [held, attended, excused]
    };
    if let Some(same) = before.filter(is_same) {
        return Ok(same.clone());
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if before.is_some() && reason.is_none() {
        return refused("", "other minutes are written down already, expected a `reason` for the correction");
    }
    let row = AttendanceRow {
        person_id: person,
        id: before.map_or_else(|| by.fresh_id(), |row| row.id),
        revision: before.map_or(0, |row| row.revision) + 1,
        session_id: session,
        held_minutes: held,
        attended_minutes: attended,
        excused_minutes: excused,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: reason.map(|reason| reason.chars().take(500).collect()),
    };
    repo!(conn, facts::insert_attendances(std::slice::from_ref(&row)))?;
    repo!(conn, people::mark_due(person, by.moment()))?;
    let detail = serde_json::json!({ "session": session, "revision": row.revision });
    by.log(conn, "attendance.record", format!("attendance {}", row.id), Some(person), detail)?;
    Ok(row)
}

/// Held, attended and excused minutes of a line.
fn minutes(line: &Line) -> Result<[i32; 3], ProgramError> {
    let Line { held_minutes: held, attended_minutes: attended, excused_minutes: excused, .. } = line;
    if *held == 0 || *held > 120_000 {
        return refused("/held_minutes", format!("`{held}` minutes, expected 1 to 120000"));
    }
    if attended.saturating_add(*excused) > *held {
        let together = "attended and excused together, expected at most the minutes held";
        return refused(
            "/attended_minutes",
            format!("found {} of {held} minutes {together}", attended.saturating_add(*excused)),
        );
    }
    Ok([*held, *attended, *excused].map(|minutes| i32::try_from(minutes).unwrap_or(i32::MAX)))
}

/// The same refusal with its pointer inside the line.
fn in_line(at: usize, error: ProgramError) -> ProgramError {
    match error {
        ProgramError::Refused { pointer, message } => {
            ProgramError::Refused { pointer: format!("/lines/{at}{pointer}"), message }
        }
        other => other,
    }
}

/// A page of who was at a session, in the order of their keys.
///
/// # Errors
/// When the session is not this program's.
pub fn list(
    conn: &mut Conn<'_>,
    program: Id,
    (course, session): (Id, Id),
    wanted: &Wanted<(Id, Id)>,
) -> Result<Page<AttendanceRow>, ProgramError> {
    find(conn, program, course, session)?;
    let rows = repo!(conn, facts::session_attendances_after(session, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| (row.person_id, row.id)))
}

fn find(conn: &mut Conn<'_>, program: Id, course: Id, session: Id) -> Result<CourseSessionRow, ProgramError> {
    if repo!(conn, courses::find(program, course))?.is_none() {
        return Err(ProgramError::Unknown("course"));
    }
    repo!(conn, courses::find_session(course, session))?.ok_or(ProgramError::Unknown("session"))
}
