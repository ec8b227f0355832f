//! People's records as narrow rows, one person after the other.

use std::ops::Range;

use super::super::evaluation::Status;

/// A piece of learning: the part of it that has one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The day it was completed.
    pub day: i32,
    /// Its minutes.
    pub minutes: u32,
    /// Its class.
    pub class: u16,
}

/// A piece of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub first: i32,
    /// Its last day, its minutes, its class.
    pub last: Row,
}

/// A sitting of an exam that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// The day.
    pub day: i32,
    /// The day from which its result is known officially; the first there is where none is stated.
    pub known: i32,
    /// The rule, by its number in the program.
    pub rule: u8,
    /// Whether it was passed officially; else it waits for someone's word.
    pub passed: bool,
}

/// A statement that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// The day.
    pub day: i32,
    /// The last day it speaks of; the last there is where none is stated.
    pub through: i32,
    /// The rule, by its number in the program.
    pub rule: u8,
    /// Whether it counts; else it waits for someone's word.
    pub certain: bool,
}

/// What is known of a person beside the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// The day asked about.
    pub as_of: i32,
    /// The application was received.
    pub received: Option<i32>,
    /// It was complete.
    pub complete: Option<i32>,
    /// It was approved.
    pub approved: Option<i32>,
    /// The person was born.
    pub born: Option<i32>,
    /// Something is known that is not read here.
    pub odd: bool,
}

/// What was settled of a person beside their hours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled<'r> {
    /// The status of each rule that hours do not decide.
    pub(super) said: &'r [Option<Status>],
    /// The first and last day that count, by window.
    pub(super) days: &'r [(i32, i32)],
    /// Nothing but `not_applicable` may be more than `not_met`.
    pub(super) bars: bool,
    /// Nor that.
    pub(super) shuts: bool,
}

/// One person's rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of<'r> {
    pub(super) head: &'r Head,
    pub(super) learning: &'r [Row],
    pub(super) service: &'r [Stretch],
    pub(super) sittings: &'r [Sitting],
    pub(super) statements: &'r [Statement],
    pub(super) settled: Option<Settled<'r>>,
}

/// A person, and where their rows begin; they end where the next person's begin.
#[derive(Debug, Clone)]
struct Whole {
    head: Head,
    learning: usize,
    service: usize,
    sittings: usize,
    statements: usize,
    /// Its number among what was settled.
    settled: Option<u32>,
}

#[derive(Debug, Clone)]
struct Known {
    said: Range<usize>,
    days: Range<usize>,
    bars: bool,
    shuts: bool,
}

/// Many people's rows.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    people: Vec<Whole>,
    learning: Vec<Row>,
    service: Vec<Stretch>,
    sittings: Vec<Sitting>,
    statements: Vec<Statement>,
    settled: Vec<Known>,
    said: Vec<Option<Status>>,
    days: Vec<(i32, i32)>,
    /// Whose rows come now.
    open: usize,
}

impl Roll {
    /// Begins a person; the rows that follow are theirs.
    pub fn begin(&mut self, head: Head) {
        self.open = self.people.len();
        self.people.push(Whole {
            head,
            learning: self.learning.len(),
            service: self.service.len(),
            sittings: self.sittings.len(),
            statements: self.statements.len(),
            settled: None,
        });
    }

    /// Goes back to the person with the number `at`: the hours that follow are theirs. Where the hours of one come after
    /// everybody has begun, those of all do, in their order, and whoever has none is gone back to as well.
    pub fn resume(&mut self, at: usize) {
        self.open = at;
        if let Some(person) = self.people.get_mut(at) {
            (person.learning, person.service) = (self.learning.len(), self.service.len());
        }
    }

    /// Adds a piece of learning.
    pub fn learning(&mut self, row: Row) {
        self.learning.push(row);
    }

    /// Adds a piece of service.
    pub fn service(&mut self, stretch: Stretch) {
        self.service.push(stretch);
    }

    /// Adds a sitting.
    pub fn sitting(&mut self, sitting: Sitting) {
        self.sittings.push(sitting);
    }

    /// Adds a statement.
    pub fn statement(&mut self, statement: Statement) {
        self.statements.push(statement);
    }

    /// Notes what was settled of the person begun last.
    pub(super) fn settle(&mut self, said: &[Option<Status>], days: &[(i32, i32)], bars: bool, shuts: bool) {
        let (said_at, days_at) = (self.said.len(), self.days.len());
        self.said.extend_from_slice(said);
        self.days.extend_from_slice(days);
        let (said, days) = (said_at..self.said.len(), days_at..self.days.len());
        if let Some(person) = self.people.last_mut() {
            person.settled = Some(u32::try_from(self.settled.len()).unwrap_or(u32::MAX));
        }
        self.settled.push(Known { said, days, bars, shuts });
    }

    /// Marks the person whose rows come now as one of whom something is known that is not read here.
    pub fn odd(&mut self) {
        if let Some(person) = self.people.get_mut(self.open) {
            person.head.odd = true;
        }
    }

    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Empties it and keeps its memory.
    pub fn clear(&mut self) {
        self.people.clear();
        self.learning.clear();
        self.service.clear();
        self.sittings.clear();
        self.statements.clear();
        self.settled.clear();
        self.said.clear();
        self.days.clear();
        self.open = 0;
    }

    /// One person, by the order in which they came.
    pub(super) fn person(&self, at: usize) -> Option<Of<'_>> {
        let person = self.people.get(at)?;
        let settled = match person.settled {
            Some(number) => Some(self.settled(number)?),
            None => None,
        };
        let next = self.people.get(at + 1);
        let [learning, service, sittings, statements] = next.map_or_else(
            || [self.learning.len(), self.service.len(), self.sittings.len(), self.statements.len()],
            |next| [next.learning, next.service, next.sittings, next.statements],
        );
        Some(Of {
            head: &person.head,
            learning: self.learning.get(person.learning..learning)?,
            service: self.service.get(person.service..service)?,
            sittings: self.sittings.get(person.sittings..sittings)?,
            statements: self.statements.get(person.statements..statements)?,
            settled,
        })
    }

    fn settled(&self, number: u32) -> Option<Settled<'_>> {
        let known = self.settled.get(usize::try_from(number).ok()?)?;
        Some(Settled {
            said: self.said.get(known.said.clone())?,
            days: self.days.get(known.days.clone())?,
            bars: known.bars,
            shuts: known.shuts,
        })
    }
}
