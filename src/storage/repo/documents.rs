//! Documents that people handed in; their bytes lie outside the database.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::life::DocumentRow;
use crate::storage::schema::facts::document;
use crate::storage::values::Id;

/// Adds a document.
pub fn insert(conn: &mut Conn, row: &DocumentRow) -> QueryResult<()> {
    diesel::insert_into(document::table).values(row).execute(conn).map(drop)
}

/// A person's documents that are not erased, oldest first.
pub fn of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<DocumentRow>> {
    document::table
        .filter(document::person_id.eq(person).and(document::erased_at.is_null()))
        .order(document::id)
        .select(DocumentRow::as_select())
        .load(conn)
}

/// The hashes under which the bytes of documents must lie.
pub fn hashes(conn: &mut Conn) -> QueryResult<Vec<(Id, String)>> {
    document::table
        .filter(document::erased_at.is_null())
        .order((document::person_id, document::id))
        .select((document::id, document::sha256))
        .load(conn)
}
