//! Boards, training programs and employers.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::lists::Page;
use crate::services::organizations::{self, AddOrganizationError, NewBoard, NewOrganization};
use crate::services::roles::OrganizationKind;
use crate::storage::Id;
use crate::storage::rows::organizations::OrganizationRow;
use crate::web::app::App;
use crate::web::auth::capability::ManageInstallation;
use crate::web::auth::{Caller, May};
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(add).service(list).service(one);
}

/// An organization to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOrganizationBody {
    /// What it is.
    kind: OrganizationKind,
    /// Its name in addresses: lower-case letters, digits and hyphens.
    slug: String,
    /// Its name.
    name: String,
    /// Where it works, such as `us-ne`.
    #[serde(default)]
    region: Option<String>,
    /// For boards.
    #[serde(default)]
    board: Option<AddBoardBody>,
}

/// What a board decides about its own work, to begin with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddBoardBody {
    /// The zone whose days count, such as `America/Chicago`.
    time_zone: String,
    /// What certificate numbers begin with: 1 to 6 capital letters.
    number_prefix: String,
    /// Where people call.
    #[serde(default)]
    phone: Option<String>,
}

/// An organization.
#[derive(Serialize, ToSchema)]
pub struct OrganizationView {
    /// Its id.
    id: String,
    /// `board`, `program` or `employer`.
    kind: String,
    /// Its name in addresses.
    slug: String,
    /// Its name.
    name: String,
    /// Where it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
}

impl From<OrganizationRow> for OrganizationView {
    fn from(row: OrganizationRow) -> Self {
        Self { id: row.id.to_string(), kind: row.kind, slug: row.slug, name: row.name, region: row.region }
    }
}

/// Add an organization
#[utoipa::path(tag = "organizations", request_body = AddOrganizationBody, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = OrganizationView), Writing))]
#[post("/organizations")]
pub async fn add(
    may: May<ManageInstallation>,
    once: Once,
    app: web::Data<App>,
    body: Body<AddOrganizationBody>,
) -> Result<HttpResponse, ApiError> {
    let by = may.acting(&app);
    let AddOrganizationBody { kind, slug, name, region, board } = body.value;
    let board = board.map(|b| NewBoard { time_zone: b.time_zone, number_prefix: b.number_prefix, phone: b.phone });
    let new = NewOrganization { kind, slug, name, region, board };
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        organizations::add(conn, &by, &new).map(OrganizationView::from)
    })
    .await
}

/// List organizations
///
/// Oldest first.
#[utoipa::path(tag = "organizations", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<OrganizationView>), Reading))]
#[get("/organizations")]
pub async fn list(_caller: Caller, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let page = app.read(move |conn| organizations::list(conn, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(OrganizationView::from)))
}

/// Look at an organization
#[utoipa::path(tag = "organizations", security(("bearer" = [])), params(("organization" = String, Path)),
    responses((status = 200, body = OrganizationView), Reading))]
#[get("/organizations/{organization}")]
pub async fn one(_caller: Caller, request: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let id: Id = segment(&request, "organization")?;
    let row = app.read(move |conn| organizations::find(conn, id)).await?.ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok().json(OrganizationView::from(row)))
}

impl From<AddOrganizationError> for ApiError {
    fn from(error: AddOrganizationError) -> Self {
        match error {
            AddOrganizationError::Slug => Self::field("bad_organization", "/slug", error),
            AddOrganizationError::Name => Self::field("bad_organization", "/name", error),
            AddOrganizationError::Region => Self::field("bad_organization", "/region", error),
            AddOrganizationError::BoardSettings => Self::field("bad_organization", "/board", error),
            AddOrganizationError::TimeZone(_) => Self::field("bad_organization", "/board/time_zone", error),
            AddOrganizationError::NumberPrefix => Self::field("bad_organization", "/board/number_prefix", error),
            AddOrganizationError::SlugTaken(_) => Self::conflict("slug_taken", &error).with("/slug", &error),
            AddOrganizationError::Store(store) => store.into(),
        }
    }
}
