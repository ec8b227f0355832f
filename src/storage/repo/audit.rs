//! The tamper-evident log. Rows are only ever added, each sealed over the one before.

use diesel::prelude::*;

use super::{Conn, only};
use crate::storage::audit::{AuditRow, Entry, seal};
use crate::storage::schema::upkeep::{audit_head, audit_log};

/// Adds `entry` as the newest row and moves the head.
pub fn append(conn: &mut Conn, entry: &Entry) -> QueryResult<AuditRow> {
    let (last, previous) = only::lock_audit_head(conn)?.unwrap_or((0, Vec::new()));
    let row = seal(last + 1, previous, entry);
    diesel::insert_into(audit_log::table).values(&row).execute(conn)?;
    let head = (audit_head::id.eq(1), audit_head::seq.eq(row.seq), audit_head::hash.eq(row.hash.clone()));
    diesel::insert_into(audit_head::table)
        .values(&head)
        .on_conflict(audit_head::id)
        .do_update()
        .set((audit_head::seq.eq(row.seq), audit_head::hash.eq(row.hash.clone())))
        .execute(conn)?;
    Ok(row)
}

/// Up to `limit` rows after `seq`, oldest first.
pub fn list_after(conn: &mut Conn, seq: i64, limit: i64) -> QueryResult<Vec<AuditRow>> {
    audit_log::table
        .filter(audit_log::seq.gt(seq))
        .order(audit_log::seq)
        .limit(limit)
        .select(AuditRow::as_select())
        .load(conn)
}

/// The number and hash of the newest row.
pub fn head(conn: &mut Conn) -> QueryResult<Option<(i64, Vec<u8>)>> {
    audit_head::table.select((audit_head::seq, audit_head::hash)).first(conn).optional()
}
