//! What rules come to as requirements of an answer: their status and what they lack, for comparing versions and saying
//! what is left to do.
//!
//! Only of people of whom days and sums decide it all. Where hours are short under a rule that limits what counts, the whole
//! evaluator has to say of which: it knows where each minute goes.

use super::super::evaluate::beside::{lack, lacking, missing_of, of_age, unit_of};
use super::super::evaluation::{Citation, Requirement, Status};
use super::super::pack::model::{Asks, Hours, Label, Need, Rule};
use super::class::Classes;
use super::days::date;
use super::decide::{Judge, short};
use super::hours::Counted;
use super::roll::Roll;
use super::sums::Sums;
use super::window::day_of;

impl Judge<'_, '_> {
    /// Each rule with its parts as a whole answer has it, but without records, citations, and, of minutes, what is needed and
    /// what counts. None as for the status, and where rules are not simple.
    pub fn requirements(&mut self, roll: &Roll, at: usize, classes: &Classes) -> Option<Vec<Requirement>> {
        let program = self.program;
        let (person, head) = self.person(roll, at).filter(|(person, _)| person.settled.is_none())?;
        self.sum(&person, classes)?;
        let waits = classes.any_moves && self.hope(&person, classes);
        let (mut counted, mut examined) = (program.counted.iter(), (0_u8..).zip(&program.exams));
        let mut attested = (0_u8..).zip(&program.attested);
        let one = |rule: &&Rule| {
            let mut found = bare(&rule.id, &rule.label);
            match &rule.asks {
                Asks::Learning(_) | Asks::Service(_) => self.fill_hours(counted.next()?, waits, &mut found)?,
                Asks::Exam(_) => {
                    let (number, rule) = examined.next()?;
                    let (passed, waits) = self.exam(&person, number, rule);
                    found.status = status_of(passed, waits);
                    found.amounts("count", 1, u64::from(passed));
                }
                Asks::Attestation(wanted) => {
                    let (number, rule) = attested.next()?;
                    let (certain, hoped) = self.statement(&person, number, rule);
                    found.status = status_of(certain >= wanted.count, hoped >= wanted.count);
                    found.amounts("count", u64::from(wanted.count), u64::from(certain.min(wanted.count)));
                }
                Asks::Age(age) => {
                    let on = day_of(&age.on, &head).unwrap_or(head.as_of);
                    of_age(&mut found, age, head.born.map(date), date(on));
                }
                Asks::Decision => {
                    found.status = Status::Undecided;
                    found.amounts("count", 1, 0);
                }
                Asks::Employment(_) | Asks::Credential(_) | Asks::Event(_) | Asks::AnyOf(..) | Asks::AllOf(_) => {
                    return None;
                }
            }
            Some(found)
        };
        program.rules.iter().map(one).collect()
    }

    /// Fills in what a rule about hours lacks; none: only the whole evaluator can say of which of its parts.
    fn fill_hours(&mut self, counted: &Counted<'_>, waits: bool, into: &mut Requirement) -> Option<()> {
        let hours = counted.hours;
        let amount = match &hours.need {
            Need::Minutes(amount) => amount,
            Need::Count(wanted) => {
                let (has, hoped) = (self.sums.at(counted.first), self.hoped.at(counted.first));
                let wanted = u64::from(*wanted);
                into.status = status_of(has >= wanted, waits && hoped >= wanted);
                into.amounts("count", wanted, has);
                return Some(());
            }
        };
        let lacks = |sums: &Sums| lacking(&hours.buckets, amount.minutes_up, |_| true, places(counted, sums));
        let missing = if is_limited(hours) {
            let asks = self.program.asks.get(counted.asks.clone())?;
            if short(asks, &mut self.sums, |_, _| ()) {
                return None;
            }
            vec![0; hours.buckets.len() + 1]
        } else {
            lacks(&self.sums)
        };
        let hoped = if waits { lacks(&self.hoped) } else { missing.clone() };
        let parts = Parts { hours, hour: self.program.version.hour, missing, hoped };
        into.requirements = parts.below(None);
        parts.fill(None, (&amount.unit.name, amount.unit.minutes), into);
        Some(())
    }
}

/// A rule about hours with what each of its places lacks, as things stand and if everybody had spoken.
struct Parts<'h> {
    hours: &'h Hours,
    /// Minutes of the version's hour.
    hour: u32,
    missing: Vec<u64>,
    hoped: Vec<u64>,
}

impl Parts<'_> {
    fn fill(&self, at: Option<usize>, (unit, size): (&str, u32), into: &mut Requirement) {
        let of = |missing: &[u64]| missing_of(self.hours, missing, at);
        lack(into, (of(&self.missing), of(&self.hoped)), unit, size);
    }

    fn below(&self, parent: Option<usize>) -> Vec<Requirement> {
        let own = self.hours.buckets.iter().enumerate().filter(|(_, bucket)| bucket.parent == parent);
        own.map(|(at, bucket)| {
            let mut part = bare(&bucket.id, &bucket.label);
            part.requirements = self.below(Some(at));
            self.fill(Some(at), unit_of(bucket, self.hour), &mut part);
            part
        })
        .collect()
    }
}

/// What lies at the places of a rule: its total, then its parts.
fn places(counted: &Counted<'_>, sums: &Sums) -> Vec<u64> {
    (counted.first..=u8::MAX).take(counted.hours.buckets.len() + 1).map(|place| sums.at(place)).collect()
}

/// Whether what is there may not all count, so that it matters which of it does.
fn is_limited(hours: &Hours) -> bool {
    let limited = hours.buckets.iter().any(|bucket| bucket.at_most.is_some() || bucket.surplus_refused);
    limited || !hours.caps.is_empty()
}

fn bare(id: &str, label: &Label) -> Requirement {
    Requirement::named(id, &label.en, Citation::default(), Status::NotMet)
}

const fn status_of(met: bool, waits: bool) -> Status {
    match (met, waits) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    }
}
