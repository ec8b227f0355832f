//! The portable record (`credtrail.record/1`) as the API describes it. The answer itself is the rules' own record, byte for
//! byte; a test holds the two against each other.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use utoipa::ToSchema;

use super::record_life_schemas::{
    RecordAttestation, RecordCarryOver, RecordCredential, RecordDecision, RecordEvent, RecordExam, RecordHold,
    RecordJob,
};

/// One person's facts.
#[derive(ToSchema)]
pub struct RecordSchema {
    /// Always `credtrail.record/1`.
    pub format: String,
    /// Whose record it is.
    pub person: RecordPerson,
    /// Applications handed in.
    #[schema(required = false)]
    pub applications: Vec<RecordApplication>,
    /// Courses and other learning.
    #[schema(required = false)]
    pub learning: Vec<RecordLearning>,
    /// Work, supervision and the like.
    #[schema(required = false)]
    pub service: Vec<RecordService>,
    /// Exam attempts.
    #[schema(required = false)]
    pub exams: Vec<RecordExam>,
    /// Statements by the person or by others.
    #[schema(required = false)]
    pub attestations: Vec<RecordAttestation>,
    /// Jobs held.
    #[schema(required = false)]
    pub employment: Vec<RecordJob>,
    /// Credentials held, with their terms.
    #[schema(required = false)]
    pub credentials: Vec<RecordCredential>,
    /// Minutes carried from one term into the next.
    #[schema(required = false)]
    pub carry_over: Vec<RecordCarryOver>,
    /// Things that happened.
    #[schema(required = false)]
    pub events: Vec<RecordEvent>,
    /// What a board decided.
    #[schema(required = false)]
    pub decisions: Vec<RecordDecision>,
    /// Times in which clocks stand still or duties rest.
    #[schema(required = false)]
    pub holds: Vec<RecordHold>,
}

/// The person, with what rules may ask and no more.
#[derive(ToSchema)]
pub struct RecordPerson {
    /// The person's id where the record comes from.
    pub id: String,
    /// The name, for people; no rule reads it.
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// Read by rules about age and birth months only.
    #[schema(nullable = false)]
    pub birth_date: Option<NaiveDate>,
}

/// An application for a credential.
#[derive(ToSchema)]
pub struct RecordApplication {
    /// Unique in the record.
    pub id: String,
    /// The credential applied for.
    pub credential: String,
    /// What the application is for.
    pub purpose: String,
    /// The stage applied for, where the credential has several.
    #[schema(nullable = false)]
    pub stage: Option<String>,
    /// The day it was received.
    #[schema(nullable = false)]
    pub received_on: Option<NaiveDate>,
    /// The day it was found complete.
    #[schema(nullable = false)]
    pub complete_on: Option<NaiveDate>,
    /// The day it was approved.
    #[schema(nullable = false)]
    pub approved_on: Option<NaiveDate>,
    /// The version the person is pinned to.
    #[schema(nullable = false)]
    pub version: Option<String>,
    /// The entry path.
    #[schema(nullable = false)]
    pub path: Option<String>,
    /// A named group of people with rules of its own.
    #[schema(nullable = false)]
    pub cohort: Option<String>,
}

/// One thing learned or taught.
#[derive(ToSchema)]
pub struct RecordLearning {
    /// Unique in the record.
    pub id: String,
    /// The course's id at its provider.
    #[schema(nullable = false)]
    pub course: Option<String>,
    /// Who gave it.
    #[schema(nullable = false)]
    pub provider: Option<String>,
    /// The first day.
    #[schema(nullable = false)]
    pub started_on: Option<NaiveDate>,
    /// The day it was completed: the day every rule looks at.
    pub completed_on: NaiveDate,
    /// Minutes that may go to any of `topics`, or to totals only where there are none.
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// The topics `minutes` may go to.
    #[schema(required = false)]
    pub topics: Vec<String>,
    /// Minutes whose topic is settled.
    #[schema(required = false)]
    pub minutes_by_topic: BTreeMap<String, u32>,
    /// An amount in a unit whose size each board sets.
    #[schema(nullable = false)]
    pub amount: Option<RecordAmount>,
    /// How it was delivered.
    #[schema(nullable = false)]
    pub delivery: Option<String>,
    /// What sort of learning it was.
    #[schema(nullable = false)]
    pub kind: Option<String>,
    /// How far it is confirmed; absent is `reported`.
    #[schema(nullable = false)]
    pub status: Option<String>,
    /// Approvals of the course or provider.
    #[schema(required = false)]
    pub approvals: Vec<RecordApproval>,
    /// Short for "by the pack's board, on that date".
    #[schema(nullable = false)]
    pub approved: Option<bool>,
    /// Free marks a rule may read.
    #[schema(required = false)]
    pub tags: Vec<String>,
    /// How much of it was attended.
    #[schema(nullable = false)]
    pub attendance: Option<RecordAttendance>,
    /// Where it was already used.
    #[schema(required = false)]
    pub used_for: Vec<RecordUse>,
    /// What it came to, where competence is judged.
    #[schema(nullable = false)]
    pub outcome: Option<String>,
    /// Recognized without taking the course here.
    #[schema(nullable = false)]
    pub recognition: Option<String>,
    /// The course it is equivalent to.
    #[schema(nullable = false)]
    pub equivalent_to: Option<String>,
    /// The sort of source, such as a professional association.
    #[schema(nullable = false)]
    pub source: Option<String>,
    /// The paper that shows it.
    #[schema(nullable = false)]
    pub evidence: Option<String>,
}

