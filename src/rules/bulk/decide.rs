//! The judgment itself: sums by place, days, and what is still lacking.

use super::super::evaluation::Status;
use super::class::{Classes, Target};
use super::days::Months;
use super::hours::{Counted, Most};
use super::program::{Ask, Attested, Examined, Point, Program, TORN};
use super::roll::{Head, Of, Roll, Row, Settled, Stretch};
use super::sums::{Days, Sums};
use super::tree::status_of;
use super::window::{is_of_age, known, within};

/// Judges one person after the other, in the same memory.
#[derive(Debug)]
pub struct Judge<'p, 'v> {
    pub(super) program: &'p Program<'v>,
    pub(super) sums: Sums,
    /// The same as if everybody had spoken; before that a place to work in.
    pub(super) hoped: Sums,
    days: Days,
    months: Months,
    /// By rule about hours.
    hours: Vec<Status>,
}

impl<'p, 'v> Judge<'p, 'v> {
    /// A judge by these rules.
    #[must_use]
    pub fn new(program: &'p Program<'v>) -> Self {
        Self {
            program,
            sums: Sums::nothing(),
            hoped: Sums::nothing(),
            days: Days::none(),
            months: Months::default(),
            hours: vec![Status::NotMet; program.counted.len()],
        }
    }

    /// The rules.
    #[must_use]
    pub const fn program(&self) -> &'p Program<'v> {
        self.program
    }

    /// The status of the person with the number `at` on the roll, as of their day; none: the whole evaluator has to say.
    pub fn status(&mut self, roll: &Roll, at: usize, classes: &Classes) -> Option<Status> {
        let (person, head) = self.person(roll, at)?;
        if let Some(settled) = &person.settled {
            self.sum(&person, classes)?;
            return self.settled(&person, classes, settled);
        }
        let mut tally = self.beside_hours(&person, &head);
        if tally.not_met {
            // Whatever their hours come to.
            return Some(Status::NotMet);
        }
        self.sum(&person, classes)?;
        if short(&self.program.asks, &mut self.sums, |_, _| ()) {
            tally.add(false, self.is_hoped(&person, classes));
        }
        Some(match tally {
            Tally { not_met: true, .. } => Status::NotMet,
            Tally { undecided: true, .. } => Status::Undecided,
            Tally { .. } => Status::Met,
        })
    }

    /// Whether a person certainly lacks something beside hours, so that none of theirs can change the status.
    pub fn lacks_beside_hours(&mut self, roll: &Roll, at: usize) -> bool {
        let Some((person, head)) = self.person(roll, at) else { return false };
        person.settled.is_none() && self.beside_hours(&person, &head).not_met
    }

    /// What exams, statements and age come to.
    fn beside_hours(&self, person: &Of<'_>, head: &Head) -> Tally {
        let mut tally = Tally { not_met: false, undecided: self.program.decision };
        self.exams(person, |_, passed, waits| tally.add(passed, waits));
        self.statements(person, |_, enough, waits| tally.add(enough, waits));
        tally.not_met |= self.program.ages.iter().any(|(age, _)| !is_of_age(age, head));
        tally
    }

    /// Which conditions count less than they ask for, as bits in the order of the pack: each rule, and after a rule about
    /// hours each of its parts. None as for the status, where there are more than 64, and where rules are not simple.
    pub fn lacking(&mut self, roll: &Roll, at: usize, classes: &Classes) -> Option<u64> {
        let (person, head) = self.person(roll, at)?;
        if self.program.conditions > 64 || person.settled.is_some() {
            return None;
        }
        self.sum(&person, classes)?;
        let mut lacking = 0;
        let mut note = |condition: u8, short: bool| lacking |= u64::from(short) << condition;
        short(&self.program.asks, &mut self.sums, &mut note);
        self.exams(&person, |rule, passed, _| note(rule, !passed));
        self.statements(&person, |rule, enough, _| note(rule, !enough));
        self.program.ages.iter().for_each(|(age, rule)| note(*rule, !is_of_age(age, &head)));
        Some(lacking)
    }

