//! The first page: what this is, what one can do here, and other ways to do it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;

use super::answer;
use super::frame::Frame;
use super::visitor::Visitor;
use crate::web::error::ApiError;

/// `templates/pages/start.html`.
#[derive(Debug, Template)]
#[template(path = "pages/start.html")]
pub struct StartPage {
    /// The frame.
    pub frame: Frame,
    /// The reader has just signed out.
    pub signed_out: bool,
}

/// `GET /`
#[get("/")]
pub async fn show(visitor: Visitor, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let signed_out = request.query_string().split('&').any(|part| part == "signed-out") && visitor.account.is_none();
    let page = StartPage { frame: visitor.frame("start-title")?, signed_out };
    Ok(answer::page(&visitor.visit, StatusCode::OK, &page))
}
