//! Certificates, applications and devices of the reader.

use credtrail::services::sessions::{self, SessionKind};

use super::{HTML, Visit};
use crate::awards::world::Board;
use crate::support::{Answer, Someone, TestApp};

fn get(app: &TestApp, who: &Someone, path: &str) -> Answer {
    app.call("GET", path).header(HTML.0, HTML.1).header("cookie", &format!("session={}", who.cookie)).send()
}

#[test]
fn a_certificate_is_shown_with_its_facts_and_its_file() {
    for app in TestApp::on_each_database() {
        let (board, dana, sam) = (Board::nebraska(&app), app.person("Dana Rivera"), app.person("Sam"));
        assert!(get(&app, &dana, "/certificates").text().contains("You have no certificate here yet"));
        let given = board.certify(&app, &dana, "initial");
        let page = get(&app, &dana, "/certificates").text();
        for words in [given.number.as_str(), "Active", "June 1, 2026", &format!("/verify/{}", given.code)] {
            assert!(page.contains(words), "missing {words}: {page}");
        }
        let path = format!("/certificates/{}.pdf", given.certificate);
        let file = get(&app, &dana, &path);
        assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"certificate.pdf\"");
        assert_eq!(file.bytes, app.get(&format!("/credentials/{}.pdf", given.code)).bytes, "the file as it was issued");
        assert_eq!(get(&app, &sam, &path).status, 404, "nobody else's");
        assert_eq!(app.call("GET", &path).header(HTML.0, HTML.1).send().status, 303);
    }
}

