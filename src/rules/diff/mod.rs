//! What changes from one version to another, requirement by requirement, in words a board can read.
//!
//! Compares all that both versions state: `head` and its neighbors what stands above the rules, `rules` the rules. Which way a
//! change goes is judged by [`stricter`](super::pack::stricter), and where the words alone do not tell, it says so. What cannot
//! change an answer or a page is left out: the reasons for the reader of a file, and the day a version begins, which is its name.

mod fields;
mod head;
mod names;
mod rules;
mod sides;
mod stages;
mod topics;
mod words;

use chrono::NaiveDate;
use serde::Serialize;

use super::lang::Lang;
use super::pack::Version;
use super::pack::model::Label;
use super::pack::stricter::Way;
use super::question::Purpose;
pub use words::{Told, lines, sides, summary, told};

/// All that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The version before: its name and hash.
    pub from: Side,
    /// The version after.
    pub to: Side,
    /// What changes, in the order of the new version; what is gone comes last of its purpose.
    pub changes: Vec<Change>,
}

/// One of the two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The credential.
    pub credential: String,
    /// What people call it.
    #[serde(serialize_with = "words::label")]
    pub name: Label,
    /// The version.
    pub version: String,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// Its last day; none: it has no end yet.
    pub through: Option<NaiveDate>,
    /// Its hash.
    pub hash: String,
}

/// What happened to a requirement, or to something in the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is asked no longer.
    Removed,
    /// It says something else.
    Changed,
}

/// What changes in one requirement, or in the head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What for; none: the head, stages included.
    pub purpose: Option<Purpose>,
    /// Its id, with its parents'; in the head its key, with the name of the entry.
    pub requirement: String,
    /// Its name, after those of what it is a part of.
    #[serde(serialize_with = "words::label")]
    pub label: Label,
    /// What happened.
    pub what: What,
    /// Which way it goes.
    pub way: Way,
    /// The stages it concerns, as people call them; none: all.
    #[serde(serialize_with = "words::labels")]
    pub stages: Vec<Label>,
    /// What was and what becomes, clause by clause.
    pub clauses: Vec<Clause>,
}

/// One clause before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The key.
    pub key: String,
    /// Which way it goes.
    pub way: Way,
    /// What was said.
    #[serde(serialize_with = "words::spoken")]
    pub was: Option<Label>,
    /// What is said now.
    #[serde(serialize_with = "words::spoken")]
    pub becomes: Option<Label>,
}

/// Compares two versions.
#[must_use]
pub fn difference(old: &Version, new: &Version) -> Difference {
    let side = |version: &Version| Side {
        credential: version.credential.clone(),
        name: version.name.clone(),
        version: version.id.clone(),
        from: version.in_force.from,
        through: version.in_force.through,
        hash: version.hash.clone(),
    };
    let mut changes = head::changes(old, new);
    for purpose in Purpose::ALL {
        changes.extend(rules::changes(old, new, purpose));
    }
    Difference { from: side(old), to: side(new), changes }
}

/// A text in both languages.
fn both(say: impl Fn(Lang) -> Option<String>) -> Option<Label> {
    Some(Label { en: say(Lang::En)?, es: say(Lang::Es)? })
}

/// Which way several clauses go together.
fn together(clauses: &[Clause]) -> Way {
    clauses.iter().fold(Way::Same, |all, clause| all.with(clause.way))
}

/// What happened to something that the two sides have or have not.
const fn what<T>(before: Option<&T>, after: Option<&T>) -> What {
    match (before, after) {
        (None, _) => What::Added,
        (_, None) => What::Removed,
        (_, _) => What::Changed,
    }
}
