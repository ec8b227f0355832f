//! What the portable record holds beside learning and service, as the API describes it: exams, attestations, jobs,
//! credentials, events, decisions, holds.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// One attempt at an exam.
#[derive(ToSchema)]
pub struct RecordExam {
    /// Unique in the record.
    pub id: String,
    /// The exam.
    pub exam: String,
    /// The form of the exam.
    #[schema(nullable = false)]
    pub form: Option<String>,
    /// The day it was taken.
    pub on: NaiveDate,
    /// The score, a decimal number.
    #[schema(nullable = false)]
    pub score: Option<String>,
    /// The scale of the score, such as `200-800`.
    #[schema(nullable = false)]
    pub scale: Option<String>,
    /// The pass mark on that day.
    #[schema(nullable = false)]
    pub pass_mark: Option<String>,
    /// What it came to.
    #[schema(nullable = false)]
    pub outcome: Option<String>,
    /// Whether the result is official; absent is not yet.
    #[schema(nullable = false)]
    pub official: Option<bool>,
    /// The day the result became official.
    #[schema(nullable = false)]
    pub official_on: Option<NaiveDate>,
    /// How far it is confirmed.
    #[schema(nullable = false)]
    pub status: Option<String>,
    /// Scores by domain.
    #[schema(required = false)]
    pub domains: BTreeMap<String, String>,
}

/// A statement: its kind, its date and who made it; never a story.
#[derive(ToSchema)]
pub struct RecordAttestation {
    /// Unique in the record.
    pub id: String,
    /// What it is about.
    pub kind: String,
    /// A finer kind.
    #[schema(nullable = false)]
    pub subtype: Option<String>,
    /// What it says.
    #[schema(nullable = false)]
    pub value: Option<RecordValue>,
    /// The day it was made.
    pub on: NaiveDate,
    /// First day it speaks of.
    #[schema(nullable = false)]
    pub from: Option<NaiveDate>,
    /// Last day it speaks of or stays good.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
    /// The moment it speaks of, such as `application`.
    #[schema(nullable = false)]
    pub moment: Option<String>,
    /// Who attests, in kind.
    #[schema(nullable = false)]
    pub by: Option<String>,
    /// Who attests.
    #[schema(nullable = false)]
    pub by_id: Option<String>,
    /// The attestor's own credential.
    #[schema(nullable = false)]
    pub by_standing: Option<String>,
    /// The id of the record it is about.
    #[schema(nullable = false)]
    pub about: Option<String>,
    /// How far it is confirmed; absent is `reported`.
    #[schema(nullable = false)]
    pub status: Option<String>,
}

/// A job.
#[derive(ToSchema)]
pub struct RecordJob {
    /// Unique in the record.
    pub id: String,
    /// The job title.
    #[schema(nullable = false)]
    pub title: Option<String>,
    /// The employer.
    #[schema(nullable = false)]
    pub employer: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day; absent while it lasts.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
    /// Minutes a week.
    #[schema(nullable = false)]
    pub weekly_minutes: Option<u32>,
    /// How far it is confirmed; absent counts.
    #[schema(nullable = false)]
    pub status: Option<String>,
}

/// A credential held, with its stages, terms and standing over time.
#[derive(ToSchema)]
pub struct RecordCredential {
    /// Unique in the record.
    pub id: String,
    /// The credential.
    pub credential: String,
    /// Who issued it.
    #[schema(nullable = false)]
    pub issuer: Option<String>,
    /// The entry path.
    #[schema(nullable = false)]
    pub path: Option<String>,
    /// The stage.
    #[schema(nullable = false)]
    pub stage: Option<String>,
    /// The day it was issued.
    #[schema(nullable = false)]
    pub issued_on: Option<NaiveDate>,
    /// Its terms.
    #[schema(required = false)]
    pub terms: Vec<RecordTerm>,
    /// Its standing over time.
    #[schema(required = false)]
    pub status: Vec<RecordStanding>,
}

/// A stretch of time a credential is good for.
#[derive(ToSchema)]
pub struct RecordTerm {
    /// First day.
    pub from: NaiveDate,
    /// Last day; absent: does not end.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
    /// The version that ruled it.
    #[schema(nullable = false)]
    pub version: Option<String>,
    /// What sort of term.
    #[schema(nullable = false)]
    pub kind: Option<String>,
    /// The stage it belongs to, if not the credential's.
    #[schema(nullable = false)]
    pub stage: Option<String>,
}

/// A standing from a day on.
#[derive(ToSchema)]
pub struct RecordStanding {
    /// First day.
    pub from: NaiveDate,
    /// Last day; absent: until the next one.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
    /// The standing.
    pub standing: String,
    /// Discipline, apart from the standing.
    #[schema(nullable = false)]
    pub discipline: Option<String>,
    /// Further marks.
    #[schema(required = false)]
    pub flags: Vec<String>,
    /// Why it changed.
    #[schema(nullable = false)]
    pub reason: Option<String>,
}

/// Minutes carried from an earlier term.
#[derive(ToSchema)]
pub struct RecordCarryOver {
    /// Unique in the record.
    pub id: String,
    /// The credential.
    pub credential: String,
    /// First day of the term they come from.
    pub from_term: NaiveDate,
    /// The topic they were earned in.
    #[schema(nullable = false)]
    pub topic: Option<String>,
    /// The topic they count as.
    #[schema(nullable = false)]
    pub as_topic: Option<String>,
    /// How many.
    pub minutes: u32,
    /// How often they were carried.
    pub generation: u32,
}

/// Something that happened on a day.
#[derive(ToSchema)]
pub struct RecordEvent {
    /// Unique in the record.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// The day.
    pub on: NaiveDate,
    /// The credential it concerns.
    #[schema(nullable = false)]
    pub credential: Option<String>,
    /// The stage it concerns.
    #[schema(nullable = false)]
    pub stage: Option<String>,
}

/// What a board decided on a requirement.
#[derive(ToSchema)]
pub struct RecordDecision {
    /// Unique in the record.
    pub id: String,
    /// The credential.
    pub credential: String,
    /// The stage it concerns.
    #[schema(nullable = false)]
    pub stage: Option<String>,
    /// The requirement it decides.
    #[schema(nullable = false)]
    pub requirement: Option<String>,
    /// What was decided.
    pub outcome: String,
    /// The day.
    pub on: NaiveDate,
    /// The last day it holds.
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
    /// Minutes granted.
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// Who decided.
    #[schema(nullable = false)]
    pub by: Option<String>,
    /// Why.
    #[schema(nullable = false)]
    pub reason: Option<String>,
}

/// A time in which a duty rests or a clock stands still.
#[derive(ToSchema)]
pub struct RecordHold {
    /// Unique in the record.
    pub id: String,
    /// The credential; absent: all of them.
    #[schema(nullable = false)]
    pub credential: Option<String>,
    /// The stage it concerns.
    #[schema(nullable = false)]
    pub stage: Option<String>,
    /// What sort of hold.
    pub kind: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day; absent while it lasts.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
}

/// What an attestation says: a word, a number, a date (as text) or yes and no.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum RecordValue {
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// A word, a decimal number or an ISO date.
    Text(String),
}
