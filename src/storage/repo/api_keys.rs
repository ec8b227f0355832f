//! Keys for other systems.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::access::ApiKeyRow;
use crate::storage::schema::organizations::api_key;
use crate::storage::values::{Id, Moment};

/// Adds a key.
pub fn insert(conn: &mut Conn, row: &ApiKeyRow) -> QueryResult<()> {
    diesel::insert_into(api_key::table).values(row).execute(conn).map(drop)
}

/// A key by its hash, revoked or not.
pub fn find_by_hash(conn: &mut Conn, hash: &[u8]) -> QueryResult<Option<ApiKeyRow>> {
    api_key::table.find(hash).select(ApiKeyRow::as_select()).first(conn).optional()
}

/// Up to `limit` keys of an organization, oldest first, behind the one with the key `after`.
pub fn list_after(conn: &mut Conn, organization_id: Id, after: Option<Id>, limit: i64) -> QueryResult<Vec<ApiKeyRow>> {
    api_key::table
        .filter(api_key::organization_id.eq(organization_id).and(api_key::id.gt(after.unwrap_or(Id(i64::MIN)))))
        .order(api_key::id)
        .limit(limit)
        .select(ApiKeyRow::as_select())
        .load(conn)
}

/// Revokes a key of an organization. Answers how many were open.
pub fn revoke(conn: &mut Conn, organization_id: Id, id: Id, at: Moment) -> QueryResult<usize> {
    let open = api_key::table
        .filter(api_key::organization_id.eq(organization_id))
        .filter(api_key::id.eq(id))
        .filter(api_key::revoked_at.is_null());
    diesel::update(open).set(api_key::revoked_at.eq(at)).execute(conn)
}
