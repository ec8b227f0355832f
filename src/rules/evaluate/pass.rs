//! What came of a sitting: the one place that says what a pass is, for exam rules, for lists of people and for the day
//! `exam passed`. It looks at the sitting alone: windows, attempts and waiting times are the rule's.

use chrono::NaiveDate;

use super::super::amount::Decimal;
use super::super::pack::Version;
use super::super::pack::model::{Asks, Exam, Mark, Rule};
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::super::record::{ExamAttempt, Record};
use super::exam_parts::Parts;

/// What a sitting says of itself, whatever its day.
#[derive(Debug, Clone, Copy, Default)]
pub struct Result<'a> {
    /// What came of it.
    pub outcome: Option<&'a str>,
    /// What is held of the fact.
    pub status: Option<&'a str>,
    /// The score.
    pub score: Option<&'a str>,
    /// Its scale.
    pub scale: Option<&'a str>,
    /// The mark of those who gave it.
    pub pass_mark: Option<&'a str>,
}

impl<'a> From<&'a ExamAttempt> for Result<'a> {
    fn from(attempt: &'a ExamAttempt) -> Self {
        Self {
            outcome: attempt.outcome.as_ref().map(|outcome| outcome.as_str()),
            status: attempt.status.as_ref().map(|status| status.as_str()),
            score: attempt.score.as_deref(),
            scale: attempt.scale.as_deref(),
            pass_mark: attempt.pass_mark.as_deref(),
        }
    }
}

/// What came of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It is no sitting any more.
    Voided,
    /// It is not believed.
    Rejected,
    /// Nobody came.
    NoShow,
    /// It is disputed, or under appeal.
    Disputed,
    /// The result is held back.
    Withheld,
    /// A result: a pass, none, or one that cannot be told.
    Sat(Option<bool>),
}

impl Came {
    /// Why it is no sitting with a result, whatever the result.
    #[must_use]
    pub const fn refused(self) -> Option<Reason> {
        match self {
            Self::Voided => Some(Reason::Voided),
            Self::Rejected => Some(Reason::Rejected),
            Self::NoShow => Some(Reason::NotAttended),
            Self::Disputed | Self::Withheld | Self::Sat(_) => None,
        }
    }
}

/// What came of a sitting under marks; none: those of who gave the exam decide.
#[must_use]
pub fn came(marks: &[Mark], result: Result<'_>) -> Came {
    match (result.outcome, result.status) {
        (Some("voided"), _) | (_, Some("voided")) => Came::Voided,
        (_, Some("rejected")) => Came::Rejected,
        (Some("no_show"), _) => Came::NoShow,
        (Some("under_appeal"), _) | (_, Some("disputed")) => Came::Disputed,
        (Some("withheld"), _) => Came::Withheld,
        (_, _) => Came::Sat(passes(marks, result)),
    }
}

/// With a score on a scale the pack knows, its mark decides; without one, the outcome does.
fn passes(marks: &[Mark], result: Result<'_>) -> Option<bool> {
    let score = result.score.and_then(Decimal::parse);
    if let Some((score, mark)) = score.zip(mark_for(marks, result.scale)) {
        return Some(score.at_least(mark.least));
    }
    if let Some(outcome) = result.outcome {
        return Some(outcome == "passed");
    }
    let mark = result.pass_mark.and_then(Decimal::parse);
    score.filter(|_| marks.is_empty()).zip(mark).map(|(score, mark)| score.at_least(mark))
}

/// The mark for a score on a scale. One that names no scale is held to a mark for any, or to the only one there is.
fn mark_for<'m>(marks: &'m [Mark], scale: Option<&str>) -> Option<&'m Mark> {
    let same = marks.iter().find(|mark| mark.scale.is_some() && mark.scale.as_deref() == scale);
    let any = || marks.iter().find(|mark| mark.scale.is_none());
    let only = || marks.first().filter(|_| scale.is_none() && marks.len() == 1);
    same.or_else(any).or_else(only)
}

/// Whether a result is official on a day.
#[must_use]
pub fn is_official(attempt: &ExamAttempt, as_of: NaiveDate) -> bool {
    attempt.official == Some(true) && attempt.official_on.is_none_or(|day| day <= as_of)
}

/// The day of the first pass that stands on a day, whichever exam it is of. What a pass is, the exam rules say that name the
/// exam: those for this purpose, else those for others; of an exam that none names, its own result.
#[must_use]
pub(super) fn first_day(version: &Version, purpose: Purpose, record: &Record, as_of: NaiveDate) -> Option<NaiveDate> {
    first_day_from(version, purpose, record, (NaiveDate::MIN, as_of))
}

/// The first such day, of what was sat on these days; a pass has to stand on the last of them.
#[must_use]
pub(super) fn first_day_from(
    version: &Version,
    purpose: Purpose,
    record: &Record,
    (from, as_of): (NaiveDate, NaiveDate),
) -> Option<NaiveDate> {
    let is_meant = |attempt: &&ExamAttempt| from <= attempt.on && attempt.on <= as_of;
    let mut attempts: Vec<&ExamAttempt> = record.exams.iter().filter(is_meant).collect();
    if attempts.is_empty() {
        return None;
    }
    attempts.sort_by_key(|attempt| (attempt.on, attempt.id.as_str()));
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (other, rules) in &version.purposes {
        exams(&rules.rules, if *other == purpose { &mut own } else { &mut others });
    }
    let names = |exams: &[&Exam], attempt: &ExamAttempt| exams.iter().any(|exam| exam.exams.contains(&attempt.exam));
    let by_own = own.iter().filter_map(|exam| first_of(exam, &attempts, as_of, |_| true));
    let left = |attempt: &ExamAttempt| !names(&own, attempt);
    let by_others = others.iter().filter_map(|exam| first_of(exam, &attempts, as_of, left));
    let unnamed = attempts.iter().filter(|attempt| left(attempt) && !names(&others, attempt));
    let unnamed = unnamed
        .filter(|attempt| came(&[], (**attempt).into()) == Came::Sat(Some(true)) && is_official(attempt, as_of))
        .map(|attempt| attempt.on);
    by_own.chain(by_others).chain(unnamed).min()
}

/// All exams that rules and their branches ask for.
fn exams<'v>(rules: &'v [Rule], into: &mut Vec<&'v Exam>) {
    for rule in rules {
        match &rule.asks {
            Asks::Exam(exam) => into.push(exam),
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => exams(branches, into),
            _ => {}
        }
    }
}

/// The first of these attempts, in the order of their days, that passes one exam.
fn first_of(
    exam: &Exam,
    attempts: &[&ExamAttempt],
    as_of: NaiveDate,
    is_meant: impl Fn(&ExamAttempt) -> bool,
) -> Option<NaiveDate> {
    let mut parts = Parts::of(exam);
    let mut named = attempts.iter().filter(|attempt| exam.exams.contains(&attempt.exam) && is_meant(attempt));
    let stands = |attempt: &&&ExamAttempt| match came(&exam.marks, (**attempt).into()) {
        Came::Sat(whole) => {
            let passed = parts.sat(attempt, whole) == Some(true);
            passed && (exam.preliminary_counts || is_official(attempt, as_of))
        }
        _ => false,
    };
    named.find(stands).map(|attempt| attempt.on)
}
