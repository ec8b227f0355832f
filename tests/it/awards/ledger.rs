//! What a renewal hands on to the next term, and certificates that rest while another one does.

use credtrail::repo;
use serde_json::json;

use super::facts::Facts;
use super::world::{Board, verify};
use crate::support::TestApp;

/// A pack with an hour of training and two hours of education a term; `stage` and `ce` add to them.
fn pack(credential: &str, stage: &str, ce: &str) -> (String, String) {
    let text = format!(
        r#"
credential = "{credential}"
name = "Peer"
name_es = "Par"
board = "Board"
time_zone = "America/Chicago"
in_force = {{ from = 2020-01-01 }}
verified = false
applies_by = ["application"]
hour = "60 minutes"
[source.s]
title = "S"
url = "https://example.org"
read_on = 2026-11-20
[topic.ethics]
label = "Ethics"
label_es = "Ética"
[[stage]]
id = "full"
label = "Full"
label_es = "Completo"
term = "12 months"
{stage}
[[initial.learning]]
id = "training"
label = "Training"
label_es = "Formación"
cite = "s"
at_least = "1 hour"
[[renewal.learning]]
id = "ce"
label = "Education"
label_es = "Educación"
cite = "s"
at_least = "2 hours"
window = "this term"
{ce}
"#
    );
    ("2020-01-01.toml".to_owned(), text)
}

#[test]
fn a_renewal_writes_down_what_it_hands_on_to_the_next_term() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "", "carry_over = { at_most = \"1 hour\" }"));
        let dana = app.person("Dana Rivera");
        board.certify(&app, &dana, "initial");
        app.set_clock("2027-05-20T12:00:00Z");
        Facts { app: &app, who: &dana }.learned("continuing", "in_person", "2027-02-01", Some(300), &[]);
        board.certify(&app, &dana, "renewal");
        let rows = app.read(|conn| repo!(conn, facts::list_carry_overs(dana.id)));
        let found: Vec<_> =
            rows.iter().map(|row| (row.from_term.date().to_string(), row.minutes, row.generation)).collect();
        assert_eq!(found, [("2026-06-01".to_owned(), 60, 1)]);
    }
}

#[test]
fn a_board_that_approves_a_renewal_filed_after_its_grace_gives_a_term_from_that_day() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "renewal = { grace = \"30 days\" }", ""));
        let dana = app.person("Dana Rivera");
        let first = board.certify(&app, &dana, "initial");
        // The term ended on 31 May 2027, and its grace on 30 June.
        app.set_clock("2027-07-01T12:00:00Z");
        assert_ne!(verify(&app, &first.code, "")["status"], "active");
        let late = board.certify(&app, &dana, "renewal");
        assert_eq!(verify(&app, &late.code, "")["status"], "active");
    }
}

#[test]
fn what_an_earlier_term_handed_on_counts_for_the_next_renewal_and_no_further() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "", "carry_over = { at_most = \"1 hour\" }"));
        let dana = app.person("Dana Rivera");
        board.certify(&app, &dana, "initial");
        app.set_clock("2027-05-20T12:00:00Z");
        Facts { app: &app, who: &dana }.learned("continuing", "in_person", "2027-02-01", Some(300), &[]);
        board.certify(&app, &dana, "renewal");

        // An hour of her own in the second term: with the hour handed on that is what it takes.
        app.set_clock("2028-05-20T12:00:00Z");
        let again = app.signed_in(dana.id, &dana.email);
        let progress =
            |app: &TestApp| app.get_as(&app.signed_in(dana.id, &dana.email), "/api/v1/progress/us-xx-ps").expect(200);
        assert_eq!(progress(&app)["requirements"][0]["missing"], "1", "the hour handed on counts");
        Facts { app: &app, who: &dana }.learned("continuing", "in_person", "2028-02-01", Some(60), &[]);
        let found = progress(&app);
        assert_eq!((&found["purpose"], &found["status"]), (&json!("renewal"), &json!("met")), "{found}");
        let carried = app.read(|conn| repo!(conn, facts::list_carry_overs(dana.id)))[0].id.to_string();
        let placed = found["requirements"][0]["placed"].as_array().expect("a list");
        assert!(placed.contains(&json!({ "record": carried, "minutes": 60 })), "{found}");

        let application = board.application(&app, &again, "renewal");
        let registrar = app.signed_in(board.registrar.id, &board.registrar.email);
        let decide = board.path(&dana, &format!("applications/{}/decision", application["id"].as_str().unwrap()));
        let decided = app.post_as(&registrar, &decide, &json!({"outcome": "approved"})).expect(201);
        let rerun = board.path(&dana, &format!("evaluations/{}", decided["evaluation"].as_str().unwrap()));
        assert_eq!(app.get_as(&registrar, &rerun).expect(200)["same"], json!(true));

        // It was used, and nothing was left over: the third term begins with nothing.
        app.set_clock("2029-05-20T12:00:00Z");
        assert_eq!(progress(&app)["requirements"][0]["missing"], "2");
        assert_eq!(app.read(|conn| repo!(conn, facts::list_carry_overs(dana.id))).len(), 1);
    }
}

#[test]
fn a_certificate_is_on_hold_while_the_one_it_stands_on_is_not_in_force() {
    for app in TestApp::on_each_database() {
        let base = Board::new(&app, "base", pack("us-xx-base", "", ""));
        let family = Board::new(&app, "family", pack("us-xx-family", "suspends_with = [\"us-xx-base\"]", ""));
        let dana = app.person("Dana Rivera");
        let below = base.certify(&app, &dana, "initial");
        let above = family.certify(&app, &dana, "initial");
        assert_eq!(verify(&app, &above.code, "")["status"], "active");

        app.set_clock("2026-07-10T12:00:00Z");
        let suspend = json!({"change": "suspend", "from": "2026-07-10", "reason": "a case", "authority": "case 7"});
        base.set_status(&app, &dana, &below.award, &suspend).expect(201);
        assert_eq!(verify(&app, &above.code, "")["status"], "on_hold");
        assert_eq!(verify(&app, &above.code, "2026-07-09")["status"], "active");
        let registrar = app.signed_in(family.registrar.id, &family.registrar.email);
        let awards = app.get_as(&registrar, &family.path(&dana, "awards")).expect(200);
        assert_eq!(awards["items"][0]["status"], "on_hold");
        let history = family.path(&dana, &format!("awards/{}/history", above.award));
        assert_eq!(app.get_as(&registrar, &format!("{history}?on=2026-07-10")).expect(200)["status"], "on_hold");

        app.set_clock("2026-07-20T12:00:00Z");
        let back = json!({"change": "reinstate", "from": "2026-07-20", "reason": "the case is closed"});
        base.set_status(&app, &dana, &below.award, &back).expect(201);
        assert_eq!(verify(&app, &above.code, "")["status"], "active");
        assert_eq!(verify(&app, &above.code, "2026-07-19")["status"], "on_hold");
    }
}
