//! The program's course, and a file of 1,000 completions: looked at, stored, brought in again.

use serde_json::json;

use super::office::{Office, PEOPLE, address, bring};
use super::world::{World, requirement};
use crate::support::Someone;

/// Ten days of this course are the 46 hours, 10/10/10/16, to the minute.
const DAYS: usize = 10;

pub fn comes_in_by_file(world: &mut World<'_>, office: &Office, dana: &Someone) {
    let courses = format!("/api/v1/organizations/{}/courses", office.program);
    let course = json!({
        "code": "foundations", "title": "Foundations, a day of ten", "kind": "basic", "delivery": "in_person",
        "minutes": 276, "minutes_by_topic": {
            "advocacy": 60, "mentoring_education": 60, "recovery_wellness_support": 60, "ethical_responsibility": 96,
        },
    });
    world.app.post_as(&office.staff, &courses, &course).expect(201);
    let mut file = "email,course,completed_on\n".to_owned();
    for (person, day) in (0..PEOPLE).flat_map(|person| (0..DAYS).map(move |day| (person, day))) {
        file += &format!("{},foundations,2026-02-{:02}\n", address(person), day + 2);
    }
    let path = format!("/api/v1/organizations/{}/imports/completions", office.program);
    let rows = json!(PEOPLE * DAYS);

    let look = bring(world, &office.staff, &format!("{path}?dry_run=true"), &file);
    assert_eq!((&look["stored"], &look["report"]["rows"], &look["report"]["added"]), (&json!(false), &rows, &rows));
    assert_eq!(trained(world, dana), ("not_met".to_owned(), json!("0")), "only looked at");

    let wrong = format!("{file}nobody@people.example,foundations,2026-02-02\n");
    let told = bring(world, &office.staff, &path, &wrong);
    assert_eq!((&told["stored"], &told["report"]["refused"]), (&json!(false), &json!(1)));
    let problem = &told["report"]["problems"][0];
    assert_eq!((&problem["code"], &problem["examples"][0]["line"]), (&json!("person_not_found"), &json!(1_002)));
    assert_eq!(trained(world, dana), ("not_met".to_owned(), json!("0")), "one row has to change, none is stored");

    let stored = bring(world, &office.staff, &path, &file);
    assert_eq!((&stored["stored"], &stored["report"]["added"]), (&json!(true), &rows), "{stored}");
    let again = bring(world, &office.staff, &path, &file);
    assert_eq!((&again["report"]["added"], &again["report"]["known"]), (&json!(0), &rows), "{again}");
    assert_eq!(trained(world, dana), ("met".to_owned(), json!("46")));
    let letter = world.letter(&dana.email);
    assert!(letter.contains("February 11, 2026") && letter.contains("4 hours 36 minutes"), "{letter}");
    assert_eq!(world.deliver().len(), 0, "Dana is told once; the others have not proved an address yet");
}

/// How the training stands, and what of it counts.
fn trained(world: &World<'_>, who: &Someone) -> (String, serde_json::Value) {
    let evaluation = world.get(who, "/api/v1/progress/icrc-pr");
    let training = requirement(&evaluation, "training");
    (super::world::text(&training["status"]).to_owned(), training["counted"].clone())
}
