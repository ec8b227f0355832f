//! How hours lie in time: something in every month, spread over half a year, so much a week for ninety days.
//!
//! Each is a child of its rule's node. It reads what counts there and never changes it.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::super::calendar::{Length, next_day, previous_day};
use super::super::evaluation::{Lacking, Note, Requirement, Status};
use super::super::pack::model::{Each, Hours, Least, Pace, Rate, Rule, Spread};
use super::asked::Asked;
use super::busy::{Asking, Busy};
use super::entry::Entry;
use super::moments::Span;
use super::node::{Node, bare, together};
use super::offer::by_day;
use super::rhythm::{name_of, rhythm};

/// What counts of an entry under a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'e, 'r> {
    pub(super) entry: &'e Entry<'r>,
    pub(super) minutes: u64,
    pub(super) pieces: u64,
}

/// What is asked, how much of it is there, and the first day it could be met.
pub(super) struct Held {
    pub(super) unit: &'static str,
    pub(super) needed: u64,
    pub(super) counted: u64,
    pub(super) earliest: Option<NaiveDate>,
    /// Stretches that lack something, by their first days.
    pub(super) lacking: Vec<NaiveDate>,
    /// Those that do and are asked for only if someone confirms the work in them.
    pub(super) unsure: Vec<NaiveDate>,
}

/// Adds the children; the node is met only if they are. `hoped` counts what still waits for someone.
pub(super) fn add(
    asked: &Asked<'_>,
    rule: &Rule,
    hours: &Hours,
    spans: &[Span],
    (certain, hoped): (&[Counted<'_, '_>], &[Counted<'_, '_>]),
    node: &mut Node,
) {
    // Work that waits for someone asks for its stretch as things stand, and for none in the best case.
    let busy = hours.pace.rhythm.as_ref().and_then(|rhythm| Busy::of(asked, rhythm));
    let now = held(asked, &hours.pace, spans, certain, busy.as_ref().map(Busy::cautious));
    let later = held(asked, &hours.pace, spans, hoped, busy.as_ref().map(Busy::best));
    for ((part, held), (_, hoped)) in now.into_iter().zip(later) {
        let mut child = bare(rule, Status::Met);
        child.id = format!("{}.{part}", rule.id);
        child.label = hours.pace.label(part).map_or_else(String::new, |label| label.en.clone());
        fill(&mut child, &held);
        if let Some(rhythm) = &hours.pace.rhythm {
            note_stretches(&mut child, rhythm.each, &held, &hoped);
        }
        child.status = match (held.counted >= held.needed, hoped.counted >= hoped.needed) {
            (true, _) => Status::Met,
            (false, true) => Status::Undecided,
            (false, false) => Status::NotMet,
        };
        if child.status == Status::NotMet {
            node.earliest = node.earliest.zip(held.earliest).map(|(own, other)| own.max(other));
        }
        node.requirement.status = together([node.requirement.status, child.status]);
        node.requirement.requirements.push(child);
    }
}

fn fill(child: &mut Requirement, held: &Held) {
    child.unit = Some(held.unit.to_owned());
    child.needed = Some(held.needed.to_string());
    child.counted = Some(held.counted.min(held.needed).to_string());
    child.missing = Some(held.needed.saturating_sub(held.counted).to_string());
}

/// Says in which stretches there is too little.
fn note_stretches(child: &mut Requirement, each: Each, held: &Held, hoped: &Held) {
    let mut lacking: Vec<NaiveDate> = held.lacking.iter().chain(&held.unsure).copied().collect();
    lacking.sort_unstable();
    let one = |start| Lacking { start, waits: !hoped.lacking.contains(&start) };
    child.stretches = lacking.into_iter().map(one).collect();
    for (code, stretches) in [(Note::TOO_LITTLE_IN, &held.lacking), ("too_little_if_confirmed", &held.unsure)] {
        if !stretches.is_empty() {
            let shown: Vec<String> = stretches.iter().take(12).map(|start| name_of(each, *start)).collect();
            let number = u32::try_from(stretches.len()).ok();
            child.notes.push(Note { about: Some(shown.join(", ")), number, ..Note::of(code) }.said());
        }
    }
}

fn held(
    asked: &Asked<'_>,
    pace: &Pace,
    spans: &[Span],
    counted: &[Counted<'_, '_>],
    busy: Option<Asking<'_>>,
) -> Vec<(&'static str, Held)> {
    let mut all = Vec::new();
    if let Some(wanted) = &pace.rhythm {
        all.push(("rhythm", rhythm(asked, wanted, spans, counted, busy)));
    }
    if let Some((wanted, least)) = pace.spread.as_ref().and_then(|spread| Some((spread, spread.at_least?))) {
        all.push(("spread", spread(asked, wanted, least, counted)));
    }
    if let Some(wanted) = &pace.rate {
        all.push(("rate", rate(asked, wanted, counted)));
    }
    all
}

