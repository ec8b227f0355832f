//! Accounting: every record of the input once, with what counts and what does not.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::evaluation::{NotCounted, Outcome, RecordOutcome};
use super::super::explain;
use super::super::lang::Lang;
use super::super::reason::Reason;
use super::super::record::{CarryOver, Learning, Record, Service};

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

    /// The same where the rule's branch was not taken: a record of its kind is still nearer to it than to rules about
    /// others.
    pub(super) fn in_branch_not_taken(mut self) -> Self {
        self.steps = self.steps.min(1);
        if self.counted > 0 {
            self.lost.insert(0, (self.counted, Reason::Surplus));
            self.counted = 0;
            self.steps = 0;
        }
        self
    }
}

/// One outcome for each record.
pub(super) fn outcomes(record: &Record, said: &[Said]) -> Vec<RecordOutcome> {
    let mut by_record: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
    for one in said {
        by_record.entry(&one.record).or_default().push(one);
    }
    let said = |id: &str| by_record.get(id).map_or(&[][..], Vec::as_slice);
    facts(record).into_iter().map(|fact| outcome(&fact, said(fact.id))).collect()
}

/// A record of the input.
struct Fact<'r> {
    id: &'r str,
    timed: Timed<'r>,
    is_exam: bool,
}

/// Where a record's minutes stand, for those that have any.
enum Timed<'r> {
    Learning(&'r Learning),
    Service(&'r Service),
    Carried(&'r CarryOver),
    Not,
}

impl Fact<'_> {
    /// The minutes that it states itself.
    fn stated(&self) -> u64 {
        match self.timed {
            Timed::Learning(fact) if fact.amount.is_none() => {
                let settled: u64 = fact.minutes_by_topic.values().map(|minutes| u64::from(*minutes)).sum();
                u64::from(fact.minutes.unwrap_or(0)) + settled
            }
            Timed::Service(fact) => u64::from(fact.minutes.unwrap_or(0)),
            Timed::Carried(fact) => u64::from(fact.minutes),
            Timed::Learning(_) | Timed::Not => 0,
        }
    }
}

/// All that rules say of a record. Each speaks of what the other exclusive rules have left it, so theirs comes on top, as
/// far as the record states so much.
fn whole(said: &[&Said], fact: &Fact<'_>) -> u64 {
    let sum = |one: &Said| one.counted + one.lost.iter().map(|(amount, _)| amount).sum::<u64>();
    let most = said.iter().map(|one| sum(one)).max().unwrap_or(0);
    let exclusive = || said.iter().filter(|one| !one.shared);
    if exclusive().count() < 2 {
        return most;
    }
    let placed: u64 = exclusive().map(|one| one.counted).sum();
    let all = exclusive().map(|one| sum(one) + (placed - one.counted)).max().unwrap_or(0);
    most.max(all.min(fact.stated()))
}

/// In minutes where minutes count, in pieces where nothing but pieces does; where nothing counts, as the rule says in
/// which the record came furthest.
fn measure(said: &[&Said]) -> Option<Measure> {
    let counts = |measure: &Measure| said.iter().any(|one| one.measure == *measure && one.counted > 0);
    let furthest = || said.iter().min_by_key(|one| std::cmp::Reverse(one.steps)).map(|one| one.measure);
    [Measure::Minutes, Measure::Count].into_iter().find(counts).or_else(furthest)
}

fn outcome(fact: &Fact<'_>, said: &[&Said]) -> RecordOutcome {
    let empty = RecordOutcome {
        record: fact.id.to_owned(),
        outcome: Outcome::NotRead,
        minutes: None,
        count: None,
        not_counted: Vec::new(),
    };
    let Some(measure) = measure(said) else { return empty };
    let mut quoted: Vec<&Said> = said.iter().copied().filter(|one| one.measure == measure).collect();
    let whole = whole(&quoted, fact);
    let exclusive: u64 = quoted.iter().filter(|one| !one.shared).map(|one| one.counted).sum();
    let counted = quoted.iter().filter(|one| one.shared).map(|one| one.counted).max().unwrap_or(0).max(exclusive);
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
            let said = if fact.is_exam { explain::reason_of_exam } else { explain::reason };
            let text = said(*reason, Lang::En).to_owned();
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
    let (minutes, count) = measured(measure, counted);
    RecordOutcome { minutes, count, outcome, not_counted, ..empty }
}

/// The amount as minutes or as a count.
pub(super) fn measured(measure: Measure, amount: u64) -> (Option<u64>, Option<u64>) {
    match measure {
        Measure::Minutes => (Some(amount), None),
        Measure::Count => (None, Some(amount)),
    }
}

/// Where a record stands in the account: its list, its day, its id.
type Order<'r> = (u8, Option<NaiveDate>, &'r str);

/// The place of exams among the lists.
const EXAMS: u8 = 3;

/// All records: by list, then by day, then by id.
fn facts<'r>(record: &'r Record) -> Vec<Fact<'r>> {
    let mut all: Vec<(Order<'r>, Timed<'r>)> = Vec::new();
    all.extend(record.applications.iter().map(|fact| ((0, fact.received_on, fact.id.as_str()), Timed::Not)));
    let learning = |fact: &'r Learning| ((1, Some(fact.completed_on), fact.id.as_str()), Timed::Learning(fact));
    all.extend(record.learning.iter().map(learning));
    let service = |fact: &'r Service| ((2, Some(fact.from), fact.id.as_str()), Timed::Service(fact));
    all.extend(record.service.iter().map(service));
    all.extend(record.exams.iter().map(|fact| ((EXAMS, Some(fact.on), fact.id.as_str()), Timed::Not)));
    all.extend(record.attestations.iter().map(|fact| ((4, Some(fact.on), fact.id.as_str()), Timed::Not)));
    all.extend(record.employment.iter().map(|fact| ((5, Some(fact.from), fact.id.as_str()), Timed::Not)));
    all.extend(record.credentials.iter().map(|fact| ((6, fact.issued_on, fact.id.as_str()), Timed::Not)));
    let carried = |fact: &'r CarryOver| ((7, Some(fact.from_term), fact.id.as_str()), Timed::Carried(fact));
    all.extend(record.carry_over.iter().map(carried));
    all.extend(record.events.iter().map(|fact| ((8, Some(fact.on), fact.id.as_str()), Timed::Not)));
    all.extend(record.decisions.iter().map(|fact| ((9, Some(fact.on), fact.id.as_str()), Timed::Not)));
    all.extend(record.holds.iter().map(|fact| ((10, Some(fact.from), fact.id.as_str()), Timed::Not)));
    all.sort_unstable_by_key(|(key, _)| *key);
    all.into_iter().map(|((list, _, id), timed)| Fact { id, timed, is_exam: list == EXAMS }).collect()
}
