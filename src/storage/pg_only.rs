//! What only PostgreSQL does, under the names that [`super`]'s sibling for SQLite has too.

use diesel::prelude::*;

use super::Conn;
use crate::storage::references::Reference;
use crate::storage::rows::learning::{CompletionRow, CompletionTopicRow};
use crate::storage::schema::facts::{completion, completion_topic};
use crate::storage::schema::upkeep::{audit_head, outbox};
use crate::storage::values::{Id, Moment};

/// Reads the head of the audit log and makes other writers of it wait until this transaction ends.
pub fn lock_audit_head(conn: &mut Conn) -> QueryResult<Option<(i64, Vec<u8>)>> {
    audit_head::table.select((audit_head::seq, audit_head::hash)).for_update().first(conn).optional()
}

/// The keys of up to `limit` pieces of work due at `now`, earliest first. Other workers pass over them
/// until this transaction ends.
pub fn due_work(conn: &mut Conn, now: Moment, limit: i64) -> QueryResult<Vec<Id>> {
    outbox::table
        .filter(outbox::state.eq("waiting").and(outbox::run_at.le(now)).and(outbox::locked_until.le(now)))
        .order((outbox::run_at, outbox::id))
        .limit(limit)
        .select(outbox::id)
        .for_update()
        .skip_locked()
        .load(conn)
}

/// Makes others who record something of `organization` wait until this transaction ends, so that none of them overlooks
/// what another is about to store.
pub fn take_turn(conn: &mut Conn, organization: Id) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(organization.0)
        .execute(conn)
        .map(drop)
}

/// Adds many completions with COPY, four times as fast as inserts.
pub fn bulk_completions(conn: &mut Conn, rows: &[CompletionRow]) -> QueryResult<()> {
    diesel::copy_from(completion::table).from_insertable(rows).execute(conn).map(drop)
}

/// Adds many topics of completions with COPY.
pub fn bulk_completion_topics(conn: &mut Conn, rows: &[CompletionTopicRow]) -> QueryResult<()> {
    diesel::copy_from(completion_topic::table).from_insertable(rows).execute(conn).map(drop)
}

/// PostgreSQL checks pages and keys itself; there is nothing to ask for here.
pub fn integrity(_conn: &mut Conn) -> QueryResult<Vec<String>> {
    Ok(Vec::new())
}

/// The foreign keys that the tables declare.
pub fn declared_references(conn: &mut Conn) -> QueryResult<Vec<Reference>> {
    #[derive(QueryableByName)]
    struct Key {
        #[diesel(sql_type = diesel::sql_types::Text)]
        child: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        child_columns: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        parent: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        parent_columns: String,
    }
    let keys: Vec<Key> = diesel::sql_query(
        "SELECT child.relname::text AS child, parent.relname::text AS parent, \
         (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place) \
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) AS child_columns, \
         (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place) \
          JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number) AS parent_columns \
         FROM pg_constraint c JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid \
         WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY c.oid",
    )
    .load(conn)?;
    let columns = |text: &str| text.split(',').map(str::to_owned).collect();
    let reference = |key: Key| Reference {
        columns: columns(&key.child_columns),
        target_columns: columns(&key.parent_columns),
        table: key.child,
        target: key.parent,
    };
    Ok(keys.into_iter().map(reference).collect())
}
