//! `/verify`: the form, the link on a certificate, and the number on paper. Nobody is known here.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::answer;
use super::form::Form;
use super::frame::Frame;
use super::verify::{Found, VerifyPage, VerifyResultPage, check, checked_sentence};
use super::visit::Visit;
use crate::rules::Lang;
use crate::services::verify::{Verification, by_code, by_number};
use crate::web::app::App;
use crate::web::auth::Door;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::words::Words;

/// `GET /verify`. Nobody is known here, signed in or not: no cookie is read or set.
#[get("/verify")]
pub async fn ask(visit: Visit) -> HttpResponse {
    form_page(&visit, Form::default(), Typed::default())
}

/// `GET /verify/{code}`
#[get("/verify/{code}")]
pub async fn by_link(visit: Visit, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (code, now) = (segment::<String>(&request, "code")?, app.clock.now());
    let found = app.read(move |conn| by_code(conn, &code, None, now)).await?;
    Ok(result_page(&visit, &found, now))
}

/// What was typed from a paper.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Typed {
    #[serde(default)]
    number: String,
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    lang: String,
}

/// `POST /verify`: a question, sent in the body so that no name stands in an address or a log.
#[post("/verify")]
pub async fn by_paper(
    _door: Door,
    mut visit: Visit,
    app: web::Data<App>,
    typed: web::Form<Typed>,
) -> Result<HttpResponse, ApiError> {
    let typed = typed.into_inner();
    if let Some(lang) = Lang::parse(&typed.lang) {
        (visit.lang, visit.here.has_lang) = (lang, true);
    }
    let form = check(Words::of(visit.lang), &typed.number, &typed.family_name);
    if form.has_problems() {
        return Ok(form_page(&visit, form, typed));
    }
    let now = app.clock.now();
    let found = app.read(move |conn| by_number(conn, &typed.number, &typed.family_name, None, now)).await?;
    Ok(result_page(&visit, &found, now))
}

fn form_page(visit: &Visit, form: Form, typed: Typed) -> HttpResponse {
    let status = if form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { has_problems: form.has_problems(), offers_sign_in: false, ..visit.frame("verify-title") };
    let page = VerifyPage { frame, form, number: typed.number, family_name: typed.family_name };
    answer::page(visit, status, &page)
}

fn result_page(visit: &Visit, found: &Verification, now: DateTime<Utc>) -> HttpResponse {
    let words = Words::of(visit.lang);
    let (title, found, zone) = match found {
        Verification::NotFound => ("verify-none-title", None, Tz::UTC),
        Verification::Found(shown) => ("verify-result-title", Some(Found::new(words, shown)), shown.zone),
    };
    let frame = Frame { offers_sign_in: false, ..visit.frame(title) };
    let page = VerifyResultPage { frame, found, checked: checked_sentence(words, &now.with_timezone(&zone)) };
    answer::page(visit, StatusCode::OK, &page)
}
