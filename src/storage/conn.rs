//! One connection, of either database, and the only way to open a write transaction.

use diesel::result::Error as DieselError;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::error::StoreError;

/// A borrowed connection to the database that the URL chose.
pub enum Conn<'a> {
    /// The embedded database.
    Sqlite(&'a mut SqliteConnection),
    /// A PostgreSQL server.
    Postgres(&'a mut PgConnection),
}

/// Calls a repository function on the database at hand:
/// `repo!(conn, people::find(id))?` is `Result<_, StoreError>`.
#[macro_export]
macro_rules! repo {
    ($conn:expr, $family:ident :: $function:ident ( $($argument:expr),* $(,)? )) => {
        match $conn {
            $crate::storage::Conn::Sqlite(c) => $crate::storage::lite::repo::$family::$function(c, $($argument),*),
            $crate::storage::Conn::Postgres(c) => $crate::storage::pg::repo::$family::$function(c, $($argument),*),
        }
        .map_err($crate::storage::StoreError::from)
    };
}

/// An error on its way through a transaction: diesel needs to see its own.
enum Through<E> {
    Ours(E),
    Diesel(DieselError),
}

impl<E> From<DieselError> for Through<E> {
    fn from(error: DieselError) -> Self {
        Self::Diesel(error)
    }
}

impl<E: From<StoreError>> Through<E> {
    fn out(self) -> E {
        match self {
            Self::Ours(error) => error,
            Self::Diesel(error) => StoreError::from(error).into(),
        }
    }
}

impl Conn<'_> {
    /// Runs `work` in one write transaction: all of it is stored, or nothing is.
    ///
    /// On SQLite the write lock is taken at once, so that transactions which read first wait for each
    /// other instead of failing.
    ///
    /// # Errors
    /// Whatever `work` answers, or what beginning or committing met.
    pub(super) fn transaction<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Conn::Sqlite(c) => c.immediate_transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Through::Ours)),
            Conn::Postgres(c) => c.transaction(|c| work(&mut Conn::Postgres(c)).map_err(Through::Ours)),
        }
        .map_err(Through::out)
    }

    /// Runs `work` on one unmoving view of the database: what others write meanwhile is not seen.
    ///
    /// # Errors
    /// Whatever `work` answers.
    pub(super) fn snapshot<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Conn::Sqlite(c) => c.transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Through::Ours)),
            Conn::Postgres(c) => c
                .build_transaction()
                .read_only()
                .repeatable_read()
                .run(|c| work(&mut Conn::Postgres(c)).map_err(Through::Ours)),
        }
        .map_err(Through::out)
    }

    /// Runs `work` in a savepoint inside a write transaction: what it wrote is undone if it refuses,
    /// and the transaction goes on.
    ///
    /// # Errors
    /// Whatever `work` answers.
    pub fn attempt<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Conn::Sqlite(c) => c.transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Through::Ours)),
            Conn::Postgres(c) => c.transaction(|c| work(&mut Conn::Postgres(c)).map_err(Through::Ours)),
        }
        .map_err(Through::out)
    }
}
