//! Credentials that rest while another one is not in force (`suspends_with`).

use chrono::NaiveDate;

use super::super::evaluation::{NextStep, Note, Status};
use super::super::explain;
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::question::Purpose;
use super::super::record::Record;
use super::asked::{Asked, standing_on};
use super::filing::stage;

impl Version {
    /// The credentials with which a stage rests and that are not in force on a day; none: it does not rest.
    #[must_use]
    pub fn rests_with<'v>(&'v self, stage: &str, record: &Record, day: NaiveDate) -> Vec<&'v str> {
        let bases = self.stages.iter().filter(|found| found.id == stage).flat_map(|stage| &stage.suspends_with);
        let lives = |base: &str| {
            let mut held = record.credentials.iter().filter(|held| held.credential == base);
            held.any(|held| standing_on(held, day) == Some("active"))
        };
        bases.map(String::as_str).filter(|base| !lives(base)).collect()
    }
}

/// What is missing below, where this credential is held.
fn missing<'a>(asked: &Asked<'a>) -> Vec<&'a str> {
    let Some(stage) = stage(asked).filter(|_| !asked.moments.held.is_empty()) else { return Vec::new() };
    asked.version.rests_with(&stage.id, asked.record, asked.as_of)
}

/// The answer with the other credentials in mind: what rests is not renewed and does not come back.
pub(super) fn verdict(asked: &Asked<'_>, status: Status) -> Status {
    let after_a_term = matches!(asked.question.purpose, Purpose::Renewal | Purpose::Reinstatement);
    if after_a_term && status != Status::NotApplicable && !missing(asked).is_empty() { Status::NotMet } else { status }
}

/// One remark for each credential that is missing below.
pub(super) fn notes(asked: &Asked<'_>) -> Vec<Note> {
    let note = |base: &str| {
        let mut note = Note::of("rests_with");
        note.about = Some(base.to_owned());
        note.said()
    };
    missing(asked).into_iter().map(note).collect()
}

/// What to do about it.
pub(super) fn next(asked: &Asked<'_>) -> Vec<NextStep> {
    let step = |base: &str| NextStep { requirement: base.to_owned(), text: explain::bring_back(base, Lang::En) };
    missing(asked).into_iter().map(step).collect()
}
