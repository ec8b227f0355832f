//! The embedded database: SQLite with write-ahead log and full sync.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionResult};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

#[path = "repo/mod.rs"]
pub mod repo;

#[path = "lite_only.rs"]
pub mod only;

#[path = "lite_backup.rs"]
pub mod backup;

/// The connection that the repositories are compiled for here.
pub type Conn = diesel::SqliteConnection;
/// The database that the repositories are compiled for here.
pub type Backend = diesel::sqlite::Sqlite;
/// How long results are read without holding them all.
pub type LoadMode = diesel::connection::DefaultLoadingMode;
/// Rows per insert statement, so that bind values stay below SQLite's 32,766.
pub const ROWS_PER_INSERT: usize = 1_000;

/// The tables.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// `busy_timeout` comes first, so that the other settings wait for a writer instead of giving up.
const SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;";

/// Only for who reads: what is mapped of the file counts as memory of the process, and who brings in a long file holds
/// the whole database in the end.
const READS: &str = "PRAGMA mmap_size = 268435456;";

/// Opens the connection that writes: it holds no more than its cache, however much it writes.
pub(super) fn connect(path: &Path) -> ConnectionResult<Conn> {
    let mut conn = Conn::establish(&path.to_string_lossy())?;
    conn.batch_execute(SETTINGS).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Opens a file that nobody writes, without changing a byte of it or beside it.
pub(super) fn connect_unchanging(path: &Path) -> ConnectionResult<Conn> {
    let mut url = "file:".to_owned();
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    Conn::establish(&format!("{url}?mode=ro&immutable=1"))
}

/// Sets a connection that only reads.
pub(super) fn prepare(conn: &mut Conn) -> diesel::QueryResult<()> {
    conn.batch_execute(SETTINGS)?;
    conn.batch_execute(READS)
}
