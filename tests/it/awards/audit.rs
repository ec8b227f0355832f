//! The log is whole, and every change to it is found.

use credtrail::repo;
use credtrail::services::audit::{self, Checkpoint, Report};
use credtrail::storage::{Conn, StoreError};
use diesel::RunQueryDsl;

use super::world::Board;
use crate::support::TestApp;

/// Brings a report out of a transaction that is not kept.
struct Undone(Result<Report, StoreError>);

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self(Err(error))
    }
}

fn run(conn: &mut Conn<'_>, statement: &str) {
    let query = diesel::sql_query(statement);
    match conn {
        Conn::Sqlite(c) => query.execute(*c),
        Conn::Postgres(c) => query.execute(*c),
    }
    .expect(statement);
}

/// What is found after `statements`, which are undone.
fn after(app: &TestApp, statements: &[String], noted: &[Checkpoint]) -> Report {
    let undone = app.app.db.write(|conn: &mut Conn<'_>| -> Result<(), Undone> {
        statements.iter().for_each(|statement| run(conn, statement));
        Err(Undone(audit::verify(conn, noted)))
    });
    undone.expect_err("undone").0.expect("a report")
}

#[test]
fn every_changed_dropped_swapped_or_cut_row_is_found() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        for name in ["Dana Rivera", "Sam Ortiz"] {
            board.certify(&app, &app.person(name), "initial");
        }
        let whole = app.read(|conn| audit::verify(conn, &[]));
        assert!(whole.findings.is_empty() && whole.rows > 10, "{whole:?}");
        let last = i64::try_from(whole.rows).unwrap();
        for seq in 1..=last {
            let other = if seq == last { 1 } else { seq + 1 };
            let far = 1_000_000;
            let attacks: [Vec<String>; 6] = [
                vec![format!("UPDATE audit_log SET detail = '{{}}', action = 'x' WHERE seq = {seq}")],
                vec![format!("UPDATE audit_log SET actor = actor + 1 WHERE seq = {seq}")],
                vec![format!("UPDATE audit_log SET at = at - 1 WHERE seq = {seq}")],
                vec![format!("DELETE FROM audit_log WHERE seq = {seq}")],
                vec![
                    format!("UPDATE audit_log SET seq = {far} WHERE seq = {seq}"),
                    format!("UPDATE audit_log SET seq = {seq} WHERE seq = {other}"),
                    format!("UPDATE audit_log SET seq = {other} WHERE seq = {far}"),
                ],
                vec![format!("DELETE FROM audit_log WHERE seq >= {seq}")],
            ];
            for attack in attacks {
                assert!(!after(&app, &attack, &[]).findings.is_empty(), "{attack:?}");
            }
        }
    }
}

#[test]
fn a_tail_cut_together_with_its_head_is_found_by_what_was_noted_down() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        board.certify(&app, &app.person("Dana Rivera"), "initial");
        let noted: Checkpoint = app.read(|conn| audit::verify(conn, &[])).head.unwrap().parse().unwrap();
        let cut = noted.seq - 3;
        let attack = [
            format!("DELETE FROM audit_log WHERE seq > {cut}"),
            format!("UPDATE audit_head SET seq = {cut}, hash = (SELECT hash FROM audit_log WHERE seq = {cut})"),
        ];
        assert!(after(&app, &attack, &[]).findings.is_empty(), "alone the log looks whole");
        assert_eq!(after(&app, &attack, std::slice::from_ref(&noted)).findings.len(), 1);
        let rows = app.read(|conn| repo!(conn, audit::list_after(0, 10_000)));
        for action in [
            "credential.create",
            "application.event",
            "decision.record",
            "award.grant",
            "award.term",
            "award.status",
            "certificate.reserve",
            "certificate.issue",
        ] {
            assert!(rows.iter().any(|row| row.action == action), "{action}");
        }
    }
}
