//! Days that count, from the few days that a person without a term or an event has.

use super::super::calendar::age_on;
use super::super::pack::model::Age;
use super::super::pack::phrase::{Anchor, Window};
use super::days::{Months, date, number};
use super::roll::Head;

/// First and last day that count.
pub(super) type Bounds = (i32, i32);

/// No day counts.
pub(super) const NEVER: Bounds = (i32::MAX, i32::MIN);

/// What was known by the day asked about: an application of a later day is none, with all its days.
pub(super) fn known(head: &Head) -> Head {
    let by_then = |day: Option<i32>| day.filter(|day| *day <= head.as_of);
    if head.received.is_some_and(|day| day > head.as_of) {
        return Head { received: None, complete: None, approved: None, ..*head };
    }
    Head { complete: by_then(head.complete), approved: by_then(head.approved), ..*head }
}

/// The day an anchor stands for; an application that is not there yet would be today's.
pub(super) fn day_of(anchor: &Anchor, head: &Head) -> Option<i32> {
    match anchor {
        Anchor::Application => Some(head.received.unwrap_or(head.as_of)),
        Anchor::ApplicationComplete => head.complete,
        Anchor::ApplicationApproved => head.approved,
        Anchor::Birth => head.born,
        Anchor::Today => Some(head.as_of),
        Anchor::Date(day) => Some(number(*day)),
        // Rules that name these are not simple.
        Anchor::Issue(_)
        | Anchor::TermStart
        | Anchor::TermEnd
        | Anchor::PreviousTermStart
        | Anchor::PreviousTermEnd
        | Anchor::ExamPassed
        | Anchor::Met(_)
        | Anchor::Event { .. } => None,
    }
}

/// The days that lie in `bounds` and in the window.
pub(super) fn within((first, last): Bounds, window: &Window, head: &Head, months: &mut Months) -> Bounds {
    let day = |anchor| day_of(anchor, head);
    let (from, through) = match window {
        Window::Before(length, anchor) => day(anchor).map_or(NEVER, |day| (months.before(*length, day), day)),
        Window::Within(length, anchor) => day(anchor).map_or(NEVER, |day| (day, months.after(*length, day))),
        Window::Since(anchor) => day(anchor).map_or(NEVER, |day| (day, i32::MAX)),
        Window::After(anchor) => day(anchor).map_or(NEVER, |day| (day.saturating_add(1), i32::MAX)),
        Window::Through(anchor) => (i32::MIN, day(anchor).unwrap_or(i32::MAX)),
        Window::Earlier(anchor) => (i32::MIN, day(anchor).map_or(i32::MAX, |day| day.saturating_sub(1))),
        Window::AtLeastBefore(length, anchor) => {
            (i32::MIN, day(anchor).map_or(i32::MAX, |day| months.before(*length, day)))
        }
        Window::AtLeastAfter(length, anchor) => day(anchor).map_or(NEVER, |day| (months.after(*length, day), i32::MAX)),
        Window::NoLimit => (i32::MIN, i32::MAX),
        // Rules that have these are not simple.
        Window::ThisTerm | Window::WhileHolding(_) => NEVER,
    };
    (first.max(from), last.min(through))
}

/// Whether a person is of an age.
pub(super) fn is_of_age(age: &Age, head: &Head) -> bool {
    let Some(born) = head.born else { return false };
    let years = age_on(date(born), date(day_of(&age.on, head).unwrap_or(head.as_of)));
    age.at_least.is_none_or(|least| years >= least) && age.at_most.is_none_or(|most| years <= most)
}
