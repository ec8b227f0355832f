//! What the record says will be done: the days of it that make a difference to what is asked.
//!
//! A plan takes it as done. What serves nothing (hours of a kind that no rule takes, a class beyond what is needed) must not
//! put off the day that a plan names, so its day is none to look at.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::super::evaluate::requirements;
use super::super::evaluation::{Requirement, Status};
use super::super::pack::{Pack, Version};
use super::super::question::Question;
use super::super::record::Record;
use super::HORIZON;
use super::reach::looks;

/// What says when it will be done: the day and the id.
type Fact<'r> = (NaiveDate, &'r str);

/// Events that mean something without being named by rules.
const KNOWN: [&str; 3] = ["application_received", "application_complete", "application_approved"];

/// Days after the one asked about of what will be done and makes a difference, through the last that a plan looks ahead to.
pub(super) fn days(pack: &Pack, version: &Version, record: &Record, question: &Question) -> Vec<NaiveDate> {
    let as_of = question.as_of;
    let last = as_of.checked_add_days(Days::new(HORIZON)).unwrap_or(as_of);
    let ahead = |day: &NaiveDate| as_of < *day && *day <= last;
    let mut steps = steps(pack, version, record, question);
    steps.retain(ahead);
    let mut facts: Vec<Fact<'_>> = facts(record).filter(|(day, _)| ahead(day)).collect();
    facts.sort_unstable();
    // A long record is taken as it is: every fact is judged by itself.
    if facts.len() <= looks(record) {
        facts = serving(version, record, question, facts, steps.iter().max().copied());
    }
    steps.extend(facts.into_iter().map(|(day, _)| day));
    steps.sort_unstable();
    steps.dedup();
    steps
}

fn facts(record: &Record) -> impl Iterator<Item = Fact<'_>> {
    let learning = record.learning.iter().map(|fact| (fact.completed_on, fact.id.as_str()));
    let service = record.service.iter().map(|fact| (fact.to, fact.id.as_str()));
    let exams = record.exams.iter().map(|fact| (fact.on, fact.id.as_str()));
    let attested = record.attestations.iter().map(|fact| (fact.on, fact.id.as_str()));
    learning.chain(service).chain(exams).chain(attested)
}

/// Days of events that the rules read, and of applications for this.
fn steps(pack: &Pack, version: &Version, record: &Record, question: &Question) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    if !record.events.is_empty() {
        let read = pack.summary().events;
        let is_read = |kind: &str| KNOWN.contains(&kind) || read.contains(kind);
        days.extend(record.events.iter().filter(|event| is_read(event.kind.as_str())).map(|event| event.on));
    }
    let own = record.applications.iter().filter(|application| {
        application.credential == version.credential && application.purpose.is(question.purpose.word())
    });
    days.extend(own.filter_map(|application| application.received_on));
    days
}

/// The facts without which more would be missing, on their own day or on the last one.
fn serving<'r>(
    version: &Version,
    record: &'r Record,
    question: &Question,
    facts: Vec<Fact<'r>>,
    last_step: Option<NaiveDate>,
) -> Vec<Fact<'r>> {
    let (mut idle, mut serving): (BTreeSet<&str>, Vec<Fact<'r>>) = (BTreeSet::new(), Vec::new());
    for (day, id) in facts.into_iter().rev() {
        let last = serving.iter().map(|(day, _)| *day).chain(last_step).chain([day]).max().unwrap_or(day);
        let mut without = idle.clone();
        without.insert(id);
        let (with, without) = (leaving_out(record, &idle), leaving_out(record, &without));
        let missing = |record: &Record, on| {
            let mut all = Vec::new();
            let found = requirements(version, record, &Question { as_of: on, ..question.clone() });
            found.iter().for_each(|found| state(found, &mut all));
            all
        };
        let serves = |on| missing(&with, on) != missing(&without, on);
        if serves(day) || last != day && serves(last) {
            serving.push((day, id));
        } else {
            idle.insert(id);
        }
    }
    serving
}

/// What is missing of a requirement and of what it is made of.
fn state(found: &Requirement, all: &mut Vec<(Status, Option<u64>, Option<String>)>) {
    all.push((found.status, found.missing_minutes, found.missing.clone()));
    found.requirements.iter().for_each(|part| state(part, all));
}

fn leaving_out(record: &Record, ids: &BTreeSet<&str>) -> Record {
    let mut less = record.clone();
    less.learning.retain(|fact| !ids.contains(fact.id.as_str()));
    less.service.retain(|fact| !ids.contains(fact.id.as_str()));
    less.exams.retain(|fact| !ids.contains(fact.id.as_str()));
    less.attestations.retain(|fact| !ids.contains(fact.id.as_str()));
    less
}
