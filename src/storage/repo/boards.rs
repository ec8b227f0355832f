//! Boards' settings, holidays, credentials and published rules. Making a board: see [`super::organizations`].

use diesel::prelude::*;

use super::{Conn, ROWS_PER_INSERT};
use crate::storage::rows::boards::{CredentialRow, HolidayRow, RuleVersionRow};
use crate::storage::rows::organizations::BoardRow;
use crate::storage::schema::awards::award;
use crate::storage::schema::credentials::{credential, rule_version};
use crate::storage::schema::decisions::application;
use crate::storage::schema::organizations::{board, holiday, person_identifier};
use crate::storage::values::{Day, Id, Moment};

/// Stores changed settings if they are still as of `seen`; answers whether they were.
pub fn update(conn: &mut Conn, row: &BoardRow, seen: Moment) -> QueryResult<bool> {
    diesel::update(board::table.find(row.organization_id).filter(board::updated_at.eq(seen)))
        .set((
            board::time_zone.eq(&row.time_zone),
            board::number_prefix.eq(&row.number_prefix),
            board::phone.eq(&row.phone),
            board::register_fields.eq(&row.register_fields),
            board::certificate_style.eq(&row.certificate_style),
            board::updated_at.eq(row.updated_at),
        ))
        .execute(conn)
        .map(|changed| changed == 1)
}

/// Adds a holiday or renames it.
pub fn put_holiday(conn: &mut Conn, row: &HolidayRow) -> QueryResult<()> {
    diesel::insert_into(holiday::table)
        .values(row)
        .on_conflict((holiday::organization_id, holiday::day))
        .do_update()
        .set(holiday::name.eq(&row.name))
        .execute(conn)
        .map(|_| ())
}

/// Takes a holiday out; answers whether it was there.
pub fn remove_holiday(conn: &mut Conn, organization: Id, day: Day) -> QueryResult<bool> {
    diesel::delete(holiday::table.find((organization, day))).execute(conn).map(|gone| gone == 1)
}

/// Up to `limit` holidays of a board, earliest first, behind the day `after`.
pub fn holidays_after(
    conn: &mut Conn,
    organization: Id,
    after: Option<Day>,
    limit: i64,
) -> QueryResult<Vec<HolidayRow>> {
    holiday::table
        .filter(holiday::organization_id.eq(organization).and(holiday::day.gt(after.unwrap_or(Day(i32::MIN)))))
        .order(holiday::day)
        .limit(limit)
        .select(HolidayRow::as_select())
        .load(conn)
}

/// Adds a credential.
pub fn insert_credential(conn: &mut Conn, row: &CredentialRow) -> QueryResult<()> {
    diesel::insert_into(credential::table).values(row).execute(conn).map(|_| ())
}

/// A credential by key.
pub fn credential(conn: &mut Conn, id: Id) -> QueryResult<Option<CredentialRow>> {
    credential::table.find(id).select(CredentialRow::as_select()).first(conn).optional()
}

/// A credential by the id that packs use.
pub fn credential_by_slug(conn: &mut Conn, slug: &str) -> QueryResult<Option<CredentialRow>> {
    credential::table.filter(credential::slug.eq(slug)).select(CredentialRow::as_select()).first(conn).optional()
}

/// All credentials, by slug.
pub fn credentials(conn: &mut Conn) -> QueryResult<Vec<CredentialRow>> {
    credential::table.order(credential::slug).select(CredentialRow::as_select()).load(conn)
}

/// Up to `limit` credentials, by slug, behind the one with the slug `after`.
pub fn credentials_after(conn: &mut Conn, after: Option<&str>, limit: i64) -> QueryResult<Vec<CredentialRow>> {
    credential::table
        .filter(credential::slug.gt(after.unwrap_or_default()))
        .order(credential::slug)
        .limit(limit)
        .select(CredentialRow::as_select())
        .load(conn)
}

/// Publishes a version. It stays as it is from then on.
pub fn insert_version(conn: &mut Conn, row: &RuleVersionRow) -> QueryResult<()> {
    diesel::insert_into(rule_version::table).values(row).execute(conn).map(|_| ())
}

/// A credential's versions, earliest in force first.
pub fn versions(conn: &mut Conn, credential: Id) -> QueryResult<Vec<RuleVersionRow>> {
    rule_version::table
        .filter(rule_version::credential_id.eq(credential))
        .order((rule_version::in_force_from, rule_version::version))
        .select(RuleVersionRow::as_select())
        .load(conn)
}

