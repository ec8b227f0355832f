//! Work apart from requests, with a clock that is set and mail that stays in memory, on each database.

mod notices;
mod outbox;
mod reminders;
pub mod world;
