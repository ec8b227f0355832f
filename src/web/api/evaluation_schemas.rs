//! The evaluation (`credtrail.evaluation/1`) as the API describes it. The answer itself is the rules' own, byte for byte; a
//! test holds the two against each other.

use chrono::NaiveDate;
use utoipa::ToSchema;

use super::plan_views::{PlanDeadlineView, PlanTermView};

/// The answer to one question about one record under one version.
#[derive(ToSchema)]
pub struct EvaluationSchema {
    /// Always `credtrail.evaluation/1`.
    pub format: String,
    /// The credential asked about.
    pub credential: String,
    /// The version used.
    pub version: String,
    /// Hash of the version without its comments.
    pub version_hash: String,
    /// Whether the board has confirmed the version.
    pub verified: bool,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    pub purpose: String,
    /// The stage asked about.
    pub stage: String,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// Hash of record, day, purpose and stage.
    pub inputs_hash: String,
    /// The answer: `met`, `not_met`, `undecided`, `waived` or `not_applicable`.
    pub status: String,
    /// One node for each rule, in the pack's order.
    pub requirements: Vec<EvaluatedRequirement>,
    /// Every record, once.
    pub records: Vec<EvaluatedRecord>,
    /// The term that would start (or was asked about).
    #[schema(required = true)]
    pub term: Option<PlanTermView>,
    /// What it costs on that day.
    #[schema(required = true)]
    pub fee: Option<EvaluatedFee>,
    /// The rung of the ladder back, where one applies.
    #[schema(required = true)]
    pub rung: Option<String>,
    /// Remarks on the whole, such as that it rests while another credential does.
    #[schema(required = false)]
    pub notes: Vec<EvaluatedNote>,
    /// Deadlines and how they stand.
    pub deadlines: Vec<PlanDeadlineView>,
    /// The stage after this one.
    #[schema(required = true)]
    pub stage_next: Option<String>,
    /// What to do next, in the order of the pack.
    pub next: Vec<EvaluatedStep>,
    /// The first day on which all would be met if what is missing were done today.
    #[schema(nullable = false)]
    pub earliest_date: Option<NaiveDate>,
}

/// One node of the answer.
#[derive(ToSchema)]
pub struct EvaluatedRequirement {
    /// The rule's id; children have dotted ones.
    pub id: String,
    /// For people, in English; explain has both languages.
    pub label: String,
    /// Where it is written.
    pub citation: EvaluatedCitation,
    /// What became of it: `met`, `not_met`, `undecided`, `waived` or `not_applicable`.
    pub status: String,
    /// The board's unit, such as `hour`, `count`, `month`, `point`.
    #[schema(nullable = false)]
    pub unit: Option<String>,
    /// Minutes in one unit.
    #[schema(nullable = false)]
    pub unit_minutes: Option<u32>,
    /// Needed, in the unit, as a decimal.
    #[schema(nullable = false)]
    pub needed: Option<String>,
    /// Counted, in the unit.
    #[schema(nullable = false)]
    pub counted: Option<String>,
    /// Missing, in the unit.
    #[schema(nullable = false)]
    pub missing: Option<String>,
    /// Needed minutes.
    #[schema(nullable = false)]
    pub needed_minutes: Option<u64>,
    /// Counted minutes, children and surplus included.
    #[schema(nullable = false)]
    pub counted_minutes: Option<u64>,
    /// The fewest further minutes that would do.
    #[schema(nullable = false)]
    pub missing_minutes: Option<u64>,
    /// Records placed here.
    pub placed: Vec<EvaluatedPlacing>,
    /// Records that did not count here, with the reason.
    pub not_counted: Vec<EvaluatedLoss>,
    /// The smallest cut, where topics compete.
    pub shortfall: Vec<EvaluatedShortfall>,
    /// Upper limits and how far they are used.
    #[schema(required = false)]
    pub caps: Vec<EvaluatedCap>,
    /// The branch that counts.
    #[schema(nullable = false)]
    pub taken: Option<String>,
    /// Remarks, such as met with a late fee.
    #[schema(required = false)]
    pub notes: Vec<EvaluatedNote>,
    /// Children.
    #[schema(no_recursion)]
    pub requirements: Vec<EvaluatedRequirement>,
}

