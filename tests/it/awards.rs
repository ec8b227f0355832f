//! From application to award, certificate and verification, on each database.

mod applications;
mod attendance;
mod audit;
mod certificates;
mod cohorts;
pub mod days;
mod everyone;
pub mod facts;
mod imports;
mod known;
mod ledger;
mod own_word;
mod path;
mod profile;
mod simulate;
mod status;
mod supervisors;
mod twice;
mod verify;
pub mod world;
