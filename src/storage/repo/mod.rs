//! The queries, one file per table family, written once and compiled once per database.
//!
//! [`Conn`] is concrete here, so that every feature of diesel is at hand. A function does one thing to
//! one family of tables, decides nothing, and answers `QueryResult`; missing is `Ok(None)`.

pub use super::{Backend, Conn, LoadMode, ROWS_PER_INSERT, only};

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
