//! The queries, one file per table family, written once and compiled once per database.
//!
//! [`Conn`] is concrete here, so that every feature of diesel is at hand. A function does one thing to
//! one family of tables, decides nothing, and answers `QueryResult`; missing is `Ok(None)`.

pub use super::{Backend, Conn, LoadMode, ROWS_PER_INSERT, only};

/// That a row of a table of revisions is the newest of its fact. `$newer` is an alias of the table, `$owner` the column
/// that its key begins with.
macro_rules! newest {
    ($table:ident, $newer:ident, $owner:ident) => {
        diesel::dsl::not(diesel::dsl::exists(
            $newer
                .filter($newer.field($table::$owner).eq($table::$owner))
                .filter($newer.field($table::id).eq($table::id))
                .filter($newer.field($table::revision).gt($table::revision)),
        ))
    };
}

pub mod api_keys;
pub mod applications;
pub mod audit;
pub mod awards;
pub mod boards;
pub mod certificates;
pub mod courses;
pub mod decisions;
pub mod documents;
pub mod facts;
pub mod idempotency;
pub mod logins;
pub mod narrow;
pub mod notices;
pub mod organizations;
pub mod outbox;
pub mod people;
pub mod ranges;
pub mod reminders;
pub mod sessions;
pub mod supervision;
pub mod whole;
pub mod words;
