//! Filing in time: the day of filing, the days around the end of a term, deadlines.

use chrono::NaiveDate;

use super::super::evaluation::{DeadlineAnswer, NextStep, Note, Requirement, Status, TermAnswer};
use super::super::explain;
use super::super::lang::Lang;
use super::super::pack::model::{Clock, Deadline, Stage};
use super::super::question::Purpose;
use super::asked::Asked;
use super::extended;
use super::turns;

/// The stage asked about.
pub(super) fn stage<'a>(asked: &Asked<'a>) -> Option<&'a Stage> {
    asked.version.stages.get(asked.stage)
}

/// The day of filing, if it was filed: the application that belongs to the question.
fn received(asked: &Asked<'_>) -> Option<NaiveDate> {
    asked.moments.application.and_then(|application| application.received_on)
}

/// The day of filing: the application for this renewal or return, else the day asked about.
pub(super) fn filed(asked: &Asked<'_>) -> NaiveDate {
    let after_a_term = matches!(asked.question.purpose, Purpose::Renewal | Purpose::Reinstatement);
    received(asked).filter(|_| after_a_term).unwrap_or(asked.as_of)
}

/// Whether the grace lasts at least so long, and nobody has written when it ends.
fn is_open_ended(asked: &Asked<'_>) -> bool {
    stage(asked).is_some_and(|stage| stage.renewal.grace_at_least)
}

/// Whether a renewal was filed after the end of the grace that the board states.
pub(super) fn too_late(asked: &Asked<'_>) -> bool {
    let over = || last_term(asked).and_then(|days| days.grace_through).is_some_and(|last| filed(asked) > last);
    asked.question.purpose == Purpose::Renewal && !is_open_ended(asked) && over()
}

/// Whether the time to file is over, by the grace or by a deadline about the filing itself.
fn is_over(asked: &Asked<'_>) -> bool {
    too_late(asked) || missed(asked).next().is_some()
}

/// The last day of the term, or of the grace of which only the least is written, where a renewal is filed after it and the
/// board does not say for how long that goes on.
fn silent_since(asked: &Asked<'_>) -> Option<NaiveDate> {
    let days = running(asked)?;
    let known = if is_open_ended(asked) { days.grace_through } else { days.through };
    let says = |deadline: &Deadline| deadline.filed && last_day(asked, deadline).is_some();
    let is_silent = is_open_ended(asked) || days.grace_through.is_none();
    known.filter(|last| is_silent && filed(asked) > *last && !of_stage(asked).any(says))
}

/// Says that nobody has written how long after its end the certificate can be renewed.
pub(super) fn notes(asked: &Asked<'_>) -> Option<Note> {
    let mut note = Note::of(if is_open_ended(asked) { "grace_end_not_stated" } else { "grace_not_stated" });
    note.through = Some(silent_since(asked)?);
    Some(note.said())
}

/// The answer with the time to file in mind: after the stated grace nothing that is handed in renews, and what a
/// deadline about the filing itself has closed stays closed. Where no grace is stated, none is made up, and neither is
/// its end.
pub(super) fn in_time(asked: &Asked<'_>, status: Status) -> Status {
    if status != Status::NotApplicable && is_over(asked) {
        Status::NotMet
    } else if status == Status::Met && silent_since(asked).is_some() {
        Status::Undecided
    } else {
        status
    }
}

/// Deadlines about the filing itself that are over, with their last days.
fn missed<'s>(asked: &'s Asked<'_>) -> impl Iterator<Item = (&'s Deadline, NaiveDate)> {
    let filed = of_stage(asked).filter(|deadline| deadline.filed);
    filed.filter_map(|deadline| {
        let on = last_day(asked, deadline);
        on.filter(|_| filing_standing(asked, on) == "missed").map(|on| (deadline, on))
    })
}

/// What is left to do where the time to file is over: the deadline, and what follows from it.
pub(super) fn next(asked: &Asked<'_>) -> Vec<NextStep> {
    let step =
        |id: &str, over: &str| NextStep { requirement: id.to_owned(), text: over.trim_end_matches('.').to_owned() };
    let grace = running(asked).and_then(|days| days.grace_through).filter(|_| too_late(asked));
    let grace = grace.map(|on| step(explain::GRACE, &explain::over(None, on, Lang::En)));
    let stated = missed(asked).map(|(one, on)| step(&one.id, &explain::over(Some(one), on, Lang::En)));
    stated.chain(grace).collect()
}

/// The days around the end of the term that runs, for a renewal that may still come.
pub(super) fn running(asked: &Asked<'_>) -> Option<TermAnswer> {
    let may_come = asked.question.purpose == Purpose::Renewal && turns::used_up(asked).is_none();
    if may_come { last_term(asked) } else { None }
}

