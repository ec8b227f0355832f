//! Who calls: a person by access token or page cookie, or another system by its key.

use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;

use super::cookie;
use super::turn::announce;
use crate::services::acting::Acting;
use crate::services::callers::{self, KeyHolder, SignedIn};
use crate::services::{secrets, sessions};
use crate::web::app::App;
use crate::web::error::ApiError;

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A person who has signed in.
    Person(SignedIn),
    /// Another system.
    System(KeyHolder),
}

/// A person who has signed in, for routes about the caller's own things. Keys are refused.
#[derive(Debug, Clone)]
pub struct Person(pub SignedIn);

impl Caller {
    /// The caller as who acts now.
    #[must_use]
    pub fn acting(&self, app: &App) -> Acting {
        let actor = match self {
            Self::Person(who) => who.person,
            Self::System(key) => key.key,
        };
        Acting { actor, at: app.clock.now() }
    }
}

impl Person {
    /// The person as who acts now.
    #[must_use]
    pub fn acting(&self, app: &App) -> Acting {
        Acting { actor: self.0.person, at: app.clock.now() }
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let turn = announce(request);
        let request = request.clone();
        Box::pin(async move {
            let caller = find(&request).await?.ok_or_else(ApiError::sign_in)?;
            turn.pass();
            Ok(caller)
        })
    }
}

impl FromRequest for Person {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let turn = announce(request);
        let request = request.clone();
        Box::pin(async move {
            match find(&request).await?.ok_or_else(ApiError::sign_in)? {
                Caller::Person(who) => {
                    turn.pass();
                    Ok(Self(who))
                }
                Caller::System(_) => {
                    Err(ApiError::refused(StatusCode::FORBIDDEN, "people_only", "this is for people, not for keys"))
                }
            }
        })
    }
}

/// Who calls, or `None` when the request names nobody. A name that does not hold is 401.
///
/// # Errors
/// 401 for a token that is no good, 403 for a page's cookie sent by another site.
pub async fn find(request: &HttpRequest) -> Result<Option<Caller>, ApiError> {
    if let Some(known) = request.extensions().get::<Caller>() {
        return Ok(Some(known.clone()));
    }
    let app = request
        .app_data::<web::Data<App>>()
        .cloned()
        .ok_or_else(|| ApiError::Fault("the service is not set up".to_owned()))?;
    let found = match bearer(request)? {
        Some(token) => Some(by_token(&app, token).await?.ok_or_else(ApiError::sign_in)?),
        None => match request.cookie(cookie::name(&app)) {
            Some(value) => by_cookie(&app, request, value.value()).await?,
            None => None,
        },
    };
    if let Some(caller) = &found {
        request.extensions_mut().insert(caller.clone());
    }
    Ok(found)
}

fn bearer(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(value) = headers.next() else { return Ok(None) };
    let text = value.to_str().ok().and_then(|text| text.split_once(' '));
    match (text, headers.next()) {
        (Some((scheme, token)), None) if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() => {
            Ok(Some(token.trim().to_owned()))
        }
        _ => Err(ApiError::sign_in()),
    }
}

async fn by_token(app: &web::Data<App>, token: String) -> Result<Option<Caller>, ApiError> {
    let at = app.clock.now();
    if secrets::looks_like(secrets::SecretKind::ApiKey, &token) {
        let key = app.db.run_read(move |conn| callers::by_key(conn, &token)).await;
        return Ok(key?.map(Caller::System));
    }
    let Some((person, session)) = app.access.read(&token, at) else { return Ok(None) };
    let who = app.db.run_read(move |conn| callers::by_session(conn, person, session, at)).await;
    Ok(who?.map(Caller::Person))
}

async fn by_cookie(app: &web::Data<App>, request: &HttpRequest, value: &str) -> Result<Option<Caller>, ApiError> {
    let at = app.clock.now();
    let cookie = value.to_owned();
    let found = app.db.run_read(move |conn| callers::by_cookie(conn, &cookie, at)).await?;
    // A cookie that has run out is like none: the pages show the way to sign in.
    let Some((who, stale)) = found else { return Ok(None) };
    if !is_read(request.method()) && !same_site(request) {
        return Err(ApiError::refused(
            StatusCode::FORBIDDEN,
            "cross_site",
            "this was sent by a page of another site, expected one of ours",
        ));
    }
    if stale {
        let cookie = value.to_owned();
        app.db.run_write(move |conn| sessions::keep_alive(conn, at, &cookie)).await?;
    }
    Ok(Some(Caller::Person(who)))
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a request that changes something comes from a page of ours: what the browser says of it
/// (`Sec-Fetch-Site`), or its `Origin` compared with the host it was sent to.
pub(crate) fn same_site(request: &HttpRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => match text("origin") {
            Some(origin) => {
                let host = origin.split_once("://").map(|(_, host)| host);
                host.is_some() && host == text("host")
            }
            // Neither: no browser that follows the standard sent this.
            None => false,
        },
    }
}
