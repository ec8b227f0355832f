//! People, their names and mail addresses.

use diesel::prelude::*;

use super::{Conn, ROWS_PER_INSERT};
use crate::storage::rows::people::{EmailRow, PersonDetailRow, PersonNameRow, PersonRow};
use crate::storage::schema::organizations::person_identifier;
use crate::storage::schema::people::{email, person, person_detail, person_name};
use crate::storage::schema::upkeep::evaluation_due;
use crate::storage::values::{Id, Moment};

/// Adds a person.
pub fn insert(conn: &mut Conn, row: &PersonRow) -> QueryResult<()> {
    diesel::insert_into(person::table).values(row).execute(conn).map(drop)
}

/// One person.
pub fn find(conn: &mut Conn, id: Id) -> QueryResult<Option<PersonRow>> {
    person::table.find(id).select(PersonRow::as_select()).first(conn).optional()
}

/// Sets the language a person is written to in.
pub fn set_language(conn: &mut Conn, id: Id, language: &str) -> QueryResult<usize> {
    diesel::update(person::table.find(id)).set(person::language.eq(language)).execute(conn)
}

/// Adds a name, or a correction of one.
pub fn insert_name(conn: &mut Conn, row: &PersonNameRow) -> QueryResult<()> {
    diesel::insert_into(person_name::table).values(row).execute(conn).map(drop)
}

/// Every wording of every name of a person: by name, oldest wording first.
pub fn list_names(conn: &mut Conn, person_id: Id) -> QueryResult<Vec<PersonNameRow>> {
    person_name::table
        .filter(person_name::person_id.eq(person_id))
        .order((person_name::id, person_name::revision))
        .select(PersonNameRow::as_select())
        .load(conn)
}

/// Adds facts about a person, or a correction of them.
pub fn insert_detail(conn: &mut Conn, row: &PersonDetailRow) -> QueryResult<()> {
    diesel::insert_into(person_detail::table).values(row).execute(conn).map(drop)
}

/// The facts about a person as they stand.
pub fn find_detail(conn: &mut Conn, person_id: Id) -> QueryResult<Option<PersonDetailRow>> {
    person_detail::table
        .filter(person_detail::person_id.eq(person_id))
        .order(person_detail::revision.desc())
        .select(PersonDetailRow::as_select())
        .first(conn)
        .optional()
}

/// Every wording of the facts about people: by person, oldest first.
pub fn list_details(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<PersonDetailRow>> {
    let mut rows = Vec::new();
    for few in people.chunks(ROWS_PER_INSERT) {
        let of_few = person_detail::table.filter(person_detail::person_id.eq_any(few));
        rows.extend(
            of_few
                .order((person_detail::person_id, person_detail::revision))
                .select(PersonDetailRow::as_select())
                .load(conn)?,
        );
    }
    Ok(rows)
}

/// Adds an address.
pub fn insert_email(conn: &mut Conn, row: &EmailRow) -> QueryResult<()> {
    diesel::insert_into(email::table).values(row).execute(conn).map(drop)
}

/// Whose address this is, if anybody's. Addresses are stored in lower case.
pub fn find_email(conn: &mut Conn, address: &str) -> QueryResult<Option<EmailRow>> {
    email::table.find(address).select(EmailRow::as_select()).first(conn).optional()
}

/// The addresses of a person, oldest first.
pub fn list_emails(conn: &mut Conn, person_id: Id) -> QueryResult<Vec<EmailRow>> {
    email::table
        .filter(email::person_id.eq(person_id))
        .order((email::added_at, email::address))
        .select(EmailRow::as_select())
        .load(conn)
}

/// Remembers that mail to an address arrives.
pub fn verify_email(conn: &mut Conn, address: &str, at: Moment) -> QueryResult<usize> {
    let open = email::table.filter(email::address.eq(address)).filter(email::verified_at.is_null());
    diesel::update(open).set(email::verified_at.eq(at)).execute(conn)
}

/// Marks that a person's facts changed since they were last evaluated.
pub fn mark_due(conn: &mut Conn, person_id: Id, at: Moment) -> QueryResult<()> {
    diesel::insert_into(evaluation_due::table)
        .values((evaluation_due::person_id.eq(person_id), evaluation_due::since.eq(at)))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(drop)
}

/// Marks that the facts of many people changed since they were last evaluated.
pub fn mark_many_due(conn: &mut Conn, people: &[Id], at: Moment) -> QueryResult<()> {
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> =
            chunk.iter().map(|person| (evaluation_due::person_id.eq(*person), evaluation_due::since.eq(at))).collect();
        diesel::insert_into(evaluation_due::table).values(rows).on_conflict_do_nothing().execute(conn)?;
    }
    Ok(())
}

/// Remembers the number by which an organization knows a person.
pub fn insert_identifier(
    conn: &mut Conn,
    organization: Id,
    value: &str,
    person: Id,
    at: Moment,
    by: Id,
) -> QueryResult<()> {
    diesel::insert_into(person_identifier::table)
        .values((
            person_identifier::organization_id.eq(organization),
            person_identifier::value.eq(value),
            person_identifier::person_id.eq(person),
            person_identifier::recorded_at.eq(at),
            person_identifier::recorded_by.eq(by),
        ))
        .execute(conn)
        .map(drop)
}

/// Remembers that mail to an address comes back.
pub fn mark_bounced(conn: &mut Conn, address: &str, at: Moment) -> QueryResult<usize> {
    diesel::update(email::table.find(address)).set(email::bounced_at.eq(at)).execute(conn)
}
