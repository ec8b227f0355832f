//! The first day on which all is met with the facts done, found by asking the rules again; or what is in the way.

use chrono::{Days, NaiveDate};

use super::super::calendar::next_day;
use super::super::evaluate::{could_be_met_on, evaluate, status_of};
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::question::Question;
use super::super::reason::Reason;
use super::super::record::Record;
use super::lay::Wanted;
use super::{HORIZON, fill, is_met, regular, together};

/// How many days a plan tries where the rules themselves name none; less for large records.
const MOST_LOOKS: usize = 400;

/// How many days it tries at least.
const FEWEST_LOOKS: usize = 12;

/// Facts times days: what one plan may look at.
const MOST_WORK: usize = 60_000;

/// How often a plan adds what a later day asks for on top.
const MOST_ROUNDS: usize = 3;

/// Hours that count today and have to be done again by the day that is named.
#[derive(Debug, Clone)]
pub(super) struct Again {
    /// The requirement as it stands on that day.
    pub(super) found: Requirement,
    /// The day.
    pub(super) on: NaiveDate,
}

/// The day, and how things stand then.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    pub(super) day: NaiveDate,
    pub(super) status: Status,
    pub(super) again: Vec<Again>,
}

/// Why there is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Something is open that no doing and no waiting brings about.
    Open,
    /// So many days were tried.
    Looks(usize),
    /// It takes longer than a plan looks ahead.
    Far,
}

/// There is no day: how things stand when all that can be done is done.
#[derive(Debug, Clone)]
pub(super) struct Stopped {
    pub(super) then: Evaluation,
    pub(super) why: Why,
}

/// The first of these days on which all is met with nothing more done.
pub(super) fn met_on(version: &Version, record: &Record, question: &Question, days: &[NaiveDate]) -> Option<Reached> {
    days.iter().take(looks(record)).find_map(|day| {
        let status = status_of(version, record, &Question { as_of: *day, ..question.clone() });
        is_met(status).then(|| Reached { day: *day, status, again: Vec::new() })
    })
}

/// The first day on which all is met; what only a later day shows to be missing is added to what is wanted.
pub(super) fn reach(
    version: &Version,
    record: &Record,
    question: &Question,
    now: &Evaluation,
    wanted: &mut Wanted,
) -> Result<Reached, Box<Stopped>> {
    if is_met(now.status) {
        return Ok(Reached { day: now.as_of, status: now.status, again: Vec::new() });
    }
    let stopped = |then: Evaluation, why| Err(Box::new(Stopped { then, why }));
    if now.not_away().is_some() {
        return stopped(now.clone(), Why::Open);
    }
    let first = wanted.clone();
    // What falls out of a window by then is planned again.
    let named = now.earliest_date.or_else(|| could_be_met_on(version, record, question));
    let mut day = wanted.done_on().max(named.unwrap_or(now.as_of));
    let last = question.as_of.checked_add_days(Days::new(HORIZON)).unwrap_or(day);
    let (mut again, mut rounds, looks) = (Vec::new(), MOST_ROUNDS, looks(record));
    let (mut latest, mut lacked_before) = (now.clone(), None);
    for _ in 0..looks {
        let Some(done) = together(record, wanted.on(day)) else { return stopped(latest, Why::Open) };
        let then = evaluate(version, &done, &Question { as_of: day, ..question.clone() });
        if is_met(then.status) {
            return Ok(Reached { day, status: then.status, again });
        }
        // Waiting helps only where time has to pass, and then until the day that the rules name.
        let open: Vec<&Requirement> = then.requirements.iter().filter(|found| found.status == Status::NotMet).collect();
        let undecided = then.requirements.iter().any(|found| found.status == Status::Undecided);
        let stuck: Vec<&Requirement> =
            open.iter().filter(|found| !fill::is_time(version, &then, &found.id)).copied().collect();
        let all: Vec<&Requirement> = then.requirements.iter().collect();
        if let Some(lacked) = regular::add(version, &done, &then, (question.as_of, &all), wanted) {
            if lacked_before.as_ref() == Some(&lacked) {
                // What was planned for it counts elsewhere.
                *wanted = first;
                return stopped(then, Why::Open);
            }
            lacked_before = Some(lacked);
            day = day.max(wanted.done_on());
            latest = then;
            continue;
        }
        if undecided || open.is_empty() {
            // What is asked for in time is to be done, whatever others say.
            if rounds < MOST_ROUNDS {
                *wanted = first;
            }
            return stopped(then, Why::Open);
        }
        if !stuck.is_empty() && rounds == 0 {
            *wanted = first;
            return stopped(then, Why::Open);
        }
        if !stuck.is_empty() {
            rounds -= 1;
            let too_old = stuck.iter().filter(|found| is_too_old(record, found));
            again.extend(too_old.map(|found| Again { found: (*found).clone(), on: day }));
            let minutes = wanted.minutes();
            fill::rest(version, &done, &then, &[], wanted);
            if wanted.minutes() == minutes {
                *wanted = first;
                return stopped(then, Why::Open);
            }
            day = day.max(wanted.done_on());
            continue;
        }
        if open.iter().any(|found| found.lacks_birth_date()) {
            *wanted = first;
            return stopped(then, Why::Open);
        }
        let asked = Question { as_of: day, ..question.clone() };
        let Some(next) = then.earliest_date.or_else(|| could_be_met_on(version, &done, &asked)) else {
            *wanted = first;
            return stopped(then, Why::Open);
        };
        day = next.max(next_day(day));
        if day > last {
            *wanted = first;
            return stopped(then, Why::Far);
        }
        latest = then;
    }
    *wanted = first;
    stopped(latest, Why::Looks(looks))
}

/// How many days are tried for a record of this size.
pub(super) fn looks(record: &Record) -> usize {
    (MOST_WORK / record.ids().count().max(1)).clamp(FEWEST_LOOKS, MOST_LOOKS)
}

/// Whether something of the record itself has left the window of a requirement.
fn is_too_old(record: &Record, found: &Requirement) -> bool {
    let known = |id: &str| record.ids().any(|(_, _, known)| known == id);
    found.not_counted.iter().any(|lost| lost.reason == Reason::OutsideWindow && known(&lost.record))
}
