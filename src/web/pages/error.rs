//! Pages for when something does not work: what happened, that nothing is lost, what to do next.

use actix_web::http::header::{self, ACCEPT};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::answer;
use super::frame::Frame;
use super::visit::Visit;
use crate::web::error::ApiError;
use crate::words::{Value, Words};

/// The kinds of trouble a page can tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// 404.
    NotFound,
    /// 403.
    NotAllowed,
    /// 403: a form that was not ours, or too old.
    OldForm,
    /// 400, 405, 413, 415, 422.
    BadRequest,
    /// 429, with the seconds to wait.
    TooMany(u32),
    /// 500.
    Fault,
    /// 503.
    Busy,
}

impl Trouble {
    /// Every kind, for tests.
    pub const ALL: [Self; 7] =
        [Self::NotFound, Self::NotAllowed, Self::OldForm, Self::BadRequest, Self::TooMany(30), Self::Fault, Self::Busy];

    /// The kind that fits an error.
    #[must_use]
    pub fn of(error: &ApiError) -> Self {
        match error {
            ApiError::Fault(_) => Self::Fault,
            ApiError::Unavailable(_) => Self::Busy,
            ApiError::Refused(refusal) => match (refusal.status.as_u16(), refusal.code) {
                (403, "cross_site" | "old_form") => Self::OldForm,
                (401 | 403, _) => Self::NotAllowed,
                (404 | 410, _) => Self::NotFound,
                (429, _) => Self::TooMany(refusal.retry_after.and_then(|wait| u32::try_from(wait).ok()).unwrap_or(60)),
                _ => Self::BadRequest,
            },
        }
    }

    /// Title, what happened, what to do.
    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::NotFound => ["error-not-found-title", "error-not-found-text", "error-not-found-next"],
            Self::NotAllowed => ["error-not-allowed-title", "error-not-allowed-text", "error-not-allowed-next"],
            Self::OldForm => ["error-old-form-title", "error-old-form-text", "error-old-form-next"],
            Self::BadRequest => ["error-bad-request-title", "error-bad-request-text", "error-bad-request-next"],
            Self::TooMany(_) => ["error-too-many-title", "error-too-many-text", "error-too-many-next"],
            Self::Fault => ["error-fault-title", "error-fault-text", "error-fault-next"],
            Self::Busy => ["error-busy-title", "error-busy-text", "error-busy-next"],
        }
    }

    fn next_step(self, words: &Words) -> String {
        let [_, _, key] = self.keys();
        match self {
            Self::TooMany(seconds) => words.with(key, &[("seconds", Value::from(seconds))]),
            _ => words.get(key).into_owned(),
        }
    }
}

/// `templates/pages/error.html`.
#[derive(Debug, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    /// The frame.
    pub frame: Frame,
    /// What happened, in a few words.
    pub heading: String,
    /// What that means for the reader.
    pub what: String,
    /// What to do.
    pub next_step: String,
    /// The number to tell, for faults of ours.
    pub request_number: Option<String>,
}

impl ErrorPage {
    /// The page for `trouble`; the request's number is shown for faults only.
    #[must_use]
    pub fn new(visit: &Visit, trouble: Trouble, request_number: &str) -> Self {
        let [title, what, _] = trouble.keys();
        let frame = Frame { offers_sign_in: false, ..visit.frame(title) };
        let words = frame.words;
        Self {
            heading: frame.title.clone(),
            what: words.get(what).into_owned(),
            next_step: trouble.next_step(words),
            request_number: (trouble == Trouble::Fault).then(|| request_number.to_owned()),
            frame,
        }
    }
}

/// The visit, where a person waits for a page rather than a program for JSON.
#[must_use]
pub fn visit_of(request: &HttpRequest) -> Option<Visit> {
    let accepted = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    (accepted.contains("text/html") && !request.path().starts_with("/api/")).then(|| Visit::of(request))
}

/// The page for an error. Somebody who is not signed in is led to where they can, and back afterwards.
#[must_use]
pub fn respond(visit: &Visit, method: &Method, error: &ApiError, request_number: &str) -> HttpResponse {
    let status = error.status_code();
    if status == StatusCode::UNAUTHORIZED {
        let back = if *method == Method::GET { super::sign_in::way_in(&visit.here) } else { "/sign-in".to_owned() };
        return answer::see_other(&back).finish();
    }
    let trouble = Trouble::of(error);
    let mut response = answer::page(visit, status, &ErrorPage::new(visit, trouble, request_number));
    if let Trouble::TooMany(seconds) = trouble {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