/// Where a rule is written.
#[derive(ToSchema)]
pub struct EvaluatedCitation {
    /// Title, with the clause.
    pub title: String,
    /// Address.
    pub url: String,
    /// The day it was read.
    #[schema(nullable = false)]
    pub read_on: Option<NaiveDate>,
    /// What the page itself says it is from, such as `effective 2019-01-01`.
    #[schema(nullable = false)]
    pub dated: Option<String>,
}

/// A record placed in a requirement.
#[derive(ToSchema)]
pub struct EvaluatedPlacing {
    /// The record's id.
    pub record: String,
    /// Minutes placed here.
    #[schema(nullable = false)]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[schema(nullable = false)]
    pub count: Option<u64>,
}

/// A record that did not count in a requirement.
#[derive(ToSchema)]
pub struct EvaluatedLoss {
    /// The record's id.
    pub record: String,
    /// Minutes that did not count.
    #[schema(nullable = false)]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[schema(nullable = false)]
    pub count: Option<u64>,
    /// Why.
    pub reason: String,
}

/// A set of requirements that are short together, however records are placed.
#[derive(ToSchema)]
pub struct EvaluatedShortfall {
    /// Their ids, in the pack's order.
    pub requirements: Vec<String>,
    /// Minutes short across them.
    pub minutes: u64,
}

/// An upper limit and how far it is used.
#[derive(ToSchema)]
pub struct EvaluatedCap {
    /// The cap's id.
    pub id: String,
    /// At most so many minutes.
    pub limit_minutes: u64,
    /// So many count.
    pub used_minutes: u64,
}

/// A remark.
#[derive(ToSchema)]
pub struct EvaluatedNote {
    /// Stable code.
    pub code: String,
    /// A sentence in English; explain has both languages.
    pub text: String,
    /// The first day it speaks of.
    #[schema(nullable = false)]
    pub from: Option<NaiveDate>,
    /// The last day it speaks of.
    #[schema(nullable = false)]
    pub through: Option<NaiveDate>,
    /// What it is about, such as another credential, or weeks, months and quarters by their names.
    #[schema(nullable = false)]
    pub about: Option<String>,
    /// The number it speaks of, such as days held.
    #[schema(nullable = false)]
    pub number: Option<u32>,
}

/// One record of the input and what became of it.
#[derive(ToSchema)]
pub struct EvaluatedRecord {
    /// The record's id.
    pub record: String,
    /// What became of it: `counted`, `partly`, `not_counted` or `not_read`.
    pub outcome: String,
    /// Minutes that count somewhere.
    #[schema(nullable = false)]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[schema(nullable = false)]
    pub count: Option<u64>,
    /// What does not count, and why.
    #[schema(required = false)]
    pub not_counted: Vec<EvaluatedRecordLoss>,
}

/// A part of a record that does not count.
#[derive(ToSchema)]
pub struct EvaluatedRecordLoss {
    /// Minutes that do not count.
    #[schema(nullable = false)]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[schema(nullable = false)]
    pub count: Option<u64>,
    /// Why.
    pub reason: String,
    /// Where.
    #[schema(nullable = false)]
    pub requirement: Option<String>,
    /// A sentence in English; explain has both languages.
    pub text: String,
}

/// What it costs.
#[derive(ToSchema)]
pub struct EvaluatedFee {
    /// The tier.
    pub id: String,
    /// A decimal amount.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
}

/// One thing to do next.
#[derive(ToSchema)]
pub struct EvaluatedStep {
    /// The requirement it serves.
    pub requirement: String,
    /// A short sentence in English.
    pub text: String,
}
