//! Checking a certificate: the same page for everything that may not be shown.

use crate::support::{Answer, TestApp};

fn check(app: &TestApp, number: &str, name: &str, lang: &str) -> Answer {
    let body = format!("number={number}&family_name={name}&lang={lang}");
    app.call("POST", "/verify")
        .header("accept", "text/html")
        .body("application/x-www-form-urlencoded", body.as_bytes())
        .send()
}

#[test]
fn unknown_and_malformed_codes_and_numbers_get_one_and_the_same_page() {
    for app in TestApp::on_each_database() {
        let pages = [
            app.get("/verify/unknown").text(),
            app.get("/verify/0123456789abcdefghijkmnpqr").text(),
            app.get("/verify/%F0%9F%98%80").text(),
        ];
        for page in &pages {
            assert!(page.contains("We cannot show a certificate for what you entered"), "{page}");
        }
        let without_address =
            |page: &str| -> String { page.lines().filter(|line| !line.contains("hreflang")).collect() };
        assert_eq!(without_address(&pages[0]), without_address(&pages[1]));
        assert_eq!(without_address(&pages[0]), without_address(&pages[2]));
        let page = check(&app, "NE-4KTM-9QXF-22", "Rivera", "es");
        assert_eq!((page.status, page.header("set-cookie")), (200, ""));
        assert!(page.text().contains("No podemos mostrar un certificado para lo que escribió"), "{}", page.text());
    }
}

#[test]
fn a_form_with_a_gap_is_shown_again_with_what_was_typed() {
    for app in TestApp::on_each_database() {
        let page = check(&app, "NE-1", "", "en");
        assert_eq!(page.status, 422);
        let text = page.text();
        for words in ["<title>Error: ", "Enter the last name", "value=\"NE-1\""] {
            assert!(text.contains(words), "missing {words}: {text}");
        }
    }
}
