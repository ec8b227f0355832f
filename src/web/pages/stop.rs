//! Stopping reminders with the link from a mail: without signing in, and in one click (RFC 8058).
//!
//! Looking at the page stops nothing: programs that scan mails open every link in them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::answer;
use super::frame::Frame;
use super::visitor::Visitor;
use crate::services::acting::Acting;
use crate::services::notices;
use crate::web::app::App;
use crate::web::error::ApiError;

/// `templates/pages/stop.html`.
#[derive(Debug, Template)]
#[template(path = "pages/stop.html")]
pub struct StopPage {
    /// The frame.
    pub frame: Frame,
    /// The key of what is said.
    pub text: &'static str,
    /// Whether there is something to press.
    pub asks: bool,
}

/// `GET /stop/{token}`
#[get("/stop/{token}")]
pub async fn ask(visitor: Visitor) -> Result<HttpResponse, ApiError> {
    let page = StopPage { frame: visitor.frame("stop-title")?, text: "stop-text", asks: true };
    Ok(answer::page(&visitor.visit, StatusCode::OK, &page))
}

/// `POST /stop/{token}`: from the page, or from a mail program on its own. The token is the right; the body says nothing.
#[post("/stop/{token}")]
pub async fn stop(visitor: Visitor, app: web::Data<App>, token: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let by = Acting::system(app.clock.now());
    let known = app.write(move |conn| notices::stop(conn, &by, &token)).await?;
    let (status, text) = if known { (StatusCode::OK, "stop-done") } else { (StatusCode::NOT_FOUND, "stop-unknown") };
    let page = StopPage { frame: visitor.frame("stop-title")?, text, asks: false };
    Ok(answer::page(&visitor.visit, status, &page))
}
