//! Flat tables and narrow rows: the status alone, and which conditions are lacking.

use credtrail::rules::bulk::{Classes, Judge, Program, Roll};
use credtrail::rules::{Purpose, Status, Version};

use super::by_hand::{Lacks, fingerprint};
use super::people::Person;
use super::records;
use super::timing::{Loop, median, report};
use super::whole::same;

/// Measures and compares with the loop's answers; whoever the tables have no answer for is a fault here.
pub fn measure(version: &Version, people: &[Person], expected: &[Lacks], yardstick: Loop) -> Result<(), String> {
    let program = Program::of(version, Purpose::Initial).map_err(|error| error.to_string())?;
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    for (at, person) in people.iter().enumerate() {
        let (record, question) = records::record(at + 1, person)?;
        roll.take(&program, &mut classes, &record, question.as_of);
    }
    let (found, took) = median(|| {
        let mut judge = Judge::new(&program);
        (0..roll.len()).map(|at| judge.status(&roll, at, &classes)).collect::<Vec<_>>()
    });
    let status = |lacks: &Lacks| if *lacks == 0 { Status::Met } else { Status::NotMet };
    if found.len() != expected.len() || !found.iter().zip(expected).all(|(found, lacks)| *found == Some(status(lacks)))
    {
        return Err("the status from flat tables differs from the loop's".to_owned());
    }
    report("flat tables, status alone", people.len(), took, yardstick);

    let (lacking, took) = median(|| {
        let mut judge = Judge::new(&program);
        (0..roll.len()).map(|at| judge.lacking(&roll, at, &classes)).collect::<Vec<_>>()
    });
    let lacking: Vec<Lacks> = lacking
        .into_iter()
        .map(|mask| mask.and_then(|mask| Lacks::try_from(mask).ok()).unwrap_or(Lacks::MAX))
        .collect();
    same(&lacking, expected)?;
    report("flat tables, what is lacking", people.len(), took, yardstick);
    println!("  the tables' answers: {:08x}", fingerprint(&lacking));
    Ok(())
}
