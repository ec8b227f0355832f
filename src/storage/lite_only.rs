//! What only SQLite does, under the names that [`super`]'s sibling for PostgreSQL has too.

use diesel::prelude::*;

use super::{Conn, ROWS_PER_INSERT};
use crate::storage::references::Reference;
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

/// The write transaction already holds the only write lock.
pub fn take_turn(_conn: &mut Conn, _organization: Id) -> QueryResult<()> {
    Ok(())
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

/// What SQLite itself finds wrong with the file: pages, indexes, columns.
pub fn integrity(conn: &mut Conn) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        integrity_check: String,
    }
    let lines: Vec<Line> = diesel::sql_query("PRAGMA integrity_check").load(conn)?;
    Ok(lines.into_iter().map(|line| line.integrity_check).filter(|line| line != "ok").collect())
}

/// The foreign keys that the tables declare.
pub fn declared_references(conn: &mut Conn) -> QueryResult<Vec<Reference>> {
    #[derive(QueryableByName)]
    struct Key {
        #[diesel(sql_type = diesel::sql_types::Text)]
        child: String,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        number: i64,
        #[diesel(sql_type = diesel::sql_types::Text)]
        child_column: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        parent: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        parent_column: String,
    }
    // A key that names no column of the other table means its primary key.
    let keys: Vec<Key> = diesel::sql_query(
        "SELECT m.name AS child, f.id AS number, f.\"from\" AS child_column, f.\"table\" AS parent, \
         COALESCE(f.\"to\", (SELECT i.name FROM pragma_table_info(f.\"table\") i WHERE i.pk = f.seq + 1)) AS parent_column \
         FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq",
    )
    .load(conn)?;
    let mut found: Vec<Reference> = Vec::new();
    let mut last = None;
    for key in keys {
        let this = (key.child.clone(), key.number);
        if last.as_ref() != Some(&this) {
            let (table, target) = (key.child, key.parent);
            found.push(Reference { table, columns: Vec::new(), target, target_columns: Vec::new() });
        }
        last = Some(this);
        if let Some(reference) = found.last_mut() {
            reference.columns.push(key.child_column);
            reference.target_columns.push(key.parent_column);
        }
    }
    Ok(found)
}
