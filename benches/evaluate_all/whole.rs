//! The evaluator itself: whole answers (each hour explained), and the status alone by the same judgment.

use credtrail::rules::{self, Question, Record, Status, Version};

use super::by_hand::Lacks;
use super::people::Person;
use super::records;
use super::timing::{Loop, median, report};

/// Of so many people at most: records of a million would not fit, and each costs the same.
const MOST: usize = 20_000;

/// Measures and compares with the loop's answers.
pub fn measure(version: &Version, people: &[Person], expected: &[Lacks], yardstick: Loop) -> Result<(), String> {
    let records: Vec<_> = people
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(at, person)| records::record(at + 1, person))
        .collect::<Result<_, _>>()?;
    let (answers, took) = median(|| {
        let answer =
            |(record, question): &(Record, Question)| records::lacks(&rules::evaluate(version, record, question));
        records.iter().map(answer).collect::<Vec<_>>()
    });
    same(&answers, expected)?;
    report("evaluator, whole answers", records.len(), took, yardstick);

    let (met, took) = median(|| {
        let is_met =
            |(record, question): &(Record, Question)| rules::status_of(version, record, question) == Status::Met;
        records.iter().map(is_met).collect::<Vec<_>>()
    });
    if !met.iter().zip(expected).all(|(met, lacks)| *met == (*lacks == 0)) {
        return Err("the status alone differs from the loop's".to_owned());
    }
    report("evaluator, status alone", records.len(), took, yardstick);
    Ok(())
}

/// Every answer must be the loop's.
pub fn same(answers: &[Lacks], expected: &[Lacks]) -> Result<(), String> {
    match answers.iter().zip(expected).position(|(found, expected)| found != expected) {
        Some(at) => {
            let bits = |all: &[Lacks]| all.get(at).copied().unwrap_or_default();
            Err(format!("person {} lacks {:010b}, expected {:010b}", at + 1, bits(answers), bits(expected)))
        }
        None => Ok(()),
    }
}
