//! One node of the answer while it is made, with what the root needs to know of it.

use chrono::NaiveDate;

use super::super::evaluation::{Requirement, Status};
use super::super::pack::model::Rule;
use super::ledger::Said;
use super::near;

/// A node and its side notes.
pub(super) struct Node {
    pub(super) requirement: Requirement,
    pub(super) said: Vec<Said>,
    /// First day it could be met if what is missing were done today; none: not by doing things.
    pub(super) earliest: Option<NaiveDate>,
    /// Whether nothing that is done meets it any more, where its parts say so.
    pub(super) closed: Option<bool>,
}

impl Node {
    /// A node with nothing counted yet.
    pub(super) fn of(rule: &Rule, status: Status, today: NaiveDate) -> Self {
        Self { requirement: bare(rule, status), said: Vec::new(), earliest: Some(today), closed: None }
    }

    pub(super) fn status(&self) -> Status {
        self.requirement.status
    }

    /// Whether nothing that is done meets it any more.
    pub(super) fn is_closed(&self) -> bool {
        self.status() == Status::NotMet && self.closed.unwrap_or_else(|| self.earliest.is_none())
    }

    /// How far it is from being met: what can still be met comes first, then what lacks the smaller share.
    pub(super) fn distance(&self) -> (bool, u64) {
        (self.is_closed(), near::share(&self.requirement))
    }

    /// Missing, as a number to compare branches by.
    pub(super) fn missing(&self) -> u64 {
        let own = self.requirement.missing_minutes.unwrap_or_else(|| u64::from(self.status() == Status::NotMet));
        own.max(1) * u64::from(self.status() == Status::NotMet)
    }

    /// Fills the amounts of something that is not minutes.
    pub(super) fn amounts(&mut self, unit: &str, needed: u64, counted: u64) {
        self.requirement.amounts(unit, needed, counted);
    }
}

/// A requirement with its rule's words only.
pub(super) fn bare(rule: &Rule, status: Status) -> Requirement {
    Requirement::named(&rule.id, &rule.label.en, rule.citation.clone(), status)
}

/// What several statuses come to: not met beats undecided beats met; waived counts as met.
pub(super) fn together(statuses: impl IntoIterator<Item = Status>) -> Status {
    let (mut seen, mut undecided, mut not_met) = (false, false, false);
    for status in statuses {
        match status {
            Status::NotApplicable => continue,
            Status::NotMet => not_met = true,
            Status::Undecided => undecided = true,
            Status::Met | Status::Waived => {}
        }
        seen = true;
    }
    match (seen, not_met, undecided) {
        (false, _, _) => Status::NotApplicable,
        (true, true, _) => Status::NotMet,
        (true, false, true) => Status::Undecided,
        (true, false, false) => Status::Met,
    }
}

/// How good a status is for a branch; lower is better.
pub(super) fn rank(status: Status) -> u8 {
    match status {
        Status::Met => 0,
        Status::Waived => 1,
        Status::Undecided => 2,
        Status::NotMet => 3,
        Status::NotApplicable => 4,
    }
}
