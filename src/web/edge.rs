//! The outermost layer: gives each request an id, answers panics and errors as problem documents, sets the
//! headers that every answer carries, counts and logs. It logs no address, path, name or token: the route's
//! pattern, the status and how long it took.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use futures_util::FutureExt;
use tracing::Instrument;

use super::app::App;
use super::error::ApiError;
use super::pages;

/// The id of a request, for problem documents and the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Who is told of an error: a person, who gets a page, or a program, which gets a problem document.
struct Reader {
    visit: Option<pages::visit::Visit>,
    method: Method,
    id: String,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What every answer carries unless its handler set its own.
const HEADERS: [(&str, &str); 8] = [
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cache-control", "no-store"),
];

/// The middleware.
///
/// # Errors
/// Only with an answer that is complete already.
pub async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let id = fresh_id();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let reader = Reader { visit: pages::error::visit_of(request.request()), method: method.clone(), id: id.clone() };
    if method == Method::HEAD {
        // Answered as GET; the server leaves the body out because it saw HEAD.
        request.head_mut().method = Method::GET;
    }
    let metrics = request.app_data::<web::Data<App>>().map(|app| app.metrics.clone());
    let span = tracing::info_span!("request", id = %id);
    let answered = AssertUnwindSafe(next.call(request)).catch_unwind().instrument(span.clone()).await;
    let _entered = span.enter();
    let outcome = match answered {
        Ok(Ok(response)) => Ok(finish(response, &reader)),
        Ok(Err(error)) => Err(refuse(&error, &reader)),
        Err(_panic) => Err(respond(&ApiError::Fault("a handler panicked".to_owned()), &reader)),
    };
    let (route, status) = match &outcome {
        Ok(response) => (response.request().match_pattern(), response.status()),
        Err(response) => (None, response.status()),
    };
    let route = route.unwrap_or_else(|| "none".to_owned());
    let took = begun.elapsed();
    tracing::info!(method = %method, route, status = status.as_u16(), millis = took.as_secs_f64() * 1e3, "answered");
    if let Some(metrics) = metrics {
        metrics.count(&method, &route, status, took);
    }
    outcome.map_err(|response| InternalError::from_response("answered", response).into())
}

/// 128 random bits, or all noughts where the system has none to give.
fn fresh_id() -> String {
    let mut bytes = [0_u8; 16];
    // An id that is not random still names the request in one log.
    let _random = getrandom::fill(&mut bytes);
    hex::encode(bytes)
}

fn finish(response: ServiceResponse<impl MessageBody + 'static>, reader: &Reader) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let mut answer = match response.error() {
        Some(error) => refuse(error, reader),
        None => response.map_into_boxed_body(),
    };
    set_headers(answer.headers_mut(), &reader.id);
    ServiceResponse::new(request, answer)
}

/// The answer to an error on its way out.
fn refuse(error: &Error, reader: &Reader) -> HttpResponse {
    match error.as_error::<ApiError>() {
        Some(ours) => respond(ours, reader),
        None => respond(&foreign(error), reader),
    }
}

/// An error of the framework in our words.
fn foreign(error: &Error) -> ApiError {
    let status = error.as_response_error().status_code();
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        StatusCode::NOT_FOUND => ApiError::not_found(),
        status if status.is_client_error() => {
            ApiError::refused(status, "bad_request", "the request could not be read, see /api/docs")
        }
        StatusCode::SERVICE_UNAVAILABLE => ApiError::Unavailable(error.to_string()),
        _ => ApiError::Fault(error.to_string()),
    }
}

/// 413.
#[must_use]
pub fn too_large() -> ApiError {
    ApiError::refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is larger than this route takes")
}

fn respond(error: &ApiError, reader: &Reader) -> HttpResponse {
    let id = reader.id.as_str();
    match error {
        ApiError::Fault(cause) => tracing::error!(request_id = id, cause, "request met a fault"),
        ApiError::Unavailable(cause) => tracing::warn!(request_id = id, cause, "request could not be answered now"),
        ApiError::Refused(_) => {}
    }
    let mut response = match &reader.visit {
        Some(visit) => pages::error::respond(visit, &reader.method, error, id),
        None => error.respond(id),
    };
    set_headers(response.headers_mut(), id);
    response
}

fn set_headers(headers: &mut HeaderMap, id: &str) {
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.remove(header::SERVER);
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, try_call_service};

    async fn panics() -> HttpResponse {
        panic!("the password is hunter2")
    }

    #[actix_web::test]
    async fn a_panic_is_answered_with_a_problem_that_tells_nothing() {
        let service = actix_web::App::new().default_service(web::to(panics)).wrap(from_fn(edge));
        let service = init_service(service).await;
        let error = try_call_service(&service, TestRequest::get().uri("/").to_request()).await.unwrap_err();
        let response = error.error_response();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
        assert!(response.headers().contains_key("content-security-policy"));
        let body = response.into_body().try_into_bytes().unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("hunter2"));
    }
}
