//! The database as a whole, on each kind of database: backing up, restoring, copying, checking, migrating, and the
//! shape of the tables.

mod backup;
mod check;
mod command;
mod forgetting;
mod keys;
mod open_applications;
mod restore;
pub mod same;
mod schema;
mod statements;
mod streaming;
mod tables;
mod world;
