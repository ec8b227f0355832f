//! Where the database is.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

/// A database's address. Only explicit schemes: a mistyped URL must not become a new, empty file.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// `sqlite:///var/lib/credtrail/credtrail.sqlite3`
    Sqlite(PathBuf),
    /// `postgres://host/database`; may hold a password.
    Postgres(SecretString),
}

/// A URL of no database we know.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected sqlite://<path> or postgres://<host>/<database>")]
pub struct UnknownScheme;

impl DatabaseUrl {
    /// Reads a database URL.
    ///
    /// # Errors
    /// When the scheme is neither `sqlite`, `postgres` nor `postgresql`, or the path is empty.
    pub fn parse(url: &str) -> Result<Self, UnknownScheme> {
        match url.split_once("://") {
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => {
                Ok(Self::Postgres(SecretString::from(url.to_owned())))
            }
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(UnknownScheme),
        }
    }

    /// The whole URL of a PostgreSQL database, password included: for connecting only.
    pub(super) fn expose(secret: &SecretString) -> &str {
        secret.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_explicit_schemes_are_read() {
        assert!(matches!(DatabaseUrl::parse("sqlite://a.sqlite3"), Ok(DatabaseUrl::Sqlite(_))));
        assert!(matches!(DatabaseUrl::parse("postgresql://h/d"), Ok(DatabaseUrl::Postgres(_))));
        for wrong in ["a.sqlite3", "sqlite://", "mysql://h/d", "postgres", "postgres://"] {
            assert!(DatabaseUrl::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let url = DatabaseUrl::parse("postgres://u:hunter2@h/d").unwrap();
        assert!(!format!("{url:?}").contains("hunter2"));
    }
}
