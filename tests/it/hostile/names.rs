//! Names in many scripts, and names that try to be something else, from signing up to the certificate.

use credtrail::repo;
use credtrail::storage::Id;
use serde_json::{Value, json};

use crate::awards::world::{Board, verify};
use crate::support::{Someone, TestApp};

/// Names that are written as they are.
const DRAWN: &[&str] = &[
    "Dana Rivera",
    "José Núñez-O’Brien",
    "Nguyễn Thị Thu Hương",
    "Ελένη Παπαδοπούλου",
    "Олена Шевченко",
    "Անի Հակոբյան",
    "נועה לוי",
    "ليلى حداد",
    "अनीता शर्मा",
    "ስላማዊት በቀለ",
    "ნინო ბერიძე",
    "สมหญิง ใจดี",
    "=cmd|' /C calc'!A0",
    "+1-555-0100",
    "@SUM(1,2)",
    "<b>Dana</b> & \"Sons\"",
    "'; DROP TABLE person; --",
    "{{7*7}} ${7*7}",
];

/// Names that no certificate shall bear: refused when signing up, or before issue.
const REFUSED: &[&str] = &[
    "Dana \u{202e}arevir",
    "Dana\u{200b}Rivera",
    "Dana \u{1f600}",
    "\u{13080}\u{13081}",
    "Dana\u{e000}Rivera",
    "Dana \u{fffd}",
    "Dana\u{0}Rivera",
];

/// Signs up; nothing if the name was refused with a pointer to it.
fn sign_up(app: &TestApp, number: usize, name: &str) -> Option<Someone> {
    let email = format!("number{number}@example.org");
    let answer = app.post("/api/v1/sign-up", &json!({"email": email, "name": name}));
    if answer.status == 422 {
        let problem = answer.json();
        assert!(!problem["detail"].as_str().unwrap_or_default().is_empty(), "{problem}");
        return None;
    }
    assert_eq!(answer.status, 202, "{name}: {}", answer.text());
    let id: Id = app.read(|conn| repo!(conn, people::find_email(&email))).expect("an address").person_id;
    Some(app.signed_in(id, &email))
}

fn decision(app: &TestApp, board: &Board, who: &Someone) -> crate::support::Answer {
    let application: Value = board.application(app, who, "initial");
    let path = board.path(who, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
    let body = json!({"outcome": "approved", "despite_rules": true, "reason": "complete on paper"});
    app.post_as(&board.registrar, &path, &body)
}

#[test]
fn names_in_ten_scripts_and_names_like_formulas_are_issued_as_they_are() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        for (number, name) in DRAWN.iter().enumerate() {
            let who = sign_up(&app, number, name).unwrap_or_else(|| panic!("{name} can sign up"));
            let decided = decision(&app, &board, &who).expect(201);
            assert!(decided["certificate"].is_string(), "{name}: {decided}");
            let mine = app.get_as(&who, "/api/v1/certificates").expect(200);
            let url = mine["items"][0]["verify_url"].as_str().unwrap().to_owned();
            assert_eq!(verify(&app, url.rsplit('/').next().unwrap(), "")["name"], json!(name));
            let page = app.get(url.strip_prefix(&app.url).unwrap()).text();
            assert!(!page.contains("<b>Dana"), "markup stays a text");
        }
    }
}

#[test]
fn names_that_cannot_be_drawn_are_refused_before_issue() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        for (number, name) in REFUSED.iter().enumerate() {
            let Some(who) = sign_up(&app, number, name) else { continue };
            let answer = decision(&app, &board, &who);
            assert_eq!(answer.status, 422, "{name:?}: {}", answer.text());
            assert!(answer.code().starts_with("name_"), "{name:?}: {}", answer.text());
            assert_eq!(app.read(|conn| repo!(conn, certificates::of_person(who.id))), []);
        }
    }
}

#[test]
fn a_name_or_address_with_line_breaks_makes_no_header() {
    for app in TestApp::on_each_database() {
        let name = "Dana\r\nBcc: all@people.example\r\n\r\nRivera";
        if let Some(who) = sign_up(&app, 1, name) {
            let kept = app.read(|conn| repo!(conn, people::list_names(who.id))).pop().expect("a name").name;
            assert_eq!(kept, "Dana Bcc: all@people.example Rivera", "one line");
        }
        assert!(app.mailed_links("all@people.example").is_empty());
        for email in ["dana@example.org\r\nBcc: all@people.example", "dana@example.org\n", "a b@example.org", "@", "x"]
        {
            let answer = app.post("/api/v1/sign-up", &json!({"email": email, "name": "Dana"}));
            if email.trim() != email && answer.status == 202 {
                continue;
            }
            assert_eq!(answer.status, 422, "{email:?}: {}", answer.text());
        }
        assert!(app.mailed_links("all@people.example").is_empty());
    }
}
