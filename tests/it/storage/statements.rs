//! What is asked of the database: how many statements, and by which index.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::hours::HoursWish;
use credtrail::services::imports::hours::Hours;
use credtrail::services::imports::{Import, Verdict, Who};
use credtrail::services::verify::{self, Verification};
use credtrail::storage::{Conn, StoreError};
use diesel::Connection;
use diesel::connection::InstrumentationEvent;

use super::tables::lines;
use crate::awards::world::Board;
use crate::support::TestApp;

/// The statements that `work` sends on this connection.
fn statements<T>(conn: &mut Conn<'_>, work: impl FnOnce(&mut Conn<'_>) -> T) -> (Vec<String>, T) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let add = move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            told.lock().unwrap().push(query.to_string());
        }
    };
    match conn {
        Conn::Sqlite(c) => c.set_instrumentation(add),
        Conn::Postgres(c) => c.set_instrumentation(add),
    }
    let answer = work(conn);
    let all = std::mem::take(&mut *seen.lock().unwrap());
    (all, answer)
}

#[test]
fn a_lookup_takes_two_statements_whether_there_is_something_or_not() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        let held = board.certify(&app, &dana, "initial");
        for (code, is_found) in [(held.code.as_str(), true), ("23456789ABCDEFGHJKMN", false), ("no code", false)] {
            app.read(|conn| {
                let look = |conn: &mut Conn<'_>| verify::by_code(conn, code, None, app.now());
                let (asked, found) = statements(conn, look);
                assert_eq!(matches!(found?, Verification::Found(_)), is_found, "{code}");
                assert_eq!(asked.len(), 2, "{code}: {asked:#?}");
                Ok::<_, StoreError>(())
            });
        }
    }
}

#[test]
fn sqlite_plans_a_statement_once_and_finds_reserved_certificates_by_their_index() {
    let app = TestApp::on_each_database().next().unwrap();
    app.read(|conn| {
        // Planned with their values in mind, statements that bind a LIMIT would be planned at each use.
        let options = lines(conn, "SELECT compile_options AS line FROM pragma_compile_options");
        assert!(options.iter().any(|option| option == "ENABLE_QPSG"), "{options:?}");

        let (asked, rows) = statements(conn, |conn| repo!(conn, certificates::reserved(10)));
        assert_eq!(rows?, []);
        let (text, _binds) = asked[0].split_once(" -- binds").unwrap();
        let plan = lines_of_plan(conn, text);
        assert!(plan.iter().any(|step| step.contains("INDEX certificate_by_reserved_at")), "{plan:?}");
        Ok::<_, StoreError>(())
    });
}

#[test]
fn a_file_of_hours_is_judged_with_as_many_statements_for_many_rows_as_for_one() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let dana = app.person("Dana Rivera");
        board.application(&app, &dana, "initial");
        let rows = |days: std::ops::RangeInclusive<u32>| -> Vec<(Who, HoursWish)> {
            let wish = |day: u32| {
                let on = NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
                HoursWish { from: on, to: on, minutes: 60, kind: "direct".to_owned(), ..HoursWish::default() }
            };
            days.map(|day| (Who::Email(dana.email.clone()), wish(day))).collect()
        };
        let by = Acting::system(app.now());
        app.write(|conn| {
            let judge = |conn: &mut Conn<'_>, rows| {
                let (asked, judged) = statements(conn, |conn| Hours::of(board.id).judge(conn, &by, rows));
                let added = judged?.iter().filter(|verdict| matches!(verdict, Verdict::Add(_))).count();
                Ok::<_, StoreError>((asked.len(), added))
            };
            // The first time words are stored on the way.
            judge(conn, rows(1..=1))?;
            let ((one, added_one), (many, added_many)) = (judge(conn, rows(1..=1))?, judge(conn, rows(1..=31))?);
            assert_eq!((added_one, added_many), (1, 31));
            assert_eq!(one, many);
            Ok(())
        });
    }
}

fn lines_of_plan(conn: &mut Conn<'_>, statement: &str) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Step {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let Conn::Sqlite(c) = conn else { panic!("SQLite comes first") };
    let query = diesel::sql_query(format!("EXPLAIN QUERY PLAN {statement}"));
    let steps: Vec<Step> = diesel::RunQueryDsl::load(query, *c).unwrap();
    steps.into_iter().map(|step| step.detail).collect()
}
