//! Whoever flat tables can judge, before and after: their status, and of those who come out otherwise or have something to do
//! on both sides, what is missing.
//!
//! Whom the tables leave, on either side, it leaves too.

use std::collections::HashMap;

use super::SimulationError;
use super::differs::Answer;
use super::judge::{Found, Purposes, Side, Sides, Work, explained};
use crate::rules::evaluation::Requirement;
use crate::rules::{Purpose, Status, Version};
use crate::services::everyone::flat::{Flat, Judged, Seat, Tell};
use crate::services::everyone::lists::Lists;
use crate::storage::{Conn, Id};

/// What flat tables said of somebody under a version.
#[derive(Clone, Copy)]
struct Told<'w> {
    version: &'w Version,
    status: Status,
    seat: Seat,
}

/// What flat tables said of people on one side: what is asked for each, and what a version said, if one rules them.
struct Heard<'w> {
    side: Side<'w>,
    people: HashMap<Id, (Purpose, Option<Told<'w>>)>,
}

impl<'w> Heard<'w> {
    fn of(side: Side<'w>, people: usize) -> Self {
        Self { side, people: HashMap::with_capacity(people) }
    }

    /// What they said of somebody who asks for this.
    fn said(&self, person: Id, purpose: Purpose) -> Option<Option<Told<'w>>> {
        self.people.get(&person).filter(|(asked, _)| *asked == purpose).map(|(_, told)| *told)
    }
}

impl Tell for Heard<'_> {
    fn tell(&mut self, person: Id, purpose: Purpose, judged: Option<Judged<'_>>) {
        let told = match (self.side, judged) {
            (Side::One(version), Some(Judged { status, seat, .. })) => Some(Told { version, status, seat }),
            (Side::Each(pack), Some(Judged { version, status, seat })) => {
                pack.version(&version.id).map(|version| Told { version, status, seat })
            }
            // One version rules everyone: only the whole evaluator judges whom no days of a version fit.
            (Side::One(_), None) => return,
            (Side::Each(_), None) => None,
        };
        self.people.insert(person, (purpose, told));
    }
}

/// Requirements with the status they come to, by flat tables.
struct Sums {
    status: Status,
    requirements: Vec<Requirement>,
}

impl Sums {
    /// What is compared of them; nobody who can be judged so has anything to renew.
    fn answer(&self) -> Answer<'_> {
        Answer { status: self.status, closed: false, requirements: &self.requirements }
    }
}

impl<'w> Work<'w> {
    /// Everyone of a range who is concerned, and those of them of whom flat tables tell all, in the order of their keys.
    pub(super) fn quick(
        &self,
        conn: &mut Conn<'_>,
        ids: &[Id],
        (old, new): &mut (Flat<'_, '_>, Flat<'_, '_>),
    ) -> Result<(Purposes, Vec<Found<'w>>), SimulationError> {
        let lists = Lists::read(conn, self.wish.credential.id, ids, old.needs().and(new.needs()))?;
        let mut heard = (Heard::of(self.before, ids.len()), Heard::of(self.after, ids.len()));
        old.judge(conn, &self.words, &lists, &mut heard.0)?;
        new.judge(conn, &self.words, &lists, &mut heard.1)?;
        let purposes: Purposes = lists.concerned().into_iter().collect();
        let one = |(person, purpose): (&Id, &Purpose)| {
            let (from, to) = (heard.0.said(*person, *purpose)?, heard.1.said(*person, *purpose)?);
            let known = |told: Told<'w>| (told.version, told.status);
            let sides = Sides { from: from.map(known), to: to.map(known), why: None };
            let mut found = sides.found(*person, *purpose);
            if !sides.are_alike() {
                self.compare(&mut found, (from, to), (old, new))?;
            }
            Some(found)
        };
        let found = purposes.iter().filter_map(one).collect();
        Ok((purposes, found))
    }

    /// Compares what flat tables know of both sides, and notes whoever is affected; none: they cannot tell.
    fn compare(
        &self,
        found: &mut Found<'w>,
        (from, to): (Option<Told<'w>>, Option<Told<'w>>),
        (old, new): (&mut Flat<'_, '_>, &mut Flat<'_, '_>),
    ) -> Option<()> {
        let sums = |flat: &mut Flat<'_, '_>, told: Option<Told<'w>>| match told {
            None => Some(None),
            Some(Told { status, seat, .. }) => {
                flat.requirements(seat).map(|requirements| Some(Sums { status, requirements }))
            }
        };
        let (before, after) = (sums(old, from)?, sums(new, to)?);
        let answers = (before.as_ref().map(Sums::answer), after.as_ref().map(Sums::answer));
        if let Some(mut affected) = explained(found, answers) {
            let left = |(told, sums): (Told<'w>, Sums)| new.left(told.seat, sums.requirements, self.wish.lang);
            affected.left = to.zip(after).map_or_else(Vec::new, left);
            found.affected = Some(Box::new(affected));
        }
        Some(())
    }
}
