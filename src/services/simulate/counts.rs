//! What a simulation counts.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::differs::ToGo;
use super::judge::Found;
use crate::rules::{Purpose, Status};

/// Counts over the people looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// People looked at.
    pub people: u64,
    /// Of these, those who applied for the credential or hold it.
    pub concerned: u64,
    /// Of these, those who come out otherwise.
    pub affected: u64,
    /// Of those for whom something is missing before and after: for whom something more is.
    pub further_to_go: u64,
    /// Of those: for whom less is missing, and nothing more.
    pub less_to_go: u64,
    /// By purpose and what becomes of them, the unchanged too.
    #[serde(serialize_with = "listed::<Change, _>")]
    pub changes: BTreeMap<Change, u64>,
    /// By the versions that rule them before and after.
    #[serde(serialize_with = "listed::<Move, _>")]
    pub moves: BTreeMap<Move, u64>,
    /// Of all these: by the requirement that comes out otherwise, or of which more or less is missing.
    #[serde(serialize_with = "listed::<Lacking, _>")]
    pub requirements: BTreeMap<Lacking, u64>,
}

/// What becomes of people; a status is `no_rules` where none were in force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// What was asked for.
    pub purpose: Purpose,
    /// Before.
    pub before: &'static str,
    /// After.
    pub after: &'static str,
}

/// Which versions rule people; none: no rules are in force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Move {
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
    /// The transition that decides it, where one does.
    pub transition: Option<String>,
}

/// A requirement that comes out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Lacking {
    /// Its id.
    pub requirement: String,
}

/// A list of what was counted, each with its number of people.
fn listed<K: Serialize, S: Serializer>(counted: &BTreeMap<K, u64>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Line<'k, K> {
        #[serde(flatten)]
        what: &'k K,
        people: u64,
    }
    to.collect_seq(counted.iter().map(|(what, people)| Line { what, people: *people }))
}

impl Counts {
    /// Everyone for whom the draft changes something.
    #[must_use]
    pub const fn named(&self) -> u64 {
        self.affected + self.further_to_go + self.less_to_go
    }

    /// Adds what was found among so many people.
    pub(super) fn add(&mut self, people: u64, found: &[Found<'_>]) {
        self.people += people;
        self.concerned += u64::try_from(found.len()).unwrap_or(0);
        for one in found {
            let change = Change { purpose: one.purpose, before: word(one.before), after: word(one.after) };
            *self.changes.entry(change).or_default() += 1;
            let owned = |text: Option<&str>| text.map(str::to_owned);
            let moved = Move { from: owned(one.from), to: owned(one.to), transition: owned(one.transition) };
            *self.moves.entry(moved).or_default() += 1;
            let Some(affected) = &one.affected else { continue };
            match affected.to_go {
                None => self.affected += 1,
                Some(ToGo::Further) => self.further_to_go += 1,
                Some(ToGo::Less) => self.less_to_go += 1,
            }
            for differs in &affected.differs {
                *self.requirements.entry(Lacking { requirement: differs.requirement.clone() }).or_default() += 1;
            }
        }
    }
}

/// A status as it stands in JSON; `no_rules` where none were in force.
#[must_use]
pub const fn word(status: Option<Status>) -> &'static str {
    match status {
        Some(status) => status.word(),
        None => "no_rules",
    }
}
