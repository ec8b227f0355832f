//! The database as the service holds it: pooled readers, and writers that take turns.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::SqliteConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};

use super::conn::Conn;
use super::error::StoreError;
use super::servers::Servers;
use super::{DatabaseUrl, lite};
use crate::private_folder;

/// A handle to the database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Kind>);

enum Kind {
    /// Readers never wait for the one writer, and writers never find the file busy.
    Sqlite {
        readers: Pool<ConnectionManager<SqliteConnection>>,
        writer: Mutex<SqliteConnection>,
    },
    Postgres {
        pool: Pool<Servers>,
    },
}

#[derive(Debug)]
struct Prepared;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for Prepared {
    fn on_acquire(&self, conn: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        lite::prepare(conn).map_err(diesel::r2d2::Error::QueryError)
    }
}

fn unavailable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

impl Db {
    /// Opens the database at `url` with up to `connections` connections for reading (and, on
    /// PostgreSQL, writing). Makes the SQLite file if it is missing; makes no tables.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn open(url: &DatabaseUrl, connections: u32) -> Result<Self, StoreError> {
        let wait = Duration::from_secs(10);
        let kind = match url {
            DatabaseUrl::Sqlite(path) => {
                if let Some(folder) = path.parent().filter(|f| *f != Path::new("")) {
                    private_folder::make(folder).map_err(unavailable)?;
                }
                let writer = Mutex::new(lite::connect(path).map_err(unavailable)?);
                let readers = Pool::builder()
                    .max_size(connections)
                    // Opened when first read from: who only writes, as a backup does, is alone with the file.
                    .min_idle(Some(0))
                    .connection_timeout(wait)
                    // A file does not go away as a server may: nothing to ask before each use.
                    .test_on_check_out(false)
                    .connection_customizer(Box::new(Prepared))
                    .build(ConnectionManager::new(path.to_string_lossy()))
                    .map_err(unavailable)?;
                Kind::Sqlite { readers, writer }
            }
            DatabaseUrl::Postgres(url) => Kind::Postgres {
                pool: Pool::builder()
                    .max_size(connections)
                    .min_idle(Some(1))
                    .connection_timeout(wait)
                    .build(Servers::at(DatabaseUrl::expose(url)))
                    .map_err(unavailable)?,
            },
        };
        Ok(Self(Arc::new(kind)))
    }

    /// Lends a connection for reading. Blocks: call it on a thread that may.
    ///
    /// # Errors
    /// What `work` answers, or [`StoreError::Unavailable`].
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &*self.0 {
            Kind::Sqlite { readers, .. } => work(&mut Conn::Sqlite(&mut *readers.get().map_err(unavailable)?)),
            Kind::Postgres { pool } => work(&mut Conn::Postgres(&mut *pool.get().map_err(unavailable)?)),
        }
    }

    /// Runs `work` in one write transaction: all of it is stored, or nothing is. Blocks.
    ///
    /// # Errors
    /// What `work` answers, or what the database met; nothing is stored then.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &*self.0 {
            Kind::Sqlite { writer, .. } => {
                // A panic inside a transaction rolls it back when diesel unwinds: the connection stays good.
                let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                Conn::Sqlite(&mut writer).transaction(work)
            }
            Kind::Postgres { pool } => Conn::Postgres(&mut *pool.get().map_err(unavailable)?).transaction(work),
        }
    }

    /// [`Db::read`] on a thread that may block.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn run_read<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.read(work)).await.map_err(|error| lost(&error))?
    }

    /// [`Db::write`] on a thread that may block.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn run_write<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.write(work)).await.map_err(|error| lost(&error))?
    }

    /// Runs `work` outside a transaction on the connection that writes: for migrations and upkeep.
    ///
    /// # Errors
    /// What `work` answers, or [`StoreError::Unavailable`].
    pub fn maintain<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &*self.0 {
            Kind::Sqlite { writer, .. } => {
                let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                work(&mut Conn::Sqlite(&mut writer))
            }
            Kind::Postgres { pool } => work(&mut Conn::Postgres(&mut *pool.get().map_err(unavailable)?)),
        }
    }
}

fn lost(error: &tokio::task::JoinError) -> StoreError {
    StoreError::Fault(format!("a database task ended early: {error}"))
}
