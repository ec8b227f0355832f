//! The migrations go up, down and up again, and make the same tables on both databases.

use std::collections::BTreeMap;

use credtrail::storage::{Conn, Db, StoreError, migrate, references};

use super::tables::{Table, lines, tables};
use super::world::{empty, open};

fn looked_at(db: &Db) -> BTreeMap<String, Table> {
    db.maintain(|conn: &mut Conn<'_>| Ok::<_, StoreError>(tables(conn))).expect("a database")
}

fn migrated(db: &Db) -> BTreeMap<String, Table> {
    db.maintain(|conn: &mut Conn<'_>| migrate::run(conn)).expect("up");
    looked_at(db)
}

#[test]
fn every_migration_goes_up_down_and_up_again_to_the_same_tables() {
    let (targets, _folder) = empty();
    for (database, _) in targets {
        let db = open(&database);
        let first = migrated(&db);
        assert!(first.len() > 50, "{}", first.len());
        let undone = db.maintain(|conn: &mut Conn<'_>| migrate::undo_all(conn)).expect("down");
        assert_eq!(undone, 7, "{}", database.name());
        assert_eq!(looked_at(&db), BTreeMap::new(), "something is left on {}", database.name());
        let left = db
            .maintain(|conn: &mut Conn<'_>| {
                let query = match conn {
                    Conn::Sqlite(_) => {
                        "SELECT name AS line FROM sqlite_master WHERE tbl_name <> '__diesel_schema_migrations'"
                    }
                    Conn::Postgres(_) => {
                        "SELECT relname::text AS line FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
                         AND relname NOT LIKE '\\_\\_diesel%'"
                    }
                };
                Ok::<_, StoreError>(lines(conn, query))
            })
            .expect("a look");
        assert_eq!(left, Vec::<String>::new());
        assert_eq!(migrated(&db), first, "{}", database.name());
    }
}

#[test]
fn tables_of_a_newer_version_are_left_alone() {
    let (targets, _folder) = empty();
    for (database, _) in targets {
        let db = open(&database);
        migrated(&db);
        db.write(|conn| {
            super::tables::run(conn, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')");
            Ok::<_, StoreError>(())
        })
        .expect("changed");
        let error = db.maintain(|conn: &mut Conn<'_>| migrate::run(conn)).expect_err("refused");
        assert!(error.to_string().contains("a newer version made these tables"), "{error}");
    }
}

/// The tables of each database at hand.
pub fn each() -> Vec<(&'static str, BTreeMap<String, Table>)> {
    let (targets, _folder) = empty();
    targets.iter().map(|(database, _)| (database.name(), migrated(&open(database)))).collect()
}

#[test]
fn both_databases_have_the_same_tables_columns_and_keys() {
    let each = each();
    let [(_, sqlite), (_, postgres)] = &each[..] else {
        assert!(crate::support::Database::each(std::path::Path::new("")).len() == 1, "one database at hand");
        return;
    };
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, lite) in sqlite {
        let other = &postgres[name];
        let told = |table: &Table| -> Vec<(String, &str, bool)> {
            table.columns.iter().map(|c| (c.name.clone(), c.kind, c.nullable)).collect()
        };
        assert_eq!(told(lite), told(other), "columns of `{name}`");
        assert_eq!(lite.key, other.key, "primary key of `{name}`");
        assert_eq!(lite.unique, other.unique, "unique columns of `{name}`");
        assert_eq!(lite.foreign, other.foreign, "foreign keys of `{name}`");
        assert_eq!(lite.indexes, other.indexes, "indexes of `{name}`");
    }
}

#[test]
fn what_is_declared_as_a_foreign_key_is_not_listed_as_undeclared_and_every_name_exists() {
    for (database, tables) in each() {
        for reference in references::undeclared() {
            let table = &tables[&reference.table];
            let has = |table: &Table, all: &[String]| {
                all.iter().all(|name| table.columns.iter().any(|column| column.name == *name))
            };
            assert!(has(table, &reference.columns), "{reference:?} on {database}");
            assert!(has(&tables[&reference.target], &reference.target_columns), "{reference:?} on {database}");
            let as_key = (reference.columns.clone(), reference.target.clone(), reference.target_columns.clone());
            assert!(!table.foreign.contains(&as_key), "{reference:?} is a foreign key");
        }
    }
}
