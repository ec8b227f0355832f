//! Two years later: the reminder says what is missing, the hours come in, the second term begins.

use chrono::{Days, NaiveDate};
use credtrail::jobs::{Sweep, sweep};
use serde_json::{Value, json};

use super::certificate::{Given, file, newest, status_on};
use super::office::Office;
use super::world::{World, requirement, text};
use crate::support::Someone;

/// How many days before its last day each term is reminded of, as the pack says.
const REMINDERS: [i32; 5] = [180, 90, 60, 30, 7];

/// No reminder.
const NONE: [(String, i32); 0] = [];

/// Moves the clock to noon of the day that lies so many days before the term's last one.
fn before_the_end(world: &World<'_>, given: &Given, days: i32) {
    let last: NaiveDate = text(&given.term["through"]).parse().expect("a day");
    let day = last - Days::new(days.unsigned_abs().into());
    world.app.set_clock(&format!("{day}T18:00:00Z"));
}

/// The terms that the sweep reminds of, with the days before their end. No route: the service sweeps by itself.
fn swept(world: &World<'_>) -> Vec<(String, i32)> {
    let app = world.app;
    let swept = sweep(&app.app.db, app.now(), Sweep::default(), drop).expect("a database");
    assert_eq!(swept.not_known, 0);
    swept.reminded.iter().map(|plan| (plan.term.to_string(), plan.offset_days)).collect()
}

/// Ninety days before the end the mail names exactly what is missing, once; Dana's records agree with it.
pub fn is_reminded_of(world: &mut World<'_>, dana: &mut Someone, first: &Given) {
    let term = text(&first.term["id"]).to_owned();
    before_the_end(world, first, 181);
    assert_eq!(swept(world), NONE);
    before_the_end(world, first, 90);
    assert_eq!(swept(world), [(term, 90)]);
    assert_eq!(swept(world), NONE, "once");
    let letter = world.letter(&dana.email);
    let words = ["May 31, 2028", "0 of 20 hours", "Continuing education: 20 hours to go, 6 of them ethics"];
    for said in words {
        assert!(letter.contains(said), "`{said}` in {letter}");
    }
    *dana = world.sign_in(&dana.email);
    let evaluation = world.get(dana, "/api/v1/progress/icrc-pr");
    assert_eq!(evaluation["purpose"], "renewal");
    assert_eq!(requirement(&evaluation, "ce")["missing"], "20");
    assert_eq!(requirement(&evaluation, "ce.ethics")["missing"], "6");
    world.deliver();
}

/// Two courses come in one by one, Dana applies, the board decides: a second term, a second certificate.
pub fn is_given(world: &mut World<'_>, office: &Office, dana: &Someone, first: &Given) -> Given {
    let app = world.app;
    let (staff, registrar) = (world.sign_in(&office.staff.email), world.sign_in(&office.registrar.email));
    let program = format!("/api/v1/organizations/{}", office.program);
    for (code, minutes, topic, missing) in
        [("ethics-again", 360, "ethics", "14"), ("new-ways", 840, "recovery_wellness_support", "0")]
    {
        let course = json!({
            "code": code, "title": "Going on", "kind": "continuing", "delivery": "live_online", "minutes": minutes,
            "topics": [topic],
        });
        app.post_as(&staff, &format!("{program}/courses"), &course).expect(201);
        let completion = json!({ "email": dana.email, "course": code, "completed_on": "2028-02-11" });
        app.post_as(&staff, &format!("{program}/completions"), &completion).expect(201);
        assert!(world.letter(&dana.email).contains("February 11, 2028"), "Dana is told at once");
        let evaluation = world.get(dana, "/api/v1/progress/icrc-pr");
        assert_eq!(requirement(&evaluation, "ce")["missing"], missing, "after {code}");
    }
    let wish = json!({ "credential": office.credential, "purpose": "renewal" });
    let application = app.post_as(dana, "/api/v1/applications", &wish).expect(201);
    let path = format!("{}/applications/{}/decision", file(office, dana), text(&application["id"]));
    app.post_as(&registrar, &path, &json!({ "outcome": "approved" })).expect(201);
    world.deliver();
    let second = newest(world, dana, 2);
    assert_eq!((&second.term["from"], &second.term["through"]), (&json!("2028-06-01"), &json!("2030-05-31")));
    assert_eq!(second.term["kind"], "renewal");
    for day in ["2026-06-01", "2028-05-31", "2028-06-01", "2030-05-31"] {
        assert_eq!([first, &second].map(|given| status_on(world, given, day)), ["active", "active"], "{day}");
    }
    assert_eq!(status_on(world, &second, "2030-06-01"), "not_active");
    second
}

/// The first term is not reminded of any more; the second is, in its time. Both papers are found.
pub fn ends_the_reminders(world: &mut World<'_>, first: &Given, second: &Given) {
    for days in REMINDERS.into_iter().filter(|days| *days < 90) {
        before_the_end(world, first, days);
        assert_eq!(swept(world), NONE, "{days} days before the end of the first term");
    }
    before_the_end(world, second, 180);
    for given in [first, second] {
        let answer = world.app.get(&format!("/api/v1/verify/{}", given.code)).expect(200);
        assert_eq!((&answer["status"], &answer["through"]), (&json!("active"), &json!("2030-05-31")));
    }
    assert_eq!(swept(world), [(text(&second.term["id"]).to_owned(), 180)]);
    assert_eq!(world.deliver().len(), 1);
    let nobody: Value = world.app.get("/api/v1/verify/no-code").expect(200);
    assert_eq!(nobody, json!({ "found": false }));
}
