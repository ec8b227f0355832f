//! A board's settings, holidays and credentials.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::boards::{self, Board, BoardWish, Style};
use crate::services::credentials::{self, Brought, CredentialError, PublishedVersion};
use crate::services::lists::Page;
use crate::storage::rows::boards::{CredentialRow, HolidayRow};
use crate::storage::{Conn, Day, Id, Moment};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::KeepRules;
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(show)
        .service(change)
        .service(holidays)
        .service(put_holiday)
        .service(remove_holiday)
        .service(list_credentials)
        .service(create_credential)
        .service(list_versions)
        .service(publish_versions);
}

/// A board's settings.
#[derive(Serialize, ToSchema)]
pub struct BoardView {
    /// Key.
    id: String,
    /// The name printed on certificates.
    name: String,
    /// IANA name: whose days count.
    time_zone: String,
    /// What certificate numbers begin with.
    number_prefix: String,
    /// For people who ask.
    phone: Option<String>,
    /// What the public register may show.
    register_fields: Vec<String>,
    /// How certificates look.
    certificate_style: Style,
}

/// New settings of a board, all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardBody {
    /// IANA name, such as `America/Chicago`.
    time_zone: String,
    /// One to six capital letters or digits.
    number_prefix: String,
    /// For people who ask.
    #[serde(default)]
    phone: Option<String>,
    /// What the public register may show.
    register_fields: Vec<String>,
    /// How certificates look.
    certificate_style: Style,
}

/// A day on which the board does not work.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayBody {
    /// What it is called.
    #[schema(max_length = 120)]
    name: String,
}

/// A holiday.
#[derive(Serialize, ToSchema)]
pub struct HolidayView {
    /// The day.
    day: NaiveDate,
    /// What it is called.
    name: String,
}

/// A credential.
#[derive(Serialize, ToSchema)]
pub struct CredentialView {
    /// Key.
    id: String,
    /// The id that packs and records use.
    slug: String,
    /// The region.
    region: String,
    /// The board.
    board: String,
    /// As printed on certificates.
    title: String,
}

/// A file of a pack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Its name: the day a version comes into force, such as `2024-07-01.toml`; worked examples: `examples.toml`.
    name: String,
    /// Its text.
    text: String,
}

/// Files of a pack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackBody {
    /// One file for each version, and the worked examples: each new version needs one that it rules.
    files: Vec<PackFile>,
}

/// A published version.
#[derive(Serialize, ToSchema)]
pub struct VersionView {
    /// Its name.
    version: String,
    /// The day it comes into force.
    in_force_from: NaiveDate,
    /// Hash of the text without its comments.
    hash: String,
}

/// What was published now.
#[derive(Serialize, ToSchema)]
pub struct PublishedView {
    /// Names of the versions that were not out before.
    published: Vec<String>,
}

impl From<CredentialRow> for CredentialView {
    fn from(row: CredentialRow) -> Self {
        Self {
            id: row.id.to_string(),
            slug: row.slug,
            region: row.region,
            board: row.organization_id.to_string(),
            title: row.title,
        }
    }
}

impl From<PublishedVersion> for VersionView {
    fn from(out: PublishedVersion) -> Self {
        Self { version: out.version, in_force_from: out.in_force_from.date(), hash: out.hash }
    }
}

impl From<HolidayRow> for HolidayView {
    fn from(row: HolidayRow) -> Self {
        Self { day: row.day.date(), name: row.name }
    }
}

fn shown(board: Board) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, format!("\"{}\"", board.revision.0))).json(BoardView {
        id: board.id.to_string(),
        name: board.name,
        time_zone: board.zone.name().to_owned(),
        number_prefix: board.prefix,
        phone: board.phone,
        register_fields: board.register_fields,
        certificate_style: board.style,
    })
}

/// The revision that a change was made from.
fn seen(request: &HttpRequest) -> Result<Moment, ApiError> {
    let tag = request.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    let refuse = || {
        ApiError::refused(
            StatusCode::PRECONDITION_REQUIRED,
            "if_match_needed",
            "expected `If-Match` with the `ETag` that the settings were read with",
        )
    };
    tag.and_then(|tag| tag.trim().trim_matches('"').parse().ok()).map(Moment).ok_or_else(refuse)
}

/// A board's settings
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board")), security(("bearer" = [])),
    responses((status = 200, body = BoardView, headers(("ETag" = String))), Reading))]
#[get("/organizations/{organization}/board")]
pub async fn show(may: May<KeepRules>, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let id = may.organization;
    Ok(shown(app.read(move |conn| boards::find(conn, id)).await?))
}

