//! A database of its own for each measurement, taken away afterwards.

use std::path::Path;

use chrono::{DateTime, Utc};
use credtrail::clock::Clock;
use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::settings::{Flags, load};
use credtrail::storage::rows::organizations::{BoardRow, OrganizationRow};
use credtrail::storage::{Conn, Id, StoreError};
use credtrail::web::app::App;
use diesel::{Connection, PgConnection, RunQueryDsl};
use tempfile::TempDir;

use super::Outcome;

/// Which database is measured.
#[derive(Debug, Clone)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server, by its URL.
    Postgres(String),
}

/// The databases at hand.
pub fn databases() -> Vec<Database> {
    let server =
        std::env::var_os("TEST_POSTGRES_URL").and_then(|url| url.into_string().ok()).filter(|url| !url.is_empty());
    std::iter::once(Database::Sqlite).chain(server.map(Database::Postgres)).collect()
}

impl Database {
    /// Its name in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A service with an empty database.
pub struct Place {
    /// The service.
    pub app: App,
    /// The database's URL.
    pub url: String,
    /// Server and schema, on PostgreSQL.
    schema: Option<(String, String)>,
    folder: TempDir,
}

impl Place {
    /// Makes the tables.
    pub fn new(database: &Database) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let (url, schema) = match database {
            Database::Sqlite => (format!("sqlite://{}", folder.path().join("bench.sqlite3").display()), None),
            Database::Postgres(server) => {
                let mut bytes = [0_u8; 8];
                getrandom::fill(&mut bytes)?;
                let schema = format!("bench_{}", hex::encode(bytes));
                tell(server, &format!("CREATE SCHEMA {schema}"))?;
                let mark = if server.contains('?') { '&' } else { '?' };
                (format!("{server}{mark}options=-csearch_path%3D{schema}"), Some((server.clone(), schema)))
            }
        };
        let mut flags = Flags::default();
        flags.values.insert("database_url", url.clone());
        flags.values.insert("data_dir", folder.path().join("data").display().to_string());
        flags.values.insert("public_url", "https://register.example.org".to_owned());
        let app = App::open(load(&flags, |_| None)?, Clock::System)?;
        Ok(Self { app, url, schema, folder })
    }

    /// A folder for files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The service itself, now.
    pub fn acting(&self) -> Acting {
        Acting::system(self.now())
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Writes in one transaction.
    pub fn write<T>(&self, work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>) -> Outcome<T> {
        Ok(self.app.db.write(work)?)
    }

    /// Lets PostgreSQL count what was filled in, as its own housekeeping would within minutes, and lets the system
    /// read SQLite's file once, so that no disk is measured.
    pub fn settle(&self) -> Outcome {
        if let Some(path) = self.url.strip_prefix("sqlite://") {
            std::io::copy(&mut std::fs::File::open(path)?, &mut std::io::sink())?;
        }
        self.app.db.maintain(|conn: &mut Conn<'_>| match conn {
            Conn::Postgres(c) => diesel::sql_query("VACUUM ANALYZE").execute(*c).map(drop).map_err(StoreError::from),
            Conn::Sqlite(_) => Ok(()),
        })?;
        Ok(())
    }

    /// An organization; a board with its settings.
    pub fn organization(&self, kind: &str, slug: &str) -> Outcome<Id> {
        let by = self.acting();
        let row = OrganizationRow {
            id: by.fresh_id(),
            kind: kind.to_owned(),
            slug: slug.to_owned(),
            name: "Bench Board of Peer Support".to_owned(),
            region: Some("xx".to_owned()),
            created_at: by.moment(),
            created_by: Id::SYSTEM,
        };
        let board = BoardRow {
            organization_id: row.id,
            time_zone: "America/Chicago".to_owned(),
            number_prefix: "XX".to_owned(),
            phone: Some("555 0100".to_owned()),
            register_fields: "[]".to_owned(),
            certificate_style: "{}".to_owned(),
            updated_at: by.moment(),
        };
        self.write(|conn| {
            repo!(conn, organizations::insert(&row))?;
            if kind == "board" {
                repo!(conn, organizations::insert_board(&board))?;
            }
            Ok(row.id)
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, schema)) = &self.schema
            && let Err(error) = tell(server, &format!("DROP SCHEMA {schema} CASCADE"))
        {
            eprintln!("the schema {schema} stayed: {error}");
        }
    }
}

fn tell(server: &str, statement: &str) -> Outcome {
    let mut conn = PgConnection::establish(server)?;
    diesel::sql_query(statement).execute(&mut conn)?;
    Ok(())
}
