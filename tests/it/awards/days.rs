//! The day of a statement or an exam is the board's: west of UTC in the evening it is still the day before, east in the
//! morning already the day after.

use credtrail::services::acting::Acting;
use credtrail::services::{hours, sessions};
use credtrail::storage::{Conn, StoreError};
use diesel::RunQueryDsl;
use serde_json::json;

use super::world::Board;
use crate::support::TestApp;

/// Where the board is. Goes to the database.
pub fn moves_to(app: &TestApp, zone: &str) {
    app.write(|conn| {
        let query = diesel::sql_query(format!("UPDATE board SET time_zone = '{zone}'"));
        match conn {
            Conn::Sqlite(c) => query.execute(*c),
            Conn::Postgres(c) => query.execute(*c),
        }
        .map_err(StoreError::from)
    });
}

#[test]
fn a_day_has_begun_when_it_has_begun_for_the_board() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        board.application(&app, &dana, "initial");
        for (zone, moment, today, tomorrow) in [
            // 20:30 on the 14th in Chicago.
            ("America/Chicago", "2026-07-15T01:30:00Z", "2026-07-14", "2026-07-15"),
            // 08:30 on the 16th in Auckland.
            ("Pacific/Auckland", "2026-07-15T20:30:00Z", "2026-07-16", "2026-07-17"),
        ] {
            moves_to(&app, zone);
            app.set_clock(moment);
            let registrar = app.signed_in(board.registrar.id, &board.registrar.email);
            let state = |on: &str| {
                let body = json!({"kind": "background_check", "value": "clear", "on": on});
                app.post_as(&registrar, &board.path(&dana, "statements"), &body)
            };
            state(today).expect(201);
            state(tomorrow).refuses(422, "bad_field");
            let exam = |on: &str| {
                let body = json!({"exam": "icrc-pr", "on": on, "outcome": "passed", "official": true});
                app.post_as(&registrar, &board.path(&dana, "exams"), &body)
            };
            exam(today).expect(201);
            exam(tomorrow).refuses(422, "bad_field");
        }
    }
}

#[test]
fn people_may_name_a_day_that_has_begun_anywhere() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let state = |on: &str| {
            let dana = app.signed_in(dana.id, &dana.email);
            app.post_as(&dana, "/api/v1/statements", &json!({"kind": "code_of_ethics", "value": "signed", "on": on}))
        };
        app.set_clock("2026-07-15T09:59:59Z");
        state("2026-07-15").expect(201);
        state("2026-07-16").refuses(422, "bad_field");
        app.set_clock("2026-07-15T10:00:00Z");
        state("2026-07-16").expect(201);
    }
}

#[test]
fn a_supervision_begins_on_the_day_it_is_for_the_persons_board() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let (dana, lou) = (app.person("Dana Rivera"), app.person("Lou Park"));
        board.application(&app, &dana, "initial");
        for (zone, moment, day) in [
            ("America/Chicago", "2026-07-15T01:30:00Z", "2026-07-14"),
            ("Pacific/Auckland", "2026-07-15T20:30:00Z", "2026-07-16"),
        ] {
            moves_to(&app, zone);
            app.set_clock(moment);
            let by = Acting { actor: dana.id, at: app.now() };
            app.write(|conn| {
                let who = (lou.email.as_str(), "Lou Park");
                let named = hours::name_supervisor(conn, &by, dana.id, who, None, &app.url).expect("asked");
                assert_eq!(named.from_day.date().to_string(), day, "{zone}");
                Ok(hours::end(conn, &by, (dana.id, named.id), named.from_day.date()).expect("ended"))
            });
        }
    }
}

#[test]
fn moments_are_read_in_the_zone_of_the_board_applied_to_last_else_of_all_boards_here() {
    for app in TestApp::on_each_database() {
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        let zone = |who: &crate::support::Someone| {
            app.read(|conn| sessions::list_in_zone(conn, who.id, app.now())).1.name().to_owned()
        };
        assert_eq!(zone(&dana), "UTC", "nothing is known");
        let board = Board::nebraska(&app);
        moves_to(&app, "America/Chicago");
        assert_eq!(zone(&dana), "America/Chicago", "the only board here");
        app.organization(credtrail::services::roles::OrganizationKind::Board, "elsewhere");
        app.write(|conn| {
            let query = diesel::sql_query(
                "UPDATE board SET time_zone = 'Pacific/Honolulu' WHERE organization_id IN \
                 (SELECT id FROM organization WHERE slug = 'elsewhere')",
            );
            match conn {
                Conn::Sqlite(c) => query.execute(*c),
                Conn::Postgres(c) => query.execute(*c),
            }
            .map_err(StoreError::from)
        });
        board.application(&app, &dana, "initial");
        assert_eq!((zone(&dana), zone(&sam)), ("America/Chicago".to_owned(), "UTC".to_owned()));
    }
}
