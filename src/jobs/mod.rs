//! Work apart from requests: sending what the outbox holds, and reminding of renewals.
//!
//! A piece of work is claimed in a short transaction, done without one, and settled in another short one, so no
//! lock is ever held while a mail server thinks. What a piece of work means for people is decided in
//! [`services`](crate::services); here it is only done. Begin with [`Worker`].

mod outgoing;
mod sweep;
mod worker;

pub use outgoing::{Way, WayError};
pub use sweep::{Sweep, Swept, sweep};
pub use worker::{Tally, Worker};
