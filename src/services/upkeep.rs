//! Looking for damage: the database file, rows that point at nothing, the audit log's chain, the files outside.

use std::path::Path;

use super::audit;
use super::files::Files;
use crate::repo;
use crate::storage::{Conn, Id, StoreError, lite, pg, references};

/// Files of one sort that are told one by one; more than these are counted.
const MOST_TOLD: usize = 100;

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
    let told = log.findings.iter().take(MOST_TOLD);
    found.extend(told.map(|finding| format!("audit log, row {}: {:?}", finding.seq, finding.damage)));
    if log.findings.len() > MOST_TOLD {
        found.push(format!("and {} more rows of the audit log", log.findings.len() - MOST_TOLD));
    }
    let (mut certificates, mut documents) = (Troubles::default(), Troubles::default());
    let files = Files::of_certificates(data_dir);
    repo!(conn, certificates::each_issued_hash(&mut |id, hash| certificates.look("certificate", id, &files, hash)))?;
    let files = Files::of_documents(data_dir);
    repo!(conn, documents::each_hash(&mut |id, hash| documents.look("document", id, &files, hash)))?;
    found.extend(certificates.sentences("certificates").chain(documents.sentences("documents")));
    Ok(found)
}

/// Files of one sort whose bytes are gone or changed.
#[derive(Default)]
struct Troubles {
    told: Vec<String>,
    more: u64,
}

impl Troubles {
    fn look(&mut self, what: &str, id: Id, files: &Files, hash: &str) {
        let Some(trouble) = files.trouble(hash) else { return };
        if self.told.len() < MOST_TOLD {
            self.told.push(format!("{what} {id}: its bytes {trouble}"));
        } else {
            self.more += 1;
        }
    }

    fn sentences(self, what: &str) -> impl Iterator<Item = String> {
        let more = (self.more > 0).then(|| format!("and {} more {what}", self.more));
        self.told.into_iter().chain(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_folder_is_not_told_file_by_file() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::of_certificates(folder.path());
        let mut troubles = Troubles::default();
        for id in 0..150 {
            troubles.look("certificate", Id(id), &files, &"0".repeat(64));
        }
        let told: Vec<String> = troubles.sentences("certificates").collect();
        assert_eq!((told.len(), told[100].as_str()), (101, "and 50 more certificates"));
        assert!(told[0].ends_with("its bytes are gone"), "{}", told[0]);
    }
}
