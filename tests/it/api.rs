//! The API through HTTP, on each database.

mod accounts;
mod described;
mod documents;
mod foundation;
mod lists;
mod matrix;
mod members;
mod plans;
mod publishing;
mod repeats;
mod sessions;
pub mod simulations;
