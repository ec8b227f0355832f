//! A form sent twice, by two clicks or after "back", does its work once.

use sha2::{Digest, Sha256};

use crate::services::repeats::{self, Repeat, RepeatError};
use crate::storage::{Conn, Id, StoreError};
use crate::web::app::App;

/// One sending of one form: the same page's form with the same content is the same sending. What was changed and
/// sent again is another.
#[derive(Debug)]
pub struct Once(Repeat);

impl Once {
    /// `form_token` is made anew for each page shown.
    #[must_use]
    pub fn of(person: Id, form_token: &str, content: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(&form_token).chain(content) {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let hash = hash.finalize().to_vec();
        Self(Repeat { scope: format!("form {person}"), key: hex::encode(&hash), request_hash: hash })
    }

    /// Does `work` in one write transaction, unless this sending did it before.
    ///
    /// # Errors
    /// What `work` answers; nothing is stored then, and it may be sent again.
    pub async fn run<E>(
        self,
        app: &App,
        work: impl FnOnce(&mut Conn<'_>) -> Result<(), E> + Send + 'static,
    ) -> Result<(), E>
    where
        E: From<StoreError> + Send + 'static,
    {
        let at = app.clock.now();
        let done = app
            .db
            .run_write(move |conn| {
                repeats::once(conn, &self.0, at, |conn| work(conn).map(|()| (200, "null".to_owned())))
            })
            .await;
        match done {
            Ok(_) => {
                app.wake.notify_one();
                Ok(())
            }
            Err(RepeatError::Work(error)) => Err(error),
            // The key is the request's own hash, and key and answer are stored together: neither can be told.
            Err(RepeatError::Reused | RepeatError::InFlight) => {
                Err(StoreError::Unavailable("the same form is being worked on".to_owned()).into())
            }
        }
    }
}
