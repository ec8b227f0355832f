//! A person's facts as they lie in the tables: builders that go to the database.

use chrono::NaiveDate;
use credtrail::repo;
use credtrail::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use credtrail::storage::rows::life::{AttestationRow, ExamAttemptRow};
use credtrail::storage::rows::people::PersonDetailRow;
use credtrail::storage::rows::service::{ServiceEntryRow, SupervisorEligibilityRow};
use credtrail::storage::{Day, Id};

use crate::support::{Someone, TestApp};

fn day(text: &str) -> Day {
    text.parse::<NaiveDate>().unwrap().into()
}

/// Somebody's facts in the making.
pub struct Facts<'a> {
    /// Where.
    pub app: &'a TestApp,
    /// Whose.
    pub who: &'a Someone,
}

impl Facts<'_> {
    /// Born on a day.
    pub fn born(&self, on: &str) -> &Self {
        let row = PersonDetailRow {
            person_id: self.who.id,
            revision: 1,
            birth_day: Some(day(on)),
            recorded_at: self.app.now().into(),
            recorded_by: self.who.id,
            reason: None,
        };
        self.app.write(|conn| repo!(conn, people::insert_detail(&row)));
        self
    }

    /// A verified statement; `moment` may be empty.
    pub fn states(&self, kind: &str, value: &str, on: &str, moment: &str) -> &Self {
        self.app.write(|conn| {
            let row = AttestationRow {
                person_id: self.who.id,
                id: Id::fresh(self.app.now()),
                revision: 1,
                kind: repo!(conn, words::intern(kind))?,
                value: Some(value.to_owned()),
                subtype: None,
                on_day: day(on),
                from_day: None,
                through_day: None,
                moment: (!moment.is_empty()).then(|| moment.to_owned()),
                made_by: "self".to_owned(),
                made_by_id: None,
                by_standing: None,
                about: None,
                state: repo!(conn, words::intern("verified"))?,
                recorded_at: self.app.now().into(),
                recorded_by: self.who.id,
                reason: None,
            };
            repo!(conn, facts::insert_attestations(&[row]))
        });
        self
    }

    /// A verified completion with fixed minutes by topic, or flexible ones where a topic has none.
    pub fn learned(
        &self,
        kind: &str,
        delivery: &str,
        on: &str,
        minutes: Option<i32>,
        topics: &[(&str, Option<i32>)],
    ) -> &Self {
        self.app.write(|conn| {
            let id = Id::fresh(self.app.now());
            let row = CompletionRow {
                person_id: self.who.id,
                id,
                revision: 1,
                completed_day: day(on),
                started_day: None,
                minutes,
                kind: repo!(conn, words::intern(kind))?,
                delivery: Some(repo!(conn, words::intern(delivery))?),
                state: repo!(conn, words::intern("verified"))?,
                course_id: None,
                program_id: None,
                session_id: None,
                approved: Some(true),
                source_key: None,
                recorded_at: self.app.now().into(),
                recorded_by: self.who.id,
                reason: None,
            };
            repo!(conn, facts::insert_completions(&[row]))?;
            let mut rows = Vec::new();
            for (topic, minutes) in topics {
                let topic = repo!(conn, words::intern(topic))?;
                rows.push(CompletionTopicRow {
                    person_id: self.who.id,
                    completion_id: id,
                    revision: 1,
                    topic,
                    minutes: *minutes,
                });
            }
            repo!(conn, facts::insert_completion_topics(&rows))
        });
        self
    }

    /// Attested hours.
    pub fn served(&self, kind: &str, from: &str, to: &str, minutes: i32, supervisor: Option<Id>) -> &Self {
        self.app.write(|conn| {
            let row = ServiceEntryRow {
                person_id: self.who.id,
                id: Id::fresh(self.app.now()),
                revision: 1,
                from_day: day(from),
                to_day: day(to),
                start_minute: None,
                end_minute: None,
                minutes,
                kind: repo!(conn, words::intern(kind))?,
                state: repo!(conn, words::intern("attested"))?,
                supervisor_id: supervisor,
                domain: None,
                setting: None,
                role: None,
                site: None,
                paid: Some(true),
                observed: false,
                group_size: None,
                source_key: None,
                recorded_at: self.app.now().into(),
                recorded_by: self.who.id,
                reason: None,
            };
            repo!(conn, facts::insert_service_entries(&[row]))
        });
        self
    }

    /// A pass that the board made official.
    pub fn passed(&self, exam: &str, on: &str) -> &Self {
        self.app.write(|conn| {
            let row = ExamAttemptRow {
                person_id: self.who.id,
                id: Id::fresh(self.app.now()),
                revision: 1,
                exam: repo!(conn, words::intern(exam))?,
                on_day: day(on),
                outcome: repo!(conn, words::intern("passed"))?,
                official: true,
                official_day: Some(day(on)),
                form: None,
                score: Some("512".to_owned()),
                scale: Some("200-800".to_owned()),
                pass_mark: Some("500".to_owned()),
                domains: None,
                board_id: None,
                source_key: None,
                recorded_at: self.app.now().into(),
                recorded_by: self.who.id,
                reason: None,
            };
            repo!(conn, facts::insert_exam_attempts(&[row]))
        });
        self
    }
}

/// A supervisor whom the board holds eligible.
pub fn eligible_supervisor(app: &TestApp, board: Id) -> Id {
    let who = app.person("Sid Supervisor");
    let row = SupervisorEligibilityRow {
        person_id: who.id,
        id: Id::fresh(app.now()),
        revision: 1,
        board_id: board,
        credential_id: None,
        from_day: day("2020-01-01"),
        through_day: None,
        withdrawn_on: None,
        recorded_at: app.now().into(),
        recorded_by: Id::SYSTEM,
        reason: None,
    };
    app.write(|conn| repo!(conn, facts::insert_supervisor_eligibilities(&[row])));
    who.id
}
