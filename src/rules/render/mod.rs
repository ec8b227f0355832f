//! A version in words that people can read, in both languages: for pages, for comparing, for boards.
//!
//! Reads what the flattened version states and says it; decides nothing. A key without words of its own is shown as it is
//! written, so nothing a pack says is left out.

mod describe;
mod markdown;
mod phrases;
mod say;

pub use describe::{Described, described, everything};
pub use markdown::page;
pub use phrases::{length, phrase, plain};
pub use say::{purpose, said};
