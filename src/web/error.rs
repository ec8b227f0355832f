//! Every answer that is not what was asked for: refused, our fault, or try later.
//!
//! A service's error enum becomes an [`ApiError`] here in the web layer, by a `From` beside its handler or in
//! this folder: a refusal with a stable code and a sentence, never a cause. Faults are opaque outside and
//! logged once, in [`super::edge`], which also writes the request's id into the problem document (RFC 9457).

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::storage::StoreError;

/// Why a request was not answered as wished.
#[derive(Debug)]
pub enum ApiError {
    /// The caller can act.
    Refused(Box<Refusal>),
    /// We must act. The text is for the log only.
    Fault(String),
    /// Try again later. The text is for the log only.
    Unavailable(String),
}

/// A refusal: what the caller did and what they can do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: StatusCode,
    /// A stable word.
    pub code: &'static str,
    /// A sentence: lower case, no full stop.
    pub detail: String,
    /// What is wrong with which field.
    pub errors: Vec<FieldProblem>,
    /// Seconds after which asking again makes sense.
    pub retry_after: Option<u64>,
    /// Methods that the route knows, for 405.
    pub allow: Option<String>,
    /// What is there already, for 409.
    pub existing: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// Where: a JSON pointer into the body such as `/minutes`, or the name of a parameter.
    pub pointer: String,
    /// What was found, what was expected.
    pub detail: String,
}

/// A problem document (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemView {
    /// Names the kind of problem; `urn:credtrail:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// A stable word for programs.
    pub code: String,
    /// A sentence for people.
    pub detail: String,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// The id of what is there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<String>,
    /// Quote this when asking for help.
    pub request_id: String,
}

impl ApiError {
    /// A refusal.
    #[must_use]
    pub fn refused(status: StatusCode, code: &'static str, detail: impl fmt::Display) -> Self {
        Self::Refused(Box::new(Refusal {
            status,
            code,
            detail: detail.to_string(),
            errors: Vec::new(),
            retry_after: None,
            allow: None,
            existing: None,
        }))
    }

    /// 422: the request is understood and cannot be done as it stands.
    #[must_use]
    pub fn unprocessable(code: &'static str, detail: impl fmt::Display) -> Self {
        Self::refused(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    /// 422 with the field it is about; `pointer` such as `/minutes`.
    #[must_use]
    pub fn field(code: &'static str, pointer: impl Into<String>, detail: impl fmt::Display) -> Self {
        Self::unprocessable(code, &detail).with(pointer, detail)
    }

    /// 409: somebody else was there before, or the thing is in another state.
    #[must_use]
    pub fn conflict(code: &'static str, detail: impl fmt::Display) -> Self {
        Self::refused(StatusCode::CONFLICT, code, detail)
    }

    /// 404, for what is not there and for what the caller may not know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::refused(StatusCode::NOT_FOUND, "not_found", "there is nothing here, or nothing that you may see")
    }

    /// 401: sign in.
    #[must_use]
    pub fn sign_in() -> Self {
        Self::refused(
            StatusCode::UNAUTHORIZED,
            "sign_in",
            "this needs a valid access token, expected `Authorization: Bearer <token>`",
        )
    }

    /// 403: signed in, without the right `right`.
    #[must_use]
    pub fn not_allowed(right: &str) -> Self {
        Self::refused(StatusCode::FORBIDDEN, "not_allowed", format_args!("this needs the right `{right}`"))
    }

    /// 429 or a lock: ask again after so many seconds.
    #[must_use]
    pub fn slow_down(seconds: u64) -> Self {
        let detail = format!("too many tries, ask again in {seconds} seconds");
        let Self::Refused(mut refusal) = Self::refused(StatusCode::TOO_MANY_REQUESTS, "slow_down", detail) else {
            return Self::Unavailable("throttled".to_owned());
        };
        refusal.retry_after = Some(seconds);
        Self::Refused(refusal)
    }

    /// Adds what is wrong with one field to a refusal.
    #[must_use]
    pub fn with(mut self, pointer: impl Into<String>, detail: impl fmt::Display) -> Self {
        if let Self::Refused(refusal) = &mut self {
            refusal.errors.push(FieldProblem { pointer: pointer.into(), detail: detail.to_string() });
        }
        self
    }

    /// Names what is there already.
    #[must_use]
    pub fn existing(mut self, id: impl fmt::Display) -> Self {
        if let Self::Refused(refusal) = &mut self {
            refusal.existing = Some(id.to_string());
        }
        self
    }

    /// The text for the log, for what must be logged.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Refused(_) => None,
            Self::Fault(cause) | Self::Unavailable(cause) => Some(cause),
        }
    }

    /// The problem document and its headers.
    #[must_use]
    pub fn respond(&self, request_id: &str) -> HttpResponse {
        let status = self.status_code();
        let (code, detail, errors) = match self {
            Self::Refused(refusal) => (refusal.code, refusal.detail.as_str(), refusal.errors.clone()),
            Self::Fault(_) => ("fault", "something went wrong on our side, nothing was half done", Vec::new()),
            Self::Unavailable(_) => ("unavailable", "this cannot be done just now, ask again shortly", Vec::new()),
        };
        let mut response = HttpResponse::build(status);
        response.content_type("application/problem+json");
        match self {
            Self::Refused(refusal) => {
                if let Some(seconds) = refusal.retry_after {
                    response.insert_header((header::RETRY_AFTER, seconds.to_string()));
                }
                if let Some(methods) = &refusal.allow {
                    response.insert_header((header::ALLOW, methods.clone()));
                }
                if status == StatusCode::UNAUTHORIZED {
                    response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
                }
            }
            Self::Unavailable(_) => drop(response.insert_header((header::RETRY_AFTER, "2"))),
            Self::Fault(_) => {}
        }
        response.json(ProblemView {
            kind: format!("urn:credtrail:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: detail.to_owned(),
            errors,
            existing: if let Self::Refused(refusal) = self { refusal.existing.clone() } else { None },
            request_id: request_id.to_owned(),
        })
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "{}: {}", refusal.code, refusal.detail),
            Self::Fault(cause) => write!(f, "fault: {cause}"),
            Self::Unavailable(cause) => write!(f, "unavailable: {cause}"),
        }
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => refusal.status,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    // The edge renders it again with the request's id.
    fn error_response(&self) -> HttpResponse {
        self.respond("")
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            // What a service expects to be taken, it says in its own words; what arrives here was a race.
            StoreError::Taken | StoreError::Dangling => {
                Self::conflict("changed_meanwhile", "somebody else changed this at the same moment, look again")
            }
            StoreError::Unfit => {
                Self::unprocessable("does_not_fit", "a text is too long or a number is out of its range")
            }
            StoreError::Unavailable(cause) => Self::Unavailable(cause),
            StoreError::Fault(cause) => Self::Fault(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_tells_nothing_of_its_cause() {
        let fault = ApiError::Fault("no such table: person".to_owned());
        let body = actix_web::body::MessageBody::try_into_bytes(fault.respond("abc").into_body()).unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("table"), "{text}");
        assert!(text.contains("\"request_id\":\"abc\""), "{text}");
    }
}
