//! Requests that may come twice, as handlers meet them: `Once` in the signature, `once.run(..)` around the
//! service call. Every POST that creates something takes an `Idempotency-Key` this way.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::app::App;
use super::auth::caller::{Caller, find};
use super::auth::turn::wait;
use super::error::ApiError;
use crate::services::repeats::{self, Answered, Repeat, RepeatError};
use crate::storage::{Conn, StoreError};

/// The longest key.
const KEY_LETTERS: usize = 200;

/// Who asks what under which key.
#[derive(Debug, Clone)]
pub struct Once {
    scope: String,
    key: Option<String>,
    target: String,
}

/// The keys that this process is working on.
#[derive(Debug, Clone, Default)]
pub struct InFlight(Arc<Mutex<HashSet<(String, String)>>>);

/// A key being worked on; given back when dropped.
struct Held {
    all: InFlight,
    key: (String, String),
}

impl InFlight {
    fn hold(&self, scope: &str, key: &str) -> Option<Held> {
        let key = (scope.to_owned(), key.to_owned());
        let new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        new.then(|| Held { all: self.clone(), key })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl FromRequest for Once {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            wait(&request).await?;
            let caller = find(&request).await?.ok_or_else(ApiError::sign_in)?;
            let scope = match &caller {
                Caller::Person(who) => format!("person {}", who.person),
                Caller::System(key) => format!("key {}", key.key),
            };
            Ok(Self { scope, key: key(&request)?, target: format!("{} {}", request.method(), request.uri()) })
        })
    }
}

fn key(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let mut values = request.headers().get_all("idempotency-key");
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let fits = !text.is_empty() && text.len() <= KEY_LETTERS && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !fits || values.next().is_some() {
        return Err(ApiError::refused(
            StatusCode::BAD_REQUEST,
            "bad_idempotency_key",
            "expected one `Idempotency-Key` of 1 to 200 visible ASCII characters",
        ));
    }
    Ok(Some(text.to_owned()))
}

impl Once {
    /// Runs `work` in one write transaction and answers what it made with `status`; a request that comes again
    /// with the same key and body is answered as the first one was, with `Idempotent-Replayed: true`.
    ///
    /// `body_hash` is [`super::extract::Body::hash`].
    ///
    /// # Errors
    /// What `work` refuses; 422 for a key that came with another request, 409 while the first is in flight.
    pub async fn run<T, E>(
        self,
        app: &App,
        body_hash: &[u8],
        status: StatusCode,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<HttpResponse, ApiError>
    where
        T: Serialize + Send + 'static,
        E: From<StoreError> + Into<ApiError> + Send + 'static,
    {
        let work = move |conn: &mut Conn<'_>| Ok::<_, E>((written(&work(conn)?)?, None));
        self.answer(app, body_hash, status, work).await
    }

    /// [`Self::run`] for work that makes a secret: `work` answers what is stored for a repeated request, and what is
    /// shown this once. The secret is stored nowhere, so a repeated request learns what was made, without it.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn run_showing<T, S, E>(
        self,
        app: &App,
        body_hash: &[u8],
        status: StatusCode,
        work: impl FnOnce(&mut Conn<'_>) -> Result<(T, S), E> + Send + 'static,
    ) -> Result<HttpResponse, ApiError>
    where
        T: Serialize + Send + 'static,
        S: Serialize + Send + 'static,
        E: From<StoreError> + Into<ApiError> + Send + 'static,
    {
        let work = move |conn: &mut Conn<'_>| {
            let (stored, shown) = work(conn)?;
            Ok::<_, E>((written(&stored)?, Some(written(&shown)?)))
        };
        self.answer(app, body_hash, status, work).await
    }

    /// [`Self::run`] for work of several transactions that may come twice without harm, such as a file brought in: its
    /// answer is stored when it is done.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn run_long<T: Serialize>(
        self,
        app: &App,
        body_hash: &[u8],
        work: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<HttpResponse, ApiError> {
        let Some(key) = self.key.clone() else { return Ok(HttpResponse::Ok().json(work.await?)) };
        let _held = app.in_flight.hold(&self.scope, &key).ok_or_else(in_flight)?;
        let (repeat, at) = (self.repeat(key, body_hash), app.clock.now());
        let asked = repeat.clone();
        let before = app.db.run_read(move |conn| repeats::before::<StoreError>(conn, &asked)).await;
        if let Some(answered) = before.map_err(failed)? {
            return Ok(respond(answered));
        }
        let body = written(&work.await?)?;
        let answered = app
            .db
            .run_write(move |conn| {
                repeats::once(conn, &repeat, at, |_conn| Ok::<_, StoreError>((StatusCode::OK.as_u16(), body)))
            })
            .await;
        Ok(respond(answered.map_err(failed)?))
    }

    fn repeat(&self, key: String, body_hash: &[u8]) -> Repeat {
        let request_hash =
            Sha256::new().chain_update(&self.target).chain_update([0]).chain_update(body_hash).finalize();
        Repeat { scope: self.scope.clone(), key, request_hash: request_hash.to_vec() }
    }

    /// `work` answers the JSON that is stored, and the JSON that is shown this once in its place.
    async fn answer<E>(
        self,
        app: &App,
        body_hash: &[u8],
        status: StatusCode,
        work: impl FnOnce(&mut Conn<'_>) -> Result<(String, Option<String>), E> + Send + 'static,
    ) -> Result<HttpResponse, ApiError>
    where
        E: From<StoreError> + Into<ApiError> + Send + 'static,
    {
        let Some(key) = self.key.clone() else {
            let (stored, shown) = app.write(work).await?;
            let body = shown.unwrap_or(stored);
            return Ok(respond(Answered { status: status.as_u16(), body, repeated: false }));
        };
        let _held = app.in_flight.hold(&self.scope, &key).ok_or_else(in_flight)?;
        let (repeat, at) = (self.repeat(key, body_hash), app.clock.now());
        let answered = app
            .db
            .run_write(move |conn| {
                let mut now = None;
                let mut answered = repeats::once(conn, &repeat, at, |conn| {
                    let (stored, shown) = work(conn)?;
                    now = shown;
                    Ok::<_, E>((status.as_u16(), stored))
                })?;
                if let Some(shown) = now {
                    answered.body = shown;
                }
                Ok(answered)
            })
            .await;
        Ok(respond(answered.map_err(failed)?))
    }
}

fn written(made: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(made).map_err(|error| StoreError::Fault(format!("an answer could not be written: {error}")))
}

fn in_flight() -> ApiError {
    failed(RepeatError::<StoreError>::InFlight)
}

fn failed<E: Into<ApiError>>(error: RepeatError<E>) -> ApiError {
    let detail = error.to_string();
    match error {
        RepeatError::Work(error) => error.into(),
        RepeatError::Reused => refusal(&detail, StatusCode::UNPROCESSABLE_ENTITY, "key_reused"),
        RepeatError::InFlight => refusal(&detail, StatusCode::CONFLICT, "in_flight"),
    }
}

fn refusal(detail: &str, status: StatusCode, code: &'static str) -> ApiError {
    ApiError::refused(status, code, detail)
}

fn respond(answered: Answered) -> HttpResponse {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    if answered.repeated {
        response.insert_header(("idempotent-replayed", "true"));
    }
    response.content_type("application/json").body(answered.body)
}
