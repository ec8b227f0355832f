//! Requests that come twice.

use credtrail::services::roles::{OrganizationKind, Role};
use serde_json::json;

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