/// Up to `limit` versions of a credential without their texts, earliest in force first, behind the place `after` (first day
/// and name): first day, name and hash.
pub fn version_names_after(
    conn: &mut Conn,
    credential: Id,
    after: Option<(Day, &str)>,
    limit: i64,
) -> QueryResult<Vec<(Day, String, String)>> {
    let (from, name) = after.unwrap_or((Day(i32::MIN), ""));
    rule_version::table
        .filter(rule_version::credential_id.eq(credential))
        .filter(
            rule_version::in_force_from
                .gt(from)
                .or(rule_version::in_force_from.eq(from).and(rule_version::version.gt(name))),
        )
        .order((rule_version::in_force_from, rule_version::version))
        .limit(limit)
        .select((rule_version::in_force_from, rule_version::version, rule_version::hash))
        .load(conn)
}

/// Names and hashes of a credential's versions, earliest in force first: what tells whether a pack is known already.
pub fn version_keys(conn: &mut Conn, credential: Id) -> QueryResult<Vec<(String, String)>> {
    rule_version::table
        .filter(rule_version::credential_id.eq(credential))
        .order((rule_version::in_force_from, rule_version::version))
        .select((rule_version::version, rule_version::hash))
        .load(conn)
}

/// One version.
pub fn version(conn: &mut Conn, credential: Id, version: &str) -> QueryResult<Option<RuleVersionRow>> {
    rule_version::table.find((credential, version)).select(RuleVersionRow::as_select()).first(conn).optional()
}

/// The time zone of the board to which a person applied last, else of the one whose award they got last.
pub fn zone_of_person(conn: &mut Conn, person: Id) -> QueryResult<Option<String>> {
    let applied = application::table
        .filter(application::person_id.eq(person))
        .order((application::created_at.desc(), application::id.desc()))
        .select(application::credential_id)
        .first::<Id>(conn)
        .optional()?;
    let of = match applied {
        Some(credential) => Some(credential),
        None => award::table
            .filter(award::person_id.eq(person))
            .order((award::recorded_at.desc(), award::id.desc()))
            .select(award::credential_id)
            .first::<Id>(conn)
            .optional()?,
    };
    let Some(of) = of else { return Ok(None) };
    credential::table
        .inner_join(board::table.on(board::organization_id.eq(credential::organization_id)))
        .filter(credential::id.eq(of))
        .select(board::time_zone)
        .first(conn)
        .optional()
}

/// The time zones that boards are in, each once.
pub fn zones(conn: &mut Conn) -> QueryResult<Vec<String>> {
    board::table.select(board::time_zone).distinct().load(conn)
}

/// Those of `people` who applied to a board, hold a credential of it, or have a number with it.
pub fn known_people(conn: &mut Conn, organization: Id, people: &[Id]) -> QueryResult<Vec<Id>> {
    let own = own_credentials(conn, organization)?;
    let mut known = Vec::new();
    for few in people.chunks(ROWS_PER_INSERT) {
        known.extend(with_case(conn, &own, few)?);
        known.extend(
            person_identifier::table
                .filter(person_identifier::person_id.eq_any(few))
                .filter(person_identifier::organization_id.eq(organization))
                .select(person_identifier::person_id)
                .load::<Id>(conn)?,
        );
    }
    known.sort_unstable();
    known.dedup();
    Ok(known)
}

/// Whether a person applied to a board or holds a credential of it.
pub fn has_case(conn: &mut Conn, organization: Id, person: Id) -> QueryResult<bool> {
    let own = own_credentials(conn, organization)?;
    Ok(!with_case(conn, &own, &[person])?.is_empty())
}

fn own_credentials(conn: &mut Conn, organization: Id) -> QueryResult<Vec<Id>> {
    credential::table.filter(credential::organization_id.eq(organization)).select(credential::id).load(conn)
}

fn with_case(conn: &mut Conn, credentials: &[Id], people: &[Id]) -> QueryResult<Vec<Id>> {
    let mut found: Vec<Id> = application::table
        .filter(application::person_id.eq_any(people).and(application::credential_id.eq_any(credentials)))
        .select(application::person_id)
        .load(conn)?;
    found.extend(
        award::table
            .filter(award::person_id.eq_any(people).and(award::credential_id.eq_any(credentials)))
            .select(award::person_id)
            .load::<Id>(conn)?,
    );
    Ok(found)
}
