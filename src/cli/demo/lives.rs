//! What each of the demo's people has done so far: every tenth lives alike.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::world::Place;
use crate::cli::Failure;
use crate::clock::Clock;
use crate::repo;
use crate::rules::Purpose;
use crate::services::acting::Acting;
use crate::services::applications::{self, ApplicationWish, Happened};
use crate::services::awards::change::{self, Change, StatusWish};
use crate::services::certificates::{self, Office};
use crate::services::decisions::{self, Verdict};
use crate::services::exams::{self, ExamWish};
use crate::services::hours::{self, HoursWish, Line, LineOutcome};
use crate::services::programs::completions::{self, CompletionWish};
use crate::services::statements::{self, MadeBy, StatementWish};
use crate::storage::rows::people::PersonDetailRow;
use crate::storage::{Conn, Id};
use crate::web::app::App;

/// Lets a person live up to today. `number` decides how far they have come.
pub fn live(app: &App, place: Place, person: Id, number: usize) -> Result<(), Failure> {
    let now = app.clock.now();
    // Certificates of two years: the second ends within weeks, the third has ended.
    let (issued_days_ago, discipline) = match (number / 2) % 10 {
        0 => return Ok(()),
        stage @ 1..=6 => return app.db.write(|conn: &mut Conn<'_>| on_the_way(conn, app, place, person, now, stage)),
        7 => (430, None),
        8 => (690, None),
        _ if number.is_multiple_of(3) => (500, Some(Change::Suspend)),
        _ if number % 3 == 1 => (800, None),
        _ => (300, Some(Change::Revoke)),
    };
    certified(app, place, person, now - TimeDelta::days(issued_days_ago), discipline)
}

/// From the first course to an application that waits.
fn on_the_way(
    conn: &mut Conn<'_>,
    app: &App,
    place: Place,
    person: Id,
    now: DateTime<Utc>,
    stage: usize,
) -> Result<(), Failure> {
    let begun = now - TimeDelta::days(250);
    course(conn, place, person, begun, "core-14")?;
    if stage >= 2 {
        course(conn, place, person, begun + TimeDelta::days(10), "core-46")?;
        stated(conn, place, person, begun)?;
    }
    if stage >= 3 {
        work(conn, place, person, begun + TimeDelta::days(15), if stage == 3 { 6 } else { 13 }, stage != 3)?;
    }
    if stage >= 5 {
        exam(conn, place, person, begun + TimeDelta::days(150))?;
        apply(conn, app, place, person, now - TimeDelta::days(4))?;
    }
    if stage == 6 {
        let mut open = applications::of_person(conn, person).map_err(Failure::fault)?;
        if let Some(application) = open.first_mut() {
            let by = Acting { actor: place.registrar, at: now - TimeDelta::days(1) };
            let note = Some("A copy of the diploma, please".to_owned());
            let url = &app.settings.public_url;
            applications::happened(conn, &by, application, Happened::MoreNeeded, None, note, url)
                .map_err(Failure::fault)?;
        }
    }
    Ok(())
}

/// Everything up to the certificate, some continuing education, and what came after.
fn certified(
    app: &App,
    place: Place,
    person: Id,
    issued: DateTime<Utc>,
    discipline: Option<Change>,
) -> Result<(), Failure> {
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let begun = issued - TimeDelta::days(260);
    let decided = app.db.write(|conn: &mut Conn<'_>| {
        course(conn, place, person, begun, "core-46")?;
        course(conn, place, person, begun + TimeDelta::days(10), "core-14")?;
        stated(conn, place, person, begun)?;
        work(conn, place, person, begun + TimeDelta::days(15), 13, true)?;
        exam(conn, place, person, issued - TimeDelta::days(30))?;
        apply(conn, app, place, person, issued - TimeDelta::days(10))?;
        let mut open = applications::of_person(conn, person).map_err(Failure::fault)?;
        let application = open.first_mut().ok_or_else(|| Failure::fault("the application is gone"))?;
        let by = Acting { actor: place.registrar, at: issued };
        let verdict = Verdict {
            approved: true,
            on: None,
            reason: Some("the file is complete".to_owned()),
            next_step: None,
            appeal: None,
            despite_rules: true,
        };
        decisions::decide(conn, &by, &office, application, &verdict).map_err(Failure::fault)
    })?;
    if let Some(certificate) = decided.certificate {
        let clock = Clock::standing_at(issued);
        certificates::finish(&app.db, &office, &clock, person, certificate).map_err(Failure::fault)?;
    }
    app.db.write(|conn: &mut Conn<'_>| {
        course(conn, place, person, issued + TimeDelta::days(90), "ethics-6")?;
        course(conn, place, person, issued + TimeDelta::days(200), "skills-7")?;
        if let (Some(change), Some(award)) = (discipline, decided.award) {
            let at = app.clock.now() - TimeDelta::days(20);
            let by = Acting { actor: place.registrar, at };
            let wish = StatusWish {
                change,
                from: at.date_naive(),
                through: None,
                reason: "a finding of the board".to_owned(),
                authority: Some("case 26-014".to_owned()),
                next_step: Some("Call the board at 555-0100".to_owned()),
                appeal: Some("Write to the board within 30 days".to_owned()),
            };
            change::change(conn, &by, &office, (place.board, person, award), &wish).map_err(Failure::fault)?;
        }
        Ok(())
    })
}

