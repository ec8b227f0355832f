//! Documents that people handed in; their bytes lie outside the database.

use diesel::prelude::*;

use super::{Conn, LoadMode};
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

/// Tells the key and hash of every document that is not erased, without holding more than one.
pub fn each_hash(conn: &mut Conn, told: &mut dyn FnMut(Id, &str)) -> QueryResult<()> {
    let all = document::table
        .filter(document::erased_at.is_null())
        .order((document::person_id, document::id))
        .select((document::id, document::sha256));
    for row in all.load_iter::<(Id, String), LoadMode>(conn)? {
        let (id, hash) = row?;
        told(id, &hash);
    }
    Ok(())
}
