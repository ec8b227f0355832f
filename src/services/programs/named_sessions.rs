//! The sessions that completions name, each looked up once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{ProgramError, refused};
use crate::repo;
use crate::storage::rows::course::CourseSessionRow;
use crate::storage::rows::learning::CompletionRow;
use crate::storage::{Conn, Id};

/// The sessions asked for so far, by course and session; none where a course has no such session.
#[derive(Debug, Default)]
pub struct NamedSessions(BTreeMap<(Id, Id), Option<CourseSessionRow>>);

impl NamedSessions {
    /// Refuses a session that is not one of the course, or did not run on the day of completion.
    ///
    /// # Errors
    /// The field that has to change.
    pub fn check(&mut self, conn: &mut Conn<'_>, row: &CompletionRow) -> Result<(), ProgramError> {
        let (Some(course), Some(session)) = (row.course_id, row.session_id) else { return Ok(()) };
        let known = match self.0.entry((course, session)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(repo!(conn, courses::find_session(course, session))?),
        };
        let Some(found) = known else {
            return refused(
                "/session",
                format!("`{session}` is not a session of this course, expected one of its sessions"),
            );
        };
        let (from, through, day) = (found.from_day.date(), found.through_day.date(), row.completed_day.date());
        if day < from || through < day {
            return refused(
                "/completed_on",
                format!("`{day}` lies outside of the session, expected {from} through {through}"),
            );
        }
        Ok(())
    }
}
