//! Applications, their events, the board's queue and review items.

use diesel::dsl::max;
use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::applications::{ApplicationEventRow, ApplicationRow, OpenRow, QueueRow, ReviewItemRow};
use crate::storage::schema::decisions::{application, application_event, application_open, board_queue, review_item};
use crate::storage::values::{Day, Id};

/// Stores an application.
pub fn insert(conn: &mut Conn, row: &ApplicationRow) -> QueryResult<()> {
    diesel::insert_into(application::table).values(row).execute(conn).map(|_| ())
}

/// One person's application.
pub fn find(conn: &mut Conn, person: Id, id: Id) -> QueryResult<Option<ApplicationRow>> {
    application::table.find((person, id)).select(ApplicationRow::as_select()).first(conn).optional()
}

/// A person's applications, oldest first.
pub fn of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<ApplicationRow>> {
    application::table
        .filter(application::person_id.eq(person))
        .order(application::id)
        .select(ApplicationRow::as_select())
        .load(conn)
}

/// Up to `limit` applications of a person, oldest first, behind the one with the key `after`.
pub fn of_person_after(conn: &mut Conn, person: Id, after: Option<Id>, limit: i64) -> QueryResult<Vec<ApplicationRow>> {
    application::table
        .filter(application::person_id.eq(person).and(application::id.gt(after.unwrap_or(Id(i64::MIN)))))
        .order(application::id)
        .limit(limit)
        .select(ApplicationRow::as_select())
        .load(conn)
}

/// Pins an application to a version.
pub fn pin(conn: &mut Conn, person: Id, id: Id, version: &str) -> QueryResult<()> {
    diesel::update(application::table.find((person, id)))
        .set(application::version.eq(version))
        .execute(conn)
        .map(|_| ())
}

/// Adds what happened as the next event.
pub fn insert_event(conn: &mut Conn, row: &ApplicationEventRow) -> QueryResult<()> {
    diesel::insert_into(application_event::table).values(row).execute(conn).map(|_| ())
}

/// What happened to one application, in order.
pub fn events(conn: &mut Conn, person: Id, application: Id) -> QueryResult<Vec<ApplicationEventRow>> {
    application_event::table
        .filter(application_event::person_id.eq(person))
        .filter(application_event::application_id.eq(application))
        .order(application_event::seq)
        .select(ApplicationEventRow::as_select())
        .load(conn)
}

/// What happened to all applications of a person, in order.
pub fn events_of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<ApplicationEventRow>> {
    application_event::table
        .filter(application_event::person_id.eq(person))
        .order((application_event::application_id, application_event::seq))
        .select(ApplicationEventRow::as_select())
        .load(conn)
}

/// Takes the one place for an open application of this kind; answers whether it was free. On PostgreSQL waits until
/// another that takes it at the same moment has ended.
pub fn open(conn: &mut Conn, row: &OpenRow) -> QueryResult<bool> {
    diesel::insert_into(application_open::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|added| added == 1)
}

/// Which application of this kind is open.
pub fn find_open(conn: &mut Conn, person: Id, credential: Id, purpose: &str) -> QueryResult<Option<Id>> {
    application_open::table
        .find((person, credential, purpose))
        .select(application_open::application_id)
        .first(conn)
        .optional()
}

/// Gives the place of a decided application free.
pub fn close(conn: &mut Conn, row: &ApplicationRow) -> QueryResult<usize> {
    let place = application_open::table.find((row.person_id, row.credential_id, &row.purpose));
    diesel::delete(place.filter(application_open::application_id.eq(row.id))).execute(conn)
}

/// Puts an application into a board's queue.
pub fn enqueue(conn: &mut Conn, row: &QueueRow) -> QueryResult<()> {
    diesel::insert_into(board_queue::table).values(row).execute(conn).map(|_| ())
}

/// Says who has to act on a queued application.
pub fn set_queue_state(conn: &mut Conn, board: Id, received: Day, application: Id, state: &str) -> QueryResult<bool> {
    diesel::update(board_queue::table.find((board, received, application)))
        .set(board_queue::state.eq(state))
        .execute(conn)
        .map(|changed| changed == 1)
}

/// Who has to act on an application in a board's queue; none: it is not there.
pub fn queue_state(conn: &mut Conn, board: Id, received: Day, application: Id) -> QueryResult<Option<String>> {
    board_queue::table.find((board, received, application)).select(board_queue::state).first(conn).optional()
}

/// Takes a decided application out of the queue; answers whether it was there.
pub fn dequeue(conn: &mut Conn, board: Id, received: Day, application: Id) -> QueryResult<bool> {
    diesel::delete(board_queue::table.find((board, received, application))).execute(conn).map(|gone| gone == 1)
}

/// Up to `limit` queued applications of a board after `after`, oldest first.
pub fn queue(conn: &mut Conn, board: Id, after: Option<(Day, Id)>, limit: i64) -> QueryResult<Vec<QueueRow>> {
    let (day, application) = after.unwrap_or((Day(i32::MIN), Id(i64::MIN)));
    board_queue::table
        .filter(board_queue::board_id.eq(board))
        // The page begins in the index where the last one ended.
        .filter(board_queue::received_day.ge(day))
        .filter(
            board_queue::received_day
                .gt(day)
                .or(board_queue::received_day.eq(day).and(board_queue::application_id.gt(application))),
        )
        .order((board_queue::received_day, board_queue::application_id))
        .limit(limit)
        .select(QueueRow::as_select())
        .load(conn)
}

/// Stores a reviewer's word on one requirement as its next revision.
pub fn insert_review_item(conn: &mut Conn, row: &ReviewItemRow) -> QueryResult<()> {
    diesel::insert_into(review_item::table).values(row).execute(conn).map(|_| ())
}

/// The highest revision of a reviewer's word on one requirement; 0: none yet.
pub fn review_revision(conn: &mut Conn, person: Id, application: Id, requirement: &str) -> QueryResult<i32> {
    review_item::table
        .filter(review_item::person_id.eq(person))
        .filter(review_item::application_id.eq(application))
        .filter(review_item::requirement.eq(requirement))
        .select(max(review_item::revision))
        .first::<Option<i32>>(conn)
        .map(|highest| highest.unwrap_or(0))
}

/// Every word of the reviewers on one application, oldest revision first.
pub fn review_items(conn: &mut Conn, person: Id, application: Id) -> QueryResult<Vec<ReviewItemRow>> {
    review_item::table
        .filter(review_item::person_id.eq(person))
        .filter(review_item::application_id.eq(application))
        .order((review_item::requirement, review_item::revision))
        .select(ReviewItemRow::as_select())
        .load(conn)
}
