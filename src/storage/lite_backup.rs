//! What only a backup has: the files of the data folder, and the seal by which a damaged backup is known.
//!
//! The seal holds for each table its number of rows and a hash over them, for the tables' definitions another
//! hash, and one over all of these. It is taken from what lies in the file, in SQL, so that it does not depend on
//! how a version of the program holds rows.

use diesel::connection::{DefaultLoadingMode, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use sha2::{Digest, Sha256};

use super::Conn;

diesel::table! {
    /// Files of the data folder.
    backup_file (name) {
        name -> Text,
        hash -> Text,
        content -> Binary,
    }
}

diesel::table! {
    /// What each table held.
    backup_seal (name) {
        name -> Text,
        rows -> BigInt,
        hash -> Text,
    }
}

/// A table and what it held.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = backup_seal)]
pub struct Sealed {
    /// The table, `(definitions)`, or `(all)`.
    pub name: String,
    /// Its rows.
    pub rows: i64,
    /// SHA-256 over them, in hex.
    pub hash: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    key: i64,
}

/// Makes the table of files in a backup.
pub fn make_file_table(conn: &mut Conn) -> QueryResult<()> {
    conn.batch_execute(
        "CREATE TABLE backup_file (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, content BLOB NOT NULL) STRICT",
    )
}

/// Adds a file to a backup.
pub fn add_file(conn: &mut Conn, name: &str, hash: &str, content: &[u8]) -> QueryResult<()> {
    let row = (backup_file::name.eq(name), backup_file::hash.eq(hash), backup_file::content.eq(content));
    diesel::insert_into(backup_file::table).values(row).execute(conn).map(drop)
}

/// The files of a backup with their hashes.
pub fn list_files(conn: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    backup_file::table.select((backup_file::name, backup_file::hash)).order(backup_file::name).load(conn)
}

/// The bytes of one file of a backup.
pub fn read_file(conn: &mut Conn, name: &str) -> QueryResult<Vec<u8>> {
    backup_file::table.find(name).select(backup_file::content).first(conn)
}

/// Seals a backup that is complete, and moves everything into the one file, so that it can be carried away
/// without its log.
pub fn close(conn: &mut Conn) -> QueryResult<()> {
    let parts = look(conn)?;
    conn.batch_execute(
        "CREATE TABLE backup_seal (name TEXT NOT NULL PRIMARY KEY, rows INTEGER NOT NULL, hash TEXT NOT NULL) STRICT",
    )?;
    diesel::insert_into(backup_seal::table).values(&parts).execute(conn)?;
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")
}

/// What does not hold what was sealed; nothing if the backup is as it was made. The bytes of files are not looked
/// at here, only their hashes.
pub fn broken(conn: &mut Conn) -> QueryResult<Option<String>> {
    let sealed: Vec<Sealed> = backup_seal::table.order(backup_seal::name).load(conn)?;
    let mut found = look(conn)?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let mut other: Vec<&Sealed> = sealed.iter().filter(|part| !found.contains(part)).collect();
    other.extend(found.iter().filter(|part| !sealed.contains(part)));
    // A table says more than the sum over all of them.
    let first = other.iter().find(|part| part.name != "(all)").or(other.first());
    Ok(first.map(|part| part.name.clone()))
}

/// What the file holds now.
fn look(conn: &mut Conn) -> QueryResult<Vec<Sealed>> {
    let tables: Vec<Line> = diesel::sql_query(
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' \
         AND name <> 'backup_seal' ORDER BY name",
    )
    .load(conn)?;
    let mut parts = vec![sum(
        conn,
        "(definitions)",
        "SELECT quote(type) || quote(name) || quote(tbl_name) || quote(sql) AS line FROM sqlite_master \
         WHERE tbl_name <> 'backup_seal' ORDER BY type, name",
    )?];
    for Line { line: table } in tables {
        let columns: Vec<Column> = diesel::sql_query("SELECT name, pk AS key FROM pragma_table_info(?) ORDER BY cid")
            .bind::<Text, _>(&table)
            .load(conn)?;
        let named = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        // The bytes of a file are checked against its own hash when they are read.
        let told = columns.iter().filter(|column| table != "backup_file" || column.name != "content");
        let told: Vec<String> = told.map(|column| format!("quote({})", named(&column.name))).collect();
        let mut key: Vec<&Column> = columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        let key: Vec<String> = key.iter().map(|column| named(&column.name)).collect();
        // Not from an index, which holds values a second time: what is restored is read from the table.
        let order = if key.is_empty() { "1".to_owned() } else { key.join(", ") };
        let query =
            format!("SELECT {} AS line FROM {} NOT INDEXED ORDER BY {order}", told.join(" || ',' || "), named(&table));
        parts.push(sum(conn, &table, &query)?);
    }
    let mut all = Sha256::new();
    for part in &parts {
        all.update(format!("{}\n{}\n{}\n", part.name, part.rows, part.hash));
    }
    let rows = parts.iter().map(|part| part.rows).sum();
    parts.push(Sealed { name: "(all)".to_owned(), rows, hash: hex::encode(all.finalize()) });
    Ok(parts)
}

fn sum(conn: &mut Conn, name: &str, query: &str) -> QueryResult<Sealed> {
    let (mut rows, mut hash) = (0_i64, Sha256::new());
    for line in diesel::sql_query(query).load_iter::<Line, DefaultLoadingMode>(conn)? {
        hash.update(line?.line);
        hash.update("\n");
        rows += 1;
    }
    Ok(Sealed { name: name.to_owned(), rows, hash: hex::encode(hash.finalize()) })
}
