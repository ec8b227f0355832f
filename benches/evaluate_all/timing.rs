//! Processor time of one thread, and the lines that are printed.

use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const LONG_ENOUGH_MICROS: u128 = 200_000;

/// The last answer of several runs after a first one, and the median time that one held a processor. Short work
/// is done over and over within a run, because the system tells that time in coarse steps; of long work one run will do.
pub fn median<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let (begun, on_begun) = (Instant::now(), on_processor());
    let mut answer = work();
    let first = on_processor().saturating_sub(on_begun);
    let micros = begun.elapsed().as_micros().max(1);
    if micros > LONG_ENOUGH_MICROS * 100 {
        return (answer, first);
    }
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

/// The yardstick: the loop's time for each person.
#[derive(Debug, Clone, Copy)]
pub struct Loop(pub f64);

impl Loop {
    /// The loop over so many people.
    pub fn of(people: usize, took: Duration) -> Self {
        Self(each(people, took))
    }
}

fn each(people: usize, took: Duration) -> f64 {
    let people = u32::try_from(people).unwrap_or(u32::MAX).max(1);
    took.as_secs_f64().max(1e-9) / f64::from(people)
}

/// Prints one line: processor time, people per second of it, and how many times the loop's time that is.
pub fn report(what: &str, people: usize, took: Duration, yardstick: Loop) {
    let each = each(people, took);
    println!(
        "{what}, {people} people: {:.2} ms, {:.0} people per processor second, {:.2} times the loop",
        took.as_secs_f64() * 1_000.0,
        1.0 / each,
        each / yardstick.0
    );
}
