//! Everything that is not learning or service: exams, attestations, jobs, credentials, events, decisions, holds.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::words::{
    AttestationKinds, DecisionOutcomes, Disciplines, EventKinds, ExamOutcomes, FactStatuses, Flags, HoldKinds,
    Standings, TermKinds, Word,
};
use super::strict;

/// One attempt at an exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamAttempt {
    /// Unique in the record.
    pub id: String,
    /// The exam.
    pub exam: String,
    /// The form of the exam.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The day it was taken.
    #[serde(deserialize_with = "strict::day")]
    pub on: NaiveDate,
    /// The score, a decimal number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// The scale of the score, such as `200-800`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// The pass mark on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_mark: Option<String>,
    /// What it came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Word<ExamOutcomes>>,
    /// Whether the result is official; absent is not yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<bool>,
    /// The day the result became official.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub official_on: Option<NaiveDate>,
    /// How far it is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Word<FactStatuses>>,
    /// Scores by domain.
    #[serde(default, deserialize_with = "strict::each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub domains: BTreeMap<String, String>,
}

/// What an attestation says: a word, a number, a date (as text) or yes and no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// A word, a decimal number or an ISO date.
    Text(String),
}

/// A statement: its kind, its date and who made it; never a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// Unique in the record.
    pub id: String,
    /// What it is about.
    pub kind: Word<AttestationKinds>,
    /// A finer kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The day it was made.
    #[serde(deserialize_with = "strict::day")]
    pub on: NaiveDate,
    /// First day it speaks of.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day it speaks of or stays good.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
    /// The moment it speaks of, such as `application`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<String>,
    /// Who attests, in kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Who attests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// The attestor's own credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_standing: Option<String>,
    /// The id of the record it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// How far it is confirmed; absent is `reported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Word<FactStatuses>>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Employment {
    /// Unique in the record.
    pub id: String,
    /// The job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// First day.
    #[serde(deserialize_with = "strict::day")]
    pub from: NaiveDate,
    /// Last day; absent while it lasts.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
    /// Minutes a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly_minutes: Option<u32>,
    /// How far it is confirmed; absent counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Word<FactStatuses>>,
}

/// A credential held, with its stages, terms and standing over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Unique in the record.
    pub id: String,
    /// The credential.
    pub credential: String,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The entry path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The day it was issued.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    /// Its terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Its standing over time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<StatusRange>,
}

/// A stretch of time a credential is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// First day.
    #[serde(deserialize_with = "strict::day")]
    pub from: NaiveDate,
    /// Last day; absent: does not end.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
    /// The version that ruled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What sort of term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<TermKinds>>,
    /// The stage it belongs to, if not the credential's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}

/// A standing from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRange {
    /// First day.
    #[serde(deserialize_with = "strict::day")]
    pub from: NaiveDate,
    /// Last day; absent: until the next one.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
    /// The standing.
    pub standing: Word<Standings>,
    /// Discipline, apart from the standing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discipline: Option<Word<Disciplines>>,
    /// Further marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Word<Flags>>,
    /// Why it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Minutes carried from an earlier term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarryOver {
    /// Unique in the record.
    pub id: String,
    /// The credential.
    pub credential: String,
    /// First day of the term they come from.
    #[serde(deserialize_with = "strict::day")]
    pub from_term: NaiveDate,
    /// The topic they were earned in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The topic they count as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_topic: Option<String>,
    /// How many.
    pub minutes: u32,
    /// How often they were carried.
    pub generation: u32,
}

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Unique in the record.
    pub id: String,
    /// What happened.
    pub kind: Word<EventKinds>,
    /// The day.
    #[serde(deserialize_with = "strict::day")]
    pub on: NaiveDate,
    /// The credential it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The stage it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}

/// What a board decided on a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Unique in the record.
    pub id: String,
    /// The credential.
    pub credential: String,
    /// The stage it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The requirement it decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// What was decided.
    pub outcome: Word<DecisionOutcomes>,
    /// The day.
    #[serde(deserialize_with = "strict::day")]
    pub on: NaiveDate,
    /// The last day it holds.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Minutes granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A time in which a duty rests or a clock stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Unique in the record.
    pub id: String,
    /// The credential; absent: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The stage it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// What sort of hold.
    pub kind: Word<HoldKinds>,
    /// First day.
    #[serde(deserialize_with = "strict::day")]
    pub from: NaiveDate,
    /// Last day; absent while it lasts.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
}
