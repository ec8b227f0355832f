//! Hours that have to lie in time as a rule says: far enough apart, or so much a week for so long.

use chrono::{Days, NaiveDate};

use super::super::calendar::{next_day, previous_day};
use super::super::evaluate::pace::{next_start, start_of};
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Hours, Rate};
use super::super::record::Record;
use super::accepted::record_of;
use super::fill;
use super::lay::Group;
use super::{HORIZON, MINUTES_A_DAY};

/// Adds what a rule's hours lack in time.
pub(super) fn add(
    version: &Version,
    record: &Record,
    now: &Evaluation,
    (hours, learning): (&Hours, bool),
    found: &Requirement,
    group: &mut Group,
) {
    let fact = || record_of(version, now.purpose, hours, None, learning);
    let spread = hours.pace.spread.as_ref().and_then(|spread| spread.at_least);
    if let Some(least) = spread.filter(|_| lacks(found, "spread")) {
        let begun = first_placed(record, found);
        group.spread = Some((begun, least));
        if group.service.is_empty() && group.learning.is_empty() {
            // The hours are there, or none are asked: any more of them on a later day spreads them, and where nothing is
            // there yet, something today and something then.
            let times = if begun.is_some() { 1 } else { 2 };
            (0..times).for_each(|_| fill::push(hours, group, learning, 1, fact()));
        }
    }
    if let Some(rate) = hours.pace.rate.as_ref().filter(|_| !learning && lacks(found, "rate")) {
        // Hours at the rate are hours of the rule; what it lacks beside them is left.
        let days = at_rate(rate, now.as_of);
        let mut planned: u64 = days.iter().map(|(_, minutes)| minutes).sum();
        group.paced.extend(days.into_iter().map(|(day, minutes)| (day, minutes, fact())));
        for (minutes, _) in &mut group.service {
            let less = planned.min(*minutes);
            (*minutes, planned) = (*minutes - less, planned - less);
        }
        group.service.retain(|(minutes, _)| *minutes > 0);
    }
}

/// The days of a rate: so much in each stretch from the next one on, in its first days; the last hour on the last day of the time,
/// before which it is not over.
fn at_rate(rate: &Rate, from: NaiveDate) -> Vec<(NaiveDate, u64)> {
    let (mut start, mut all) = (next_start(rate.each, start_of(rate.each, from)), Vec::new());
    let goal = rate.lasts.after(start);
    let last = from.checked_add_days(Days::new(HORIZON)).unwrap_or(from);
    while start < goal && start < last {
        let (mut left, mut day) = (rate.at_least.minutes_up, start);
        let next = next_start(rate.each, start);
        while left > 0 && day < next {
            let now = left.min(MINUTES_A_DAY);
            all.push((day, now));
            (left, day) = (left - now, next_day(day));
        }
        start = next;
    }
    if let Some((day, _)) = all.last_mut() {
        *day = (*day).max(previous_day(goal).min(last));
    }
    all
}

/// Whether what is asked of the days is not there.
fn lacks(found: &Requirement, part: &str) -> bool {
    let own =
        |child: &&Requirement| child.id.strip_prefix(&found.id).and_then(|rest| rest.strip_prefix('.')) == Some(part);
    found.requirements.iter().find(own).is_some_and(|child| child.status == Status::NotMet)
}

/// The first day of what counts for a requirement.
fn first_placed(record: &Record, found: &Requirement) -> Option<NaiveDate> {
    let mut parts = Vec::new();
    super::open(found, &mut parts);
    let placed = |id: &str| parts.iter().flat_map(|part| &part.placed).any(|placed| placed.record == id);
    let service = record.service.iter().filter(|fact| placed(&fact.id)).map(|fact| fact.from);
    let learning = record.learning.iter().filter(|fact| placed(&fact.id)).map(|fact| fact.completed_on);
    service.chain(learning).min()
}
