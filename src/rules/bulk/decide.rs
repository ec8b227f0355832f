//! The judgment itself: sums by place, days, and what is still lacking.

use super::super::calendar::age_on;
use super::super::evaluation::Status;
use super::super::pack::model::Age;
use super::super::pack::phrase::{Anchor, Window};
use super::class::{Classes, Target};
use super::days::{after, before, date};
use super::program::{Program, TORN};
use super::roll::{Head, Of, Roll, Row};

/// First and last day that count.
type Bounds = (i32, i32);

/// No day counts.
const NEVER: Bounds = (i32::MAX, i32::MIN);

/// Judges one person after the other, in the same memory.
#[derive(Debug)]
pub struct Judge<'p, 'v> {
    program: &'p Program<'v>,
    sums: Vec<u64>,
    bounds: Vec<Bounds>,
}

impl<'p, 'v> Judge<'p, 'v> {
    /// A judge by these rules.
    #[must_use]
    pub fn new(program: &'p Program<'v>) -> Self {
        Self { program, sums: vec![0; program.places], bounds: vec![NEVER; program.windows.len()] }
    }

    /// The status of the person with the number `at` on the roll, as of a day; none: the whole evaluator has to say.
    pub fn status(&mut self, roll: &Roll, at: usize, classes: &Classes, as_of: i32) -> Option<Status> {
        let (person, head) = self.sum(roll, at, classes, as_of)?;
        let mut tally = Tally { not_met: self.is_short(), undecided: self.program.decision };
        self.exams(&person, as_of, |_, passed, waits| tally.add(passed, waits));
        self.statements(&person, as_of, |_, enough, waits| tally.add(enough, waits));
        tally.not_met |= self.program.ages.iter().any(|(age, _)| !is_of_age(age, &head, as_of));
        Some(match tally {
            Tally { not_met: true, .. } => Status::NotMet,
            Tally { undecided: true, .. } => Status::Undecided,
            Tally { .. } => Status::Met,
        })
    }

    /// Which conditions count less than they ask for by themselves, as bits in the order of the pack: each rule, and
    /// after a rule about hours each of its parts. None as for the status.
    pub fn lacking(&mut self, roll: &Roll, at: usize, classes: &Classes, as_of: i32) -> Option<u64> {
        let (person, head) = self.sum(roll, at, classes, as_of)?;
        let mut lacking = 0;
        let mut note = |condition: u8, there: bool| lacking |= u64::from(!there) << condition;
        for ask in &self.program.asks {
            let has = self.sums.get(usize::from(ask.place)).copied().unwrap_or(0);
            note(ask.condition, has >= ask.stated);
            if let Some(whole) = self.sums.get_mut(usize::from(ask.part_of)) {
                *whole += has;
            }
        }
        self.exams(&person, as_of, |rule, passed, _| note(rule, passed));
        self.statements(&person, as_of, |rule, enough, _| note(rule, enough));
        self.program.ages.iter().for_each(|(age, rule)| note(*rule, is_of_age(age, &head, as_of)));
        Some(lacking)
    }

