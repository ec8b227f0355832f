//! Plans for people: what is left, the smallest set of things to do, the earliest day, and what runs out on the way.
//!
//! The rules are those of a credential in the register or, for a person who may move, of any pack that ships. Nothing is
//! stored: what is planned is put beside the record for the length of the question.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::credentials::{self, CredentialError};
use super::evaluations::EvaluationError;
use super::known;
use super::progress::{self, ProgressError};
use super::record;
use crate::packs;
use crate::repo;
use crate::rules::plan::{self, Plan};
use crate::rules::record::RecordError;
use crate::rules::{Pack, Purpose, Question, Record, Version};
use crate::storage::{Conn, Id, StoreError};

/// The most planned facts that one question may bring.
pub const MOST_FACTS: usize = 200;

/// What is asked; what is absent is found out.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The day; absent: today where the board is.
    pub as_of: Option<NaiveDate>,
    /// The purpose; absent: renewal for who holds the credential, else initial.
    pub purpose: Option<String>,
    /// The stage; absent: the first not yet held.
    pub stage: Option<String>,
    /// Planned facts: lists of a portable record, as JSON.
    pub planned: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// No credential with this id, neither in the register nor among the packs that ship.
    #[error("there is no such credential")]
    Unknown,
    /// The board has nothing to do with the person.
    #[error("there is no such person")]
    NobodyThere,
    /// A purpose that is none.
    #[error("`{0}` is not a purpose, expected initial, renewal, reinstatement or reciprocity")]
    Purpose(String),
    /// The pack does not have it.
    #[error("version {version} does not offer {purpose}, expected one of {}", .offered.join(", "))]
    NotOffered {
        /// The version that rules the person.
        version: String,
        /// What was asked for.
        purpose: &'static str,
        /// What it has.
        offered: Vec<&'static str>,
    },
    /// The pack has no such stage.
    #[error("`{found}` is no stage of version {version}, expected one of {}", .known.join(", "))]
    NoStage {
        /// The version that rules the person.
        version: String,
        /// What was asked for.
        found: String,
        /// What it has.
        known: Vec<String>,
    },
    /// More planned facts than one question may bring.
    #[error("{0} planned facts, expected at most {MOST_FACTS}; plan the next steps first")]
    TooMany(usize),
    /// Planned facts that are no part of a record.
    #[error(transparent)]
    Planned(#[from] RecordError),
    /// The rules or the record.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<CredentialError> for PlanError {
    fn from(error: CredentialError) -> Self {
        Self::Evaluation(error.into())
    }
}

impl From<ProgressError> for PlanError {
    fn from(error: ProgressError) -> Self {
        match error {
            ProgressError::Unknown => Self::Unknown,
            ProgressError::Purpose(word) => Self::Purpose(word),
            ProgressError::Evaluation(inner) => Self::Evaluation(inner),
        }
    }
}

/// The rules that are asked, and who asks them.
struct Asked {
    pack: Arc<Pack>,
    /// Whose approvals count; none: the pack's board is not in this register.
    board: Option<Id>,
    today: NaiveDate,
    purpose: Purpose,
}

/// Plans for a person under the credential `slug`.
///
/// # Errors
/// [`PlanError`].
pub fn of_person(
    conn: &mut Conn<'_>,
    person: Id,
    slug: &str,
    now: DateTime<Utc>,
    wish: &Wish,
) -> Result<Plan, PlanError> {
    let asked = ask(conn, person, slug, now)?;
    let purpose = match &wish.purpose {
        Some(word) => Purpose::parse(word).ok_or_else(|| PlanError::Purpose(word.clone()))?,
        None => asked.purpose,
    };
    let record = record::assemble(conn, person, asked.board).map_err(EvaluationError::from)?;
    let record = with_planned(record, wish)?;
    let question = Question { as_of: wish.as_of.unwrap_or(asked.today), purpose, stage: wish.stage.clone() };
    let version = asked.pack.version_for(&record, question.as_of, purpose);
    check(version.ok_or(EvaluationError::NoVersion(question.as_of))?, &record, &question)?;
    let found = plan::plan(&asked.pack, &record, &question);
    Ok(found.ok_or(EvaluationError::NoVersion(question.as_of))?)
}

/// [`of_person`] for staff of a board, about a person who has a case there.
///
/// # Errors
/// [`PlanError::NobodyThere`] also for everybody else.
pub fn of_board(
    conn: &mut Conn<'_>,
    board: Id,
    person: Id,
    slug: &str,
    now: DateTime<Utc>,
    wish: &Wish,
) -> Result<Plan, PlanError> {
    if !known::has_case(conn, board, person)? {
        return Err(PlanError::NobodyThere);
    }
    of_person(conn, person, slug, now, wish)
}

fn ask(conn: &mut Conn<'_>, person: Id, slug: &str, now: DateTime<Utc>) -> Result<Asked, PlanError> {
    if let Some(credential) = repo!(conn, boards::credential_by_slug(slug))? {
        return Ok(Asked {
            pack: credentials::pack(conn, credential.id)?,
            board: Some(credential.organization_id),
            today: progress::today(conn, &credential, now)?,
            purpose: progress::purpose(conn, person, &credential)?,
        });
    }
    let pack = packs::shipped_pack(slug).ok_or(PlanError::Unknown)?;
    let zone = pack.versions.last().and_then(|newest| newest.time_zone.parse::<chrono_tz::Tz>().ok());
    let today = now.with_timezone(&zone.unwrap_or(chrono_tz::UTC)).date_naive();
    Ok(Asked { pack, board: None, today, purpose: Purpose::Initial })
}

fn with_planned(record: Record, wish: &Wish) -> Result<Record, PlanError> {
    let Some(planned) = &wish.planned else { return Ok(record) };
    let count = planned.values().filter_map(serde_json::Value::as_array).map(Vec::len).sum();
    if count > MOST_FACTS {
        return Err(PlanError::TooMany(count));
    }
    let fragment = serde_json::Value::Object(planned.clone()).to_string();
    Ok(plan::with_planned(&record, &fragment)?)
}

/// Whether the version has what is asked for.
fn check(version: &Version, record: &Record, question: &Question) -> Result<(), PlanError> {
    let is_offered = |purpose: &Purpose| version.purposes.get(purpose).is_some_and(|rules| rules.offered);
    if !is_offered(&question.purpose) {
        let offered = Purpose::ALL.iter().filter(|purpose| is_offered(purpose)).map(|purpose| purpose.word()).collect();
        return Err(PlanError::NotOffered { version: version.id.clone(), purpose: question.purpose.word(), offered });
    }
    match &question.stage {
        Some(found) if version.stage_of(record, question).is_none() => Err(PlanError::NoStage {
            version: version.id.clone(),
            found: found.clone(),
            known: version.stages.iter().map(|stage| stage.id.clone()).collect(),
        }),
        _ => Ok(()),
    }
}
