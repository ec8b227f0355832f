//! Certificates, in an order that no crash can break: number and code are reserved, the bytes are built from
//! frozen facts and stored under their hash, then the certificate is marked as issued, logged and mailed.
//!
//! [`reserve`] runs inside the transaction of the decision. [`finish`] does the rest outside it, and
//! [`resume_reserved`] picks up whatever a crash left behind. The same facts always give the same bytes.

pub mod number;
mod print;

use std::path::Path;

use serde_json::json;

use super::acting::Acting;
use super::awards::{self, AwardError};
use super::credentials::{self, CredentialError};
use super::files::Files;
use super::lists::{Page, Wanted};
use super::notices;
use crate::clock::Clock;
use crate::pdf::{NameRefusal, certificate::PdfError};
use crate::repo;
use crate::storage::rows::awards::{AwardRow, TermRow};
use crate::storage::rows::certificates::CertificateRow;
use crate::storage::rows::people::PersonNameRow;
use crate::storage::{Conn, Db, Id, StoreError};
use number::NoRandomness;

pub use print::facts_of;
pub(super) use print::read as read_facts;

/// Where certificates are kept and how the public reaches them.
#[derive(Debug, Clone)]
pub struct Office {
    /// The bytes.
    pub files: Files,
    /// How people reach the service, without a slash at the end.
    pub public_url: String,
}

impl Office {
    /// From the settings' data folder and public address.
    #[must_use]
    pub fn new(data_dir: &Path, public_url: &str) -> Self {
        Self { files: Files::of_certificates(data_dir), public_url: public_url.trim_end_matches('/').to_owned() }
    }

    /// A page of ours.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}/{path}", self.public_url)
    }
}

