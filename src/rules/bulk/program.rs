//! The rules of a purpose and a stage as tables: hours by places and windows, everything else as points of a tree.

use super::super::pack::Version;
use super::super::pack::model::{Age, Asks, Attestations, Attribute, Exam, Filter, Rule, Rules};
use super::super::pack::phrase::Window;
use super::super::question::Purpose;
use super::checks::Check;
use super::hours::{Capped, Counted};
use super::plain;

/// Where minutes go that count nowhere.
pub(super) const NOWHERE: u8 = 0;
/// Where minutes go that only the whole evaluator can place.
pub(super) const TORN: u8 = 1;

/// Why the rules are not for this module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{rule}` has {what}, which only the whole evaluator judges")]
pub struct NotPlain {
    /// The rule, or the purpose.
    pub rule: String,
    /// What it has.
    pub what: &'static str,
}

/// What one place asks for, and what it gives to the place it is part of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) place: u8,
    /// What it is part of; nowhere where it stands for itself.
    pub(super) above: u8,
    pub(super) minutes: u64,
    /// It gives no more than this.
    pub(super) most: u64,
    /// Its number among all conditions.
    pub(super) condition: u8,
}

/// A rule about attestations.
#[derive(Debug)]
pub(super) struct Attested<'v> {
    pub(super) wanted: &'v Attestations,
    pub(super) window: u8,
    pub(super) condition: u8,
}

/// A rule about an exam.
#[derive(Debug)]
pub(super) struct Examined<'v> {
    pub(super) exam: &'v Exam,
    pub(super) window: u8,
    pub(super) condition: u8,
}

/// What decides a point of the tree of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// The hours with this number.
    Hours(u8),
    /// So many of the points that follow, as many as the second number says.
    AnyOf(u32, usize),
    /// All of the points that follow.
    AllOf(usize),
    /// Nothing about hours: it is settled beside them.
    Beside,
}

