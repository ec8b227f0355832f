//! Verification by anyone: no sign-in, no cookie, any site may ask.
//!
//! Unknown, malformed and hidden codes get the same answer. The number on paper needs the family name with it
//! and knocks at the throttled door.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, options, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::problems::Writing;
use crate::rules::Lang;
use crate::services::files::Files;
use crate::services::verify::{self, MOST_CODES, VerificationView};
use crate::storage::StoreError;
use crate::web::app::App;
use crate::web::auth::Door;
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::{Body, Parameters, segment};

/// The routes of this file under `/api/v1`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(by_number).service(many).service(preflight).service(by_code);
}

/// The routes of this file outside the API: the document.
pub fn beside(config: &mut web::ServiceConfig) {
    config.service(document);
}

/// How to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct On {
    /// The day asked about; today where the board is, if absent.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    on: Option<NaiveDate>,
    /// Language of `label`: `en` or `es`.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
}

/// A number as printed, with the family name.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NumberAndName {
    /// The certificate's number.
    number: String,
    /// The family name printed on it.
    family_name: String,
    /// The day asked about; today where the board is, if absent.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    on: Option<NaiveDate>,
    /// Language of `label`: `en` or `es`.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
}

/// Many codes at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyBody {
    /// Up to 100 codes.
    #[schema(max_items = 100)]
    codes: Vec<String>,
    /// The day asked about; today where the board is, if absent.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    on: Option<NaiveDate>,
    /// Language of `label`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    lang: Option<Lang>,
}

/// The answers, in the order of the codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManyView {
    /// One for each code.
    results: Vec<OneOfManyView>,
}

/// One answer, with the code it answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneOfManyView {
    /// The code as it was sent.
    code: String,
    #[serde(flatten)]
    answer: VerificationView,
}

/// An answer that any site may read.
fn open(view: impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .json(view)
}

/// Whether a certificate is real and in force
#[utoipa::path(tag = "verify", params(("code" = String, Path, description = "The code in its address"), On), responses(
    (status = 200, body = VerificationView, description = "Also for codes that are unknown, malformed or hidden"),
    (status = 400, body = ProblemView, content_type = "application/problem+json"),
))]
#[get("/verify/{code}")]
pub async fn by_code(
    request: HttpRequest,
    app: web::Data<App>,
    parameters: Parameters<On>,
) -> Result<HttpResponse, ApiError> {
    let code: String = segment(&request, "code")?;
    let (on, lang, now) = (parameters.0.on, parameters.0.lang.unwrap_or_default(), app.clock.now());
    let found = app.read(move |conn| verify::by_code(conn, &code, on, now)).await?;
    Ok(open(found.view(lang)))
}

/// Whether the certificate with this number and family name is real and in force
#[utoipa::path(tag = "verify", params(NumberAndName), responses(
    (status = 200, body = VerificationView, description = "Also for numbers that are unknown, malformed or hidden"),
    (status = 400, body = ProblemView, content_type = "application/problem+json"),
    (status = 429, body = ProblemView, content_type = "application/problem+json"),
))]
#[get("/verify")]
pub async fn by_number(
    _door: Door,
    app: web::Data<App>,
    parameters: Parameters<NumberAndName>,
) -> Result<HttpResponse, ApiError> {
    let NumberAndName { number, family_name, on, lang } = parameters.0;
    let now = app.clock.now();
    let found = app.read(move |conn| verify::by_number(conn, &number, &family_name, on, now)).await?;
    Ok(open(found.view(lang.unwrap_or_default())))
}

/// Whether up to 100 certificates are real and in force
#[utoipa::path(tag = "verify", request_body = ManyBody, responses((status = 200, body = ManyView), Writing))]
#[post("/verify")]
pub async fn many(app: web::Data<App>, body: Body<ManyBody>) -> Result<HttpResponse, ApiError> {
    let ManyBody { codes, on, lang } = body.value;
    if codes.len() > MOST_CODES {
        let detail = format!("{} codes, expected at most {MOST_CODES}", codes.len());
        return Err(ApiError::field("too_many", "/codes", detail));
    }
    let (lang, now) = (lang.unwrap_or_default(), app.clock.now());
    let answer = move |conn: &mut crate::storage::Conn<'_>, code: String| {
        let answer = verify::by_code(conn, &code, on, now)?.view(lang);
        Ok::<_, StoreError>(OneOfManyView { code, answer })
    };
    let results = app
        .read(move |conn| codes.into_iter().map(|code| answer(conn, code)).collect::<Result<Vec<_>, StoreError>>())
        .await?;
    Ok(open(ManyView { results }))
}

/// What a browser asks before it posts from another site
#[utoipa::path(tag = "verify", responses((status = 204)))]
#[options("/verify")]
pub async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// The document itself, byte for byte as it was issued, under a name that tells nothing.
#[get("/credentials/{code}.pdf")]
async fn document(request: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let code: String = segment(&request, "code")?;
    let (now, files) = (app.clock.now(), Files::of_certificates(&app.settings.data_dir));
    let bytes = app
        .read(move |conn| {
            let Some(hash) = verify::document(conn, &code, now)? else { return Ok(None) };
            match files.load(&hash) {
                Ok(Some(bytes)) => Ok(Some(bytes)),
                Ok(None) => Err(StoreError::Fault(format!("the document {hash} is missing or was changed"))),
                Err(error) => Err(StoreError::Unavailable(error.to_string())),
            }
        })
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, "inline; filename=\"certificate.pdf\""))
        .body(bytes))
}
