//! The use cases: check, decide, write. No HTTP, no SQL, no templates.
//!
//! A function takes the connection of a write transaction that the edge opened
//! ([`Db::write`](crate::storage::Db::write)) and who acts ([`acting::Acting`]), and writes the facts, the
//! audit row and the notices that it owes, all or nothing.

pub mod accounts;
pub mod acting;
pub mod api_keys;
pub mod applications;
pub mod audit;
pub mod awards;
pub mod boards;
pub mod callers;
pub mod casework;
pub mod certificates;
pub mod credentials;
pub mod decisions;
pub mod deliveries;
pub mod documents;
pub mod evaluations;
pub mod everyone;
pub mod exams;
pub mod files;
pub mod hours;
pub mod imports;
pub mod known;
pub mod lists;
pub mod memberships;
pub mod notices;
pub mod organizations;
pub mod password_rules;
pub mod passwords;
pub mod plans;
pub mod profile;
pub mod programs;
pub mod progress;
pub mod purge;
pub mod record;
pub mod recorded;
pub mod register;
pub mod reminders;
pub mod repeats;
pub mod reruns;
pub mod reviews;
pub mod roles;
pub mod rulebook;
pub mod secrets;
pub mod sessions;
pub mod simulate;
pub mod standing;
pub mod statements;
pub mod upkeep;
pub mod verify;
pub mod ways;
pub mod zones;
