//! Backups: one SQLite file with every table and every file of the data folder, whichever database is
//! backed up. Restoring copies it back into an empty database of either kind.
//!
//! A backup is sealed when it is complete. Restoring reads all of it before it brings anything back, so that what
//! is damaged anywhere is refused as a whole.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::copy::{CopyError, Counted, copy, copy_from, make_tables, same_version};
use super::{Conn, DatabaseUrl, Db, StoreError, lite};
use crate::private_folder;

/// Folders of the data folder that belong to the facts; mail that went out and scratch files do not.
const FOLDERS: [&str; 3] = ["certificates", "documents", "keys"];
/// How files end that are still being written.
const UNFINISHED: &str = "part";

/// Why a backup was not made or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there already.
    #[error("`{0}` is there already, expected a new file; name another one")]
    Exists(PathBuf),
    /// The file is not there or no backup.
    #[error("`{0}` is no backup of Credtrail, expected a file that `credtrail db backup` made")]
    NoBackup(PathBuf),
    /// The backup is not what it was when it was made.
    #[error("{0} in the backup is damaged, expected what was backed up; use another backup")]
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
    target.maintain(|conn| on_file(conn, lite::backup::make_file_table))?;
    for folder in FOLDERS {
        for path in files_under(&data_dir.join(folder))? {
            let bytes = std::fs::read(&path).map_err(disk(&path))?;
            let name = path.strip_prefix(data_dir).unwrap_or(&path).to_string_lossy().into_owned();
            target.write(|conn| on_file(conn, |c| lite::backup::add_file(c, &name, &sha256(&bytes), &bytes)))?;
        }
    }
    target.maintain(|conn| on_file(conn, lite::backup::close))?;
    Ok(counted)
}

/// Brings everything in `file` back into an empty database and an empty data folder.
///
/// # Errors
/// When the database or the folder is not empty, or the backup is damaged anywhere; nothing is brought back then.
pub fn restore(
    file: &Path,
    db: &Db,
    data_dir: &Path,
    table_done: &mut dyn FnMut(&Counted),
) -> Result<Vec<Counted>, BackupError> {
    let mut source = open(file)?;
    let files = whole(file, &mut source)?;
    make_tables(db)?;
    let mut wanted = Vec::new();
    for (name, hash) in files {
        let path = place(data_dir, &name)?;
        // What an interrupted restore left here is the same to the byte, and no reason to refuse.
        match std::fs::read(&path) {
            Ok(bytes) if sha256(&bytes) == hash => {}
            Ok(_) => return Err(BackupError::InTheWay(path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => wanted.push((name, path)),
            Err(error) => return Err(disk(&path)(error)),
        }
    }
    let mut placed = Placed::default();
    for (name, path) in wanted {
        let bytes = lite::backup::read_file(&mut source, &name).map_err(|_unreadable| damaged_file(&name))?;
        placed.put(path, &bytes)?;
    }
    // Rows last: no row is back before the file that it points at.
    let counted = copy_from(&mut Conn::Sqlite(&mut source), db, table_done)?;
    placed.keep();
    Ok(counted)
}

/// Opens a backup for reading, without changing it.
fn open(file: &Path) -> Result<lite::Conn, BackupError> {
    let none = || BackupError::NoBackup(file.to_owned());
    let mut head = [0_u8; 32];
    let mut opened = std::fs::File::open(file).map_err(|_not_there| none())?;
    std::io::Read::read_exact(&mut opened, &mut head).map_err(|_too_short| none())?;
    let length = opened.metadata().map_err(disk(file))?.len();
    // SQLite's file format: its mark, the size of a page, and how many there are.
    let [
        b'S',
        b'Q',
        b'L',
        b'i',
        b't',
        b'e',
        b' ',
        b'f',
        b'o',
        b'r',
        b'm',
        b'a',
        b't',
        b' ',
        b'3',
        0,
        size_high,
        size_low,
        ..,
        a,
        b,
        c,
        d,
    ] = head
    else {
        return Err(none());
    };
    let size = match u16::from_be_bytes([size_high, size_low]) {
        1 => 65_536,
        size => u64::from(size),
    };
    if u64::from(u32::from_be_bytes([a, b, c, d])) * size != length {
        return Err(BackupError::Damaged("the end of the file".to_owned()));
    }
    lite::connect_unchanging(file).map_err(|_no_database| none())
}

/// Reads everything in a backup; answers its files if all of it is as it was made.
fn whole(file: &Path, source: &mut lite::Conn) -> Result<Vec<(String, String)>, BackupError> {
    let unreadable = |_: diesel::result::Error| BackupError::Damaged("the file".to_owned());
    match lite::backup::broken(source) {
        Ok(None) => {}
        Ok(Some(part)) => return Err(BackupError::Damaged(format!("the table `{part}`"))),
        Err(error) if error.to_string().contains("no such table") => {
            return Err(BackupError::NoBackup(file.to_owned()));
        }
        Err(error) => return Err(unreadable(error)),
    }
    same_version(&mut Conn::Sqlite(source))?;
    let files = lite::backup::list_files(source).map_err(unreadable)?;
    for (name, hash) in &files {
        let bytes = lite::backup::read_file(source, name).map_err(|_unreadable| damaged_file(name))?;
        if sha256(&bytes) != *hash {
            return Err(damaged_file(name));
        }
    }
    Ok(files)
}

fn damaged_file(name: &str) -> BackupError {
    BackupError::Damaged(format!("the file `{name}`"))
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Files brought back so far; taken away again unless all of it succeeds.
#[derive(Default)]
struct Placed(Vec<PathBuf>);

impl Placed {
    /// Writes a file aside, syncs it and moves it into its place.
    fn put(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), BackupError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        private_folder::make(folder).map_err(disk(folder))?;
        let aside = path.with_extension(UNFINISHED);
        let written =
            std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside).and_then(
                |mut out| {
                    out.write_all(bytes)?;
                    out.sync_all()?;
                    std::fs::rename(&aside, &path)?;
                    std::fs::File::open(folder)?.sync_all()
                },
            );
        written.map_err(disk(&path))?;
        self.0.push(path);
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        for path in &self.0 {
            // What cannot be removed is the same to the byte at the next attempt, and does not hinder it.
            let _gone = std::fs::remove_file(path);
        }
    }
}

/// Where a file of the backup belongs; a name that leads out of the data folder is refused.
fn place(data_dir: &Path, name: &str) -> Result<PathBuf, BackupError> {
    let path = Path::new(name);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside { Ok(data_dir.join(path)) } else { Err(damaged_file(name)) }
}

fn files_under(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder).map_err(disk(folder))? {
        let path = entry.map_err(disk(folder))?.path();
        if path.is_dir() {
            found.extend(files_under(&path)?);
        } else if path.extension().is_none_or(|ending| ending != UNFINISHED) {
            found.push(path);
        }
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
