//! Whether an entry counts under a rule at all: attributes, days, approval, supervisor, attendance.

use chrono::NaiveDate;

use super::super::amount::Decimal;
use super::super::pack::Version;
use super::super::pack::model::{Approval, Hours, Need};
use super::super::reason::Reason;
use super::super::record::Approval as Given;
use super::entry::{Entry, Source, Verdict};
use super::moments::Span;

/// How far an entry came, with the verdict: the rule in which it came furthest gives the reason people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) steps: u8,
}

/// How far an entry came that a rule about some topics alone does not speak of: further than one of another kind, less far
/// than one that was looked at.
pub(super) const OTHER_TOPIC: u8 = 1;

/// Judges an entry by everything but its topics and its days.
pub(super) fn judge(version: &Version, hours: &Hours, entry: &Entry<'_>, as_of: NaiveDate) -> Judged {
    let mut pending = None;
    let checks: [&dyn Fn() -> Verdict; 6] = [
        &|| no_if(entry.refused_by(&hours.filter)),
        &|| entry.standing(as_of),
        &|| hours.approval.as_ref().map_or(Verdict::Yes, |asked| approved(version, asked, entry)),
        &|| supervised(hours, entry),
        &|| attended(hours, entry),
        &|| used_or_small(version, hours, entry),
    ];
    let mut steps = OTHER_TOPIC + 1;
    for check in checks {
        match check() {
            Verdict::Yes => {}
            Verdict::Pending(reason) => pending = pending.or(Some(reason)),
            // Of another kind, or in a unit that has no size here: it was never meant for this rule.
            no @ Verdict::No(Reason::WrongKind) => return Judged { verdict: no, steps: 0 },
            no @ Verdict::No(_) => return Judged { verdict: no, steps },
        }
        steps += 1;
    }
    Judged { verdict: pending.map_or(Verdict::Yes, Verdict::Pending), steps }
}

fn no_if(reason: Option<Reason>) -> Verdict {
    reason.map_or(Verdict::Yes, Verdict::No)
}

/// Why days outside the windows do not count.
pub(super) fn outside(spans: &[Span], entry: &Entry<'_>) -> Option<Reason> {
    spans.iter().find_map(|span| span.refuses(entry.first, entry.last))
}

/// Approval on the entry's last day.
pub(super) fn approved(version: &Version, asked: &Approval, entry: &Entry<'_>) -> Verdict {
    approved_on(version, asked, entry.last, entry.approvals())
}

/// Approval on a day of what is said to be approved, or not, and by whom.
pub(in super::super) fn approved_on(
    version: &Version,
    asked: &Approval,
    day: NaiveDate,
    (short, given): (Option<bool>, &[Given]),
) -> Verdict {
    if !asked.completed.contains(day) {
        return Verdict::Yes;
    }
    let board = asked.by.iter().any(|by| by == "board");
    let of_ours = |approval: &&Given| {
        asked.by.contains(&approval.by)
            || board && (approval.by == version.region || approval.by == version.credential || approval.by == "board")
    };
    let good = |approval: &Given| {
        approval.from.is_none_or(|from| from <= day)
            && approval.through.is_none_or(|through| day <= through)
            && approval.withdrawn_on.is_none_or(|withdrawn| day < withdrawn)
            && (asked.lists.is_empty() || asked.lists.iter().any(|list| approval.lists.contains(list)))
    };
    let mut ours = given.iter().filter(of_ours).peekable();
    if ours.peek().is_some() {
        return if ours.any(good) { Verdict::Yes } else { Verdict::No(Reason::NotApproved) };
    }
    match short.filter(|_| board) {
        Some(true) if asked.lists.is_empty() => Verdict::Yes,
        Some(false) => Verdict::No(Reason::NotApproved),
        // Approvals by others do not say what this board thinks.
        _ => Verdict::Pending(Reason::NotApproved),
    }
}

