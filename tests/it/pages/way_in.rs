//! Signing up, a forgotten password, and the pages behind the links in mails.

use credtrail::repo;
use credtrail::services::accounts::{Address, NewPerson, set_password};
use credtrail::services::acting::Acting;
use credtrail::services::memberships::{self, Invite};
use credtrail::services::roles::{OrganizationKind, Role};

use super::{HTML, Visit};
use crate::support::TestApp;

const GOOD: &str = "violet harbour staples";

/// Sends the form of `path` as a browser does that has just looked at it.
fn send(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> crate::support::Answer {
    Visit::to(app, path).send(path, fields)
}

fn sign_up(app: &TestApp, email: &str) -> crate::support::Answer {
    send(app, "/sign-up", &[("name", "Dana Rivera"), ("email", email), ("language", "es")])
}

#[test]
fn somebody_new_signs_up_confirms_the_address_and_signs_in() {
    for app in TestApp::on_each_database() {
        let page = sign_up(&app, "dana@example.org");
        assert!(page.text().contains("Look in your mail"), "{}", page.text());
        let path = format!("/verify-email/{}", app.mailed_token("dana@example.org"));

        let page = app.call("GET", &path).header(HTML.0, HTML.1).send();
        assert!(page.text().contains("Confirmar su correo"), "in the language of the account: {}", page.text());
        assert!(page.text().contains("Al menos 15"), "the rules stand before the field");
        let weak = send(&app, &path, &[("password", "short")]);
        assert_eq!(weak.status, 422);
        assert!(weak.text().contains("unas palabras seguidas sirven bien"), "{}", weak.text());
        let done = send(&app, &path, &[("password", GOOD)]);
        assert_eq!((done.status, done.header("location")), (303, "/sign-in?done=confirmed"), "{}", done.text());

        let signed_in = send(&app, "/sign-in", &[("email", "dana@example.org"), ("password", GOOD)]);
        assert_eq!((signed_in.status, signed_in.header("location")), (303, "/progress"));
        let again = app.call("GET", &path).header(HTML.0, HTML.1).send();
        assert_eq!(again.status, 410);
        assert!(again.text().contains("This link works no longer"), "{}", again.text());
    }
}

#[test]
fn signing_up_says_the_same_for_a_known_address_and_changes_nothing_there() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let (known, new) = (sign_up(&app, &dana.email), sign_up(&app, "new@example.org"));
        assert_eq!((known.status, known.text()), (new.status, new.text()));
        assert!(app.mailed_links(&dana.email)[0].contains("/reset-password/"), "the owner is sent the way back in");
    }
}

#[test]
fn a_name_or_an_address_that_is_missing_is_asked_for_again() {
    for app in TestApp::on_each_database() {
        let page = send(&app, "/sign-up", &[("name", " "), ("email", "dana"), ("language", "en")]);
        assert_eq!(page.status, 422);
        for words in ["Enter your full name", "Enter an e-mail address, like", "value=\"dana\"", "<title>Error: "] {
            assert!(page.text().contains(words), "missing {words}: {}", page.text());
        }
    }
}

#[test]
fn looking_at_a_link_however_often_uses_nothing_up() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let page = send(&app, "/forgot-password", &[("email", &dana.email)]);
        assert!(page.text().contains("Look in your mail"));
        let path = format!("/reset-password/{}", app.mailed_token(&dana.email));
        for _ in 0..3 {
            assert_eq!(app.get(&path).status, 200);
            assert_eq!(app.call("HEAD", &path).send().status, 200);
        }
        let done = send(&app, &path, &[("password", GOOD)]);
        assert_eq!((done.status, done.header("location")), (303, "/sign-in?done=password"), "{}", done.text());
        let page = app.get("/sign-in?done=password");
        assert!(page.text().contains("Your password is saved"));
        assert_eq!(send(&app, &path, &[("password", GOOD)]).status, 410, "a link works once");
    }
}

#[test]
fn a_forgotten_password_gets_one_answer_for_everybody() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let known = send(&app, "/forgot-password", &[("email", &dana.email)]);
        let unknown = send(&app, "/forgot-password", &[("email", "nobody@example.org")]);
        assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
        assert_eq!(app.mailed_links("nobody@example.org"), Vec::<String>::new());
        assert_eq!(send(&app, "/forgot-password", &[("email", "nobody")]).status, 422);
    }
}

#[test]
fn a_link_that_is_too_old_or_was_never_made_says_what_to_do() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        send(&app, "/forgot-password", &[("email", &dana.email)]);
        let path = format!("/reset-password/{}", app.mailed_token(&dana.email));
        app.later(chrono::Duration::minutes(31));
        for path in [path.as_str(), "/reset-password/x", "/verify-email/x", "/invitation/x"] {
            let page = app.call("GET", path).header(HTML.0, HTML.1).send();
            assert_eq!(page.status, 410, "{path}");
            assert!(page.text().contains("This link works no longer"), "{path}");
            assert!(page.text().contains("href=\"/sign-"), "{path} leads on");
        }
    }
}

