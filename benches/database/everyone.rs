//! Evaluating everyone from the database, as `credtrail evaluate --all` does, beside a bare scan of the same rows and
//! beside one SQL statement that decides the same for everyone.

#[path = "../evaluate_all/by_hand.rs"]
pub mod by_hand;
#[path = "../evaluate_all/people.rs"]
pub mod people;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use credtrail::services::everyone;
use credtrail::storage::{Conn, StoreError};

use super::Outcome;
use super::applicants::{Applicants, DAY, fill_in};
use super::fill::scan;
use super::one_statement;
use super::place::{Database, Place};
use super::spent;
use people::{Person, days};

const RUNS: usize = 3;

/// Measures and reports.
pub fn run(database: &Database, count: u32) -> Outcome {
    let place = Place::new(database)?;
    let people = made(count);
    let applicants = fill_in(&place, &people)?;
    place.settle()?;
    let lacks: Vec<by_hand::Lacks> = by_hand::prepare(&people).iter().map(by_hand::lacks).collect();
    let ready = lacks.iter().filter(|lacks| **lacks == 0).count();
    println!("{}: {count} people, {ready} of them with nothing lacking", database.name());

    let server = spent::server_of(&place);
    let server = server.as_deref();
    let (mut scans, mut statements, mut evaluations) = (Vec::new(), [const { Vec::new() }; 3], Vec::new());
    let as_of = NaiveDate::from_ymd_opt(DAY.0, DAY.1, DAY.2).ok_or("a day that is none")?;
    let texts = one_statement::texts(database, &applicants)?;
    let (mut rows, mut masks) = (0, [const { Vec::new() }; 3]);
    for _ in 0..RUNS {
        scans.push(timed(server, || {
            rows = place.app.db.read(scan_all)?;
            Ok(())
        })?);
        for (((_, text), runs), masks) in texts.iter().zip(&mut statements).zip(&mut masks) {
            runs.push(timed(server, || {
                *masks = place.app.db.read(|conn: &mut Conn<'_>| one_statement::run(conn, text))?;
                Ok(())
            })?);
        }
        evaluations.push(timed(server, || {
            let summary = everyone::evaluate_all(&place.app.db, &applicants.credential, as_of, &|_| ())?;
            let met = summary.by_status.get("initial met").copied().unwrap_or(0);
            if met == u64::try_from(ready)? { Ok(()) } else { Err(format!("{met} met, expected {ready}").into()) }
        })?);
    }
    let [joined, by_person, alone] = &masks;
    for masks in [joined, by_person] {
        println!("    the statement's answers: {:08x}, as the loop by hand", compare(masks, &applicants, &lacks)?);
    }
    let found = alone.iter().filter(|(_, mask)| *mask == 0).count();
    if (alone.len(), found) != (lacks.len(), ready) {
        return Err(format!("{found} of {} have nothing lacking, expected {ready}", alone.len()).into());
    }
    let scan = report(&format!("  bare scan of {rows} rows, one thread"), count, scans);
    let mut statements = texts.iter().zip(statements).map(|((way, _), runs)| {
        let took = report(&format!("  one SQL statement, {way}"), count, runs);
        (took.1, took)
    });
    let (_, statement) = statements.by_ref().take(2).min().ok_or("no statement")?;
    let (_, alone) = statements.next().ok_or("no statement of the status alone")?;
    let evaluation = report("  evaluate --all", count, evaluations);
    for (what, other) in [("scan", scan), ("faster statement", statement), ("statement of the status alone", alone)] {
        println!(
            "    evaluate --all takes {:.2} times the {what}'s processor time, {:.2} times its time",
            evaluation.0.as_secs_f64() / other.0.as_secs_f64(),
            evaluation.1.as_secs_f64() / other.1.as_secs_f64()
        );
    }
    Ok(())
}

/// Every answer of the statement must be the loop's; answers their fingerprint.
fn compare(masks: &[(i64, i32)], applicants: &Applicants, lacks: &[by_hand::Lacks]) -> Outcome<u32> {
    let found: HashMap<i64, i32> = masks.iter().copied().collect();
    let mut answers = Vec::with_capacity(lacks.len());
    for (id, lacks) in applicants.ids.iter().zip(lacks) {
        let mask = found.get(&id.0).ok_or("a person is not among the answers")?;
        if *mask != i32::from(*lacks) {
            return Err(format!("a person lacks {mask:010b}, expected {lacks:010b}").into());
        }
        answers.push(*lacks);
    }
    Ok(by_hand::fingerprint(&answers))
}

/// The made-up people.
pub fn made(count: u32) -> Vec<Person> {
    people::people(u64::from(count)).into_iter().map(on_the_day).collect()
}

/// Processor time and time of a piece of work.
fn timed(server: Option<&str>, work: impl FnOnce() -> Outcome) -> Outcome<(Duration, Duration)> {
    let begun = Instant::now();
    let before = spent::by_process("self", false)? + spent::by_server(server)?;
    work()?;
    let after = spent::by_process("self", false)? + spent::by_server(server)?;
    Ok((after - before, begun.elapsed()))
}

/// Prints and answers the run in the middle.
fn report(what: &str, count: u32, mut runs: Vec<(Duration, Duration)>) -> (Duration, Duration) {
    runs.sort_unstable();
    let (spent, took) = runs.get(RUNS / 2).copied().unwrap_or_default();
    let per = |time: Duration| f64::from(count) / time.as_secs_f64();
    println!("{what}: {:.0} people/s, {:.0} per processor second", per(took), per(spent));
    (spent, took)
}

/// Reads every row that there is of these people, one after the other.
fn scan_all(conn: &mut Conn<'_>) -> Result<u64, StoreError> {
    let mut rows = 0;
    rows += scan!(conn, person, &mut |_| Ok(()))?;
    rows += scan!(conn, person_name, &mut |_| Ok(()))?;
    rows += scan!(conn, completion, &mut |_| Ok(()))?;
    rows += scan!(conn, completion_topic, &mut |_| Ok(()))?;
    rows += scan!(conn, exam_attempt, &mut |_| Ok(()))?;
    rows += scan!(conn, application, &mut |_| Ok(()))?;
    rows += scan!(conn, application_event, &mut |_| Ok(()))?;
    Ok(rows)
}

/// The person moved in time, so that everybody applies on one day.
fn on_the_day(mut person: Person) -> Person {
    let (year, month, day) = person.applied_on;
    let moved = days(DAY.0, DAY.1, DAY.2) - days(year, month, day);
    person.applied_on = DAY;
    for entry in &mut person.entries {
        entry.day += moved;
    }
    person
}
