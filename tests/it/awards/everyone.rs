//! Evaluating everyone: each person's status is the one their whole record has.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use credtrail::repo;
use credtrail::rules::{Purpose, Question, Status, status_of};
use credtrail::services::credentials::{self, Brought};
use credtrail::services::{acting::Acting, everyone, record};
use credtrail::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use credtrail::storage::rows::awards::AwardRow;
use credtrail::storage::rows::decisions::DecisionRow;
use credtrail::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use credtrail::storage::rows::life::{ExamAttemptRow, HoldRow};
use credtrail::storage::{Conn, Day, Id, Words};

use crate::support::TestApp;

pub(super) const AS_OF: &str = "2026-05-20";
const WORDS: [&str; 17] = [
    "basic",
    "x-work",
    "x-supervision",
    "continuing",
    "ethics",
    "advocacy",
    "mentoring",
    "wellness",
    "general",
    "verified",
    "disputed",
    "voided",
    "in_person",
    "bench-exam",
    "passed",
    "failed",
    "medical",
];

/// Puts facts of made-up people into the tables: whatever `turn` says differs from person to person.
struct Maker<'c, 'w> {
    conn: &'c mut Conn<'w>,
    words: Words,
    by: Acting,
    credential: Id,
}

impl Maker<'_, '_> {
    /// A completion with one topic, or two that share its minutes, or one that has its own.
    fn completion(&mut self, person: Id, (kind, topics): (&str, &[&str]), minutes: i32, (on, turn): (&str, u32)) {
        let word = |text: &str| self.words.key(text).unwrap();
        let id = self.by.fresh_id();
        let own = turn.is_multiple_of(5) && topics.len() == 1;
        let revision = |revision, state: &str| CompletionRow {
            person_id: person,
            id,
            revision,
            completed_day: day(on),
            started_day: None,
            minutes: (!own).then_some(minutes),
            kind: word(kind),
            delivery: turn.is_multiple_of(2).then_some(word("in_person")),
            state: word(state),
            course_id: None,
            program_id: None,
            session_id: None,
            approved: None,
            source_key: None,
            recorded_at: self.by.moment(),
            recorded_by: Id::SYSTEM,
            reason: None,
        };
        let rows = match turn % 11 {
            3 => vec![revision(1, "verified"), revision(2, "voided")],
            7 => vec![revision(1, "voided"), revision(2, "verified")],
            9 if kind == "continuing" => vec![revision(1, "disputed")],
            _ => vec![revision(1, "verified")],
        };
        let topic = |revision: i32, topic: &&str| CompletionTopicRow {
            person_id: person,
            completion_id: id,
            revision,
            topic: word(topic),
            minutes: own.then_some(minutes),
        };
        let topics: Vec<_> =
            rows.iter().flat_map(|row| topics.iter().map(move |name| topic(row.revision, name))).collect();
        repo!(self.conn, facts::insert_completions(&rows)).unwrap();
        repo!(self.conn, facts::insert_completion_topics(&topics)).unwrap();
    }

    fn exam(&mut self, person: Id, outcome: &str, on: &str, official: bool) {
        let row = ExamAttemptRow {
            person_id: person,
            id: self.by.fresh_id(),
            revision: 1,
            exam: self.words.key("bench-exam").unwrap(),
            on_day: day(on),
            outcome: self.words.key(outcome).unwrap(),
            official,
            official_day: None,
            form: None,
            score: None,
            scale: None,
            pass_mark: None,
            domains: None,
            board_id: None,
            source_key: None,
            recorded_at: self.by.moment(),
            recorded_by: Id::SYSTEM,
            reason: None,
        };
        repo!(self.conn, facts::insert_exam_attempts(&[row])).unwrap();
    }

