//! A reviewer goes through an application item by item.
//!
//! Words may be changed until the application is decided; every revision stays.

use serde_json::json;

use super::acting::Acting;
use super::applications::{Application, ApplicationError};
use crate::repo;
use crate::storage::rows::applications::ReviewItemRow;
use crate::storage::{Conn, StoreError};

/// What a reviewer says about one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// It is in order.
    Accepted,
    /// It is not; the reason says why.
    NotAccepted,
    /// Something has to be asked first; the reason says what.
    Question,
}

impl Word {
    /// As stored and in JSON.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotAccepted => "not_accepted",
            Self::Question => "question",
        }
    }
}

/// Why a reviewer's word was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// A word other than accepted needs a reason.
    #[error("say why, so that the person can act on it")]
    ReasonNeeded,
    /// Nobody reviews what is their own.
    #[error("this is your own application; somebody else has to review it")]
    Own,
    /// The application.
    #[error(transparent)]
    Application(#[from] ApplicationError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Records the reviewer's word on one requirement; answers its revision.
///
/// # Errors
/// [`ReviewError`].
pub fn say(
    conn: &mut Conn<'_>,
    by: &Acting,
    application: &Application,
    requirement: &str,
    word: Word,
    reason: Option<String>,
) -> Result<i32, ReviewError> {
    if by.actor == application.row.person_id {
        return Err(ReviewError::Own);
    }
    if !application.is_open() {
        return Err(ApplicationError::Closed(application.state().to_owned()).into());
    }
    if word != Word::Accepted && reason.as_ref().is_none_or(|text| text.trim().is_empty()) {
        return Err(ReviewError::ReasonNeeded);
    }
    let (person, id) = (application.row.person_id, application.row.id);
    let revision = repo!(conn, applications::review_revision(person, id, requirement))?.saturating_add(1);
    let row = ReviewItemRow {
        person_id: person,
        application_id: id,
        requirement: requirement.to_owned(),
        revision,
        outcome: word.text().to_owned(),
        reason,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, applications::insert_review_item(&row))?;
    let detail = json!({ "requirement": requirement, "outcome": row.outcome, "revision": revision });
    by.log(conn, "application.review", format!("application {id}"), Some(person), detail)?;
    Ok(revision)
}

/// The latest word on each requirement, in the order of their ids.
///
/// # Errors
/// What the database met.
pub fn latest(conn: &mut Conn<'_>, application: &Application) -> Result<Vec<ReviewItemRow>, StoreError> {
    let rows = repo!(conn, applications::review_items(application.row.person_id, application.row.id))?;
    let mut latest: Vec<ReviewItemRow> = Vec::new();
    for row in rows {
        match latest.last_mut() {
            Some(last) if last.requirement == row.requirement => *last = row,
            _ => latest.push(row),
        }
    }
    Ok(latest)
}
