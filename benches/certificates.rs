//! How many certificates a processor second makes: `cargo bench --bench certificates [-- COUNT]`.
//!
//! Nine names in seven scripts, one after the other, one thread. The time is the thread's own processor
//! time where the system tells it, so that a busy machine does not spoil the figure.

use std::time::Instant;

use chrono::NaiveDate;
use credtrail::pdf::certificate::{Border, BorderStyle, Certificate, Colour, Design, PageSize, Seal, Signatory, build};
use credtrail::rules::Lang;

const LATIN: [&str; 9] = [
    "Ana Maria Delgado",
    "James O\u{2019}Connor",
    "Latoya Washington-Reed",
    "William H. Two Rivers",
    "Nguy\u{1ec5}n Th\u{1ecb} H\u{1b0}\u{1a1}ng",
    "\u{141}ukasz W\u{f3}jcik",
    "Jos\u{e9} \u{c1}ngel Mu\u{f1}oz",
    "\u{1ecc}l\u{e1}w\u{e1}l\u{e9} Ad\u{e9}b\u{e1}y\u{1ecd}\u{300}",
    "Margaret Oyelaran",
];

const MIXED: [&str; 9] = [
    "Jos\u{e9} \u{c1}ngel Mu\u{f1}oz",
    "Nguy\u{1ec5}n Th\u{1ecb} H\u{1b0}\u{1a1}ng",
    "\u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7} \u{3a0}\u{3b1}\u{3c0}\u{3b1}\u{3b4}\u{3ac}\u{3ba}\u{3b7}",
    "\u{41e}\u{43b}\u{44c}\u{433}\u{430} \u{429}\u{435}\u{440}\u{431}\u{430}\u{43a}",
    "\u{645}\u{62d}\u{645}\u{62f} \u{639}\u{644}\u{64a}",
    "\u{936}\u{94d}\u{930}\u{940} \u{915}\u{94d}\u{937}\u{93f}\u{924}\u{93f}\u{91c}",
    "\u{674e}\u{5c0f}\u{9f8d}",
    "Margaret Oyelaran",
    "James O\u{2019}Connor",
];

fn main() -> Result<(), String> {
    let count = match std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        Some(argument) => argument.parse().map_err(|error| format!("`{argument}` is not a number: {error}"))?,
        None => 2_000,
    };
    run("Latin names", &LATIN, count)?;
    run("names in six scripts", &MIXED, count)
}

fn run(what: &str, names: &[&str], count: u32) -> Result<(), String> {
    let mut certificate = sample()?;
    let first = Instant::now();
    build(&certificate).map_err(|error| error.to_string())?;
    let first = first.elapsed();

    let begun = processor_seconds().ok_or("the system does not tell the processor time")?;
    let (mut bytes, mut largest) = (0_usize, 0_usize);
    for (number, name) in (0..count).zip(names.iter().cycle()) {
        certificate.name = (*name).to_owned();
        certificate.number = format!("NE{number:010}");
        certificate.verify_url = format!("https://register.example.org/verify/{number:022}");
        let file = build(&certificate).map_err(|error| error.to_string())?;
        bytes += file.len();
        largest = largest.max(file.len());
    }
    let took = processor_seconds().ok_or("the system does not tell the processor time")? - begun;
    let each = bytes / usize::try_from(count).map_err(|error| error.to_string())?.max(1);
    println!("{what}: {:.0} certificates per processor second", f64::from(count) / took);
    println!("  {each} bytes each, {largest} at most; the first took {:.0} ms", first.as_secs_f64() * 1_000.0);
    Ok(())
}

/// Processor time of this thread so far, from the scheduler's own count.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn sample() -> Result<Certificate, String> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("not a day");
    let colour = Colour::parse("#1f4e79").map_err(|error| error.to_string())?;
    Ok(Certificate {
        design: Design {
            page: PageSize::Letter,
            lang: Lang::En,
            board: "Nebraska Board of Peer Support".to_owned(),
            credential: "Certified Peer Support Specialist".to_owned(),
            signatory: Some(Signatory { name: "Margaret Oyelaran".to_owned(), title: "Chair of the Board".to_owned() }),
            seal: Seal { initials: "NBPS".to_owned(), around: "NEBRASKA BOARD OF PEER SUPPORT".to_owned(), colour },
            border: Border { style: BorderStyle::Engraved, colour },
        },
        name: "Ana Maria Delgado".to_owned(),
        number: "NE2604127835".to_owned(),
        issued_on: day(2026, 3, 5)?,
        valid_from: day(2026, 3, 5)?,
        valid_through: Some(day(2028, 3, 4)?),
        status: Some("Active".to_owned()),
        verify_url: "https://register.example.org/verify/7Qm2kX9tLw4RbYhN5cZdPs".to_owned(),
    })
}
