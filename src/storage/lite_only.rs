//! What only SQLite does, under the names that [`super`]'s sibling for PostgreSQL has too.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{Conn, ROWS_PER_INSERT};
use crate::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use crate::storage::schema::facts::{completion, completion_topic};
use crate::storage::schema::upkeep::{audit_head, outbox};
use crate::storage::values::{Id, Moment};

/// Reads the head of the audit log. The write transaction already holds the only write lock.
pub fn lock_audit_head(conn: &mut Conn) -> QueryResult<Option<(i64, Vec<u8>)>> {
    audit_head::table.select((audit_head::seq, audit_head::hash)).first(conn).optional()
}

/// The keys of up to `limit` pieces of work due at `now`, earliest first. The write transaction already holds the only
/// write lock.
pub fn due_work(conn: &mut Conn, now: Moment, limit: i64) -> QueryResult<Vec<Id>> {
    outbox::table
        .filter(outbox::state.eq("waiting").and(outbox::run_at.le(now)).and(outbox::locked_until.le(now)))
        .order((outbox::run_at, outbox::id))
        .limit(limit)
        .select(outbox::id)
        .load(conn)
}

/// Adds many completions: multi-row inserts, which beat `.import` of SQLite's own shell.
pub fn bulk_completions(conn: &mut Conn, rows: &[CompletionRow]) -> QueryResult<()> {
    for chunk in rows.chunks(ROWS_PER_INSERT) {
        diesel::insert_into(completion::table).values(chunk).execute(conn)?;
    }
    Ok(())
}

/// Adds many topics of completions.
pub fn bulk_completion_topics(conn: &mut Conn, rows: &[CompletionTopicRow]) -> QueryResult<()> {
    for chunk in rows.chunks(ROWS_PER_INSERT) {
        diesel::insert_into(completion_topic::table).values(chunk).execute(conn)?;
    }
    Ok(())
}

diesel::table! {
    /// Files of the data folder, in backups only.
    backup_file (name) {
        name -> Text,
        hash -> Text,
        content -> Binary,
    }
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

/// Moves everything into the one file, so that it can be carried away without its log.
pub fn close_file(conn: &mut Conn) -> QueryResult<()> {
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")
}

/// What SQLite itself finds wrong with the file: pages, indexes, foreign keys.
pub fn integrity(conn: &mut Conn) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        integrity_check: String,
    }
    #[derive(QueryableByName)]
    struct Broken {
        #[diesel(sql_type = diesel::sql_types::Text)]
        table: String,
    }
    let lines: Vec<Line> = diesel::sql_query("PRAGMA integrity_check").load(conn)?;
    let mut found: Vec<String> =
        lines.into_iter().map(|line| line.integrity_check).filter(|line| line != "ok").collect();
    let broken: Vec<Broken> = diesel::sql_query("PRAGMA foreign_key_check").load(conn)?;
    found.extend(broken.into_iter().map(|row| format!("a row of `{}` points at nothing", row.table)));
    Ok(found)
}
