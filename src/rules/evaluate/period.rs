//! Requirements with a rhythm of their own: which period is looked at, and whether it is due at this renewal.

use chrono::NaiveDate;

use super::super::calendar::{Length, next_day, previous_day};
use super::super::evaluation::{Note, Status};
use super::super::pack::model::{Clock, Every, Hours, Period};
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::asked::Asked;
use super::extended;
use super::moments::{Moments, Span};
use super::node::Node;

/// The days of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    from: NaiveDate,
    /// None: it ends with a term that has not begun yet.
    through: Option<NaiveDate>,
    /// Whether it has to be met for the question asked.
    due: bool,
}

/// All days that count for a rule about hours: its windows and its period.
pub(super) fn spans(asked: &Asked<'_>, rule: &str, hours: &Hours) -> Vec<Span> {
    let mut spans = asked.moments.spans(&hours.windows);
    spans.extend(of_period(asked, hours));
    extended::longer(asked, rule, spans)
}

fn of_period(asked: &Asked<'_>, hours: &Hours) -> Option<Span> {
    let outside = Reason::OutsideWindow;
    Some(match found(asked, hours.period.as_ref()?) {
        None => Span::Any(Vec::new(), outside),
        Some(found) => {
            let ends_with_term = found.through == asked.moments.term().and_then(|term| term.through);
            let through = found.through.unwrap_or(NaiveDate::MAX);
            let through = if ends_with_term { asked.moments.with_grace(through) } else { through };
            Span::Days(found.from, through, outside, outside)
        }
    })
}

/// The days that would count for what is done later on, as the moments looked ahead to say.
pub(super) fn spans_then(asked: &Asked<'_>, rule: &str, hours: &Hours, moments: &Moments<'_>) -> Vec<Span> {
    let mut spans = moments.spans(&hours.windows);
    // A period that rolls moves with the day.
    let rolls = |period: &&Period| {
        matches!((period.every, period.follows_on), (Every::Long(_), false)) && moments.then.is_some()
    };
    if hours.period.as_ref().is_some_and(|period| !rolls(&period) || asked.question.purpose == Purpose::Renewal) {
        spans.extend(of_period(asked, hours));
    }
    extended::longer(asked, rule, spans)
}

/// Whether a rule has to be met for the question asked: a period that runs on is not due yet.
pub(super) fn is_due(asked: &Asked<'_>, hours: &Hours) -> bool {
    hours.period.as_ref().and_then(|period| found(asked, period)).is_none_or(|found| found.due)
}

/// Says which days the period has; one that is not due yet is not asked this time.
pub(super) fn remark(asked: &Asked<'_>, hours: &Hours, node: &mut Node) {
    let Some(found) = hours.period.as_ref().and_then(|period| found(asked, period)) else { return };
    let mut note = Note::of("period");
    (note.from, note.through) = (Some(found.from), found.through);
    node.requirement.notes.push(note.said());
    if found.due {
        return;
    }
    let mut note = Note::of("not_due");
    note.through = found.through;
    node.requirement.notes.push(note.said());
    node.requirement.status = Status::NotApplicable;
    // Its hours are at work in other rules at the same time.
    node.said.iter_mut().for_each(|said| said.shared = true);
}

fn found(asked: &Asked<'_>, period: &Period) -> Option<Found> {
    match (period.every, period.follows_on) {
        (Every::Terms(number), follows_on) => by_terms(asked, (number, period.first), follows_on),
        (Every::Long(length), true) => following(asked, length, period),
        (Every::Long(length), false) => {
            let named = asked.moments.day(&period.anchor).filter(|_| asked.question.purpose == Purpose::Renewal);
            let through = named.unwrap_or(asked.as_of);
            let from = asked.moments.clocks.earlier(Clock::Windows, next_day(length.before(through)), through);
            Some(Found { from, through: Some(through), due: true })
        }
    }
}

/// The period that ended last within the running term, else the one that runs.
fn following(asked: &Asked<'_>, length: Length, period: &Period) -> Option<Found> {
    let start = asked.moments.day(&period.anchor)?;
    let renewing = asked.question.purpose == Purpose::Renewal;
    let term = asked.moments.term().filter(|_| renewing);
    let day = term.and_then(|term| term.through).unwrap_or(asked.as_of);
    let second = match period.first {
        Some(Every::Long(first)) => first.after(start),
        _ => length.after(start),
    };
    // Counted from where the second begins, so that a day late in a month stays where it can.
    let begins = |number: u32| match (number.checked_sub(1), period.first) {
        (None, _) => start,
        (Some(more), Some(_)) => many(length, more).after(second),
        (Some(_), None) => many(length, number).after(start),
    };
    let number = (0..1_200).take_while(|number| begins(number + 1) <= next_day(day)).count();
    let ended = u32::try_from(number).unwrap_or(0);
    let block =
        |number: u32, due: bool| Found { from: begins(number), through: Some(previous_day(begins(number + 1))), due };
    match (term, ended.checked_sub(1)) {
        (Some(term), Some(last)) if previous_day(begins(ended)) >= term.from => Some(block(last, true)),
        (Some(_), _) => Some(block(ended, false)),
        (None, _) => Some(block(if begins(ended) > day { ended.saturating_sub(1) } else { ended }, true)),
    }
}

/// So long, so many times over.
const fn many(length: Length, times: u32) -> Length {
    match length {
        Length::Days(days) => Length::Days(days.saturating_mul(times)),
        Length::Months(months) => Length::Months(months.saturating_mul(times)),
    }
}

fn by_terms(asked: &Asked<'_>, (number, shorter): (u32, Option<Every>), follows_on: bool) -> Option<Found> {
    let (terms, number) = (&asked.moments.terms, usize::try_from(number).ok()?);
    let last = terms.len().checked_sub(1)?;
    let of_first = match shorter {
        Some(Every::Terms(terms)) => usize::try_from(terms).ok()?,
        _ => number,
    };
    // The block that the last term is in: its first term, and how many terms it has.
    let (begins, long) = match last.checked_sub(of_first) {
        None => (0, of_first),
        Some(beyond) => (last - beyond % number, number),
    };
    let first = if follows_on { begins } else { (last + 1).saturating_sub(number) };
    let due = !follows_on || last + 1 == begins + long || asked.question.purpose != Purpose::Renewal;
    let through = terms.get(last).and_then(|term| term.through).filter(|_| due);
    Some(Found { from: terms.get(first)?.from, through, due })
}
