//! Who reads a page: anybody, or a person who has signed in and looks at their own things.

use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::future::LocalBoxFuture;

use super::frame::Frame;
use super::visit::Visit;
use crate::rules::Lang;
use crate::services::acting::Acting;
use crate::services::callers::SignedIn;
use crate::web::app::App;
use crate::web::auth::caller::{Caller, find};
use crate::web::auth::cookie;
use crate::web::error::ApiError;
use crate::web::own_site::{form_token, is_token_of};

/// Anybody, signed in or not.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The request.
    pub visit: Visit,
    /// Who, if they are signed in by a cookie.
    pub account: Option<Account>,
}

/// A signed-in person and the cookie they are known by.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub who: SignedIn,
    cookie: String,
}

/// A signed-in person on a page about their own things. Others are led to where they can sign in.
#[derive(Debug, Clone)]
pub struct Resident {
    /// The request.
    pub visit: Visit,
    /// Who.
    pub account: Account,
}

impl Visitor {
    /// The frame of a page for this reader.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn frame(&self, title_key: &str) -> Result<Frame, ApiError> {
        let token = self.account.as_ref().map(|account| form_token(&account.cookie)).transpose()?;
        Ok(Frame { form_token: token, ..self.visit.frame(title_key) })
    }
}

impl Resident {
    /// The frame of a page for this reader.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn frame(&self, title_key: &str) -> Result<Frame, ApiError> {
        Ok(Frame { form_token: Some(form_token(&self.account.cookie)?), ..self.visit.frame(title_key) })
    }

    /// The person as who acts now.
    #[must_use]
    pub fn acting(&self, app: &App) -> Acting {
        Acting { actor: self.account.who.person, at: app.clock.now() }
    }

    /// Refuses a form that does not carry the token of a page shown to this person.
    ///
    /// # Errors
    /// 403.
    pub fn check_form(&self, token: &str) -> Result<(), ApiError> {
        if is_token_of(&self.account.cookie, token) { Ok(()) } else { Err(old_form()) }
    }
}

/// The form is not one we gave to this person, or their session is another one now.
#[must_use]
pub fn old_form() -> ApiError {
    ApiError::refused(StatusCode::FORBIDDEN, "old_form", "the form does not carry the token of a page of ours")
}

impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let mut visit = Visit::of(&request);
            let account = match find(&request).await? {
                Some(Caller::Person(who)) => cookie_of(&request).map(|cookie| Account { who, cookie }),
                Some(Caller::System(_)) | None => None,
            };
            if let Some(Account { who, .. }) = account.as_ref().filter(|_| !visit.is_chosen) {
                visit.lang = Lang::parse(&who.language).unwrap_or(visit.lang);
            }
            Ok(Self { visit, account })
        })
    }
}

impl FromRequest for Resident {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::from_request(request, payload);
        Box::pin(async move {
            let Visitor { visit, account } = visitor.await?;
            Ok(Self { visit, account: account.ok_or_else(ApiError::sign_in)? })
        })
    }
}

fn cookie_of(request: &HttpRequest) -> Option<String> {
    let app = request.app_data::<web::Data<App>>()?;
    request.cookie(cookie::name(app)).map(|cookie| cookie.value().to_owned())
}
