//! Organizations, members, keys.

use credtrail::services::roles::{KeyScope, OrganizationKind, Role};
use serde_json::json;

use super::accounts::PASSWORD;
use crate::support::TestApp;

#[test]
fn an_invitation_gives_a_right_only_when_it_is_accepted_and_ends_at_once() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let program = app.organization(OrganizationKind::Program, "north-academy");
        let members = format!("/api/v1/organizations/{program}/memberships");
        let wish = json!({"email": "eli@example.org", "name": "Eli", "role": "administrator"});
        let invited = app.post_as(&boss, &members, &wish).expect(201);
        assert_eq!(invited["state"], "invited");

        let accept = json!({"token": app.mailed_token("eli@example.org"), "password": PASSWORD});
        assert_eq!(app.post("/api/v1/invitations/accept", &accept).expect(200)["state"], "active");
        app.post("/api/v1/invitations/accept", &accept).refuses(422, "link_over");
        let signed_in = json!({"email": "eli@example.org", "password": PASSWORD});
        let tokens = app.post("/api/v1/sign-in", &signed_in).expect(200);
        let eli = tokens["access_token"].as_str().unwrap();
        app.call("GET", &members).bearer(eli).send().expect(200);

        let one = format!("{members}/{}", invited["id"].as_str().unwrap());
        assert_eq!(app.call("DELETE", &one).by(&boss).send().expect(200)["state"], "ended");
        app.call("GET", &members).bearer(eli).send().refuses(403, "not_allowed");
        app.call("DELETE", &one).by(&boss).send().refuses(409, "wrong_state");
    }
}

#[test]
fn only_the_invited_person_accepts_an_invitation() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let board = app.organization(OrganizationKind::Board, "us-ne");
        let eli = app.person("Eli");
        let members = format!("/api/v1/organizations/{board}/memberships");
        let wish = json!({"email": eli.email, "name": "Eli", "role": "reviewer"});
        let id = app.post_as(&boss, &members, &wish).expect(201)["id"].as_str().unwrap().to_owned();
        let accept = format!("/api/v1/me/memberships/{id}/accept");
        app.call("POST", &accept).by(&boss).send().refuses(404, "not_found");
        assert_eq!(app.call("POST", &accept).by(&eli).send().expect(200)["state"], "active");
    }
}

#[test]
fn a_role_must_have_a_meaning_in_its_organization() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let program = app.organization(OrganizationKind::Program, "north-academy");
        let members = format!("/api/v1/organizations/{program}/memberships");
        let wish = json!({"email": "eli@example.org", "name": "Eli", "role": "registrar"});
        app.post_as(&boss, &members, &wish).refuses(422, "wrong_role");
    }
}

#[test]
fn an_administrator_adds_a_board_with_its_time_zone() {
    for app in TestApp::on_each_database() {
        let boss = app.member("Boss", Role::Administrator, None);
        let board = |zone: &str, slug: &str| {
            json!({"kind": "board", "slug": slug, "name": "A board", "region": "us-ne",
                "board": {"time_zone": zone, "number_prefix": "NE"}})
        };
        let bad = app.post_as(&boss, "/api/v1/organizations", &board("Mars/Olympus", "us-ne"));
        bad.refuses(422, "bad_organization");
        assert_eq!(bad.json()["errors"][0]["pointer"], "/board/time_zone");
        let made = app.post_as(&boss, "/api/v1/organizations", &board("America/Chicago", "us-ne")).expect(201);
        app.post_as(&boss, "/api/v1/organizations", &board("America/Chicago", "us-ne")).refuses(409, "slug_taken");
        let path = format!("/api/v1/organizations/{}", made["id"].as_str().unwrap());
        assert_eq!(app.get_as(&app.person("Dana"), &path).expect(200)["slug"], "us-ne");
    }
}

#[test]
fn organizations_are_listed_by_page() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        for slug in ["a1", "b1", "c1"] {
            app.organization(OrganizationKind::Program, slug);
        }
        let first = app.get_as(&dana, "/api/v1/organizations?limit=2").expect(200);
        let slugs = |page: &serde_json::Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|it| it["slug"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(slugs(&first), ["a1", "b1"]);
        let next = format!("/api/v1/organizations?limit=2&after={}", first["next"].as_str().unwrap());
        let second = app.get_as(&dana, &next).expect(200);
        assert_eq!((slugs(&second), &second["next"]), (vec!["c1".to_owned()], &serde_json::Value::Null));
        app.get_as(&dana, "/api/v1/organizations?limit=2&limit=3").refuses(400, "bad_parameter");
        app.get_as(&dana, "/api/v1/organizations?nothing=3").refuses(400, "bad_parameter");
    }
}

#[test]
fn a_key_is_shown_once_and_revoked_at_once() {
    for app in TestApp::on_each_database() {
        let program = app.organization(OrganizationKind::Program, "north-academy");
        let boss = app.member("Boss", Role::Administrator, Some(program));
        let keys = format!("/api/v1/organizations/{program}/keys");
        let made = app.post_as(&boss, &keys, &json!({"label": "LMS", "scopes": ["completions"]})).expect(201);
        let secret = made["secret"].as_str().unwrap();
        assert!(!app.get_as(&boss, &keys).text().contains(secret));

        app.call("GET", "/api/v1/organizations").bearer(secret).send().expect(200);
        app.call("GET", "/api/v1/me").bearer(secret).send().refuses(403, "people_only");
        app.call("GET", &keys).bearer(secret).send().refuses(403, "not_allowed");

        let one = format!("{keys}/{}", made["key"]["id"].as_str().unwrap());
        assert_eq!(app.call("DELETE", &one).by(&boss).send().status, 204);
        app.call("GET", "/api/v1/organizations").bearer(secret).send().refuses(401, "sign_in");
    }
}

#[test]
fn an_administrator_of_one_organization_has_no_say_in_another() {
    for app in TestApp::on_each_database() {
        let north = app.organization(OrganizationKind::Program, "north");
        let south = app.organization(OrganizationKind::Program, "south");
        let boss = app.member("Boss", Role::Administrator, Some(north));
        let key = app.key_of(south, &[KeyScope::Read]);
        let one = format!("/api/v1/organizations/{south}/keys/{}", key.id);
        app.call("DELETE", &one).by(&boss).send().refuses(403, "not_allowed");
        let mixed = format!("/api/v1/organizations/{north}/keys/{}", key.id);
        app.call("DELETE", &mixed).by(&boss).send().refuses(404, "not_found");
        app.call("GET", "/api/v1/organizations").by(&key).send().expect(200);
    }
}
