//! Forms for people who are not signed in: each is bound to a secret cookie of its own, so that no other site
//! can send it.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, web};
use askama::Template;
use secrecy::ExposeSecret;
use std::future::{Ready, ready};

use super::answer;
use super::visit::Visit;
use super::visitor::old_form;
use crate::services::secrets::{self, SecretKind};
use crate::web::app::App;
use crate::web::auth::caller::same_site;
use crate::web::error::ApiError;
use crate::web::own_site::{form_token, is_token_of};

/// Somebody whose form is to be shown or taken, signed in or not.
#[derive(Debug, Clone)]
pub struct Stranger {
    /// The request.
    pub visit: Visit,
    seed: String,
    /// The browser holds the seed already.
    is_held: bool,
    is_same_site: bool,
    is_secure: bool,
}

impl Stranger {
    fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        let app = request
            .app_data::<web::Data<App>>()
            .ok_or_else(|| ApiError::Fault("the service is not set up".to_owned()))?;
        let is_secure = app.settings.public_url.starts_with("https://");
        let held = request.cookie(name(is_secure)).map(|cookie| cookie.value().to_owned());
        let held = held.filter(|held| secrets::looks_like(SecretKind::Cookie, held));
        let is_held = held.is_some();
        let seed = match held {
            Some(held) => held,
            None => secrets::fresh(SecretKind::Cookie)?.expose_secret().to_owned(),
        };
        Ok(Self { visit: Visit::of(request), seed, is_held, is_same_site: same_site(request), is_secure })
    }

    /// The token for a form on a page shown now.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn form_token(&self) -> Result<String, ApiError> {
        Ok(form_token(&self.seed)?)
    }

    /// Refuses a form that is not from a page of ours shown to this browser.
    ///
    /// # Errors
    /// 403.
    pub fn check_form(&self, token: &str) -> Result<(), ApiError> {
        if self.is_same_site && self.is_held && is_token_of(&self.seed, token) { Ok(()) } else { Err(old_form()) }
    }

    /// The page as an answer, with the cookie that its form is bound to.
    ///
    /// # Errors
    /// When the cookie cannot be written.
    pub fn page(&self, status: StatusCode, page: &impl Template) -> Result<HttpResponse, ApiError> {
        let mut answer = answer::page(&self.visit, status, page);
        if !self.is_held {
            let cookie = Cookie::build(name(self.is_secure), self.seed.as_str())
                .path("/")
                .http_only(true)
                .same_site(SameSite::Strict)
                .secure(self.is_secure)
                .finish();
            answer.add_cookie(&cookie).map_err(|error| ApiError::Fault(error.to_string()))?;
        }
        Ok(answer)
    }
}

/// The cookie's name, bound to the host where HTTPS is.
const fn name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-form" } else { "form" }
}

impl FromRequest for Stranger {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}
