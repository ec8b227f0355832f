//! What only SQLite does, under the names that [`super`]'s sibling for PostgreSQL has too.

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
