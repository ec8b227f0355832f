//! Signed-in devices and the tokens they hold.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::access::{SessionRow, SessionTokenRow};
use crate::storage::schema::people::{session, session_token};
use crate::storage::values::{Id, Moment};

/// Adds a session.
pub fn insert(conn: &mut Conn, row: &SessionRow) -> QueryResult<()> {
    diesel::insert_into(session::table).values(row).execute(conn).map(drop)
}

/// One session of a person, ended or not.
pub fn find(conn: &mut Conn, person_id: Id, id: Id) -> QueryResult<Option<SessionRow>> {
    session::table.find((person_id, id)).select(SessionRow::as_select()).first(conn).optional()
}

/// The sessions of a person that are open at `at`, newest first.
pub fn list_open(conn: &mut Conn, person_id: Id, at: Moment) -> QueryResult<Vec<SessionRow>> {
    session::table
        .filter(session::person_id.eq(person_id))
        .filter(session::ended_at.is_null())
        .filter(session::expires_at.gt(at))
        .order(session::id.desc())
        .select(SessionRow::as_select())
        .load(conn)
}

/// Up to `limit` of them behind the one with the key `after`, newest first.
pub fn open_after(
    conn: &mut Conn,
    person_id: Id,
    at: Moment,
    after: Option<Id>,
    limit: i64,
) -> QueryResult<Vec<SessionRow>> {
    session::table
        .filter(session::person_id.eq(person_id).and(session::id.lt(after.unwrap_or(Id(i64::MAX)))))
        .filter(session::ended_at.is_null())
        .filter(session::expires_at.gt(at))
        .order(session::id.desc())
        .limit(limit)
        .select(SessionRow::as_select())
        .load(conn)
}

/// Whether a person has ever had a session other than this one.
pub fn has_other(conn: &mut Conn, person_id: Id, id: Id) -> QueryResult<bool> {
    let others = session::table.filter(session::person_id.eq(person_id)).filter(session::id.ne(id));
    diesel::select(diesel::dsl::exists(others)).get_result(conn)
}

/// Ends one session. Answers how many were open.
pub fn end(conn: &mut Conn, person_id: Id, id: Id, at: Moment) -> QueryResult<usize> {
    let open = session::table.find((person_id, id)).filter(session::ended_at.is_null());
    diesel::update(open).set(session::ended_at.eq(at)).execute(conn)
}

/// Ends every session of a person. Answers how many were open.
pub fn end_all(conn: &mut Conn, person_id: Id, at: Moment) -> QueryResult<usize> {
    let open = session::table.filter(session::person_id.eq(person_id)).filter(session::ended_at.is_null());
    diesel::update(open).set(session::ended_at.eq(at)).execute(conn)
}

/// Adds a token of a session.
pub fn insert_token(conn: &mut Conn, row: &SessionTokenRow) -> QueryResult<()> {
    diesel::insert_into(session_token::table).values(row).execute(conn).map(drop)
}

/// A token by its hash, used up or not.
pub fn find_token(conn: &mut Conn, hash: &[u8]) -> QueryResult<Option<SessionTokenRow>> {
    session_token::table.find(hash).select(SessionTokenRow::as_select()).first(conn).optional()
}

/// Uses a token up. Answers 1 only to the one who used it first.
pub fn use_token(conn: &mut Conn, hash: &[u8], at: Moment) -> QueryResult<usize> {
    let open = session_token::table.find(hash).filter(session_token::used_at.is_null());
    diesel::update(open).set(session_token::used_at.eq(at)).execute(conn)
}

/// Moves the end of a token that is in use.
pub fn extend_token(conn: &mut Conn, hash: &[u8], until: Moment) -> QueryResult<usize> {
    diesel::update(session_token::table.find(hash)).set(session_token::expires_at.eq(until)).execute(conn)
}

/// Forgets sessions that ended or ran out before `before`, with their tokens. Answers how many.
pub fn forget(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    let over: Vec<(Id, Id)> = session::table
        .filter(session::expires_at.lt(before).nullable().or(session::ended_at.lt(before)))
        .select((session::person_id, session::id))
        .load(conn)?;
    for (person, id) in &over {
        let tokens =
            session_token::table.filter(session_token::person_id.eq(person)).filter(session_token::session_id.eq(id));
        diesel::delete(tokens).execute(conn)?;
        diesel::delete(session::table.find((person, id))).execute(conn)?;
    }
    Ok(over.len())
}
