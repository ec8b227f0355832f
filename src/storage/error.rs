//! What can go wrong in storage, sorted by what the caller can do about it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why storage did not do what it was asked. Missing rows are no error: they are `Ok(None)`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another row already has a value that must be unique.
    #[error("something with the same key is already there")]
    Taken,
    /// A row that this one points at is not there.
    #[error("something this refers to is not there")]
    Dangling,
    /// A value that the tables refuse, such as text that is too long.
    #[error("a value does not fit its column")]
    Unfit,
    /// The database cannot be reached or is busy; asking again may work.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Anything else: a fault of ours or of the database.
    #[error("the database answered with an error: {0}")]
    Fault(String),
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        // By kind, never by the constraint's name: SQLite does not tell it.
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Taken,
            DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Self::Dangling,
            DieselError::DatabaseError(DatabaseErrorKind::CheckViolation | DatabaseErrorKind::NotNullViolation, _) => {
                Self::Unfit
            }
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => {
                Self::Unavailable(info.message().to_owned())
            }
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) if info.message().contains("locked") => {
                Self::Unavailable(info.message().to_owned())
            }
            _ => Self::Fault(error.to_string()),
        }
    }
}
