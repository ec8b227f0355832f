//! The walls between the modules, as tests. `docs/architecture.md` says why each wall stands.
//!
//! Begin with [`layers`]; [`files`] is about names, sizes and what a file may hold; [`source`] reads Rust
//! source far enough to tell code from comments, strings and unit tests.

mod files;
mod layers;
mod released;
pub mod source;
