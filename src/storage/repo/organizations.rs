//! Organizations, boards, and who works in them.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::organizations::{BoardRow, MembershipRow, OrganizationRow};
use crate::storage::schema::organizations::{board, membership, organization};
use crate::storage::values::Id;

diesel::alias!(membership as newer_membership: NewerMembership);

/// Adds an organization.
pub fn insert(conn: &mut Conn, row: &OrganizationRow) -> QueryResult<()> {
    diesel::insert_into(organization::table).values(row).execute(conn).map(drop)
}

/// One organization.
pub fn find(conn: &mut Conn, id: Id) -> QueryResult<Option<OrganizationRow>> {
    organization::table.find(id).select(OrganizationRow::as_select()).first(conn).optional()
}

/// One organization by its name in addresses.
pub fn find_by_slug(conn: &mut Conn, slug: &str) -> QueryResult<Option<OrganizationRow>> {
    organization::table.filter(organization::slug.eq(slug)).select(OrganizationRow::as_select()).first(conn).optional()
}

/// Up to `limit` organizations, oldest first, behind the one with the key `after`.
pub fn list_after(conn: &mut Conn, after: Option<Id>, limit: i64) -> QueryResult<Vec<OrganizationRow>> {
    organization::table
        .filter(organization::id.gt(after.unwrap_or(Id(i64::MIN))))
        .order(organization::id)
        .limit(limit)
        .select(OrganizationRow::as_select())
        .load(conn)
}

/// Adds what a board decides about its work.
pub fn insert_board(conn: &mut Conn, row: &BoardRow) -> QueryResult<()> {
    diesel::insert_into(board::table).values(row).execute(conn).map(drop)
}

/// What a board decides about its work.
pub fn find_board(conn: &mut Conn, organization_id: Id) -> QueryResult<Option<BoardRow>> {
    board::table.find(organization_id).select(BoardRow::as_select()).first(conn).optional()
}

/// Adds a membership, or its next state.
pub fn insert_membership(conn: &mut Conn, row: &MembershipRow) -> QueryResult<()> {
    diesel::insert_into(membership::table).values(row).execute(conn).map(drop)
}

/// Every state of every membership of a person: by membership, oldest first.
pub fn list_memberships_of(conn: &mut Conn, person_id: Id) -> QueryResult<Vec<MembershipRow>> {
    membership::table
        .filter(membership::person_id.eq(person_id))
        .order((membership::id, membership::revision))
        .select(MembershipRow::as_select())
        .load(conn)
}

/// Up to `limit` memberships in an organization as they stand, oldest first, behind the one with the key `after`.
pub fn memberships_in_after(
    conn: &mut Conn,
    organization_id: Id,
    after: Option<Id>,
    limit: i64,
) -> QueryResult<Vec<MembershipRow>> {
    membership::table
        .filter(membership::organization_id.eq(organization_id))
        .filter(membership::id.gt(after.unwrap_or(Id(i64::MIN))))
        .filter(newest!(membership, newer_membership, person_id))
        .order(membership::id)
        .limit(limit)
        .select(MembershipRow::as_select())
        .load(conn)
}

/// Every state of one membership in an organization, oldest first.
pub fn list_membership(conn: &mut Conn, organization_id: Id, id: Id) -> QueryResult<Vec<MembershipRow>> {
    membership::table
        .filter(membership::organization_id.eq(organization_id))
        .filter(membership::id.eq(id))
        .order(membership::revision)
        .select(MembershipRow::as_select())
        .load(conn)
}
