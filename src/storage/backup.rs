//! Backups: one SQLite file with every table and every file of the data folder, whichever database is
//! backed up. Restoring copies it back into an empty database of either kind.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::copy::{CopyError, Counted, copy};
use super::{Conn, DatabaseUrl, Db, StoreError, lite};

/// Folders of the data folder that belong to the facts; mail that went out and scratch files do not.
const FOLDERS: [&str; 3] = ["certificates", "documents", "keys"];

/// Why a backup was not made or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there already.
    #[error("`{0}` is there already, expected a new file; name another one")]
    Exists(PathBuf),
    /// The file is not there or no backup.
    #[error("`{0}` is no backup of Credtrail, expected a file that `credtrail db backup` made")]
    NoBackup(PathBuf),
    /// A file in the backup does not have the hash that was written down with it.
    #[error("the file `{0}` in the backup is damaged, expected the bytes that were backed up; use another backup")]
    Damaged(String),
    /// A file of the data folder is there already.
    #[error("`{0}` is there already, expected an empty data folder; name another one")]
    InTheWay(PathBuf),
    /// The disk.
    #[error("`{0}`: {1}")]
    Disk(PathBuf, String),
    /// Copying.
    #[error(transparent)]
    Copy(#[from] CopyError),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Copy(error.into())
    }
}

fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError + '_ {
    |error| BackupError::Disk(path.to_owned(), error.to_string())
}

/// Writes everything into `file`, readable by its owner alone. The service may run on meanwhile.
///
/// # Errors
/// When the file is there already, or the database or disk cannot be read; no file is left behind then.
pub fn backup(
    db: &Db,
    data_dir: &Path,
    file: &Path,
    table_done: &mut dyn FnMut(&Counted),
) -> Result<Vec<Counted>, BackupError> {
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    match made {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(BackupError::Exists(file.to_owned()));
        }
        made => drop(made.map_err(disk(file))?),
    }
    let result = fill(db, data_dir, file, table_done);
    if result.is_err() {
        // The half-made file is ours and of no use; if it cannot be removed, the error below still tells.
        let _gone = std::fs::remove_file(file);
    }
    result
}

fn fill(
    db: &Db,
    data_dir: &Path,
    file: &Path,
    table_done: &mut dyn FnMut(&Counted),
) -> Result<Vec<Counted>, BackupError> {
    let target = Db::open(&DatabaseUrl::Sqlite(file.to_owned()), 1)?;
    // Rows first: a file is written before the row that points at it, so no copied row lacks its file.
    let counted = copy(db, &target, table_done)?;
    target.maintain(|conn| on_file(conn, lite::only::make_file_table))?;
    for folder in FOLDERS {
        for path in files_under(&data_dir.join(folder))? {
            let bytes = std::fs::read(&path).map_err(disk(&path))?;
            let name = path.strip_prefix(data_dir).unwrap_or(&path).to_string_lossy().into_owned();
            let hash = hex::encode(Sha256::digest(&bytes));
            target.write(|conn| on_file(conn, |c| lite::only::add_file(c, &name, &hash, &bytes)))?;
        }
    }
    target.maintain(|conn| on_file(conn, lite::only::close_file))?;
    Ok(counted)
}

/// Brings everything in `file` back into an empty database and an empty data folder.
///
/// # Errors
/// When the database or the folder is not empty, or the backup is damaged; nothing is brought back then.
pub fn restore(
    file: &Path,
    db: &Db,
    data_dir: &Path,
    table_done: &mut dyn FnMut(&Counted),
) -> Result<Vec<Counted>, BackupError> {
    if !file.is_file() {
        return Err(BackupError::NoBackup(file.to_owned()));
    }
    let source = Db::open(&DatabaseUrl::Sqlite(file.to_owned()), 1)?;
    let files = source
        .read(|conn| on_file(conn, lite::only::list_files))
        .map_err(|_no_such_table: StoreError| BackupError::NoBackup(file.to_owned()))?;
    for (name, _) in &files {
        let path = place(data_dir, name)?;
        if path.exists() {
            return Err(BackupError::InTheWay(path));
        }
    }
    let counted = copy(&source, db, table_done)?;
    for (name, hash) in files {
        let bytes = source.read(|conn| on_file(conn, |c| lite::only::read_file(c, &name)))?;
        if hex::encode(Sha256::digest(&bytes)) != hash {
            return Err(BackupError::Damaged(name));
        }
        let path = place(data_dir, &name)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(disk(folder))?;
        }
        let mut options = std::fs::OpenOptions::new();
        let mut out = options.write(true).create_new(true).mode(0o600).open(&path).map_err(disk(&path))?;
        out.write_all(&bytes).map_err(disk(&path))?;
    }
    Ok(counted)
}

/// Where a file of the backup belongs; a name that leads out of the data folder is refused.
fn place(data_dir: &Path, name: &str) -> Result<PathBuf, BackupError> {
    let path = Path::new(name);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside { Ok(data_dir.join(path)) } else { Err(BackupError::Damaged(name.to_owned())) }
}

fn files_under(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder).map_err(disk(folder))? {
        let path = entry.map_err(disk(folder))?.path();
        if path.is_dir() { found.extend(files_under(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// Runs `work` on the SQLite file that a backup is.
fn on_file<T>(
    conn: &mut Conn<'_>,
    work: impl FnOnce(&mut lite::Conn) -> diesel::QueryResult<T>,
) -> Result<T, StoreError> {
    match conn {
        Conn::Sqlite(c) => Ok(work(c)?),
        Conn::Postgres(_) => Err(StoreError::Fault("a backup is a SQLite file".to_owned())),
    }
}
