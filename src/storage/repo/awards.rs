//! Awards, terms, status events and what people let the public see.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text};

use super::Conn;
use crate::storage::rows::awards::{AwardRow, RegisterChoiceRow, StatusEventRow, TermOrEvent, TermRow};
use crate::storage::schema::awards::{award, award_term, register_choice, status_event};
use crate::storage::schema::credentials::credential;
use crate::storage::values::{Day, Id};

/// Stores an award.
pub fn insert(conn: &mut Conn, row: &AwardRow) -> QueryResult<()> {
    diesel::insert_into(award::table).values(row).execute(conn).map(|_| ())
}

/// One person's award.
pub fn find(conn: &mut Conn, person: Id, id: Id) -> QueryResult<Option<AwardRow>> {
    award::table.find((person, id)).select(AwardRow::as_select()).first(conn).optional()
}

/// A person's awards, oldest first.
pub fn of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<AwardRow>> {
    award::table
        .filter(award::person_id.eq(person))
        .order((award::issued_day, award::id))
        .select(AwardRow::as_select())
        .load(conn)
}

/// Up to `limit` awards of a person, oldest first, behind the place `after` (day and award).
pub fn of_person_after(
    conn: &mut Conn,
    person: Id,
    after: Option<(Day, Id)>,
    limit: i64,
) -> QueryResult<Vec<AwardRow>> {
    let (day, id) = after.unwrap_or((Day(i32::MIN), Id(i64::MIN)));
    award::table
        .filter(award::person_id.eq(person))
        .filter(award::issued_day.gt(day).or(award::issued_day.eq(day).and(award::id.gt(id))))
        .order((award::issued_day, award::id))
        .limit(limit)
        .select(AwardRow::as_select())
        .load(conn)
}

/// The same of those that a board gave.
pub fn of_person_by_board_after(
    conn: &mut Conn,
    (board, person): (Id, Id),
    after: Option<(Day, Id)>,
    limit: i64,
) -> QueryResult<Vec<AwardRow>> {
    let (day, id) = after.unwrap_or((Day(i32::MIN), Id(i64::MIN)));
    let own = credential::table.filter(credential::organization_id.eq(board)).select(credential::id);
    award::table
        .filter(award::person_id.eq(person).and(award::credential_id.eq_any(own)))
        .filter(award::issued_day.gt(day).or(award::issued_day.eq(day).and(award::id.gt(id))))
        .order((award::issued_day, award::id))
        .limit(limit)
        .select(AwardRow::as_select())
        .load(conn)
}

/// Up to `limit` awards of a credential after `after` (person and award), by person.
pub fn of_credential(
    conn: &mut Conn,
    credential: Id,
    after: Option<(Id, Id)>,
    limit: i64,
) -> QueryResult<Vec<AwardRow>> {
    let (person, id) = after.unwrap_or((Id(i64::MIN), Id(i64::MIN)));
    award::table
        .filter(award::credential_id.eq(credential))
        // The page begins in the index where the last one ended.
        .filter(award::person_id.ge(person))
        .filter(award::person_id.gt(person).or(award::person_id.eq(person).and(award::id.gt(id))))
        .order((award::person_id, award::id))
        .limit(limit)
        .select(AwardRow::as_select())
        .load(conn)
}

/// Adds a term.
pub fn insert_term(conn: &mut Conn, row: &TermRow) -> QueryResult<()> {
    diesel::insert_into(award_term::table).values(row).execute(conn).map(|_| ())
}

/// The terms of one award, earliest first.
pub fn terms(conn: &mut Conn, person: Id, award: Id) -> QueryResult<Vec<TermRow>> {
    award_term::table
        .filter(award_term::person_id.eq(person))
        .filter(award_term::award_id.eq(award))
        .order((award_term::from_day, award_term::id))
        .select(TermRow::as_select())
        .load(conn)
}

/// The terms of all awards of a person, award by award, earliest first.
pub fn terms_of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<TermRow>> {
    award_term::table
        .filter(award_term::person_id.eq(person))
        .order((award_term::award_id, award_term::from_day, award_term::id))
        .select(TermRow::as_select())
        .load(conn)
}

/// The terms of one award, earliest first, and its status events in the order in which they were recorded: with one
/// statement, because a lookup by the public waits for each.
pub fn standing(conn: &mut Conn, person: Id, award: Id) -> QueryResult<(Vec<TermRow>, Vec<StatusEventRow>)> {
    let no_day = || None::<Day>.into_sql::<Nullable<Integer>>();
    let terms =
        award_term::table.filter(award_term::person_id.eq(person).and(award_term::award_id.eq(award))).select((
            true.into_sql::<Bool>(),
            award_term::person_id,
            award_term::award_id,
            award_term::id,
            (award_term::stage, award_term::kind, award_term::version, award_term::computed),
            award_term::from_day,
            award_term::through_day,
            None::<String>.into_sql::<Nullable<Text>>(),
            (award_term::opens_day, award_term::due_day, award_term::late_day, award_term::grace_day),
            award_term::decision_id,
            award_term::recorded_at,
            award_term::recorded_by,
        ));
    let events =
        status_event::table.filter(status_event::person_id.eq(person).and(status_event::award_id.eq(award))).select((
            false.into_sql::<Bool>(),
            status_event::person_id,
            status_event::award_id,
            status_event::id,
            (status_event::standing, status_event::discipline, status_event::flags, status_event::reason),
            status_event::from_day,
            status_event::through_day,
            status_event::authority,
            (no_day(), no_day(), no_day(), no_day()),
            status_event::decision_id,
            status_event::recorded_at,
            status_event::recorded_by,
        ));
    let rows: Vec<TermOrEvent> = terms.union_all(events).load(conn)?;
    let (mut terms, mut events) = (Vec::new(), Vec::new());
    for row in rows {
        row.sort_into(&mut terms, &mut events);
    }
    terms.sort_by_key(|term| (term.from_day, term.id));
    events.sort_by_key(|event| (event.recorded_at, event.id));
    Ok((terms, events))
}

/// Adds a status event.
pub fn insert_status(conn: &mut Conn, row: &StatusEventRow) -> QueryResult<()> {
    diesel::insert_into(status_event::table).values(row).execute(conn).map(|_| ())
}

/// The status events of one award, in the order in which they were recorded.
pub fn statuses(conn: &mut Conn, person: Id, award: Id) -> QueryResult<Vec<StatusEventRow>> {
    status_event::table
        .filter(status_event::person_id.eq(person))
        .filter(status_event::award_id.eq(award))
        .order((status_event::recorded_at, status_event::id))
        .select(StatusEventRow::as_select())
        .load(conn)
}

/// The status events of all awards of a person, award by award, as recorded.
pub fn statuses_of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<StatusEventRow>> {
    status_event::table
        .filter(status_event::person_id.eq(person))
        .order((status_event::award_id, status_event::recorded_at, status_event::id))
        .select(StatusEventRow::as_select())
        .load(conn)
}

/// What a person last chose to let the public see.
pub fn register_choice(conn: &mut Conn, person: Id) -> QueryResult<Option<RegisterChoiceRow>> {
    register_choice::table
        .filter(register_choice::person_id.eq(person))
        .order(register_choice::revision.desc())
        .select(RegisterChoiceRow::as_select())
        .first(conn)
        .optional()
}

/// Adds a choice.
pub fn insert_register_choice(conn: &mut Conn, row: &RegisterChoiceRow) -> QueryResult<()> {
    diesel::insert_into(register_choice::table).values(row).execute(conn).map(|_| ())
}
