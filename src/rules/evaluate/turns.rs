//! How often a stage is renewed and a term extended: one more than the board allows is not granted, whatever is there.

use super::super::evaluation::{NextStep, Note, Status};
use super::super::explain;
use super::super::lang::Lang;
use super::super::question::Purpose;
use super::asked::Asked;
use super::filing::stage;

/// How often the stage was renewed, where that is as often as it may be.
pub(super) fn used_up(asked: &Asked<'_>) -> Option<u32> {
    if asked.question.purpose != Purpose::Renewal {
        return None;
    }
    let most = stage(asked)?.renewals?;
    let renewed = u32::try_from(asked.moments.terms.len().saturating_sub(1)).ok()?;
    (renewed >= most).then_some(most)
}

/// Extensions of the term that runs that are more than the stage allows.
fn too_many(asked: &Asked<'_>) -> Option<u32> {
    let most = stage(asked)?.extensions?.0;
    asked.moments.term().filter(|term| term.extensions > most).map(|_| most)
}

/// The answer with the number of renewals in mind. Where the board has no rules for it, it stays without an answer.
pub(super) fn verdict(asked: &Asked<'_>, status: Status) -> Status {
    if status != Status::NotApplicable && used_up(asked).is_some() { Status::NotMet } else { status }
}

/// The remarks: how often, and where the way goes on.
pub(super) fn notes(asked: &Asked<'_>) -> Vec<Note> {
    let numbered = |code: &str, number: u32| {
        let mut note = Note::of(code);
        note.number = Some(number);
        note
    };
    let renewals = used_up(asked).map(|most| numbered("renewals_used_up", most).said());
    let extensions = too_many(asked).map(|most| {
        let mut note = numbered("extensions_used_up", most);
        note.through = asked.moments.term().and_then(|term| term.through);
        note.said()
    });
    let longer = asked.moments.term().filter(|term| term.shortened && extensions.is_none()).map(|term| {
        let mut note = Note::of("extension_too_long");
        note.through = term.through;
        note.said()
    });
    renewals.into_iter().chain(extensions).chain(longer).collect()
}

/// What to do instead: the next stage, else the board.
pub(super) fn next(asked: &Asked<'_>) -> Option<NextStep> {
    used_up(asked)?;
    let onward = asked.version.stages.get(asked.stage.saturating_add(1));
    let requirement = onward.map_or_else(|| "renewal".to_owned(), |stage| stage.id.clone());
    Some(NextStep { requirement, text: explain::onward(onward.map(|stage| &stage.label), Lang::En) })
}
