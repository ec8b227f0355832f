//! Credtrail follows a peer support specialist from the first training module to certification and
//! through every renewal after it. `docs/architecture.md` has the map of the modules and three walkthroughs.

pub mod cli;
pub mod clock;
pub mod jobs;
pub mod mail;
pub mod packs;
pub mod pdf;
mod private_folder;
pub mod rules;
pub mod services;
pub mod settings;
pub mod storage;
pub mod web;
pub mod words;
