//! Terms that come to their end, and the reminders that were written of them.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::awards::TermRow;
use crate::storage::rows::upkeep::ReminderRow;
use crate::storage::schema::awards::award_term;
use crate::storage::schema::upkeep::reminder;
use crate::storage::values::{Day, Id};

/// Up to `limit` terms that end in `from..=through`, after the term `after`, by end and key.
pub fn terms_ending(
    conn: &mut Conn,
    from: Day,
    through: Day,
    after: Option<(Day, Id)>,
    limit: i64,
) -> QueryResult<Vec<TermRow>> {
    let (day, id) = after.unwrap_or((Day(i32::MIN), Id(i64::MIN)));
    award_term::table
        // The page begins in the index where the last one ended.
        .filter(award_term::through_day.ge(from.max(day)))
        .filter(award_term::through_day.le(through))
        .filter(award_term::through_day.gt(day).or(award_term::through_day.eq(day).and(award_term::id.gt(id))))
        .order((award_term::through_day, award_term::id))
        .limit(limit)
        .select(TermRow::as_select())
        .load(conn)
}

/// Whether a reminder was written before.
pub fn is_taken(conn: &mut Conn, person: Id, term: Id, kind: &str, offset: i32, deadline: Day) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(reminder::table.find((person, term, kind, offset, deadline)))).get_result(conn)
}

/// Takes a reminder's place. Answers 0 if it was taken before: then it was written.
pub fn take(conn: &mut Conn, row: &ReminderRow) -> QueryResult<usize> {
    diesel::insert_into(reminder::table).values(row).on_conflict_do_nothing().execute(conn)
}

/// The reminders of a person.
pub fn of_person(conn: &mut Conn, person_id: Id) -> QueryResult<Vec<ReminderRow>> {
    reminder::table
        .filter(reminder::person_id.eq(person_id))
        .order((reminder::term_id, reminder::deadline, reminder::offset_days.desc()))
        .select(ReminderRow::as_select())
        .load(conn)
}
