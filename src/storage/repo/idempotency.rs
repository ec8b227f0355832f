//! Requests that may come again.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::access::IdempotencyRow;
use crate::storage::schema::organizations::idempotency_key;
use crate::storage::values::Moment;

/// What was asked and answered under a key.
pub fn find(conn: &mut Conn, scope: &str, key: &str) -> QueryResult<Option<IdempotencyRow>> {
    idempotency_key::table.find((scope, key)).select(IdempotencyRow::as_select()).first(conn).optional()
}

/// Takes a key. Answers 0 when another request has it; on PostgreSQL waits until that one has ended.
pub fn take(conn: &mut Conn, row: &IdempotencyRow) -> QueryResult<usize> {
    diesel::insert_into(idempotency_key::table).values(row).on_conflict_do_nothing().execute(conn)
}

/// Stores the answer under a key.
pub fn answer(conn: &mut Conn, scope: &str, key: &str, status: i32, response: &str) -> QueryResult<usize> {
    diesel::update(idempotency_key::table.find((scope, key)))
        .set((idempotency_key::status.eq(status), idempotency_key::response.eq(response)))
        .execute(conn)
}

/// Forgets what was asked before `before`.
pub fn forget(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(idempotency_key::table.filter(idempotency_key::created_at.lt(before))).execute(conn)
}
