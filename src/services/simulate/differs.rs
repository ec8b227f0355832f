//! Where two answers about one person differ, and whether there is further to go than before, or less.
//!
//! Compares what the evaluator answered, and judges nothing itself.

use std::cmp::Ordering;

use serde::Serialize;

use crate::rules::evaluation::Requirement;
use crate::rules::{Evaluation, Status};

/// A requirement that comes out otherwise; without a status on a side that does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differs {
    /// Its id.
    pub requirement: String,
    /// How it stands before.
    pub before: Option<Status>,
    /// How it stands after.
    pub after: Option<Status>,
    /// What was missing before, in the board's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_before: Option<String>,
    /// What is missing after, in the board's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// What becomes of someone who has something to do on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ToGo {
    /// Something is missing that was not, or more of it.
    Further,
    /// Less is missing, and nothing more.
    Less,
}

impl ToGo {
    /// The word, as in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Further => "further",
            Self::Less => "less",
        }
    }

    /// How far it is after, beside before; none: no further and no less, or not two answers that something is missing.
    pub(super) fn between(old: &Evaluation, new: &Evaluation) -> Option<Self> {
        // Whoever cannot renew has nothing to do, whatever is asked of others.
        let closed = old.is_beyond_renewal() && new.is_beyond_renewal();
        if closed || (old.status, new.status) != (Status::NotMet, Status::NotMet) {
            return None;
        }
        let mut changes = Vec::new();
        change(&old.requirements, &new.requirements, &mut changes);
        let (further, less) = (changes.contains(&Ordering::Greater), changes.contains(&Ordering::Less));
        if further { Some(Self::Further) } else { less.then_some(Self::Less) }
    }
}

/// The requirements whose status, or what is missing of them, differs: in the order of the rules after, then those that
/// are gone.
pub(super) fn differing(old: Option<&Evaluation>, new: Option<&Evaluation>) -> Vec<Differs> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    old.iter().flat_map(|old| &old.requirements).for_each(|found| below(found, &mut before));
    new.iter().flat_map(|new| &new.requirements).for_each(|found| below(found, &mut after));
    let differs = |(old, new): &(Option<&Requirement>, Option<&Requirement>)| {
        let status = |side: &Option<&Requirement>| side.map(|found| found.status);
        status(old) != status(new) || status(old) == Some(Status::NotMet) && far(*old, *new) != Ordering::Equal
    };
    let missing = |side: Option<&Requirement>| side?.missing.clone().filter(|missing| missing != "0");
    pairs(&before, &after)
        .filter(differs)
        .map(|(old, new)| Differs {
            requirement: new.or(old).map(|found| found.id.clone()).unwrap_or_default(),
            before: old.map(|found| found.status),
            after: new.map(|found| found.status),
            missing_before: missing(old).filter(|_| same_unit(old, new)),
            missing: missing(new),
            unit: new.and_then(|found| found.unit.clone()),
        })
        .collect()
}

/// Whether both sides say their amounts in the same unit.
fn same_unit(old: Option<&Requirement>, new: Option<&Requirement>) -> bool {
    old.zip(new).is_some_and(|(old, new)| (&old.unit, old.unit_minutes) == (&new.unit, new.unit_minutes))
}

/// The same requirement on both sides: in the order of the rules after, then those that are gone.
fn pairs<'r>(
    before: &'r [&'r Requirement],
    after: &'r [&'r Requirement],
) -> impl Iterator<Item = (Option<&'r Requirement>, Option<&'r Requirement>)> {
    let in_list = |list: &[&'r Requirement], id: &str| list.iter().find(|found| found.id == id).copied();
    let kept = after.iter().map(move |new| (in_list(before, &new.id), Some(*new)));
    kept.chain(before.iter().filter(move |old| in_list(after, &old.id).is_none()).map(|old| (Some(*old), None)))
}

/// Whether a requirement asks for more after than before, for less, or for the same.
fn far(old: Option<&Requirement>, new: Option<&Requirement>) -> Ordering {
    let rank = |side: Option<&Requirement>| match side.map(|found| found.status) {
        Some(Status::NotMet) => 2,
        Some(Status::Undecided) => 1,
        Some(Status::Met | Status::Waived | Status::NotApplicable) | None => 0,
    };
    let missing = || match (old, new) {
        (Some(old), Some(new)) if new.status == Status::NotMet => {
            let minutes = (new.missing_minutes.zip(old.missing_minutes)).map(|(new, old)| new.cmp(&old));
            minutes.unwrap_or_else(|| amount(new).cmp(&amount(old)))
        }
        _ => Ordering::Equal,
    };
    rank(new).cmp(&rank(old)).then_with(missing)
}

/// What is missing, so that it can be compared: whole, and what is behind the point.
fn amount(found: &Requirement) -> (u64, &str) {
    let missing = found.missing.as_deref().unwrap_or("0");
    let (whole, rest) = missing.split_once('.').unwrap_or((missing, ""));
    (whole.parse().unwrap_or(0), rest.trim_end_matches('0'))
}

/// How much further, or less far, each requirement and what is below it has to go. Of alternatives those that are taken are
/// compared; where others are taken than before, what they lack in all is.
fn change(before: &[Requirement], after: &[Requirement], all: &mut Vec<Ordering>) {
    let (before, after): (Vec<_>, Vec<_>) = (before.iter().collect(), after.iter().collect());
    for (old, new) in pairs(&before, &after) {
        all.push(far(old, new));
        let Some((old, new)) = old.zip(new) else { continue };
        if old.taken == new.taken {
            let (old, new): (Vec<_>, Vec<_>) = (taken(old).cloned().collect(), taken(new).cloned().collect());
            change(&old, &new, all);
        } else {
            let lacks = |found| taken(found).map(|part| part.missing_minutes).sum::<Option<u64>>();
            all.extend(lacks(new).zip(lacks(old)).map(|(new, old)| new.cmp(&old)));
        }
    }
}

/// What is below a requirement; of alternatives of which some are taken, those alone.
fn taken(found: &Requirement) -> impl Iterator<Item = &Requirement> {
    found.counting()
}

fn below<'r>(found: &'r Requirement, all: &mut Vec<&'r Requirement>) {
    all.push(found);
    found.requirements.iter().for_each(|part| below(part, all));
}
