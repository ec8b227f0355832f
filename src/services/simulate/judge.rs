//! One range of people, judged before and after.
//!
//! Whoever's status flat tables give on both sides, the same on both, is done (`quick`), unless something is missing on
//! both under rules that differ: then how much it is has to be known, as of those who come out otherwise. Tables say that,
//! too, where days and sums decide it all. All others are judged by their whole records. It must never answer otherwise
//! than the whole evaluator would for each alone.

use std::collections::{BTreeMap, BTreeSet};

use super::differs::{Answer, ToGo, differing};
use super::{Affected, SimulationError, Wish};
use crate::repo;
use crate::rules::bulk::By;
use crate::rules::explain::in_language;
use crate::rules::pack::model::Transition;
use crate::rules::{Evaluation, Pack, Purpose, Question, Record, Status, Version, outline, status_of};
use crate::services::evaluations::EvaluationError;
use crate::services::everyone::flat::{self, Flat};
use crate::services::record::{Known, Rows};
use crate::storage::{Conn, Id, Words};

/// One person in so many of a range is read alone.
const FEW: usize = 4;

/// What is the same for every person.
pub(super) struct Work<'w> {
    pub(super) wish: &'w Wish<'w>,
    pub(super) words: Words,
    /// The names of credentials.
    names: Known,
    pub(super) before: Side<'w>,
    pub(super) after: Side<'w>,
    /// The packs that flat tables are made of; none: transitions decide, and why is told of everyone.
    flat: Option<(Pack, Pack)>,
}

/// Flat tables for both sides.
pub(super) struct Tables<'t>(Option<(flat::Tables<'t>, flat::Tables<'t>)>);

/// The rules on one side.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side<'w> {
    /// One version for everyone.
    One(&'w Version),
    /// The one that rules each person.
    Each(&'w Pack),
}

/// What came out for one person.
#[derive(Debug)]
pub(super) struct Found<'w> {
    pub(super) person: Id,
    pub(super) purpose: Purpose,
    pub(super) from: Option<&'w str>,
    pub(super) to: Option<&'w str>,
    pub(super) transition: Option<&'w str>,
    pub(super) before: Option<Status>,
    pub(super) after: Option<Status>,
    pub(super) affected: Option<Box<Affected>>,
}

/// Judges range after range.
pub(super) struct Judge<'j, 'w> {
    work: &'j Work<'w>,
    flat: Option<(Flat<'j, 'j>, Flat<'j, 'j>)>,
}

