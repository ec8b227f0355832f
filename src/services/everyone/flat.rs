//! People whose status sums decide: onto rolls, and judged there.
//!
//! Answers whom it could not judge. Of those it could, it tells more when asked, until the next range is read. It must never judge whom the whole evaluator would judge otherwise: of whom more is known
//! than is read here, is left. Who holds nothing yet and of whom nothing unusual is known goes by a few days and narrow
//! rows; everybody else by their record without its hours, and the hours as narrow rows.

use chrono::NaiveDate;

use super::hours::{Desk, Sources};
use super::lists::{Lists, Needs};
#[cfg(doc)]
use crate::rules::bulk::Judge;
use crate::rules::bulk::{Attempt, By, Given, Head, Program, Programs, Which, number};
use crate::rules::evaluation::Requirement;
use crate::rules::{Lang, Purpose, Record, Status, Version, explain};
use crate::services::evaluations::EvaluationError;
use crate::services::record::{Known, attested_value, latest};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::rows::narrow::{NarrowApplication, NarrowExam};
use crate::storage::{Conn, Id, Words};

/// Who is told of people as they are judged.
pub(in crate::services) trait Tell {
    /// How a person stands; none: no rules are in force for them.
    fn tell(&mut self, person: Id, purpose: Purpose, judged: Option<Judged<'_>>);
}

/// What the tables say of somebody.
#[derive(Debug, Clone, Copy)]
pub(in crate::services) struct Judged<'v> {
    /// The version that rules them.
    pub(in crate::services) version: &'v Version,
    /// How they stand under it.
    pub(in crate::services) status: Status,
    /// By which more can be asked of them.
    pub(in crate::services) seat: Seat,
}

/// Where somebody is among those whom the tables judged last.
#[derive(Debug, Clone, Copy)]
pub(in crate::services) struct Seat {
    purpose: usize,
    program: usize,
    place: usize,
}

/// The tables of a set of rules, for first awards and for renewals.
pub(in crate::services) struct Tables<'p>([Option<Programs<'p>>; 2]);

