//! Learning: courses, conferences, college credit, teaching.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::words::{Deliveries, Evidences, FactStatuses, LearningKinds, LearningOutcomes, Recognitions, Word};
use super::strict;

/// One thing learned or taught.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learning {
    /// Unique in the record.
    pub id: String,
    /// The course's id at its provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// Who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The first day.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// The day it was completed: the day every rule looks at.
    #[serde(deserialize_with = "strict::day")]
    pub completed_on: NaiveDate,
    /// Minutes that may go to any of `topics`, or to totals only where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// The topics `minutes` may go to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Minutes whose topic is settled.
    #[serde(default, deserialize_with = "strict::each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub minutes_by_topic: BTreeMap<String, u32>,
    /// An amount in a unit whose size each board sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// How it was delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Word<Deliveries>>,
    /// What sort of learning it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<LearningKinds>>,
    /// How far it is confirmed; absent is `reported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Word<FactStatuses>>,
    /// Approvals of the course or provider.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Short for "by the pack's board, on that date".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<bool>,
    /// Free marks a rule may read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How much of it was attended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// Where it was already used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used_for: Vec<UsedFor>,
    /// What it came to, where competence is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Word<LearningOutcomes>>,
    /// Recognized without taking the course here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition: Option<Word<Recognitions>>,
    /// The course it is equivalent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equivalent_to: Option<String>,
    /// The sort of source, such as a professional association.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The paper that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Word<Evidences>>,
}

/// An amount in a unit whose size is each board's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// A decimal number.
    pub value: String,
    /// Such as `semester_credit`; never a bare `ceu`.
    pub unit: String,
}

/// An approval of a course, provider, site or piece of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// A region or a credential id.
    pub by: String,
    /// The approval's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// First day in force.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day in force.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
    /// The day it was withdrawn: work before that day stays good.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub withdrawn_on: Option<NaiveDate>,
    /// The board's lists it stands on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
}

/// How much of a course was held and attended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Minutes the course took.
    pub held_minutes: u32,
    /// Minutes the person was there.
    pub attended_minutes: u32,
    /// Minutes excused.
    #[serde(default)]
    pub excused_minutes: u32,
}

/// Minutes already used for a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedFor {
    /// The credential.
    pub credential: String,
    /// First day of the term they were used in.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub term: Option<NaiveDate>,
    /// How many; absent means all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}
