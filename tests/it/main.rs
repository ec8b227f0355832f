//! The one integration test binary. Each module beside this file is one area; `boundaries` holds the
//! rules of the house that a compiler cannot check.
//!
//! `cfg(test)` on the whole crate tells clippy that helpers here are tests too, so that they may unwrap,
//! expect, panic and index (see `.clippy.toml`); everything else is held to the same lints as `src`.
#![cfg(test)]

mod api;
mod awards;
mod boundaries;
mod cli;
mod hostile;
mod jobs;
mod mail;
mod pages;
mod pdf;
mod readme;
mod rules;
pub mod storage;
mod story;
mod support;
