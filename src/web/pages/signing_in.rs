//! `/sign-in`: the form and what it does. The password is looked at behind the throttled door only.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use secrecy::{ExposeSecret, SecretString};

use super::answer;
use super::form::Form;
use super::frame::Frame;
use super::sign_in::{Done, SignInPage, check, no_match, way_back};
use super::stranger::Stranger;
use crate::services::accounts::{Arrived, Device, SignInError, sign_in};
use crate::web::app::App;
use crate::web::auth::{Door, cookie};
use crate::web::error::ApiError;
use crate::words::Words;

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    next: Option<String>,
    done: Option<Done>,
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
pub async fn show(stranger: Stranger, asked: web::Query<Asked>) -> Result<HttpResponse, ApiError> {
    let Asked { next, done } = asked.into_inner();
    let asked_to_sign_in = next.is_some();
    let typed = SignIn { next: next.unwrap_or_default(), ..SignIn::default() };
    form_page(&stranger, Form::default(), &typed, asked_to_sign_in, done)
}

/// `POST /sign-in`: opens a session and goes to where the reader wanted to be.
#[post("/sign-in")]
pub async fn sign_in_by_form(
    _door: Door,
    stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
    typed: web::Form<SignIn>,
) -> Result<HttpResponse, ApiError> {
    let typed = typed.into_inner();
    stranger.check_form(&typed.form_token)?;
    let words = Words::of(stranger.visit.lang);
    let form = check(words, &typed.email, typed.password.expose_secret());
    if form.has_problems() {
        return form_page(&stranger, form, &typed, false, None);
    }
    // What is no address is nobody's: the same answer after the same work.
    let (email, password) = (typed.email.parse().ok(), typed.password.clone());
    let device = Device::Browser(request.cookie(cookie::device_name(&app)).map(|kept| kept.value().to_owned()));
    match sign_in(&app.db, &app.passwords, app.clock.now(), email, password, device).await {
        Ok(Arrived { opened, device }) => {
            let mut answer = answer::see_other(way_back(&typed.next));
            answer.cookie(cookie::opened(&app, &opened));
            if let Some(secret) = device {
                answer.cookie(cookie::device(&app, &secret));
            }
            Ok(answer.finish())
        }
        Err(SignInError::NoMatch) => form_page(&stranger, no_match(words), &typed, false, None),
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

fn form_page(
    stranger: &Stranger,
    form: Form,
    typed: &SignIn,
    asked_to_sign_in: bool,
    done: Option<Done>,
) -> Result<HttpResponse, ApiError> {
    let status = if form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = SignInPage {
        frame: Frame { has_problems: form.has_problems(), ..stranger.visit.frame("sign-in-title") },
        form,
        form_token: stranger.form_token()?,
        next: way_back(&typed.next).to_owned(),
        asked_to_sign_in,
        done,
        email: typed.email.clone(),
    };
    stranger.page(status, &page)
}
