//! Signing in and out by form, and pages about the reader's own things.

use credtrail::services::accounts::set_password;
use credtrail::services::acting::Acting;

use crate::support::{Answer, Someone, TestApp};

const HTML: (&str, &str) = ("accept", "text/html");

fn get(app: &TestApp, who: &Someone, path: &str) -> Answer {
    app.call("GET", path).header(HTML.0, HTML.1).header("cookie", &format!("session={}", who.cookie)).send()
}

/// The token that the page's first form carries.
fn token(page: &Answer) -> String {
    page.text().split_once("name=\"form_token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn sign_out(app: &TestApp, who: &Someone, site: &str, token: &str) -> Answer {
    app.call("POST", "/sign-out")
        .header(HTML.0, HTML.1)
        .header("cookie", &format!("session={}", who.cookie))
        .header("sec-fetch-site", site)
        .body("application/x-www-form-urlencoded", format!("form_token={token}").as_bytes())
        .send()
}

#[test]
fn signing_out_ends_the_session_in_the_database() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let page = get(&app, &dana, "/");
        assert!(page.text().contains("Sign out"));

        let out = sign_out(&app, &dana, "same-origin", &token(&page));

        assert_eq!((out.status, out.header("location")), (303, "/?signed-out"));
        assert!(out.header("set-cookie").starts_with("session=; "), "{}", out.header("set-cookie"));
        assert!(!get(&app, &dana, "/").text().contains("Sign out"), "the old cookie is worth nothing");
    }
}

#[test]
fn a_form_from_elsewhere_or_of_somebody_else_does_nothing() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let sam = app.person("Sam");
        let (own, other) = (token(&get(&app, &dana, "/")), token(&get(&app, &sam, "/")));
        for (site, token) in
            [("cross-site", &own), ("same-site", &own), ("same-origin", &other), ("same-origin", &"".to_owned())]
        {
            let answer = sign_out(&app, &dana, site, token);
            assert_eq!(answer.status, 403, "{site}");
            assert!(answer.text().contains("Please send this again"), "{}", answer.text());
        }
        assert!(get(&app, &dana, "/").text().contains("Sign out"), "still signed in");
    }
}

#[test]
fn the_language_of_the_account_is_used_until_another_is_chosen() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        app.write(|conn| credtrail::repo!(conn, people::set_language(dana.id, "es")).map(drop));
        assert!(get(&app, &dana, "/").text().contains("Vea cuánto"));
        assert!(get(&app, &dana, "/?lang=en").text().contains("See how far"));
    }
}

/// A page of the sign-in form: the cookie it is bound to and its token.
fn sign_in_form(app: &TestApp) -> (String, String) {
    let page = app.call("GET", "/sign-in?next=/progress").header(HTML.0, HTML.1).send();
    assert_eq!(page.status, 200);
    (page.header("set-cookie").split(';').next().unwrap().to_owned(), token(&page))
}

fn sign_in(app: &TestApp, cookie: &str, token: &str, email: &str, password: &str, next: &str) -> Answer {
    let body = format!("form_token={token}&email={}&password={password}&next={next}", email.replace('@', "%40"));
    app.call("POST", "/sign-in")
        .header(HTML.0, HTML.1)
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin")
        .body("application/x-www-form-urlencoded", body.as_bytes())
        .send()
}

/// A person with a password. Goes to the services.
fn with_password(app: &TestApp, password: &str) -> Someone {
    let dana = app.person("Dana");
    let hash = app.app.passwords.hash_here(&password.into()).expect("a hash");
    let by = Acting::system(app.now());
    app.write(|conn| set_password(conn, &by, dana.id, hash));
    dana
}

#[test]
fn signing_in_opens_a_session_and_leads_to_where_one_wanted_to_be() {
    for app in TestApp::on_each_database() {
        let dana = with_password(&app, "a-long-password");
        let (cookie, token) = sign_in_form(&app);

        let answer = sign_in(&app, &cookie, &token, &dana.email, "a-long-password", "/privacy");

        assert_eq!((answer.status, answer.header("location")), (303, "/privacy"), "{}", answer.text());
        let session = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        assert!(answer.header("set-cookie").contains("HttpOnly; SameSite=Lax"), "{}", answer.header("set-cookie"));
        let page = app.call("GET", "/").header("cookie", &session).send();
        assert!(page.text().contains("Sign out"));
    }
}

#[test]
fn a_wrong_password_and_an_unknown_address_get_the_same_form_again() {
    for app in TestApp::on_each_database() {
        let dana = with_password(&app, "a-long-password");
        let (cookie, token) = sign_in_form(&app);
        for email in [dana.email.as_str(), "nobody@example.org", "no-address"] {
            let page = sign_in(&app, &cookie, &token, email, "another-password", "/progress");
            assert_eq!(page.status, 422);
            assert!(page.text().contains("We do not know this e-mail and password together"), "{}", page.text());
            assert!(page.text().contains(&format!("value=\"{email}\"")), "what was typed stays");
            assert!(!page.text().contains("another-password"));
        }
    }
}

#[test]
fn a_sign_in_form_that_is_not_ours_signs_nobody_in() {
    for app in TestApp::on_each_database() {
        let dana = with_password(&app, "a-long-password");
        let (cookie, token) = sign_in_form(&app);
        let (other, _) = sign_in_form(&app);
        for (cookie, token) in [("", token.as_str()), (other.as_str(), token.as_str()), (cookie.as_str(), "")] {
            let page = sign_in(&app, cookie, token, &dana.email, "a-long-password", "/progress");
            assert_eq!(page.status, 403, "{}", page.text());
        }
        let page = sign_in(&app, &cookie, &token, &dana.email, "a-long-password", "//evil.example");
        assert_eq!(page.header("location"), "/progress");
    }
}
