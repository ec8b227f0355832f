//! `/forgot-password`: asks for an address and always says the same.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::message::MessagePage;
use crate::services::accounts::{Address, request_reset};
use crate::services::acting::Acting;
use crate::web::app::App;
use crate::web::auth::Door;
use crate::web::auth::level::level;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::stranger::Stranger;
use crate::words::Words;

/// `templates/pages/forgot.html`.
#[derive(Debug, Template)]
#[template(path = "pages/forgot.html")]
pub struct ForgotPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What was typed.
    pub email: String,
}

/// What the form carries.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Sent {
    #[serde(default)]
    email: String,
    #[serde(default)]
    form_token: String,
}

/// `GET /forgot-password`
#[get("/forgot-password")]
pub async fn show(stranger: Stranger) -> Result<HttpResponse, ApiError> {
    form_page(&stranger, Form::default(), String::new())
}

/// `POST /forgot-password`
#[post("/forgot-password")]
pub async fn ask(
    _door: Door,
    stranger: Stranger,
    app: web::Data<App>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, ApiError> {
    let sent = sent.into_inner();
    stranger.check_form(&sent.form_token)?;
    let Ok(email) = sent.email.parse::<Address>() else {
        return form_page(&stranger, check(Words::of(stranger.visit.lang), &sent.email), sent.email);
    };
    let (by, base) = (Acting::system(app.clock.now()), app.settings.public_url.clone());
    level(app.write(move |conn| request_reset(conn, &by, &email, &base))).await?;
    let page = MessagePage::look_in_your_mail(stranger.visit.frame("mail-sent-title"));
    Ok(answer::page(&stranger.visit, StatusCode::OK, &page))
}

/// What is wrong with an address.
#[must_use]
pub fn check(words: &Words, email: &str) -> Form {
    let mut form = Form::default();
    if email.trim().is_empty() {
        form.add("email", words.get("sign-in-email-missing"));
    } else if email.parse::<Address>().is_err() {
        form.add("email", words.get("email-not-one"));
    }
    form
}

fn form_page(stranger: &Stranger, form: Form, email: String) -> Result<HttpResponse, ApiError> {
    let status = if form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { has_problems: form.has_problems(), ..stranger.visit.frame("forgot-title") };
    let page = ForgotPage { frame, form, form_token: stranger.form_token()?, email };
    stranger.page(status, &page)
}
