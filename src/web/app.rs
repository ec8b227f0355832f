//! What every handler, job and command works with.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::settings::Settings;
use crate::storage::{Conn, Db, StoreError};

/// The running service: its database, clock and settings. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub settings: Arc<Settings>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, clock: Clock, settings: Settings) -> Self {
        Self { db, clock, settings: Arc::new(settings) }
    }

    /// Opens the database that the settings name and brings its tables up to date.
    ///
    /// # Errors
    /// When the database cannot be reached or a migration cannot run.
    pub fn open(settings: Settings, clock: Clock) -> Result<Self, StoreError> {
        let db = Db::open(&settings.database_url, settings.connections)?;
        db.maintain(|conn: &mut Conn<'_>| crate::storage::migrate::run(conn))?;
        Ok(Self::new(db, clock, settings))
    }

    /// A folder under the data folder.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.settings.data_dir.join(name)
    }
}
