//! What goes for every route: who may come in, how problems look, which headers are set.

use credtrail::services::roles::Role;
use serde_json::json;

use crate::support::TestApp;

#[test]
fn the_service_is_alive_and_ready() {
    for app in TestApp::on_each_database() {
        assert_eq!(app.get("/healthz").expect(200)["status"], "ok");
        assert_eq!(app.get("/readyz").expect(200)["status"], "ok");
    }
}

#[test]
fn a_person_is_told_who_they_are() {
    for app in TestApp::on_each_database() {
        let dana = app.member("Dana Rivera", Role::Administrator, None);
        let me = app.get_as(&dana, "/api/v1/me").expect(200);
        assert_eq!(me["person"], dana.id.to_string());
        assert_eq!(me["memberships"], json!([{"role": "administrator"}]));
    }
}

#[test]
fn nobody_and_bad_tokens_are_asked_to_sign_in() {
    for app in TestApp::on_each_database() {
        app.get("/api/v1/me").refuses(401, "sign_in");
        for token in ["x", "ctk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a.b.c"] {
            let answer = app.call("GET", "/api/v1/me").bearer(token).send();
            answer.refuses(401, "sign_in");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        app.call("GET", "/api/v1/me").header("authorization", "Basic eDp5").send().refuses(401, "sign_in");
    }
}

#[test]
fn a_problem_names_the_request_and_nothing_inside() {
    for app in TestApp::on_each_database() {
        let answer = app.get("/api/v1/nothing-here");
        answer.refuses(404, "not_found");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["request_id"], answer.header("x-request-id"));
        assert_eq!(answer.json()["type"], "urn:credtrail:problem:not_found");
    }
}

#[test]
fn a_known_path_with_another_method_names_the_methods_it_takes() {
    for app in TestApp::on_each_database() {
        for method in ["POST", "DELETE", "TRACE", "PUT"] {
            let answer = app.call(method, "/api/v1/me").send();
            answer.refuses(405, "method_not_allowed");
            assert_eq!(answer.header("allow"), "GET, HEAD");
        }
        let head = app.call("HEAD", "/healthz").send();
        assert_eq!((head.status, head.bytes.len()), (200, 0));
    }
}

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    for app in TestApp::on_each_database() {
        for path in ["/healthz", "/api/v1/me", "/nothing"] {
            let answer = app.get(path);
            assert!(answer.header("strict-transport-security").contains("max-age=63072000"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.header("server"), "", "{path}");
        }
    }
}

#[test]
fn the_description_is_openapi_and_readable_without_script() {
    for app in TestApp::on_each_database() {
        let api = app.get("/api/openapi.json").expect(200);
        assert!(api["openapi"].as_str().unwrap().starts_with("3.1"), "{}", api["openapi"]);
        assert!(api["paths"]["/api/v1/me"]["get"]["responses"]["401"].is_object());
        let page = app.get("/api/docs");
        assert_eq!(page.status, 200);
        assert!(page.text().contains("/api/v1/me"));
        assert!(!page.text().contains("<script"));
    }
}

/// What generators of clients need: no two operations of one name, and in the path only what stands in it.
#[test]
fn every_operation_has_a_name_of_its_own_and_its_parameters_where_they_are_sent() {
    for app in TestApp::on_each_database() {
        let api = app.get("/api/openapi.json").expect(200);
        let mut names = std::collections::BTreeSet::new();
        for (path, item) in api["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "`{name}` a second time, at {method} {path}");
                let told = operation["parameters"].as_array().cloned().unwrap_or_default();
                let sent =
                    |place: &'static str| told.iter().filter(move |it| it["in"] == place).map(|it| it["name"].clone());
                let in_path = sent("path").all(|it| path.contains(&format!("{{{}}}", it.as_str().unwrap())));
                assert!(in_path, "{method} {path}: {told:?}");
                if method == "post" && operation["responses"]["201"].is_object() {
                    assert_eq!(sent("header").filter(|it| it == "Idempotency-Key").count(), 1, "{method} {path}");
                }
            }
        }
    }
}

