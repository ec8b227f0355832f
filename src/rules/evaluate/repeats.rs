//! Repeats: the same course a second time counts for nothing or half, in the window or within so long.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::pack::model::{Hours, Repeats};
use super::super::reason::Reason;
use super::entry::{Entry, Source, Verdict};
use super::offer::Offer;

/// Takes away what is a repeat; older entries come first and are the ones that count.
pub(super) fn refuse(as_of: NaiveDate, hours: &Hours, entries: &[Entry<'_>], offers: &mut [Offer]) {
    if hours.repeats == Repeats::Counted {
        return;
    }
    let mut before: BTreeMap<(Option<&str>, &str), NaiveDate> = BTreeMap::new();
    for (entry, offer) in entries.iter().zip(offers) {
        let Some(course) = course(hours, entry) else { continue };
        // With a length of time a course of an earlier term is looked at too, whatever it counts here.
        let happened = offer.minutes() > 0 || hours.repeats_within.is_some() && entry.standing(as_of) == Verdict::Yes;
        if !happened {
            continue;
        }
        let again = |day: &NaiveDate| hours.repeats_within.is_none_or(|within| entry.first <= within.after(*day));
        if !before.get(&course).is_some_and(again) {
            before.insert(course, entry.first);
            continue;
        }
        match hours.repeats {
            Repeats::Half => offer.lose(offer.minutes().div_ceil(2), Reason::PartialRepeat),
            Repeats::Refused | Repeats::Counted => offer.lose(offer.minutes(), Reason::Repeated),
        }
    }
}

/// What makes two entries the same course.
fn course<'r>(hours: &Hours, entry: &Entry<'r>) -> Option<(Option<&'r str>, &'r str)> {
    let Source::Learning(learning) = entry.source else { return None };
    let course = learning.equivalent_to.as_deref().or(learning.course.as_deref())?;
    let provider = learning.provider.as_deref().filter(|_| !hours.any_provider);
    Some((provider, course))
}