    fn application(&mut self, person: Id, purpose: &str, (on, version): (&str, Option<&str>)) {
        let row = ApplicationRow {
            person_id: person,
            id: self.by.fresh_id(),
            credential_id: self.credential,
            purpose: purpose.to_owned(),
            stage: None,
            version: version.map(str::to_owned),
            path: None,
            cohort: None,
            received_day: day(on),
            created_at: self.by.moment(),
            created_by: person,
        };
        let event = ApplicationEventRow {
            person_id: person,
            application_id: row.id,
            seq: 1,
            kind: "received".to_owned(),
            on_day: row.received_day,
            note: None,
            recorded_at: self.by.moment(),
            recorded_by: person,
        };
        repo!(self.conn, applications::insert(&row)).unwrap();
        repo!(self.conn, applications::insert_event(&event)).unwrap();
    }

    /// What only the whole evaluator reads.
    fn unusual(&mut self, person: Id, turn: u32) {
        let (id, at) = (self.by.fresh_id(), self.by.moment());
        match turn {
            21 => {
                let row = DecisionRow {
                    person_id: person,
                    id,
                    credential_id: self.credential,
                    application_id: None,
                    evaluation_id: None,
                    requirement: Some("work".to_owned()),
                    outcome: "waived".to_owned(),
                    on_day: day("2026-01-10"),
                    until_day: None,
                    minutes: None,
                    reason: "a long illness".to_owned(),
                    next_step: None,
                    appeal: None,
                    recorded_at: at,
                    recorded_by: Id::SYSTEM,
                };
                repo!(self.conn, decisions::insert(&row)).unwrap();
            }
            22 => {
                let row = HoldRow {
                    person_id: person,
                    id,
                    revision: 1,
                    credential_id: None,
                    stage: None,
                    kind: self.words.key("medical").unwrap(),
                    from_day: day("2026-01-10"),
                    through_day: None,
                    state: self.words.key("verified").unwrap(),
                    recorded_at: at,
                    recorded_by: Id::SYSTEM,
                    reason: None,
                };
                repo!(self.conn, facts::insert_holds(&[row])).unwrap();
            }
            23 => {
                let row = AwardRow {
                    person_id: person,
                    id,
                    credential_id: self.credential,
                    path: None,
                    issued_day: day("2025-01-10"),
                    decision_id: None,
                    recorded_at: at,
                    recorded_by: Id::SYSTEM,
                };
                repo!(self.conn, awards::insert(&row)).unwrap();
            }
            _ => {}
        }
    }

    /// Everything of one person. Most are ready but for what their number takes away.
    fn person(&mut self, person: Id, turn: u32) {
        let without = |number: u32| turn % 13 == number;
        for (at, topic) in ["ethics", "advocacy", "mentoring", "wellness", "general"].into_iter().enumerate() {
            if !without(u32::try_from(at).unwrap()) {
                self.completion(person, ("basic", &[topic]), 760, ("2025-11-03", turn));
            }
        }
        if without(5) {
            self.completion(person, ("basic", &["ethics", "advocacy"]), 600, ("2025-11-04", 1));
        }
        let worked = if without(6) { "2023-01-05" } else { "2025-06-05" };
        self.completion(person, ("x-work", &["general"]), 30_000, (worked, 1));
        self.completion(person, ("x-supervision", &["general"]), 1_500, ("2025-06-05", 1));
        self.completion(person, ("continuing", &["ethics"]), if without(7) { 300 } else { 400 }, ("2025-06-05", turn));
        self.completion(person, ("continuing", &["general"]), 900, ("2025-06-05", 1));
        match turn % 9 {
            4 => self.exam(person, "failed", "2026-02-01", true),
            5 => self.exam(person, "passed", "2026-02-01", false),
            6 => self.exam(person, "passed", "2024-02-01", true),
            _ => self.exam(person, "passed", "2026-02-01", true),
        }
        match turn {
            // Nobody's business, two applications, one of later, one for something else, a pin that is none.
            10 => return,
            11 => {
                self.application(person, "initial", ("2025-01-04", None));
                self.application(person, "initial", ("2026-03-04", None));
            }
            12 => self.application(person, "initial", ("2026-05-21", None)),
            13 => self.application(person, "renewal", ("2026-03-04", None)),
            14 => self.application(person, "initial", ("2026-03-04", Some("1999-01-01"))),
            15 => self.application(person, "initial", ("2026-03-04", Some("2020-01-01"))),
            16 => self.application(person, "initial", ("2019-03-04", None)),
            _ => self.application(person, "initial", ("2026-03-04", None)),
        }
        self.unusual(person, turn);
    }
}

