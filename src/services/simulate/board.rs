//! A board tries a draft on its own people, slice by slice.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{Draft, Page, SimulationError, Wish, page};
use crate::rules::Lang;
use crate::services::credentials;
use crate::services::evaluations::EvaluationError;
use crate::services::progress::{self, ProgressError};
use crate::storage::{Conn, Id, StoreError};

/// What a board asks.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The draft's file name: its first day, such as `2027-01-01.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The published version to compare with; none: the one that rules each person.
    pub against: Option<String>,
    /// The day asked about; none: see [`Draft::day`].
    pub as_of: Option<NaiveDate>,
    /// As if the draft ruled everyone.
    pub everyone: bool,
    /// `next` of the slice before.
    pub after: Option<Id>,
    /// How many affected people at most.
    pub limit: usize,
    /// The language of what is left.
    pub lang: Lang,
}

/// A slice of the answer.
#[derive(Debug, Clone, Serialize)]
pub struct Slice {
    /// The credential.
    pub credential: String,
    /// The draft's version.
    pub draft: String,
    /// Its hash.
    pub draft_hash: String,
    /// Whether a published version has its name.
    pub replaces: bool,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// Whether the draft was taken to rule everyone.
    pub everyone: bool,
    /// The slice itself.
    #[serde(flatten)]
    pub page: Page,
}

/// Simulates a draft for people of `board` who applied for `credential` or hold it.
///
/// # Errors
/// [`SimulationError`]; the credential is not found also where it is another board's.
pub fn for_board(
    conn: &mut Conn<'_>,
    board: Id,
    credential: Id,
    now: DateTime<Utc>,
    asked: &Asked,
) -> Result<Slice, SimulationError> {
    let credential = credentials::of_board(conn, board, credential).map_err(EvaluationError::from)?;
    let draft = Draft::read(conn, &credential, &asked.name, &asked.text)?;
    let as_of = match asked.as_of {
        Some(day) => day,
        None => draft.day(progress::today(conn, &credential, now)?, asked.everyone),
    };
    let wish = Wish {
        credential: &credential,
        draft: &draft,
        against: asked.against.as_deref(),
        as_of,
        everyone: asked.everyone,
        lang: asked.lang,
    };
    let page = page(conn, &wish, asked.after, asked.limit)?;
    let version = draft.version();
    Ok(Slice {
        draft: version.map(|version| version.id.clone()).unwrap_or_default(),
        draft_hash: version.map(|version| version.hash.clone()).unwrap_or_default(),
        replaces: draft.replaces(),
        as_of,
        everyone: asked.everyone,
        page,
        credential: credential.slug,
    })
}

impl From<ProgressError> for SimulationError {
    fn from(error: ProgressError) -> Self {
        match error {
            ProgressError::Evaluation(inner) => Self::Evaluation(inner),
            // Not among what the day of a board can answer.
            ProgressError::Unknown | ProgressError::Purpose(_) => StoreError::Fault(error.to_string()).into(),
        }
    }
}
