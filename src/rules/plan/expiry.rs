//! Minutes that count today and leave their window before the requirement is safe.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::super::evaluate::requirements;
use super::super::evaluation::Requirement;
use super::super::pack::Version;
use super::super::question::Question;
use super::super::reason::Reason;
use super::super::record::Record;

/// How far ahead is looked, in days: two years.
const AHEAD: u64 = 731;

/// How many are told: nobody reads more, and each day on which something falls out is a judgment of its own.
const MOST: usize = 100;

/// Minutes that stop counting on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expiry {
    /// The first day on which they do not count.
    pub on: NaiveDate,
    /// The requirement that has them now.
    pub requirement: String,
    /// The record.
    pub record: String,
    /// What it is called, if it has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// So many minutes.
    pub minutes: u64,
    /// So many more minutes are missing than the day before.
    pub missing_more: u64,
}

/// The first things that fall out, day by day.
pub(super) fn expiring(version: &Version, record: &Record, question: &Question, now: &[Requirement]) -> Vec<Expiry> {
    let mut found = Vec::new();
    if !counts_minutes(now) {
        return found;
    }
    let Some(last) = question.as_of.checked_add_days(Days::new(AHEAD)) else { return found };
    let ask = |day| rows(&requirements(version, record, &Question { as_of: day, ..question.clone() }));
    between(&ask, (question.as_of, &rows(now)), (last, &ask(last)), &mut found);
    found.truncate(MOST);
    for expiry in &mut found {
        let course = record.learning.iter().find(|fact| fact.id == expiry.record);
        expiry.name = course.and_then(|fact| fact.course.clone());
    }
    found
}

/// Splits the days between two answers until those on which something changes stand alone. What has left a window of
/// days that move on does not come back into it, so equal answers have equal ones between them.
fn between(
    ask: &dyn Fn(NaiveDate) -> Vec<Row>,
    (from, before): (NaiveDate, &[Row]),
    (to, after): (NaiveDate, &[Row]),
    found: &mut Vec<Expiry>,
) {
    if before == after || found.len() >= MOST {
        return;
    }
    let days = u64::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0);
    let middle = from.checked_add_days(Days::new(days / 2)).filter(|_| days > 1);
    if let Some(middle) = middle {
        let rows = ask(middle);
        between(ask, (from, before), (middle, &rows), found);
        between(ask, (middle, &rows), (to, after), found);
        return;
    }
    for (old, new) in before.iter().filter_map(|old| Some((old, after.iter().find(|new| new.id == old.id)?))) {
        let missing_more = new.missing.saturating_sub(old.missing);
        let gone =
            new.outside.iter().filter(|(id, _)| missing_more > 0 && !old.outside.iter().any(|(known, _)| known == id));
        for (record, minutes) in gone {
            // A record whose minutes are in several places leaves them all on one day.
            let same = |known: &&mut Expiry| known.on == to && known.requirement == new.id && known.record == *record;
            match found.iter_mut().find(same) {
                Some(known) => known.minutes += minutes,
                None => found.push(Expiry {
                    on: to,
                    requirement: new.id.clone(),
                    record: record.clone(),
                    name: None,
                    minutes: *minutes,
                    missing_more,
                }),
            }
        }
    }
}

/// A rule's missing minutes, and what lies outside its window.
#[derive(PartialEq, Eq)]
struct Row {
    id: String,
    missing: u64,
    outside: Vec<(String, u64)>,
}

fn rows(answer: &[Requirement]) -> Vec<Row> {
    let mut all = Vec::new();
    answer.iter().for_each(|found| super::open(found, &mut all));
    all.into_iter().filter(|found| found.missing_minutes.is_some()).map(row).collect()
}

fn row(found: &Requirement) -> Row {
    let outside = found.not_counted.iter().filter(|lost| lost.reason == Reason::OutsideWindow);
    Row {
        id: found.id.clone(),
        missing: found.missing_minutes.unwrap_or(0),
        outside: outside.map(|lost| (lost.record.clone(), lost.minutes.unwrap_or(0))).collect(),
    }
}

fn counts_minutes(answer: &[Requirement]) -> bool {
    rows(answer).iter().any(|row| row.missing > 0)
        || answer.iter().any(|found| found.counted_minutes.is_some_and(|counted| counted > 0))
}
