//! From application to award, certificate and verification, on each database.

mod applications;
mod audit;
mod certificates;
mod everyone;
mod facts;
mod imports;
mod ledger;
mod path;
mod status;
mod verify;
pub mod world;