/// How somebody comes out on both sides, with the transition that decides the version after.
pub(super) struct Sides<'w> {
    pub(super) from: Option<(&'w Version, Status)>,
    pub(super) to: Option<(&'w Version, Status)>,
    pub(super) why: Option<&'w Transition>,
}

impl<'w> Sides<'w> {
    /// Whether that says it all: nothing of it is otherwise, and nobody has to know how much is missing.
    pub(super) fn are_alike(&self) -> bool {
        let status = |side: Option<(&Version, Status)>| side.map(|(_, status)| status);
        let (before, after) = (status(self.from), status(self.to));
        let hash = |side: Option<(&'w Version, Status)>| side.map(|(version, _)| &version.hash);
        before == after && (before != Some(Status::NotMet) || hash(self.from) == hash(self.to))
    }

    pub(super) fn found(&self, person: Id, purpose: Purpose) -> Found<'w> {
        let name = |side: Option<(&'w Version, Status)>| side.map(|(version, _)| version.id.as_str());
        Found {
            person,
            purpose,
            from: name(self.from),
            to: name(self.to),
            transition: self.why.map(|why| why.id.as_str()),
            before: self.from.map(|(_, status)| status),
            after: self.to.map(|(_, status)| status),
            affected: None,
        }
    }
}

impl<'w> Side<'w> {
    fn version(&self, record: &Record, question: &Question) -> Option<(&'w Version, Option<&'w Transition>)> {
        match self {
            Self::One(version) => Some((version, None)),
            Self::Each(pack) => pack.version_and_why(record, question.as_of, question.purpose),
        }
    }

    /// A pack that judges everyone as this side does, whichever of its versions rules them.
    fn pack(&self, published: &Pack) -> Pack {
        let version = match self {
            Self::Each(pack) => return (*pack).clone(),
            Self::One(version) => *version,
        };
        let as_if = |own: &Version| Version {
            id: own.id.clone(),
            in_force: own.in_force,
            applies_by: own.applies_by.clone(),
            transitions: Vec::new(),
            ..version.clone()
        };
        Pack { versions: published.versions.iter().map(as_if).collect(), ..published.clone() }
    }
}

impl<'w> Work<'w> {
    pub(super) fn new(conn: &mut Conn<'_>, wish: &'w Wish<'w>) -> Result<Self, SimulationError> {
        let draft = wish.draft;
        let before = match wish.against {
            None => Side::Each(&draft.published),
            Some(id) => match draft.published.version(id) {
                Some(version) => Side::One(version),
                None => return Err(SimulationError::UnknownVersion(id.to_owned())),
            },
        };
        let after = match draft.version().filter(|_| wish.everyone) {
            Some(version) => Side::One(version),
            None => Side::Each(&draft.pack),
        };
        let packs = (before.pack(&draft.published), after.pack(&draft.published));
        let decided = |pack: &Pack| pack.versions.iter().any(|version| !version.transitions.is_empty());
        let flat = (!decided(&packs.0) && !decided(&packs.1)).then_some(packs);
        let (words, names) = (Words::load(conn)?, Known::of_credentials(conn)?);
        Ok(Self { wish, words, names, before, after, flat })
    }

    /// The flat tables, where the rules of both sides are plain.
    pub(super) fn tables(&self) -> Tables<'_> {
        let of = |pack| flat::tables(By::Pack(pack), self.wish.as_of);
        Tables(self.flat.as_ref().map(|(before, after)| (of(before), of(after))))
    }

    pub(super) const fn as_of(&self) -> chrono::NaiveDate {
        self.wish.as_of
    }

    pub(super) fn judge<'j>(&'j self, tables: &'j Tables<'j>) -> Judge<'j, 'w> {
        let of = |tables| Flat::of(tables, self.wish.credential, &self.names);
        let flat = tables.0.as_ref().map(|(before, after)| (of(before), of(after)));
        Judge { work: self, flat }
    }

    /// The versions before and after that rule a person, and the transition that decides the latter.
    pub(super) fn sides(
        &self,
        record: &Record,
        question: &Question,
    ) -> (Option<&'w Version>, Option<&'w Version>, Option<&'w Transition>) {
        let before = self.before.version(record, question).map(|(version, _)| version);
        let (after, why) = self.after.version(record, question).unzip();
        (before, after, why.flatten())
    }

    fn one(&self, (person, purpose): (Id, Purpose), record: &Record) -> Found<'w> {
        let question = Question { as_of: self.wish.as_of, purpose, stage: None };
        let (from, to, why) = self.sides(record, &question);
        if from.map(|version| &version.hash) == to.map(|version| &version.hash) {
            let status = from.map(|version| status_of(version, record, &question));
            return Sides { from: from.zip(status), to: to.zip(status), why }.found(person, purpose);
        }
        let whole = |version: &Version| outline(version, record, &question);
        let (old, new) = (from.map(whole), to.map(whole));
        let status = |side: &Option<Evaluation>| side.as_ref().map(|answer| answer.status);
        let sides = Sides { from: from.zip(status(&old)), to: to.zip(status(&new)), why };
        let mut found = sides.found(person, purpose);
        if !sides.are_alike() {
            let answers = (old.as_ref().map(Answer::of), new.as_ref().map(Answer::of));
            if let Some(mut affected) = explained(&found, answers) {
                let new = new.zip(to).map(|(new, version)| in_language(new, version, self.wish.lang));
                affected.left = new.into_iter().flat_map(|new| new.next).map(|step| step.text).collect();
                found.affected = Some(Box::new(affected));
            }
        }
        found
    }
}

