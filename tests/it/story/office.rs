//! The board, the program and the people of both; Dana signs up, others come by file.

use credtrail::services::roles::Role;
use serde_json::{Value, json};

use super::world::{PASSWORD, World, text};
use crate::support::Someone;

const PACK: &str = include_str!("../../../config/rules/intl/icrc-pr/2017-08-01.toml");
const EXAMPLES: &str = include_str!("../../../config/rules/intl/icrc-pr/examples.toml");

/// How many people have completions, Dana among them.
pub const PEOPLE: usize = 100;

/// A board and a program with those who work there.
pub struct Office {
    pub board: String,
    pub program: String,
    pub credential: String,
    pub registrar: Someone,
    pub reviewer: Someone,
    pub staff: Someone,
}

/// The board takes up its work: rules, people, the program it approves.
pub fn opens(world: &mut World<'_>) -> Office {
    let app = world.app;
    // Goes to the database: the first administrator is made on the command line.
    let operator = app.member("Ines Adams", Role::Administrator, None);
    let board = json!({ "time_zone": "America/Chicago", "number_prefix": "NB", "phone": "555-0100" });
    let board =
        json!({ "kind": "board", "slug": "north-board", "name": "North Board", "region": "us-il", "board": board });
    let board = text(&app.post_as(&operator, "/api/v1/organizations", &board).expect(201)["id"]).to_owned();
    let program = json!({ "kind": "program", "slug": "river-school", "name": "River School" });
    let program = text(&app.post_as(&operator, "/api/v1/organizations", &program).expect(201)["id"]).to_owned();
    let registrar = joins(world, &operator, &board, "registrar");
    let reviewer = joins(world, &operator, &board, "reviewer");
    let staff = joins(world, &operator, &program, "program_staff");
    let files = json!({ "files": [
        { "name": "2017-08-01.toml", "text": PACK }, { "name": "examples.toml", "text": EXAMPLES },
    ] });
    let path = format!("/api/v1/organizations/{board}/credentials");
    app.post_as(&staff, &path, &files).refuses(403, "not_allowed");
    let made = app.post_as(&registrar, &path, &files).expect(201);
    assert_eq!(made["slug"], "icrc-pr");
    let credential = text(&made["id"]).to_owned();
    assert_eq!(app.get("/api/v1/credentials").expect(200), json!({ "items": [made], "next": null }));
    let approval = json!({ "program": program, "number": "P-7", "from": "2025-01-01" });
    app.post_as(&registrar, &format!("/api/v1/organizations/{board}/approvals"), &approval).expect(201);
    Office { board, program, credential, registrar, reviewer, staff }
}

/// Somebody is invited by mail, accepts by the link and signs in.
fn joins(world: &mut World<'_>, by: &Someone, organization: &str, role: &str) -> Someone {
    let email = format!("{role}@office.example");
    let body = json!({ "email": email, "name": "Robin Lee", "role": role });
    let path = format!("/api/v1/organizations/{organization}/memberships");
    assert_eq!(world.app.post_as(by, &path, &body).expect(201)["state"], "invited");
    let token = world.token(&email, "invitation");
    let body = json!({ "token": token, "password": PASSWORD });
    assert_eq!(world.app.post("/api/v1/invitations/accept", &body).expect(200)["state"], "active");
    world.sign_in(&email)
}

/// Dana signs up and proves her address by the link in the mail.
pub fn dana_signs_up(world: &mut World<'_>) -> Someone {
    let email = "dana@people.example";
    let app = world.app;
    app.post("/api/v1/sign-up", &json!({ "email": email, "name": "Dana Rivera" })).expect(202);
    let early = json!({ "email": email, "password": PASSWORD });
    assert_eq!(app.post("/api/v1/sign-in", &early).status, 401, "before the address is proved");
    let token = world.token(email, "verify-email");
    let body = json!({ "token": token, "password": PASSWORD });
    app.post("/api/v1/verify-email", &body).expect(200);
    app.post("/api/v1/verify-email", &body).refuses(422, "link_over");
    world.sign_in(email)
}

/// Dana applies, so that the board knows her: it records nothing of people it does not know.
pub fn dana_applies(world: &mut World<'_>, office: &Office, dana: &Someone) {
    let app = world.app;
    let exam = json!({ "exam": "icrc-pr", "on": "2026-05-20", "outcome": "passed", "official": true });
    let path = format!("/api/v1/organizations/{}/people/{}/exams", office.board, dana.id);
    app.post_as(&office.registrar, &path, &exam).refuses(404, "not_found");
    let wish = json!({ "credential": office.credential, "purpose": "initial" });
    let application = app.post_as(dana, "/api/v1/applications", &wish).expect(201);
    assert_eq!((&application["state"], &application["version"]), (&json!("received"), &json!("2017-08-01")));
    assert_eq!(app.post_as(dana, "/api/v1/applications", &wish).status, 409, "one is open");
    assert!(world.letter(&dana.email).contains(text(&application["id"])), "she is told that it is there");
}

/// The board brings in the people it already knows.
pub fn people_are_brought_in(world: &World<'_>, office: &Office) {
    let mut file = "email,name,number\n".to_owned();
    for n in 1..PEOPLE {
        file += &format!("{},Sam Number {n},A-{n}\n", address(n));
    }
    let path = format!("/api/v1/organizations/{}/imports/people", office.board);
    let told = bring(world, &office.registrar, &path, &file);
    assert_eq!((told["stored"].clone(), told["report"]["added"].clone()), (json!(true), json!(PEOPLE - 1)));
    let again = bring(world, &office.registrar, &path, &file);
    assert_eq!((again["report"]["added"].clone(), again["report"]["known"].clone()), (json!(0), json!(PEOPLE - 1)));
}

/// The address of the `n`th of the people who came by file; nought is Dana.
pub fn address(n: usize) -> String {
    if n == 0 { "dana@people.example".to_owned() } else { format!("sam.{n}@people.example") }
}

/// Brings in a file.
#[track_caller]
pub fn bring(world: &World<'_>, by: &Someone, path: &str, file: &str) -> Value {
    world.app.call("POST", path).by(by).body("text/csv", file.as_bytes()).send().expect(200)
}