#[test]
fn hiding_from_the_public_keeps_ones_own_page_and_file() {
    for app in TestApp::on_each_database() {
        let (board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        let given = board.certify(&app, &dana, "initial");
        let choose =
            |shown: &str| Visit::by(&app, &dana, "/certificates").send("/certificates/shown", &[("shown", shown)]);
        assert_eq!(choose("false").header("location"), "/certificates?done=shown");
        let page = get(&app, &dana, "/certificates?done=shown").text();
        assert!(page.contains("Your choice is saved.") && page.contains(&given.number), "{page}");
        assert!(!page.contains("/verify/"), "no link to a page that shows nothing");
        assert!(app.get(&format!("/verify/{}", given.code)).text().contains("We cannot show a certificate"));
        assert_eq!(get(&app, &dana, &format!("/certificates/{}.pdf", given.certificate)).status, 200);
        choose("true");
        assert!(app.get(&format!("/verify/{}", given.code)).text().contains("Dana Rivera"));
    }
}

#[test]
fn one_button_applies_and_leads_to_how_the_application_stands() {
    for app in TestApp::on_each_database() {
        let (board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        let page = get(&app, &dana, "/progress").text();
        assert!(page.contains("You can apply now or later."), "{page}");
        let fields = [("credential", board.credential.as_str()), ("purpose", "initial")];
        let form = Visit::by(&app, &dana, "/progress");
        let (first, again) = (form.send("/apply", &fields), form.send("/apply", &fields));
        assert_eq!(first.status, 303, "{}", first.text());
        let path = first.header("location").to_owned();
        assert_eq!(again.header("location"), path, "a second click leads to the same");
        let page = get(&app, &dana, &path).text();
        assert!(page.contains("Someone at the board reads it."), "{page}");
        assert!(page.contains("June 1, 2026: it came to the board."), "{page}");
        let page = get(&app, &dana, "/progress").text();
        assert!(page.contains("Your application came to the board on June 1, 2026."), "{page}");
        assert_eq!(get(&app, &app.person("Sam"), &path).status, 404);

        let form = Visit::by(&app, &dana, &path);
        let back = [form.send(&format!("{path}/withdraw"), &[]), form.send(&format!("{path}/withdraw"), &[])];
        assert!(back.iter().all(|answer| answer.header("location") == path));
        assert!(get(&app, &dana, &path).text().contains("You took it back."));
        assert!(get(&app, &dana, "/progress").text().contains("Send my application"));
    }
}

#[test]
fn what_an_application_lacks_is_listed_and_answered() {
    for app in TestApp::on_each_database() {
        let (board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        let application = board.application(&app, &dana, "initial");
        let id = application["id"].as_str().unwrap();
        let event = serde_json::json!({"kind": "more_needed", "note": "A copy of your training paper\nYour reference"});
        let path = board.path(&dana, &format!("applications/{id}/events"));
        app.post_as(&board.registrar, &path, &event).expect(201);
        let path = format!("/applications/{id}");
        let page = get(&app, &dana, &path).text();
        for words in
            ["The board needs something more from you.", "<li>A copy of your training paper</li>", "It is there now"]
        {
            assert!(page.contains(words), "missing {words}: {page}");
        }
        Visit::by(&app, &dana, &path).send(&format!("{path}/answer"), &[]);
        let page = get(&app, &dana, &path).text();
        assert!(!page.contains("It is there now") && page.contains("Someone at the board reads it."), "{page}");
    }
}

#[test]
fn a_device_is_signed_out_from_another() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let other = app.write(|conn| sessions::open(conn, app.now(), dana.id, SessionKind::Web));
        let page = get(&app, &dana, "/devices").text();
        assert_eq!(page.matches("Sign it out<").count(), 2, "all but this one: {page}");
        let path = format!("/devices/{}/end", other.session);
        assert_eq!(Visit::by(&app, &dana, "/devices").send(&path, &[]).header("location"), "/devices");
        assert_eq!(get(&app, &dana, "/devices").text().matches("Sign it out<").count(), 1);
        let sam = app.person("Sam");
        Visit::by(&app, &sam, "/devices").send(&format!("/devices/{}/end", dana.session), &[]);
        assert_eq!(get(&app, &dana, "/devices").text().matches("Sign it out<").count(), 1, "nobody else ends it");
        let out = Visit::by(&app, &dana, "/devices").send("/devices/end", &[]);
        assert_eq!(out.header("location"), "/?signed-out");
        assert_eq!(get(&app, &dana, "/devices").status, 303);
    }
}

#[test]
fn the_progress_page_asks_for_a_birth_date_and_leads_to_where_it_is_told() {
    for app in TestApp::on_each_database() {
        let (_board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        let page = get(&app, &dana, "/progress").text();
        assert!(page.contains("<a class=\"govuk-link\" href=\"/profile\">Tell us your birth date</a>"), "{page}");
        assert!(!page.contains("19 to go"), "{page}");
        let page = get(&app, &dana, "/profile").text();
        assert!(page.contains("value=\"Dana Rivera\""), "{page}");

        let visit = Visit::by(&app, &dana, "/profile");
        let fields = |born: &'static str| [("revision", "1"), ("name", "Dana Rivera"), ("birth_date", born)];
        let wrong = visit.send("/profile", &fields("2031-01-01"));
        assert!(wrong.status == 422 && wrong.text().contains("Enter the day you were born"), "{}", wrong.text());
        let saved = visit.send("/profile", &fields("1988-02-29"));
        assert_eq!((saved.status, saved.header("location")), (303, "/profile?done=saved"), "{}", saved.text());
        let page = get(&app, &dana, "/profile?done=saved").text();
        assert!(page.contains("It is saved.") && page.contains("born on February 29, 1988"), "{page}");
        assert!(!get(&app, &dana, "/progress").text().contains("Tell us your birth date"));
    }
}

#[test]
fn a_name_that_a_board_has_papers_with_is_shown_and_not_changed_by_form() {
    for app in TestApp::on_each_database() {
        let (board, dana) = (Board::nebraska(&app), app.person("Dana Rivera"));
        board.application(&app, &dana, "initial");
        let page = get(&app, &dana, "/profile").text();
        assert!(page.contains("ask your board") && !page.contains("name=\"name\""), "{page}");
        let fields = [("revision", "1"), ("name", "Somebody Else"), ("birth_date", "1988-02-29")];
        assert_eq!(Visit::by(&app, &dana, "/profile").send("/profile", &fields).status, 303);
        let page = get(&app, &dana, "/profile").text();
        assert!(page.contains("Dana Rivera") && !page.contains("Somebody Else"), "{page}");
    }
}
