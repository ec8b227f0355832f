//! Evaluating everyone from the database, as `credtrail evaluate --all` does, beside a bare scan of the same rows.

#[path = "../evaluate_all/by_hand.rs"]
#[expect(dead_code, reason = "fingerprints of known answers are the other bench's, which leaves days as they are")]
pub mod by_hand;
#[path = "../evaluate_all/people.rs"]
pub mod people;

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use credtrail::services::programs::courses::{CourseWish, create};
use credtrail::services::{credentials, everyone};
use credtrail::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use credtrail::storage::rows::boards::CredentialRow;
use credtrail::storage::rows::course::CourseRow;
use credtrail::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use credtrail::storage::rows::life::ExamAttemptRow;
use credtrail::storage::rows::people::{PersonNameRow, PersonRow};
use credtrail::storage::{Conn, Day, Id, StoreError, Words};

use super::Outcome;
use super::fill::{fill, scan};
use super::place::{Database, Place};
use super::spent;
use people::{Kind, Person, days, kind_and_topic};

/// The day on which everybody here applies and is asked about.
pub const DAY: (i32, u32, u32) = (2026, 6, 15);
/// People who go in together.
const SLICE: usize = 5_000;
const RUNS: usize = 3;

/// Measures and reports.
pub fn run(database: &Database, count: u32) -> Outcome {
    let place = Place::new(database)?;
    let people = made(count);
    let credential = fill_in(&place, &people)?;
    place.settle()?;
    let ready = by_hand::prepare(&people).iter().filter(|person| by_hand::lacks(person) == 0).count();
    println!("{}: {count} people, {ready} of them with nothing lacking", database.name());

    let server = spent::server_of(&place);
    let server = server.as_deref();
    let (mut scans, mut evaluations) = (Vec::new(), Vec::new());
    let as_of = NaiveDate::from_ymd_opt(DAY.0, DAY.1, DAY.2).ok_or("a day that is none")?;
    let mut rows = 0;
    for _ in 0..RUNS {
        scans.push(timed(server, || {
            rows = place.app.db.read(scan_all)?;
            Ok(())
        })?);
        evaluations.push(timed(server, || {
            let summary = everyone::evaluate_all(&place.app.db, &credential, as_of, &|_| ())?;
            let met = summary.by_status.get("initial met").copied().unwrap_or(0);
            if met == u64::try_from(ready)? { Ok(()) } else { Err(format!("{met} met, expected {ready}").into()) }
        })?);
    }
    let scan = report(&format!("  bare scan of {rows} rows, one thread"), count, scans);
    let evaluation = report("  evaluate --all", count, evaluations);
    println!(
        "    {:.2} times the scan's processor time, {:.2} times its time",
        evaluation.0.as_secs_f64() / scan.0.as_secs_f64(),
        evaluation.1.as_secs_f64() / scan.1.as_secs_f64()
    );
    Ok(())
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

/// Puts the people with everything about them into the tables; answers the credential they apply for.
pub fn fill_in(place: &Place, people: &[Person]) -> Outcome<CredentialRow> {
    let by = place.acting();
    let (board, program) =
        (place.organization("board", "bench-board")?, place.organization("program", "bench-program")?);
    let text = include_str!("../pack/2020-01-01.toml");
    let files = [("2020-01-01.toml", text)];
    let id = place.app.db.write(|conn: &mut Conn<'_>| credentials::create(conn, &by, board, &files))?;
    let (credential, _) = place.app.db.read(|conn: &mut Conn<'_>| credentials::find(conn, id))?;
    let wish = CourseWish {
        code: "core".to_owned(),
        title: "Core".to_owned(),
        kind: "basic".to_owned(),
        delivery: "in_person".to_owned(),
        minutes: 60_000,
        minutes_by_topic: [].into(),
        topics: people::TOPICS.map(str::to_owned).to_vec(),
    };
    let course = place.app.db.write(|conn: &mut Conn<'_>| create(conn, &by, program, &wish))?;
    let mut words = place.app.db.read(|conn: &mut Conn<'_>| Words::load(conn))?;
    place.write(|conn| {
        for word in ["verified", "passed", "failed", "bench-exam", "basic", "x-work", "x-supervision", "continuing"] {
            words.intern(conn, word)?;
        }
        Ok(())
    })?;
    for some in people.chunks(SLICE) {
        let mut tables = Tables::default();
        for person in some {
            tables.add(&by, person, id, &course, &words)?;
        }
        place.write(|conn| tables.insert(conn))?;
    }
    Ok(credential)
}

/// Rows on their way into the tables.
#[derive(Default)]
struct Tables {
    people: Vec<PersonRow>,
    names: Vec<PersonNameRow>,
    completions: Vec<CompletionRow>,
    topics: Vec<CompletionTopicRow>,
    exams: Vec<ExamAttemptRow>,
    applications: Vec<ApplicationRow>,
    events: Vec<ApplicationEventRow>,
}

impl Tables {
    fn add(
        &mut self,
        by: &credtrail::services::acting::Acting,
        person: &Person,
        credential: Id,
        course: &CourseRow,
        words: &Words,
    ) -> Outcome {
        let (whose, at) = (by.fresh_id(), by.moment());
        let word = |text: &str| words.key(text).ok_or_else(|| format!("`{text}` is no word"));
        self.people.push(PersonRow { id: whose, language: "en".to_owned(), created_at: at });
        self.names.push(PersonNameRow {
            person_id: whose,
            id: by.fresh_id(),
            revision: 1,
            kind: "legal".to_owned(),
            name: "Ana Maria Delgado".to_owned(),
            from_day: None,
            through_day: None,
            recorded_at: at,
            recorded_by: whose,
            reason: None,
        });
        for entry in &person.entries {
            let (id, on) = (by.fresh_id(), Day(entry.day));
            if let Kind::Exam { passed } = entry.kind {
                self.exams.push(ExamAttemptRow {
                    person_id: whose,
                    id,
                    revision: 1,
                    exam: word("bench-exam")?,
                    on_day: on,
                    outcome: word(if passed { "passed" } else { "failed" })?,
                    official: true,
                    official_day: None,
                    form: None,
                    score: None,
                    scale: None,
                    pass_mark: None,
                    domains: None,
                    board_id: None,
                    source_key: None,
                    recorded_at: at,
                    recorded_by: Id::SYSTEM,
                    reason: None,
                });
                continue;
            }
            let (kind, topic) = kind_and_topic(entry.kind);
            self.completions.push(CompletionRow {
                person_id: whose,
                id,
                revision: 1,
                completed_day: on,
                started_day: None,
                minutes: Some(i32::try_from(entry.minutes)?),
                kind: word(kind)?,
                delivery: Some(course.delivery),
                state: word("verified")?,
                course_id: Some(course.id),
                program_id: Some(course.organization_id),
                session_id: None,
                approved: None,
                source_key: None,
                recorded_at: at,
                recorded_by: Id::SYSTEM,
                reason: None,
            });
            self.topics.push(CompletionTopicRow {
                person_id: whose,
                completion_id: id,
                revision: 1,
                topic: word(topic)?,
                minutes: None,
            });
        }
        self.apply(by, whose, credential);
        Ok(())
    }

    fn apply(&mut self, by: &credtrail::services::acting::Acting, whose: Id, credential: Id) {
        let (id, on) = (by.fresh_id(), Day(days(DAY.0, DAY.1, DAY.2)));
        self.applications.push(ApplicationRow {
            person_id: whose,
            id,
            credential_id: credential,
            purpose: "initial".to_owned(),
            stage: None,
            version: None,
            path: None,
            cohort: None,
            received_day: on,
            created_at: by.moment(),
            created_by: whose,
        });
        self.events.push(ApplicationEventRow {
            person_id: whose,
            application_id: id,
            seq: 1,
            kind: "received".to_owned(),
            on_day: on,
            note: None,
            recorded_at: by.moment(),
            recorded_by: whose,
        });
    }

    fn insert(&self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        fill!(conn, people::person, &self.people)?;
        fill!(conn, people::person_name, &self.names)?;
        fill!(conn, facts::completion, &self.completions)?;
        fill!(conn, facts::completion_topic, &self.topics)?;
        fill!(conn, facts::exam_attempt, &self.exams)?;
        fill!(conn, decisions::application, &self.applications)?;
        fill!(conn, decisions::application_event, &self.events)
    }
}
