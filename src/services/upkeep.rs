//! Looking for damage: the database file, the audit log's chain, the certificates on disk.

use std::path::Path;

use super::audit;
use super::certificates::files::Files;
use crate::repo;
use crate::storage::{Conn, Id, StoreError, lite, pg};

/// Everything that is found wrong, in sentences; nothing is wrong if there is none.
///
/// # Errors
/// When the database cannot be read at all.
pub fn check(conn: &mut Conn<'_>, data_dir: &Path) -> Result<Vec<String>, StoreError> {
    let mut found = match conn {
        Conn::Sqlite(c) => lite::only::integrity(c)?,
        Conn::Postgres(c) => pg::only::integrity(c)?,
    };
    let log = audit::verify(conn, &[])?;
    found.extend(log.findings.iter().map(|finding| format!("audit log, row {}: {:?}", finding.seq, finding.damage)));
    found.extend(certificates(conn, data_dir)?);
    Ok(found)
}

/// Certificates whose bytes are gone or changed.
fn certificates(conn: &mut Conn<'_>, data_dir: &Path) -> Result<Vec<String>, StoreError> {
    let files = Files::below(data_dir);
    let mut found = Vec::new();
    for (id, sha256) in repo!(conn, certificates::issued_hashes())? {
        let problem = match files.load(&sha256) {
            Ok(Some(_)) => continue,
            Ok(None) => "are gone or were changed".to_owned(),
            Err(error) => format!("cannot be read: {error}"),
        };
        found.push(format!("certificate {}: its bytes {problem}", Id::to_string(&id)));
    }
    Ok(found)
}
