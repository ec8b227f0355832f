//! Where letters lead, and the letters that services owe on the side.

use std::path::Path;

use credtrail::mail::Place;
use credtrail::services::accounts::set_password;
use credtrail::services::acting::Acting;
use credtrail::services::hours::{self, HoursWish};
use serde_json::{Value, json};

use crate::awards::days::moves_to;
use crate::awards::world::Board;
use crate::support::{Someone, TestApp};

#[test]
fn every_place_that_a_letter_may_lead_to_is_a_page() {
    for app in TestApp::on_each_database() {
        for place in Place::ALL {
            let key = if place == Place::Application { "0000000000001" } else { "unknown" };
            let path = if place.takes_key() { place.link_to("", key) } else { place.link() };
            let status = app.call("GET", &path).header("accept", "text/html").send().status;
            assert!(matches!(status, 200 | 303 | 410), "{path} answers {status}");
        }
        let nowhere = app.call("GET", "/no-such-place").header("accept", "text/html").send();
        assert_eq!(nowhere.status, 404, "and what is no page answers otherwise");
    }
}

#[test]
fn no_service_writes_the_path_of_a_page_by_hand() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/services")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let named = Place::ALL.iter().filter(|place| text.contains(&format!("\"{}", place.path())));
            found.extend(named.map(|place| format!("{}: {}", path.display(), place.path())));
        }
    }
    assert_eq!(found, Vec::<String>::new(), "use `mail::Place`");
}

/// The kinds and moments of the letters to somebody, in the order of sending.
fn letters(app: &TestApp, who: &Someone) -> Vec<(String, String)> {
    let far = (app.now() + chrono::Duration::days(400)).into();
    // Leased for no time at all, so that nothing is taken away from a worker.
    let rows = app.write(|conn| credtrail::repo!(conn, outbox::claim(far, app.now().into(), 1_000)));
    let read = |row: &credtrail::storage::rows::upkeep::OutboxRow| {
        let owed: Value = serde_json::from_str(&row.payload).unwrap();
        let is_theirs = owed["letter"]["to"]["address"] == who.email.as_str();
        let kind = owed["letter"]["notice"]["kind"].as_str().unwrap().to_owned();
        is_theirs.then(|| (kind, row.run_at.utc().to_rfc3339()))
    };
    rows.iter().filter_map(read).collect()
}

fn log(app: &TestApp, dana: &Someone, lou: &Someone, day: &str) {
    let (by, day) = (Acting { actor: dana.id, at: app.now() }, day.parse().unwrap());
    let kind = "direct".to_owned();
    let wish = HoursWish { from: day, to: day, minutes: 60, kind, supervisor: Some(lou.id), ..HoursWish::default() };
    app.write(|conn| Ok(hours::log(conn, &by, dana.id, &wish).expect("an entry")));
}

#[test]
fn a_supervisor_gets_one_letter_for_all_hours_of_a_day_on_the_next_morning() {
    for app in TestApp::on_each_database() {
        let (dana, sam, lou) = (app.person("Dana"), app.person("Sam"), app.person("Lou"));
        for who in [&dana, &sam] {
            let by = Acting { actor: who.id, at: app.now() };
            let today = app.now().date_naive();
            app.write(|conn| {
                Ok(hours::name_supervisor(conn, &by, who.id, (&lou.email, "Lou"), Some(today), &app.url)
                    .expect("asked"))
            });
        }
        for (who, day) in [(&dana, "2026-05-04"), (&dana, "2026-05-05"), (&sam, "2026-05-04")] {
            log(&app, who, &lou, day);
        }
        let first = ("hours_to_sign".to_owned(), "2026-06-02T13:00:00+00:00".to_owned());
        assert_eq!(letters(&app, &lou), std::slice::from_ref(&first));
        app.later(chrono::Duration::days(1));
        log(&app, &dana, &lou, "2026-05-06");
        let second = ("hours_to_sign".to_owned(), "2026-06-03T13:00:00+00:00".to_owned());
        assert_eq!(letters(&app, &lou), [first, second]);
    }
}