fn course(conn: &mut Conn<'_>, place: Place, person: Id, at: DateTime<Utc>, code: &str) -> Result<(), Failure> {
    let wish =
        CompletionWish { course: code.to_owned(), started_on: None, completed_on: at.date_naive(), minutes: None };
    completions::record(conn, &Acting::system(at), place.program, person, &wish).map_err(Failure::fault)?;
    Ok(())
}

fn stated(conn: &mut Conn<'_>, place: Place, person: Id, at: DateTime<Utc>) -> Result<(), Failure> {
    let by = Acting { actor: person, at };
    // A day on: what has a day in UTC has come by then for every board.
    let board = Acting { actor: place.registrar, at: at + TimeDelta::days(1) };
    let detail = PersonDetailRow {
        person_id: person,
        revision: 1,
        birth_day: NaiveDate::from_ymd_opt(1988, 2, 29).map(Into::into),
        recorded_at: by.moment(),
        recorded_by: person,
        reason: None,
    };
    repo!(conn, people::insert_detail(&detail))?;
    let statements = [
        ("lived_experience", "self", None),
        ("education", "high_school", None),
        ("code_of_ethics", "signed", None),
        ("recovery_since", "2015-06-01", None),
        ("x-lawful_presence", "citizen", None),
        ("background_check", "clear", None),
        ("residence_percent", "60", Some("application")),
        ("residence_percent", "60", Some("testing")),
    ];
    for (kind, value, moment) in statements {
        let wish = StatementWish {
            kind: kind.to_owned(),
            value: Some(value.to_owned()),
            subtype: None,
            on: at.date_naive(),
            from: None,
            through: None,
            moment: moment.map(str::to_owned),
        };
        let (by, made_by) = match kind {
            "background_check" => (&board, MadeBy::Board(place.board)),
            _ => (&by, MadeBy::Oneself),
        };
        statements::state(conn, by, person, made_by, &wish).map_err(Failure::fault)?;
    }
    Ok(())
}

/// Weeks of 40 hours with 2 hours of supervision each, signed or waiting.
fn work(
    conn: &mut Conn<'_>,
    place: Place,
    person: Id,
    from: DateTime<Utc>,
    weeks: u64,
    signed: bool,
) -> Result<(), Failure> {
    let by = Acting { actor: person, at: from + TimeDelta::days(120) };
    supervised(conn, place, person, from)?;
    let mut lines = Vec::new();
    for week in 0..weeks {
        let monday = from.date_naive() + Days::new(week * 7);
        for (kind, days, minutes) in [("direct", 4, 2_400), ("supervision_individual", 0, 120)] {
            let wish = HoursWish {
                from: monday,
                to: monday + Days::new(days),
                minutes,
                kind: kind.to_owned(),
                setting: Some("community".to_owned()),
                paid: Some(true),
                supervisor: Some(place.supervisor),
                ..HoursWish::default()
            };
            let row = hours::log(conn, &by, person, &wish).map_err(Failure::fault)?;
            lines.push(Line { person, entry: row.id, revision: row.revision, outcome: LineOutcome::Attested });
        }
    }
    // A few of the first weeks are signed in any case.
    let ready = if signed { lines.len() } else { lines.len() / 2 };
    lines.truncate(ready);
    let by = Acting { actor: place.supervisor, at: from + TimeDelta::days(121) };
    hours::attest(conn, &by, place.supervisor, &lines).map_err(Failure::fault)?;
    Ok(())
}

fn supervised(conn: &mut Conn<'_>, place: Place, person: Id, from: DateTime<Utc>) -> Result<(), Failure> {
    let by = Acting { actor: person, at: from };
    let who = ("supervisor@example.test", "Sam Ortiz");
    let row = hours::name_supervisor(conn, &by, person, who, from.date_naive(), "").map_err(Failure::fault)?;
    let by = Acting { actor: place.supervisor, at: from };
    hours::respond(conn, &by, place.supervisor, (person, row.id), true).map_err(Failure::fault)?;
    Ok(())
}

fn exam(conn: &mut Conn<'_>, place: Place, person: Id, at: DateTime<Utc>) -> Result<(), Failure> {
    let wish = ExamWish {
        exam: "icrc-pr".to_owned(),
        on: at.date_naive(),
        outcome: "passed".to_owned(),
        official: true,
        official_on: Some(at.date_naive() + Days::new(5)),
        score: Some("536".to_owned()),
        scale: Some("200-800".to_owned()),
        pass_mark: Some("500".to_owned()),
        form: None,
    };
    let by = Acting { actor: place.registrar, at: at + TimeDelta::days(6) };
    exams::record(conn, &by, place.board, person, &wish).map_err(Failure::fault)?;
    Ok(())
}

fn apply(conn: &mut Conn<'_>, app: &App, place: Place, person: Id, at: DateTime<Utc>) -> Result<(), Failure> {
    let wish = ApplicationWish {
        credential: place.credential,
        purpose: Purpose::Initial,
        stage: None,
        path: None,
        cohort: None,
        received_on: None,
    };
    let by = Acting { actor: person, at };
    applications::apply(conn, &by, person, &wish, &app.settings.public_url).map_err(Failure::fault)?;
    Ok(())
}