/// Makes the tables of a set of rules.
pub(in crate::services) fn tables(by: By<'_>, as_of: NaiveDate) -> Tables<'_> {
    Tables([Purpose::Initial, Purpose::Renewal].map(|purpose| Programs::of(by, purpose, as_of)))
}

impl<'p> Tables<'p> {
    fn of(&self, purpose: Purpose) -> Option<(usize, &Programs<'p>)> {
        let mut all = self.0.iter().enumerate().filter_map(|(at, programs)| Some((at, programs.as_ref()?)));
        all.find(|(_, programs)| programs.purpose() == purpose)
    }

    /// Whether any program says so.
    pub(super) fn any(&self, says: impl Fn(&Program<'p>) -> bool) -> bool {
        self.0.iter().flatten().any(|programs| programs.any(&says))
    }

    /// The lists that they need.
    fn needs(&self) -> Needs {
        Needs {
            beside: self.any(|program| program.is_simple()),
            learning: self.any(Program::reads_learning),
            sources: self.any(|program| program.reads_sources() || program.reads_delivery()),
            exams: self.any(|program| program.is_simple() && program.reads_exams()),
            statements: self.any(|program| program.is_simple() && program.reads_statements()),
            service: self.any(Program::reads_service),
        }
    }
}

/// What one thread keeps for a set of rules while it goes through the ranges.
pub(in crate::services) struct Flat<'t, 'p> {
    tables: &'t Tables<'p>,
    sources: Sources<'t>,
    /// By purpose and program.
    desks: [Vec<Desk<'t, 'p>>; 2],
}

impl<'t, 'p> Flat<'t, 'p> {
    /// Flat tables at work; `names` is of credentials.
    pub(in crate::services) fn of(tables: &'t Tables<'p>, credential: &CredentialRow, names: &'t Known) -> Self {
        let desks = tables.0.each_ref().map(|programs| {
            let of =
                |programs: &'t Programs<'p>| (0..programs.len()).map(|at| Desk::of(programs.program(at))).collect();
            programs.as_ref().map_or_else(Vec::new, of)
        });
        Self { tables, sources: Sources::of(credential.organization_id, names), desks }
    }

    /// The lists that it needs.
    pub(in crate::services) fn needs(&self) -> Needs {
        self.tables.needs()
    }

    /// Judges the people of a range, tells of them in no order, and answers whom it could not judge, in order. Reads nobody's
    /// hours who certainly lacks something else: of them nothing more can be asked than the status.
    pub(in crate::services) fn range(
        &mut self,
        conn: &mut Conn<'_>,
        credential: &CredentialRow,
        words: &Words,
        ids: &[Id],
        into: &mut impl Tell,
    ) -> Result<Vec<Id>, EvaluationError> {
        let needs = self.tables.needs();
        let mut lists = Lists::read_beside_hours(conn, credential.id, ids, needs)?;
        let left = self.begin(conn, words, &lists, into)?;
        lists.read_hours(conn, &self.open(), needs)?;
        self.finish(conn, words, &lists, into, left)
    }

    /// [`Self::range`], by lists that are read, with everybody's hours.
    pub(in crate::services) fn judge(
        &mut self,
        conn: &mut Conn<'_>,
        words: &Words,
        lists: &Lists,
        into: &mut impl Tell,
    ) -> Result<Vec<Id>, EvaluationError> {
        let left = self.begin(conn, words, lists, into)?;
        self.finish(conn, words, lists, into, left)
    }

    /// Puts everybody on the roll of the version that rules them, without their hours, and answers who could not be.
    fn begin(
        &mut self,
        conn: &mut Conn<'_>,
        words: &Words,
        lists: &Lists,
        into: &mut impl Tell,
    ) -> Result<Vec<Id>, EvaluationError> {
        self.desks.iter_mut().flatten().for_each(Desk::clear);
        let (mut slow, mut left) = (Vec::new(), Vec::new());
        for (person, purpose) in lists.concerned() {
            let usual = lists.with_extras.binary_search(&person).is_err();
            let Some((_, programs)) = self.tables.of(purpose).filter(|_| usual) else {
                left.push(person);
                continue;
            };
            match quickly(programs, (person, purpose), lists) {
                None => slow.push((person, purpose)),
                Some((_, Which::None)) => into.tell(person, purpose, None),
                Some((_, Which::Whole)) => left.push(person),
                Some((head, Which::Program(number))) => self.take_simply(number, person, head, lists, words),
            }
        }
        self.take_beside(conn, words, lists, &slow, into, &mut left)?;
        Ok(left)
    }

    /// Those on the rolls whose hours may decide, in order.
    fn open(&mut self) -> Vec<Id> {
        let mut open = Vec::new();
        for desk in self.desks.iter_mut().flatten() {
            let Some(judge) = &mut desk.judge else { continue };
            let all = desk.people.iter().enumerate();
            open.extend(all.filter(|(at, _)| !judge.lacks_beside_hours(&desk.roll, *at)).map(|(_, person)| *person));
        }
        open.sort_unstable();
        open
    }

    /// Adds the hours that are read, and decides.
    fn finish(
        &mut self,
        conn: &mut Conn<'_>,
        words: &Words,
        lists: &Lists,
        into: &mut impl Tell,
        mut left: Vec<Id>,
    ) -> Result<Vec<Id>, EvaluationError> {
        self.sources.read(conn, self.tables, lists)?;
        for (programs, desks) in self.tables.0.iter().zip(&mut self.desks) {
            let Some(programs) = programs else { continue };
            for (number, desk) in desks.iter_mut().enumerate() {
                if let Some(program) = programs.program(number) {
                    desk.all_hours(program, &self.sources, words, lists);
                }
            }
        }
        self.decide(into, &mut left);
        left.sort_unstable();
        Ok(left)
    }

    /// Takes those of whom more than a few days has to be looked at.
    fn take_beside(
        &mut self,
        conn: &mut Conn<'_>,
        words: &Words,
        lists: &Lists,
        slow: &[(Id, Purpose)],
        into: &mut impl Tell,
        left: &mut Vec<Id>,
    ) -> Result<(), EvaluationError> {
        if slow.is_empty() {
            return Ok(());
        }
        let people: Vec<Id> = slow.iter().map(|(person, _)| *person).collect();
        let records = lists.read_beside(conn, words, self.sources.names(), &people)?;
        for (person, purpose) in slow {
            let (Some(record), Some((desks, programs))) = (records.get(person), self.tables.of(*purpose)) else {
                left.push(*person);
                continue;
            };
            match programs.which_by(record) {
                Which::None => into.tell(*person, *purpose, None),
                Which::Whole => left.push(*person),
                Which::Program(number) => self.take((desks, number), *person, record),
            }
        }
        Ok(())
    }

    /// Puts a person's narrow rows on the roll of the version that rules them, without hours.
    fn take_simply(&mut self, number: usize, person: Id, head: Head, lists: &Lists, words: &Words) {
        let Some((desks, programs)) = self.tables.of(Purpose::Initial) else { return };
        let desk = self.desks.get_mut(desks).and_then(|desks| desks.get_mut(number));
        let (Some(program), Some(desk)) = (programs.program(number), desk) else { return };
        desk.people.push(person);
        desk.roll.begin(head);
        for row in latest(lists.exams.of(person, |row| row.person_id), |row| row.id) {
            desk.roll.take_sitting(program, &attempt(row, words));
        }
        for row in latest(lists.attestations.of(person, |row| row.person_id), |row| row.id) {
            let value = row.value.as_deref().map(attested_value);
            let given = Given {
                kind: words.text(row.kind),
                value: value.as_ref(),
                on: row.on_day.0,
                through: row.through_day.map(|day| day.0),
                by: Some(&row.made_by),
                status: Some(words.text(row.state)),
            };
            desk.roll.take_statement(program, &given);
        }
    }

    /// Puts a person on a roll by their record without its hours.
    fn take(&mut self, (desks, number): (usize, usize), person: Id, record: &Record) {
        let programs = self.tables.0.get(desks).and_then(Option::as_ref);
        let desk = self.desks.get_mut(desks).and_then(|desks| desks.get_mut(number));
        let (Some(programs), Some(desk)) = (programs, desk) else { return };
        let Some(program) = programs.program(number) else { return };
        desk.people.push(person);
        desk.roll.begin_with(program, record, programs.as_of());
    }

    fn decide(&mut self, into: &mut impl Tell, left: &mut Vec<Id>) {
        for (purpose, (programs, desks)) in self.tables.0.iter().zip(&mut self.desks).enumerate() {
            let Some(asked) = programs.as_ref().map(Programs::purpose) else { continue };
            for (program, desk) in desks.iter_mut().enumerate() {
                let Some(judge) = &mut desk.judge else { continue };
                let version = judge.program().version();
                for (place, person) in desk.people.iter().enumerate() {
                    let Some(status) = judge.status(&desk.roll, place, &desk.classes) else {
                        left.push(*person);
                        continue;
                    };
                    into.tell(*person, asked, Some(Judged { version, status, seat: Seat { purpose, program, place } }));
                }
            }
        }
    }

    /// The requirements of somebody who was judged last, as [`Judge::requirements`] has them, if the tables can tell.
    pub(in crate::services) fn requirements(&mut self, seat: Seat) -> Option<Vec<Requirement>> {
        let desk = self.desks.get_mut(seat.purpose)?.get_mut(seat.program)?;
        desk.judge.as_mut()?.requirements(&desk.roll, seat.place, &desk.classes)
    }

    /// What is left to do of these requirements.
    pub(in crate::services) fn left(&self, seat: Seat, requirements: Vec<Requirement>, lang: Lang) -> Vec<String> {
        let programs = self.tables.0.get(seat.purpose).and_then(Option::as_ref);
        let program = programs.and_then(|programs| programs.program(seat.program));
        program.map_or_else(Vec::new, |program| {
            explain::left(program.version(), (program.purpose(), program.stage()), requirements, lang)
        })
    }
}

/// What rules a person by their application alone, with the few days that decide; none if more has to be looked at.
fn quickly(programs: &Programs<'_>, (person, purpose): (Id, Purpose), lists: &Lists) -> Option<(Head, Which)> {
    if purpose != Purpose::Initial || lists.unusual.binary_search(&person).is_ok() {
        return None;
    }
    let own = lists.applications.of(person, |row| row.person_id);
    let (head, pinned) = head(person, own, lists, number(programs.as_of()))?;
    Some((head, programs.which(&head, pinned)?))
}

/// What is known of a person beside the rows, and the version the application names; none if the applications ask
/// for more than one look.
fn head<'l>(
    id: Id,
    applications: &'l [NarrowApplication],
    lists: &Lists,
    as_of: i32,
) -> Option<(Head, Option<&'l str>)> {
    let mut initial = applications.iter().filter(|row| row.purpose == Purpose::Initial.word());
    let application = initial.next();
    if initial.next().is_some() || application.is_some_and(|row| row.stage.is_some()) {
        return None;
    }
    let steps = lists.steps.of(id, |(person, ..)| *person);
    let on = |wanted: &str| {
        let mut own =
            steps.iter().filter(|(_, of, kind, _)| Some(*of) == application.map(|row| row.id) && kind == wanted);
        own.next_back().map(|(.., day)| day.0)
    };
    let born = lists.births.of(id, |(person, _)| *person).last().and_then(|(_, day)| *day);
    let head = Head {
        as_of,
        received: application.map(|row| row.received_day.0),
        complete: on("complete"),
        approved: on("approved"),
        born: born.map(|day| day.0),
        odd: false,
    };
    Some((head, application.and_then(|row| row.version.as_deref())))
}

fn attempt<'r>(row: &'r NarrowExam, words: &'r Words) -> Attempt<'r> {
    Attempt {
        exam: words.text(row.exam),
        on: row.on_day.0,
        outcome: Some(words.text(row.outcome)),
        status: None,
        score: row.score.as_deref(),
        scale: row.scale.as_deref(),
        pass_mark: row.pass_mark.as_deref(),
        official: Some(row.official),
        official_on: row.official_day.map(|day| day.0),
    }
}
