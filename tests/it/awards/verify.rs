//! What the public is told, and what it is not.

use serde_json::{Value, json};

use super::world::{Board, verify};
use crate::support::TestApp;

#[test]
fn a_certificate_verifies_with_exactly_the_fields_promised() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        let seen = verify(&app, &held.code, "");
        let mut fields: Vec<&str> = seen.as_object().unwrap().keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                "as_of",
                "board",
                "credential",
                "document_sha256",
                "found",
                "from",
                "issued_on",
                "label",
                "name",
                "number",
                "status",
                "through"
            ]
        );
        assert_eq!(
            (&seen["status"], &seen["label"], &seen["name"]),
            (&json!("active"), &json!("Active"), &json!("Dana Rivera"))
        );
        assert_eq!(
            (&seen["from"], &seen["as_of"], &seen["issued_on"]),
            (&json!("2026-06-01"), &json!("2026-06-01"), &json!("2026-06-01"))
        );
        assert_eq!(seen["number"], held.number);

        let paper = app.get(&format!("/credentials/{}.pdf", held.code));
        assert_eq!((paper.status, paper.header("content-type")), (200, "application/pdf"));
        assert_eq!(paper.header("content-disposition"), "inline; filename=\"certificate.pdf\"");
        let hash = credtrail::services::files::sha256(&paper.bytes);
        assert_eq!(seen["document_sha256"], hash, "the stored bytes");
        let before = verify(&app, &held.code, "2026-05-31");
        assert_eq!((&before["found"], &before["status"]), (&json!(true), &json!("not_active")));
    }
}

#[test]
fn unknown_malformed_and_hidden_codes_get_the_same_answer() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        let nothing = json!({"found": false});
        for code in ["00000000000000000000000000", "x", "%00", "..%2f..", &"z".repeat(500)] {
            assert_eq!(app.get(&format!("/api/v1/verify/{code}")).expect(200), nothing, "{code}");
        }
        let choose =
            |shown: bool| app.call("PUT", "/api/v1/register-choice").by(&dana).json(&json!({"shown": shown})).send();
        choose(false).expect(200);
        assert_eq!(verify(&app, &held.code, ""), nothing, "opted out");
        assert_eq!(app.get(&format!("/credentials/{}.pdf", held.code)).status, 404);
        choose(true).expect(200);
        assert_eq!(verify(&app, &held.code, "")["found"], true);
        let safety = board.path(&dana, "safety");
        app.call("PUT", &safety).by(&board.registrar).json(&json!({"safety": true})).send().expect(200);
        assert_eq!(verify(&app, &held.code, ""), nothing, "hidden for safety");
    }
}

#[test]
fn a_number_verifies_only_with_the_family_name() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        let ask = |number: &str, name: &str| -> Value {
            app.get(&format!("/api/v1/verify?number={}&family_name={name}", number.replace(' ', "%20"))).expect(200)
        };
        assert_eq!(ask(&held.number, "rivera")["found"], true);
        assert_eq!(ask(&held.number.to_lowercase().replace('-', " "), "Rivera")["found"], true);
        assert_eq!(ask(&held.number, "Dana"), json!({"found": false}));
        assert_eq!(ask(&held.number, "Smith"), json!({"found": false}));
        let mut slip = held.number.clone();
        let last = if slip.ends_with('2') { '3' } else { '2' };
        slip.pop();
        slip.push(last);
        assert_eq!(ask(&slip, "Rivera"), json!({"found": false}));
    }
}

#[test]
fn many_codes_are_answered_in_their_order_and_any_site_may_ask() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        let many = app.post("/api/v1/verify", &json!({"codes": ["nonsense", held.code], "on": "2026-06-02"}));
        assert_eq!(many.header("access-control-allow-origin"), "*");
        let many = many.expect(200);
        assert_eq!(many["results"][0], json!({"code": "nonsense", "found": false}));
        assert_eq!(
            (&many["results"][1]["status"], &many["results"][1]["as_of"]),
            (&json!("active"), &json!("2026-06-02"))
        );
        app.post("/api/v1/verify", &json!({"codes": vec!["x"; 101]})).refuses(422, "too_many");
        let asked = app.call("OPTIONS", "/api/v1/verify").header("origin", "https://example.org").send();
        assert_eq!((asked.status, asked.header("access-control-allow-headers")), (204, "content-type"));
        assert_eq!(app.get("/api/v1/me").header("access-control-allow-origin"), "", "nothing else is open");
        app.get("/api/v1/verify/abc?on=yesterday").refuses(400, "bad_parameter");
    }
}