#[test]
fn a_form_of_another_site_or_another_browser_does_nothing() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        send(&app, "/forgot-password", &[("email", &dana.email)]);
        let path = format!("/reset-password/{}", app.mailed_token(&dana.email));
        for path in [path.as_str(), "/sign-up", "/forgot-password"] {
            let (visit, other) = (Visit::to(&app, path), Visit::to(&app, path));
            let fields = [("password", GOOD), ("name", "Dana"), ("email", "new@example.org")];
            assert_eq!(visit.of_site("cross-site").send(path, &fields).status, 403, "{path}");
            assert_eq!(other.with_token(&"0".repeat(128)).send(path, &fields).status, 403, "{path}");
        }
        assert_eq!(app.get(&path).status, 200, "the link still works");
        assert_eq!(app.mailed_links("new@example.org"), Vec::<String>::new());
    }
}

/// Invites somebody into the board. Goes to the services.
fn invite(app: &TestApp, email: &str) -> String {
    let board = app.organization(OrganizationKind::Board, "board");
    let email: Address = email.parse().unwrap();
    let person = NewPerson::new(email.clone(), "Sam Ortiz", credtrail::rules::Lang::En).unwrap();
    let wish = Invite { organization: Some(board), role: Role::Reviewer, person };
    let by = Acting::system(app.now());
    app.write(|conn| Ok(memberships::invite(conn, &by, &wish, &app.url).expect("an invitation")));
    format!("/invitation/{}", app.mailed_token(email.as_str()))
}

#[test]
fn somebody_without_an_account_joins_and_chooses_a_password() {
    for app in TestApp::on_each_database() {
        let path = invite(&app, "sam@example.org");
        let page = app.get(&path).text();
        assert!(page.contains("The board asks you to join them as someone who reads applications."), "{page}");
        assert_eq!(send(&app, &path, &[]).status, 422, "a password is needed");
        let done = send(&app, &path, &[("password", GOOD)]);
        assert_eq!((done.status, done.header("location")), (303, "/sign-in?done=joined"), "{}", done.text());
        assert_eq!(send(&app, "/sign-in", &[("email", "sam@example.org"), ("password", GOOD)]).status, 303);
        assert_eq!(app.get(&path).status, 410);
    }
}

#[test]
fn somebody_with_an_account_joins_with_one_button() {
    for app in TestApp::on_each_database() {
        let sam = app.person("Sam");
        let (hash, by) = (app.app.passwords.hash_here(&GOOD.into()).expect("a hash"), Acting::system(app.now()));
        app.write(|conn| set_password(conn, &by, sam.id, hash));
        let path = invite(&app, &sam.email);
        assert!(!app.get(&path).text().contains("type=\"password\""));
        assert_eq!(send(&app, &path, &[]).header("location"), "/sign-in?done=joined");
        let rows = app.read(|conn| repo!(conn, organizations::list_memberships_of(sam.id)));
        assert_eq!(rows.last().map(|row| row.state.as_str()), Some("active"));
    }
}

#[test]
fn an_invitation_that_was_ended_meanwhile_is_over() {
    for app in TestApp::on_each_database() {
        let path = invite(&app, "sam@example.org");
        let form = Visit::to(&app, &path);
        let person = app.read(|conn| repo!(conn, people::find_email("sam@example.org"))).unwrap().person_id;
        let row = app.read(|conn| repo!(conn, organizations::list_memberships_of(person))).remove(0);
        let by = Acting::system(app.now());
        app.write(|conn| Ok(memberships::end(conn, &by, row.organization_id.unwrap(), row.id).expect("an end")));
        assert_eq!(form.send(&path, &[("password", GOOD)]).status, 410);
        assert_eq!(app.get(&path).status, 410);
    }
}

#[test]
fn doors_that_test_a_link_let_each_address_through_only_so_often() {
    for app in TestApp::on_each_database_throttled(2, 1) {
        let statuses = [(); 4].map(|()| app.call("GET", "/reset-password/x").header(HTML.0, HTML.1).send().status);
        assert_eq!(statuses, [410, 410, 429, 429]);
    }
}

#[test]
fn what_the_settings_say_of_the_site_stands_on_its_pages() {
    let settings =
        [("site.name", "Peer Office"), ("site.help_phone", "555-0100"), ("site.help_mail", "help@board.example")];
    for app in TestApp::on_each_database_with(&settings) {
        let page = app.get("/").text();
        for words in ["Peer Office</title>", "Help by phone: 555-0100", "mailto:help@board.example", "988"] {
            assert!(page.contains(words), "missing {words}: {page}");
        }
    }
    for app in TestApp::on_each_database_with(&[("site.crisis_line", "")]) {
        assert!(!app.get("/").text().contains("988"));
    }
}
