//! Training programs: courses, sessions, completions; and a board's approvals of them.

pub mod approvals;
pub mod attendance;
pub mod completions;
pub mod courses;
mod named_sessions;
mod recorded;
pub mod supervisors;

pub use named_sessions::NamedSessions;
pub use recorded::{Recorded, Seen};

use crate::services::imports::Who;
use crate::services::recorded::Otherwise;
use crate::storage::{Conn, Id};

/// Why something of a program was not stored.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// A field that has to change.
    #[error("{message}")]
    Refused {
        /// JSON pointer.
        pointer: String,
        /// What was found and expected.
        message: String,
    },
    /// Something named is not there, or not this organization's.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// The same is there already.
    #[error("there is a {0} with this code already")]
    Taken(&'static str),
    /// The same completion is recorded.
    #[error("this is recorded already, as `{0}`, and stays one record; nothing was added")]
    Recorded(Id),
    /// The same completion is recorded with other particulars.
    #[error(transparent)]
    Otherwise(#[from] Otherwise),
    /// Someone changed it meanwhile.
    #[error("it is at revision {0} by now, look at it again")]
    Changed(i32),
    /// What the database met.
    #[error(transparent)]
    Store(#[from] crate::storage::StoreError),
}

fn refused<T>(pointer: impl Into<String>, message: impl Into<String>) -> Result<T, ProgramError> {
    Err(ProgramError::Refused { pointer: pointer.into(), message: message.into() })
}

/// Refuses to change what somebody changed meanwhile, and to change it without a word why.
fn may_change(is: i32, seen: i32, reason: &str) -> Result<(), ProgramError> {
    if is != seen {
        return Err(ProgramError::Changed(is));
    }
    if reason.trim().is_empty() {
        return refused("/reason", "expected a few words saying why");
    }
    Ok(())
}

/// The person with this address, or with this number at `organization`.
///
/// # Errors
/// When neither is given or nobody is found.
pub fn person(
    conn: &mut Conn<'_>,
    organization: Id,
    email: Option<String>,
    number: Option<String>,
) -> Result<Id, ProgramError> {
    let (pointer, who) = match (number, email) {
        (Some(number), _) => ("/number", Who::Number(number)),
        (None, Some(email)) => ("/email", Who::Email(email.trim().to_lowercase())),
        (None, None) => return refused("/email", "expected the person's `email`, or their `number` with you"),
    };
    let found = Who::find_all(conn, organization, std::iter::once(&who))?;
    match found.get(&who) {
        Some(person) => Ok(*person),
        None => nobody(pointer),
    }
}

fn nobody<T>(pointer: &str) -> Result<T, ProgramError> {
    refused(
        pointer,
        "nobody is known by this here; expected somebody with an account here whom you know: a board knows who has applied to it or was brought in by it",
    )
}