/// Who of a range is concerned, and what each would ask for.
pub(super) type Purposes = BTreeMap<Id, Purpose>;

/// Someone who comes out otherwise, or has further or less to go, but for what is left; none of whoever has as far to go as
/// before.
pub(super) fn explained(found: &Found<'_>, (old, new): (Option<Answer<'_>>, Option<Answer<'_>>)) -> Option<Affected> {
    let to_go = old.zip(new).and_then(|(old, new)| ToGo::between(old, new));
    if found.before == found.after && to_go.is_none() {
        return None;
    }
    Some(Affected {
        person: found.person,
        purpose: found.purpose,
        version: found.from.map(str::to_owned),
        version_after: found.to.map(str::to_owned),
        transition: found.transition.map(str::to_owned),
        before: found.before,
        after: found.after,
        to_go,
        differs: differing(old, new),
        left: Vec::new(),
    })
}

impl<'w> Judge<'_, 'w> {
    /// Judges everyone of a range whom the credential concerns, in the order of their keys.
    pub(super) fn range(&mut self, conn: &mut Conn<'_>, ids: &[Id]) -> Result<Vec<Found<'w>>, SimulationError> {
        let (purposes, mut found) = match &mut self.flat {
            Some(flat) => self.work.quick(conn, ids, flat)?,
            None => (self.concerned(conn, ids)?, Vec::new()),
        };
        if found.len() < purposes.len() {
            let done: Vec<Id> = found.iter().map(|one| one.person).collect();
            let people: Vec<Id> = purposes.keys().copied().filter(|id| done.binary_search(id).is_err()).collect();
            found.extend(self.whole(conn, &purposes, &people, ids.len())?);
            found.sort_unstable_by_key(|one| one.person);
        }
        Ok(found)
    }

    /// Who of a range applied for the credential or holds it, and what each would ask for.
    fn concerned(&self, conn: &mut Conn<'_>, ids: &[Id]) -> Result<Purposes, SimulationError> {
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Purposes::new()) };
        let (range, credential) = ((*first, *last), self.work.wish.credential.id);
        let applied: BTreeSet<Id> =
            repo!(conn, narrow::applications(credential, range))?.into_iter().map(|row| row.person_id).collect();
        let held: BTreeSet<Id> = repo!(conn, narrow::holders(credential, range))?.into_iter().collect();
        let purpose = |person: &Id| Purpose::asked_of(held.contains(person), applied.contains(person));
        Ok(applied.union(&held).filter_map(|person| Some((*person, purpose(person)?))).collect())
    }

    /// Judges these people, some of a range of so many, by their whole records.
    fn whole(
        &self,
        conn: &mut Conn<'_>,
        purposes: &Purposes,
        people: &[Id],
        range: usize,
    ) -> Result<Vec<Found<'w>>, SimulationError> {
        let mut all = BTreeMap::new();
        if people.len() * FEW < range {
            // A range is read with everyone in it: dearer than a few people one by one.
            for person in people {
                all.insert(*person, Rows::read(conn, *person)?);
            }
        } else {
            all = Rows::read_range(conn, people)?;
        }
        let every: Vec<&Rows> = all.values().collect();
        let known = Known::read_for(conn, &every, Some(self.work.wish.credential.organization_id))?;
        let mut found = Vec::with_capacity(all.len());
        for (person, rows) in all {
            let Some(purpose) = purposes.get(&person).copied() else { continue };
            let record = rows.into_record(person, &self.work.words, &known).map_err(EvaluationError::from)?;
            found.push(self.work.one((person, purpose), &record));
        }
        Ok(found)
    }
}