/// An amount in a unit whose size is each board's own.
#[derive(ToSchema)]
pub struct RecordAmount {
    /// A decimal number.
    pub value: String,
    /// Such as `semester_credit`; never a bare `ceu`.
    pub unit: String,
}

/// An approval of a course, provider, site or piece of work.
#[derive(ToSchema)]
pub struct RecordApproval {
    /// A region or a credential id.
    pub by: String,
    /// The approval's number.
    #[schema(nullable = false)]
    pub number: Option<String>,
    /// First day in force.
    #[schema(nullable = false)]
    pub from: Option<NaiveDate>,
    /// Last day in force.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
    /// The day it was withdrawn: work before that day stays good.
    #[schema(nullable = false)]
    pub withdrawn_on: Option<NaiveDate>,
    /// The board's lists it stands on.
    #[schema(required = false)]
    pub lists: Vec<String>,
}

/// How much of a course was held and attended.
#[derive(ToSchema)]
pub struct RecordAttendance {
    /// Minutes the course took.
    pub held_minutes: u32,
    /// Minutes the person was there.
    pub attended_minutes: u32,
    /// Minutes excused.
    pub excused_minutes: u32,
}

/// Minutes already used for a credential.
#[derive(ToSchema)]
pub struct RecordUse {
    /// The credential.
    pub credential: String,
    /// First day of the term they were used in.
    #[schema(nullable = false)]
    pub term: Option<NaiveDate>,
    /// How many; absent means all of it.
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
}

/// One entry of logged hours. Holds nothing about clients.
#[derive(ToSchema)]
pub struct RecordService {
    /// Unique in the record.
    pub id: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Clock time it began, `HH:MM`, of a one-day entry.
    #[schema(nullable = false)]
    pub start: Option<String>,
    /// Clock time it ended, `HH:MM`.
    #[schema(nullable = false)]
    pub end: Option<String>,
    /// How long.
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// How often, for what only has to happen.
    #[schema(nullable = false)]
    pub count: Option<u32>,
    /// What sort of service.
    #[schema(nullable = false)]
    pub kind: Option<String>,
    /// The domain of practice.
    #[schema(nullable = false)]
    pub domain: Option<String>,
    /// The setting, such as `community`.
    #[schema(nullable = false)]
    pub setting: Option<String>,
    /// The role worked in.
    #[schema(nullable = false)]
    pub role: Option<String>,
    /// Paid work or volunteering.
    #[schema(nullable = false)]
    pub paid: Option<bool>,
    /// The site.
    #[schema(nullable = false)]
    pub site: Option<String>,
    /// Where it was done.
    #[schema(nullable = false)]
    pub region: Option<String>,
    /// How many took part.
    #[schema(nullable = false)]
    pub group_size: Option<u32>,
    /// Whether a supervisor watched.
    #[schema(nullable = false)]
    pub observed: Option<bool>,
    /// The supervisor's id.
    #[schema(nullable = false)]
    pub supervisor: Option<String>,
    /// Whether the pack's board accepted the supervisor on that day.
    #[schema(nullable = false)]
    pub supervisor_eligible: Option<bool>,
    /// How far it is confirmed; absent is `reported`.
    #[schema(nullable = false)]
    pub status: Option<String>,
    /// Approvals of the site or the work.
    #[schema(required = false)]
    pub approvals: Vec<RecordApproval>,
    /// Short for "by the pack's board, on that day".
    #[schema(nullable = false)]
    pub approved: Option<bool>,
    /// Free marks a rule may read.
    #[schema(required = false)]
    pub tags: Vec<String>,
}
