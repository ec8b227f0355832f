//! What a board is told of a draft that it tries on its own people.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::rules::{Purpose, Status};
use crate::services::simulate::{Affected, Change, Counts, Differs, Lacking, Move, Slice, ToGo};

/// A slice of a simulation.
#[derive(Serialize, ToSchema)]
pub struct SimulationView {
    /// The credential, such as `us-ne-cpss`.
    credential: String,
    /// The draft's version.
    draft: String,
    /// Its hash.
    draft_hash: String,
    /// Whether a published version has its name.
    replaces: bool,
    /// The day asked about.
    as_of: NaiveDate,
    /// Whether the draft was taken to rule everyone.
    everyone: bool,
    /// Counts over the people of this slice alone.
    counts: SimulationCountsView,
    /// Who comes out otherwise, or has further or less to go, in the order of their ids.
    affected: Vec<AffectedView>,
    /// Send it as `after` for the next slice; null: this was the last one.
    #[schema(required = true)]
    next: Option<String>,
}

/// Counts of a slice; those of all slices add up.
#[derive(Serialize, ToSchema)]
pub struct SimulationCountsView {
    /// People looked at.
    people: u64,
    /// Of these, those who applied for the credential or hold it.
    concerned: u64,
    /// Of these, those who come out otherwise.
    affected: u64,
    /// Of those for whom something is missing before and after: for whom something more is.
    further_to_go: u64,
    /// Of those: for whom less is missing, and nothing more.
    less_to_go: u64,
    /// By purpose and what becomes of them, the unchanged too.
    changes: Vec<ChangedView>,
    /// By the versions that rule them before and after.
    moves: Vec<MovedView>,
    /// Of all these: by the requirement that comes out otherwise, or of which more or less is missing.
    requirements: Vec<LackingView>,
}

/// How many go from one status to another.
#[derive(Serialize, ToSchema)]
pub struct ChangedView {
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    #[schema(value_type = String)]
    purpose: Purpose,
    /// `met`, `not_met`, `undecided`, `waived`, `not_applicable`, or `no_rules` where none were in force.
    before: &'static str,
    /// The same afterwards.
    after: &'static str,
    /// How many.
    people: u64,
}

/// How many go from one version to another.
#[derive(Serialize, ToSchema)]
pub struct MovedView {
    /// Before; null: no rules are in force.
    #[schema(required = true)]
    from: Option<String>,
    /// After; null: no rules are in force.
    #[schema(required = true)]
    to: Option<String>,
    /// The transition that decides it, where one does.
    #[schema(required = true)]
    transition: Option<String>,
    /// How many.
    people: u64,
}

/// For how many a requirement comes out otherwise.
#[derive(Serialize, ToSchema)]
pub struct LackingView {
    /// The requirement's id.
    requirement: String,
    /// How many.
    people: u64,
}

/// Someone who comes out otherwise, or has further or less to go.
#[derive(Serialize, ToSchema)]
pub struct AffectedView {
    /// The person's id.
    person: String,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    #[schema(value_type = String)]
    purpose: Purpose,
    /// The version before; null: no rules were in force.
    #[schema(required = true)]
    version: Option<String>,
    /// The version after.
    #[schema(required = true)]
    version_after: Option<String>,
    /// The transition that decides the version after, where one does.
    #[schema(required = true)]
    transition: Option<String>,
    /// How it stands before: `met`, `not_met`, `undecided`, `waived` or `not_applicable`; null: no rules.
    #[schema(required = true, value_type = Option<String>)]
    before: Option<Status>,
    /// How it stands after.
    #[schema(required = true, value_type = Option<String>)]
    after: Option<Status>,
    /// `further` or `less`, for whom something is missing before and after; else left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    to_go: Option<ToGo>,
    /// The requirements that come out otherwise, or of which more or less is missing.
    differs: Vec<DiffersView>,
    /// What would be left to do, as sentences.
    left: Vec<String>,
}

/// A requirement that comes out otherwise.
#[derive(Serialize, ToSchema)]
pub struct DiffersView {
    /// Its id.
    requirement: String,
    /// How it stands before; null: the rules do not have it.
    #[schema(required = true, value_type = Option<String>)]
    before: Option<Status>,
    /// How it stands after.
    #[schema(required = true, value_type = Option<String>)]
    after: Option<Status>,
    /// What was missing before, in the board's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    missing_before: Option<String>,
    /// What is missing after, in the board's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    missing: Option<String>,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<String>,
}

impl From<Slice> for SimulationView {
    fn from(slice: Slice) -> Self {
        Self {
            credential: slice.credential,
            draft: slice.draft,
            draft_hash: slice.draft_hash,
            replaces: slice.replaces,
            as_of: slice.as_of,
            everyone: slice.everyone,
            counts: slice.page.counts.into(),
            affected: slice.page.affected.into_iter().map(AffectedView::from).collect(),
            next: slice.page.next.map(|id| id.to_string()),
        }
    }
}

/// A line for each thing that was counted.
fn lines<K, L>(counted: BTreeMap<K, u64>, line: impl Fn(K, u64) -> L) -> Vec<L> {
    counted.into_iter().map(|(what, people)| line(what, people)).collect()
}

impl From<Counts> for SimulationCountsView {
    fn from(counts: Counts) -> Self {
        let changed = |Change { purpose, before, after }, people| ChangedView { purpose, before, after, people };
        let moved = |Move { from, to, transition }, people| MovedView { from, to, transition, people };
        let lacking = |Lacking { requirement }, people| LackingView { requirement, people };
        Self {
            people: counts.people,
            concerned: counts.concerned,
            affected: counts.affected,
            further_to_go: counts.further_to_go,
            less_to_go: counts.less_to_go,
            changes: lines(counts.changes, changed),
            moves: lines(counts.moves, moved),
            requirements: lines(counts.requirements, lacking),
        }
    }
}

impl From<Affected> for AffectedView {
    fn from(one: Affected) -> Self {
        Self {
            person: one.person.to_string(),
            purpose: one.purpose,
            version: one.version,
            version_after: one.version_after,
            transition: one.transition,
            before: one.before,
            after: one.after,
            to_go: one.to_go,
            differs: one.differs.into_iter().map(DiffersView::from).collect(),
            left: one.left,
        }
    }
}

impl From<Differs> for DiffersView {
    fn from(differs: Differs) -> Self {
        let Differs { requirement, before, after, missing_before, missing, unit } = differs;
        Self { requirement, before, after, missing_before, missing, unit }
    }
}
