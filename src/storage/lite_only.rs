//! What only SQLite does, under the names that [`super`]'s sibling for PostgreSQL has too.

use diesel::prelude::*;

use super::Conn;
use crate::storage::schema::upkeep::audit_head;

/// Reads the head of the audit log. The write transaction already holds the only write lock.
pub fn lock_audit_head(conn: &mut Conn) -> QueryResult<Option<(i64, Vec<u8>)>> {
    audit_head::table.select((audit_head::seq, audit_head::hash)).first(conn).optional()
}
