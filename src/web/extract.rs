//! What comes in: JSON bodies, query parameters and ids in paths, with problems that name the field.
//!
//! Handlers take [`Body`] and [`Parameters`] instead of the framework's own extractors: unknown members,
//! parameters given twice and NUL bytes are refused, and the hash of the body is at hand for repeated requests.

use std::collections::BTreeSet;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::auth::turn::wait;
use super::edge::too_large;
use super::error::ApiError;
use super::misfit;

/// The largest JSON body.
pub const JSON_BYTES: usize = 256 * 1024;

/// A JSON body. `T` should refuse unknown members (`#[serde(deny_unknown_fields)]`).
#[derive(Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// SHA-256 of its bytes.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = is_json(request);
        let payload = payload.take();
        let request = request.clone();
        Box::pin(async move {
            wait(&request).await?;
            if !typed {
                return Err(ApiError::refused(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "not_json",
                    "expected a body with `Content-Type: application/json`",
                ));
            }
            let bytes = read_payload(payload, JSON_BYTES).await?;
            let value = parse(&bytes)?;
            Ok(Self { value, hash: Sha256::digest(&bytes).into() })
        })
    }
}

fn is_json(request: &HttpRequest) -> bool {
    request.content_type().eq_ignore_ascii_case("application/json")
        && !request.headers().contains_key(header::CONTENT_ENCODING)
}

/// Reads a body of at most `most` bytes.
///
/// # Errors
/// 413 for one that is larger, 400 for one that ends early.
pub async fn read_payload(mut payload: Payload, most: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            PayloadError::Overflow => too_large(),
            _ => ApiError::refused(StatusCode::BAD_REQUEST, "cut_short", "the body ended early"),
        })?;
        if bytes.len() + chunk.len() > most {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads JSON and names the member that does not fit.
///
/// # Errors
/// 400 for what is no JSON, 422 for JSON that does not fit.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // PostgreSQL cannot store NUL, SQLite can: refused before either sees it.
    if bytes.windows(6).any(|six| six.eq_ignore_ascii_case(b"\\u0000")) {
        return Err(ApiError::unprocessable("bad_body", "a text holds a NUL character, expected none; take it out"));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = pointer(error.path());
        let inner = error.into_inner();
        if inner.is_data() {
            misfit(bytes, place, &inner.to_string())
        } else {
            ApiError::refused(StatusCode::BAD_REQUEST, "not_json", format_args!("the body is not JSON: {inner}"))
        }
    })?;
    reader.end().map_err(|error| {
        ApiError::refused(StatusCode::BAD_REQUEST, "not_json", format_args!("the body is not JSON: {error}"))
    })?;
    Ok(value)
}

/// A member that does not fit: where, what was found, what was expected, what to do.
fn misfit(bytes: &[u8], mut place: String, message: &str) -> ApiError {
    // The position says less than the pointer does.
    let message = message.split(" at line ").next().unwrap_or_default();
    let body: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    let found = body.as_ref().and_then(|body| body.pointer(&place)).map(|value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(_) => "a list".to_owned(),
        serde_json::Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    });
    let secret = ["password", "token", "secret"].iter().any(|name| place.ends_with(name));
    let said = misfit::say(message, found.as_deref().filter(|_| !secret));
    if let Some(member) = &said.member {
        place.push('/');
        place.push_str(&member.replace('~', "~0").replace('/', "~1"));
    }
    let at = if place.is_empty() { "the body".to_owned() } else { format!("`{place}`") };
    ApiError::unprocessable("bad_body", format_args!("{at}: {}", said.detail)).with(place, said.detail)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

/// Query parameters, each at most once. `T` should refuse unknown ones (`#[serde(deny_unknown_fields)]`).
#[derive(Debug)]
pub struct Parameters<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Parameters<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            wait(&request).await?;
            read_parameters(request.query_string()).map(Self)
        })
    }
}

fn read_parameters<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    refuse_repeated(query)?;
    web::Query::<T>::from_query(query).map(web::Query::into_inner).map_err(|error| {
        let (name, found) = culprit::<T>(query, &error.to_string()).unwrap_or_default();
        let said =
            misfit::say(own_words(&error.to_string()), Some(&found).filter(|_| !name.is_empty()).map(String::as_str));
        bad_parameter(&said.member.unwrap_or(name), &said.detail)
    })
}

