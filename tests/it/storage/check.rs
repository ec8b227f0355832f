//! `db check` finds what was damaged, and nothing where nothing was.

use credtrail::services::upkeep;
use credtrail::storage::Conn;
use diesel::connection::SimpleConnection;

use super::tables::run;
use super::world::World;
use crate::support::TestApp;

/// What is found.
fn check(app: &TestApp) -> Vec<String> {
    app.app.db.read(|conn: &mut Conn<'_>| upkeep::check(conn, &app.app.settings.data_dir)).expect("a check")
}

/// Runs statements behind the back of foreign keys.
fn plant(app: &TestApp, statements: &[&str]) {
    app.app
        .db
        .maintain(|conn: &mut Conn<'_>| {
            let (off, on) = match conn {
                Conn::Sqlite(_) => ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
                Conn::Postgres(_) => {
                    ("SET session_replication_role = replica", "SET session_replication_role = origin")
                }
            };
            for statement in [&[off], statements, &[on]].concat() {
                match conn {
                    Conn::Sqlite(c) => c.batch_execute(statement),
                    Conn::Postgres(c) => c.batch_execute(statement),
                }
                .unwrap_or_else(|error| panic!("{statement}: {error}"));
            }
            Ok::<_, credtrail::storage::StoreError>(())
        })
        .expect("planted");
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        assert_eq!(check(&app), Vec::<String>::new());
    }
}

#[test]
fn rows_that_point_at_nothing_are_found() {
    for (statement, told) in [
        // Held by a foreign key, so only somebody who turned it off can have done this.
        (
            "DELETE FROM status_event; DELETE FROM award WHERE person_id IN (SELECT person_id FROM award_term)",
            "`award_term`",
        ),
        // Held by no foreign key.
        ("UPDATE completion SET kind = 999999", "`completion`: 1 row(s) whose `kind` names no row of `word`"),
        ("DELETE FROM certificate_code", "`certificate`: 1 row(s) whose `code` names no row of `certificate_code`"),
        ("UPDATE board_queue SET application_id = 7", "`board_queue`"),
        ("DELETE FROM application_open", "`board_queue`"),
        ("UPDATE service_entry SET supervisor_id = 7", "`service_entry`: 1 row(s) whose `supervisor_id`"),
    ] {
        for app in TestApp::on_each_database() {
            World::new(&app);
            plant(&app, &statement.split("; ").collect::<Vec<_>>());
            let found = check(&app);
            assert!(found.iter().any(|line| line.contains(told)), "{statement} on {}: {found:#?}", app.database());
        }
    }
}

#[test]
fn a_broken_log_is_found() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        app.write(|conn| {
            run(conn, "UPDATE audit_log SET detail = '{}', action = 'x' WHERE seq = 3");
            Ok(())
        });
        assert_eq!(check(&app), ["audit log, row 3: Changed"]);
    }
}

#[test]
fn a_missing_and_a_changed_certificate_are_told_apart() {
    for app in TestApp::on_each_database() {
        let world = World::new(&app);
        let folder = app.app.settings.data_dir.join("certificates");
        let path = super::same::files(&app.app.settings.data_dir)
            .into_keys()
            .find(|name| name.starts_with("certificates/"))
            .map(|name| app.app.settings.data_dir.join(name))
            .expect("a certificate");
        assert!(path.starts_with(&folder));
        std::fs::write(&path, b"another paper").expect("a file");
        let named = format!("certificate {}: its bytes", world.held.certificate);
        assert_eq!(check(&app), [format!("{named} were changed")]);
        std::fs::remove_file(&path).expect("a file");
        assert_eq!(check(&app), [format!("{named} are gone")]);
    }
}
