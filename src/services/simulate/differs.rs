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

/// What is compared of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) status: Status,
    /// Nothing is to be done, for nothing renews it.
    pub(super) closed: bool,
    pub(super) requirements: &'a [Requirement],
}

impl<'a> Answer<'a> {
    pub(super) fn of(whole: &'a Evaluation) -> Self {
        Self { status: whole.status, closed: whole.is_beyond_renewal(), requirements: &whole.requirements }
    }
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
    pub(super) fn between<'a>(old: Answer<'a>, new: Answer<'a>) -> Option<Self> {
        // Whoever cannot renew has nothing to do, whatever is asked of others.
        if old.closed && new.closed || (old.status, new.status) != (Status::NotMet, Status::NotMet) {
            return None;
        }
        let mut changes = Vec::new();
        let every = |answer: Answer<'a>| answer.requirements.iter().collect::<Vec<_>>();
        change(&every(old), &every(new), &mut changes);
        let (further, less) = (changes.contains(&Ordering::Greater), changes.contains(&Ordering::Less));
        if further { Some(Self::Further) } else { less.then_some(Self::Less) }
    }
}

/// The requirements whose status, or what is missing of them, differs: in the order of the rules after, then those that
/// are gone.
pub(super) fn differing(old: Option<Answer<'_>>, new: Option<Answer<'_>>) -> Vec<Differs> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    old.iter().flat_map(|old| old.requirements).for_each(|found| below(found, &mut before));
    new.iter().flat_map(|new| new.requirements).for_each(|found| below(found, &mut after));
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
fn change(before: &[&Requirement], after: &[&Requirement], all: &mut Vec<Ordering>) {
    for (old, new) in pairs(before, after) {
        all.push(far(old, new));
        let Some((old, new)) = old.zip(new) else { continue };
        if old.taken == new.taken {
            let (old, new): (Vec<_>, Vec<_>) = (taken(old).collect(), taken(new).collect());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Pack, Purpose, Question, Record, evaluate};

    /// What is asked: an exam, and hours of housing or hours of ethics, whichever is nearer.
    fn whole(housing: u32, ethics: u32, done: [u32; 2]) -> Evaluation {
        let branch = |id: &str, hours: u32| {
            format!(
                "[[initial.any_of.learning]]\nid = \"{id}\"\nlabel = \"L\"\nlabel_es = \"L\"\nat_least = \"{hours} hours\"\n\
                 only.topic = [\"{id}\"]\nwindow = \"no limit\"\n"
            )
        };
        let text = format!(
            "credential = \"us-xx-ps\"\nname = \"N\"\nname_es = \"N\"\nboard = \"B\"\ntime_zone = \"UTC\"\n\
             in_force = {{ from = 2020-01-01 }}\nverified = false\nhour = \"60 minutes\"\napplies_by = [\"application\"]\n\
             [source.s]\ntitle = \"S\"\nurl = \"https://example.org\"\nread_on = 2026-11-20\n\
             [topic.housing]\nlabel = \"H\"\nlabel_es = \"H\"\n[topic.ethics]\nlabel = \"E\"\nlabel_es = \"E\"\n\
             [[stage]]\nid = \"full\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n\
             [[initial.exam]]\nid = \"exam\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\nexams = [\"one\"]\n\
             window = \"no limit\"\n\
             [[initial.any_of]]\nid = \"basis\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\nat_least = 1\n{}{}",
            branch("housing", housing),
            branch("ethics", ethics),
        );
        let pack = Pack::parse(&[("2020-01-01.toml", &text)]).unwrap();
        let learning = ["housing", "ethics"].iter().zip(done).map(|(topic, hours)| {
            serde_json::json!({ "id": topic, "completed_on": "2025-01-10", "minutes": hours * 60, "topics": [topic],
                "kind": "basic", "status": "verified" })
        });
        let record = serde_json::json!({ "format": "credtrail.record/1", "person": { "id": "p" },
            "learning": learning.collect::<Vec<_>>() });
        let question = Question { as_of: "2025-06-30".parse().unwrap(), purpose: Purpose::Initial, stage: None };
        evaluate(&pack.versions[0], &Record::from_json(&record.to_string()).unwrap(), &question)
    }

    /// How far somebody with 39 hours of housing and 2 of ethics has to go under the second rules, beside the first.
    fn beside(before: [u32; 2], after: [u32; 2]) -> (Option<ToGo>, Vec<Differs>) {
        let [old, new] = [before, after].map(|[housing, ethics]| whole(housing, ethics, [39, 2]));
        let (old, new) = (Answer::of(&old), Answer::of(&new));
        (ToGo::between(old, new), differing(Some(old), Some(new)))
    }

    fn ids(differs: &[Differs]) -> Vec<&str> {
        differs.iter().map(|one| one.requirement.as_str()).collect()
    }

    #[test]
    fn of_alternatives_the_one_that_is_taken_says_how_far_there_is_to_go() {
        let (to_go, differs) = beside([40, 4], [44, 4]);
        assert_eq!((to_go, ids(&differs)), (Some(ToGo::Further), vec!["basis.housing"]));
        assert_eq!((differs[0].missing_before.as_deref(), differs[0].missing.as_deref()), (Some("1"), Some("5")));
        assert_eq!(beside([44, 4], [40, 4]).0, Some(ToGo::Less));
        assert_eq!(beside([40, 4], [40, 4]), (None, Vec::new()));
    }

    #[test]
    fn an_alternative_that_is_not_taken_makes_nothing_further_though_it_differs() {
        let (to_go, differs) = beside([40, 4], [40, 9]);
        assert_eq!((to_go, ids(&differs)), (None, vec!["basis.ethics"]));
    }

    #[test]
    fn where_another_alternative_is_taken_what_each_lacks_is_compared() {
        // One of 40 hours lacks the smaller share; of 80 hours, one of three does.
        let (to_go, differs) = beside([40, 3], [80, 3]);
        assert_eq!((to_go, ids(&differs)), (None, vec!["basis.housing"]), "an hour of housing, then one of ethics");
        assert_eq!(beside([40, 4], [80, 4]).0, Some(ToGo::Further), "an hour of housing, then two of ethics");
        assert_eq!(beside([80, 4], [40, 4]).0, Some(ToGo::Less), "two hours of ethics, then one of housing");
    }

    #[test]
    fn one_who_has_met_an_alternative_has_nothing_of_it_to_go() {
        let (to_go, differs) = beside([40, 2], [90, 2]);
        assert_eq!((to_go, ids(&differs)), (None, vec!["basis.housing"]));
        let (to_go, differs) = beside([40, 2], [40, 3]);
        assert_eq!((to_go, ids(&differs)), (Some(ToGo::Further), vec!["basis", "basis.ethics"]));
    }
}
