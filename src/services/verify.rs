//! Whether a certificate is real and in force, today or on a past day: the one thing the public asks.
//!
//! Two reads by key, the same for codes that are unknown, malformed or hidden, so that neither the answer nor the
//! work tells them apart; what is shown costs more only where the certificate rests with other credentials.
//! Begin with [`by_code`].

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::awards::bases;
use super::certificates::number;
use super::certificates::read_facts;
use super::standing::{self, PublicStatus};
use crate::repo;
use crate::rules::Lang;
use crate::storage::rows::awards::{StatusEventRow, TermRow};
use crate::storage::rows::certificates::VerifiedRow;
use crate::storage::{Conn, Day, Id, StoreError};

/// How many codes one request may ask about.
pub const MOST_CODES: usize = 100;
/// Looked up in place of what cannot be a code. No certificate has it: it is too short.
const NO_CODE: &str = "0";

/// The answer to the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Unknown, malformed or hidden.
    NotFound,
    /// Issued and shown.
    Found(Box<Verified>),
}

/// What the public is told about a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// In force on the day asked about, or why not.
    pub status: PublicStatus,
    /// Whether a newer certificate took this one's place.
    pub replaced: bool,
    /// Whether the day lies in another term than the one printed.
    pub other_term: bool,
    /// As printed.
    pub name: String,
    /// As printed.
    pub credential: String,
    /// As printed.
    pub number: String,
    /// As printed.
    pub board: String,
    /// For questions.
    pub board_phone: Option<String>,
    /// Where the board's days begin and end.
    pub zone: Tz,
    /// As printed.
    pub issued_on: NaiveDate,
    /// First day of the term that covers the day asked about; else of the one printed.
    pub from: NaiveDate,
    /// Its last day; none: it does not end.
    pub through: Option<NaiveDate>,
    /// First and last day as printed.
    pub printed: (NaiveDate, Option<NaiveDate>),
    /// The day asked about.
    pub as_of: NaiveDate,
    /// SHA-256 of the document, in hex.
    pub document_sha256: String,
}

impl Verified {
    /// The status in words, with what a reader of an earlier certificate has to know.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        let word = self.status.label(lang);
        match (lang, self.replaced, self.other_term) {
            (_, false, false) => word.to_owned(),
            (Lang::En, true, _) => format!("{word}. A newer certificate replaced this one"),
            (Lang::Es, true, _) => format!("{word}. Un certificado más reciente reemplazó a este"),
            (Lang::En, false, true) => format!("{word}. This certificate was printed for another term"),
            (Lang::Es, false, true) => format!("{word}. Este certificado se imprimió para otro período"),
        }
    }
}

