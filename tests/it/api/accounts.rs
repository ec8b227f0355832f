//! Signing up, proving an address, setting passwords.

use serde_json::{Value, json};

use crate::support::TestApp;

pub const PASSWORD: &str = "violet harbour staples";

/// Signs somebody up through the API and answers their address.
pub fn sign_up(app: &TestApp, name: &str) -> String {
    let email = format!("{}@example.org", name.to_lowercase());
    app.post("/api/v1/sign-up", &json!({"email": email, "name": name})).expect(202);
    let token = app.mailed_token(&email);
    app.post("/api/v1/verify-email", &json!({"token": token, "password": PASSWORD})).expect(200);
    email
}

/// Signs somebody in through the API.
pub fn sign_in(app: &TestApp, email: &str) -> Value {
    app.post("/api/v1/sign-in", &json!({"email": email, "password": PASSWORD})).expect(200)
}

#[test]
fn a_person_signs_up_proves_the_address_and_signs_in() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let tokens = sign_in(&app, &email);
        let token = tokens["access_token"].as_str().unwrap();
        let me = app.call("GET", "/api/v1/me").bearer(token).send().expect(200);
        assert_eq!(me["memberships"], json!([]));
    }
}

#[test]
fn an_account_without_a_proved_address_cannot_be_signed_in_to() {
    for app in TestApp::on_each_database() {
        app.post("/api/v1/sign-up", &json!({"email": "dana@example.org", "name": "Dana"})).expect(202);
        let tried = json!({"email": "dana@example.org", "password": PASSWORD});
        app.post("/api/v1/sign-in", &tried).refuses(401, "no_match");
    }
}

#[test]
fn a_link_from_a_mail_works_once_and_for_a_day() {
    for app in TestApp::on_each_database() {
        let asked = json!({"email": "dana@example.org", "name": "Dana"});
        app.post("/api/v1/sign-up", &asked).expect(202);
        let first = json!({"token": app.mailed_token("dana@example.org"), "password": PASSWORD});
        app.later(chrono::Duration::hours(24));
        app.post("/api/v1/verify-email", &first).refuses(422, "link_over");

        app.post("/api/v1/sign-up", &asked).expect(202);
        let second = json!({"token": app.mailed_token("dana@example.org"), "password": PASSWORD});
        app.post("/api/v1/verify-email", &second).expect(200);
        app.post("/api/v1/verify-email", &second).refuses(422, "link_over");
        let other_purpose = json!({"token": second["token"], "password": PASSWORD});
        app.post("/api/v1/password-resets/use", &other_purpose).refuses(422, "link_over");
    }
}

#[test]
fn known_and_unknown_addresses_are_answered_alike() {
    for app in TestApp::on_each_database() {
        let known = sign_up(&app, "dana");
        let asks = |email: &str| {
            [
                app.post("/api/v1/sign-up", &json!({"email": email, "name": "Dana"})),
                app.post("/api/v1/password-resets", &json!({"email": email})),
                app.post("/api/v1/sign-in", &json!({"email": email, "password": "some other long password"})),
            ]
        };
        let seen = |answers: [crate::support::Answer; 3]| {
            answers.map(|answer| {
                let mut body = answer.json();
                if let Some(body) = body.as_object_mut() {
                    body.remove("request_id");
                }
                (answer.status, body)
            })
        };
        assert_eq!(seen(asks(&known)), seen(asks("nobody@example.org")));
        assert!(app.mailed_links(&known).last().unwrap().contains("/reset-password/"), "the owner is told by mail");
    }
}

#[test]
fn a_new_password_ends_every_session_and_the_old_password() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let old = sign_in(&app, &email);
        app.post("/api/v1/password-resets", &json!({"email": email})).expect(202);
        let reset = json!({"token": app.mailed_token(&email), "password": "another harbour entirely"});
        app.post("/api/v1/password-resets/use", &reset).expect(200);

        let token = old["access_token"].as_str().unwrap();
        app.call("GET", "/api/v1/me").bearer(token).send().refuses(401, "sign_in");
        let refresh = json!({"refresh_token": old["refresh_token"]});
        app.post("/api/v1/refresh", &refresh).refuses(401, "sign_in");
        app.post("/api/v1/sign-in", &json!({"email": email, "password": PASSWORD})).refuses(401, "no_match");
        app.post("/api/v1/sign-in", &json!({"email": email, "password": "another harbour entirely"})).expect(200);
    }
}

#[test]
fn changing_the_password_takes_the_present_one_and_ends_every_session() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let token = sign_in(&app, &email)["access_token"].as_str().unwrap().to_owned();
        let change = |present: &str| {
            let body = json!({"present": present, "password": "another harbour entirely"});
            app.call("POST", "/api/v1/me/password").bearer(&token).json(&body).send()
        };
        change("not the present one").refuses(422, "wrong_password");
        change(PASSWORD).expect(200);
        app.call("GET", "/api/v1/me").bearer(&token).send().refuses(401, "sign_in");
    }
}

#[test]
fn weak_passwords_are_not_taken() {
    for app in TestApp::on_each_database() {
        app.post("/api/v1/sign-up", &json!({"email": "dana@example.org", "name": "Dana"})).expect(202);
        let token = app.mailed_token("dana@example.org");
        for weak in ["short", "passwordpassword", "1234567890123456"] {
            let answer = app.post("/api/v1/verify-email", &json!({"token": token, "password": weak}));
            answer.refuses(422, "weak_password");
            assert_eq!(answer.json()["errors"][0]["pointer"], "/password");
        }
        app.post("/api/v1/verify-email", &json!({"token": token, "password": PASSWORD})).expect(200);
    }
}

#[test]
fn an_account_rests_after_wrong_passwords_and_a_new_password_wakes_it() {
    for app in TestApp::on_each_database() {
        let email = sign_up(&app, "dana");
        let right = json!({"email": email, "password": PASSWORD});
        for _ in 0..5 {
            let wrong = json!({"email": email, "password": "some other long password"});
            app.post("/api/v1/sign-in", &wrong).refuses(401, "no_match");
        }
        app.post("/api/v1/sign-in", &right).refuses(401, "no_match");
        app.later(chrono::Duration::seconds(31));
        app.post("/api/v1/sign-in", &right).expect(200);
    }
}
