//! The reminder sweep, with a clock that is set.

use chrono::NaiveDate;
use credtrail::jobs::{Sweep, Swept, sweep};
use credtrail::mail::{Kind, Memory};
use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::credentials::{self, Brought};
use credtrail::services::roles::OrganizationKind;
use credtrail::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use credtrail::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use credtrail::storage::{Day, Id, StoreError};

use super::world::{run_due, worker};
use crate::support::{Someone, TestApp, example_of};

/// A credential that asks 10 hours, 2 of them ethics, and a fee of paper for renewal.
const PACK: &str = r#"
credential   = "us-xx-ps"
name         = "Helper"
name_es      = "Ayudante"
board        = "State Board"
time_zone    = "America/Chicago"
in_force     = { from = 2020-01-01 }
verified     = false
applies_by   = ["application"]
hour         = "60 minutes"

[source.manual]
title   = "Manual"
url     = "https://board.example/manual"
read_on = 2026-01-01

[topic.ethics]
label    = "Ethics"
label_es = "Ética"

[[stage]]
id       = "certified"
label    = "Certified"
label_es = "Certificado"
term     = "24 months"

[reminders]
before_expiry = [180, 90, 60, 30, 7]

[[initial.age]]
id       = "age"
label    = "At least 18 years old"
label_es = "Al menos 18 años"
cite     = "manual"
at_least = 18

[[renewal.learning]]
id        = "ce"
label     = "Classes"
label_es  = "Clases"
cite      = "manual"
at_least  = "10 hours"
any_topic = true

  [[renewal.learning.topic]]
  topic    = "ethics"
  at_least = "2 hours"
"#;

/// No reminder.
const NONE: [i32; 0] = [];

struct World {
    dana: Someone,
    credential: Id,
    term: TermRow,
}

fn day(text: &str) -> Day {
    Day::from(text.parse::<NaiveDate>().expect("a day"))
}

/// Somebody whose term ends on this day.
fn world(app: &TestApp, ends: &str) -> World {
    let by = Acting::system(app.now());
    let board = app.organization(OrganizationKind::Board, "north-board");
    let credential = app
        .app
        .db
        .write(|conn| {
            let example = example_of("2020-01-01.toml");
            let files = [("2020-01-01.toml", PACK), ("examples.toml", example.as_str())];
            credentials::create(conn, &by, board, Brought::all(&files))
        })
        .expect("a pack that reads");
    let dana = app.person("Dana Rivera");
    let award = AwardRow {
        person_id: dana.id,
        id: by.fresh_id(),
        credential_id: credential,
        path: None,
        issued_day: day("2024-07-01"),
        decision_id: None,
        recorded_at: by.moment(),
        recorded_by: Id::SYSTEM,
    };
    let term = term(&award, by.fresh_id(), "first", "2024-07-01", ends);
    let status = status(&award, "active", "2024-07-01");
    app.write(|conn| {
        repo!(conn, awards::insert(&award))?;
        repo!(conn, awards::insert_term(&term))?;
        repo!(conn, awards::insert_status(&status))
    });
    World { dana, credential, term }
}

fn term(award: &AwardRow, id: Id, kind: &str, from: &str, through: &str) -> TermRow {
    TermRow {
        person_id: award.person_id,
        award_id: award.id,
        id,
        stage: "certified".into(),
        kind: kind.into(),
        from_day: day(from),
        through_day: Some(day(through)),
        version: "2020-01-01".into(),
        computed: "24 months".into(),
        opens_day: None,
        due_day: None,
        late_day: None,
        grace_day: None,
        decision_id: None,
        recorded_at: award.recorded_at,
        recorded_by: Id::SYSTEM,
    }
}

fn status(award: &AwardRow, standing: &str, from: &str) -> StatusEventRow {
    StatusEventRow {
        person_id: award.person_id,
        award_id: award.id,
        id: Id::fresh(award.recorded_at.utc()),
        standing: standing.into(),
        discipline: "none".into(),
        flags: String::new(),
        from_day: day(from),
        through_day: None,
        reason: "-".into(),
        authority: None,
        decision_id: None,
        recorded_at: award.recorded_at,
        recorded_by: Id::SYSTEM,
    }
}

impl World {
    fn award(&self, app: &TestApp) -> AwardRow {
        app.read(|conn| repo!(conn, awards::find(self.dana.id, self.term.award_id))).expect("the award")
    }
}

