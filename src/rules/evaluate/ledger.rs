//! Accounting: every record of the input once, with what counts and what does not.

use std::collections::BTreeMap;

use super::super::evaluation::{NotCounted, Outcome, RecordOutcome};
use super::super::explain;
use super::super::lang::Lang;
use super::super::reason::Reason;
use super::super::record::Record;

/// Whether amounts are minutes or pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Minutes,
    Count,
}

/// What one rule says about one record.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) record: String,
    pub(super) requirement: String,
    pub(super) measure: Measure,
    pub(super) counted: u64,
    pub(super) lost: Vec<(u64, Reason)>,
    /// How far the record came under the rule: the one in which it came furthest is quoted.
    pub(super) steps: u8,
    /// The minutes may count in other rules too.
    pub(super) shared: bool,
}

impl Said {
    /// A record that is one piece, such as an exam.
    pub(super) fn piece(record: &str, requirement: &str, refused: Option<Reason>) -> Self {
        Self {
            record: record.to_owned(),
            requirement: requirement.to_owned(),
            measure: Measure::Count,
            counted: u64::from(refused.is_none()),
            lost: refused.map(|reason| (1, reason)).into_iter().collect(),
            steps: if refused.is_none() { u8::MAX } else { 1 },
            shared: true,
        }
    }

    /// The same where the rule's branch was not taken.
    pub(super) fn in_branch_not_taken(mut self) -> Self {
        if self.counted > 0 {
            self.lost.insert(0, (self.counted, Reason::Surplus));
            self.counted = 0;
        }
        self.steps = 0;
        self
    }
}

/// One outcome for each record.
pub(super) fn outcomes(record: &Record, said: &[Said]) -> Vec<RecordOutcome> {
    let mut by_record: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
    for one in said {
        by_record.entry(&one.record).or_default().push(one);
    }
    let stated = stated(record);
    let said = |id: &str| by_record.get(id).map_or(&[][..], Vec::as_slice);
    ids(record).into_iter().map(|id| outcome(id, said(id), stated.get(id).copied())).collect()
}

/// The minutes that records state themselves.
fn stated(record: &Record) -> BTreeMap<&str, u64> {
    let settled = |minutes: &BTreeMap<String, u32>| minutes.values().map(|minutes| u64::from(*minutes)).sum::<u64>();
    let learning = record
        .learning
        .iter()
        .filter(|fact| fact.amount.is_none())
        .map(|fact| (fact.id.as_str(), u64::from(fact.minutes.unwrap_or(0)) + settled(&fact.minutes_by_topic)));
    let service = record.service.iter().map(|fact| (fact.id.as_str(), u64::from(fact.minutes.unwrap_or(0))));
    learning.chain(service).collect()
}

/// All that rules say of a record. Each speaks of what the other exclusive rules have left it, so theirs comes on top, as
/// far as the record states so much.
fn whole(said: &[&Said], stated: Option<u64>) -> u64 {
    let sum = |one: &Said| one.counted + one.lost.iter().map(|(amount, _)| amount).sum::<u64>();
    let exclusive: u64 = said.iter().filter(|one| !one.shared).map(|one| one.counted).sum();
    let all = said.iter().filter(|one| !one.shared).map(|one| sum(one) + (exclusive - one.counted)).max().unwrap_or(0);
    said.iter().map(|one| sum(one)).max().unwrap_or(0).max(all.min(stated.unwrap_or(0)))
}

fn outcome(id: &str, said: &[&Said], stated: Option<u64>) -> RecordOutcome {
    let empty = RecordOutcome {
        record: id.to_owned(),
        outcome: Outcome::NotRead,
        minutes: None,
        count: None,
        not_counted: Vec::new(),
    };
    let Some(first) = said.first() else { return empty };
    let whole = whole(said, stated);
    let exclusive: u64 = said.iter().filter(|one| !one.shared).map(|one| one.counted).sum();
    let counted = said.iter().filter(|one| one.shared).map(|one| one.counted).max().unwrap_or(0).max(exclusive);
    let mut quoted: Vec<&&Said> = said.iter().collect();
    quoted.sort_by_key(|one| (std::cmp::Reverse(one.counted), std::cmp::Reverse(one.steps)));
    let (mut left, mut not_counted) = (whole.saturating_sub(counted), Vec::new());
    for one in quoted {
        for (amount, reason) in &one.lost {
            let amount = (*amount).min(left);
            if amount == 0 && !(whole == 0 && not_counted.is_empty()) {
                continue;
            }
            left -= amount;
            let (minutes, count) = measured(one.measure, amount);
            let text = explain::reason(*reason, Lang::En).to_owned();
            not_counted.push(NotCounted {
                minutes,
                count,
                reason: *reason,
                requirement: Some(one.requirement.clone()),
                text,
            });
        }
    }
    let outcome = match (counted > 0, not_counted.is_empty()) {
        (true, true) => Outcome::Counted,
        (true, false) => Outcome::Partly,
        (false, _) => Outcome::NotCounted,
    };
    let (minutes, count) = measured(first.measure, counted);
    RecordOutcome { minutes, count, outcome, not_counted, ..empty }
}

/// The amount as minutes or as a count.
pub(super) fn measured(measure: Measure, amount: u64) -> (Option<u64>, Option<u64>) {
    match measure {
        Measure::Minutes => (Some(amount), None),
        Measure::Count => (None, Some(amount)),
    }
}

/// Ids of all records: by list, then by day, then by id.
fn ids(record: &Record) -> Vec<&str> {
    let mut all: Vec<(u8, Option<chrono::NaiveDate>, &str)> = Vec::new();
    all.extend(record.applications.iter().map(|fact| (0, fact.received_on, fact.id.as_str())));
    all.extend(record.learning.iter().map(|fact| (1, Some(fact.completed_on), fact.id.as_str())));
    all.extend(record.service.iter().map(|fact| (2, Some(fact.from), fact.id.as_str())));
    all.extend(record.exams.iter().map(|fact| (3, Some(fact.on), fact.id.as_str())));
    all.extend(record.attestations.iter().map(|fact| (4, Some(fact.on), fact.id.as_str())));
    all.extend(record.employment.iter().map(|fact| (5, Some(fact.from), fact.id.as_str())));
    all.extend(record.credentials.iter().map(|fact| (6, fact.issued_on, fact.id.as_str())));
    all.extend(record.carry_over.iter().map(|fact| (7, Some(fact.from_term), fact.id.as_str())));
    all.extend(record.events.iter().map(|fact| (8, Some(fact.on), fact.id.as_str())));
    all.extend(record.decisions.iter().map(|fact| (9, Some(fact.on), fact.id.as_str())));
    all.extend(record.holds.iter().map(|fact| (10, Some(fact.from), fact.id.as_str())));
    all.sort_unstable();
    all.into_iter().map(|(_, _, id)| id).collect()
}
