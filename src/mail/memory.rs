//! Keeps messages in memory and answers as a test tells it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::message::Outgoing;
use super::transport::Outcome;

/// A mail server that exists only in memory. Clones share what they hold.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    accepted: Vec<Outgoing>,
    answers: VecDeque<Outcome>,
}

impl Memory {
    /// Everything accepted so far, in order.
    #[must_use]
    pub fn accepted(&self) -> Vec<Outgoing> {
        self.lock().accepted.clone()
    }

    /// The answer to the next message that has none yet; without one a message is accepted.
    pub fn answer(&self, outcome: Outcome) {
        self.lock().answers.push_back(outcome);
    }

    pub(super) fn send(&self, message: &Outgoing) -> Outcome {
        let mut inner = self.lock();
        let outcome = inner.answers.pop_front().unwrap_or(Outcome::Sent);
        if outcome == Outcome::Sent {
            inner.accepted.push(message.clone());
        }
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
