//! Repeats: the same course a second time counts for nothing or half, in the window or within so long.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::pack::model::{Hours, Repeats};
use super::super::reason::Reason;
use super::entry::{Entry, Source, Verdict};
use super::loss::Step;
use super::offer::Offer;

/// Takes away what is a repeat; older entries come first and are the ones that count.
pub(super) fn refuse(as_of: NaiveDate, hours: &Hours, entries: &[Entry<'_>], offers: &mut [Offer]) {
    let mut seen = Seen::default();
    for (entry, offer) in entries.iter().zip(offers) {
        if !seen.again(as_of, hours, entry, offer.minutes() > 0) {
            continue;
        }
        match hours.repeats {
            Repeats::Half => offer.change(Step::Half, Reason::PartialRepeat),
            Repeats::Refused | Repeats::Counted => offer.refuse(Reason::Repeated),
        }
    }
}

/// A course by its provider, where that matters, and its name.
type Course<'r> = (Option<&'r str>, &'r str);

/// The courses that were there already, with the day that counts.
#[derive(Debug, Default)]
pub(super) struct Seen<'r> {
    before: BTreeMap<Course<'r>, NaiveDate>,
}

impl<'r> Seen<'r> {
    /// Whether an entry is a repeat; entries come in the order of their days. `counts`: it would count otherwise.
    pub(super) fn again(&mut self, as_of: NaiveDate, hours: &Hours, entry: &Entry<'r>, counts: bool) -> bool {
        if hours.repeats == Repeats::Counted {
            return false;
        }
        let Some(course) = course(hours, entry) else { return false };
        // With a length of time a course of an earlier term is looked at too, whatever it counts here.
        if !counts && (hours.repeats_within.is_none() || entry.standing(as_of) != Verdict::Yes) {
            return false;
        }
        let near = |day: &NaiveDate| hours.repeats_within.is_none_or(|within| entry.first <= within.after(*day));
        if self.before.get(&course).is_some_and(near) {
            return true;
        }
        self.before.insert(course, entry.first);
        false
    }
}

/// What makes two entries the same course.
fn course<'r>(hours: &Hours, entry: &Entry<'r>) -> Option<Course<'r>> {
    let Source::Learning(learning) = entry.source else { return None };
    let course = learning.equivalent_to.as_deref().or(learning.course.as_deref())?;
    let provider = learning.provider.as_deref().filter(|_| !hours.any_provider);
    Some((provider, course))
}
