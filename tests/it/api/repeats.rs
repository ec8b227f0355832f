//! Requests that come twice.

use credtrail::repo;
use credtrail::services::roles::{OrganizationKind, Role};
use serde_json::json;

use crate::awards::world::{Board, pack};
use crate::support::TestApp;

#[test]
fn the_same_key_and_body_gets_the_same_answer_and_does_nothing_twice() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let program = app.organization(OrganizationKind::Program, "north-academy");
        let path = format!("/api/v1/organizations/{program}/memberships");
        let body = json!({"email": "eli@example.org", "name": "Eli", "role": "program_staff"});
        let ask = || app.call("POST", &path).by(&boss).key("k1").json(&body).send();

        let first = ask();
        let second = ask();
        assert_eq!((first.status, second.status), (201, 201));
        assert_eq!(first.bytes, second.bytes);
        assert_eq!(second.header("idempotent-replayed"), "true");
        assert_eq!(app.get_as(&boss, &path).expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(app.mailed_links("eli@example.org").len(), 1);
    }
}

#[test]
fn a_key_that_came_with_another_request_is_refused() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let ask = |slug: &str| {
            let body = json!({"kind": "program", "slug": slug, "name": "North"});
            app.call("POST", "/api/v1/organizations").by(&boss).key("k1").json(&body).send()
        };
        ask("north").expect(201);
        ask("south").refuses(422, "key_reused");
        let other = app.member("Other", Role::Administrator, None);
        let body = json!({"kind": "program", "slug": "east", "name": "East"});
        app.call("POST", "/api/v1/organizations").by(&other).key("k1").json(&body).send().expect(201);
    }
}

#[test]
fn what_was_refused_may_be_asked_again_under_its_key() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let body = json!({"kind": "program", "slug": "north", "name": "North"});
        let ask = |key: &str| app.call("POST", "/api/v1/organizations").by(&boss).key(key).json(&body).send();
        ask("k1").expect(201);
        ask("k2").refuses(409, "slug_taken");
        ask("k2").refuses(409, "slug_taken");
    }
}

#[test]
fn twenty_at_once_under_one_key_have_one_effect() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let program = app.organization(OrganizationKind::Program, "north-academy");
        let path = format!("/api/v1/organizations/{program}/memberships");
        let body = json!({"email": "eli@example.org", "name": "Eli", "role": "program_staff"});
        let answers: Vec<_> = std::thread::scope(|scope| {
            let ask = || app.call("POST", &path).by(&boss).key("k1").json(&body).send();
            let tries: Vec<_> = (0..20).map(|_| scope.spawn(ask)).collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let fresh = answers.iter().filter(|it| it.status == 201 && it.header("idempotent-replayed").is_empty());
        assert_eq!(fresh.count(), 1);
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            answer.refuses(409, "in_flight");
        }
        assert_eq!(app.get_as(&boss, &path).expect(200)["items"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_key_made_again_under_its_idempotency_key_is_the_same_one_without_its_secret() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let program = app.organization(OrganizationKind::Program, "north-academy");
        let path = format!("/api/v1/organizations/{program}/keys");
        let body = json!({"label": "The school's system", "scopes": ["completions"]});
        let ask = || app.call("POST", &path).by(&boss).key("k1").json(&body).send();

        let first = ask().expect(201);
        let secret = first["secret"].as_str().expect("a secret").to_owned();
        let second = ask();
        assert_eq!((second.status, second.header("idempotent-replayed")), (201, "true"));
        let second = second.json();
        assert_eq!((&second["key"], second.get("secret")), (&first["key"], None));
        assert_eq!(app.get_as(&boss, &path).expect(200)["items"].as_array().unwrap().len(), 1, "one live key");

        let stored = app.read(|conn| repo!(conn, idempotency::find(&format!("person {}", boss.id), "k1"))).unwrap();
        let stored = stored.response.expect("an answer");
        assert!(!stored.contains(&secret) && !stored.contains("ctk_"), "no secret is kept: {stored}");
    }
}

#[test]
fn versions_published_again_under_their_key_get_the_same_answer() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let keeper = &board.registrar;
        let (name, text) = pack("us-ne", "cpss", "2021-09-01");
        let path = format!("/api/v1/organizations/{}/credentials/{}/versions", board.id, board.credential);
        let body = json!({"files": [{"name": name, "text": text}]});
        let ask = |body: &serde_json::Value| app.call("POST", &path).by(keeper).key("k1").json(body).send();
        let (first, second) = (ask(&body), ask(&body));
        assert_eq!((first.status, second.status, &first.bytes), (200, 200, &second.bytes));
        assert_eq!(second.header("idempotent-replayed"), "true");
        ask(&json!({"files": []})).refuses(422, "key_reused");
    }
}

#[test]
fn a_file_brought_in_again_under_its_key_gets_the_first_report() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let path = format!("/api/v1/organizations/{}/imports/people", board.id);
        let ask = |query: &str, text: &str| {
            let path = format!("{path}{query}");
            app.call("POST", &path).by(&board.registrar).key("k1").body("text/csv", text.as_bytes()).send()
        };
        let file = "email,name\ndana@example.org,Dana Rivera\n";
        let first = ask("", file);
        let second = ask("", file);
        assert_eq!((first.status, second.status, &first.bytes), (200, 200, &second.bytes));
        assert_eq!(first.json()["report"]["added"], json!(1), "and not `known` the second time");
        assert_eq!(second.header("idempotent-replayed"), "true");
        ask("", "email,name\nsam@example.org,Sam Ortiz\n").refuses(422, "key_reused");
        ask("?dry_run=true", file).refuses(422, "key_reused");
    }
}