/// Change a board's settings
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"),
    ("If-Match" = String, Header, description = "The ETag that was read")), security(("bearer" = [])), request_body = BoardBody, responses(
    (status = 200, body = BoardView, headers(("ETag" = String))),
    (status = 412, body = ProblemView, content_type = "application/problem+json"),
    (status = 428, body = ProblemView, content_type = "application/problem+json"),
    Writing,
))]
#[put("/organizations/{organization}/board")]
pub async fn change(
    may: May<KeepRules>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<BoardBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, id, seen, body) = (may.acting(&app), may.organization, seen(&request)?, body.value);
    let wish = BoardWish {
        time_zone: body.time_zone,
        prefix: body.number_prefix,
        phone: body.phone,
        register_fields: body.register_fields,
        style: body.certificate_style,
    };
    Ok(shown(app.write(move |conn| boards::change(conn, &by, id, seen, &wish)).await?))
}

/// A board's holidays
///
/// Earliest first.
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), PageParameters),
    security(("bearer" = [])), responses((status = 200, body = Page<HolidayView>), Reading))]
#[get("/organizations/{organization}/holidays")]
pub async fn holidays(may: May<KeepRules>, app: web::Data<App>, paging: Paging<Day>) -> Result<HttpResponse, ApiError> {
    let id = may.organization;
    let page = app.read(move |conn| boards::holidays(conn, id, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(HolidayView::from)))
}

/// Add or rename a holiday
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("day" = NaiveDate, Path, description = "The day")),
    security(("bearer" = [])), request_body = HolidayBody, responses((status = 204), Writing))]
#[put("/organizations/{organization}/holidays/{day}")]
pub async fn put_holiday(
    may: May<KeepRules>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<HolidayBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, id, day, name) = (may.acting(&app), may.organization, segment(&request, "day")?, body.value.name);
    app.write(move |conn| boards::put_holiday(conn, &by, id, day, &name)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take a holiday out of the calendar
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("day" = NaiveDate, Path, description = "The day")),
    security(("bearer" = [])), responses((status = 204), Reading))]
#[delete("/organizations/{organization}/holidays/{day}")]
pub async fn remove_holiday(
    may: May<KeepRules>,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (by, id, day) = (may.acting(&app), may.organization, segment(&request, "day")?);
    let gone = app.write(move |conn| boards::remove_holiday(conn, &by, id, day)).await?;
    if gone { Ok(HttpResponse::NoContent().finish()) } else { Err(ApiError::not_found()) }
}

/// Every credential of this installation
///
/// In the order of their ids in packs.
#[utoipa::path(tag = "boards", params(PageParameters), responses(
    (status = 200, body = Page<CredentialView>),
    (status = 400, body = ProblemView, content_type = "application/problem+json"),
))]
#[get("/credentials")]
pub async fn list_credentials(app: web::Data<App>, paging: Paging<String>) -> Result<HttpResponse, ApiError> {
    let page = app.read(move |conn| credentials::page(conn, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(CredentialView::from)))
}

/// Set up a credential from its pack
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board")), security(("bearer" = [])), request_body = PackBody,
    responses((status = 201, body = CredentialView), Writing))]
#[post("/organizations/{organization}/credentials")]
pub async fn create_credential(
    may: May<KeepRules>,
    once: Once,
    app: web::Data<App>,
    body: Body<PackBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, hash, files) = (may.acting(&app), may.organization, body.hash, body.value.files);
    let work = move |conn: &mut Conn<'_>| {
        let id = credentials::create(conn, &by, board, Brought::all(&pairs(&files)))?;
        credentials::of_board(conn, board, id).map(CredentialView::from)
    };
    once.run(&app, &hash, StatusCode::CREATED, work).await
}

fn pairs(files: &[PackFile]) -> Vec<(&str, &str)> {
    files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect()
}

/// The published versions of a credential's rules
///
/// Earliest in force first.
#[utoipa::path(tag = "boards", params(("credential" = String, Path, description = "The credential"), PageParameters), responses(
    (status = 200, body = Page<VersionView>),
    (status = 400, body = ProblemView, content_type = "application/problem+json"),
    (status = 404, body = ProblemView, content_type = "application/problem+json"),
))]
#[get("/credentials/{credential}/versions")]
pub async fn list_versions(
    request: HttpRequest,
    app: web::Data<App>,
    paging: Paging<(Day, String)>,
) -> Result<HttpResponse, ApiError> {
    let id: Id = segment(&request, "credential")?;
    let page = app.read(move |conn| credentials::version_names(conn, id, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(VersionView::from)))
}

/// Publish versions of a credential's rules; they never change afterwards
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("credential" = String, Path, description = "The credential"),
        ("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = [])), request_body = PackBody, responses((status = 200, body = PublishedView), Writing))]
#[post("/organizations/{organization}/credentials/{credential}/versions")]
pub async fn publish_versions(
    may: May<KeepRules>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<PackBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, credential) = (may.acting(&app), may.organization, segment(&request, "credential")?);
    let (hash, files) = (body.hash, body.value.files);
    once.run(&app, &hash, StatusCode::OK, move |conn| {
        let published = credentials::publish(conn, &by, board, credential, Brought::all(&pairs(&files)))?;
        Ok::<_, CredentialError>(PublishedView { published })
    })
    .await
}
