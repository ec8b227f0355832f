//! People's records as narrow rows, one person after the other.

use std::ops::Range;

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

/// One person's rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of<'r> {
    pub(super) head: &'r Head,
    pub(super) learning: &'r [Row],
    pub(super) sittings: &'r [Sitting],
    pub(super) statements: &'r [Statement],
}

#[derive(Debug, Clone)]
struct Whole {
    head: Head,
    learning: Range<usize>,
    sittings: Range<usize>,
    statements: Range<usize>,
}

/// Many people's rows.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    people: Vec<Whole>,
    learning: Vec<Row>,
    sittings: Vec<Sitting>,
    statements: Vec<Statement>,
}

impl Roll {
    /// Begins a person; the rows that follow are theirs.
    pub fn begin(&mut self, head: Head) {
        let (learning, sittings, statements) = (self.learning.len(), self.sittings.len(), self.statements.len());
        self.people.push(Whole {
            head,
            learning: learning..learning,
            sittings: sittings..sittings,
            statements: statements..statements,
        });
    }

    /// Adds a piece of learning.
    pub fn learning(&mut self, row: Row) {
        self.learning.push(row);
        if let Some(person) = self.people.last_mut() {
            person.learning.end = self.learning.len();
        }
    }

    /// Adds a sitting.
    pub fn sitting(&mut self, sitting: Sitting) {
        self.sittings.push(sitting);
        if let Some(person) = self.people.last_mut() {
            person.sittings.end = self.sittings.len();
        }
    }

    /// Adds a statement.
    pub fn statement(&mut self, statement: Statement) {
        self.statements.push(statement);
        if let Some(person) = self.people.last_mut() {
            person.statements.end = self.statements.len();
        }
    }

    /// Marks the person begun last as one of whom something is known that is not read here.
    pub fn odd(&mut self) {
        if let Some(person) = self.people.last_mut() {
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
        self.sittings.clear();
        self.statements.clear();
    }

    /// One person, by the order in which they came.
    pub(super) fn person(&self, at: usize) -> Option<Of<'_>> {
        let person = self.people.get(at)?;
        Some(Of {
            head: &person.head,
            learning: self.learning.get(person.learning.clone())?,
            sittings: self.sittings.get(person.sittings.clone())?,
            statements: self.statements.get(person.statements.clone())?,
        })
    }
}
