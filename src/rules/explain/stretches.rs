//! Weeks, months and quarters by their names, as people write them: the first of many, and how many more there are.

use super::super::evaluation::{Note, Requirement};
use super::super::lang::Lang;
use super::day::stretch;

/// So many are told where a sentence is about something else.
const TOLD: usize = 3;

/// The first few of some names (`2025-05-05`, `2025-05`, `2025-Q2`) in brackets, behind a sentence.
pub(in super::super) fn told(names: &[String], lang: Lang) -> String {
    let few: Vec<&str> = names.iter().take(TOLD).map(String::as_str).collect();
    bracketed(&few, names.len(), lang)
}

/// The stretches in which a rhythm has too little, the same way; nothing for other requirements.
pub(super) fn lacking(found: &Requirement, lang: Lang) -> String {
    let Some(note) = found.notes.iter().find(|note| note.code == Note::TOO_LITTLE_IN) else { return String::new() };
    let few: Vec<&str> = note.about.as_deref().unwrap_or_default().split(", ").take(TOLD).collect();
    bracketed(&few, number_of(note).max(few.len()), lang)
}

fn bracketed(few: &[&str], all: usize, lang: Lang) -> String {
    if few.is_empty() { String::new() } else { format!(" ({})", listed(few, all, lang)) }
}

/// Some of so many names; those with a comma of their own are told apart.
pub(super) fn listed(names: &[&str], all: usize, lang: Lang) -> String {
    let said: Vec<String> = names.iter().map(|name| stretch(name, lang)).collect();
    let said = said.join(if said.iter().any(|name| name.contains(',')) { "; " } else { ", " });
    match (all.saturating_sub(names.len()), lang) {
        (0, _) => said,
        (more, Lang::En) => format!("{said} and {more} more"),
        (more, Lang::Es) => format!("{said} y {more} más"),
    }
}

/// How many stretches a remark speaks of.
pub(super) fn number_of(note: &Note) -> usize {
    note.number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}
