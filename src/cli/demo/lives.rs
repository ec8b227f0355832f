//! What each of the demo's people has lived through so far: every tenth goes the same way, with turns of their own.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::deeds::{apply, course, decide, exam, more_needed, stated, work};
use super::world::Place;
use crate::cli::Failure;
use crate::clock::Clock;
use crate::rules::Purpose;
use crate::services::acting::Acting;
use crate::services::awards;
use crate::services::awards::change::{self, Change, StatusWish};
use crate::services::certificates::{self, Office};
use crate::services::decisions::Decided;
use crate::storage::{Conn, Id};
use crate::web::app::App;

/// Lets a person live up to today. `number` decides how far they have come.
pub fn live(app: &App, place: Place, person: Id, number: usize) -> Result<(), Failure> {
    let now = app.clock.now();
    // Which of the ten who go the same way.
    let turn = number / 20;
    // Certificates of two years: the second ends within weeks, the third has ended.
    match (number / 2) % 10 {
        0 => Ok(()),
        stage @ 1..=6 => app.db.write(|conn: &mut Conn<'_>| on_the_way(conn, app, place, person, stage, turn)),
        7 => certified(app, place, person, now - TimeDelta::days(430)).map(drop),
        8 if turn.is_multiple_of(2) => certified(app, place, person, now - TimeDelta::days(690)).map(drop),
        8 => {
            certified(app, place, person, now - TimeDelta::days(760))?;
            renewed(app, place, person)
        }
        _ => match turn % 3 {
            0 => disciplined(app, place, person, 500, Change::Suspend),
            1 => certified(app, place, person, now - TimeDelta::days(800)).map(drop),
            _ => disciplined(app, place, person, 300, Change::Revoke),
        },
    }
}

/// From the first course to an application that waits or was refused.
fn on_the_way(
    conn: &mut Conn<'_>,
    app: &App,
    place: Place,
    person: Id,
    stage: usize,
    turn: usize,
) -> Result<(), Failure> {
    let now = app.clock.now();
    let begun = now - TimeDelta::days(250);
    course(conn, place, person, begun, "core-14")?;
    if stage >= 2 {
        course(conn, place, person, begun + TimeDelta::days(10), "core-46")?;
        stated(conn, place, person, begun)?;
    }
    if stage >= 3 {
        work(conn, place, person, begun + TimeDelta::days(15), if stage == 3 { 6 } else { 13 }, stage != 3)?;
    }
    // Every other one of the fourth way, and some of the sixth, apply before they have passed the exam.
    let refused = stage == 6 && turn % 3 == 1;
    if stage >= 5 && !refused {
        exam(conn, place, person, begun + TimeDelta::days(150))?;
    }
    if stage >= 5 || (stage == 4 && turn % 2 == 1) {
        apply(conn, app, place, person, now - TimeDelta::days(4), Purpose::Initial)?;
    }
    match stage {
        6 if refused => decide(conn, app, place, person, now - TimeDelta::days(1), false).map(drop),
        6 => more_needed(conn, app, place, person, now - TimeDelta::days(1)),
        _ => Ok(()),
    }
}

/// Everything up to the certificate, and continuing education since.
fn certified(app: &App, place: Place, person: Id, issued: DateTime<Utc>) -> Result<Decided, Failure> {
    let begun = issued - TimeDelta::days(260);
    let decided = app.db.write(|conn: &mut Conn<'_>| {
        course(conn, place, person, begun, "core-46")?;
        course(conn, place, person, begun + TimeDelta::days(10), "core-14")?;
        stated(conn, place, person, begun)?;
        work(conn, place, person, begun + TimeDelta::days(15), 13, true)?;
        exam(conn, place, person, issued - TimeDelta::days(30))?;
        apply(conn, app, place, person, issued - TimeDelta::days(10), Purpose::Initial)?;
        decide(conn, app, place, person, issued, true)
    })?;
    print(app, person, &decided, issued)?;
    app.db.write(|conn: &mut Conn<'_>| {
        course(conn, place, person, issued + TimeDelta::days(90), "ethics-6")?;
        course(conn, place, person, issued + TimeDelta::days(200), "skills-7")
    })?;
    Ok(decided)
}

/// More continuing education, and a second term before the first has ended.
fn renewed(app: &App, place: Place, person: Id) -> Result<(), Failure> {
    let held = app.db.read(|conn: &mut Conn<'_>| awards::of_person(conn, person)).map_err(Failure::fault)?;
    let term = held.first().and_then(|held| held.terms.last());
    let through = term.and_then(|term| term.through_day).ok_or_else(|| Failure::fault("the term does not end"))?;
    let through = through.date().and_time(NaiveTime::MIN).and_utc();
    let decided = app.db.write(|conn: &mut Conn<'_>| {
        for days in [80, 70, 60, 50] {
            course(conn, place, person, through - TimeDelta::days(days), "skills-7")?;
        }
        apply(conn, app, place, person, through - TimeDelta::days(40), Purpose::Renewal)?;
        decide(conn, app, place, person, through - TimeDelta::days(30), true)
    })?;
    print(app, person, &decided, through - TimeDelta::days(30))
}

/// A certificate that the board suspended or took away.
fn disciplined(app: &App, place: Place, person: Id, days_ago: i64, change: Change) -> Result<(), Failure> {
    let now = app.clock.now();
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let decided = certified(app, place, person, now - TimeDelta::days(days_ago))?;
    let award = decided.award.ok_or_else(|| Failure::fault("nothing was awarded"))?;
    let at = now - TimeDelta::days(20);
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
    app.db
        .write(|conn: &mut Conn<'_>| change::change(conn, &by, &office, (place.board, person, award), &wish).map(drop))
        .map_err(Failure::fault)
}

/// Makes the certificate that a decision reserved.
fn print(app: &App, person: Id, decided: &Decided, at: DateTime<Utc>) -> Result<(), Failure> {
    let Some(certificate) = decided.certificate else { return Ok(()) };
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    certificates::finish(&app.db, &office, &Clock::standing_at(at), person, certificate).map_err(Failure::fault)?;
    Ok(())
}
