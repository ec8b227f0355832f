//! The pages through HTTP, on each database, as a browser without scripts would use them.

mod account;
mod checking;
mod open;
mod progress;
