//! Signing in: two fields, paste and password managers welcome, no puzzles.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use secrecy::ExposeSecret;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Here};
use super::visit::Visit;
use crate::services::secrets::{self, SecretKind};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::own_site::form_token;
use crate::words::{Value, Words};

/// `templates/pages/sign-in.html`.
#[derive(Debug, Template)]
#[template(path = "pages/sign-in.html")]
pub struct SignInPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// Where to go afterwards; a path of ours.
    pub next: String,
    /// The reader came from a page that asks for it.
    pub asked_to_sign_in: bool,
    /// What was typed; a password is never shown again.
    pub email: String,
}

/// Why nobody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLetIn {
    /// The e-mail and the password do not belong together, or there is no such account.
    NoMatch,
    /// Too many tries; seconds to wait.
    Wait(u32),
}

/// What is missing in the form.
#[must_use]
pub fn check(words: &Words, email: &str, password: &str) -> Form {
    let mut form = Form::default();
    if email.trim().is_empty() {
        form.add("email", words.get("sign-in-email-missing"));
    }
    if password.is_empty() {
        form.add("password", words.get("sign-in-password-missing"));
    }
    form
}

impl NotLetIn {
    /// The form that says so, in one place and the same way for every account.
    #[must_use]
    pub fn form(self, words: &Words) -> Form {
        let mut form = Form::default();
        match self {
            Self::NoMatch => form.add("email", words.get("sign-in-no-match")),
            Self::Wait(seconds) => form.add("email", words.with("sign-in-wait", &[("seconds", Value::from(seconds))])),
        }
        form
    }
}

/// Where a person without a session is led from `here`, to come back afterwards.
#[must_use]
pub fn way_in(here: &Here) -> String {
    let back = if here.query.is_empty() { here.path.clone() } else { format!("{}?{}", here.path, here.query) };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("/sign-in?next={}", back.bytes().map(encode).collect::<String>())
}

/// A path of ours to go to after signing in; anything else is the reader's own page.
#[must_use]
pub fn way_back(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.starts_with("/sign-in")
        && next.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours { next } else { "/progress" }
}

/// The secret that a form is bound to before anybody is signed in.
fn seed_name(app: &App) -> &'static str {
    if app.settings.public_url.starts_with("https://") { "__Host-form" } else { "form" }
}

/// The seed the browser holds, or a new one and the cookie that gives it.
fn seed(app: &App, request: &HttpRequest) -> Result<(String, Option<Cookie<'static>>), ApiError> {
    let held = request.cookie(seed_name(app)).map(|cookie| cookie.value().to_owned());
    if let Some(held) = held.filter(|held| secrets::looks_like(SecretKind::Cookie, held)) {
        return Ok((held, None));
    }
    let fresh = secrets::fresh(SecretKind::Cookie)?.expose_secret().to_owned();
    let cookie = Cookie::build(seed_name(app), fresh.clone())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.settings.public_url.starts_with("https://"))
        .finish();
    Ok((fresh, Some(cookie)))
}

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    next: Option<String>,
}

/// `GET /sign-in`
#[get("/sign-in")]
pub async fn show(
    visit: Visit,
    app: web::Data<App>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, ApiError> {
    let next = way_back(asked.next.as_deref().unwrap_or_default()).to_owned();
    form_page(&visit, &app, &request, StatusCode::OK, Form::default(), next, String::new(), asked.next.is_some())
}

#[expect(clippy::too_many_arguments, reason = "the parts of one page")]
fn form_page(
    visit: &Visit,
    app: &App,
    request: &HttpRequest,
    status: StatusCode,
    form: Form,
    next: String,
    email: String,
    asked_to_sign_in: bool,
) -> Result<HttpResponse, ApiError> {
    let (seed, cookie) = seed(app, request)?;
    let frame = Frame { has_problems: form.has_problems(), ..visit.frame("sign-in-title") };
    let page = SignInPage { frame, form, form_token: form_token(&seed)?, next, asked_to_sign_in, email };
    let mut answer = answer::page(visit, status, &page);
    if let Some(cookie) = cookie {
        answer.add_cookie(&cookie).map_err(|error| ApiError::Fault(error.to_string()))?;
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_our_own_pages_only() {
        assert_eq!(way_back("/progress?credential=a"), "/progress?credential=a");
        for elsewhere in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "/sign-in", "javascript:x"]
        {
            assert_eq!(way_back(elsewhere), "/progress", "{elsewhere}");
        }
    }

    #[test]
    fn the_way_in_carries_the_page_one_came_from() {
        assert_eq!(way_in(&Here::of("/progress", "credential=a&lang=es")), "/sign-in?next=/progress%3Fcredential%3Da");
    }
}