fn sweep_now(app: &TestApp) -> Swept {
    sweep(&app.app.db, app.now(), Sweep::default(), drop).expect("a sweep")
}

/// The offsets of what a sweep wrote.
fn offsets(swept: &Swept) -> Vec<i32> {
    assert_eq!(swept.not_known, 0);
    swept.reminded.iter().map(|plan| plan.offset_days).collect()
}

#[test]
fn each_reminder_of_the_schedule_is_written_once_however_often_the_sweep_runs() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        let mut written = Vec::new();
        for now in [
            "2026-06-01",
            "2026-07-04",
            "2026-07-05",
            "2026-10-15",
            "2026-12-01",
            "2026-12-24",
            "2026-12-31",
            "2027-01-01",
        ] {
            app.set_clock(&format!("{now}T18:00:00Z"));
            written.push(offsets(&sweep_now(&app)));
            assert_eq!(offsets(&sweep_now(&app)), NONE, "a second sweep on {now}");
        }
        // 60 days before has passed by 1 December: it is not made up for.
        assert_eq!(written, [vec![], vec![180], vec![], vec![90], vec![30], vec![7], vec![], vec![]]);
        assert_eq!(app.notices(&world.dana).len(), 4);
    }
}

#[test]
fn a_reminder_says_exactly_what_is_missing_in_the_persons_language() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        app.write(|conn| repo!(conn, people::set_language(world.dana.id, "es")));
        app.set_clock("2026-12-01T18:00:00Z");
        let swept = sweep_now(&app);
        assert_eq!((swept.reminded[0].kind, swept.reminded[0].missing), (Kind::Reminder, 1));
        let memory = Memory::default();
        run_due(&worker(&app, &memory));
        let content = &app.notices(&world.dana)[0].content;
        let lines =
            ["Clases: faltan 10 horas, 2 de ellas de ética\"", "\"counted_minutes\":0", "\"needed_minutes\":600"];
        for line in lines {
            assert!(content.contains(line), "{line} in {content}");
        }
        assert_eq!(memory.accepted().len(), 1);
    }
}

#[test]
fn the_schedule_moves_with_the_deadline() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        app.set_clock("2026-12-01T18:00:00Z");
        assert_eq!(offsets(&sweep_now(&app)), [30]);
        // The board extends the term by half a year.
        let award = world.award(&app);
        let longer = term(&award, Id::fresh(app.now()), "extension", "2027-01-01", "2027-06-30");
        app.write(|conn| repo!(conn, awards::insert_term(&longer)));
        assert_eq!(offsets(&sweep_now(&app)), NONE, "211 days before");
        app.set_clock("2027-06-01T18:00:00Z");
        let swept = sweep_now(&app);
        assert_eq!(offsets(&swept), [30]);
        assert_eq!(swept.reminded[0].deadline, "2027-06-30".parse::<NaiveDate>().expect("a day"));
    }
}

#[test]
fn who_has_renewed_is_not_reminded_any_more() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        let next = term(&world.award(&app), Id::fresh(app.now()), "renewal", "2027-01-01", "2028-12-31");
        app.write(|conn| repo!(conn, awards::insert_term(&next)));
        app.set_clock("2026-12-01T18:00:00Z");
        assert_eq!(offsets(&sweep_now(&app)), NONE);
    }
}