/// Whether no renewal comes of what is filed on this day, so that it gives no term and costs nothing.
pub(super) fn leads_nowhere(asked: &Asked<'_>) -> bool {
    asked.question.purpose == Purpose::Renewal && (turns::used_up(asked).is_some() || is_over(asked))
}

/// The days around the end of the term that runs or ran out last.
pub(super) fn last_term(asked: &Asked<'_>) -> Option<TermAnswer> {
    let term = asked.moments.term()?;
    asked.version.days_around(&stage(asked)?.id, term.from, term.through)
}

fn of_stage<'s>(asked: &'s Asked<'_>) -> impl Iterator<Item = &'s Deadline> {
    asked.rules.deadlines.iter().filter(|deadline| deadline.stages.contains(&asked.stage))
}

/// The last day of a deadline: as stated, or as the board has moved it.
fn last_day(asked: &Asked<'_>, deadline: &Deadline) -> Option<NaiveDate> {
    // Who has not applied has no day that runs from applying; what waits for a rule that is not asked of this person neither.
    let start = asked.moments.event_day(&deadline.within.1).filter(|day| *day > NaiveDate::MIN);
    let clocks = &asked.moments.clocks;
    let stated = start.map(|day| {
        let stated = deadline.within.0.after(day);
        clocks.ordered(&["deadlines", &deadline.id], stated).max(clocks.later(Clock::Deadlines, day, stated))
    });
    extended::until(asked, &deadline.id).or(stated)
}

/// How a deadline about the filing itself stands.
fn filing_standing(asked: &Asked<'_>, on: Option<NaiveDate>) -> &'static str {
    let received = received(asked);
    let in_time = received.zip(on).is_some_and(|(day, on)| day <= on);
    standing(received.unwrap_or(asked.as_of), on, in_time)
}

/// The pack's deadlines, and for a renewal the days of the term that runs.
pub(super) fn deadlines(asked: &Asked<'_>, requirements: &[Requirement]) -> Vec<DeadlineAnswer> {
    let mut all = Vec::new();
    for deadline in of_stage(asked) {
        let on = last_day(asked, deadline);
        let met = is_done(deadline, requirements)
            && on.is_none_or(|on| asked.as_of <= on || is_done(deadline, &super::requirements_done_by(asked, on)));
        let status = if deadline.filed { filing_standing(asked, on) } else { standing(asked.as_of, on, met) };
        let consequence = (!deadline.consequence.en.is_empty()).then(|| deadline.consequence.en.clone());
        all.push(DeadlineAnswer { id: deadline.id.clone(), on, status: status.to_owned(), consequence });
    }
    if let Some(days) = running(asked) {
        all.extend(around_renewal(asked, &days));
    }
    all
}

/// When one may file, when it is due, when the time is over.
fn around_renewal(asked: &Asked<'_>, days: &TermAnswer) -> Vec<DeadlineAnswer> {
    let has_filed = asked.moments.application.is_some();
    let entry = |id: &str, on, status: &str| DeadlineAnswer {
        id: id.to_owned(),
        on: Some(on),
        status: status.to_owned(),
        consequence: None,
    };
    let opens =
        days.opens_on.map(|day| entry("renewal-opens", day, if asked.as_of < day { "not_started" } else { "met" }));
    // Nothing is over on the last day that is sure to be one of grace.
    let grace = days.grace_through.filter(|last| !is_open_ended(asked) || filed(asked) <= *last);
    let last = [("renewal-due", days.due_on.or(days.through)), (explain::GRACE, grace)];
    let last = last.into_iter().filter_map(|(id, on)| on.map(|day| (id, day)));
    let last =
        last.map(|(id, day)| entry(id, day, standing(filed(asked), Some(day), has_filed && filed(asked) <= day)));
    opens.into_iter().chain(last).collect()
}

/// Whether what a deadline asks for is done.
fn is_done(deadline: &Deadline, requirements: &[Requirement]) -> bool {
    match &deadline.rule {
        Some(id) => find(requirements, id).is_some_and(|found| is_met(found.status)),
        None => requirements.iter().all(|found| is_met(found.status) || found.status == Status::NotApplicable),
    }
}

fn standing(today: NaiveDate, on: Option<NaiveDate>, met: bool) -> &'static str {
    match (met, on) {
        (true, _) => "met",
        (false, None) => "not_started",
        (false, Some(day)) if today > day => "missed",
        (false, Some(_)) => "open",
    }
}

fn is_met(status: Status) -> bool {
    matches!(status, Status::Met | Status::Waived)
}

fn find<'r>(requirements: &'r [Requirement], id: &str) -> Option<&'r Requirement> {
    requirements.iter().find_map(|found| if found.id == id { Some(found) } else { find(&found.requirements, id) })
}
