//! One range of people, judged before and after.
//!
//! Whoever's status flat tables give on both sides, the same on both, is done ([`flat`]), unless something is missing on
//! both under rules that differ: then how much it is has to be known. All others are judged by their whole records. It must never answer otherwise than the whole evaluator would for each alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::differs::{ToGo, differing};
use super::{Affected, SimulationError, Wish};
use crate::repo;
use crate::rules::bulk::By;
use crate::rules::explain::in_language;
use crate::rules::pack::model::Transition;
use crate::rules::{Pack, Purpose, Question, Record, Status, Version, evaluate, status_of};
use crate::services::evaluations::EvaluationError;
use crate::services::everyone::flat::{self, Flat, Tell};
use crate::services::record::{Known, Rows};
use crate::storage::{Conn, Id, Words};

/// One person in so many of a range is read alone.
const FEW: usize = 4;

/// What is the same for every person.
pub(super) struct Work<'w> {
    wish: &'w Wish<'w>,
    words: Words,
    /// The names of credentials.
    names: Known,
    before: Side<'w>,
    after: Side<'w>,
    /// The packs that flat tables are made of; none: transitions decide, and why is told of everyone.
    flat: Option<(Pack, Pack)>,
}

/// Flat tables for both sides.
pub(super) struct Tables<'t>(Option<(flat::Tables<'t>, flat::Tables<'t>)>);

/// The rules on one side.
#[derive(Debug, Clone, Copy)]
enum Side<'w> {
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

/// What is asked for a person, and what a version said, if one rules them.
type Answered<'w> = (Purpose, Option<(&'w Version, Status)>);

/// What flat tables said of people on one side.
struct Heard<'w> {
    side: Side<'w>,
    people: HashMap<Id, Answered<'w>>,
}

impl Tell for Heard<'_> {
    fn tell(&mut self, person: Id, purpose: Purpose, judged: Option<(&Version, Status)>) {
        let known = match (self.side, judged) {
            (Side::One(version), Some((_, status))) => Some((version, status)),
            (Side::Each(pack), Some((version, status))) => pack.version(&version.id).map(|version| (version, status)),
            // One version rules everyone: only the whole evaluator judges whom no days of a version fit.
            (Side::One(_), None) => return,
            (Side::Each(_), None) => None,
        };
        self.people.insert(person, (purpose, known));
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
        let before = from.map(|version| status_of(version, record, &question));
        let same = from.map(|version| &version.hash) == to.map(|version| &version.hash);
        let after = if same { before } else { to.map(|version| status_of(version, record, &question)) };
        let mut found = Found {
            person,
            purpose,
            from: from.map(|version| version.id.as_str()),
            to: to.map(|version| version.id.as_str()),
            transition: why.map(|why| why.id.as_str()),
            before,
            after,
            affected: None,
        };
        if before != after || !same && has_to_do(before, after) {
            found.affected = self.explained(&found, (from, to), record, &question).map(Box::new);
        }
        found
    }

    /// None for whoever has as far to go as before.
    fn explained(
        &self,
        found: &Found<'w>,
        (from, to): (Option<&Version>, Option<&Version>),
        record: &Record,
        question: &Question,
    ) -> Option<Affected> {
        let whole = |version: &Version| evaluate(version, record, question);
        let (old, new) = (from.map(whole), to.map(whole));
        let to_go = old.as_ref().zip(new.as_ref()).and_then(|(old, new)| ToGo::between(old, new));
        if found.before == found.after && to_go.is_none() {
            return None;
        }
        let differs = differing(old.as_ref(), new.as_ref());
        let new = new.zip(to).map(|(new, version)| in_language(new, version, self.wish.lang));
        Some(Affected {
            person: found.person,
            purpose: found.purpose,
            version: found.from.map(str::to_owned),
            version_after: found.to.map(str::to_owned),
            transition: found.transition.map(str::to_owned),
            before: found.before,
            after: found.after,
            to_go,
            differs,
            left: new.into_iter().flat_map(|new| new.next).map(|step| step.text).collect(),
        })
    }
}

/// Whether something is to be done on both sides: then how much of it has to be looked at.
fn has_to_do(before: Option<Status>, after: Option<Status>) -> bool {
    (before, after) == (Some(Status::NotMet), Some(Status::NotMet))
}

impl<'w> Judge<'_, 'w> {
    /// Judges everyone of a range whom the credential concerns, in the order of their keys.
    pub(super) fn range(&mut self, conn: &mut Conn<'_>, ids: &[Id]) -> Result<Vec<Found<'w>>, SimulationError> {
        let purposes = self.concerned(conn, ids)?;
        let mut found = self.quick(conn, ids, &purposes)?;
        if found.len() < purposes.len() {
            let done: Vec<Id> = found.iter().map(|one| one.person).collect();
            let people: Vec<Id> = purposes.keys().copied().filter(|id| done.binary_search(id).is_err()).collect();
            found.extend(self.whole(conn, &purposes, &people, ids.len())?);
            found.sort_unstable_by_key(|one| one.person);
        }
        Ok(found)
    }

    /// Those who stand the same on both sides, as far as flat tables can tell, in the order of their keys.
    fn quick(
        &mut self,
        conn: &mut Conn<'_>,
        ids: &[Id],
        purposes: &BTreeMap<Id, Purpose>,
    ) -> Result<Vec<Found<'w>>, SimulationError> {
        let Work { wish, words, before, after, .. } = self.work;
        let Some((old, new)) = &mut self.flat else { return Ok(Vec::new()) };
        let heard = |side: &Side<'w>| Heard { side: *side, people: HashMap::with_capacity(ids.len()) };
        let (mut known, mut then) = (heard(before), heard(after));
        old.range(conn, wish.credential, words, ids, &mut known)?;
        new.range(conn, wish.credential, words, ids, &mut then)?;
        let one = |(person, purpose): (&Id, &Purpose)| {
            let asked =
                |side: &Heard<'w>| side.people.get(person).filter(|(of, _)| of == purpose).map(|(_, found)| *found);
            let (from, to) = (asked(&known)?, asked(&then)?);
            let status = |side: Option<(&Version, Status)>| side.map(|(_, status)| status);
            let name = |side: Option<(&'w Version, Status)>| side.map(|(version, _)| version.id.as_str());
            let hash = |side: Option<(&'w Version, Status)>| side.map(|(version, _)| &version.hash);
            let told = status(from) == status(to) && (hash(from) == hash(to) || !has_to_do(status(from), status(to)));
            told.then(|| Found {
                person: *person,
                purpose: *purpose,
                from: name(from),
                to: name(to),
                transition: None,
                before: status(from),
                after: status(to),
                affected: None,
            })
        };
        Ok(purposes.iter().filter_map(one).collect())
    }

    /// Who of a range applied for the credential or holds it, and what each would ask for.
    fn concerned(&self, conn: &mut Conn<'_>, ids: &[Id]) -> Result<BTreeMap<Id, Purpose>, SimulationError> {
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(BTreeMap::new()) };
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
        purposes: &BTreeMap<Id, Purpose>,
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
