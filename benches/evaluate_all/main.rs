//! How many people a second are evaluated, in memory, beside a loop written by hand for the same rules.
//!
//! `cargo bench --bench evaluate_all -- [PEOPLE] [--references DIR [--python PROGRAM] [--postgres URL]]`
//!
//! The answers are compared with a known fingerprint, so that a fast wrong answer is no result.

mod by_hand;
mod flat;
mod people;
mod records;
mod references;
mod timing;
mod whole;

use std::path::{Path, PathBuf};

use credtrail::packs;
use references::References;
use timing::{Loop, median, report};

/// Fingerprints of the answers for the seed of [`people`].
const KNOWN: [(u64, u32); 3] = [(20_000, 0x725a_1977), (100_000, 0xd6bc_7a18), (1_000_000, 0xdbb7_0428)];

fn main() -> Result<(), String> {
    let (count, references) = arguments()?;
    let people = people::people(count);
    let records: usize = people.iter().map(|person| person.entries.len()).sum();
    println!("{count} people, {records} records of {} topics", people::TOPICS.len());

    let prepared = by_hand::prepare(&people);
    let (by_hand, took) = median(|| prepared.iter().map(by_hand::lacks).collect::<Vec<_>>());
    drop(prepared);
    let yardstick = Loop::of(people.len(), took);
    report("loop by hand", people.len(), took, yardstick);
    let found = by_hand::fingerprint(&by_hand);
    match KNOWN.iter().find(|(people, _)| *people == count) {
        Some((_, known)) if *known != found => return Err(format!("answers {found:08x}, expected {known:08x}")),
        Some(_) => println!("answers {found:08x}, as known"),
        None => println!("answers {found:08x}, no known ones for so many people"),
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack");
    let pack = packs::load(&folder).map_err(|error| error.to_string())?;
    let version = pack.versions.first().ok_or("a pack without a version")?;
    flat::measure(version, &people, &by_hand, yardstick)?;
    whole::measure(version, &people, &by_hand, yardstick)?;
    references.map_or(Ok(()), |references| references.run(count, found, yardstick))
}

/// How many people, and where the references are.
fn arguments() -> Result<(u64, Option<References>), String> {
    let (mut count, mut folder, mut python, mut postgres) = (20_000, None, "python3".to_owned(), None);
    let mut all = std::env::args().skip(1);
    while let Some(argument) = all.next() {
        let mut value = || all.next().ok_or_else(|| format!("`{argument}` wants a value"));
        match argument.as_str() {
            "--bench" => {}
            "--references" => folder = Some(PathBuf::from(value()?)),
            "--python" => python = value()?,
            "--postgres" => postgres = Some(value()?),
            number => {
                count = number.parse().map_err(|error| format!("`{number}` is not a number of people: {error}"))?;
            }
        }
    }
    Ok((count, folder.map(|folder| References { folder, python, postgres })))
}
