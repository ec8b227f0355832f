//! Bringing the tables up to date.

use diesel::migration::MigrationSource;
use diesel::{QueryableByName, RunQueryDsl};
use diesel_migrations::MigrationHarness;

use super::{Conn, StoreError, lite, pg};

fn fault(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Fault(format!("migration: {error}"))
}

/// Runs every migration that has not run yet and answers their names.
///
/// # Errors
/// When a migration cannot run; those before it stay. When a newer program made the tables; they stay as they are.
pub fn run(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    // Counting what waits makes the list of migrations where there is none.
    if pending(conn)? < known(conn)?.len() {
        let (_, newer) = distance(conn)?;
        if newer > 0 {
            return Err(StoreError::Fault(format!(
                "a newer version made these tables ({newer} migrations that this one does not know); run that version"
            )));
        }
    }
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

/// How many migrations of this program have not run yet, and how many have run that it does not know. Writes
/// nothing, so that a file that must not change can be asked too.
///
/// # Errors
/// When there is no list of migrations that have run.
pub fn distance(conn: &mut Conn<'_>) -> Result<(usize, usize), StoreError> {
    #[derive(QueryableByName)]
    struct Run {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let query = diesel::sql_query("SELECT version FROM __diesel_schema_migrations");
    let run: Vec<Run> = match conn {
        Conn::Sqlite(c) => query.load(*c)?,
        Conn::Postgres(c) => query.load(*c)?,
    };
    let run: Vec<String> = run.into_iter().map(|it| it.version).collect();
    let known = known(conn)?;
    let missing = known.iter().filter(|version| !run.contains(version)).count();
    let unknown = run.iter().filter(|version| !known.contains(version)).count();
    Ok((missing, unknown))
}

/// The versions of this program's migrations.
fn known(conn: &Conn<'_>) -> Result<Vec<String>, StoreError> {
    fn versions<DB: diesel::backend::Backend>(source: &impl MigrationSource<DB>) -> Result<Vec<String>, StoreError> {
        let all = source.migrations().map_err(|error| fault(&error))?;
        Ok(all.iter().map(|migration| migration.name().version().to_string()).collect())
    }
    match conn {
        Conn::Sqlite(_) => versions::<lite::Backend>(&lite::MIGRATIONS),
        Conn::Postgres(_) => versions::<pg::Backend>(&pg::MIGRATIONS),
    }
}
