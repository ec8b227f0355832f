//! What the standing of a certificate does to its renewal: what was taken back, given up or closed is not renewed, and
//! about what is suspended the board decides. What else a standing does, such as probation or retirement, packs say.

use chrono::NaiveDate;

use super::super::evaluation::{Note, Status};
use super::super::question::Purpose;
use super::super::record::{Credential, StatusRange};
use super::asked::Asked;

/// What bars a renewal, with the code of its remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bar {
    /// Nothing that is handed in renews.
    Ended(&'static str),
    /// Somebody has to decide.
    Suspended,
}

/// The answer with the standing of the certificate in mind.
pub(super) fn verdict(asked: &Asked<'_>, status: Status) -> Status {
    match (status, bar(asked)) {
        (Status::NotApplicable, _) | (_, None) => status,
        (_, Some((Bar::Ended(_), _))) => Status::NotMet,
        (Status::Met, Some((Bar::Suspended, _))) => Status::Undecided,
        (_, Some((Bar::Suspended, _))) => status,
    }
}

/// Whether nothing that is handed in renews: then there is nothing to do, and no last day to do it.
pub(super) fn is_ended(asked: &Asked<'_>) -> bool {
    matches!(bar(asked), Some((Bar::Ended(_), _)))
}

/// What bars it, and since when.
pub(super) fn notes(asked: &Asked<'_>) -> Option<Note> {
    let (bar, since) = bar(asked)?;
    let mut note = Note::of(match bar {
        Bar::Ended(code) => code,
        Bar::Suspended => "suspended",
    });
    note.from = Some(since);
    Some(note.said())
}

/// What bars a renewal on the day asked about, and its first day.
fn bar(asked: &Asked<'_>) -> Option<(Bar, NaiveDate)> {
    if asked.question.purpose != Purpose::Renewal {
        return None;
    }
    // Of several certificates of this kind the newest is renewed.
    let begun = |held: &&&Credential| held.terms.iter().map(|term| term.from).max().or(held.issued_on);
    let held = asked.moments.held.iter().max_by_key(begun)?;
    let mut ranges: Vec<&StatusRange> = held.status.iter().filter(|range| range.from <= asked.as_of).collect();
    ranges.sort_by_key(|range| range.from);
    let last = ranges.last().filter(|range| range.through.is_none_or(|through| asked.as_of <= through))?;
    let found = of(last)?;
    let run = ranges.iter().rev().take_while(|range| of(range) == Some(found));
    Some((found, run.last().map_or(last.from, |range| range.from)))
}

fn of(range: &StatusRange) -> Option<Bar> {
    let discipline = range.discipline.as_ref().map_or("none", |discipline| discipline.as_str());
    match (range.standing.as_str(), discipline) {
        ("deceased", _) => Some(Bar::Ended("away_deceased")),
        (_, "revoked") => Some(Bar::Ended("away_revoked")),
        (_, "surrendered") => Some(Bar::Ended("away_surrendered")),
        ("canceled", _) => Some(Bar::Ended("away_canceled")),
        (_, "suspended") => Some(Bar::Suspended),
        _ => None,
    }
}
