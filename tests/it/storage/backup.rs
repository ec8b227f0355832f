//! A backup brings back every row and every file, on either kind of database, and is made while the service writes.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use credtrail::repo;
use credtrail::services::roles::OrganizationKind;
use credtrail::services::{audit, upkeep};
use credtrail::storage::backup::{backup, restore};
use credtrail::storage::copy::copy;
use credtrail::storage::{Conn, Db};

use super::same::{assert_same, files, rows};
use super::world::{World, empty, open};
use crate::awards::world::verify;
use crate::support::TestApp;

/// Nothing is wrong with a database and its files.
#[track_caller]
pub fn assert_whole(db: &Db, data: &Path) {
    let found = db.read(|conn: &mut Conn<'_>| upkeep::check(conn, data)).expect("a check");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_row_and_file_comes_back_on_the_same_and_on_the_other_database() {
    for app in TestApp::on_each_database() {
        let world = World::new(&app);
        let (targets, folder) = empty();
        let (db, data) = (&app.app.db, app.app.settings.data_dir.clone());
        let file = folder.path().join("all.backup");
        let counted = backup(db, &data, &file, &mut |_| {}).expect("a backup");
        let before = rows(db);
        let sum: usize = before.values().map(Vec::len).sum();
        assert_eq!(counted.iter().map(|table| table.rows).sum::<u64>(), u64::try_from(sum).unwrap());
        let kept = files(&data);
        assert!(kept.len() >= 2, "a certificate and a key: {:?}", kept.keys());
        for (database, data) in targets {
            let what = format!("{} to {}", app.database(), database.name());
            let target = open(&database);
            assert_eq!(restore(&file, &target, &data, &mut |_| {}).expect("a restore"), counted, "{what}");
            assert_same(&before, &rows(&target));
            assert_eq!(files(&data), kept, "{what}");
            drop(target);
            let again = TestApp::over(database, &data);
            assert_eq!(verify(&again, &world.held.code, "")["status"], "active", "{what}");
            let paper = again.get(&format!("/credentials/{}.pdf", world.held.code));
            assert_eq!(paper.status, 200, "{what}");
            let log = again.read(|conn| audit::verify(conn, &[]));
            assert!(log.findings.is_empty() && log.rows > 10, "{what}: {log:?}");
        }
    }
}

#[test]
fn a_backup_made_while_the_service_writes_holds_one_moment() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        let (targets, folder) = empty();
        let file = folder.path().join("busy.backup");
        let before = app.read(|conn| repo!(conn, ranges::count_people()));
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut count = 0;
                while !stop.load(Ordering::Relaxed) || count == 0 {
                    // People with names, sessions and rows of the log: several tables that belong together.
                    app.person("Busy Writer");
                    app.organization(OrganizationKind::Employer, &format!("employer-{count}"));
                    count += 1;
                }
                count
            });
            backup(&app.app.db, &app.app.settings.data_dir, &file, &mut |_| {}).expect("a backup");
            stop.store(true, Ordering::Relaxed);
            assert!(writer.join().expect("a writer") > 0);
        });
        for (database, data) in targets {
            let target = open(&database);
            restore(&file, &target, &data, &mut |_| {}).expect("a restore");
            assert_whole(&target, &data);
            let people = target.read(|conn| repo!(conn, ranges::count_people())).expect("people");
            assert!(people >= before, "who was there before is there");
        }
    }
}

#[test]
fn a_copy_to_the_other_database_and_back_is_the_same() {
    for app in TestApp::on_each_database() {
        World::new(&app);
        let (there, _folder) = empty();
        let (back, _other_folder) = empty();
        let before = rows(&app.app.db);
        for ((there, _), (back, _)) in there.iter().zip(&back) {
            let (there, back) = (open(there), open(back));
            let counted = copy(&app.app.db, &there, &mut |_| {}).expect("a copy");
            assert_eq!(copy(&there, &back, &mut |_| {}).expect("a copy of the copy"), counted);
            assert_same(&before, &rows(&there));
            assert_same(&before, &rows(&back));
        }
    }
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let app = TestApp::on_each_database().next().expect("SQLite");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine");
    std::fs::write(&file, b"mine").expect("a file");
    let refused = backup(&app.app.db, &app.app.settings.data_dir, &file, &mut |_| {}).expect_err("refused");
    assert!(refused.to_string().ends_with("is there already, expected a new file; name another one"), "{refused}");
    assert_eq!(std::fs::read(&file).expect("a file"), b"mine");
}

#[test]
fn files_still_being_written_are_left_out() {
    let app = TestApp::on_each_database().next().expect("SQLite");
    World::new(&app);
    let data = &app.app.settings.data_dir;
    let hash = "ab".repeat(32);
    std::fs::create_dir_all(data.join("documents/ab")).expect("a folder");
    std::fs::write(data.join(format!("documents/ab/{hash}.00ff.part")), b"half").expect("a file");
    let (targets, folder) = empty();
    let file = folder.path().join("all.backup");
    backup(&app.app.db, data, &file, &mut |_| {}).expect("a backup");
    let (database, to) = &targets[0];
    restore(&file, &open(database), to, &mut |_| {}).expect("a restore");
    assert!(files(to).keys().all(|name| !name.ends_with(".part")));
}
