//! Work that waits: written in the transaction of the change it belongs to, claimed for a time, taken away when done.

use diesel::prelude::*;

use super::{Conn, only};
use crate::storage::rows::upkeep::OutboxRow;
use crate::storage::schema::upkeep::outbox;
use crate::storage::values::{Id, Moment};

/// Adds work.
pub fn insert(conn: &mut Conn, row: &OutboxRow) -> QueryResult<()> {
    diesel::insert_into(outbox::table).values(row).execute(conn).map(drop)
}

/// Claims up to `limit` pieces of work due at `now` until `until`, earliest first. No other worker gets them
/// before that; after it they are free again, which is how the work of a worker that died comes back.
pub fn claim(conn: &mut Conn, now: Moment, until: Moment, limit: i64) -> QueryResult<Vec<OutboxRow>> {
    let due = only::due_work(conn, now, limit)?;
    let mut rows: Vec<OutboxRow> = diesel::update(outbox::table.filter(outbox::id.eq_any(due)))
        .set((outbox::locked_until.eq(until), outbox::attempts.eq(outbox::attempts + 1)))
        .returning(OutboxRow::as_returning())
        .get_results(conn)?;
    rows.sort_by_key(|row| (row.run_at, row.id));
    Ok(rows)
}

/// Takes finished work away, if the claim of `attempt` still holds. Answers how many rows that was.
pub fn finish(conn: &mut Conn, id: Id, attempt: i32) -> QueryResult<usize> {
    diesel::delete(outbox::table.find(id).filter(outbox::attempts.eq(attempt))).execute(conn)
}

/// Puts work off until `run_at`, if the claim of `attempt` still holds.
pub fn put_off(conn: &mut Conn, id: Id, attempt: i32, run_at: Moment, problem: &str) -> QueryResult<usize> {
    diesel::update(outbox::table.find(id).filter(outbox::attempts.eq(attempt)))
        .set((outbox::run_at.eq(run_at), outbox::locked_until.eq(Moment(0)), outbox::last_problem.eq(problem)))
        .execute(conn)
}

/// Lays work aside for the operator, if the claim of `attempt` still holds.
pub fn park(conn: &mut Conn, id: Id, attempt: i32, problem: &str) -> QueryResult<usize> {
    diesel::update(outbox::table.find(id).filter(outbox::attempts.eq(attempt)))
        .set((outbox::state.eq("parked"), outbox::locked_until.eq(Moment(0)), outbox::last_problem.eq(problem)))
        .execute(conn)
}

/// Lets all parked work be tried again, from the first attempt on. Answers how many there were.
pub fn unpark_all(conn: &mut Conn, run_at: Moment) -> QueryResult<usize> {
    diesel::update(outbox::table.filter(outbox::state.eq("parked")))
        .set((outbox::state.eq("waiting"), outbox::attempts.eq(0), outbox::run_at.eq(run_at)))
        .execute(conn)
}

/// Parked work, oldest first.
pub fn list_parked(conn: &mut Conn, limit: i64) -> QueryResult<Vec<OutboxRow>> {
    outbox::table
        .filter(outbox::state.eq("parked"))
        .order((outbox::run_at, outbox::id))
        .limit(limit)
        .select(OutboxRow::as_select())
        .load(conn)
}

/// How much work is in `state`.
pub fn count(conn: &mut Conn, state: &str) -> QueryResult<i64> {
    outbox::table.filter(outbox::state.eq(state)).count().get_result(conn)
}

/// When the oldest waiting work was due, for watching over the worker.
pub fn oldest_due(conn: &mut Conn) -> QueryResult<Option<Moment>> {
    outbox::table.filter(outbox::state.eq("waiting")).select(diesel::dsl::min(outbox::run_at)).first(conn)
}
