//! What can be judged by sums at all, and what by sums and days alone.

use super::super::pack::Version;
use super::super::pack::model::{
    Asks, Attestations, Bucket, Condition, Deadline, Exam, Hours, Need, Repeats, Rule, Rules,
};
use super::super::pack::phrase::{Anchor, Window};
use super::super::question::Purpose;
use super::program::Point;

/// What hours have that sums do not decide.
pub(super) fn hours(hours: &Hours) -> Result<(), &'static str> {
    let Hours {
        need: _,
        instead,
        filter: _,
        windows: _,
        approval: _,
        topics_shared,
        any_topic: _,
        shared: _,
        repeats,
        refuses_used: _,
        rounding,
        minimum_size: _,
        attendance: _,
        supervisor_eligible: _,
        per_week,
        per_month,
        ratio,
        buckets,
        caps,
        pace,
        period: _,
        scale,
        counted_in,
        repeats_within,
        any_provider: _,
        whole,
        // Of minutes that were carried: who has some is odd where a rule takes them.
        carry: _,
    } = hours;
    let unplain = [
        (!instead.is_empty(), "another total for some"),
        (*topics_shared, "topics that share minutes"),
        (*repeats != Repeats::Counted || repeats_within.is_some(), "repeats"),
        (rounding.is_some(), "rounding"),
        (per_week.is_some() || per_month.is_some(), "a limit by week or month"),
        (ratio.is_some(), "a ratio"),
        (*whole, "records that stay whole"),
        (counted_in.is_some(), "a number of units"),
        (!pace.is_empty(), "a pace"),
        (scale.is_some(), "amounts that grow"),
        (
            matches!(hours.need, Need::Count(_)) && !(buckets.is_empty() && caps.is_empty()),
            "a number of entries in parts",
        ),
        (
            caps.iter().any(|cap| cap.in_force.from.is_some() || cap.in_force.through.is_some()),
            "days on which a cap holds",
        ),
    ];
    match unplain.into_iter().find(|(is, _)| *is) {
        Some((_, what)) => Err(what),
        None => buckets.iter().try_for_each(bucket),
    }
}

fn bucket(bucket: &Bucket) -> Result<(), &'static str> {
    let Bucket {
        id: _,
        label: _,
        citation: _,
        parent: _,
        topics: _,
        of: _,
        need: _,
        at_most: _,
        filter: _,
        windows,
        approval: _,
        in_force,
        when,
        surplus_refused: _,
        independent: _,
        line: _,
    } = bucket;
    if windows.is_some() || in_force.from.is_some() || in_force.through.is_some() {
        return Err("days of a part");
    }
    if when.is_empty() { Ok(()) } else { Err("conditions of a part") }
}

/// Conditions of a rule that only its learner's hours decide, or that may stay open.
pub(super) fn conditions(rule: &Rule) -> Result<(), &'static str> {
    let any = |is: fn(&Condition) -> bool| {
        let guards = [&rule.when, &rule.unless, &rule.waived_when];
        guards.into_iter().flatten().flat_map(|guard| &guard.0).any(is)
    };
    if any(|condition| matches!(condition, Condition::Learned(..) | Condition::NeverLearned(..))) {
        return Err("conditions about hours");
    }
    if any(|condition| matches!(condition, Condition::Age(_))) {
        return Err("conditions about an age");
    }
    Ok(())
}

/// Several of the branches, of which some may not be asked of everybody: then which hours compete depends on that.
pub(super) fn branches(wanted: u32, branches: &[Rule]) -> Result<(), &'static str> {
    let open = |rule: &Rule| !always_asked(rule) || may_not_be_due(rule);
    if wanted > 1 && branches.iter().any(asks_for_hours) && branches.iter().any(open) {
        return Err("several of the branches, some with conditions");
    }
    Ok(())
}

fn always_asked(rule: &Rule) -> bool {
    rule.when.is_empty()
        && rule.unless.is_empty()
        && rule.waived_when.is_empty()
        && rule.in_force.from.is_none()
        && rule.in_force.through.is_none()
}

fn may_not_be_due(rule: &Rule) -> bool {
    matches!(&rule.asks, Asks::Learning(hours) | Asks::Service(hours) if hours.period.is_some())
}

/// Whether hours have a part in a rule.
pub(super) fn asks_for_hours(rule: &Rule) -> bool {
    match &rule.asks {
        Asks::Learning(_) | Asks::Service(_) => true,
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().any(asks_for_hours),
        _ => false,
    }
}

/// Whether nothing above the rules has to be looked at, for a person without a term, an event or a decision.
pub(super) fn alone_decides(version: &Version, rules: &Rules, purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Initial | Purpose::Reciprocity)
        && version.orders.is_empty()
        && version.holds.iter().all(|hold| hold.everyone.is_none())
        && rules.waited_for.is_empty()
        && rules.rungs.is_empty()
        && !rules.deadlines.iter().any(|Deadline { filed, .. }| *filed)
}

/// Whether sums and days alone decide a rule.
pub(super) fn is_simple(rule: &Rule, point: Point) -> bool {
    if !always_asked(rule) {
        return false;
    }
    match (&rule.asks, point) {
        (Asks::Learning(hours) | Asks::Service(hours), _) => hours.period.is_none() && known(&hours.windows),
        (Asks::Exam(exam), _) => exam_is_simple(exam),
        (Asks::Attestation(wanted), _) => statement_is_simple(wanted),
        (Asks::Age(age), _) => is_known(&age.on),
        (Asks::Decision, _) => true,
        _ => false,
    }
}

fn exam_is_simple(exam: &Exam) -> bool {
    let Exam {
        exams: _,
        marks: _,
        parts,
        parts_kept: _,
        windows,
        attempts,
        wait,
        remediation,
        valid_for,
        preliminary_counts,
    } = exam;
    attempts.is_none()
        && wait.is_none()
        && remediation.is_none()
        && valid_for.is_none()
        && parts.is_empty()
        && !preliminary_counts
        && known(windows)
}

fn statement_is_simple(wanted: &Attestations) -> bool {
    let Attestations {
        kind: _,
        values: _,
        each_value,
        count: _,
        different_people,
        windows,
        by: _,
        moments,
        at_least,
        at_most,
        since_at_least,
        renewed_every,
    } = wanted;
    !each_value
        && !different_people
        && moments.is_empty()
        && renewed_every.is_none()
        && at_least.is_none()
        && at_most.is_none()
        && since_at_least.is_none()
        && known(windows)
}

/// Windows whose days a person without a term or an event has.
fn known(windows: &[Window]) -> bool {
    windows.iter().all(|window| match window {
        Window::NoLimit => true,
        of_a_day => of_a_day.anchor().is_some_and(is_known),
    })
}

fn is_known(anchor: &Anchor) -> bool {
    match anchor {
        Anchor::Application
        | Anchor::ApplicationComplete
        | Anchor::ApplicationApproved
        | Anchor::Birth
        | Anchor::Today
        | Anchor::Date(_) => true,
        Anchor::Issue(_)
        | Anchor::TermStart
        | Anchor::TermEnd
        | Anchor::PreviousTermStart
        | Anchor::PreviousTermEnd
        | Anchor::ExamPassed
        | Anchor::Met(_)
        | Anchor::Event { .. } => false,
    }
}