#[test]
fn a_session_that_ended_is_refused_at_the_next_request() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        app.get_as(&dana, "/api/v1/me").expect(200);
        app.write(|conn| credtrail::repo!(conn, sessions::end(dana.id, dana.session, app.now().into())));
        app.get_as(&dana, "/api/v1/me").refuses(401, "sign_in");
    }
}

#[test]
fn a_page_cookie_of_ours_is_not_lent_to_another_site() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let cookie = format!("session={}", dana.cookie);
        app.call("GET", "/api/v1/me").header("cookie", &cookie).send().expect(200);
        app.call("GET", "/api/v1/me").header("cookie", "session=cts_no").send().refuses(401, "sign_in");
    }
}

#[test]
fn one_address_knocks_only_so_often_at_doors_that_test_a_secret() {
    for app in TestApp::on_each_database_throttled(3, 1) {
        let doors = [
            ("/api/v1/sign-in", json!({"email": "a@example.org", "password": "some other long password"})),
            ("/api/v1/refresh", json!({"refresh_token": "x"})),
            ("/api/v1/password-resets/use", json!({"token": "x", "password": "short"})),
        ];
        for (path, body) in &doors {
            assert_ne!(app.post(path, body).status, 429, "{path}");
        }
        for (path, body) in &doors {
            let answer = app.post(path, body);
            answer.refuses(429, "slow_down");
            assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0, "{path}");
        }
        assert_eq!(app.get("/healthz").status, 200);
    }
}

#[test]
fn what_is_counted_names_routes_and_nobody() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        app.get_as(&dana, "/api/v1/me").expect(200);
        app.get(&format!("/api/v1/verify/{}", dana.id));
        let counted = app.app.metrics.text().unwrap();
        assert!(counted.contains("route=\"/api/v1/me\""), "{counted}");
        assert!(!counted.contains(&dana.id.to_string()), "{counted}");
    }
}

#[test]
fn a_page_of_another_site_cannot_act_with_a_cookie_of_ours() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let ask = |name: &str, value: &str| {
            let call = app.call("POST", "/api/v1/sign-out").header("cookie", &format!("session={}", dana.cookie));
            if name.is_empty() { call.send() } else { call.header(name, value).send() }
        };
        ask("", "").refuses(403, "cross_site");
        ask("sec-fetch-site", "cross-site").refuses(403, "cross_site");
        ask("sec-fetch-site", "same-site").refuses(403, "cross_site");
        ask("origin", "https://evil.example").refuses(403, "cross_site");
        ask("origin", &app.url).expect(200);
    }
}

#[test]
fn who_has_no_right_is_told_so_before_their_body_is_looked_at() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        for _ in 0..20 {
            app.post("/api/v1/organizations", &json!({})).refuses(401, "sign_in");
            app.post_as(&dana, "/api/v1/organizations", &json!({})).refuses(403, "not_allowed");
            app.call("POST", "/api/v1/organizations")
                .by(&dana)
                .body("text/plain", b"x")
                .send()
                .refuses(403, "not_allowed");
        }
    }
}

#[test]
fn a_session_without_use_ends_sooner_for_staff_than_for_others() {
    for app in TestApp::on_each_database() {
        let (dana, boss) = (app.person("Dana"), app.member("Boss", Role::Administrator, None));
        // The builder signed the boss in before the role was given: sign in again.
        let boss = app.signed_in(boss.id, &boss.email);
        let me =
            |cookie: &str| app.call("GET", "/api/v1/me").header("cookie", &format!("session={cookie}")).send().status;
        app.later(chrono::Duration::minutes(20));
        assert_eq!((me(&dana.cookie), me(&boss.cookie)), (200, 200));
        app.later(chrono::Duration::minutes(20));
        assert_eq!((me(&dana.cookie), me(&boss.cookie)), (200, 200), "use keeps a session open");
        app.later(chrono::Duration::minutes(31));
        assert_eq!((me(&dana.cookie), me(&boss.cookie)), (200, 401));
        app.later(chrono::Duration::hours(12));
        assert_eq!(me(&dana.cookie), 401);
    }
}
