//! Everything about a person but their hours, judged before hours are: for the flat tables of `bulk`, which sum up
//! hours by themselves. The same judgment as for a whole answer, asked of a record whose hours are left out.

use chrono::NaiveDate;

use super::super::evaluation::Status;
use super::super::pack::Version;
use super::super::pack::model::{Approval, Asks, Hours, Need, Rule, Rules};
use super::super::question::Question;
use super::super::record::{Approval as Given, Record};
use super::accept::approved_on;
use super::asked::Asked;
use super::entry::Verdict;
pub(in super::super) use super::facts::of_age;
pub(in super::super) use super::hours::{lack, missing_of, unit_of};
use super::moments::Span;
pub(in super::super) use super::plain::lacking;
use super::{gather, period, tree};

/// What is settled for one person without their hours.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Beside {
    /// For each rule asked about its status; none: its hours or its branches decide.
    pub(in super::super) said: Vec<Option<Status>>,
    /// For each rule asked about the first and last day that count for its hours; none where no day does.
    pub(in super::super) days: Vec<Option<(NaiveDate, NaiveDate)>>,
    /// What stands above the rules does not let any status but `not_applicable` be more than `not_met`.
    pub(in super::super) bars: bool,
    /// Nor `not_applicable`.
    pub(in super::super) shuts: bool,
}

/// Judges `rules`, each with its branches after it, for a stage. None: the days that count lie in several pieces, or hang on
/// somebody's word; or so does the whole answer, whatever the hours say.
pub(in super::super) fn beside(
    version: &Version,
    record: &Record,
    question: &Question,
    stage: usize,
    rules: &[&Rule],
) -> Option<Beside> {
    let nothing = Rules::default();
    let asked = gather(version, record, question, Some(stage), &nothing);
    if !asked.moments.hoped.is_empty() {
        return None;
    }
    let mut found = Beside { said: Vec::with_capacity(rules.len()), ..Beside::default() };
    for rule in rules {
        let said = said(&asked, rule);
        let days = match &rule.asks {
            Asks::Learning(hours) | Asks::Service(hours) if said.is_none() => {
                days(&period::spans(&asked, &rule.id, asked.hours(rule, hours)))?
            }
            _ => None,
        };
        found.said.push(said);
        found.days.push(days);
    }
    let above = |status| super::above(&asked, status);
    found.bars = above(Status::Met) == Status::NotMet;
    found.shuts = above(Status::NotApplicable) == Status::NotMet;
    // What is met by the rules and left to the board by what stands above them is for the whole evaluator.
    (above(Status::Met) != Status::Undecided).then_some(found)
}

/// A rule's status where hours have no part in it.
fn said(asked: &Asked<'_>, rule: &Rule) -> Option<Status> {
    if let Some(status) = tree::state(asked, rule) {
        return Some(status);
    }
    match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => {
            (!period::is_due(asked, hours)).then_some(Status::NotApplicable)
        }
        Asks::AnyOf(..) | Asks::AllOf(_) => None,
        _ => Some(tree::alone(asked, rule).status()),
    }
}

/// The days that all spans let count. The outer none: they are not one stretch; the inner: there is no such day.
#[expect(clippy::option_option, reason = "no stretch and several stretches are different answers")]
fn days(spans: &[Span]) -> Option<Option<(NaiveDate, NaiveDate)>> {
    let (mut first, mut last) = (NaiveDate::MIN, NaiveDate::MAX);
    for span in spans {
        let (from, through) = match span {
            Span::Days(from, through, ..) => (*from, *through),
            Span::Any(ranges, _) => match ranges.as_slice() {
                [] => return Some(None),
                [one] => *one,
                _ => return None,
            },
        };
        (first, last) = (first.max(from), last.min(through));
    }
    Some((first <= last).then_some((first, last)))
}

/// Whether a rule about hours takes them for itself, so that they count in no other one.
pub(in super::super) fn competes(hours: &Hours) -> bool {
    !(hours.shared || hours.topics_shared || matches!(hours.need, Need::Count(_)))
}

/// Whether an approval that is asked for was there on a day; none: somebody has yet to say.
pub(in super::super) fn approved(
    version: &Version,
    asked: &Approval,
    day: NaiveDate,
    said: (Option<bool>, &[Given]),
) -> Option<bool> {
    match approved_on(version, asked, day, said) {
        Verdict::Yes => Some(true),
        Verdict::No(_) => Some(false),
        Verdict::Pending(_) => None,
    }
}
