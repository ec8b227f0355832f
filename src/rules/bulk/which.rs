//! Which version and stage rule a person, and the tables made of them.

use chrono::NaiveDate;

use super::super::pack::phrase::Anchor;
use super::super::pack::{Pack, Version};
use super::super::question::{Purpose, Question};
use super::super::record::Record;
use super::days::{date, number};
use super::program::Program;
use super::roll::Head;
use super::window::{day_of, known};

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

/// By what people are judged.
#[derive(Debug, Clone, Copy)]
pub enum By<'p> {
    /// The version of the pack that rules each person.
    Pack(&'p Pack),
    /// One version, everybody.
    Version(&'p Version),
}

impl<'p> By<'p> {
    /// The version for a person; their record may leave out hours.
    #[must_use]
    pub fn version_for(&self, record: &Record, as_of: NaiveDate, purpose: Purpose) -> Option<&'p Version> {
        match self {
            Self::Pack(pack) => pack.version_for(record, as_of, purpose),
            Self::Version(version) => Some(version),
        }
    }

    fn versions(&self) -> &'p [Version] {
        match self {
            Self::Pack(pack) => &pack.versions,
            Self::Version(version) => std::slice::from_ref(version),
        }
    }
}

/// The versions and stages of a pack as programs, where they are plain.
#[derive(Debug)]
pub struct Programs<'p> {
    by: By<'p>,
    /// Events that decide the version.
    anchors: &'p [Anchor],
    /// The version follows from the application alone.
    by_application: bool,
    purpose: Purpose,
    as_of: NaiveDate,
    /// The version each begins with its first stage.
    begins: Vec<usize>,
    programs: Vec<Option<Program<'p>>>,
}

impl<'p> Programs<'p> {
    /// Makes the programs of a purpose; none if no version is plain.
    #[must_use]
    pub fn of(by: By<'p>, purpose: Purpose, as_of: NaiveDate) -> Option<Self> {
        let anchors = match by {
            By::Pack(pack) => &*pack.in_force_on(as_of).or_else(|| pack.versions.first())?.applies_by,
            By::Version(_) => &[],
        };
        let from_day = |anchor: &Anchor| !matches!(anchor, Anchor::ExamPassed | Anchor::Event { .. } | Anchor::Met(_));
        let initial = matches!(purpose, Purpose::Initial | Purpose::Reciprocity);
        let transitions = by.versions().iter().any(|version| !version.transitions.is_empty());
        let by_application = initial
            && match by {
                By::Pack(_) => !transitions && anchors.iter().all(from_day),
                By::Version(_) => true,
            };
        let (mut begins, mut programs) = (Vec::new(), Vec::new());
        for version in by.versions() {
            begins.push(programs.len());
            let stages = 0..version.stages.len();
            programs.extend(stages.map(|stage| Program::for_stage(version, purpose, stage).ok()));
        }
        let any = programs.iter().any(Option::is_some);
        any.then_some(Self { by, anchors, by_application, purpose, as_of, begins, programs })
    }

    /// The day asked about.
    #[must_use]
    pub const fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The program with a number.
    #[must_use]
    pub fn program(&self, at: usize) -> Option<&Program<'p>> {
        self.programs.get(at).and_then(Option::as_ref)
    }

    /// Whether any program says so.
    #[must_use]
    pub fn any(&self, says: impl Fn(&Program<'p>) -> bool) -> bool {
        self.programs.iter().flatten().any(says)
    }

    /// What for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// How many versions and stages there are, plain or not.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.programs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.programs.is_empty()
    }

    /// What rules a person who holds nothing of the credential and of whom nothing unusual is known, if their
    /// application says it; `pinned` is the version that it names. None: [`Self::which_by`] has to look at their record.
    #[must_use]
    pub fn which(&self, head: &Head, pinned: Option<&str>) -> Option<Which> {
        if !self.by_application {
            return None;
        }
        let as_of = number(self.as_of);
        let applied = head.received.is_none_or(|day| day <= as_of);
        let version = match (self.by, pinned.filter(|_| applied)) {
            (By::Version(version), _) => Some(version),
            (By::Pack(pack), Some(pin)) => pack.version(pin),
            (By::Pack(pack), None) => pack.in_force_on(date(self.deciding_day(head, as_of))),
        };
        let which = version.map_or(Which::None, |version| self.at(version, 0));
        match which {
            Which::Program(at) if !self.program(at).is_some_and(Program::is_simple) => None,
            which => Some(which),
        }
    }

    /// What rules a person, by a record that may leave out hours.
    #[must_use]
    pub fn which_by(&self, record: &Record) -> Which {
        let Some(version) = self.by.version_for(record, self.as_of, self.purpose) else { return Which::None };
        let question = Question { as_of: self.as_of, purpose: self.purpose, stage: None };
        version.stage_of(record, &question).map_or(Which::Whole, |stage| self.at(version, stage))
    }

    fn at(&self, version: &Version, stage: usize) -> Which {
        let known = self.by.versions().iter().position(|known| known.id == version.id);
        let begin = known.and_then(|at| self.begins.get(at));
        match begin.map(|begin| begin + stage) {
            Some(at) if stage < version.stages.len() && self.program(at).is_some() => Which::Program(at),
            _ => Which::Whole,
        }
    }

    /// The latest of the deciding events that has happened, else the day asked about.
    fn deciding_day(&self, head: &Head, as_of: i32) -> i32 {
        let head = known(&Head { as_of, ..*head });
        // An application that is not there decides nothing.
        let day = |anchor: &Anchor| match anchor {
            Anchor::Application => head.received,
            other => day_of(other, &head),
        };
        self.anchors.iter().filter_map(day).filter(|day| *day <= as_of).max().unwrap_or(as_of)
    }
}
