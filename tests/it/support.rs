//! The real application on a real listener and a real database, for tests.
//!
//! Begin with [`TestApp::on_each_database`]. Requests go through HTTP ([`client`]); [`people`] says of each
//! builder that it goes to the database. The clock stands still until a test sets it.

mod app;
mod client;
mod database;
mod examples;
mod mail;
mod people;

pub use app::TestApp;
pub use client::Answer;
pub use database::Database;
pub use examples::{example_of, with_example};
pub use people::Someone;
