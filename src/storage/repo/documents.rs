//! Documents that people handed in; their bytes lie outside the database.

use diesel::prelude::*;

use super::{Conn, LoadMode};
use crate::storage::rows::life::DocumentRow;
use crate::storage::schema::credentials::credential;
use crate::storage::schema::decisions::application;
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

/// Up to `limit` of them behind the one with the key `after`.
pub fn of_person_after(conn: &mut Conn, person: Id, after: Option<Id>, limit: i64) -> QueryResult<Vec<DocumentRow>> {
    document::table
        .filter(document::person_id.eq(person).and(document::erased_at.is_null()))
        .filter(document::id.gt(after.unwrap_or(Id(i64::MIN))))
        .order(document::id)
        .limit(limit)
        .select(DocumentRow::as_select())
        .load(conn)
}

/// The same without those for applications to other boards than this one.
pub fn of_person_for_board_after(
    conn: &mut Conn,
    (board, person): (Id, Id),
    after: Option<Id>,
    limit: i64,
) -> QueryResult<Vec<DocumentRow>> {
    let own =
        credential::table.filter(credential::organization_id.eq(board)).select(credential::id).load::<Id>(conn)?;
    let here = application::table
        .filter(application::person_id.eq(person).and(application::credential_id.eq_any(own)))
        .select(application::id)
        .load::<Id>(conn)?;
    document::table
        .filter(document::person_id.eq(person).and(document::erased_at.is_null()))
        .filter(document::about_kind.ne("application").or(document::about_id.eq_any(here)))
        .filter(document::id.gt(after.unwrap_or(Id(i64::MIN))))
        .order(document::id)
        .limit(limit)
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
