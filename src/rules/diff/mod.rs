//! What changes from one version to another, requirement by requirement, in words a board can read.
//!
//! Compares what both versions state. Which way a change goes is judged by [`stricter`](super::pack::stricter), and where the
//! words alone do not tell, it says so.

mod words;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::lang::Lang;
use super::pack::Version;
use super::pack::model::Label;
use super::pack::stricter::{Sizes, Way, way};
use super::question::Purpose;
use super::render::{self, Described, Speaker, Subject, described};
pub use words::{Told, lines, summary, told};

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
    /// The version.
    pub version: String,
    /// Its hash.
    pub hash: String,
}

/// What happened to a requirement.
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
    /// Its id, with its parents'.
    pub requirement: String,
    /// Its name.
    #[serde(serialize_with = "words::label")]
    pub label: Label,
    /// What happened.
    pub what: What,
    /// For whom: all, harder, easier.
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
        version: version.id.clone(),
        hash: version.hash.clone(),
    };
    let sizes = (Sizes::of(&old.stated), Sizes::of(&new.stated));
    let mut changes = head(old, new);
    for purpose in Purpose::ALL {
        let (before, after) = (described(old, purpose), described(new, purpose));
        let mut compare = Compare { old, new, purpose, sizes: &sizes, changes: &mut changes };
        compare.lists(&before, &after, false);
    }
    Difference { from: side(old), to: side(new), changes }
}

struct Compare<'c> {
    old: &'c Version,
    new: &'c Version,
    purpose: Purpose,
    sizes: &'c (Sizes, Sizes),
    changes: &'c mut Vec<Change>,
}

impl Compare<'_> {
    /// `branches`: another entry makes it easier, for any of them will do.
    fn lists(&mut self, before: &[Described<'_>], after: &[Described<'_>], branches: bool) {
        let more = if branches { Way::Easier } else { Way::Harder };
        let less = if branches { Way::Harder } else { Way::Easier };
        let same = |one: &Described<'_>, two: &Described<'_>| one.id == two.id && one.stages == two.stages;
        let find = |list: &[Described<'_>], one: &Described<'_>| {
            let exact = list.iter().position(|other| same(other, one));
            exact.or_else(|| list.iter().position(|other| other.id == one.id))
        };
        for found in after {
            match find(before, found).and_then(|at| before.get(at)) {
                Some(earlier) => self.one(earlier, found),
                None => self.whole(found, What::Added, more),
            }
        }
        for gone in before.iter().filter(|gone| find(after, gone).is_none()) {
            self.whole(gone, What::Removed, less);
        }
    }

    fn one(&mut self, before: &Described<'_>, after: &Described<'_>) {
        let keys: BTreeSet<&String> = before.stated.keys().chain(after.stated.keys()).collect();
        let mut clauses = Vec::new();
        for key in keys {
            let (old, new) = (before.stated.get(key), after.stated.get(key));
            let clause = |value: &Value| before.is_clause(key, value);
            if old == new || !old.or(new).is_some_and(clause) {
                continue;
            }
            let judged = way(key, old.map(|value| (value, &self.sizes.0)), new.map(|value| (value, &self.sizes.1)));
            let was = self.spoken(self.old, before, key);
            let becomes = self.spoken(self.new, after, key);
            clauses.push(Clause { key: key.clone(), way: judged, was, becomes });
        }
        let resized = if clauses.is_empty() { self.resized(before, after) } else { None };
        if let Some(judged) = resized.or_else(|| (!clauses.is_empty()).then(|| together(&clauses))) {
            self.push(after, What::Changed, judged, clauses);
        }
        self.lists(&before.parts, &after.parts, after.sort == "any_of");
    }

    /// The same words may ask for more where the board's hour has another length.
    fn resized(&self, before: &Described<'_>, after: &Described<'_>) -> Option<Way> {
        let need = |found: &Described<'_>| found.stated.get("at_least").cloned();
        let judged = way(
            "at_least",
            need(before).as_ref().map(|value| (value, &self.sizes.0)),
            need(after).as_ref().map(|value| (value, &self.sizes.1)),
        );
        (need(after).is_some() && judged != Way::Same).then_some(judged)
    }

    fn whole(&mut self, found: &Described<'_>, what: What, judged: Way) {
        let mut clauses = Vec::new();
        let version = if what == What::Added { self.new } else { self.old };
        for (key, _) in found.stated.iter().filter(|(key, value)| found.is_clause(key, value)) {
            let said = self.spoken(version, found, key);
            let (was, becomes) = if what == What::Added { (None, said) } else { (said, None) };
            clauses.push(Clause { key: key.clone(), way: judged, was, becomes });
        }
        self.push(found, what, judged, clauses);
    }

    /// One key of a requirement as its page says it.
    fn spoken(&self, version: &Version, found: &Described<'_>, key: &str) -> Option<Label> {
        both(|lang| {
            let speaker = Speaker { version, purpose: Some(self.purpose), lang };
            Subject { speaker, sort: found.sort, stated: found.stated }.clause(key)
        })
    }

    fn push(&mut self, found: &Described<'_>, what: What, way: Way, clauses: Vec<Clause>) {
        let version = if what == What::Removed { self.old } else { self.new };
        let named = |id: &String| version.stages.iter().find(|stage| stage.id == *id).map(|stage| stage.label.clone());
        self.changes.push(Change {
            purpose: Some(self.purpose),
            requirement: found.id.clone(),
            label: found.label.clone(),
            what,
            way,
            stages: found.stages.iter().filter_map(named).collect(),
            clauses,
        });
    }
}

/// A text in both languages.
fn both(say: impl Fn(Lang) -> Option<String>) -> Option<Label> {
    Some(Label { en: say(Lang::En)?, es: say(Lang::Es)? })
}

fn together(clauses: &[Clause]) -> Way {
    clauses.iter().fold(Way::Same, |all, clause| all.with(clause.way))
}

/// Stages, the hour and what decides the version: changed or not, and no more can be told from the words.
fn head(old: &Version, new: &Version) -> Vec<Change> {
    let mut changes = Vec::new();
    for key in ["hour", "unit", "stage", "applies_by", "transition", "holidays", "hold", "order"] {
        let (before, after) = (old.stated.get(key), new.stated.get(key));
        if before == after {
            continue;
        }
        let what = match (before, after) {
            (None, _) => What::Added,
            (_, None) => What::Removed,
            (_, _) => What::Changed,
        };
        let clauses = vec![Clause {
            key: key.to_owned(),
            way: Way::Unclear,
            was: only_in(key, old, new),
            becomes: only_in(key, new, old),
        }];
        changes.push(Change {
            purpose: None,
            requirement: key.to_owned(),
            label: words::head(key),
            what,
            way: Way::Unclear,
            stages: Vec::new(),
            clauses,
        });
    }
    changes
}

/// What the head of one version says that the other's does not.
fn only_in(key: &str, one: &Version, other: &Version) -> Option<Label> {
    both(|lang| {
        let says = |version| render::head(&Speaker { version, purpose: None, lang }, key);
        let there = says(other);
        let own: Vec<String> = says(one).into_iter().filter(|said| !there.contains(said)).collect();
        (!own.is_empty()).then(|| own.join(" ").trim_end_matches('.').to_owned())
    })
}