    /// Sums up a person's minutes by place.
    fn sum<'r>(&mut self, roll: &'r Roll, at: usize, classes: &Classes, as_of: i32) -> Option<(Of<'r>, Head)> {
        let person = roll.person(at).filter(|person| !person.head.odd)?;
        let head = known(person.head, as_of);
        for (windows, bounds) in self.program.windows.iter().zip(&mut self.bounds) {
            *bounds = windows.iter().fold((i32::MIN, as_of), |both, window| within(both, window, &head, as_of));
        }
        self.sums.fill(0);
        self.add(person.learning, &classes.first);
        if classes.any_more {
            self.add_more(person.learning, &classes.more);
        }
        let torn = self.sums.get(usize::from(TORN)).is_some_and(|minutes| *minutes > 0);
        (!torn).then_some((person, head))
    }

    /// Adds each row's minutes to its place, if its day counts there. Without a branch: most rows differ from the last.
    fn add(&mut self, rows: &[Row], targets: &[Target]) {
        for row in rows {
            let Some(target) = targets.get(usize::from(row.class)) else { continue };
            let Some((from, through)) = self.bounds.get(usize::from(target.window)) else { continue };
            let Some(sum) = self.sums.get_mut(usize::from(target.place)) else { continue };
            *sum += u64::from(row.minutes) * u64::from((*from <= row.day) & (row.day <= *through));
        }
    }

    fn add_more(&mut self, rows: &[Row], targets: &[Vec<Target>]) {
        for row in rows {
            for target in targets.get(usize::from(row.class)).into_iter().flatten() {
                self.add(&[Row { class: 0, ..*row }], std::slice::from_ref(target));
            }
        }
    }

    /// Whether any place lacks minutes once what others have too much has gone to what they are part of.
    fn is_short(&mut self) -> bool {
        let mut short = false;
        for ask in &self.program.asks {
            let has = self.sums.get(usize::from(ask.place)).copied().unwrap_or(0);
            short |= has < ask.minutes;
            if let Some(above) = self.sums.get_mut(usize::from(ask.above)) {
                *above += has.saturating_sub(ask.minutes);
            }
        }
        short
    }

    fn counts(&self, window: u8, day: i32) -> bool {
        self.bounds.get(usize::from(window)).is_some_and(|(from, through)| *from <= day && day <= *through)
    }

    fn exams(&self, person: &Of<'_>, as_of: i32, mut told: impl FnMut(u8, bool, bool)) {
        for (number, rule) in (0_u8..).zip(&self.program.exams) {
            let (mut passed, mut waits) = (false, false);
            for sitting in person.sittings.iter().filter(|it| it.rule == number && self.counts(rule.window, it.day)) {
                let certain = sitting.passed && sitting.known <= as_of;
                passed |= certain;
                waits |= !certain;
            }
            told(rule.condition, passed, waits);
        }
    }

    fn statements(&self, person: &Of<'_>, as_of: i32, mut told: impl FnMut(u8, bool, bool)) {
        for (number, rule) in (0_u8..).zip(&self.program.attested) {
            let (mut certain, mut hoped) = (0_u32, 0_u32);
            let counting = |it: &&super::roll::Statement| {
                it.rule == number && self.counts(rule.window, it.day) && it.through >= as_of
            };
            for statement in person.statements.iter().filter(counting) {
                certain += u32::from(statement.certain);
                hoped += 1;
            }
            told(rule.condition, certain >= rule.wanted.count, hoped >= rule.wanted.count);
        }
    }
}

/// What the rules come to together.
struct Tally {
    not_met: bool,
    undecided: bool,
}

impl Tally {
    fn add(&mut self, met: bool, waits: bool) {
        self.not_met |= !met && !waits;
        self.undecided |= !met && waits;
    }
}

/// What was known by the day asked about: an application of a later day is none, with all its days.
fn known(head: &Head, as_of: i32) -> Head {
    let by_then = |day: Option<i32>| day.filter(|day| *day <= as_of);
    if head.received.is_some_and(|day| day > as_of) {
        return Head { received: None, complete: None, approved: None, ..*head };
    }
    Head { complete: by_then(head.complete), approved: by_then(head.approved), ..*head }
}

/// The day an anchor stands for; an application that is not there yet would be today's.
fn day_of(anchor: &Anchor, head: &Head, as_of: i32) -> Option<i32> {
    match anchor {
        Anchor::Application => Some(head.received.unwrap_or(as_of)),
        Anchor::ApplicationComplete => head.complete,
        Anchor::ApplicationApproved => head.approved,
        Anchor::Birth => head.born,
        Anchor::Today => Some(as_of),
        Anchor::Date(day) => Some(super::days::number(*day)),
        // The program takes no rule that names these.
        Anchor::Issue(_)
        | Anchor::TermStart
        | Anchor::TermEnd
        | Anchor::PreviousTermStart
        | Anchor::PreviousTermEnd
        | Anchor::ExamPassed
        | Anchor::Met(_)
        | Anchor::Event { .. } => None,
    }
}

/// The days that lie in `bounds` and in the window.
fn within((first, last): Bounds, window: &Window, head: &Head, as_of: i32) -> Bounds {
    let day = |anchor| day_of(anchor, head, as_of);
    let (from, through) = match window {
        Window::Before(length, anchor) => day(anchor).map_or(NEVER, |day| (before(*length, day), day)),
        Window::Within(length, anchor) => day(anchor).map_or(NEVER, |day| (day, after(*length, day))),
        Window::Since(anchor) => day(anchor).map_or(NEVER, |day| (day, i32::MAX)),
        Window::After(anchor) => day(anchor).map_or(NEVER, |day| (day.saturating_add(1), i32::MAX)),
        Window::Through(anchor) => (i32::MIN, day(anchor).unwrap_or(i32::MAX)),
        Window::Earlier(anchor) => (i32::MIN, day(anchor).map_or(i32::MAX, |day| day.saturating_sub(1))),
        Window::NoLimit => (i32::MIN, i32::MAX),
        // The program takes no rule that has these.
        Window::ThisTerm | Window::WhileHolding(_) => NEVER,
    };
    (first.max(from), last.min(through))
}

fn is_of_age(age: &Age, head: &Head, as_of: i32) -> bool {
    let Some(born) = head.born else { return false };
    let years = age_on(date(born), date(day_of(&age.on, head, as_of).unwrap_or(as_of)));
    age.at_least.is_none_or(|least| years >= least) && age.at_most.is_none_or(|most| years <= most)
}
