//! A draft with another minimum against everyone, by the real command: how long, how much memory, and the right people.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Outcome;
use super::everyone::{self, by_hand, people};
use super::place::{Database, Place};
use super::spent::{self, Watched};
use people::{Kind, Person};

/// Minutes of continuing education that the draft asks for; the pack asks for 1,200.
const DRAFT_MINUTES: u32 = 1_440;

/// Measures and reports.
pub fn run(database: &Database, count: u32) -> Outcome {
    println!("{}: a draft with 24 instead of 20 hours of continuing education", database.name());
    let place = Place::new(database)?;
    let (ready, short) = {
        let people = everyone::made(count);
        super::applicants::fill_in(&place, &people)?;
        expected(&people)
    };
    place.settle()?;
    let draft = place.folder().join("2020-01-01.toml");
    let text = include_str!("../pack/2020-01-01.toml").replace("at_least  = \"20 hours\"", "at_least  = \"24 hours\"");
    std::fs::write(&draft, text)?;
    for options in [&[][..], &["--everyone"][..]] {
        let server = spent::server_of(&place);
        let before = spent::by_server(server.as_deref())?;
        let (watched, said) = simulate(&place, &draft, options)?;
        let serving = spent::by_server(server.as_deref())? - before;
        check(&said, count, (ready, short))?;
        let held = watched.held();
        let Watched { took, spent, .. } = watched;
        let per = f64::from(count) / took.as_secs_f64();
        println!(
            "  {count} people{}, {short} come out otherwise: {:.1} s, {per:.0} people/s, {:.1} s of processors, {held}",
            if options.is_empty() { "" } else { ", as if it ruled everyone" },
            took.as_secs_f64(),
            (spent + serving).as_secs_f64(),
        );
    }
    Ok(())
}

/// How many lack nothing, and how many of them would then lack education, by hand.
fn expected(people: &[Person]) -> (u64, u64) {
    let (mut ready, mut short) = (0, 0);
    for (person, prepared) in people.iter().zip(by_hand::prepare(people)) {
        if by_hand::lacks(&prepared) != 0 {
            continue;
        }
        let (year, month, day) = person.applied_on;
        let done = person.entries.iter().filter(|entry| entry.day <= people::days(year, month, day));
        let continuing = done.filter(|entry| matches!(entry.kind, Kind::Continuing { .. }));
        ready += 1;
        short += u64::from(continuing.map(|entry| entry.minutes).sum::<u32>() < DRAFT_MINUTES);
    }
    (ready, short)
}

/// Runs the command, everyone affected into a file as well.
fn simulate(place: &Place, draft: &Path, options: &[&str]) -> Outcome<(Watched, Value)> {
    let (_, month, day) = super::applicants::DAY;
    let said = place.folder().join("said.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_credtrail"));
    command
        .args(["rules", "simulate", "--format", "json", "--as-of", &format!("2026-{month:02}-{day:02}")])
        .args(["--database-url", &place.url, "--data-dir"])
        .arg(place.folder().join("data"))
        .arg("--affected")
        .arg(place.folder().join("affected.csv"))
        .arg("--draft")
        .arg(draft)
        .args(options)
        .stdout(Stdio::from(std::fs::File::create(&said)?));
    let (status, watched) = spent::watch(&mut command)?;
    if status.code() != Some(1) {
        return Err(format!("the command: {status}").into());
    }
    Ok((watched, serde_json::from_slice(&std::fs::read(said)?)?))
}

/// Whether the command counted right.
fn check(said: &Value, count: u32, (ready, short): (u64, u64)) -> Outcome {
    let change = |before: &str, after: &str| {
        let changes = said.pointer("/counts/changes").and_then(Value::as_array).into_iter().flatten();
        let is = |line: &Value, key: &str, word: &str| line.get(key).and_then(Value::as_str) == Some(word);
        let wanted = changes.filter(|line| is(line, "before", before) && is(line, "after", after));
        wanted.filter_map(|line| line.get("people").and_then(Value::as_u64)).sum::<u64>()
    };
    let number = |pointer: &str| said.pointer(pointer).and_then(Value::as_u64);
    let found = (number("/counts/people"), number("/counts/affected"), change("met", "not_met"), change("met", "met"));
    let expected = (Some(u64::from(count)), Some(short), short, ready - short);
    if found == expected { Ok(()) } else { Err(format!("found {found:?}, expected {expected:?}").into()) }
}
