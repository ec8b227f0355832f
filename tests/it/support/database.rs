//! A database of its own for each test: a SQLite file in a temporary folder, or a schema on the PostgreSQL
//! server that `TEST_POSTGRES_URL` names, dropped when the test ends.

use std::path::Path;

use diesel::{Connection, PgConnection, RunQueryDsl};

/// Where a test keeps its rows.
pub enum Database {
    /// A file in the test's folder.
    Sqlite { url: String },
    /// A schema.
    Postgres { server: String, schema: String },
}

impl Database {
    /// The databases at hand.
    pub fn each(folder: &Path) -> Vec<Self> {
        let mut each = vec![Self::Sqlite { url: format!("sqlite://{}", folder.join("test.sqlite3").display()) }];
        each.extend(postgres_server().map(|server| Self::postgres(&server)));
        each
    }

    fn postgres(server: &str) -> Self {
        let mut bytes = [0_u8; 8];
        getrandom::fill(&mut bytes).unwrap();
        let schema = format!("test_{}", hex::encode(bytes));
        run(server, &format!("CREATE SCHEMA {schema}"));
        Self::Postgres { server: server.to_owned(), schema }
    }

    /// The URL as the settings take it.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite { url } => url.clone(),
            Self::Postgres { server, schema } => {
                let mark = if server.contains('?') { '&' } else { '?' };
                format!("{server}{mark}options=-csearch_path%3D{schema}")
            }
        }
    }

    /// What a failing test should say it ran on.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, schema } = self {
            run(server, &format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

/// The server for tests, if one is named.
pub fn postgres_server() -> Option<String> {
    std::env::var_os("TEST_POSTGRES_URL").map(|url| url.into_string().expect("a URL"))
}

fn run(server: &str, statement: &str) {
    let mut conn = PgConnection::establish(server).expect("the PostgreSQL server of TEST_POSTGRES_URL");
    diesel::sql_query(statement).execute(&mut conn).expect(statement);
}
