//! The pages people see: typed views over `templates/pages`, complete without any script.
//!
//! Each file has a page's view (a struct that its template reads) and the handlers that fill it. A view
//! holds finished words: what decides is in services and rules, what words it is in [`crate::words`].

pub mod error;
pub mod form;
pub mod frame;
pub mod progress;
pub mod sign_in;
pub mod start;
#[cfg(test)]
mod states;
pub mod verify;
