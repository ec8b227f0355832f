//! Remediation: after so many failures something has to be done before an exam may be tried again.

use chrono::NaiveDate;

use super::super::evaluation::{Requirement, Status};
use super::super::pack::model::{Attribute, Exam, Filter, Remedy, Rule};
use super::accept::gross;
use super::asked::{Asked, counts};
use super::entry::{Entry, Source, Verdict};
use super::node::bare;

/// Whether something still has to be done before an attempt on `day`.
pub(super) fn due(asked: &Asked<'_>, exam: &Exam, failures: &[NaiveDate], day: NaiveDate) -> bool {
    let Some(remediation) = &exam.remediation else { return false };
    // The last failure after which it is asked.
    let last = failures.iter().zip(1_u32..).filter(|(_, number)| remediation.after.contains(number)).last();
    last.is_some_and(|(failed, _)| !done(asked, &remediation.by, *failed, day))
}

/// Whether it was done after a failure and no later than `day`.
fn done(asked: &Asked<'_>, remedy: &Remedy, failed: NaiveDate, day: NaiveDate) -> bool {
    let between = |on: NaiveDate| failed < on && on <= day.min(asked.as_of);
    let record = asked.record;
    match remedy {
        Remedy::Event(kinds) => {
            record.events.iter().any(|event| between(event.on) && kinds.iter().any(|kind| event.kind.is(kind)))
        }
        Remedy::Attestation(kind) => record.attestations.iter().any(|given| {
            let counts = counts(given.status.as_ref().map(|status| status.as_str()), false);
            between(given.on) && counts && given.kind.is(kind)
        }),
        Remedy::Learning(minutes, filter) => {
            let serves = |entry: &&Entry<'_>| {
                between(entry.last)
                    && entry.standing(asked.as_of) == Verdict::Yes
                    && entry.is_of(filter)
                    && is_about(asked, entry, filter)
            };
            let sum: u64 = asked.learning.iter().filter(serves).filter_map(|entry| gross(asked.version, entry)).sum();
            sum >= *minutes
        }
    }
}

/// Whether learning names a topic that is asked for.
fn is_about(asked: &Asked<'_>, entry: &Entry<'_>, filter: &Filter) -> bool {
    let Some((_, wanted)) = filter.only.iter().find(|(attribute, _)| *attribute == Attribute::Topic) else {
        return true;
    };
    let Source::Learning(learning) = entry.source else { return false };
    let mut named = learning.topics.iter().chain(learning.minutes_by_topic.keys());
    named.any(|name| {
        let topic = asked.version.topic_named(name).and_then(|at| asked.version.topics.get(at));
        topic.is_some_and(|topic| wanted.contains(&topic.id))
    })
}

/// What the answer says of it: asked now, done, or not asked.
pub(super) fn child(
    asked: &Asked<'_>,
    rule: &Rule,
    exam: &Exam,
    failures: &[NaiveDate],
    passed: bool,
) -> Option<Requirement> {
    let remediation = exam.remediation.as_ref()?;
    let asked_for = failures.iter().zip(1_u32..).any(|(_, number)| remediation.after.contains(&number));
    let status = match (asked_for, passed, due(asked, exam, failures, asked.as_of)) {
        (false, _, _) => Status::NotApplicable,
        (true, false, true) => Status::NotMet,
        (true, _, _) => Status::Met,
    };
    let mut child = bare(rule, status);
    (child.id, child.label) = (format!("{}.remediation", rule.id), remediation.label.en.clone());
    Some(child)
}
