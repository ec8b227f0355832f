//! A plan (`credtrail.plan/1`) as the API tells it: the same members as the rules' own, with a description of each.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::rules::evaluation::{DeadlineAnswer, TermAnswer};
use crate::rules::plan::{Expiry, Overlap, Plan, Step, Wait, Who};
use crate::rules::{Purpose, Status};

/// A plan, `credtrail.plan/1`. Equal questions about equal records get equal bytes.
#[derive(Serialize, ToSchema)]
pub struct PlanView {
    /// `credtrail.plan/1`.
    format: &'static str,
    /// The credential, such as `us-ne-cpss`.
    credential: String,
    /// The version of the rules that was used.
    version: String,
    /// Its hash.
    version_hash: String,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    #[schema(value_type = String)]
    purpose: Purpose,
    /// The stage.
    stage: String,
    /// The day asked about.
    as_of: NaiveDate,
    /// How things stand on that day: `met`, `not_met`, `undecided`, `waived` or `not_applicable`.
    #[schema(value_type = String)]
    status: Status,
    /// What is left, in the order of the rules.
    steps: Vec<PlanStepView>,
    /// The smallest set of facts that would do: lists of a `credtrail.record/1`, to be sent back as `planned`.
    #[schema(value_type = Object)]
    facts: serde_json::Value,
    /// The first day on which all is met if that is done, at eight hours a day; null: `waits_for` says why.
    #[schema(required = true)]
    earliest_date: Option<NaiveDate>,
    /// How things stand then, in the words of `status`.
    #[schema(required = true, value_type = Option<String>)]
    then: Option<Status>,
    /// What stands in the way of naming a day: the requirement, and who or what it depends on.
    waits_for: Vec<PlanWaitView>,
    /// The last day of what is planned for later: it is taken as done here.
    #[schema(required = true)]
    planned_through: Option<NaiveDate>,
    /// Minutes that leave their window in the next two years, by day; the first hundred.
    expiring: Vec<PlanExpiryView>,
    /// Deadlines that are open.
    deadlines: Vec<PlanDeadlineView>,
    /// The term that runs or would start.
    #[schema(required = true)]
    term: Option<PlanTermView>,
}

/// A requirement without which no day can be named.
#[derive(Serialize, ToSchema)]
pub struct PlanWaitView {
    /// The requirement; empty: all of it.
    requirement: String,
    /// The sentence.
    text: PlanTextView,
}

/// One thing to do, or to wait for.
#[derive(Serialize, ToSchema)]
pub struct PlanStepView {
    /// The requirement it serves.
    requirement: String,
    /// Who has to act.
    by: PlanActor,
    /// Minutes still to be done, where it is about time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    minutes: Option<u64>,
    /// Hours of it that may be the same as those of other steps: not to be done twice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    same_hours: Vec<PlanOverlapView>,
    /// What it is.
    text: PlanTextView,
}

/// Hours that serve two requirements.
#[derive(Serialize, ToSchema)]
pub struct PlanOverlapView {
    /// The other requirement.
    requirement: String,
    /// So many minutes serve both.
    minutes: u64,
}

/// Who has to act.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanActor {
    /// The person.
    Person,
    /// Someone who decides or confirms.
    SomeoneElse,
    /// Nobody: time has to pass.
    Time,
}

/// A sentence in both languages.
#[derive(Serialize, ToSchema)]
pub struct PlanTextView {
    /// English.
    en: String,
    /// Spanish.
    es: String,
}

/// Minutes that stop counting on a day.
#[derive(Serialize, ToSchema)]
pub struct PlanExpiryView {
    /// The first day on which they do not count.
    on: NaiveDate,
    /// The requirement that has them now.
    requirement: String,
    /// The record.
    record: String,
    /// What it is called, if it has a name.
    #[schema(required = true)]
    name: Option<String>,
    /// So many minutes.
    minutes: u64,
    /// So many more minutes are missing than the day before.
    missing_more: u64,
}

