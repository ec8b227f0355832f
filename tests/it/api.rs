//! The API through HTTP, on each database.

mod foundation;
