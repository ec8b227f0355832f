//! What the root of an answer says beside its requirements: term, fee, deadlines, next steps.

use chrono::NaiveDate;

use super::super::calendar::next_day;
use super::super::evaluation::{DeadlineAnswer, FeeAnswer, NextStep, Requirement, Status, TermAnswer};
use super::super::explain;
use super::super::lang::Lang;
use super::super::pack::model::{FeeFrom, Stage};
use super::super::question::Purpose;
use super::super::term::TermRequest;
use super::asked::Asked;
use super::facts;

/// The term that would start if all were met on the day asked about.
pub(super) fn term(asked: &Asked<'_>, stage: Option<&str>) -> Option<TermAnswer> {
    let previous_end = match asked.question.purpose {
        Purpose::Renewal => asked.moments.term().and_then(|term| term.through),
        Purpose::Initial | Purpose::Reinstatement | Purpose::Reciprocity => None,
    };
    // Filed in time and decided later still follows on; filed too late starts on the day asked about.
    let filed = filed(asked);
    let follows =
        self::stage(asked).is_some_and(|stage| stage.follows_on) && previous_end.is_some() && !too_late(asked);
    let start = if follows { filed } else { asked.as_of };
    let request = TermRequest { start, previous_end, birth: asked.record.person.birth_date };
    asked.version.term_from(stage?, &request)
}

/// The day of filing: the renewal's application in this term, else the day asked about.
fn filed(asked: &Asked<'_>) -> NaiveDate {
    let application = asked.moments.application.filter(|_| asked.question.purpose == Purpose::Renewal);
    application.and_then(|application| application.received_on).unwrap_or(asked.as_of)
}

/// Whether a renewal was filed after the end of the grace that the board states.
pub(super) fn too_late(asked: &Asked<'_>) -> bool {
    running(asked).and_then(|days| days.grace_through).is_some_and(|last| filed(asked) > last)
}

/// The answer with the time to renew in mind: after the stated grace nothing that is handed in renews.
pub(super) fn in_time(asked: &Asked<'_>, status: Status) -> Status {
    if status != Status::NotApplicable && too_late(asked) { Status::NotMet } else { status }
}

/// The days around the end of the term that runs, for a renewal.
fn running(asked: &Asked<'_>) -> Option<TermAnswer> {
    if asked.question.purpose != Purpose::Renewal {
        return None;
    }
    let term = asked.moments.term()?;
    asked.version.days_around(&stage(asked)?.id, term.from, term.through)
}

fn stage<'a>(asked: &Asked<'a>) -> Option<&'a Stage> {
    asked.version.stages.get(asked.stage)
}

/// What filing costs: the latest tier that had begun on the day of filing.
pub(super) fn fee(asked: &Asked<'_>) -> Option<FeeAnswer> {
    let running = running(asked);
    let begun = |from: FeeFrom| {
        let days = running.as_ref();
        let late = days.and_then(|days| days.late_from.or(days.through.map(next_day)));
        let grace = days.and_then(|days| days.through).map(next_day);
        match from {
            FeeFrom::Start => true,
            FeeFrom::Late => late.is_some_and(|day| day <= filed(asked)),
            FeeFrom::Grace => grace.is_some_and(|day| day <= filed(asked)),
        }
    };
    let fees = stage(asked)?.fees.iter().filter(|fee| fee.purpose == asked.question.purpose && begun(fee.from));
    let fee = fees.max_by_key(|fee| fee.from)?;
    Some(FeeAnswer { id: fee.id.clone(), amount: fee.amount.to_string(), currency: fee.currency.clone() })
}

/// The pack's deadlines, and for a renewal the days of the term that runs.
pub(super) fn deadlines(asked: &Asked<'_>, requirements: &[Requirement]) -> Vec<DeadlineAnswer> {
    let mut all = Vec::new();
    for deadline in asked.rules.deadlines.iter().filter(|deadline| deadline.stages.contains(&asked.stage)) {
        let stated = asked.moments.day(&deadline.within.1).map(|day| deadline.within.0.after(day));
        let extended = facts::decided(asked, &deadline.id).filter(|decision| decision.outcome.is("extended"));
        let on = extended.and_then(|decision| decision.until).or(stated);
        let met = match &deadline.rule {
            Some(id) => find(requirements, id).is_some_and(|found| is_met(found.status)),
            None => requirements.iter().all(|found| is_met(found.status) || found.status == Status::NotApplicable),
        };
        let consequence = (!deadline.consequence.en.is_empty()).then(|| deadline.consequence.en.clone());
        all.push(DeadlineAnswer {
            id: deadline.id.clone(),
            on,
            status: standing(asked.as_of, on, met).to_owned(),
            consequence,
        });
    }
    if let Some(days) = running(asked) {
        let has_filed = asked.moments.application.is_some();
        for (id, on) in [("renewal-due", days.due_on.or(days.through)), ("renewal-grace", days.grace_through)] {
            if let Some(day) = on {
                let status = standing(filed(asked), on, has_filed && filed(asked) <= day).to_owned();
                all.push(DeadlineAnswer { id: id.to_owned(), on, status, consequence: None });
            }
        }
    }
    all
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

/// One step for each requirement that the person still has to meet, in the pack's order.
pub(super) fn next(requirements: &[Requirement]) -> Vec<NextStep> {
    let open = requirements.iter().filter(|requirement| requirement.status == Status::NotMet);
    open.flat_map(short)
        .map(|requirement| NextStep {
            requirement: requirement.id.clone(),
            text: explain::step(requirement, &requirement.label, Lang::En),
        })
        .collect()
}

/// A requirement that is short, or its parts where nothing is short but them: "1 more hour of ethics" says more than
/// "1 more hour of continuing education".
fn short(requirement: &Requirement) -> Vec<&Requirement> {
    let parts: Vec<_> = requirement.requirements.iter().filter(|part| part.status == Status::NotMet).collect();
    let below: u64 = parts.iter().filter_map(|part| part.missing_minutes).sum();
    let only_parts = match requirement.missing_minutes {
        Some(missing) => missing == below,
        None => requirement.missing.is_none() && requirement.taken.is_none(),
    };
    if parts.is_empty() || !only_parts {
        return vec![requirement];
    }
    parts.into_iter().flat_map(short).collect()
}
