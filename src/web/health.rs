//! Whether the service lives, and whether it can work.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::error::{ApiError, ProblemView};
use crate::storage::{StoreError, migrate};

/// How the service is.
#[derive(Serialize, ToSchema)]
pub struct HealthView {
    /// `ok`.
    pub status: &'static str,
}

/// Whether the process lives.
#[utoipa::path(tag = "operations", operation_id = "alive", responses((status = 200, body = HealthView)))]
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(HealthView { status: "ok" })
}

/// Whether the database can be reached and its tables are up to date.
#[utoipa::path(tag = "operations", operation_id = "ready", responses(
    (status = 200, body = HealthView),
    (status = 503, description = "not yet, or not now", body = ProblemView, content_type = "application/problem+json"),
))]
#[get("/readyz")]
pub async fn readyz(app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    // Whatever the database met, the answer is the same: not ready.
    let pending = app
        .db
        .run_read(migrate::pending)
        .await
        .map_err(|error: StoreError| ApiError::Unavailable(error.to_string()))?;
    if pending > 0 {
        return Err(ApiError::Unavailable(format!("{pending} migrations wait")));
    }
    Ok(HttpResponse::Ok().json(HealthView { status: "ok" }))
}