/// The parameter that a query is refused for, and its value: without it the query reads, or fails of something else.
fn culprit<T: DeserializeOwned>(query: &str, trouble: &str) -> Option<(String, String)> {
    let pieces: Vec<&str> = query.split('&').filter(|piece| !piece.is_empty()).collect();
    let same = |query: &str| web::Query::<T>::from_query(query).is_err_and(|error| error.to_string() == trouble);
    let index = (0..pieces.len()).find(|left_out| {
        let others = pieces.iter().enumerate().filter(|(i, _)| i != left_out).map(|(_, piece)| *piece);
        !same(&others.collect::<Vec<_>>().join("&"))
    })?;
    let pairs = web::Query::<Vec<(String, String)>>::from_query(pieces.get(index)?).ok()?;
    pairs.into_inner().into_iter().next()
}

/// What the parser said, without what the framework says before it.
fn own_words(message: &str) -> &str {
    message.strip_prefix("Query deserialize error: ").unwrap_or(message)
}

/// A parameter that does not fit, with what was found and expected.
pub(super) fn bad_parameter(name: &str, detail: &str) -> ApiError {
    let at = if name.is_empty() { "the query".to_owned() } else { format!("parameter `{name}`") };
    ApiError::refused(StatusCode::BAD_REQUEST, "bad_parameter", format_args!("{at}: {detail}")).with(name, detail)
}

/// Refuses a parameter that is given twice: who reads the first and who reads the last would disagree.
///
/// # Errors
/// 400 that names it.
pub fn refuse_repeated(query: &str) -> Result<(), ApiError> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|error| bad_parameter("", &format!("cannot be read: {}", own_words(&error.to_string()))))?;
    let mut seen = BTreeSet::new();
    for (name, value) in pairs.into_inner() {
        if value.contains('\0') || name.contains('\0') {
            return Err(bad_parameter(&name, "a NUL character, expected none; take it out"));
        }
        if !seen.insert(name.clone()) {
            return Err(bad_parameter(&name, "given twice, expected once; keep the right one"));
        }
    }
    Ok(())
}

/// Reads one segment of the path that the handler's route names in braces.
///
/// # Errors
/// 404: what is no id names nothing.
pub fn segment<T: std::str::FromStr>(request: &HttpRequest, name: &str) -> Result<T, ApiError> {
    request.match_info().get(name).and_then(|text| text.parse().ok()).ok_or_else(ApiError::not_found)
}

