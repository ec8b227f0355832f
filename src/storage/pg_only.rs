//! What only PostgreSQL does, under the names that [`super`]'s sibling for SQLite has too.

use diesel::prelude::*;

use super::Conn;
use crate::storage::schema::upkeep::audit_head;

/// Reads the head of the audit log and makes other writers of it wait until this transaction ends.
pub fn lock_audit_head(conn: &mut Conn) -> QueryResult<Option<(i64, Vec<u8>)>> {
    audit_head::table.select((audit_head::seq, audit_head::hash)).for_update().first(conn).optional()
}