#[test]
fn who_has_applied_or_left_is_not_reminded() {
    for app in TestApp::on_each_database() {
        let applied = world(&app, "2026-12-31");
        app.set_clock("2026-12-01T18:00:00Z");
        let at = app.now().into();
        let application = ApplicationRow {
            person_id: applied.dana.id,
            id: Id::fresh(app.now()),
            credential_id: applied.credential,
            purpose: "renewal".into(),
            stage: None,
            version: None,
            path: None,
            cohort: None,
            received_day: day("2026-11-20"),
            created_at: at,
            created_by: applied.dana.id,
        };
        let event = |seq, kind: &str| ApplicationEventRow {
            person_id: applied.dana.id,
            application_id: application.id,
            seq,
            kind: kind.into(),
            on_day: day("2026-11-20"),
            note: None,
            recorded_at: at,
            recorded_by: applied.dana.id,
        };
        app.write(|conn| {
            repo!(conn, applications::insert(&application))?;
            repo!(conn, applications::insert_event(&event(1, "received")))
        });
        assert_eq!(offsets(&sweep_now(&app)), NONE);
        // Sent back for more: then the person has something to do again.
        app.write(|conn| repo!(conn, applications::insert_event(&event(2, "more_needed"))));
        assert_eq!(
            offsets(&sweep(&app.app.db, app.now(), Sweep { dry_run: true, as_of: None }, drop).expect("a sweep")),
            [30]
        );
        let retired = status(&applied.award(&app), "retired", "2026-11-25");
        app.write(|conn| repo!(conn, awards::insert_status(&retired)));
        assert_eq!(offsets(&sweep_now(&app)), NONE);
    }
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        let dry = Sweep { dry_run: true, as_of: Some("2026-12-01".parse().expect("a day")) };
        let would = sweep(&app.app.db, app.now(), dry, drop).expect("a sweep");
        assert_eq!(offsets(&would), [30]);
        assert!(app.notices(&world.dana).is_empty());
        assert!(app.read(|conn| repo!(conn, reminders::of_person(world.dana.id))).is_empty());
        assert_eq!(app.waiting(), 0);
        let did = sweep(&app.app.db, app.now(), Sweep { dry_run: false, ..dry }, drop).expect("a sweep");
        assert_eq!(did, would);
        assert_eq!(app.waiting(), 1);
    }
}

#[test]
fn days_are_the_boards_own() {
    for app in TestApp::on_each_database() {
        world(&app, "2026-12-31");
        // 5 July in UTC, still the 3rd in Chicago; the 180th day before is 4 July.
        app.set_clock("2026-07-04T03:00:00Z");
        assert_eq!(offsets(&sweep_now(&app)), NONE);
        app.set_clock("2026-07-04T05:00:00Z");
        assert_eq!(offsets(&sweep_now(&app)), [180]);
    }
}

#[test]
fn two_sweeps_at_once_write_each_reminder_once() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        app.set_clock("2026-12-01T18:00:00Z");
        let written: usize = std::thread::scope(|scope| {
            let running: Vec<_> = (0..4).map(|_| scope.spawn(|| sweep_now(&app).reminded.len())).collect();
            running.into_iter().map(|it| it.join().expect("a sweep that ends well")).sum()
        });
        assert_eq!(written, 1, "{}", app.database());
        assert_eq!(app.notices(&world.dana).len(), 1);
    }
}

#[test]
fn a_person_whose_record_cannot_be_read_does_not_stop_the_others() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        let other = app.person("Sam Ortiz");
        let mut award = world.award(&app);
        award.person_id = other.id;
        award.id = Id::fresh(app.now());
        let odd = term(&award, Id::fresh(app.now()), "first", "2024-07-01", "2026-12-30");
        let event = status(&award, "active", "2024-07-01");
        app.write(|conn| -> Result<(), StoreError> {
            repo!(conn, awards::insert(&award))?;
            repo!(conn, awards::insert_term(&odd))?;
            let broken = StatusEventRow { flags: "no-such-flag".into(), ..event };
            repo!(conn, awards::insert_status(&broken))
        });
        app.set_clock("2026-12-01T18:00:00Z");
        let swept = sweep_now(&app);
        assert_eq!((swept.reminded.len(), swept.not_known), (1, 1));
    }
}

#[test]
fn a_mail_program_stops_reminders_with_one_post_and_looking_stops_nothing() {
    for app in TestApp::on_each_database() {
        let world = world(&app, "2026-12-31");
        app.set_clock("2026-12-01T18:00:00Z");
        sweep_now(&app);
        let memory = Memory::default();
        run_due(&worker(&app, &memory));
        let text = String::from_utf8(memory.accepted()[0].bytes().to_vec()).expect("ASCII");
        let path = text.split("List-Unsubscribe: <https://board.example").nth(1).expect("the header");
        let path = path.split('>').next().expect("its end").to_owned();
        let wanted = || app.read(|conn| repo!(conn, notices::wanted(world.dana.id, "reminder")));
        assert_eq!(app.call("GET", &path).send().status, 200);
        assert_eq!(wanted(), None);
        let form = "application/x-www-form-urlencoded";
        assert_eq!(app.call("POST", &path).body(form, b"List-Unsubscribe=One-Click").send().status, 200);
        assert_eq!(wanted(), Some(false));
        assert_eq!(app.call("POST", "/stop/ctl_made-up").body(form, b"").send().status, 404);
    }
}
