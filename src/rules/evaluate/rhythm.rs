//! So much in every week, month or quarter, or in every one in which someone works.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::super::calendar::{next_day, previous_day};
use super::super::evaluation::Requirement;
use super::super::pack::model::{Each, Least, Rhythm};
use super::super::record::Record;
use super::asked::Asked;
use super::busy::Asking;
use super::count::pieces;
use super::entry::Entry;
use super::moments::Span;
use super::pace::{Counted, Held, next_start, start_of, sums, unit_of};

/// No rhythm is followed over more stretches than this.
const MOST_PERIODS: usize = 2_000;

/// What a rhythm asks for and what of it is there; `busy`: it asks only for stretches in which another rule takes something.
pub(super) fn rhythm(
    asked: &Asked<'_>,
    wanted: &Rhythm,
    spans: &[Span],
    counted: &[Counted<'_, '_>],
    busy: Option<Asking<'_>>,
) -> Held {
    let all = || bounds(asked, spans, counted).map_or_else(Vec::new, |days| whole_periods(wanted.each, spans, days));
    let with_work =
        |busy: Asking<'_>| busy.stretches.iter().copied().filter(is_over(wanted.each, asked, spans)).collect();
    let periods: Vec<NaiveDate> = busy.map_or_else(all, with_work);
    let sums = sums(wanted.each, &wanted.at_least, counted);
    let least = match &wanted.at_least {
        Least::Count(count) => u64::from(*count),
        Least::Minutes(amount) => amount.minutes_up,
    };
    let lacking: Vec<NaiveDate> =
        periods.iter().filter(|start| sums.get(start).copied().unwrap_or(0) < least).copied().collect();
    let lacking_ahead = lacking.iter().all(|start| next_start(wanted.each, *start) > asked.as_of);
    let (unsure, short): (Vec<NaiveDate>, Vec<NaiveDate>) =
        lacking.iter().partition(|start| busy.is_some_and(|busy| !busy.certain.contains(start)));
    let needed = u64::try_from(periods.len()).unwrap_or(0);
    Held {
        unit: unit_of(wanted.each),
        needed,
        counted: needed.saturating_sub(u64::try_from(lacking.len()).unwrap_or(0)),
        // What was left out in a month that is over cannot be made up; on its last day it still can.
        earliest: lacking_ahead.then_some(asked.as_of),
        lacking: short,
        unsure,
    }
}

/// The days the windows leave open, up to the day asked about; open windows begin with the first day that counts.
fn bounds(asked: &Asked<'_>, spans: &[Span], counted: &[Counted<'_, '_>]) -> Option<(NaiveDate, NaiveDate)> {
    let (mut from, mut through) = (NaiveDate::MIN, asked.as_of);
    for span in spans {
        let (first, last) = match span {
            Span::Days(first, last, _, _) => (*first, *last),
            Span::Any(ranges, _) => (ranges.first()?.0, ranges.last()?.1),
        };
        (from, through) = (from.max(first), through.min(last));
    }
    if from == NaiveDate::MIN {
        from = counted.iter().map(|one| one.entry.first).min()?;
    }
    (from <= through).then_some((from, through))
}

/// Whole stretches inside the days that count.
fn whole_periods(each: Each, spans: &[Span], (from, through): (NaiveDate, NaiveDate)) -> Vec<NaiveDate> {
    let mut start = start_of(each, from);
    if start < from {
        start = next_start(each, start);
    }
    let mut all = Vec::new();
    while all.len() < MOST_PERIODS {
        let last = previous_day(next_start(each, start));
        if last > through || last < start {
            break;
        }
        if spans.iter().all(|span| span.refuses(start, last).is_none()) {
            all.push(start);
        }
        start = next_day(last);
    }
    all
}

/// Which stretches are over and lie inside the days that count.
fn is_over(each: Each, asked: &Asked<'_>, spans: &[Span]) -> impl Fn(&NaiveDate) -> bool {
    move |start| {
        let last = previous_day(next_start(each, *start));
        last <= asked.as_of && spans.iter().all(|span| span.refuses(*start, last).is_none())
    }
}

/// A stretch by its name: a week by its Monday, `2025-05`, `2025-Q2`.
pub(in super::super) fn name_of(each: Each, start: NaiveDate) -> String {
    match each {
        Each::Week => start.to_string(),
        Each::Month => start.format("%Y-%m").to_string(),
        Each::Quarter => format!("{}-Q{}", start.year(), start.month0() / 3 + 1),
    }
}

/// What counts for a requirement, by stretch, from what its answer says is placed there.
pub(in super::super) fn there(record: &Record, wanted: &Rhythm, found: &Requirement) -> BTreeMap<NaiveDate, u64> {
    let mut minutes = BTreeMap::new();
    placed(found, &mut minutes);
    let entries: Vec<Entry<'_>> = Entry::service(record).into_iter().chain(Entry::learning(record)).collect();
    let mut counted = Vec::new();
    for entry in &entries {
        if let Some(minutes) = minutes.get(entry.id) {
            counted.push(Counted { entry, minutes: *minutes, pieces: pieces(entry) });
        }
    }
    sums(wanted.each, &wanted.at_least, &counted)
}

fn placed<'f>(found: &'f Requirement, minutes: &mut BTreeMap<&'f str, u64>) {
    for one in &found.placed {
        *minutes.entry(&one.record).or_default() += one.minutes.unwrap_or(0);
    }
    found.requirements.iter().for_each(|part| placed(part, minutes));
}
