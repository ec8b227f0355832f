//! The first day on which something that is done would count: after the step it waits for, before its window is over.
//!
//! A rule that waits for another one is judged as if that one were met on the first day on which it could be.

use chrono::NaiveDate;

use super::super::pack::phrase::Window;
use super::asked::Asked;
use super::extended;
use super::moments::{Moments, Span};

/// Windows that move with the day come to rest after a few looks.
const MOST_LOOKS: usize = 16;

/// The first day from `from` on that lies in all windows of a rule; none: nothing done from then on counts.
pub(super) fn day(asked: &Asked<'_>, rule: &str, windows: &[Window], from: NaiveDate) -> Option<NaiveDate> {
    inside(asked, from, |moments| extended::longer(asked, rule, moments.spans(windows)))
}

/// The same for days that are not windows alone.
pub(super) fn inside(
    asked: &Asked<'_>,
    from: NaiveDate,
    spans: impl Fn(&Moments<'_>) -> Vec<Span>,
) -> Option<NaiveDate> {
    if from == asked.as_of && spans(&asked.moments).iter().all(|span| span.refuses(from, from).is_none()) {
        return Some(from);
    }
    let (mut moments, mut day) = (asked.moments.clone(), from);
    for _ in 0..MOST_LOOKS {
        moments.then = Some(day);
        let next = spans(&moments).iter().try_fold(day, |day, span| span.first_from(day))?;
        if next == day {
            return Some(day);
        }
        day = next;
    }
    None
}
