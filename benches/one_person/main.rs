//! How long one person takes, and how it grows with their records: `cargo bench --bench one_person`.
//!
//! `-- RECORDS TIMES` only makes the record and evaluates it so often: run so under callgrind with one time and with two, the
//! difference is what one evaluation costs in instructions and allocations.

#[path = "../evaluate_all/timing.rs"]
#[expect(dead_code, reason = "lines beside a loop by hand are the other bench's")]
mod timing;

use std::hint::black_box;
use std::path::Path;

use chrono::{Days, NaiveDate};
use credtrail::packs;
use credtrail::rules::record::{Application, Learning, Person, Record};
use credtrail::rules::words::{Word, WordList};
use credtrail::rules::{self, Purpose, Question, Version};

const TOPICS: [&str; 6] = ["ethics", "advocacy", "mentoring", "wellness", "recovery", "general"];
const COUNTS: [u64; 6] = [125, 250, 500, 1_000, 2_000, 4_000];

fn main() -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack");
    let pack = packs::load(&folder).map_err(|error| error.to_string())?;
    let version = pack.versions.first().ok_or("a pack without a version")?;
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if let [records, times] = numbers[..] {
        let (record, question) = made_up(records)?;
        for _ in 0..times {
            black_box(rules::evaluate(version, &record, &question));
        }
        return Ok(());
    }
    COUNTS.into_iter().try_for_each(|count| measure(version, count))
}

/// Prints the time of a whole answer and of its status alone.
fn measure(version: &Version, count: u64) -> Result<(), String> {
    let (record, question) = made_up(count)?;
    let (answer, whole) = timing::median(|| rules::evaluate(version, &record, &question));
    let (status, alone) = timing::median(|| rules::status_of(version, &record, &question));
    if answer.status != status || answer.records.len() != record.learning.len() + 1 {
        return Err("the answer does not account for every record".to_owned());
    }
    let micros = |took: std::time::Duration| took.as_secs_f64() * 1e6;
    let each = micros(whole) / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    println!(
        "{count} records: {:.0} microseconds for a whole answer ({each:.2} a record), {:.0} for the status alone",
        micros(whole),
        micros(alone)
    );
    Ok(())
}

/// A person with so many pieces of learning of all kinds and topics, over some years.
fn made_up(count: u64) -> Result<(Record, Question), String> {
    let as_of = NaiveDate::from_ymd_opt(2026, 6, 15).ok_or("a day that is none")?;
    let mut record = Record::of(Person { id: "p1".to_owned(), ..Person::default() });
    record.applications.push(Application {
        id: "ap".to_owned(),
        credential: "xx-bench".to_owned(),
        purpose: word("initial")?,
        stage: None,
        received_on: Some(as_of),
        complete_on: None,
        approved_on: None,
        version: None,
        path: None,
        cohort: None,
    });
    let kinds = ["basic", "x-work", "x-supervision", "continuing"];
    for number in 0..count {
        let (kind, topic) = (number % 4, number % 6);
        let of = |list: &[&'static str], at: u64| usize::try_from(at).ok().and_then(|at| list.get(at).copied());
        record.learning.push(Learning {
            id: format!("l{number:05}"),
            completed_on: as_of.checked_sub_days(Days::new(1 + number % 1_400)).ok_or("a day out of range")?,
            minutes: Some(60),
            topics: of(&TOPICS, topic).map(str::to_owned).into_iter().collect(),
            kind: of(&kinds, kind).map(word).transpose()?,
            status: Some(word("verified")?),
            ..Learning::default()
        });
    }
    record.check().map_err(|error| error.to_string())?;
    Ok((record, Question { as_of, purpose: Purpose::Initial, stage: None }))
}

fn word<L: WordList>(text: &str) -> Result<Word<L>, String> {
    Word::parse(text).map_err(|error| error.to_string())
}