/// Verifies by the secret code, as it stood on `on` (none: today, where the board is).
///
/// # Errors
/// What the database met.
pub fn by_code(
    conn: &mut Conn<'_>,
    code: &str,
    on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Verification, StoreError> {
    let code = number::read_code(code);
    let row = repo!(conn, certificates::verified(code.as_deref().unwrap_or(NO_CODE)))?;
    // Asked for what is not there too: finding nothing must cost what finding something costs.
    let (person, award) = row.as_ref().map_or((Id::SYSTEM, Id::SYSTEM), |row| (row.person_id, row.award_id));
    let standing = repo!(conn, awards::standing(person, award))?;
    match row.filter(|row| row.state == "issued" && row.shown.unwrap_or(true)) {
        None => Ok(Verification::NotFound),
        Some(row) => tell(conn, row, &standing, on, now),
    }
}

/// One of a person's own certificates.
#[derive(Debug, Clone)]
pub struct OwnCertificate {
    /// Its key.
    pub id: Id,
    /// The code of its public page.
    pub code: String,
    /// What the public would be told if nothing were hidden.
    pub shown: Verified,
}

/// A person's own certificates that were given out, oldest first, hidden from the public or not.
///
/// # Errors
/// What the database met.
pub fn of_holder(conn: &mut Conn<'_>, person: Id, now: DateTime<Utc>) -> Result<Vec<OwnCertificate>, StoreError> {
    let mut own = Vec::new();
    for row in repo!(conn, certificates::of_person(person))?.into_iter().filter(|row| row.state == "issued") {
        let Some(found) = repo!(conn, certificates::verified(&row.code))? else { continue };
        let standing = repo!(conn, awards::standing(person, row.award_id))?;
        if let Verification::Found(shown) = tell(conn, found, &standing, None, now)? {
            own.push(OwnCertificate { id: row.id, code: row.code, shown: *shown });
        }
    }
    Ok(own)
}

fn tell(
    conn: &mut Conn<'_>,
    row: VerifiedRow,
    (terms, events): &(Vec<TermRow>, Vec<StatusEventRow>),
    on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Verification, StoreError> {
    let unreadable =
        |what: &str| StoreError::Fault(format!("certificate {}: its {what} cannot be read", row.certificate_id));
    let printed = read_facts(&row.facts).map_err(|_json| unreadable("facts"))?;
    let zone: Tz = row.time_zone.parse().map_err(|_unknown| unreadable("time zone"))?;
    let as_of = on.unwrap_or_else(|| now.with_timezone(&zone).date_naive());
    let term = standing::term_on(terms, as_of);
    let own = standing::public(standing::on(events, as_of, None), term.is_some());
    let bases = bases::of(conn, (row.person_id, row.credential_id), terms)?;
    let status = standing::with_bases(own, &bases, as_of, None);
    let as_printed = (printed.valid_from, printed.valid_through);
    let days = term.map_or(as_printed, |term| (term.from_day.date(), term.through_day.map(Day::date)));
    Ok(Verification::Found(Box::new(Verified {
        status,
        replaced: row.replaced_by.is_some(),
        other_term: term.is_some_and(|term| term.id != row.term_id),
        name: row.name,
        credential: printed.design.credential,
        number: row.number,
        board: printed.design.board,
        board_phone: row.phone,
        zone,
        issued_on: printed.issued_on,
        from: days.0,
        through: days.1,
        printed: as_printed,
        as_of,
        document_sha256: row.sha256.unwrap_or_default(),
    })))
}

/// Verifies by the number printed on paper, together with the family name. The caller throttles it.
///
/// # Errors
/// What the database met.
pub fn by_number(
    conn: &mut Conn<'_>,
    number: &str,
    family_name: &str,
    on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Verification, StoreError> {
    // A slip of the pen is found by the check letter and costs no look into the database.
    let Some(number) = number::read_number(number) else { return Ok(Verification::NotFound) };
    let code = repo!(conn, certificates::code_of_number(&number))?;
    match by_code(conn, code.as_deref().unwrap_or(NO_CODE), on, now)? {
        Verification::Found(found) if is_family_name(family_name, &found.name) => Ok(Verification::Found(found)),
        _ => Ok(Verification::NotFound),
    }
}

/// Whether `given` is one or more neighbouring words of `name` other than its first, whatever the case.
fn is_family_name(given: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (given, name) = (words(given), words(name));
    let family = if name.len() > 1 { name.get(1..).unwrap_or_default() } else { name.as_slice() };
    !given.is_empty() && family.windows(given.len()).any(|run| run == given.as_slice())
}

/// Verifies the document whose bytes have this hash.
///
/// # Errors
/// What the database met.
pub fn by_document(conn: &mut Conn<'_>, sha256: &str, now: DateTime<Utc>) -> Result<Verification, StoreError> {
    match repo!(conn, certificates::by_sha256(sha256))? {
        Some(row) => by_code(conn, &row.code, None, now),
        None => Ok(Verification::NotFound),
    }
}

/// The stored bytes' hash of an issued certificate that the public may see; none: nothing to show.
///
/// # Errors
/// What the database met.
pub fn document(conn: &mut Conn<'_>, code: &str, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
    Ok(match by_code(conn, code, None, now)? {
        Verification::Found(found) => Some(found.document_sha256),
        Verification::NotFound => None,
    })
}

/// The answer as JSON, exactly as `interfaces.md` says it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct VerificationView {
    /// Whether there is something to show.
    pub found: bool,
    #[serde(flatten)]
    rest: Option<VerifiedView>,
}

/// The part that is there when something was found.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct VerifiedView {
    /// In force on that day, or why not.
    pub status: PublicStatus,
    /// The same in words.
    pub label: String,
    /// Whose, as printed.
    pub name: String,
    /// What, as printed.
    pub credential: String,
    /// The number, as printed.
    pub number: String,
    /// Who gave it, as printed.
    pub board: String,
    /// When, as printed.
    pub issued_on: NaiveDate,
    /// First day of the term.
    pub from: NaiveDate,
    /// Last day of the term; null: it does not end.
    pub through: Option<NaiveDate>,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// SHA-256 of the document, in hex.
    pub document_sha256: String,
}

impl Verification {
    /// The answer as JSON.
    #[must_use]
    pub fn view(self, lang: Lang) -> VerificationView {
        let Self::Found(found) = self else { return VerificationView { found: false, rest: None } };
        let label = found.label(lang);
        let Verified {
            status, name, credential, number, board, issued_on, from, through, as_of, document_sha256, ..
        } = *found;
        let rest = VerifiedView {
            status,
            label,
            name,
            credential,
            number,
            board,
            issued_on,
            from,
            through,
            as_of,
            document_sha256,
        };
        VerificationView { found: true, rest: Some(rest) }
    }
}

#[cfg(test)]
mod tests {
    use super::is_family_name;

    #[test]
    fn a_family_name_is_found_whatever_its_case_and_parts() {
        for given in ["rivera", "RIVERA", "de la Cruz", "cruz", "Cruz Ortiz"] {
            assert!(is_family_name(given, "Dana Rivera de la Cruz-Ortiz"), "{given}");
        }
        for given in ["", "dana", "riv", "Rivera Cruz"] {
            assert!(!is_family_name(given, "Dana Rivera de la Cruz-Ortiz"), "{given}");
        }
        assert!(is_family_name("Sukarno", "Sukarno"));
    }
}