/// The first day of the stretch a day is in.
pub(in super::super) fn start_of(each: Each, day: NaiveDate) -> NaiveDate {
    match each {
        Each::Week => day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day),
        Each::Month => day.with_day(1).unwrap_or(day),
        Each::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day),
    }
}

/// The first day of the next stretch.
pub(in super::super) fn next_start(each: Each, start: NaiveDate) -> NaiveDate {
    match each {
        Each::Week => Length::Days(7),
        Each::Month => Length::Months(1),
        Each::Quarter => Length::Months(3),
    }
    .after(start)
}

pub(super) const fn unit_of(each: Each) -> &'static str {
    match each {
        Each::Week => "week",
        Each::Month => "month",
        Each::Quarter => "quarter",
    }
}

/// What counts, by stretch: entries in the one they begin in, minutes spread evenly over their days.
pub(super) fn sums(each: Each, least: &Least, counted: &[Counted<'_, '_>]) -> BTreeMap<NaiveDate, u64> {
    let mut sums = BTreeMap::new();
    for one in counted {
        match least {
            Least::Count(_) => *sums.entry(start_of(each, one.entry.first)).or_insert(0) += one.pieces,
            Least::Minutes(_) => {
                for (day, minutes) in by_day(one.entry, one.minutes) {
                    *sums.entry(start_of(each, day)).or_insert(0) += minutes;
                }
            }
        }
    }
    sums
}

fn spread(asked: &Asked<'_>, wanted: &Spread, least: Length, counted: &[Counted<'_, '_>]) -> Held {
    let first = counted.iter().map(|one| one.entry.first).min();
    let last = counted.iter().map(|one| one.entry.last).max();
    let begun = first.unwrap_or(asked.as_of);
    let reached = |n: u32| last.is_some_and(|last| length(least, n).after(begun) <= next_day(last));
    let (unit, needed) = match least {
        Length::Days(days) => ("day", days),
        Length::Months(months) => ("month", months),
    };
    let there = (1..=needed).take_while(|n| reached(*n)).last().unwrap_or(0);
    let ends = previous_day(least.after(begun));
    // Hours that may not lie further apart than they must are not met by waiting once they lie too far back.
    let open = wanted.at_most.is_none_or(|most| asked.as_of < most.after(begun));
    Held {
        unit,
        needed: u64::from(needed),
        counted: u64::from(there),
        earliest: open.then(|| ends.max(asked.as_of)),
        lacking: Vec::new(),
        unsure: Vec::new(),
    }
}

const fn length(like: Length, n: u32) -> Length {
    match like {
        Length::Days(_) => Length::Days(n),
        Length::Months(_) => Length::Months(n),
    }
}

fn rate(asked: &Asked<'_>, wanted: &Rate, counted: &[Counted<'_, '_>]) -> Held {
    let sums = sums(wanted.each, &Least::Minutes(wanted.at_least.clone()), counted);
    let full: Vec<NaiveDate> =
        sums.iter().filter(|(_, minutes)| **minutes >= wanted.at_least.minutes_up).map(|(start, _)| *start).collect();
    let mut runs: Vec<(NaiveDate, u64)> = Vec::new();
    let mut end = None;
    for start in full {
        match runs.last_mut() {
            Some((_, run)) if end == Some(start) => *run += 1,
            _ => runs.push((start, 1)),
        }
        end = Some(next_start(wanted.each, start));
    }
    let needed = |start| periods_in(wanted, start);
    let now = start_of(wanted.each, asked.as_of);
    // The run that comes nearest to what it needs.
    let best = runs.iter().min_by_key(|(start, run)| needed(*start).saturating_sub(*run)).copied();
    let (start, longest) = best.unwrap_or((now, 0));
    // The last stretch is not done before the whole time has gone by, however early in it the hours were worked.
    let last_day = |start| previous_day(wanted.lasts.after(start));
    let counted = if asked.as_of < last_day(start) { longest.min(needed(start).saturating_sub(1)) } else { longest };
    // A run that reaches into this stretch or the last whole one can go on.
    let alive = runs.last().copied().filter(|_| end.is_some_and(|end| end >= now));
    let (from, _) = alive.unwrap_or((now, 0));
    Held {
        unit: unit_of(wanted.each),
        needed: needed(start),
        counted,
        earliest: Some(last_day(from).max(asked.as_of)),
        lacking: Vec::new(),
        unsure: Vec::new(),
    }
}

/// How many stretches from `start` on it takes to last so long.
fn periods_in(wanted: &Rate, start: NaiveDate) -> u64 {
    let goal = wanted.lasts.after(start);
    let (mut day, mut periods) = (start, 0);
    while day < goal && periods < 2_000 {
        day = next_start(wanted.each, day);
        periods += 1;
    }
    periods
}
