//! How many people a second are evaluated: `cargo bench --bench evaluate_all [-- PEOPLE]`.
//!
//! The answers are compared with a known fingerprint, so that a fast wrong answer is no result.

mod by_hand;
mod people;
mod records;

use std::hint::black_box;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use credtrail::rules::bulk::{Classes, Judge, Program, Roll, number};
use credtrail::{packs, rules};

/// Fingerprints of the answers for the seed of [`people`].
const KNOWN: [(u64, u32); 2] = [(20_000, 0x725a_1977), (100_000, 0xd6bc_7a18)];
const RUNS: usize = 5;
const LONG_ENOUGH_MICROS: u128 = 200_000;

fn main() -> Result<(), String> {
    let count = match std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        Some(argument) => {
            argument.parse().map_err(|error| format!("`{argument}` is not a number of people: {error}"))?
        }
        None => 20_000,
    };
    let people = people::people(count);
    let records: usize = people.iter().map(|person| person.entries.len()).sum();
    println!("{count} people, {records} records of {} topics", people::TOPICS.len());

    let prepared = by_hand::prepare(&people);
    let (by_hand, took) = median(|| prepared.iter().map(by_hand::lacks).collect::<Vec<_>>());
    report("loop by hand, in memory", people.len(), took);
    let found = by_hand::fingerprint(&by_hand);
    match KNOWN.iter().find(|(people, _)| *people == count) {
        Some((_, known)) if *known != found => return Err(format!("answers {found:08x}, expected {known:08x}")),
        Some(_) => println!("answers {found:08x}, as known"),
        None => println!("answers {found:08x}, no known ones for so many people"),
    }
    in_memory(&people, &by_hand, took)
}

/// The evaluator's whole answers (each hour explained) from records in memory, beside the loop.
fn in_memory(people: &[people::Person], expected: &[by_hand::Lacks], loop_took: Duration) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack");
    let pack = packs::load(&folder).map_err(|error| error.to_string())?;
    let version = pack.versions.first().ok_or("a pack without a version")?;
    let records: Vec<_> =
        people.iter().enumerate().map(|(at, person)| records::record(at + 1, person)).collect::<Result<_, _>>()?;
    let (answers, took) = median(|| {
        let answer = |(record, question): &(rules::Record, rules::Question)| {
            records::lacks(&rules::evaluate(version, record, question))
        };
        records.iter().map(answer).collect::<Vec<_>>()
    });
    compare(&answers, expected)?;
    report("evaluator, whole answers, in memory", people.len(), took);
    println!("  {:.0} times the loop's time", took.as_secs_f64() / loop_took.as_secs_f64());

    let (met, took) = median(|| {
        let is_met = |(record, question): &(rules::Record, rules::Question)| {
            rules::status_of(version, record, question) == rules::Status::Met
        };
        records.iter().map(is_met).collect::<Vec<_>>()
    });
    if !met.iter().zip(expected).all(|(met, lacks)| *met == (*lacks == 0)) {
        return Err("the status alone differs from the loop's".to_owned());
    }
    report("evaluator, status alone, in memory", people.len(), took);
    println!("  {:.0} times the loop's time", took.as_secs_f64() / loop_took.as_secs_f64());
    flat(version, &records, &met, loop_took)
}

/// The status alone from flat tables and narrow rows; whoever they have no answer for would be a fault here.
fn flat(
    version: &rules::Version,
    records: &[(rules::Record, rules::Question)],
    expected: &[bool],
    loop_took: Duration,
) -> Result<(), String> {
    let program = Program::of(version, rules::Purpose::Initial).map_err(|error| error.to_string())?;
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    for (record, _) in records {
        roll.take(&program, &mut classes, record);
    }
    let days: Vec<i32> = records.iter().map(|(_, question)| number(question.as_of)).collect();
    let (met, took) = median(|| {
        let mut judge = Judge::new(&program);
        let status = |(at, day): (usize, &i32)| judge.status(&roll, at, &classes, *day);
        days.iter().enumerate().map(status).collect::<Vec<_>>()
    });
    let agrees = |(found, expected): (&Option<rules::Status>, &bool)| {
        *found == Some(if *expected { rules::Status::Met } else { rules::Status::NotMet })
    };
    if met.len() != expected.len() || !met.iter().zip(expected).all(agrees) {
        return Err("the status from flat tables differs from the evaluator's".to_owned());
    }
    report("flat tables, status alone, in memory", records.len(), took);
    println!("  {:.2} times the loop's time", took.as_secs_f64() / loop_took.as_secs_f64());
    Ok(())
}

/// Every answer must be the loop's.
fn compare(answers: &[by_hand::Lacks], expected: &[by_hand::Lacks]) -> Result<(), String> {
    match answers.iter().zip(expected).position(|(found, expected)| found != expected) {
        Some(at) => {
            let bits = |all: &[by_hand::Lacks]| all.get(at).copied().unwrap_or_default();
            Err(format!("person {} lacks {:010b}, expected {:010b}", at + 1, bits(answers), bits(expected)))
        }
        None => Ok(()),
    }
}

/// The last answer of several runs after a first one, and the median time that one held a processor. Short work
/// is done over and over within a run, because the system tells that time in coarse steps.
fn median<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let mut answer = work();
    let micros = begun.elapsed().as_micros().max(1);
    let times_over = u32::try_from((LONG_ENOUGH_MICROS / micros).clamp(1, 1_000)).unwrap_or(1);
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let begun = on_processor();
        for _ in 0..times_over {
            answer = black_box(work());
        }
        times.push(on_processor().saturating_sub(begun) / times_over);
    }
    times.sort();
    let middle = times.get(RUNS / 2).copied().unwrap_or_default();
    (answer, middle)
}

/// How long this thread has held a processor, which neighbours on the machine hardly touch; where the
/// system does not tell, the time that went by.
fn on_processor() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|text| text.split(' ').next()).and_then(|first| first.parse().ok());
    nanos.map_or_else(|| BEGUN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn report(what: &str, count: usize, took: Duration) {
    let micros = usize::try_from(took.as_micros()).unwrap_or(usize::MAX).max(1);
    println!(
        "{what}: {:.2} ms, {} people per processor second",
        took.as_secs_f64() * 1_000.0,
        count * 1_000_000 / micros
    );
}
