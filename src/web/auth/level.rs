//! Answers that must not tell by their time what they do not tell by their words.
//!
//! Mailing a link to an address that has an account takes longer than not mailing one to an address that has
//! none. Both are answered after the same time, which is longer than either takes.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// When such a request is answered, counted from its arrival.
const AFTER: Duration = Duration::from_millis(150);

/// Does `work`, and answers no sooner than a fixed time after it began.
pub async fn level<T>(work: impl Future<Output = T>) -> T {
    let until = Instant::now() + AFTER;
    let done = work.await;
    sleep_until(until).await;
    done
}
