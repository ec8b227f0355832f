//! Certificates and the narrow path that verification reads them by.

use diesel::dsl::max;
use diesel::prelude::*;

use super::{Conn, LoadMode};
use crate::storage::rows::certificates::{CertificateRow, VerifiedRow};
use crate::storage::schema::awards::{
    award, certificate, certificate_code, certificate_issue, certificate_number, register_choice,
};
use crate::storage::schema::credentials::credential;
use crate::storage::schema::organizations::board;
use crate::storage::values::{Id, Moment};

/// Reserves a certificate: its row, its place in the term, its number and its code, all unique.
pub fn reserve(conn: &mut Conn, row: &CertificateRow, seq: i32) -> QueryResult<()> {
    diesel::insert_into(certificate::table).values(row).execute(conn)?;
    diesel::insert_into(certificate_issue::table)
        .values((
            certificate_issue::person_id.eq(row.person_id),
            certificate_issue::award_id.eq(row.award_id),
            certificate_issue::term_id.eq(row.term_id),
            certificate_issue::seq.eq(seq),
            certificate_issue::certificate_id.eq(row.id),
        ))
        .execute(conn)?;
    diesel::insert_into(certificate_number::table)
        .values((
            certificate_number::number.eq(&row.number),
            certificate_number::person_id.eq(row.person_id),
            certificate_number::certificate_id.eq(row.id),
        ))
        .execute(conn)?;
    diesel::insert_into(certificate_code::table)
        .values((
            certificate_code::code.eq(&row.code),
            certificate_code::person_id.eq(row.person_id),
            certificate_code::certificate_id.eq(row.id),
        ))
        .execute(conn)
        .map(|_| ())
}

/// How many certificates a term has had.
pub fn last_seq(conn: &mut Conn, person: Id, award: Id, term: Id) -> QueryResult<i32> {
    certificate_issue::table
        .filter(certificate_issue::person_id.eq(person))
        .filter(certificate_issue::award_id.eq(award))
        .filter(certificate_issue::term_id.eq(term))
        .select(max(certificate_issue::seq))
        .first::<Option<i32>>(conn)
        .map(|highest| highest.unwrap_or(0))
}

/// One person's certificate.
pub fn find(conn: &mut Conn, person: Id, id: Id) -> QueryResult<Option<CertificateRow>> {
    certificate::table.find((person, id)).select(CertificateRow::as_select()).first(conn).optional()
}

/// The certificates of one term, in the order in which they were reserved.
pub fn of_term(conn: &mut Conn, person: Id, award: Id, term: Id) -> QueryResult<Vec<CertificateRow>> {
    certificate::table
        .filter(certificate::person_id.eq(person))
        .filter(certificate::award_id.eq(award))
        .filter(certificate::term_id.eq(term))
        .order((certificate::reserved_at, certificate::id))
        .select(CertificateRow::as_select())
        .load(conn)
}

/// A person's certificates, oldest first.
pub fn of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<CertificateRow>> {
    certificate::table
        .filter(certificate::person_id.eq(person))
        .order((certificate::reserved_at, certificate::id))
        .select(CertificateRow::as_select())
        .load(conn)
}

/// Up to `limit` certificates of a person that were given out, in the order in which they were reserved, behind the one
/// with the key `after`.
pub fn issued_after(conn: &mut Conn, person: Id, after: Option<Id>, limit: i64) -> QueryResult<Vec<CertificateRow>> {
    certificate::table
        .filter(certificate::person_id.eq(person).and(certificate::state.eq("issued")))
        .filter(certificate::id.gt(after.unwrap_or(Id(i64::MIN))))
        .order(certificate::id)
        .limit(limit)
        .select(CertificateRow::as_select())
        .load(conn)
}

/// Up to `limit` certificates that were reserved and not yet issued, oldest first.
///
/// The state is part of the text: statements are planned without their values, and an index that holds certificates of
/// one state only fits a value that is known then.
pub fn reserved(conn: &mut Conn, limit: i64) -> QueryResult<Vec<CertificateRow>> {
    certificate::table
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("certificate.state = 'reserved'"))
        .order((certificate::reserved_at, certificate::id))
        .limit(limit)
        .select(CertificateRow::as_select())
        .load(conn)
}

