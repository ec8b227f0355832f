//! Work apart from requests: sending what the outbox holds.
//!
//! A piece of work is claimed in a short transaction, done without one, and settled in another short one, so no
//! lock is ever held while a mail server thinks. What a piece of work means for people is decided in
//! [`services`](crate::services); here it is only done. Begin with [`Worker`].

mod outgoing;
mod worker;

pub use outgoing::{Way, WayError};
pub use worker::{Tally, Worker};