    /// A person with what was known by their day, and the days that count for them; none of whom more is known than
    /// stands here.
    pub(super) fn person<'r>(&mut self, roll: &'r Roll, at: usize) -> Option<(Of<'r>, Head)> {
        let person = roll.person(at).filter(|person| !person.head.odd)?;
        let head = known(person.head);
        match &person.settled {
            Some(settled) => self.days.set(settled.days.iter().copied()),
            None => {
                let counting = |(windows, _): &(&[_], usize)| {
                    windows
                        .iter()
                        .fold((i32::MIN, head.as_of), |both, window| within(both, window, &head, &mut self.months))
                };
                self.days.set(self.program.windows.iter().map(counting));
            }
        }
        Some((person, head))
    }

    /// Sums up a person's minutes by place; none where sums do not say what counts.
    pub(super) fn sum(&mut self, person: &Of<'_>, classes: &Classes) -> Option<()> {
        self.sums.empty(self.program.places);
        for row in person.learning {
            let Some(target) = classes.first.get(usize::from(row.class)) else { continue };
            self.sums.take(&self.days, *target, (row.day, row));
        }
        if classes.any_more {
            for row in person.learning {
                let more = classes.ways.get(usize::from(row.class)).map_or(&[][..], |way| &way.more);
                more.iter().for_each(|target| self.sums.take(&self.days, *target, (row.day, row)));
            }
        }
        for Stretch { first, last } in person.service {
            let targets = classes.first.get(usize::from(last.class)).into_iter();
            let more = classes.ways.get(usize::from(last.class)).map_or(&[][..], |way| &way.more);
            targets.chain(more).for_each(|target| self.sums.take(&self.days, *target, (*first, last)));
        }
        let torn = self.sums.at(TORN) > 0;
        (!torn && !self.caps_bite(person, classes)).then_some(())
    }

    /// Whether what is lacking would be there if everybody had spoken whose word is waited for.
    fn is_hoped(&mut self, person: &Of<'_>, classes: &Classes) -> bool {
        classes.any_moves && self.hope(person, classes) && !short(&self.program.asks, &mut self.hoped, |_, _| ())
    }

    /// Sums up as if everybody had spoken; no if nobody's word is waited for.
    pub(super) fn hope(&mut self, person: &Of<'_>, classes: &Classes) -> bool {
        self.hoped.empty(self.program.places);
        let mut any = false;
        for (first, row) in pieces(person) {
            let Some(way) = classes.ways.get(usize::from(row.class)) else { continue };
            let first_target = classes.first.get(usize::from(row.class)).into_iter();
            for target in first_target.chain(&way.more) {
                let moved = way.moves.iter().any(|moved| moved.from == target.place);
                if !moved {
                    self.hoped.take(&self.days, *target, (first, row));
                }
            }
            for moved in &way.moves {
                any = true;
                let target = Target { place: moved.to, window: moved.window };
                self.hoped.take(&self.days, target, (first, row));
            }
        }
        any
    }

    /// Whether any cap could keep something from counting.
    fn caps_bite(&mut self, person: &Of<'_>, classes: &Classes) -> bool {
        let program = self.program;
        program.caps.iter().enumerate().any(|(at, capped)| {
            let mut under = 0;
            for (first, row) in pieces(person) {
                let Some(way) = classes.ways.get(usize::from(row.class)).filter(|way| way.caps >> at & 1 == 1) else {
                    continue;
                };
                let own = way.rules.iter().find(|(rule, _)| usize::from(*rule) == capped.rule);
                let counts = own.is_some_and(|(_, window)| self.days.count(*window, first, row.day));
                under += u64::from(row.minutes) * u64::from(counts);
            }
            match capped.limit {
                Most::Minutes(most) => under > most,
                Most::Share(share) => under * 100 > self.counted_in(program.counted.get(capped.rule)) * share,
            }
        })
    }

    /// What counts in a rule at least: what its parts hold back is left out, and so are those beside it.
    fn counted_in(&mut self, rule: Option<&Counted<'_>>) -> u64 {
        let Some(rule) = rule else { return 0 };
        self.hoped.copy(&self.sums, self.program.places);
        if let Some(asks) = self.program.asks.get(rule.asks.clone()) {
            short(asks, &mut self.hoped, |_, _| ());
        }
        self.hoped.at(rule.first)
    }

    /// The status of a person of whom everything beside hours is settled.
    fn settled(&mut self, person: &Of<'_>, classes: &Classes, settled: &Settled<'_>) -> Option<Status> {
        let waits = classes.any_moves && self.hope(person, classes);
        for (counted, status) in self.program.counted.iter().zip(&mut self.hours) {
            let asks = self.program.asks.get(counted.asks.clone())?;
            *status = if !short(asks, &mut self.sums, |_, _| ()) {
                Status::Met
            } else if waits && !short(asks, &mut self.hoped, |_, _| ()) {
                Status::Undecided
            } else {
                Status::NotMet
            };
        }
        let hours = &self.hours;
        let own = |at: usize, point: Point| match (settled.said.get(at).copied().flatten(), point) {
            (Some(said), _) => Some(said),
            (None, Point::Hours(number)) => hours.get(usize::from(number)).copied(),
            (None, _) => None,
        };
        let status = status_of(&self.program.points, &own)?;
        let barred = settled.shuts || settled.bars && status != Status::NotApplicable;
        Some(if barred { Status::NotMet } else { status })
    }

    fn exams(&self, person: &Of<'_>, mut told: impl FnMut(u8, bool, bool)) {
        for (number, rule) in (0_u8..).zip(&self.program.exams) {
            let (passed, waits) = self.exam(person, number, rule);
            told(rule.condition, passed, waits);
        }
    }

    /// Whether an exam is passed, and whether a sitting waits for someone's word.
    pub(super) fn exam(&self, person: &Of<'_>, number: u8, rule: &Examined<'_>) -> (bool, bool) {
        let (mut passed, mut waits) = (false, false);
        let counts = |day: i32| self.days.count(rule.window, day, day);
        for sitting in person.sittings.iter().filter(|it| it.rule == number && counts(it.day)) {
            let certain = sitting.passed && sitting.known <= person.head.as_of;
            passed |= certain;
            waits |= !certain;
        }
        (passed, waits)
    }

    fn statements(&self, person: &Of<'_>, mut told: impl FnMut(u8, bool, bool)) {
        for (number, rule) in (0_u8..).zip(&self.program.attested) {
            let (certain, hoped) = self.statement(person, number, rule);
            told(rule.condition, certain >= rule.wanted.count, hoped >= rule.wanted.count);
        }
    }

    /// How many statements count, and how many would if everybody had spoken.
    pub(super) fn statement(&self, person: &Of<'_>, number: u8, rule: &Attested<'_>) -> (u32, u32) {
        let (mut certain, mut hoped) = (0_u32, 0_u32);
        let counting = |it: &&super::roll::Statement| {
            it.rule == number && self.days.count(rule.window, it.day, it.day) && it.through >= person.head.as_of
        };
        for statement in person.statements.iter().filter(counting) {
            certain += u32::from(statement.certain);
            hoped += 1;
        }
        (certain, hoped)
    }
}

/// All pieces of a person's hours, with their first days.
fn pieces<'r>(person: &Of<'r>) -> impl Iterator<Item = (i32, &'r Row)> {
    let service = person.service.iter().map(|stretch| (stretch.first, &stretch.last));
    person.learning.iter().map(|row| (row.day, row)).chain(service)
}

/// Whether any place lacks minutes; each gives what it has, up to its limit, to what it is part of.
pub(super) fn short(asks: &[Ask], sums: &mut Sums, mut note: impl FnMut(u8, bool)) -> bool {
    let mut short = false;
    for ask in asks {
        let gives = sums.at(ask.place).min(ask.most);
        let lacks = gives < ask.minutes;
        note(ask.condition, lacks);
        short |= lacks;
        sums.add(ask.above, gives);
    }
    short
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
