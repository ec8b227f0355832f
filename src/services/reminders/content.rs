//! What a reminder says: exactly what is missing, line by line, and one next step. Pure.

use chrono::NaiveDate;

use super::schedule::Due;
use crate::mail::{Grace, Notice, Place, Reminder, Tally};
use crate::rules::evaluation::{Evaluation, Requirement, Status};
use crate::rules::pack::Version;
use crate::rules::{Lang, explain};
use crate::storage::Day;
use crate::storage::rows::awards::TermRow;
use crate::words::Words;

/// One line for each requirement that is not met, in the pack's order; where only a part of it is missing (a
/// topic, say), lines for the parts. What is said of hours is what `rules plan` says.
pub(super) fn missing(version: &Version, answer: &Evaluation, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for found in answer.requirements.iter().filter(|found| found.status == Status::NotMet) {
        collect(version, answer, found, lang, &mut lines);
    }
    lines
}

fn collect(version: &Version, answer: &Evaluation, found: &Requirement, lang: Lang, lines: &mut Vec<String>) {
    // An any-of is met by any branch: its branches are ways, not things to do.
    let parts = found.requirements.iter().filter(|part| part.status == Status::NotMet && found.taken.is_none());
    let parts: Vec<&Requirement> = parts.collect();
    let below: u64 = parts.iter().filter_map(|part| part.missing_minutes).sum();
    // Where nothing is short but the parts, the whole would say the same hours twice.
    let only_parts = !parts.is_empty() && found.missing_minutes.map_or(found.missing.is_none(), |all| all == below);
    // Hours of the whole that have to be of a part are told with it: a line of their own would be hours on top.
    let name = |one: &Requirement| label_of(version, answer, one, lang).to_owned();
    let tells = !only_parts && !explain::of_them(found, &name, lang).is_empty();
    let is_told = |part: &Requirement| tells && part.missing_minutes.is_some_and(|missing| missing > 0);
    if !only_parts {
        lines.push(explain::whole_step(&version.unit_names, found, &name, lang));
    }
    for part in parts.into_iter().filter(|part| !is_told(part)) {
        collect(version, answer, part, lang, lines);
    }
}

fn label_of<'a>(version: &'a Version, answer: &Evaluation, found: &'a Requirement, lang: Lang) -> &'a str {
    let named = version.label(answer.purpose, &answer.stage, &found.id);
    named.map_or(found.label.as_str(), |label| label.in_lang(lang))
}

/// The notice that tells it.
pub(super) fn notice(
    due: &Due,
    term: &TermRow,
    today: NaiveDate,
    answer: &Evaluation,
    missing: Vec<String>,
    lang: Lang,
) -> Notice {
    let next_step = next_step(term, today, answer, missing.is_empty(), lang);
    let link = Place::Progress.link();
    match *due {
        Due::Before { end, .. } => Notice::Reminder(Reminder {
            ends_on: end,
            apply_by: term.due_day.map(Day::date).filter(|day| *day != end && *day >= today),
            tally: tally(answer),
            missing,
            next_step,
            link,
        }),
        Due::Grace { through, .. } => Notice::Grace(Grace {
            ended_on: term.through_day.map_or(through, Day::date),
            grace_through: through,
            missing,
            next_step,
            link,
        }),
    }
}

fn next_step(term: &TermRow, today: NaiveDate, answer: &Evaluation, all_there: bool, lang: Lang) -> String {
    let opens = term.opens_day.map(Day::date).filter(|day| *day > today);
    let day = opens.map(|day| Words::of(lang).date(day));
    match (lang, all_there, day) {
        (Lang::En, false, _) => "Add what you have done.".to_owned(),
        (Lang::Es, false, _) => "Agregue lo que ya hizo.".to_owned(),
        (Lang::En, true, Some(day)) => format!("Nothing for now. You can renew from {day}."),
        (Lang::Es, true, Some(day)) => format!("Nada por ahora. Puede renovar desde el {day}."),
        (Lang::En, true, None) if answer.status == Status::Undecided => {
            "Send your renewal. The board still looks at a part of it.".to_owned()
        }
        (Lang::Es, true, None) if answer.status == Status::Undecided => {
            "Envíe su renovación. La junta todavía revisa una parte.".to_owned()
        }
        (Lang::En, true, None) => "Send your renewal.".to_owned(),
        (Lang::Es, true, None) => "Envíe su renovación.".to_owned(),
    }
}

/// "31 of 46 hours", if exactly one requirement asks for hours. What cannot be used any more is not counted, so
/// that the two figures and what is missing always fit together.
fn tally(answer: &Evaluation) -> Option<Tally> {
    let mut timed = answer.requirements.iter().filter(|found| found.unit.as_deref() == Some("hour"));
    let (found, None) = (timed.next()?, timed.next()) else {
        return None;
    };
    let (needed, missing) = (found.needed_minutes?, found.missing_minutes?);
    let size = u64::from(found.unit_minutes.unwrap_or(60).max(1));
    let hours = |minutes: u64| u32::try_from(minutes.saturating_mul(60) / size).ok();
    Some(Tally { counted_minutes: hours(needed.saturating_sub(missing))?, needed_minutes: hours(needed)? })
}
