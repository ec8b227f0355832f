//! Signing in and out by form, and pages about the reader's own things.

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
