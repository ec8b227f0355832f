//! Keys for other systems of an organization.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::api_keys::{self, ApiKeyError};
use crate::services::lists::Page;
use crate::services::roles::KeyScope;
use crate::storage::Id;
use crate::storage::rows::access::ApiKeyRow;
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::ManageOrganization;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(make).service(list).service(revoke);
}

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeKeyBody {
    /// What people call it.
    label: String,
    /// What it may do.
    scopes: Vec<KeyScope>,
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
pub struct KeyView {
    /// Its id.
    id: String,
    /// What people call it.
    label: String,
    /// What it may do.
    scopes: Vec<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<DateTime<Utc>>,
}

/// A key just made.
#[derive(Serialize, ToSchema)]
pub struct NewKeyView {
    /// The key.
    key: KeyView,
    /// Send it as `Authorization: Bearer`. It is shown this once: a repeated request is answered without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl From<ApiKeyRow> for KeyView {
    fn from(row: ApiKeyRow) -> Self {
        Self {
            id: row.id.to_string(),
            label: row.label,
            scopes: row.scopes.split(' ').map(str::to_owned).collect(),
            created_at: row.created_at.utc(),
            revoked_at: row.revoked_at.map(|at| at.utc()),
        }
    }
}

/// Make a key
///
/// The secret is stored nowhere. The same request again under its `Idempotency-Key` makes no second key: it names the one
/// that was made, without the secret. Where the first answer was lost, revoke that key and make another.
#[utoipa::path(tag = "keys", request_body = MakeKeyBody, security(("bearer" = [])),
    params(("organization" = String, Path)), responses((status = 201, body = NewKeyView), Writing))]
#[post("/organizations/{organization}/keys")]
pub async fn make(
    may: May<ManageOrganization>,
    app: web::Data<App>,
    once: Once,
    body: Body<MakeKeyBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, organization, wish) = (may.acting(&app), may.organization, body.value);
    once.run_showing(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let (row, secret) = api_keys::make(conn, &by, organization, &wish.label, &wish.scopes)?;
        let stored = NewKeyView { key: row.clone().into(), secret: None };
        let shown = NewKeyView { key: row.into(), secret: Some(secret.expose_secret().to_owned()) };
        Ok::<_, ApiKeyError>((stored, shown))
    })
    .await
}

/// List keys
///
/// Oldest first, revoked ones too.
#[utoipa::path(tag = "keys", security(("bearer" = [])), params(("organization" = String, Path), PageParameters),
    responses((status = 200, body = Page<KeyView>), Reading))]
#[get("/organizations/{organization}/keys")]
pub async fn list(
    may: May<ManageOrganization>,
    app: web::Data<App>,
    paging: Paging<Id>,
) -> Result<HttpResponse, ApiError> {
    let organization = may.organization;
    let page = app.read(move |conn| api_keys::list(conn, organization, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(KeyView::from)))
}

/// Revoke a key
#[utoipa::path(tag = "keys", security(("bearer" = [])),
    params(("organization" = String, Path), ("key" = String, Path)), responses((status = 204), Reading))]
#[delete("/organizations/{organization}/keys/{key}")]
pub async fn revoke(
    may: May<ManageOrganization>,
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let id: Id = segment(&request, "key")?;
    let (by, organization) = (may.acting(&app), may.organization);
    app.write(move |conn| api_keys::revoke(conn, &by, organization, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<ApiKeyError> for ApiError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::Label => Self::field("bad_key", "/label", error),
            ApiKeyError::NoScope => Self::field("bad_key", "/scopes", error),
            ApiKeyError::NotFound => Self::not_found(),
            ApiKeyError::Store(store) => store.into(),
        }
    }
}
