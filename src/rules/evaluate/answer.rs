//! What the root of an answer says beside its requirements: the term that would start, and the next steps.

use chrono::NaiveDate;

use super::super::evaluation::{NextStep, Note, Requirement, Status, TermAnswer};
use super::super::explain;
use super::super::lang::Lang;
use super::super::pack::phrase::Anchor;
use super::super::question::Purpose;
use super::super::record::Credential;
use super::super::term::TermRequest;
use super::asked::{Asked, standing_on};
use super::filing::{self, filed, too_late};

/// The term that would start if all were met on the day asked about.
pub(super) fn term(asked: &Asked<'_>, stage: Option<&str>) -> Option<TermAnswer> {
    term_counted(asked, stage, |_| counted_from(asked).and_then(|what| happened(asked, what)))
}

/// The term that the board gives all the same: where nobody knows the day its years are counted from, they count from its start.
pub(super) fn term_if_granted(asked: &Asked<'_>, stage: Option<&str>) -> Option<TermAnswer> {
    let known = counted_from(asked).and_then(|what| happened(asked, what));
    term_counted(asked, stage, |start| known.or(Some(start)))
}

/// `happened`: by the day on which the term would start, the day its years are counted from.
fn term_counted(
    asked: &Asked<'_>,
    stage: Option<&str>,
    happened: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Option<TermAnswer> {
    let previous_end = previous_end(asked);
    // Filed in time and decided later still follows on; filed too late starts on the day asked about.
    let filed = filed(asked);
    let follows =
        filing::stage(asked).is_some_and(|stage| stage.follows_on) && previous_end.is_some() && !too_late(asked);
    let start = if follows { filed } else { asked.as_of };
    let others = in_force(asked);
    let request = TermRequest {
        start,
        previous_end,
        birth: asked.record.person.birth_date,
        happened: happened(start),
        others: &others,
    };
    asked.version.term_from(stage?, &request)
}

/// What happened to the person from which the years of the term are counted.
fn counted_from<'a>(asked: &Asked<'a>) -> Option<&'a Anchor> {
    filing::stage(asked)?.term_after(previous_end(asked)).0.anchor()
}

/// The day on which it happened; of an exam, who was away counts from the pass that brings them back.
fn happened(asked: &Asked<'_>, what: &Anchor) -> Option<NaiveDate> {
    let anew = if *what == Anchor::ExamPassed { asked.moments.passed_anew() } else { None };
    anew.or_else(|| asked.moments.day(what))
}

/// Says that there is no term to give because nobody knows the day from which its years are counted: of who has met all,
/// for of others it may still be to come.
pub(super) fn day_wanted(asked: &Asked<'_>, status: Status) -> Option<Note> {
    let what = counted_from(asked).filter(|what| status == Status::Met && happened(asked, what).is_none())?;
    let about = (*what == Anchor::ExamPassed).then(|| "exam".to_owned());
    Some(Note { about, ..Note::of("term_day_unknown") }.said())
}

/// The last day of the term that the new one comes after.
fn previous_end(asked: &Asked<'_>) -> Option<NaiveDate> {
    match asked.question.purpose {
        Purpose::Renewal => asked.moments.term().and_then(|term| term.through),
        Purpose::Initial | Purpose::Reinstatement | Purpose::Reciprocity => None,
    }
}

/// Says that there is no term to give because nobody knows the day of birth it hangs on.
pub(super) fn birth_wanted(asked: &Asked<'_>) -> Option<Note> {
    let hangs = filing::stage(asked)?.term_after(previous_end(asked)).0.reads_birth();
    (hangs && asked.record.person.birth_date.is_none()).then(|| Note::of(Note::BIRTH_DATE_UNKNOWN).said())
}

/// Other credentials that are in force on the day asked about, with the last day of the term that runs.
fn in_force<'a>(asked: &Asked<'a>) -> Vec<(&'a str, Option<NaiveDate>)> {
    let active = asked.record.credentials.iter().filter(|held| standing_on(held, asked.as_of) == Some("active"));
    let last = |held: &Credential| {
        let begun = held.terms.iter().filter(|term| term.from <= asked.as_of);
        begun.max_by_key(|term| (term.from, term.through.unwrap_or(NaiveDate::MAX))).and_then(|term| term.through)
    };
    active.map(|held| (held.credential.as_str(), last(held))).collect()
}

/// One step for each requirement that the person still has to meet, in the pack's order.
pub(super) fn next(requirements: &[Requirement]) -> Vec<NextStep> {
    open(requirements)
        .map(|requirement| NextStep {
            requirement: requirement.id.clone(),
            text: explain::step(requirement, &requirement.label, Lang::En)
                + &explain::of_them(requirement, &|part| part.label.clone(), Lang::En),
        })
        .collect()
}

/// What the person still has to meet, in the pack's order, as steps name it.
pub(in super::super) fn open(requirements: &[Requirement]) -> impl Iterator<Item = &Requirement> {
    let asks = |found: &&Requirement| found.status == Status::NotMet || lacks_birth_date(found);
    requirements.iter().filter(asks).flat_map(short)
}

/// Whether it stays open for want of a birth date.
fn lacks_birth_date(found: &Requirement) -> bool {
    found.status == Status::Undecided && found.lacks_birth_date()
}

/// The branches that count, where some of several do.
fn taken(requirement: &Requirement) -> Option<Vec<&Requirement>> {
    requirement.taken.as_ref().map(|_| requirement.counting().collect())
}

/// A requirement that is short, or its parts where nothing is short but them: "1 more hour of ethics" says more than
/// "1 more hour of continuing education".
fn short(requirement: &Requirement) -> Vec<&Requirement> {
    if lacks_birth_date(requirement) {
        return vec![requirement];
    }
    if let Some(taken) = taken(requirement) {
        let open: Vec<_> = taken.into_iter().filter(|branch| branch.status == Status::NotMet).collect();
        return if open.is_empty() { vec![requirement] } else { open.into_iter().flat_map(short).collect() };
    }
    let parts: Vec<_> = requirement.requirements.iter().filter(|part| part.status == Status::NotMet).collect();
    let below: u64 = parts.iter().filter_map(|part| part.missing_minutes).sum();
    let only_parts = match requirement.missing_minutes {
        Some(missing) => missing == below,
        // An exam is one thing: its parts, or what is asked before it, say what to do next.
        None => {
            let whole = requirement.missing.as_deref().is_none_or(|missing| missing == "0");
            requirement.taken.is_none() && (whole || requirement.needed.as_deref() == Some("1"))
        }
    };
    if parts.is_empty() || !only_parts {
        return vec![requirement];
    }
    parts.into_iter().flat_map(short).collect()
}
