//! The made-up people as portable records, and the evaluator's answers as the same ten bits.
//!
//! Hours of work and supervision stand as learning of a kind of their own: the made-up people sum them up on
//! single days, and a service entry of more than a day's minutes on one day would rightly not count.

use chrono::{Days, NaiveDate};
use credtrail::rules::evaluation::{Evaluation, Requirement};
use credtrail::rules::record::{Application, ExamAttempt, Learning, Person as Whose, Record};
use credtrail::rules::words::Word;
use credtrail::rules::{Purpose, Question, Status};

use super::by_hand::Lacks;
use super::people::{Entry, Kind, Person, kind_and_topic};

/// What each bit of an answer stands for, in order.
const BITS: [&str; 10] = [
    "training",
    "training.ethics",
    "training.advocacy",
    "training.mentoring",
    "training.wellness",
    "work",
    "supervision",
    "exam",
    "continuing",
    "continuing.ethics",
];

/// A person as record and question.
pub fn record(number: usize, person: &Person) -> Result<(Record, Question), String> {
    let (year, month, day) = person.applied_on;
    let applied = NaiveDate::from_ymd_opt(year, month, day).ok_or("a day that is none")?;
    let mut record = Record::of(Whose { id: format!("p{number}"), ..Whose::default() });
    record.applications.push(Application {
        id: "ap".to_owned(),
        credential: "xx-bench".to_owned(),
        purpose: word("initial")?,
        stage: None,
        received_on: Some(applied),
        complete_on: None,
        approved_on: None,
        version: None,
        path: None,
        cohort: None,
    });
    for (at, entry) in person.entries.iter().enumerate() {
        match entry.kind {
            Kind::Exam { passed } => record.exams.push(exam(at, date(entry.day)?, passed)?),
            _ => record.learning.push(learning(at, entry)?),
        }
    }
    record.check().map_err(|error| error.to_string())?;
    Ok((record, Question { as_of: applied, purpose: Purpose::Initial, stage: None }))
}

fn learning(at: usize, entry: &Entry) -> Result<Learning, String> {
    let (kind, topic) = kind_and_topic(entry.kind);
    Ok(Learning {
        id: format!("l{at:02}"),
        completed_on: date(entry.day)?,
        minutes: Some(entry.minutes),
        topics: vec![topic.to_owned()],
        kind: Some(word(kind)?),
        status: Some(word("verified")?),
        ..Learning::default()
    })
}

fn exam(at: usize, on: NaiveDate, passed: bool) -> Result<ExamAttempt, String> {
    Ok(ExamAttempt {
        id: format!("x{at:02}"),
        exam: "bench-exam".to_owned(),
        form: None,
        on,
        score: None,
        scale: None,
        pass_mark: None,
        outcome: Some(word(if passed { "passed" } else { "failed" })?),
        official: Some(true),
        official_on: None,
        status: None,
        domains: std::collections::BTreeMap::new(),
    })
}

fn word<L: credtrail::rules::words::WordList>(text: &str) -> Result<Word<L>, String> {
    Word::parse(text).map_err(|error| error.to_string())
}

fn date(days: i32) -> Result<NaiveDate, String> {
    let days = u64::try_from(days).map_err(|error| error.to_string())?;
    NaiveDate::default().checked_add_days(Days::new(days)).ok_or_else(|| "a day out of range".to_owned())
}

/// The answer as ten bits. A total lacks only if its own minutes do, whatever its parts lack.
pub fn lacks(answer: &Evaluation) -> Lacks {
    let mut mask = 0;
    for requirement in &answer.requirements {
        for node in std::iter::once(requirement).chain(&requirement.requirements) {
            if let Some(bit) = BITS.iter().position(|id| *id == node.id)
                && is_lacking(node)
            {
                mask |= 1 << bit;
            }
        }
    }
    mask
}

fn is_lacking(node: &Requirement) -> bool {
    match (node.counted_minutes, node.needed_minutes) {
        (Some(counted), Some(needed)) => counted < needed,
        _ => node.status != Status::Met,
    }
}
