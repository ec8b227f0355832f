//! `/sign-in`: the form and what it does. The password is looked at behind the throttled door only.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use secrecy::{ExposeSecret, SecretString};

use super::answer;
use super::form::Form;
use super::frame::Frame;
use super::sign_in::{SignInPage, check, no_match, way_back};
use super::visit::Visit;
use super::visitor::old_form;
use crate::services::accounts::{SignInError, sign_in};
use crate::services::secrets::{self, SecretKind};
use crate::services::sessions::SessionKind;
use crate::web::app::App;
use crate::web::auth::caller::same_site;
use crate::web::auth::{Door, cookie};
use crate::web::error::ApiError;
use crate::web::own_site::{form_token, is_token_of};

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    next: Option<String>,
}

/// What the form carries.
#[derive(Debug, Default, serde::Deserialize)]
pub struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
    #[serde(default)]
    form_token: String,
}

/// `GET /sign-in`
#[get("/sign-in")]
pub async fn show(
    visit: Visit,
    app: web::Data<App>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, ApiError> {
    let next = asked.into_inner().next;
    let asked_to_sign_in = next.is_some();
    let typed = SignIn { next: next.unwrap_or_default(), ..SignIn::default() };
    form_page(&visit, &app, &request, Form::default(), &typed, asked_to_sign_in)
}

/// `POST /sign-in`: opens a session and goes to where the reader wanted to be.
#[post("/sign-in")]
pub async fn sign_in_by_form(
    _door: Door,
    visit: Visit,
    app: web::Data<App>,
    request: HttpRequest,
    typed: web::Form<SignIn>,
) -> Result<HttpResponse, ApiError> {
    let typed = typed.into_inner();
    let seed = request.cookie(seed_name(&app)).map(|cookie| cookie.value().to_owned());
    if !same_site(&request) || !seed.is_some_and(|seed| is_token_of(&seed, &typed.form_token)) {
        return Err(old_form());
    }
    let words = crate::words::Words::of(visit.lang);
    let form = check(words, &typed.email, typed.password.expose_secret());
    if form.has_problems() {
        return form_page(&visit, &app, &request, form, &typed, false);
    }
    // What is no address is nobody's: the same answer after the same work.
    let (email, password) = (typed.email.parse().ok(), typed.password.clone());
    match sign_in(&app.db, &app.passwords, app.clock.now(), email, password, SessionKind::Web).await {
        Ok(opened) => Ok(answer::see_other(way_back(&typed.next)).cookie(cookie::opened(&app, &opened)).finish()),
        Err(SignInError::NoMatch) => form_page(&visit, &app, &request, no_match(words), &typed, false),
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

fn form_page(
    visit: &Visit,
    app: &App,
    request: &HttpRequest,
    form: Form,
    typed: &SignIn,
    asked_to_sign_in: bool,
) -> Result<HttpResponse, ApiError> {
    let (seed, cookie) = seed(app, request)?;
    let status = if form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = SignInPage {
        frame: Frame { has_problems: form.has_problems(), ..visit.frame("sign-in-title") },
        form,
        form_token: form_token(&seed)?,
        next: way_back(&typed.next).to_owned(),
        asked_to_sign_in,
        email: typed.email.clone(),
    };
    let mut answer = answer::page(visit, status, &page);
    if let Some(cookie) = cookie {
        answer.add_cookie(&cookie).map_err(|error| ApiError::Fault(error.to_string()))?;
    }
    Ok(answer)
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
