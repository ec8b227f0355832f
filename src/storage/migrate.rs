//! Bringing the tables up to date.

use diesel_migrations::MigrationHarness;

use super::{Conn, StoreError, lite, pg};

fn fault(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Fault(format!("migration: {error}"))
}

/// Runs every migration that has not run yet and answers their names.
///
/// # Errors
/// When a migration cannot run; those before it stay.
pub fn run(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let done = match conn {
        Conn::Sqlite(c) => c
            .run_pending_migrations(lite::MIGRATIONS)
            .map_err(|error| fault(&error))?
            .iter()
            .map(ToString::to_string)
            .collect(),
        Conn::Postgres(c) => c
            .run_pending_migrations(pg::MIGRATIONS)
            .map_err(|error| fault(&error))?
            .iter()
            .map(ToString::to_string)
            .collect(),
    };
    Ok(done)
}

/// Undoes every migration, newest first: for tests of the way down.
///
/// # Errors
/// When a migration cannot be undone.
pub fn undo_all(conn: &mut Conn<'_>) -> Result<usize, StoreError> {
    let undone = match conn {
        Conn::Sqlite(c) => c.revert_all_migrations(lite::MIGRATIONS).map_err(|error| fault(&error))?.len(),
        Conn::Postgres(c) => c.revert_all_migrations(pg::MIGRATIONS).map_err(|error| fault(&error))?.len(),
    };
    Ok(undone)
}

/// How many migrations have not run yet.
///
/// # Errors
/// When the database cannot be read.
pub fn pending(conn: &mut Conn<'_>) -> Result<usize, StoreError> {
    match conn {
        Conn::Sqlite(c) => c.pending_migrations(lite::MIGRATIONS).map(|p| p.len()).map_err(|error| fault(&error)),
        Conn::Postgres(c) => c.pending_migrations(pg::MIGRATIONS).map(|p| p.len()).map_err(|error| fault(&error)),
    }
}
