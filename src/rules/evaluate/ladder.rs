//! The ladder back: since when somebody is away, from where, and which rung that is.

use chrono::NaiveDate;

use super::super::calendar::{next_day, previous_day};
use super::super::evaluation::{FeeAnswer, NextStep, Note, Status};
use super::super::pack::model::{Rule, Rung};
use super::super::question::Purpose;
use super::super::record::StatusRange;
use super::asked::{Asked, standing_on};
use super::filing::filed;

/// Since when and from where somebody is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Away {
    /// The last day before.
    pub(super) since: NaiveDate,
    /// A word of the ladder, such as `lapsed`.
    pub(super) from: &'static str,
}

/// Whether the answer climbs a ladder.
fn has_ladder(asked: &Asked<'_>) -> bool {
    asked.question.purpose == Purpose::Reinstatement
        && asked.rules.rungs.iter().any(|rung| rung.stages.contains(&asked.stage))
}

/// How somebody is away on the day of filing; none: the certificate is in force, or never was.
pub(super) fn away(asked: &Asked<'_>) -> Option<Away> {
    let day = filed(asked);
    let mut ranges: Vec<&StatusRange> =
        asked.moments.held.iter().flat_map(|held| &held.status).filter(|range| range.from <= day).collect();
    ranges.sort_by_key(|range| range.from);
    let last = ranges.last().filter(|range| range.through.is_none_or(|through| day <= through));
    if let Some(from) = last.and_then(|range| word(range)) {
        let run = ranges.iter().rev().take_while(|range| word(range) == Some(from));
        let first = run.last().map_or(day, |range| range.from);
        return Some(Away { since: previous_day(first), from });
    }
    let ended = asked.moments.term().and_then(|term| term.through);
    let expired = || last.filter(|range| range.standing.is("expired")).map(|range| previous_day(range.from));
    let since = ended.or_else(expired).filter(|ended| *ended < day)?;
    Some(Away { since, from: "lapsed" })
}

/// From where, if the standing itself says it.
fn word(range: &StatusRange) -> Option<&'static str> {
    let discipline = range.discipline.as_ref().map_or("none", |discipline| discipline.as_str());
    match (discipline, range.standing.as_str()) {
        ("revoked", _) => Some("revoked"),
        ("surrendered", _) => Some("surrendered"),
        (_, "inactive") => Some("inactive"),
        (_, "retired") => Some("retired"),
        (_, "canceled") => Some("canceled"),
        _ => None,
    }
}

/// The rung for this person on the day of filing.
pub(super) fn rung<'a>(asked: &Asked<'a>) -> Option<&'a Rung> {
    if !has_ladder(asked) {
        return None;
    }
    let (away, day) = (away(asked)?, filed(asked));
    asked.rules.rungs.iter().find(|rung| {
        rung.stages.contains(&asked.stage)
            && rung.from.iter().any(|from| from == away.from)
            && rung.more_than.is_none_or(|length| length.after(away.since) < day)
            && rung.at_most.is_none_or(|length| day <= length.after(away.since))
    })
}

/// Whether the ladder asks for a rule. Branches are asked for with the rule they belong to.
pub(super) fn asks_for(asked: &Asked<'_>, rule: &Rule) -> bool {
    if !has_ladder(asked) {
        return true;
    }
    let top = rule.id.split('.').next().unwrap_or(&rule.id);
    rung(asked).is_some_and(|rung| rung.rules.iter().any(|id| id == top))
}

/// The answer with the ladder in mind: where there is no way back, nothing that is handed in helps.
pub(super) fn verdict(asked: &Asked<'_>, status: Status) -> Status {
    if is_refused(asked) { Status::NotMet } else { status }
}

/// Whether there is no way back: then there is nothing to pay for either, and no term that would start.
pub(super) fn is_refused(asked: &Asked<'_>) -> bool {
    rung(asked).is_some_and(|rung| rung.refused)
}

/// Since when and from where, as a remark on the whole.
pub(super) fn notes(asked: &Asked<'_>) -> Vec<Note> {
    if !has_ladder(asked) {
        return Vec::new();
    }
    let Some(away) = away(asked) else { return vec![not_away(asked)] };
    let mut since = Note::of(&format!("away_{}", away.from));
    since.from = Some(next_day(away.since));
    let mut notes = vec![since.said()];
    if rung(asked).is_none() {
        notes.push(Note::of(Note::NO_RUNG).said());
    }
    notes
}

/// That nobody is away; until when the certificate is in force, if it is.
fn not_away(asked: &Asked<'_>) -> Note {
    let day = filed(asked);
    let held = asked.moments.held.iter().find(|held| standing_on(held, day) == Some("active"));
    let mut note = Note::of(Note::NOT_AWAY);
    note.from = held.map(|_| day);
    note.through = held.and_then(|_| asked.moments.term()?.through);
    note.said()
}

/// What a rung costs, where it says so.
pub(super) fn fee(asked: &Asked<'_>) -> Option<FeeAnswer> {
    let rung = rung(asked)?;
    let (amount, currency) = rung.fee.as_ref()?;
    Some(FeeAnswer { id: rung.id.clone(), amount: amount.to_string(), currency: currency.clone() })
}

/// What is left to do where there is no way back.
pub(super) fn next(asked: &Asked<'_>) -> Option<NextStep> {
    let rung = rung(asked).filter(|rung| rung.refused)?;
    Some(NextStep { requirement: rung.id.clone(), text: rung.way_on().en.clone() })
}
