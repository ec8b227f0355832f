//! Who may come in is settled before anything they sent is looked at.
//!
//! The framework asks all of a handler's extractors at the same time and answers with the first refusal. So that
//! a caller without the right is told 401 or 403, and not what is wrong with their body, the extractors of
//! callers announce themselves and the extractors of bodies and parameters wait for them.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};
use tokio::sync::Semaphore;

use crate::web::error::ApiError;

#[derive(Clone)]
struct Gate {
    done: Arc<Semaphore>,
    announced: u32,
}

/// An extractor of callers at work.
pub struct Turn(Arc<Semaphore>);

/// Announces an extractor that others wait for.
#[must_use]
pub fn announce(request: &HttpRequest) -> Turn {
    let mut extensions = request.extensions_mut();
    let mut gate =
        extensions.get::<Gate>().cloned().unwrap_or_else(|| Gate { done: Arc::new(Semaphore::new(0)), announced: 0 });
    gate.announced += 1;
    let turn = Turn(gate.done.clone());
    extensions.insert(gate);
    turn
}

impl Turn {
    /// The caller may come in.
    pub fn pass(self) {
        self.0.add_permits(1);
    }
}

/// Waits until every announced extractor has let the caller in. If one does not, the request is answered
/// with its refusal, and nobody waits any more.
///
/// # Errors
/// Never in practice: the gate is not closed.
pub async fn wait(request: &HttpRequest) -> Result<(), ApiError> {
    let gate = request.extensions().get::<Gate>().cloned();
    let Some(gate) = gate else { return Ok(()) };
    let all = gate.done.acquire_many(gate.announced).await;
    // The permits go back when `all` is dropped: the next one who waits finds them.
    all.map(drop).map_err(|error| ApiError::Fault(error.to_string()))
}
