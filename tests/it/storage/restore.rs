//! What is not a whole backup of this version is refused, and then nothing is brought back.

use std::fs;
use std::path::{Path, PathBuf};

use credtrail::storage::backup::{BackupError, backup, restore};
use credtrail::storage::copy::CopyError;
use credtrail::storage::{Conn, DatabaseUrl, Db, StoreError};

use super::same::{assert_same, files, rows};
use super::tables::run;
use super::world::{World, empty, is_empty, open};
use crate::support::TestApp;

/// A backup of the world, and what it was made of.
struct Made {
    app: TestApp,
    file: PathBuf,
    folder: tempfile::TempDir,
}

fn made() -> Made {
    let app = TestApp::on_each_database().next().expect("SQLite");
    World::new(&app);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("all.backup");
    backup(&app.app.db, &app.app.settings.data_dir, &file, &mut |_| {}).expect("a backup");
    Made { app, file, folder }
}

/// Restoring into an empty database of each kind is refused and leaves both database and folder empty.
#[track_caller]
fn refused(file: &Path, fits: impl Fn(&BackupError) -> bool) {
    let (targets, _folder) = empty();
    for (database, data) in targets {
        let db = open(&database);
        let error = restore(file, &db, &data, &mut |_| {}).expect_err("refused");
        assert!(fits(&error), "{}: {error:?}", database.name());
        assert!(is_empty(&db), "rows are back in {}", database.name());
        assert!(files(&data).is_empty(), "files are back");
    }
}

/// Changes a backup as somebody with SQL would.
fn by_sql(file: &Path, statements: &[&str]) {
    let db = Db::open(&DatabaseUrl::Sqlite(file.to_owned()), 1).expect("a file");
    db.maintain(|conn: &mut Conn<'_>| {
        statements.iter().for_each(|statement| run(conn, statement));
        Ok::<_, StoreError>(())
    })
    .expect("changed");
}

fn damaged(what: &str) -> impl Fn(&BackupError) -> bool + '_ {
    move |error| matches!(error, BackupError::Damaged(found) if found.contains(what))
}

#[test]
fn a_database_or_folder_in_use_is_refused() {
    let made = made();
    let (targets, _folder) = empty();
    for (database, data) in targets {
        let again = TestApp::over(database, &data);
        again.person("Somebody Else");
        let before = rows(&again.app.db);
        let kept = files(&data);
        let error = restore(&made.file, &again.app.db, &made.folder.path().join("new"), &mut |_| {});
        assert!(matches!(error, Err(BackupError::Copy(CopyError::NotEmpty { .. }))), "{error:?}");
        assert_same(&before, &rows(&again.app.db));
        assert_eq!(files(&data), kept);
        assert!(files(&made.folder.path().join("new")).is_empty());
    }
    let (targets, _folder) = empty();
    for (database, data) in targets {
        fs::create_dir_all(data.join("keys")).expect("a folder");
        fs::write(data.join("keys/access.key"), b"another key").expect("a file");
        let db = open(&database);
        let error = restore(&made.file, &db, &data, &mut |_| {});
        assert!(matches!(&error, Err(BackupError::InTheWay(path)) if path.ends_with("access.key")), "{error:?}");
        assert!(is_empty(&db) && files(&data).len() == 1);
    }
}

#[test]
fn a_truncated_backup_is_refused_wherever_it_is_cut() {
    let made = made();
    let whole = fs::read(&made.file).expect("a backup");
    let cut = made.folder.path().join("cut.backup");
    for kept in [0, 10, 100, 4_096, whole.len() / 2, whole.len() - 4_096, whole.len() - 1] {
        fs::write(&cut, &whole[..kept]).expect("a file");
        refused(&cut, |error| matches!(error, BackupError::Damaged(_) | BackupError::NoBackup(_)));
    }
}

#[test]
fn a_changed_row_is_refused() {
    let made = made();
    by_sql(&made.file, &["UPDATE person_name SET name = 'Somebody Else' WHERE name LIKE 'Dana%'"]);
    refused(&made.file, damaged("the table `person_name`"));
}

#[test]
fn a_changed_file_is_refused_and_no_row_is_back() {
    let made = made();
    by_sql(
        &made.file,
        &["UPDATE backup_file SET content = zeroblob(length(content)) WHERE name LIKE 'certificates/%'"],
    );
    refused(&made.file, damaged("the file `certificates/"));
}

