//! From a filled template to an HTTP answer, with the headers that every page carries.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentType};
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;
use flate2::Compression;

use super::visit::{LANG_COOKIE, Visit};
use crate::web::squeeze::gzip;

/// What a page may do: show our own style and images and send forms to us. No script, no frame, nobody else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Days a chosen language is kept.
const LANGUAGE_DAYS: i64 = 365;

/// The page as an answer.
#[must_use]
pub fn page(visit: &Visit, status: StatusCode, template: &impl Template) -> HttpResponse {
    let mut answer = bare(status);
    if visit.keeps_language() {
        answer.cookie(
            Cookie::build(LANG_COOKIE, visit.lang.tag())
                .path("/")
                .http_only(true)
                .same_site(SameSite::Lax)
                .max_age(Duration::days(LANGUAGE_DAYS))
                .finish(),
        );
    }
    let html = match template.render() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a page could not be put together");
            return bare(StatusCode::INTERNAL_SERVER_ERROR).finish();
        }
    };
    answer.insert_header(ContentType::html());
    match Some(&html).filter(|_| visit.takes_gzip).and_then(|html| gzip(html.as_bytes(), Compression::new(5))) {
        Some(squeezed) => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(squeezed),
        None => answer.body(html),
    }
}

/// Leads to another page of ours, as a GET.
#[must_use]
pub fn see_other(path: &str) -> HttpResponseBuilder {
    let mut answer = bare(StatusCode::SEE_OTHER);
    answer.insert_header((header::LOCATION, path));
    answer
}

/// The edge adds what every answer carries, `no-store` too: a shared computer shows no page after signing out.
fn bare(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    answer
}
