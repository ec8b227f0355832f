//! Made-up applicants in the tables, with everything about them.

use credtrail::services::acting::Acting;
use credtrail::services::credentials::{self, Brought};
use credtrail::services::programs::courses::{CourseWish, create};
use credtrail::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use credtrail::storage::rows::boards::CredentialRow;
use credtrail::storage::rows::course::CourseRow;
use credtrail::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use credtrail::storage::rows::life::ExamAttemptRow;
use credtrail::storage::rows::people::{PersonNameRow, PersonRow};
use credtrail::storage::{Conn, Day, Id, StoreError, Words};

use super::Outcome;
use super::everyone::people::{self, Kind, Person, days, kind_and_topic};
use super::fill::fill;
use super::place::Place;

/// The day on which everybody here applies and is asked about.
pub const DAY: (i32, u32, u32) = (2026, 6, 15);
/// People who go in together.
const SLICE: usize = 5_000;

/// Who is in the tables.
pub struct Applicants {
    /// What they apply for.
    pub credential: CredentialRow,
    /// Their keys, in the order of the made-up people.
    pub ids: Vec<Id>,
    /// Words and their keys.
    pub words: Words,
}

/// Puts the people with everything about them into the tables.
pub fn fill_in(place: &Place, people: &[Person]) -> Outcome<Applicants> {
    let by = place.acting();
    let (board, program) =
        (place.organization("board", "bench-board")?, place.organization("program", "bench-program")?);
    let text = include_str!("../pack/2020-01-01.toml");
    let files = [("2020-01-01.toml", text), ("examples.toml", include_str!("../pack/examples.toml"))];
    let files = Brought::all(&files);
    let id = place.app.db.write(|conn: &mut Conn<'_>| credentials::create(conn, &by, board, files))?;
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
    let mut ids = Vec::with_capacity(people.len());
    for some in people.chunks(SLICE) {
        let mut tables = Tables::default();
        for person in some {
            tables.add(&by, person, id, &course, &words)?;
        }
        place.write(|conn| tables.insert(conn))?;
        ids.extend(tables.people.iter().map(|person| person.id));
    }
    Ok(Applicants { credential, ids, words })
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
    fn add(&mut self, by: &Acting, person: &Person, credential: Id, course: &CourseRow, words: &Words) -> Outcome {
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

    fn apply(&mut self, by: &Acting, whose: Id, credential: Id) {
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
