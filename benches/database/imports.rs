//! Bringing in completions with the real command, beside the database's own loader of the same rows.

use std::fmt::Write;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use credtrail::services::programs::courses::{CourseWish, create};
use credtrail::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use credtrail::storage::rows::people::{EmailRow, PersonRow};
use credtrail::storage::{Conn, Id};

use super::Outcome;
use super::command;
use super::fill::{fill, scan};
use super::place::{Database, Place};
use super::spent::{self, Watched};

/// Rows of the file that speak of one person.
const ROWS_EACH: u32 = 8;
const COURSES: u32 = 12;

/// Measures and reports: a tenth of the rows, then all of them, then the bare rows.
pub fn run(database: &Database, count: u32) -> Outcome {
    println!("{}: completions from CSV by `credtrail import completions`", database.name());
    for (rows, options) in [(count / 10, &["--quiet"][..]), (count, &["--quiet"][..]), (count, &[][..])] {
        let place = Place::new(database)?;
        prepare(&place, rows)?;
        let file = place.folder().join("completions.csv");
        std::fs::write(&file, csv(rows)?)?;
        let server = spent::server_of(&place);
        let before = spent::by_server(server.as_deref())?;
        let words =
            ["import", "completions", "--organization", "bench-program"].into_iter().chain(options.iter().copied());
        let brought = command::run(&place, words, Some(&file))?;
        let serving = spent::by_server(server.as_deref())? - before;
        let (completions, topics) = stored(&place)?;
        if completions.len() != usize::try_from(rows)? {
            return Err(format!("{} of {rows} rows were stored", completions.len()).into());
        }
        let told = if options.is_empty() { "people told" } else { "quietly" };
        let figures = figures(rows, brought.took, brought.spent + serving);
        println!("  {rows} rows, {told}: {figures}, {}", brought.held());
        if rows == count && !options.is_empty() {
            bare(database, &completions, &topics, &brought, serving)?;
        }
    }
    Ok(())
}

/// The same rows into the same tables with nothing but the database's loader.
fn bare(
    database: &Database,
    completions: &[CompletionRow],
    topics: &[CompletionTopicRow],
    brought: &Watched,
    serving: Duration,
) -> Outcome {
    let place = Place::new(database)?;
    let rows = u32::try_from(completions.len())?;
    let people = prepare(&place, rows)?;
    // The people have other keys here.
    let old = people_of(completions);
    let moved = |id: Id| old.binary_search(&id).ok().and_then(|at| people.get(at)).copied().unwrap_or(id);
    let completions: Vec<CompletionRow> =
        completions.iter().map(|row| CompletionRow { person_id: moved(row.person_id), ..row.clone() }).collect();
    let topics: Vec<CompletionTopicRow> =
        topics.iter().map(|row| CompletionTopicRow { person_id: moved(row.person_id), ..row.clone() }).collect();
    let server = spent::server_of(&place);
    let before = spent::by_thread()? + spent::by_server(server.as_deref())?;
    let begun = Instant::now();
    place.write(|conn| {
        fill!(conn, facts::completion, &completions)?;
        fill!(conn, facts::completion_topic, &topics)
    })?;
    let took = begun.elapsed();
    let spent = spent::by_thread()? + spent::by_server(server.as_deref())? - before;
    println!(
        "    beside the bare rows ({} with topics): {}",
        completions.len() + topics.len(),
        figures(rows, took, spent)
    );
    println!(
        "    the command took {:.1} times the time, {:.1} times the processor time",
        brought.took.as_secs_f64() / took.as_secs_f64(),
        (brought.spent + serving).as_secs_f64() / spent.as_secs_f64()
    );
    Ok(())
}

fn people_of(completions: &[CompletionRow]) -> Vec<Id> {
    let mut people: Vec<Id> = completions.iter().map(|row| row.person_id).collect();
    people.sort_unstable();
    people.dedup();
    people
}

fn figures(rows: u32, took: Duration, spent: Duration) -> String {
    let rows = f64::from(rows);
    format!("{:.0} rows/s, {:.0} per processor second", rows / took.as_secs_f64(), rows / spent.as_secs_f64())
}

/// A program with its courses and the people of the file; answers their keys, in order.
fn prepare(place: &Place, rows: u32) -> Outcome<Vec<Id>> {
    let program = place.organization("program", "bench-program")?;
    let by = place.acting();
    for number in 0..COURSES {
        let wish = CourseWish {
            code: format!("course-{number}"),
            title: format!("Course {number}"),
            kind: "basic".to_owned(),
            delivery: "in_person".to_owned(),
            minutes: 480,
            minutes_by_topic: if number % 3 == 0 { [("ethics".to_owned(), 120)].into() } else { [].into() },
            topics: vec!["recovery".to_owned()],
        };
        place.app.db.write(|conn: &mut Conn<'_>| create(conn, &by, program, &wish))?;
    }
    let at = by.moment();
    let ids: Vec<Id> = (0..rows.div_ceil(ROWS_EACH)).map(|_| by.fresh_id()).collect();
    let people: Vec<PersonRow> =
        ids.iter().map(|id| PersonRow { id: *id, language: "en".to_owned(), created_at: at }).collect();
    let address = |(number, id): (usize, &Id)| EmailRow {
        address: address(number),
        person_id: *id,
        added_at: at,
        verified_at: Some(at),
        bounced_at: None,
        ended_at: None,
    };
    let emails: Vec<EmailRow> = ids.iter().enumerate().map(address).collect();
    place.write(|conn| {
        fill!(conn, people::person, &people)?;
        fill!(conn, people::email, &emails)
    })?;
    place.settle()?;
    Ok(ids)
}

fn address(number: usize) -> String {
    format!("person.{number}@example.org")
}

/// The file, as a program would have it: day by day, people mixed.
fn csv(rows: u32) -> Outcome<String> {
    let first = NaiveDate::from_ymd_opt(2022, 1, 3).ok_or("a day that is none")?;
    let people = rows.div_ceil(ROWS_EACH);
    let mut text = "email,course,completed_on,started_on,minutes\n".to_owned();
    for row in 0..rows {
        let (person, turn) = (row % people, row / people);
        let day = first + Days::new(u64::from(turn * 31 + person % 28));
        let course = (person + turn) % COURSES;
        let minutes = if row % 10 == 0 { "240" } else { "" };
        writeln!(text, "{},course-{course},{day},{day},{minutes}", address(usize::try_from(person)?))?;
    }
    Ok(text)
}

fn stored(place: &Place) -> Outcome<(Vec<CompletionRow>, Vec<CompletionTopicRow>)> {
    let (mut completions, mut topics) = (Vec::new(), Vec::new());
    place.app.db.read(|conn: &mut Conn<'_>| {
        scan!(conn, completion, &mut |some| {
            completions.extend(some);
            Ok(())
        })?;
        scan!(conn, completion_topic, &mut |some| {
            topics.extend(some);
            Ok(())
        })
    })?;
    Ok((completions, topics))
}
