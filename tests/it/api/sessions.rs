//! Sessions: refresh tokens, signing out, limits.

use serde_json::json;

use super::accounts::{sign_in, sign_up};
use crate::support::TestApp;

#[test]
fn a_refresh_token_works_once_and_gives_the_next() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let first = sign_in(&app, &email);
        let second = app.post("/api/v1/refresh", &json!({"refresh_token": first["refresh_token"]})).expect(200);
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        let token = second["access_token"].as_str().unwrap();
        app.call("GET", "/api/v1/me").bearer(token).send().expect(200);
    }
}

#[test]
fn a_refresh_token_that_comes_back_ends_the_session_for_both() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let first = sign_in(&app, &email);
        let stolen = json!({"refresh_token": first["refresh_token"]});
        let second = app.post("/api/v1/refresh", &stolen).expect(200);

        app.post("/api/v1/refresh", &stolen).refuses(401, "sign_in");

        let next = json!({"refresh_token": second["refresh_token"]});
        app.post("/api/v1/refresh", &next).refuses(401, "sign_in");
        let token = second["access_token"].as_str().unwrap();
        app.call("GET", "/api/v1/me").bearer(token).send().refuses(401, "sign_in");
    }
}

#[test]
fn of_two_who_refresh_at_once_at_most_one_is_let_in() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let body = json!({"refresh_token": sign_in(&app, &email)["refresh_token"]});
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| app.post("/api/v1/refresh", &body).status)).collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    }
}

#[test]
fn an_access_token_ends_after_a_quarter_of_an_hour() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        app.set_clock("2026-06-01T12:14:59Z");
        app.get_as(&dana, "/api/v1/me").expect(200);
        app.set_clock("2026-06-01T12:15:00Z");
        app.get_as(&dana, "/api/v1/me").refuses(401, "sign_in");
    }
}

#[test]
fn signing_out_ends_one_device_and_everywhere_ends_all() {
    for app in TestApp::on_each_database() {
        let here = app.person("Dana");
        let there = app.signed_in(here.id, &here.email);
        app.call("POST", "/api/v1/sign-out").by(&here).send().expect(200);
        app.get_as(&here, "/api/v1/me").refuses(401, "sign_in");
        app.get_as(&there, "/api/v1/me").expect(200);

        let devices = app.get_as(&there, "/api/v1/me/sessions").expect(200);
        assert_eq!(devices["items"].as_array().unwrap().len(), 3, "{devices}");
        app.call("DELETE", "/api/v1/me/sessions").by(&there).send().expect(200);
        app.get_as(&there, "/api/v1/me").refuses(401, "sign_in");
    }
}

#[test]
fn nobody_ends_the_session_of_somebody_else() {
    for app in TestApp::on_each_database() {
        let (dana, eli) = (app.person("Dana"), app.person("Eli"));
        let path = format!("/api/v1/me/sessions/{}", dana.session);
        app.call("DELETE", &path).by(&eli).send().refuses(404, "not_found");
        app.get_as(&dana, "/api/v1/me").expect(200);
        app.call("DELETE", &path).by(&dana).send().expect(200);
        app.get_as(&dana, "/api/v1/me").refuses(401, "sign_in");
    }
}
