//! Who supervises whom.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::service::{ServiceEntryRow, SupervisionRow};
use crate::storage::schema::facts::{service_entry, supervision};
use crate::storage::values::Id;

diesel::alias!(supervision as newer_supervision: NewerSupervision);

/// Adds a revision of a supervision.
pub fn insert(conn: &mut Conn, row: &SupervisionRow) -> QueryResult<()> {
    diesel::insert_into(supervision::table).values(row).execute(conn).map(drop)
}

/// All supervisions of a person, every revision, in order.
pub fn list_of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<SupervisionRow>> {
    supervision::table
        .filter(supervision::person_id.eq(person))
        .order((supervision::id, supervision::revision))
        .select(SupervisionRow::as_select())
        .load(conn)
}

/// Up to `limit` supervisions of a person as they stand, oldest first, behind the one with the key `after`.
pub fn of_person_after(conn: &mut Conn, person: Id, after: Option<Id>, limit: i64) -> QueryResult<Vec<SupervisionRow>> {
    supervision::table
        .filter(supervision::person_id.eq(person))
        .filter(supervision::id.gt(after.unwrap_or(Id(i64::MIN))))
        .filter(newest!(supervision, newer_supervision, person_id))
        .order(supervision::id)
        .limit(limit)
        .select(SupervisionRow::as_select())
        .load(conn)
}

/// Up to `limit` supervisions that name a supervisor, as they stand, person by person, behind the place `after` (person
/// and supervision).
pub fn of_supervisor_after(
    conn: &mut Conn,
    supervisor: Id,
    after: Option<(Id, Id)>,
    limit: i64,
) -> QueryResult<Vec<SupervisionRow>> {
    let (person, id) = after.unwrap_or((Id(i64::MIN), Id(i64::MIN)));
    supervision::table
        .filter(supervision::supervisor_id.eq(supervisor))
        .filter(supervision::person_id.gt(person).or(supervision::person_id.eq(person).and(supervision::id.gt(id))))
        .filter(newest!(supervision, newer_supervision, person_id))
        .order((supervision::person_id, supervision::id))
        .limit(limit)
        .select(SupervisionRow::as_select())
        .load(conn)
}

/// All supervisions that a supervisor was ever named in, every revision, in order.
pub fn list_of_supervisor(conn: &mut Conn, supervisor: Id) -> QueryResult<Vec<SupervisionRow>> {
    supervision::table
        .filter(supervision::supervisor_id.eq(supervisor))
        .order((supervision::person_id, supervision::id, supervision::revision))
        .select(SupervisionRow::as_select())
        .load(conn)
}

/// Every revision of a person's entries that ever named this supervisor, in order.
pub fn list_entries(conn: &mut Conn, person: Id, supervisor: Id) -> QueryResult<Vec<ServiceEntryRow>> {
    let named = service_entry::table
        .filter(service_entry::person_id.eq(person).and(service_entry::supervisor_id.eq(supervisor)))
        .select(service_entry::id)
        .distinct()
        .load::<Id>(conn)?;
    service_entry::table
        .filter(service_entry::person_id.eq(person).and(service_entry::id.eq_any(named)))
        .order((service_entry::id, service_entry::revision))
        .select(ServiceEntryRow::as_select())
        .load(conn)
}
