//! `/sign-up`: name, address and language. The password is chosen on the page behind the mailed link, so that
//! nobody sets up an account with somebody else's address. The answer does not tell who is known.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::forgot;
use super::message::MessagePage;
use crate::rules::Lang;
use crate::services::accounts::{NewPerson, sign_up};
use crate::services::acting::Acting;
use crate::web::app::App;
use crate::web::auth::Door;
use crate::web::auth::level::level;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::own::profile::name_problem;
use crate::web::pages::stranger::Stranger;
use crate::words::Words;

/// `templates/pages/sign-up.html`.
#[derive(Debug, Template)]
#[template(path = "pages/sign-up.html")]
pub struct SignUpPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What was typed.
    pub name: String,
    /// What was typed.
    pub email: String,
    /// The language chosen, at first the page's own.
    pub language: Lang,
}

impl SignUpPage {
    /// The languages: tag, name in that language, whether it is the one chosen.
    #[must_use]
    pub fn choices(&self) -> [(&'static str, String, bool); 2] {
        Lang::ALL.map(|lang| (lang.tag(), Words::of(lang).get("language-name").into_owned(), lang == self.language))
    }
}

/// What the form carries.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Sent {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    form_token: String,
}

/// `GET /sign-up`
#[get("/sign-up")]
pub async fn show(stranger: Stranger) -> Result<HttpResponse, ApiError> {
    form_page(&stranger, Form::default(), Sent::default())
}

/// `POST /sign-up`
#[post("/sign-up")]
pub async fn sign_up_by_form(
    _door: Door,
    stranger: Stranger,
    app: web::Data<App>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, ApiError> {
    let sent = sent.into_inner();
    stranger.check_form(&sent.form_token)?;
    let language = Lang::parse(&sent.language).unwrap_or(stranger.visit.lang);
    let new = sent.email.parse().ok().and_then(|email| NewPerson::new(email, &sent.name, language).ok());
    let Some(new) = new else {
        return form_page(&stranger, check(Words::of(stranger.visit.lang), &sent.name, &sent.email), sent);
    };
    let (by, base) = (Acting::system(app.clock.now()), app.settings.public_url.clone());
    level(app.write(move |conn| sign_up(conn, &by, &new, &base))).await?;
    let page = MessagePage::look_in_your_mail(stranger.visit.frame("mail-sent-title"));
    Ok(answer::page(&stranger.visit, StatusCode::OK, &page))
}

/// What is wrong in the form.
#[must_use]
pub fn check(words: &Words, name: &str, email: &str) -> Form {
    let mut form = name_problem(words, name);
    form.problems.extend(forgot::check(words, email).problems);
    form
}

fn form_page(stranger: &Stranger, form: Form, sent: Sent) -> Result<HttpResponse, ApiError> {
    let status = if form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = SignUpPage {
        frame: Frame { has_problems: form.has_problems(), ..stranger.visit.frame("sign-up-title") },
        form,
        form_token: stranger.form_token()?,
        name: sent.name,
        email: sent.email,
        language: Lang::parse(&sent.language).unwrap_or(stranger.visit.lang),
    };
    stranger.page(status, &page)
}
