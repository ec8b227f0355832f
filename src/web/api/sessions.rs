//! Signing in and out, and the devices that are signed in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{AtTheDoor, Reading};
use crate::services::accounts::{Device, SignInError, sign_in};
use crate::services::lists::Page;
use crate::services::sessions::{self, Opened};
use crate::storage::Id;
use crate::storage::rows::access::SessionRow;
use crate::web::app::App;
use crate::web::auth::{Door, Person};
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::{Body, segment};

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(open).service(refresh).service(list).service(end_all).service(end_one).service(sign_out);
}

/// Address and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInBody {
    /// The address.
    email: String,
    /// The password.
    #[schema(value_type = String)]
    password: SecretString,
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    /// The token that the last answer gave; it works once.
    #[schema(value_type = String)]
    refresh_token: SecretString,
}

/// Tokens of a session.
#[derive(Serialize, ToSchema)]
pub struct TokensView {
    /// Send it as `Authorization: Bearer`.
    access_token: String,
    /// Until when the access token works.
    expires_at: DateTime<Utc>,
    /// Exchange it, once, for the next tokens.
    refresh_token: String,
    /// Until when the refresh token works.
    refresh_expires_at: DateTime<Utc>,
    /// `Bearer`.
    token_type: &'static str,
}

/// A signed-in device.
#[derive(Serialize, ToSchema)]
pub struct DeviceView {
    /// The session's id.
    id: String,
    /// `web` or `api`.
    kind: String,
    /// When it was opened.
    created_at: DateTime<Utc>,
    /// When it ends at the latest.
    expires_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    current: bool,
}

/// How many sessions ended.
#[derive(Serialize, ToSchema)]
pub struct EndedView {
    /// How many.
    ended: usize,
}

/// Sign in
#[utoipa::path(tag = "account", request_body = SignInBody, responses(
    (status = 200, body = TokensView),
    (status = 401, body = ProblemView, content_type = "application/problem+json"),
    (status = 503, body = ProblemView, content_type = "application/problem+json"),
    AtTheDoor,
))]
#[post("/sign-in")]
pub async fn open(_door: Door, app: web::Data<App>, body: Body<SignInBody>) -> Result<HttpResponse, ApiError> {
    let SignInBody { email, password } = body.value;
    // What is no address is nobody's: the same answer after the same work.
    let email = email.parse().ok();
    let at = app.clock.now();
    let opened = sign_in(&app.db, &app.passwords, at, email, password, Device::Program).await?.opened;
    tokens(&app, &opened, at)
}

/// Exchange a refresh token
#[utoipa::path(tag = "account", request_body = RefreshBody, responses(
    (status = 200, body = TokensView),
    (status = 401, body = ProblemView, content_type = "application/problem+json"),
    AtTheDoor,
))]
#[post("/refresh")]
pub async fn refresh(_door: Door, app: web::Data<App>, body: Body<RefreshBody>) -> Result<HttpResponse, ApiError> {
    let at = app.clock.now();
    let token = body.value.refresh_token;
    let opened = app.write(move |conn| sessions::refresh(conn, at, token.expose_secret())).await?;
    let opened = opened.ok_or_else(|| {
        ApiError::refused(StatusCode::UNAUTHORIZED, "sign_in", "the refresh token works no longer, sign in again")
    })?;
    tokens(&app, &opened, at)
}

/// List the signed-in devices
///
/// Newest first.
#[utoipa::path(tag = "account", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<DeviceView>), Reading))]
#[get("/me/sessions")]
pub async fn list(person: Person, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let by = person.acting(&app);
    let page = app.read(move |conn| sessions::page(conn, by.actor, by.at, &paging.0)).await?;
    let device = |row: SessionRow| DeviceView {
        id: row.id.to_string(),
        current: row.id == person.0.session,
        kind: row.kind,
        created_at: row.created_at.utc(),
        expires_at: row.expires_at.utc(),
    };
    Ok(HttpResponse::Ok().json(page.map(device)))
}

/// Sign out everywhere
#[utoipa::path(tag = "account", security(("bearer" = [])), responses((status = 200, body = EndedView), Reading))]
#[delete("/me/sessions")]
pub async fn end_all(person: Person, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let by = person.acting(&app);
    let ended = app.write(move |conn| sessions::end_all(conn, &by, by.actor)).await?;
    Ok(HttpResponse::Ok().json(EndedView { ended }))
}

/// Sign one device out
#[utoipa::path(tag = "account", security(("bearer" = [])), params(("session" = String, Path)),
    responses((status = 200, body = EndedView), Reading))]
#[delete("/me/sessions/{session}")]
pub async fn end_one(person: Person, request: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let session: Id = segment(&request, "session")?;
    let by = person.acting(&app);
    let ended = app.write(move |conn| sessions::end(conn, &by, by.actor, session)).await?;
    if ended { Ok(HttpResponse::Ok().json(EndedView { ended: 1 })) } else { Err(ApiError::not_found()) }
}

/// Sign out
#[utoipa::path(tag = "account", security(("bearer" = [])), responses((status = 200, body = EndedView), Reading))]
#[post("/sign-out")]
pub async fn sign_out(person: Person, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let by = person.acting(&app);
    let session = person.0.session;
    let ended = app.write(move |conn| sessions::end(conn, &by, by.actor, session)).await?;
    Ok(HttpResponse::Ok().json(EndedView { ended: usize::from(ended) }))
}

fn tokens(app: &App, opened: &Opened, at: DateTime<Utc>) -> Result<HttpResponse, ApiError> {
    let (access_token, expires_at) = app.access.issue(opened.person, opened.session, at)?;
    Ok(HttpResponse::Ok().json(TokensView {
        access_token,
        expires_at,
        refresh_token: opened.secret.expose_secret().to_owned(),
        refresh_expires_at: opened.expires_at,
        token_type: "Bearer",
    }))
}

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::NoMatch => Self::refused(StatusCode::UNAUTHORIZED, "no_match", error),
            SignInError::Store(store) => store.into(),
        }
    }
}
