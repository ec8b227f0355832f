//! What people of the demo do, one deed each, through the services that everybody uses.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::world::Place;
use crate::cli::Failure;
use crate::repo;
use crate::rules::Purpose;
use crate::services::acting::Acting;
use crate::services::applications::{self, Application, ApplicationWish, Happened};
use crate::services::certificates::Office;
use crate::services::decisions::{self, Decided, Verdict};
use crate::services::exams::{self, ExamWish};
use crate::services::hours::{self, HoursWish, Line, LineOutcome};
use crate::services::programs::completions::{self, CompletionWish};
use crate::services::statements::{self, Given, MadeBy, StatementWish};
use crate::storage::rows::people::PersonDetailRow;
use crate::storage::{Conn, Id};
use crate::web::app::App;

/// A course is completed.
pub fn course(conn: &mut Conn<'_>, place: Place, person: Id, at: DateTime<Utc>, code: &str) -> Result<(), Failure> {
    let wish = CompletionWish {
        course: code.to_owned(),
        started_on: None,
        completed_on: at.date_naive(),
        minutes: None,
        session: None,
    };
    completions::record(conn, &Acting::system(at), place.program, person, &wish).map_err(Failure::fault)?;
    Ok(())
}

/// What a person and the board state about the person.
pub fn stated(conn: &mut Conn<'_>, place: Place, person: Id, at: DateTime<Utc>) -> Result<(), Failure> {
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
            given: Given::default(),
        };
        let (by, made_by) = match kind {
            "background_check" | "x-lawful_presence" => (&board, MadeBy::Board(place.board)),
            _ => (&by, MadeBy::Oneself),
        };
        statements::state(conn, by, person, made_by, &wish).map_err(Failure::fault)?;
    }
    Ok(())
}

/// Weeks of 40 hours with 2 hours of supervision each, signed or waiting.
pub fn work(
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
    let who = place.signs_as;
    let row = hours::name_supervisor(conn, &by, person, who, Some(from.date_naive()), "").map_err(Failure::fault)?;
    let by = Acting { actor: place.supervisor, at: from };
    hours::respond(conn, &by, place.supervisor, (person, row.id), true).map_err(Failure::fault)?;
    Ok(())
}

/// The exam is passed.
pub fn exam(conn: &mut Conn<'_>, place: Place, person: Id, at: DateTime<Utc>) -> Result<(), Failure> {
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

/// An application, and its day.
pub fn apply(
    conn: &mut Conn<'_>,
    app: &App,
    place: Place,
    person: Id,
    at: DateTime<Utc>,
    purpose: Purpose,
) -> Result<(), Failure> {
    let wish = ApplicationWish {
        credential: place.credential,
        purpose,
        stage: None,
        path: None,
        cohort: None,
        received_on: None,
    };
    let by = Acting { actor: person, at };
    applications::apply(conn, &by, person, &wish, &app.settings.public_url).map_err(Failure::fault)?;
    Ok(())
}

/// The application that the board has still to decide.
fn open_one(conn: &mut Conn<'_>, person: Id) -> Result<Application, Failure> {
    let all = applications::of_person(conn, person).map_err(Failure::fault)?;
    let open = all.into_iter().find(|one| one.is_open());
    open.ok_or_else(|| Failure::fault("the application is gone"))
}

/// The board asks for one more paper.
pub fn more_needed(conn: &mut Conn<'_>, app: &App, place: Place, person: Id, at: DateTime<Utc>) -> Result<(), Failure> {
    let mut application = open_one(conn, person)?;
    let by = Acting { actor: place.registrar, at };
    let note = Some("A copy of the diploma, please".to_owned());
    let url = &app.settings.public_url;
    applications::happened(conn, &by, &mut application, Happened::MoreNeeded, None, note, url).map_err(Failure::fault)
}

/// The board decides: yes, or no with the next step.
pub fn decide(
    conn: &mut Conn<'_>,
    app: &App,
    place: Place,
    person: Id,
    at: DateTime<Utc>,
    approved: bool,
) -> Result<Decided, Failure> {
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let mut application = open_one(conn, person)?;
    let by = Acting { actor: place.registrar, at };
    let refusal = |text: &str| (!approved).then(|| text.to_owned());
    let verdict = Verdict {
        approved,
        on: None,
        reason: Some(if approved { "the file is complete" } else { "the exam has not been passed yet" }.to_owned()),
        next_step: refusal("Take the exam and apply again; your training and hours stay on file"),
        appeal: refusal("Write to the board within 30 days"),
        despite_rules: approved,
    };
    decisions::decide(conn, &by, &office, &mut application, &verdict).map_err(Failure::fault)
}