/// Why a certificate was not made.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// There is no such certificate, or it is another board's.
    #[error("there is no such certificate")]
    NotFound,
    /// Nothing to print.
    #[error("the person has no legal name on file; record it first")]
    NoName,
    /// The name cannot be printed. Nothing was reserved.
    #[error(transparent)]
    Name(#[from] NameRefusal),
    /// The earlier one is not finished.
    #[error("the earlier certificate is still being made; ask again in a moment")]
    NotIssuedYet,
    /// Reissuing says why.
    #[error("say why the certificate is made again")]
    ReasonNeeded,
    /// The award.
    #[error(transparent)]
    Award(#[from] Box<AwardError>),
    /// The credential.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The paper.
    #[error("the certificate could not be drawn: {0}")]
    Print(#[from] PdfError),
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The disk.
    #[error("the certificate's file: {0}")]
    Disk(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<AwardError> for CertificateError {
    fn from(error: AwardError) -> Self {
        Self::Award(Box::new(error))
    }
}

/// The name a certificate of this person would carry, if it can be printed.
///
/// # Errors
/// [`CertificateError::NoName`], [`CertificateError::Name`].
pub fn check_name(conn: &mut Conn<'_>, person: Id) -> Result<String, CertificateError> {
    let rows = repo!(conn, people::list_names(person))?;
    let name = legal_name(&rows).ok_or(CertificateError::NoName)?;
    crate::pdf::check_name(&name)?;
    Ok(name)
}

/// The legal name in its latest wording.
fn legal_name(rows: &[PersonNameRow]) -> Option<String> {
    let is_latest =
        |row: &&PersonNameRow| !rows.iter().any(|other| other.id == row.id && other.revision > row.revision);
    let mut current = rows.iter().filter(is_latest).filter(|row| row.kind == "legal" && row.through_day.is_none());
    current.next_back().map(|row| row.name.clone())
}

/// Reserves the certificate of a term: number, code and every printed fact. A term that has one keeps it;
/// `replaces` names the one whose place the new one takes.
///
/// # Errors
/// [`CertificateError`]; a name that cannot be printed is refused before anything is reserved.
pub fn reserve(
    conn: &mut Conn<'_>,
    by: &Acting,
    office: &Office,
    award: &AwardRow,
    term: &TermRow,
    replaces: Option<&CertificateRow>,
) -> Result<CertificateRow, CertificateError> {
    let (person, seq) = (award.person_id, repo!(conn, certificates::last_seq(award.person_id, award.id, term.id))?);
    if replaces.is_none() && seq > 0 {
        let known = repo!(conn, certificates::of_term(person, award.id, term.id))?;
        return known.into_iter().next().ok_or(CertificateError::NotFound);
    }
    let name = check_name(conn, person)?;
    let (credential, board) = credentials::find(conn, award.credential_id)?;
    let language = repo!(conn, people::find(person))?.map_or_else(|| "en".to_owned(), |row| row.language);
    let code = number::fresh_code()?;
    let number = number::fresh_number(&board.prefix)?;
    let today = by.at.with_timezone(&board.zone).date_naive();
    let printed = print::Printed {
        name: &name,
        number: &number,
        language: &language,
        credential: &credential.title,
        board: &board,
        issued_on: if term.kind == "first" && replaces.is_none() { award.issued_day.date() } else { today },
        from: term.from_day.date(),
        through: term.through_day.map(crate::storage::Day::date),
        verify_url: office.link(&format!("verify/{code}")),
    };
    let row = CertificateRow {
        person_id: person,
        id: by.fresh_id(),
        award_id: award.id,
        term_id: term.id,
        facts: print::freeze(&printed)?,
        number,
        code,
        state: "reserved".to_owned(),
        name,
        language,
        page_size: board.style.page,
        sha256: None,
        bytes: None,
        reserved_at: by.moment(),
        issued_at: None,
        issued_by: by.actor,
        replaces: replaces.map(|earlier| earlier.id),
    };
    repo!(conn, certificates::reserve(&row, seq.saturating_add(1)))?;
    let detail = json!({ "award": award.id, "term": term.id, "number": row.number, "replaces": row.replaces });
    by.log(conn, "certificate.reserve", format!("certificate {}", row.id), Some(person), detail)?;
    Ok(row)
}

/// The bytes of a reserved or issued certificate, from its frozen facts.
///
/// # Errors
/// [`CertificateError::Print`].
pub fn build(row: &CertificateRow) -> Result<Vec<u8>, CertificateError> {
    Ok(crate::pdf::certificate::build(&facts_of(row)?)?)
}

/// Builds, stores and issues a reserved certificate. Blocks, and holds no transaction while it draws.
/// Doing it twice is harmless: the second time there is nothing left to do.
///
/// # Errors
/// [`CertificateError`]; what is done stays, and [`resume_reserved`] goes on from there.
pub fn finish(db: &Db, office: &Office, clock: &Clock, person: Id, id: Id) -> Result<CertificateRow, CertificateError> {
    let row = db.read(|conn| find(conn, person, id))?;
    if row.state == "issued" {
        return Ok(row);
    }
    let bytes = build(&row)?;
    let hash = office.files.store(&bytes)?;
    db.write(|conn| mark_issued(conn, clock, office, &row, &hash, bytes.len()))
}

/// Marks a certificate as issued, with the audit row and the letter it owes, all or nothing.
///
/// # Errors
/// What the database met.
pub fn mark_issued(
    conn: &mut Conn<'_>,
    clock: &Clock,
    office: &Office,
    row: &CertificateRow,
    hash: &str,
    bytes: usize,
) -> Result<CertificateRow, CertificateError> {
    let by = Acting { actor: row.issued_by, at: clock.now() };
    let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
    if repo!(conn, certificates::mark_issued(row.person_id, row.id, hash, bytes, by.moment()))? {
        let detail = json!({ "number": row.number, "sha256": hash, "bytes": bytes });
        by.log(conn, "certificate.issue", format!("certificate {}", row.id), Some(row.person_id), detail)?;
        tell(conn, &by, office, row)?;
    }
    find(conn, row.person_id, row.id)
}

fn tell(conn: &mut Conn<'_>, by: &Acting, office: &Office, row: &CertificateRow) -> Result<(), CertificateError> {
    use crate::mail::{Issued, Notice, Place, Renewed};
    let award = repo!(conn, awards::find(row.person_id, row.award_id))?.ok_or(CertificateError::NotFound)?;
    let (_, board) = credentials::find(conn, award.credential_id)?;
    let terms = repo!(conn, awards::terms(row.person_id, row.award_id))?;
    let term = terms.iter().find(|term| term.id == row.term_id).ok_or(CertificateError::NotFound)?;
    let through = term.through_day.map(crate::storage::Day::date);
    let link = office.link(Place::Certificates.path().trim_start_matches('/'));
    let notice = if term.kind == "first" {
        Notice::Issued(Issued { through, link })
    } else {
        Notice::Renewed(Renewed { through, link })
    };
    notices::owe_from(conn, by, board.id, row.person_id, notice)?;
    Ok(())
}

/// Finishes up to `limit` certificates that were reserved and not issued; answers how many were, and why others were not.
///
/// # Errors
/// What the database met while looking for them.
pub fn resume_reserved(
    db: &Db,
    office: &Office,
    clock: &Clock,
    limit: u32,
) -> Result<(u32, Vec<(Id, CertificateError)>), StoreError> {
    let waiting = db.read(|conn| repo!(conn, certificates::reserved(i64::from(limit))))?;
    let (mut done, mut left) = (0, Vec::new());
    for row in waiting {
        match finish(db, office, clock, row.person_id, row.id) {
            Ok(_) => done += 1,
            Err(error) => left.push((row.id, error)),
        }
    }
    Ok((done, left))
}

/// Asks for the certificate of a term of this board: the one it has, or a new one. Of many that ask at
/// once, all get the same.
///
/// # Errors
/// [`CertificateError`].
pub fn issue(
    db: &Db,
    office: &Office,
    clock: &Clock,
    actor: Id,
    (board, person, award, term): (Id, Id, Id, Id),
) -> Result<CertificateRow, CertificateError> {
    let ask = |conn: &mut Conn<'_>| {
        let by = Acting { actor, at: clock.now() };
        let (award, _) = awards::of_board(conn, board, person, award)?;
        let terms = repo!(conn, awards::terms(person, award.id))?;
        let term = terms.iter().find(|known| known.id == term).ok_or(CertificateError::NotFound)?;
        reserve(conn, &by, office, &award, term, None)
    };
    let row = match db.write(ask) {
        // Another took the term's only place at the same moment: now it is there to be found.
        Err(CertificateError::Store(StoreError::Taken)) => db.write(ask)?,
        other => other?,
    };
    finish(db, office, clock, person, row.id)
}

/// Reserves a new certificate in the place of an earlier one, such as after a change of name. Both stay
/// verifiable; the earlier one says that it was replaced.
///
/// # Errors
/// [`CertificateError`].
pub fn reissue(
    conn: &mut Conn<'_>,
    by: &Acting,
    office: &Office,
    (board, person, certificate): (Id, Id, Id),
    reason: &str,
) -> Result<CertificateRow, CertificateError> {
    let earlier = find(conn, person, certificate)?;
    let (award, _) = awards::of_board(conn, board, person, earlier.award_id)?;
    if by.actor == person {
        return Err(AwardError::Own.into());
    }
    if earlier.state != "issued" {
        return Err(CertificateError::NotIssuedYet);
    }
    if reason.trim().is_empty() {
        return Err(CertificateError::ReasonNeeded);
    }
    let known = repo!(conn, certificates::of_term(person, award.id, earlier.term_id))?;
    if known.iter().any(|other| other.replaces == Some(earlier.id)) {
        return Err(AwardError::NoChange("this certificate was replaced already; make the newest one again").into());
    }
    let terms = repo!(conn, awards::terms(person, award.id))?;
    let term = terms.iter().find(|term| term.id == earlier.term_id).ok_or(CertificateError::NotFound)?;
    let row = reserve(conn, by, office, &award, term, Some(&earlier))?;
    let detail = json!({ "replaces": earlier.id, "reason_given": true });
    by.log(conn, "certificate.reissue", format!("certificate {}", row.id), Some(person), detail)?;
    Ok(row)
}

/// One person's certificate.
///
/// # Errors
/// [`CertificateError::NotFound`].
pub fn find(conn: &mut Conn<'_>, person: Id, id: Id) -> Result<CertificateRow, CertificateError> {
    repo!(conn, certificates::find(person, id))?.ok_or(CertificateError::NotFound)
}

/// A page of a person's certificates that were given out, oldest first.
///
/// # Errors
/// What the database met.
pub fn page(conn: &mut Conn<'_>, person: Id, wanted: &Wanted<Id>) -> Result<Page<CertificateRow>, StoreError> {
    let rows = repo!(conn, certificates::issued_after(person, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| row.id))
}
