//! What every handler, job and command works with.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::services::passwords::Passwords;
use crate::settings::Settings;
use crate::storage::{Conn, Db, StoreError};

use super::auth::AccessKeys;
use super::auth::door::Throttle;
use super::error::ApiError;
use super::metrics::Metrics;
use super::once::InFlight;

/// The running service: its database, clock and settings. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub settings: Arc<Settings>,
    /// The key of access tokens.
    pub access: Arc<AccessKeys>,
    /// How often one address may try secrets.
    pub throttle: Throttle,
    /// The gate before the hashing of passwords.
    pub passwords: Passwords,
    /// The keys of requests being worked on.
    pub in_flight: InFlight,
    /// What is counted.
    pub metrics: Metrics,
    /// Tells a worker in this process that there may be work.
    pub wake: Arc<Notify>,
}

impl App {
    /// Puts the parts together; makes the key of access tokens if there is none.
    ///
    /// # Errors
    /// When the data folder cannot be used.
    pub fn new(db: Db, clock: Clock, settings: Settings) -> Result<Self, StoreError> {
        let access = AccessKeys::open(&settings.data_dir.join("keys").join("access.key"), &settings.public_url)?;
        Ok(Self {
            db,
            clock,
            settings: Arc::new(settings),
            access: Arc::new(access),
            throttle: Throttle::default(),
            passwords: Passwords::default(),
            in_flight: InFlight::default(),
            metrics: Metrics::default(),
            wake: Arc::new(Notify::new()),
        })
    }

    /// Opens the database that the settings name and brings its tables up to date.
    ///
    /// # Errors
    /// When the database cannot be reached or a migration cannot run.
    pub fn open(settings: Settings, clock: Clock) -> Result<Self, StoreError> {
        let db = Db::open(&settings.database_url, settings.connections)?;
        db.maintain(|conn: &mut Conn<'_>| crate::storage::migrate::run(conn))?;
        Self::new(db, clock, settings)
    }

    /// Runs `work` in one write transaction: see [`Db::write`].
    ///
    /// # Errors
    /// What `work` answers as the caller is told it.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: From<StoreError> + Into<ApiError> + Send + 'static,
    {
        let done = self.db.run_write(work).await.map_err(Into::into)?;
        self.wake.notify_one();
        Ok(done)
    }

    /// Runs `work` on a connection for reading: see [`Db::read`].
    ///
    /// # Errors
    /// What `work` answers as the caller is told it.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: From<StoreError> + Into<ApiError> + Send + 'static,
    {
        self.db.run_read(work).await.map_err(Into::into)
    }

    /// A folder under the data folder.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.settings.data_dir.join(name)
    }
}