/// The rules of a purpose and a stage as tables.
#[derive(Debug)]
pub struct Program<'v> {
    pub(super) version: &'v Version,
    pub(super) purpose: Purpose,
    pub(super) stage: usize,
    /// The rules, each with its branches after it.
    pub(super) rules: Vec<&'v Rule>,
    /// What decides each of them, and how many of those that follow belong to it.
    pub(super) points: Vec<(Point, usize)>,
    pub(super) counted: Vec<Counted<'v>>,
    /// By rule; parts come before what they are part of.
    pub(super) asks: Vec<Ask>,
    pub(super) places: usize,
    pub(super) checks: Vec<Check<'v>>,
    pub(super) caps: Vec<Capped<'v>>,
    /// Hours that take a record's minutes for themselves, one set of bits for each way to choose branches.
    pub(super) choices: Vec<u64>,
    /// Sets of windows that must hold together, with the rule they belong to; the first lets every day count.
    pub(super) windows: Vec<(&'v [Window], usize)>,
    /// Whether days and sums decide it all: then nothing has to be settled beside.
    pub(super) simple: bool,
    /// In simple rules only.
    pub(super) exams: Vec<Examined<'v>>,
    pub(super) attested: Vec<Attested<'v>>,
    pub(super) ages: Vec<(&'v Age, u8)>,
    /// A rule waits for the board's decision.
    pub(super) decision: bool,
    /// How many conditions there are: each rule, and each part of one about hours.
    pub(super) conditions: u8,
}

impl<'v> Program<'v> {
    /// Makes the tables of `version` for `purpose` and its first stage.
    ///
    /// # Errors
    /// The first rule that needs the whole evaluator.
    pub fn of(version: &'v Version, purpose: Purpose) -> Result<Self, NotPlain> {
        Self::for_stage(version, purpose, 0)
    }

    /// Makes the tables of `version` for `purpose` and a stage.
    ///
    /// # Errors
    /// The first rule that needs the whole evaluator.
    pub fn for_stage(version: &'v Version, purpose: Purpose, stage: usize) -> Result<Self, NotPlain> {
        let refuse = |what| NotPlain { rule: purpose.word().to_owned(), what };
        let found = version.purposes.get(&purpose).ok_or_else(|| refuse("no rules"))?;
        let Rules { offered, cite: _, rules, deadlines: _, waited_for, rungs: _ } = found;
        if waited_for.iter().filter_map(|id| found.rule(id)).any(plain::asks_for_hours) {
            return Err(refuse("rules that wait for hours"));
        }
        if !offered {
            return Err(refuse("nothing to meet"));
        }
        let mut program = Self {
            version,
            purpose,
            stage,
            rules: Vec::new(),
            points: Vec::new(),
            counted: Vec::new(),
            asks: Vec::new(),
            places: 2,
            checks: vec![Check::Achieved],
            caps: Vec::new(),
            choices: Vec::new(),
            windows: vec![(&[], usize::MAX)],
            simple: stage == 0 && plain::alone_decides(version, found, purpose),
            exams: Vec::new(),
            attested: Vec::new(),
            ages: Vec::new(),
            decision: false,
            conditions: 0,
        };
        let own: Vec<&Rule> = rules.iter().filter(|rule| rule.stages.contains(&stage)).collect();
        if own.is_empty() {
            return Err(refuse("nothing to meet"));
        }
        for rule in &own {
            program.add(rule)?;
        }
        program.choices = program.ways_to_choose(&own).ok_or_else(|| refuse("too many ways to choose"))?;
        Ok(program)
    }

    /// The version it was made of.
    #[must_use]
    pub const fn version(&self) -> &'v Version {
        self.version
    }

    /// What it was made for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The id of the stage it was made for.
    #[must_use]
    pub fn stage(&self) -> &'v str {
        self.version.stages.get(self.stage).map_or("", |stage| &stage.id)
    }

    /// Whether days and sums decide it all, for people of whom nothing unusual is known.
    #[must_use]
    pub const fn is_simple(&self) -> bool {
        self.simple
    }

    /// Whether statements matter by themselves.
    #[must_use]
    pub fn reads_statements(&self) -> bool {
        !self.attested.is_empty()
    }

    /// Whether exams matter by themselves.
    #[must_use]
    pub fn reads_exams(&self) -> bool {
        !self.exams.is_empty()
    }

    /// Whether hours of learning matter.
    #[must_use]
    pub fn reads_learning(&self) -> bool {
        self.counted.iter().any(|counted| counted.learning)
    }

    /// Whether hours of service matter.
    #[must_use]
    pub fn reads_service(&self) -> bool {
        self.counted.iter().any(|counted| !counted.learning)
    }

    /// Whether it matters where learning comes from: its course, its provider or their approval.
    #[must_use]
    pub fn reads_sources(&self) -> bool {
        let approval = self.checks.iter().any(|check| matches!(check, Check::Approved(_)));
        approval || self.names(|attribute| matches!(attribute, Attribute::Course | Attribute::Provider))
    }

    /// Whether it matters how learning was held.
    #[must_use]
    pub fn reads_delivery(&self) -> bool {
        self.names(|attribute| attribute == Attribute::Delivery)
    }

    /// Whether any rule about hours speaks of such an attribute.
    fn names(&self, such: impl Fn(Attribute) -> bool) -> bool {
        let by_name = |filter: &Filter| {
            let mut attributes = filter.only.iter().chain(&filter.never).map(|(attribute, _)| *attribute);
            attributes.any(&such)
        };
        self.caps.iter().any(|capped| by_name(&capped.cap.of))
            || self.counted.iter().any(|counted| {
                let buckets = &counted.hours.buckets;
                by_name(&counted.hours.filter)
                    || buckets.iter().any(|bucket| by_name(&bucket.filter) || bucket.of.as_ref().is_some_and(by_name))
            })
    }

    /// Adds a rule and its branches.
    fn add(&mut self, rule: &'v Rule) -> Result<(), NotPlain> {
        let refuse = |what| NotPlain { rule: rule.id.clone(), what };
        plain::conditions(rule).map_err(refuse)?;
        let at = self.points.len();
        self.rules.push(rule);
        self.points.push((Point::Beside, 0));
        let point = match &rule.asks {
            Asks::Learning(hours) => Point::Hours(self.hours(hours, at, true).map_err(refuse)?),
            Asks::Service(hours) => Point::Hours(self.hours(hours, at, false).map_err(refuse)?),
            Asks::AnyOf(wanted, branches) => {
                plain::branches(*wanted, branches).map_err(refuse)?;
                branches.iter().try_for_each(|branch| self.add(branch))?;
                Point::AnyOf(*wanted, branches.len())
            }
            Asks::AllOf(branches) => {
                branches.iter().try_for_each(|branch| self.add(branch))?;
                Point::AllOf(branches.len())
            }
            other => {
                self.simply(other, at).map_err(refuse)?;
                Point::Beside
            }
        };
        let below = self.points.len() - at - 1;
        if let Some(own) = self.points.get_mut(at) {
            *own = (point, below);
        }
        self.simple &= plain::is_simple(rule, point);
        Ok(())
    }

    /// Notes what a rule asks that is not about hours, for people of whom nothing is settled beside.
    fn simply(&mut self, asks: &'v Asks, at: usize) -> Result<(), &'static str> {
        let condition = self.conditions(1)?;
        match asks {
            Asks::Exam(exam) => {
                let window = self.window(&exam.windows, at)?;
                self.exams.push(Examined { exam, window, condition });
            }
            Asks::Attestation(wanted) => {
                let window = self.window(&wanted.windows, at)?;
                self.attested.push(Attested { wanted, window, condition });
            }
            Asks::Age(age) => self.ages.push((age, condition)),
            Asks::Decision => self.decision = true,
            _ => {}
        }
        Ok(())
    }

    /// The number of a set of windows.
    pub(super) fn window(&mut self, windows: &'v [Window], rule: usize) -> Result<u8, &'static str> {
        if windows.iter().all(|window| *window == Window::NoLimit) {
            return Ok(0);
        }
        self.windows.push((windows, rule));
        u8::try_from(self.windows.len() - 1).map_err(|_many| "too many windows")
    }

    /// Numbers for so many more conditions; answers the first.
    pub(super) fn conditions(&mut self, more: usize) -> Result<u8, &'static str> {
        let first = self.conditions;
        let all = u8::try_from(more).ok().and_then(|more| first.checked_add(more));
        self.conditions = all.ok_or("too many parts")?;
        Ok(first)
    }
}