/// A deadline.
#[derive(Serialize, ToSchema)]
pub struct PlanDeadlineView {
    /// Its id.
    id: String,
    /// The last day; null: what starts it has not happened.
    #[schema(required = true)]
    on: Option<NaiveDate>,
    /// `open`, `met`, `missed` or `not_started`.
    status: String,
    /// What follows when it is missed.
    #[schema(required = true)]
    consequence: Option<String>,
}

/// A term and the days that hang on it.
#[derive(Serialize, ToSchema)]
pub struct PlanTermView {
    /// First day.
    from: NaiveDate,
    /// Last day; null: it does not end.
    #[schema(required = true)]
    through: Option<NaiveDate>,
    /// How the end was found.
    rule: String,
    /// First day on which renewal may be filed.
    #[schema(required = true)]
    opens_on: Option<NaiveDate>,
    /// Day by which renewal is due.
    #[schema(required = true)]
    due_on: Option<NaiveDate>,
    /// First day on which a late fee is due.
    #[schema(required = true)]
    late_from: Option<NaiveDate>,
    /// Last day of grace.
    #[schema(required = true)]
    grace_through: Option<NaiveDate>,
    /// What may still be earned in grace: `papers` or `hours`.
    #[schema(required = true)]
    grace_earns: Option<String>,
}

impl From<Plan> for PlanView {
    fn from(plan: Plan) -> Self {
        Self {
            format: plan.format,
            credential: plan.credential,
            version: plan.version,
            version_hash: plan.version_hash,
            purpose: plan.purpose,
            stage: plan.stage,
            as_of: plan.as_of,
            status: plan.status,
            steps: plan.steps.into_iter().map(PlanStepView::from).collect(),
            facts: plan.facts,
            earliest_date: plan.earliest_date,
            then: plan.then,
            waits_for: plan.waits_for.into_iter().map(PlanWaitView::from).collect(),
            planned_through: plan.planned_through,
            expiring: plan.expiring.into_iter().map(PlanExpiryView::from).collect(),
            deadlines: plan.deadlines.into_iter().map(PlanDeadlineView::from).collect(),
            term: plan.term.map(PlanTermView::from),
        }
    }
}

impl From<Step> for PlanStepView {
    fn from(step: Step) -> Self {
        let by = match step.by {
            Who::Person => PlanActor::Person,
            Who::SomeoneElse => PlanActor::SomeoneElse,
            Who::Time => PlanActor::Time,
        };
        let text = PlanTextView { en: step.text.en, es: step.text.es };
        let same = step.same_hours.into_iter();
        let same_hours =
            same.map(|Overlap { requirement, minutes }| PlanOverlapView { requirement, minutes }).collect();
        Self { requirement: step.requirement, by, minutes: step.minutes, same_hours, text }
    }
}

impl From<Wait> for PlanWaitView {
    fn from(wait: Wait) -> Self {
        let text = PlanTextView { en: wait.text.en, es: wait.text.es };
        Self { requirement: wait.requirement, text }
    }
}

impl From<Expiry> for PlanExpiryView {
    fn from(expiry: Expiry) -> Self {
        let Expiry { on, requirement, record, name, minutes, missing_more } = expiry;
        Self { on, requirement, record, name, minutes, missing_more }
    }
}

impl From<DeadlineAnswer> for PlanDeadlineView {
    fn from(deadline: DeadlineAnswer) -> Self {
        let DeadlineAnswer { id, on, status, consequence } = deadline;
        Self { id, on, status, consequence }
    }
}

impl From<TermAnswer> for PlanTermView {
    fn from(term: TermAnswer) -> Self {
        let TermAnswer { from, through, rule, opens_on, due_on, late_from, grace_through, grace_earns } = term;
        Self { from, through, rule, opens_on, due_on, late_from, grace_through, grace_earns }
    }
}