/// Limits of the framework's own extractors, for handlers that need them. A route that takes larger bodies
/// sets its own limit as `app_data` of its resource.
pub fn limits(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(JSON_BYTES))
        .app_data(web::FormConfig::default().limit(64 * 1024).error_handler(|error, _| {
            match error {
                actix_web::error::UrlencodedError::Overflow { .. } => too_large(),
                _ => ApiError::refused(StatusCode::BAD_REQUEST, "bad_form", "the form could not be read"),
            }
            .into()
        }))
        .app_data(
            web::JsonConfig::default()
                .limit(JSON_BYTES)
                .error_handler(|error, _| ApiError::refused(StatusCode::BAD_REQUEST, "not_json", error).into()),
        )
        .app_data(
            web::QueryConfig::default()
                .error_handler(|error, _| ApiError::refused(StatusCode::BAD_REQUEST, "bad_parameter", error).into()),
        )
        .app_data(web::PathConfig::default().error_handler(|_, _| ApiError::not_found().into()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wish {
        #[expect(dead_code, reason = "only read from")]
        lines: Vec<Line>,
    }
    #[derive(Debug, serde::Deserialize)]
    struct Line {
        #[expect(dead_code, reason = "only read from")]
        minutes: u32,
    }

    fn refusal(bytes: &[u8]) -> (u16, Vec<String>) {
        match parse::<Wish>(bytes) {
            Err(ApiError::Refused(refusal)) => {
                (refusal.status.as_u16(), refusal.errors.into_iter().map(|e| e.pointer).collect())
            }
            other => panic!("expected a refusal, found {other:?}"),
        }
    }

    #[test]
    fn a_wrong_member_is_named_by_its_pointer() {
        assert_eq!(refusal(br#"{"lines":[{"minutes":1},{"minutes":-1}]}"#), (422, vec!["/lines/1/minutes".to_owned()]));
        assert_eq!(refusal(br#"{"lines":[],"extra":1}"#), (422, vec!["/extra".to_owned()]));
        assert_eq!(refusal(br#"{"lines":["#).0, 400);
        assert_eq!(refusal(br#"{"lines":[]} more"#).0, 400);
        assert_eq!(refusal(br#"{"lines":"\u0000"}"#).0, 422);
    }

    fn told(error: ApiError) -> (String, String) {
        match error {
            ApiError::Refused(refusal) => refusal.errors.into_iter().map(|e| (e.pointer, e.detail)).next().unwrap(),
            other => panic!("expected a refusal, found {other:?}"),
        }
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Days {
        #[expect(dead_code, reason = "only read from")]
        #[serde(deserialize_with = "crate::web::day::read")]
        from: chrono::NaiveDate,
        #[expect(dead_code, reason = "only read from")]
        limit: Option<u32>,
        #[expect(dead_code, reason = "only read from")]
        password: Option<String>,
    }

    #[test]
    fn a_member_that_does_not_fit_says_what_was_found_expected_and_to_do() {
        for (body, pointer, parts) in [
            (r#"{"from":"2026-02-30"}"#, "/from", ["`2026-02-30`", "a day that exists", "2026-02-28"]),
            (r#"{"from":"2026-2-8"}"#, "/from", ["`2026-2-8`", "a day that exists", "2026-02-28"]),
            (r#"{"from":"+2026-02-28"}"#, "/from", ["`+2026-02-28`", "a day that exists", "2026-02-28"]),
            (r#"{"from":20260228}"#, "/from", ["`20260228`", "a day that exists", "2026-02-28"]),
            (r#"{"limit":3}"#, "/from", ["`from` is missing", "expected", "add it"]),
            (r#"{"from":"2026-02-28","limit":-3}"#, "/limit", ["`-3`", "not negative", "write it like"]),
            (r#"{"from":"2026-02-28","limit":[3]}"#, "/limit", ["`a list`", "not negative", "write it like"]),
            (r#"{"from":"2026-02-28","till":"x"}"#, "/till", ["`till` is not known", "`from`", "take it out"]),
            ("[]", "", ["`a list`", "an object", "`{}`"]),
        ] {
            let (place, detail) = told(parse::<Days>(body.as_bytes()).unwrap_err());
            assert_eq!(place, pointer, "{body}: {detail}");
            assert!(parts.iter().all(|part| detail.contains(part)), "{body}: {detail}");
        }
    }

    #[test]
    fn what_stands_in_a_secret_is_not_repeated() {
        let (place, detail) = told(parse::<Days>(br#"{"from":"2026-02-28","password":123456789}"#).unwrap_err());
        assert_eq!(place, "/password");
        assert!(!detail.contains("123456789"), "{detail}");
    }

    #[test]
    fn a_parameter_that_does_not_fit_is_named_with_what_was_found_and_expected() {
        for (query, name, parts) in [
            ("limit=3&from=2026-02-30", "from", ["`2026-02-30`", "a day that exists", "2026-02-28"]),
            ("limit=3&from=2026-2-8", "from", ["`2026-2-8`", "a day that exists", "2026-02-28"]),
            ("from=%2B2026-02-28", "from", ["`+2026-02-28`", "a day that exists", "2026-02-28"]),
            ("from=2026-02-28%20", "from", ["`2026-02-28 `", "a day that exists", "2026-02-28"]),
            ("from=2026-02-28&limit=ten", "limit", ["`ten`", "a whole number", "`90`"]),
            ("from=2026-02-28&limit=-1", "limit", ["`-1`", "a whole number", "`90`"]),
            ("limit=3", "from", ["`from` is missing", "expected", "add it"]),
            ("from=2026-02-28&till=x", "till", ["`till` is not known", "`from`", "take it out"]),
            ("from=2026-02-28&from=2026-03-01", "from", ["given twice", "expected once", "keep"]),
        ] {
            let (place, detail) = told(read_parameters::<Days>(query).unwrap_err());
            assert_eq!(place, name, "{query}: {detail}");
            assert!(parts.iter().all(|part| detail.contains(part)), "{query}: {detail}");
        }
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        assert!(refuse_repeated("a=1&b=2").is_ok());
        assert!(refuse_repeated("").is_ok());
        assert!(refuse_repeated("a=1&a=2").is_err());
        assert!(refuse_repeated("a=%00").is_err());
    }
}
