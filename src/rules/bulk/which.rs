//! Which version rules a person, as [`Pack::version_for`] finds it, for people who hold nothing of the credential yet.

use chrono::NaiveDate;

use super::super::pack::phrase::Anchor;
use super::super::pack::{Pack, Version};
use super::super::question::Purpose;
use super::days::{date, number};
use super::program::Program;
use super::roll::Head;

/// What rules a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The program with this number.
    Program(usize),
    /// No rules are in force for them.
    None,
    /// Rules that only the whole evaluator judges.
    Whole,
}

/// The versions of a pack as programs, where they are plain.
#[derive(Debug)]
pub struct Programs<'p> {
    pack: &'p Pack,
    /// The version in force on the day asked about, whose anchors decide.
    today: &'p Version,
    as_of: NaiveDate,
    programs: Vec<Option<Program<'p>>>,
}

impl<'p> Programs<'p> {
    /// Makes the programs of a pack for a purpose; none if no version is plain.
    #[must_use]
    pub fn of(pack: &'p Pack, purpose: Purpose, as_of: NaiveDate) -> Option<Self> {
        let today = pack.in_force_on(as_of).or_else(|| pack.versions.first())?;
        let between = pack.versions.iter().any(|version| !version.transitions.is_empty());
        if between || today.applies_by.contains(&Anchor::ExamPassed) {
            return None;
        }
        let programs: Vec<_> = pack.versions.iter().map(|version| Program::of(version, purpose).ok()).collect();
        programs.iter().any(Option::is_some).then_some(Self { pack, today, as_of, programs })
    }

    /// The day asked about.
    #[must_use]
    pub fn as_of(&self) -> i32 {
        number(self.as_of)
    }

    /// The program with a number.
    #[must_use]
    pub fn program(&self, at: usize) -> Option<&Program<'p>> {
        self.programs.get(at).and_then(Option::as_ref)
    }

    /// How many versions there are, plain or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.programs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.programs.is_empty()
    }

    /// What rules a person; `pinned` is the version that the application names.
    #[must_use]
    pub fn which(&self, head: &Head, pinned: Option<&str>) -> Which {
        let as_of = number(self.as_of);
        let applied = head.received.is_none_or(|day| day <= as_of);
        let version = match pinned.filter(|_| applied) {
            Some(pin) => self.pack.version(pin),
            None => self.pack.in_force_on(date(self.deciding_day(head, applied, as_of))),
        };
        let Some(version) = version else { return Which::None };
        match self.pack.versions.iter().position(|known| known.id == version.id) {
            Some(at) if self.program(at).is_some() => Which::Program(at),
            _ => Which::Whole,
        }
    }

    /// The latest of the deciding events that has happened, else the day asked about.
    fn deciding_day(&self, head: &Head, applied: bool, as_of: i32) -> i32 {
        let day = |anchor: &Anchor| match anchor {
            Anchor::Application => head.received.filter(|_| applied),
            Anchor::ApplicationComplete => head.complete.filter(|_| applied),
            Anchor::ApplicationApproved => head.approved.filter(|_| applied),
            Anchor::Birth => head.born,
            Anchor::Today => Some(as_of),
            Anchor::Date(day) => Some(number(*day)),
            Anchor::Issue(_)
            | Anchor::TermStart
            | Anchor::TermEnd
            | Anchor::PreviousTermStart
            | Anchor::PreviousTermEnd
            | Anchor::ExamPassed
            | Anchor::Met(_)
            | Anchor::Event { .. } => None,
        };
        self.today.applies_by.iter().filter_map(day).filter(|day| *day <= as_of).max().unwrap_or(as_of)
    }
}
