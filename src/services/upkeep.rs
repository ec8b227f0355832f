//! Looking for damage: the database file, rows that point at nothing, the audit log's chain, the files outside.

use std::path::Path;

use super::audit;
use super::files::Files;
use crate::repo;
use crate::storage::{Conn, Id, StoreError, lite, pg, references};

/// Everything that is found wrong, in sentences; nothing is wrong if there is none.
///
/// # Errors
/// When the database cannot be read at all.
pub fn check(conn: &mut Conn<'_>, data_dir: &Path) -> Result<Vec<String>, StoreError> {
    let mut found = match conn {
        Conn::Sqlite(c) => lite::only::integrity(c)?,
        Conn::Postgres(c) => pg::only::integrity(c)?,
    };
    found.extend(references::dangling(conn)?);
    let log = audit::verify(conn, &[])?;
    found.extend(log.findings.iter().map(|finding| format!("audit log, row {}: {:?}", finding.seq, finding.damage)));
    let certificates = repo!(conn, certificates::issued_hashes())?;
    found.extend(troubles("certificate", &Files::of_certificates(data_dir), &certificates));
    let documents = repo!(conn, documents::hashes())?;
    found.extend(troubles("document", &Files::of_documents(data_dir), &documents));
    Ok(found)
}

/// Files whose bytes are gone or changed.
fn troubles(what: &str, files: &Files, all: &[(Id, String)]) -> Vec<String> {
    let trouble = |(id, sha256): &(Id, String)| Some(format!("{what} {id}: its bytes {}", files.trouble(sha256)?));
    all.iter().filter_map(trouble).collect()
}