#[test]
fn a_dropped_row_a_dropped_index_and_a_changed_seal_are_refused() {
    let made = made();
    for (name, statement, what) in [
        ("row", "DELETE FROM delivery", "the table `delivery`"),
        ("index", "DROP INDEX award_term_by_through_day", "the table `(definitions)`"),
        ("seal", "UPDATE backup_seal SET rows = rows + 1 WHERE name = 'login'", "the table `login`"),
        ("hash", "UPDATE backup_file SET hash = 'x' WHERE name LIKE 'keys/%'", "the table `backup_file`"),
    ] {
        let file = made.folder.path().join(name);
        fs::copy(&made.file, &file).expect("a copy");
        by_sql(&file, &[statement]);
        refused(&file, damaged(what));
    }
}

#[test]
fn a_byte_flipped_anywhere_is_refused_or_changes_nothing() {
    let made = made();
    let whole = fs::read(&made.file).expect("a backup");
    let (before, kept) = (rows(&made.app.app.db), files(&made.app.app.settings.data_dir));
    let flipped = made.folder.path().join("flipped.backup");
    // A page is filled from its end; what is flipped in unused room or in an index changes nothing that is restored.
    let (mut found, mut tried) = (0, 0);
    for at in (4_086..whole.len()).step_by(3 * 4_096) {
        tried += 1;
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&flipped, &bytes).expect("a file");
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(&DatabaseUrl::Sqlite(folder.path().join("t.sqlite3")), 1).expect("a database");
        let data = folder.path().join("data");
        if restore(&flipped, &db, &data, &mut |_| {}).is_ok() {
            assert_same(&before, &rows(&db));
            assert_eq!(files(&data), kept);
        } else {
            found += 1;
            assert!(is_empty(&db) && files(&data).is_empty(), "something is back with byte {at} flipped");
        }
    }
    assert!(tried > 10 && found * 3 >= tried, "most bytes of a backup matter: {found} of {tried}");
}

#[test]
fn a_backup_of_another_version_is_told_as_such() {
    let made = made();
    for (name, statement) in [
        ("newer", "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')"),
        (
            "older",
            "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)",
        ),
    ] {
        // As that version would have made it: changed, then sealed.
        let db = open_copy(&made, name);
        db.write(|conn| {
            run(conn, statement);
            Ok::<_, StoreError>(())
        })
        .expect("changed");
        let file = made.folder.path().join(format!("{name}.backup"));
        seal_again(&made, &db, &file);
        refused(&file, |error| match error {
            BackupError::Copy(CopyError::Ahead(1)) => name == "newer",
            BackupError::Copy(CopyError::Behind(1)) => name == "older",
            _ => false,
        });
    }
}

/// The backup under another name, opened.
fn open_copy(made: &Made, name: &str) -> Db {
    let file = made.folder.path().join(name);
    fs::copy(&made.file, &file).expect("a copy");
    Db::open(&DatabaseUrl::Sqlite(file), 1).expect("a file")
}

/// Seals what is in `db` anew, into `file`.
fn seal_again(made: &Made, db: &Db, file: &Path) {
    db.maintain(|conn: &mut Conn<'_>| {
        run(conn, "DROP TABLE backup_seal");
        let Conn::Sqlite(c) = conn else { panic!("a backup is a SQLite file") };
        credtrail::storage::lite::backup::close(c).map_err(StoreError::from)
    })
    .expect("sealed");
    let name = if file.ends_with("newer.backup") { "newer" } else { "older" };
    fs::copy(made.folder.path().join(name), file).expect("a copy");
}

#[test]
fn what_is_no_backup_is_refused() {
    let made = made();
    let text = made.folder.path().join("text");
    fs::write(&text, "not a database at all, but long enough to look at").expect("a file");
    let other = made.folder.path().join("other.sqlite3");
    by_sql(&other, &["CREATE TABLE backup_file (name TEXT)"]);
    for file in [text, other, made.folder.path().join("missing")] {
        refused(&file, |error| matches!(error, BackupError::NoBackup(_)));
    }
}

#[test]
fn restoring_changes_no_byte_of_the_backup() {
    let made = made();
    let before = fs::read(&made.file).expect("a backup");
    let (targets, _folder) = empty();
    for (database, data) in targets {
        restore(&made.file, &open(&database), &data, &mut |_| {}).expect("a restore");
    }
    assert_eq!(fs::read(&made.file).expect("a backup"), before);
    let beside: Vec<_> = fs::read_dir(made.folder.path()).expect("a folder").collect();
    assert_eq!(beside.len(), 1, "no log beside it: {beside:?}");
}
