//! Storage on SQLite or PostgreSQL, chosen by URL when the service starts.
//!
//! The only module that names diesel. Queries live in [`repo`](lite::repo), written once and compiled
//! for each database (`lite`, `pg`); callers reach them with [`repo!`](crate::repo) on a [`Conn`] that
//! [`Db::read`] or [`Db::write`] lends them. A use case opens one write transaction and does nothing slow
//! inside it. Storage decides nothing about the business.

pub mod audit;
pub mod backup;
mod conn;
pub mod copy;
mod db;
mod error;
pub mod lite;
pub mod migrate;
pub mod pg;
pub mod references;
pub mod rows;
pub mod schema;
mod servers;
mod tables;
mod url;
pub mod values;
mod words;

pub use conn::Conn;
pub use db::Db;
pub use error::StoreError;
pub use url::{DatabaseUrl, UnknownScheme};
pub use values::{Day, Id, Moment, NotAnId, Word};
pub use words::Words;
