//! 500 hours of work and 25 of supervision: logged, one sent back and corrected, all signed.

use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::{Value, json};

use super::office::Office;
use super::world::{PASSWORD, World, requirement, text};
use crate::support::Someone;

const SUPERVISOR: &str = "lou@clinic.example";
/// Why an entry comes back.
const CLOSED: &str = "We closed at two that day.";

pub fn are_logged_and_signed(world: &mut World<'_>, office: &Office, dana: &Someone) {
    let lou = supervises(world, office, dana);
    log(world, dana, &lou);
    let waiting = world.app.all_as(&lou, "/api/v1/supervising/hours");
    assert_eq!(waiting.len(), 125);
    assert!(waiting.iter().all(|one| one["name"] == "Dana Rivera"));
    assert_eq!(amounts(world, dana), [("experience", 0), ("supervision", 0)], "nothing is signed yet");

    let lines: Vec<Value> = waiting.iter().map(|one| line(one, &one["entry"]["revision"])).collect();
    sign(world, &lou, &lines, true);
    assert_eq!(amounts(world, dana), [("experience", 29_700), ("supervision", 1_500)], "one came back");
    assert!(world.letter(&dana.email).contains(CLOSED), "Dana is told why");
    correct(world, dana, &lou);

    let waiting = world.app.all_as(&lou, "/api/v1/supervising/hours");
    let one = &waiting[0];
    assert_eq!((waiting.len(), &one["entry"]["revision"]), (1, &json!(2)));
    sign(world, &lou, &[line(one, &json!(1))], false);
    sign(world, &lou, &[line(one, &json!(2))], true);
    assert_eq!(amounts(world, dana), [("experience", 30_000), ("supervision", 1_500)]);
}

/// Dana names a supervisor, who is new here, follows the link in the mail and agrees; the board approves them.
fn supervises(world: &mut World<'_>, office: &Office, dana: &Someone) -> Someone {
    let app = world.app;
    let body = json!({ "email": SUPERVISOR, "name": "Lou Park", "from": "2026-01-01" });
    assert_eq!(app.post_as(dana, "/api/v1/supervisions", &body).expect(201)["state"], "asked");
    let token = world.token(SUPERVISOR, "reset-password");
    app.post("/api/v1/password-resets/use", &json!({ "token": token, "password": PASSWORD })).expect(200);
    let lou = world.sign_in(SUPERVISOR);
    let asked = world.get(&lou, "/api/v1/supervising");
    let path = format!("/api/v1/supervising/{}/answer", text(&asked["items"][0]["id"]));
    let answer = json!({ "person": dana.id.to_string(), "agrees": true });
    assert_eq!(world.put(&lou, &path, &answer)["state"], "active");
    let approval = json!({ "email": SUPERVISOR, "from": "2025-01-01" });
    app.post_as(&office.registrar, &format!("/api/v1/organizations/{}/supervisors", office.board), &approval)
        .expect(201);
    lou
}

/// A hundred days of five hours, the first an hour too long; on 25 of them an hour of supervision.
fn log(world: &World<'_>, dana: &Someone, lou: &Someone) {
    let begin: NaiveDate = "2026-01-05".parse().expect("a day");
    let at_work = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let days: Vec<NaiveDate> = begin.iter_days().filter(at_work).take(100).collect();
    let mut entries: Vec<Value> = days.iter().map(|day| entry(lou, *day, ("09:00", "14:00", 300), "direct")).collect();
    entries[0] = entry(lou, days[0], ("09:00", "15:00", 360), "direct");
    let supervised = days.iter().step_by(4);
    entries.extend(supervised.map(|day| entry(lou, *day, ("15:00", "16:00", 60), "supervision_individual")));
    let stored = world.app.post_as(dana, "/api/v1/hours/many", &json!({ "entries": entries })).expect(201);
    assert_eq!(stored.as_array().map(Vec::len), Some(125));
    let twice = json!({ "entries": [entry(lou, days[1], ("13:00", "15:00", 120), "direct")] });
    assert_eq!(world.app.post_as(dana, "/api/v1/hours/many", &twice).status, 422, "these times are taken");
}

fn entry(lou: &Someone, day: NaiveDate, (start, end, minutes): (&str, &str, u32), kind: &str) -> Value {
    json!({
        "from": day, "start": start, "end": end, "minutes": minutes, "kind": kind, "paid": true,
        "supervisor": lou.id.to_string(),
    })
}

/// What Lou says of a waiting entry looked at in this revision: six hours are too many.
fn line(one: &Value, revision: &Value) -> Value {
    let mut line = json!({ "person": one["person"], "entry": one["entry"]["id"], "revision": revision });
    if one["entry"]["minutes"] == 360 {
        line["send_back"] = json!(CLOSED);
    }
    line
}

#[track_caller]
fn sign(world: &World<'_>, lou: &Someone, lines: &[Value], taken: bool) {
    let told = world.app.post_as(lou, "/api/v1/supervising/hours", &json!({ "lines": lines })).expect(200);
    let told = told.as_array().expect("a list");
    assert_eq!(told.len(), lines.len());
    assert!(told.iter().all(|one| one["taken"] == taken), "{told:?}");
}

/// Dana sees what came back, and why, and corrects it.
fn correct(world: &World<'_>, dana: &Someone, lou: &Someone) {
    let hours = world.app.all_as(dana, "/api/v1/hours");
    let back: Vec<&Value> = hours.iter().filter(|one| one["state"] == "sent_back").collect();
    assert_eq!((back.len(), &back[0]["reason"]), (1, &json!(CLOSED)));
    let day = text(&back[0]["from"]).parse().expect("a day");
    let right = entry(lou, day, ("09:00", "14:00", 300), "direct");
    let body = json!({ "revision": 1, "reason": "We closed at two", "entry": right });
    let path = format!("/api/v1/hours/{}", text(&back[0]["id"]));
    assert_eq!(world.put(dana, &path, &body)["revision"], 2);
    let late = world.app.call("PUT", &path).by(dana).json(&body).send();
    assert_eq!(late.status, 409, "the revision that was looked at is not the last");
}

/// Minutes that count for work and for supervision.
fn amounts(world: &World<'_>, dana: &Someone) -> [(&'static str, u64); 2] {
    let evaluation = world.get(dana, "/api/v1/progress/icrc-pr");
    ["experience", "supervision"].map(|id| (id, requirement(&evaluation, id)["counted_minutes"].as_u64().unwrap_or(0)))
}
