//! What a board's casework reads and shows, as JSON.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::views::ApplicationView;
use crate::services::casework::{File, QueueLine};
use crate::services::decisions::{Decided, Outcome};
use crate::storage::Id;

/// One application in the queue.
#[derive(Serialize, ToSchema)]
pub struct QueueLineView {
    /// The application.
    pub(super) application: String,
    /// Whose.
    pub(super) person: String,
    /// The credential's id.
    pub(super) credential: String,
    /// The day it was received.
    pub(super) received_on: NaiveDate,
    /// `waiting` for the board, or `more_needed` from the person.
    pub(super) state: String,
    /// What is missing, in one line.
    pub(super) missing: String,
}

/// An application as a reviewer sees it.
#[derive(Serialize, ToSchema)]
pub struct FileView {
    /// The application.
    pub(super) application: ApplicationView,
    /// The reviewers' latest word on each requirement.
    pub(super) review: Vec<ReviewItemView>,
    /// What the rules say today.
    #[schema(value_type = Object)]
    pub(super) evaluation: crate::rules::Evaluation,
}

/// A reviewer's word.
#[derive(Serialize, ToSchema)]
pub struct ReviewItemView {
    /// The requirement.
    pub(super) requirement: String,
    /// `accepted`, `not_accepted` or `question`.
    pub(super) outcome: String,
    /// Why.
    pub(super) reason: Option<String>,
    /// Which wording of it.
    pub(super) revision: i32,
}

/// What happened to an application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventBody {
    /// `complete`, `more_needed`, or `approved` to go on before a certificate is due.
    pub(super) kind: EventKind,
    /// The day it counts from; none: today.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    pub(super) on: Option<NaiveDate>,
    /// A sentence for the person; needed for `more_needed`.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: Option<String>,
}

/// What may happen short of a decision.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Everything is there.
    Complete,
    /// Something is missing.
    MoreNeeded,
    /// The person may go on.
    Approved,
}

/// A reviewer's word on one requirement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewBody {
    /// The requirement's id.
    #[schema(max_length = 120)]
    pub(super) requirement: String,
    /// The word.
    pub(super) outcome: ReviewWord,
    /// Why; needed unless accepted.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) reason: Option<String>,
}

/// What a reviewer may say.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewWord {
    /// In order.
    Accepted,
    /// Not in order.
    NotAccepted,
    /// To be asked first.
    Question,
}

/// The decision on an application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    /// `approved` or `refused`.
    pub(super) outcome: Outcome,
    /// The day it counts from; none: today.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    pub(super) on: Option<NaiveDate>,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) reason: Option<String>,
    /// What the person can do now.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) next_step: Option<String>,
    /// How to appeal.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) appeal: Option<String>,
    /// Approve although the rules do not clear the file.
    #[serde(default)]
    pub(super) despite_rules: bool,
}

/// A decision on one requirement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementBody {
    /// The credential's id.
    #[schema(value_type = String)]
    pub(super) credential: Id,
    /// The requirement's id.
    #[schema(max_length = 120)]
    pub(super) requirement: String,
    /// The outcome.
    pub(super) outcome: Outcome,
    /// The day it counts from; none: today.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    pub(super) on: Option<NaiveDate>,
    /// The last day it holds.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    pub(super) until: Option<NaiveDate>,
    /// For how many minutes.
    #[serde(default)]
    #[schema(maximum = 2_147_483_647)]
    pub(super) minutes: Option<u32>,
    /// Why.
    #[schema(max_length = 1000)]
    pub(super) reason: String,
    /// What the person can do now.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) next_step: Option<String>,
    /// How to appeal.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) appeal: Option<String>,
}

/// What a decision brought about.
#[derive(Serialize, ToSchema)]
pub struct DecidedView {
    /// The decision.
    pub(super) decision: String,
    /// The evaluation it rests on.
    pub(super) evaluation: String,
    /// The award, if approved.
    pub(super) award: Option<String>,
    /// Its new term.
    pub(super) term: Option<String>,
    /// Its certificate.
    pub(super) certificate: Option<String>,
}

/// The key of a decision.
#[derive(Serialize, ToSchema)]
pub struct DecisionIdView {
    /// The decision.
    pub(super) decision: String,
}

/// A kept evaluation, run again.
#[derive(Serialize, ToSchema)]
pub struct RerunView {
    /// Whether the answer is the same, byte for byte.
    pub(super) same: bool,
    /// The version used.
    pub(super) version: String,
    /// Hash of record and question.
    pub(super) inputs_hash: String,
    /// The answer as kept.
    #[schema(value_type = super::evaluation_schemas::EvaluationSchema)]
    pub(super) answer: serde_json::Value,
}

impl From<Decided> for DecidedView {
    fn from(decided: Decided) -> Self {
        let text = |id: Option<Id>| id.map(|id| id.to_string());
        Self {
            decision: decided.decision.to_string(),
            evaluation: decided.evaluation.to_string(),
            award: text(decided.award),
            term: text(decided.term),
            certificate: text(decided.certificate),
        }
    }
}

impl From<QueueLine> for QueueLineView {
    fn from(line: QueueLine) -> Self {
        Self {
            application: line.row.application_id.to_string(),
            person: line.row.person_id.to_string(),
            credential: line.row.credential_id.to_string(),
            received_on: line.row.received_day.date(),
            state: line.row.state,
            missing: line.missing,
        }
    }
}

impl From<File> for FileView {
    fn from(whole: File) -> Self {
        let item = |row: crate::storage::rows::applications::ReviewItemRow| ReviewItemView {
            requirement: row.requirement,
            outcome: row.outcome,
            reason: row.reason,
            revision: row.revision,
        };
        Self {
            application: whole.application.into(),
            review: whole.review.into_iter().map(item).collect(),
            evaluation: whole.evaluation,
        }
    }
}
