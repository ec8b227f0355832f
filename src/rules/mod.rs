//! The rules core: dated packs, one person's record, and the pure function that judges the one by the other.
//!
//! Takes data and returns data. It reads no clock, file, environment or random source, knows no database
//! and never panics; everything outside it passes in what it needs.

pub mod lang;

pub use lang::Lang;
