//! Copying everything from one database to another, of whichever kind.

use super::tables::with_every_table;
use super::{Conn, Db, StoreError, lite, migrate, pg};

/// A table and how many rows it has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Counted {
    /// Its name.
    pub table: &'static str,
    /// Its rows.
    pub rows: u64,
}

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The target holds rows already.
    #[error("the target holds {rows} rows in `{table}` already, expected an empty database; name another one")]
    NotEmpty {
        /// The first table with rows.
        table: &'static str,
        /// How many.
        rows: u64,
    },
    /// The source is older or newer than this program.
    #[error("the source has {0} migrations to run, expected none; run `credtrail db migrate` on it first")]
    Behind(usize),
    /// A newer program made the source.
    #[error(
        "the source has {0} migrations that this program does not know, expected none; use the version that made it"
    )]
    Ahead(usize),
    /// What a database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

macro_rules! on {
    ($conn:expr, $table:ident :: $function:ident ($($argument:expr),*)) => {
        match $conn {
            Conn::Sqlite(c) => lite::repo::whole::$table::$function(c, $($argument),*),
            Conn::Postgres(c) => pg::repo::whole::$table::$function(c, $($argument),*),
        }
    };
}

/// Copies every table in one snapshot of `from` and one transaction of `to`, whose tables are made first.
///
/// # Errors
/// When the target is not empty; what either database met. The target then stays as it was.
pub fn copy(from: &Db, to: &Db, table_done: &mut dyn FnMut(&Counted)) -> Result<Vec<Counted>, CopyError> {
    from.read(|from| copy_from(from, to, table_done))
}

/// [`copy`] from one connection.
///
/// # Errors
/// As [`copy`].
pub(super) fn copy_from(
    from: &mut Conn<'_>,
    to: &Db,
    table_done: &mut dyn FnMut(&Counted),
) -> Result<Vec<Counted>, CopyError> {
    same_version(from)?;
    make_tables(to)?;
    from.snapshot(|from| to.write(|to| tables(from, to, table_done)))
}

/// Refuses a source that another version made.
pub(super) fn same_version(from: &mut Conn<'_>) -> Result<(), CopyError> {
    match migrate::distance(from)? {
        (_, unknown) if unknown > 0 => Err(CopyError::Ahead(unknown)),
        (missing, _) if missing > 0 => Err(CopyError::Behind(missing)),
        _ => Ok(()),
    }
}

/// Makes the target's tables, and refuses a target that holds rows.
pub(super) fn make_tables(to: &Db) -> Result<(), CopyError> {
    to.maintain(|conn: &mut Conn<'_>| migrate::run(conn))?;
    to.maintain(|conn: &mut Conn<'_>| empty(conn))
}

fn empty(conn: &mut Conn<'_>) -> Result<(), CopyError> {
    match count(conn)?.into_iter().find(|counted| counted.rows > 0) {
        Some(Counted { table, rows }) => Err(CopyError::NotEmpty { table, rows }),
        None => Ok(()),
    }
}

fn tables(
    from: &mut Conn<'_>,
    to: &mut Conn<'_>,
    table_done: &mut dyn FnMut(&Counted),
) -> Result<Vec<Counted>, CopyError> {
    empty(to)?;
    let mut done = Vec::new();
    macro_rules! copy_tables {
        ($($table:ident, $family:ident, $row:path;)*) => { $(
            let rows = on!(&mut *from, $table::read(&mut |slice: Vec<$row>| on!(&mut *to, $table::write(&slice))))?;
            let counted = Counted { table: stringify!($table), rows };
            table_done(&counted);
            done.push(counted);
        )* };
    }
    with_every_table!(copy_tables);
    Ok(done)
}

/// Counts the rows of every table.
///
/// # Errors
/// What the database met.
pub fn count(conn: &mut Conn<'_>) -> Result<Vec<Counted>, StoreError> {
    let mut all = Vec::new();
    macro_rules! count_tables {
        ($($table:ident, $family:ident, $row:path;)*) => { $(
            let rows = on!(&mut *conn, $table::count())?;
            all.push(Counted { table: stringify!($table), rows: u64::try_from(rows).unwrap_or(0) });
        )* };
    }
    with_every_table!(count_tables);
    Ok(all)
}
