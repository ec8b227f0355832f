//! Certificates looked at from outside: by other people's PDF tools, a code reader and lopdf.
//!
//! `tools` runs the tools and says which package to install when one is missing; `sample` makes models.

mod extraction;
mod names;
mod sample;
mod structure;
mod tools;
