//! What people were told, what became of the mails, and what they want to be told.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::upkeep::{DeliveryRow, NoticeRow};
use crate::storage::schema::upkeep::{delivery, notice, notice_preference};
use crate::storage::values::{Id, Moment};

/// Adds a notice, unless one with its key is there. Answers how many were added.
pub fn insert(conn: &mut Conn, row: &NoticeRow) -> QueryResult<usize> {
    diesel::insert_into(notice::table).values(row).on_conflict_do_nothing().execute(conn)
}

/// Up to `limit` notices of a person before the key `before`, newest first.
pub fn list_of(conn: &mut Conn, person_id: Id, before: Id, limit: i64) -> QueryResult<Vec<NoticeRow>> {
    notice::table
        .filter(notice::person_id.eq(person_id))
        .filter(notice::id.lt(before))
        .order(notice::id.desc())
        .limit(limit)
        .select(NoticeRow::as_select())
        .load(conn)
}

/// Adds what became of a mail.
pub fn log_delivery(conn: &mut Conn, row: &DeliveryRow) -> QueryResult<()> {
    diesel::insert_into(delivery::table).values(row).execute(conn).map(drop)
}

/// How many times what became of a notice's mail was written down.
pub fn last_attempt(conn: &mut Conn, person_id: Id, notice_id: Id) -> QueryResult<i32> {
    let of_notice = delivery::table.filter(delivery::person_id.eq(person_id).and(delivery::notice_id.eq(notice_id)));
    let last: Option<i32> = of_notice.select(diesel::dsl::max(delivery::attempt)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// What became of a person's mails, by notice and attempt.
pub fn deliveries_of(conn: &mut Conn, person_id: Id) -> QueryResult<Vec<DeliveryRow>> {
    delivery::table
        .filter(delivery::person_id.eq(person_id))
        .order((delivery::notice_id, delivery::attempt))
        .select(DeliveryRow::as_select())
        .load(conn)
}

/// Whether a person wants notices of a kind; `None` if they never said.
pub fn wanted(conn: &mut Conn, person_id: Id, kind: &str) -> QueryResult<Option<bool>> {
    notice_preference::table.find((person_id, kind)).select(notice_preference::wanted).first(conn).optional()
}

/// Sets whether a person wants notices of a kind.
pub fn set_wanted(conn: &mut Conn, person_id: Id, kind: &str, wanted: bool, at: Moment) -> QueryResult<()> {
    diesel::insert_into(notice_preference::table)
        .values((
            notice_preference::person_id.eq(person_id),
            notice_preference::kind.eq(kind),
            notice_preference::wanted.eq(wanted),
            notice_preference::changed_at.eq(at),
        ))
        .on_conflict((notice_preference::person_id, notice_preference::kind))
        .do_update()
        .set((notice_preference::wanted.eq(wanted), notice_preference::changed_at.eq(at)))
        .execute(conn)
        .map(drop)
}