fn supervised(hours: &Hours, entry: &Entry<'_>) -> Verdict {
    let Source::Service(service) = entry.source else { return Verdict::Yes };
    match service.supervisor_eligible {
        _ if !hours.supervisor_eligible => Verdict::Yes,
        Some(true) => Verdict::Yes,
        Some(false) => Verdict::No(Reason::SupervisorNotEligible),
        None => Verdict::Pending(Reason::SupervisorNotEligible),
    }
}

fn attended(hours: &Hours, entry: &Entry<'_>) -> Verdict {
    let Source::Learning(learning) = entry.source else { return Verdict::Yes };
    if learning.outcome.as_ref().is_some_and(|outcome| outcome.is("not_yet")) {
        return Verdict::No(Reason::EvidenceMissing);
    }
    let Some(asked) = hours.attendance else { return Verdict::Yes };
    let Some(there) = &learning.attendance else { return Verdict::No(Reason::EvidenceMissing) };
    let [held, attended, excused] = [there.held_minutes, there.attended_minutes, there.excused_minutes].map(u64::from);
    match asked.is_enough(held, attended, excused) {
        true => Verdict::Yes,
        false if held == 0 => Verdict::No(Reason::EvidenceMissing),
        false => Verdict::No(Reason::NotAttended),
    }
}

fn used_or_small(version: &Version, hours: &Hours, entry: &Entry<'_>) -> Verdict {
    let counts = matches!(hours.need, Need::Count(_));
    let Some(all) = gross(version, entry) else {
        // What is counted in pieces need not say how long it was, unless a size is asked for.
        return match (counts, hours.minimum_size) {
            (true, 0) => Verdict::Yes,
            (true, _) => Verdict::No(Reason::EvidenceMissing),
            (false, _) => Verdict::No(Reason::WrongKind),
        };
    };
    if usable(version, hours, entry) == 0 && is_used(version, hours, entry) {
        return Verdict::No(Reason::UsedElsewhere);
    }
    if all < hours.minimum_size {
        let silent = counts && all == 0;
        return Verdict::No(if silent { Reason::EvidenceMissing } else { Reason::BelowMinimumSize });
    }
    Verdict::Yes
}

/// Whether any of it was used for another credential, where the rule cares.
fn is_used(version: &Version, hours: &Hours, entry: &Entry<'_>) -> bool {
    let Source::Learning(learning) = entry.source else { return false };
    hours.refuses_used && learning.used_for.iter().any(|used| used.credential != version.credential)
}

/// All minutes of an entry, converted, at most `u32::MAX`; `None` where this board gives its unit no size.
pub(super) fn gross(version: &Version, entry: &Entry<'_>) -> Option<u64> {
    match entry.source {
        Source::Service(service) => service.minutes.map(u64::from),
        Source::Carried(fact) => Some(u64::from(fact.minutes)),
        Source::Learning(learning) => match &learning.amount {
            None => Some(
                learning.minutes.map_or(0, u64::from)
                    + learning.minutes_by_topic.values().map(|n| u64::from(*n)).sum::<u64>(),
            ),
            Some(amount) => {
                let by_course = version.unit_sizes.get(&amount.unit).zip(learning.course.as_ref());
                let own = by_course.and_then(|(sizes, course)| sizes.get(course));
                let size = own.or_else(|| version.units.get(&amount.unit))?;
                let minutes = |value: Decimal| value.times_down(size.minutes_down).min(u64::from(u32::MAX));
                Decimal::parse(&amount.value).map(minutes)
            }
        },
    }
}

/// Minutes already used for another credential, where the rule cares.
pub(super) fn used_elsewhere(version: &Version, hours: &Hours, entry: &Entry<'_>) -> u64 {
    let Source::Learning(learning) = entry.source else { return 0 };
    if !hours.refuses_used {
        return 0;
    }
    let all = gross(version, entry).unwrap_or(0);
    let others = learning.used_for.iter().filter(|used| used.credential != version.credential);
    others.map(|used| used.minutes.map_or(all, u64::from)).sum::<u64>().min(all)
}

fn usable(version: &Version, hours: &Hours, entry: &Entry<'_>) -> u64 {
    gross(version, entry).unwrap_or(0).saturating_sub(used_elsewhere(version, hours, entry))
}