fn day(text: &str) -> Day {
    text.parse::<NaiveDate>().unwrap().into()
}

/// A board, its credential and forty people, each with something of their own.
pub(super) fn register(app: &TestApp) -> (Id, Id, Vec<Id>) {
    let board = app.organization(credtrail::services::roles::OrganizationKind::Board, "bench-board");
    let by = Acting::system(app.now());
    let text = include_str!("../../../benches/pack/2020-01-01.toml");
    let examples = include_str!("../../../benches/pack/examples.toml");
    let files = [("2020-01-01.toml", text), ("examples.toml", examples)];
    let create = |conn: &mut Conn<'_>| credentials::create(conn, &by, board, Brought::all(&files));
    let credential = app.app.db.write(create).unwrap();
    let people: Vec<Id> = (0..40).map(|turn| app.person(&format!("Turn {turn}")).id).collect();
    app.write(|conn| {
        let mut words = Words::load(conn)?;
        for word in WORDS {
            words.intern(conn, word)?;
        }
        let mut maker = Maker { conn, words, by, credential };
        for (turn, person) in (0..).zip(&people) {
            maker.person(*person, turn);
        }
        Ok(())
    });
    (board, credential, people)
}

#[test]
fn everyone_together_is_counted_as_each_persons_whole_record_says() {
    for app in TestApp::on_each_database() {
        let (board, credential, people) = register(&app);

        let as_of: NaiveDate = AS_OF.parse().unwrap();
        let (row, _) = app.app.db.read(|conn| credentials::find(conn, credential)).unwrap();
        let pack = app.app.db.read(|conn| credentials::pack(conn, credential)).unwrap();
        let found = everyone::evaluate_all(&app.app.db, &row, as_of, &|_| ()).unwrap();

        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for person in &people {
            let whole = app.app.db.read(|conn| record::assemble(conn, *person, Some(board))).unwrap();
            let purpose = match (whole.credentials.is_empty(), whole.applications.is_empty()) {
                (false, _) => Purpose::Renewal,
                (true, false) => Purpose::Initial,
                (true, true) => continue,
            };
            let status = match pack.version_for(&whole, as_of, purpose) {
                None => "no rules in force",
                Some(version) => match status_of(version, &whole, &Question { as_of, purpose, stage: None }) {
                    Status::Met => "met",
                    Status::NotMet => "not_met",
                    Status::Undecided => "undecided",
                    Status::Waived | Status::NotApplicable => "not_applicable",
                },
            };
            *expected.entry(format!("{} {status}", purpose.word())).or_default() += 1;
        }
        assert_eq!(found.by_status, expected, "{}", app.database());
        assert_eq!((found.people, found.concerned), (40, 39), "{}", app.database());
        for (status, at_least) in [("met", 5), ("not_met", 5), ("undecided", 2), ("no rules in force", 1)] {
            let count = expected.get(&format!("initial {status}")).copied().unwrap_or(0);
            assert!(count >= at_least, "too few `{status}` for this to say much: {expected:?}");
        }
    }
}

#[test]
fn a_range_without_anyone_concerned_counts_nobody() {
    for app in TestApp::on_each_database() {
        let board = app.organization(credtrail::services::roles::OrganizationKind::Board, "bench-board");
        let by = Acting::system(app.now());
        let text = include_str!("../../../benches/pack/2020-01-01.toml");
        let examples = include_str!("../../../benches/pack/examples.toml");
        let files = [("2020-01-01.toml", text), ("examples.toml", examples)];
        let create = |conn: &mut Conn<'_>| credentials::create(conn, &by, board, Brought::all(&files));
        let credential = app.app.db.write(create).unwrap();
        app.person("Dana Rivera");
        let (row, _) = app.app.db.read(|conn| credentials::find(conn, credential)).unwrap();
        let found = everyone::evaluate_all(&app.app.db, &row, AS_OF.parse().unwrap(), &|_| ()).unwrap();
        assert_eq!((found.people, found.concerned), (1, 0), "{}", app.database());
    }
}