/// Marks a reserved certificate as issued; answers whether it was still reserved.
pub fn mark_issued(conn: &mut Conn, person: Id, id: Id, sha256: &str, bytes: i32, at: Moment) -> QueryResult<bool> {
    diesel::update(certificate::table.find((person, id)).filter(certificate::state.eq("reserved")))
        .set((
            certificate::state.eq("issued"),
            certificate::sha256.eq(sha256),
            certificate::bytes.eq(bytes),
            certificate::issued_at.eq(at),
        ))
        .execute(conn)
        .map(|changed| changed == 1)
}

/// The certificate whose bytes have this hash.
pub fn by_sha256(conn: &mut Conn, sha256: &str) -> QueryResult<Option<CertificateRow>> {
    certificate::table.filter(certificate::sha256.eq(sha256)).select(CertificateRow::as_select()).first(conn).optional()
}

/// The code of the certificate that has this number.
pub fn code_of_number(conn: &mut Conn, number: &str) -> QueryResult<Option<String>> {
    certificate_number::table
        .inner_join(
            certificate::table.on(certificate::person_id
                .eq(certificate_number::person_id)
                .and(certificate::id.eq(certificate_number::certificate_id))),
        )
        .filter(certificate_number::number.eq(number))
        .select(certificate::code)
        .first(conn)
        .optional()
}

diesel::alias!(certificate as newer: Newer);

/// What verification reads of the certificate with this code: as the person last chose to be seen, and with a newer
/// issued certificate that took its place.
pub fn verified(conn: &mut Conn, code: &str) -> QueryResult<Option<VerifiedRow>> {
    certificate_code::table
        .inner_join(
            certificate::table.on(certificate::person_id
                .eq(certificate_code::person_id)
                .and(certificate::id.eq(certificate_code::certificate_id))),
        )
        .inner_join(
            award::table.on(award::person_id.eq(certificate::person_id).and(award::id.eq(certificate::award_id))),
        )
        .inner_join(credential::table.on(credential::id.eq(award::credential_id)))
        .inner_join(board::table.on(board::organization_id.eq(credential::organization_id)))
        .left_join(register_choice::table.on(register_choice::person_id.eq(certificate::person_id)))
        .left_join(
            newer.on(newer
                .field(certificate::person_id)
                .eq(certificate::person_id)
                .and(newer.field(certificate::award_id).eq(certificate::award_id))
                .and(newer.field(certificate::term_id).eq(certificate::term_id))
                .and(newer.field(certificate::replaces).eq(certificate::id.nullable()))
                .and(newer.field(certificate::state).eq("issued"))),
        )
        .filter(certificate_code::code.eq(code))
        .order(register_choice::revision.desc())
        .select((
            certificate::person_id,
            certificate::id,
            certificate::award_id,
            certificate::term_id,
            award::credential_id,
            certificate::code,
            certificate::number,
            certificate::name,
            certificate::facts,
            certificate::state,
            certificate::sha256,
            board::time_zone,
            board::phone,
            award::issued_day,
            register_choice::shown.and(register_choice::safety.eq(false)).nullable(),
            newer.field(certificate::id).nullable(),
        ))
        .first(conn)
        .optional()
}

/// Tells the key and hash of every certificate that was issued, without holding more than one.
pub fn each_issued_hash(conn: &mut Conn, told: &mut dyn FnMut(Id, &str)) -> QueryResult<()> {
    let all = certificate::table
        .filter(certificate::state.eq("issued"))
        .order((certificate::person_id, certificate::id))
        .select((certificate::id, certificate::sha256));
    for row in all.load_iter::<(Id, Option<String>), LoadMode>(conn)? {
        if let (id, Some(hash)) = row? {
            told(id, &hash);
        }
    }
    Ok(())
}