#[test]
fn an_entry_that_is_not_stored_owes_no_letter() {
    for app in TestApp::on_each_database() {
        let (dana, lou) = (app.person("Dana"), app.person("Lou"));
        let (by, day) = (Acting { actor: dana.id, at: app.now() }, "2026-05-04".parse().unwrap());
        let kind = "direct".to_owned();
        let wish =
            HoursWish { from: day, to: day, minutes: 60, kind, supervisor: Some(lou.id), ..HoursWish::default() };
        let refused = app.app.db.write(|conn| hours::log(conn, &by, dana.id, &wish));
        assert!(refused.is_err(), "Lou was never asked");
        assert_eq!(letters(&app, &lou), []);
    }
}

#[test]
fn a_sign_in_on_a_new_device_is_told_once_a_day_and_the_first_one_ever_is_not() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana");
        let (hash, by) = (app.app.passwords.hash_here(&"a-long-password".into()).unwrap(), Acting::system(app.now()));
        app.write(|conn| set_password(conn, &by, dana.id, hash));
        let sign_in = || {
            let body = json!({"email": dana.email, "password": "a-long-password"});
            app.post("/api/v1/sign-in", &body).expect(200);
        };
        // The builder has opened sessions before: this one is on a new device.
        sign_in();
        sign_in();
        let kinds = |app: &TestApp| letters(app, &dana).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        assert_eq!(kinds(&app), ["signed_in"]);
        app.later(chrono::Duration::days(1));
        sign_in();
        assert_eq!(kinds(&app), ["signed_in", "signed_in"]);
    }
}

#[test]
fn a_day_on_which_somebody_is_told_once_is_the_day_of_their_board() {
    for app in TestApp::on_each_database() {
        let (board, dana, lou) = (Board::nebraska(&app), app.person("Dana"), app.person("Lou"));
        moves_to(&app, "America/Chicago");
        board.application(&app, &dana, "initial");
        let (hash, by) = (app.app.passwords.hash_here(&"a-long-password".into()).unwrap(), Acting::system(app.now()));
        app.write(|conn| set_password(conn, &by, dana.id, hash));
        let told = |moment: &str| {
            app.set_clock(moment);
            app.post("/api/v1/sign-in", &json!({"email": dana.email, "password": "a-long-password"})).expect(200);
            letters(&app, &dana).into_iter().filter(|(kind, _)| kind == "signed_in").count()
        };
        // 23:59 in Chicago, then midnight: one day of UTC, two days there.
        assert_eq!([told("2026-07-15T04:59:59Z"), told("2026-07-15T05:00:00Z")], [1, 2]);
        // 18:59 and 23:59 in Chicago: two days of UTC, one day there.
        assert_eq!([told("2026-07-15T23:59:59Z"), told("2026-07-16T04:59:59Z")], [2, 2]);

        let log_at = |moment: &str, day: &str| {
            app.set_clock(moment);
            log(&app, &dana, &lou, day);
        };
        app.set_clock("2026-07-20T12:00:00Z");
        let by = Acting { actor: dana.id, at: app.now() };
        app.write(|conn| {
            let who = (lou.email.as_str(), "Lou");
            Ok(hours::name_supervisor(conn, &by, dana.id, who, None, &app.url).expect("asked"))
        });
        // Lou has to do with no board of their own: the only one here says what day it is.
        log_at("2026-07-20T23:00:00Z", "2026-05-04");
        log_at("2026-07-21T04:59:59Z", "2026-05-05");
        let first = ("hours_to_sign".to_owned(), "2026-07-21T13:00:00+00:00".to_owned());
        assert_eq!(letters(&app, &lou), std::slice::from_ref(&first));
        log_at("2026-07-21T05:00:00Z", "2026-05-06");
        let second = ("hours_to_sign".to_owned(), "2026-07-22T13:00:00+00:00".to_owned());
        assert_eq!(letters(&app, &lou), [first, second]);
    }
}
