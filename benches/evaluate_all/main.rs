//! How many people a second are evaluated: `cargo bench --bench evaluate_all [-- PEOPLE]`.
//!
//! The answers are compared with a known fingerprint, so that a fast wrong answer is no result.

mod by_hand;
mod people;

use std::time::{Duration, Instant};

/// Fingerprints of the answers for the seed of [`people`].
const KNOWN: [(u64, u32); 2] = [(20_000, 0x725a_1977), (100_000, 0xd6bc_7a18)];
const RUNS: usize = 5;

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
    report("loop by hand, in memory", count, took);
    let found = by_hand::fingerprint(&by_hand);
    match KNOWN.iter().find(|(people, _)| *people == count) {
        Some((_, known)) if *known != found => return Err(format!("answers {found:08x}, expected {known:08x}")),
        Some(_) => println!("answers {found:08x}, as known"),
        None => println!("answers {found:08x}, no known ones for so many people"),
    }
    Ok(())
}

/// The last answer of several runs after a first one, and the median time.
fn median<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut answer = work();
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let begun = Instant::now();
        answer = work();
        times.push(begun.elapsed());
    }
    times.sort();
    let middle = times.get(RUNS / 2).copied().unwrap_or_default();
    (answer, middle)
}

fn report(what: &str, count: u64, took: Duration) {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    println!("{what}: {:.1} ms, {} people/s", took.as_secs_f64() * 1_000.0, count * 1_000_000 / micros);
}
