//! Passwords and links sent by mail.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::access::{LoginRow, OneTimeTokenRow};
use crate::storage::schema::people::{login, one_time_token};
use crate::storage::values::{Id, Moment};

/// How a person signs in, if they can.
pub fn find(conn: &mut Conn, person_id: Id) -> QueryResult<Option<LoginRow>> {
    login::table.find(person_id).select(LoginRow::as_select()).first(conn).optional()
}

/// Sets a password and forgets wrong ones.
pub fn put(conn: &mut Conn, row: &LoginRow) -> QueryResult<()> {
    diesel::insert_into(login::table)
        .values(row)
        .on_conflict(login::person_id)
        .do_update()
        .set((
            login::password_hash.eq(&row.password_hash),
            login::changed_at.eq(row.changed_at),
            login::failures.eq(row.failures),
            login::locked_until.eq(row.locked_until),
        ))
        .execute(conn)
        .map(drop)
}

/// Counts one more attempt and answers the row as it then is. Counting in one statement, before the password
/// is looked at, leaves no gap for many at once.
pub fn count_attempt(conn: &mut Conn, person_id: Id) -> QueryResult<Option<LoginRow>> {
    diesel::update(login::table.find(person_id))
        .set(login::failures.eq(login::failures + 1))
        .returning(LoginRow::as_returning())
        .get_result(conn)
        .optional()
}

/// Lets no password be tried before `until`.
pub fn lock(conn: &mut Conn, person_id: Id, until: Moment) -> QueryResult<usize> {
    diesel::update(login::table.find(person_id)).set(login::locked_until.eq(until)).execute(conn)
}

/// Forgets wrong passwords after a right one.
pub fn clear_failures(conn: &mut Conn, person_id: Id) -> QueryResult<usize> {
    diesel::update(login::table.find(person_id))
        .set((login::failures.eq(0), login::locked_until.eq(None::<Moment>)))
        .execute(conn)
}

/// Adds a token for a link.
pub fn insert_token(conn: &mut Conn, row: &OneTimeTokenRow) -> QueryResult<()> {
    diesel::insert_into(one_time_token::table).values(row).execute(conn).map(drop)
}

/// A token by its hash, used up or not.
pub fn find_token(conn: &mut Conn, hash: &[u8]) -> QueryResult<Option<OneTimeTokenRow>> {
    one_time_token::table.find(hash).select(OneTimeTokenRow::as_select()).first(conn).optional()
}

/// Uses a token up. Answers the row only to the one who used it first, in time and for its purpose.
pub fn use_token(conn: &mut Conn, hash: &[u8], purpose: &str, at: Moment) -> QueryResult<Option<OneTimeTokenRow>> {
    let good = one_time_token::table
        .filter(one_time_token::token_hash.eq(hash))
        .filter(one_time_token::purpose.eq(purpose))
        .filter(one_time_token::used_at.is_null())
        .filter(one_time_token::expires_at.is_null().or(one_time_token::expires_at.gt(at)));
    diesel::update(good)
        .set(one_time_token::used_at.eq(at))
        .returning(OneTimeTokenRow::as_returning())
        .get_result(conn)
        .optional()
}

/// Uses up every open token of one purpose of a person.
pub fn void_tokens(conn: &mut Conn, person_id: Id, purpose: &str, at: Moment) -> QueryResult<usize> {
    let open = one_time_token::table
        .filter(one_time_token::person_id.eq(person_id))
        .filter(one_time_token::purpose.eq(purpose))
        .filter(one_time_token::used_at.is_null());
    diesel::update(open).set(one_time_token::used_at.eq(at)).execute(conn)
}

/// Forgets tokens that worked until before `before`, used or not. Those without an end stay.
pub fn forget_tokens(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(one_time_token::table.filter(one_time_token::expires_at.lt(before))).execute(conn)
}
