//! Every row of every table as text that is the same on both databases, read with SQL of its own.

use std::collections::BTreeMap;
use std::path::Path;

use credtrail::storage::{Conn, Db, StoreError};

use super::tables::{lines, tables};

/// The rows of every table, in one order.
pub type Rows = BTreeMap<String, Vec<String>>;

/// Every row of every table.
pub fn rows(db: &Db) -> Rows {
    db.read(|conn| Ok::<_, StoreError>(rows_of(conn))).expect("a database")
}

fn rows_of(conn: &mut Conn<'_>) -> Rows {
    let lite = matches!(conn, Conn::Sqlite(_));
    let mut all = Rows::new();
    for (name, table) in tables(conn) {
        let told: Vec<String> = table
            .columns
            .iter()
            .map(|column| {
                let text = match (column.declared.to_lowercase().as_str(), lite) {
                    ("blob", _) => format!("hex({})", column.name),
                    ("bytea", _) => format!("upper(encode({}, 'hex'))", column.name),
                    ("boolean", _) => format!("CAST(CAST({} AS INTEGER) AS TEXT)", column.name),
                    _ => format!("CAST({} AS TEXT)", column.name),
                };
                format!("COALESCE('{}=' || {text}, '{} is empty')", column.name, column.name)
            })
            .collect();
        let mut rows = lines(conn, &format!("SELECT {} AS line FROM {name}", told.join(" || '; ' || ")));
        rows.sort();
        all.insert(name, rows);
    }
    all
}

/// Every file of the data folder that belongs to the facts, by its place in it.
pub fn files(data: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for folder in ["certificates", "documents", "keys"] {
        collect(data, &data.join(folder), &mut found);
    }
    found
}

fn collect(data: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(data, &path, into);
        } else {
            let name = path.strip_prefix(data).expect("inside").to_string_lossy().into_owned();
            into.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
}

/// Asserts that two databases hold the same, and says which table does not.
#[track_caller]
pub fn assert_same(left: &Rows, right: &Rows) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (table, rows) in left {
        assert_eq!(rows, &right[table], "`{table}` differs");
    }
}
