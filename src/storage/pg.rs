//! PostgreSQL, for installations of more than one machine.

use diesel_migrations::{EmbeddedMigrations, embed_migrations};

#[path = "repo/mod.rs"]
pub mod repo;

#[path = "pg_only.rs"]
pub mod only;

/// The connection that the repositories are compiled for here.
pub type Conn = diesel::PgConnection;
/// The database that the repositories are compiled for here.
pub type Backend = diesel::pg::Pg;
/// How long results are read without holding them all.
pub type LoadMode = diesel::pg::PgRowByRowLoadingMode;
/// Rows per insert statement, so that bind values stay below PostgreSQL's 65,535.
pub const ROWS_PER_INSERT: usize = 1_000;

/// The tables.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");
