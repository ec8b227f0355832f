//! Files of rows, brought in through the API.

use std::io::{Read, Seek, SeekFrom, Write};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use futures_util::StreamExt;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::problems::Writing;
use crate::services::acting::Acting;
use crate::services::imports::awards::Awards;
use crate::services::imports::completions::Completions;
use crate::services::imports::exams::Exams;
use crate::services::imports::hours::Hours;
use crate::services::imports::people::People;
use crate::services::imports::{Import, ImportError, Mode, Report, run};
use crate::storage::Db;
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::{Capability, Decide, RecordCompletions, RecordExams};
use crate::web::edge::too_large;
use crate::web::error::ApiError;
use crate::web::extract::Parameters;
use crate::web::once::Once;

/// The largest file through the API; larger ones go through the command line.
const LARGEST: usize = 64 * 1024 * 1024;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(completions).service(exams).service(hours).service(people).service(awards);
}

/// How a file is brought in.
#[derive(Deserialize, ToSchema, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportParameters {
    /// `true`: only look, with the same eyes; nothing is stored.
    #[serde(default)]
    dry_run: bool,
    /// `true`: store the good rows although others have to change.
    #[serde(default)]
    partial: bool,
}

/// Bring in completions
///
/// The body is CSV in UTF-8. Without `partial` nothing is stored unless every row is good. The same file
/// again adds nothing twice. Rows are stored in slices of 2,000, each whole: what stops half way leaves whole slices, and
/// the same file again adds the rest.
#[utoipa::path(tag = "imports", params(("organization" = String, Path, description = "The program"), ImportParameters,
        ("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = [])), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = serde_json::Value), Writing))]
#[post("/organizations/{organization}/imports/completions")]
pub async fn completions(
    may: May<RecordCompletions>,
    app: web::Data<App>,
    once: Once,
    how: Parameters<ImportParameters>,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let program = may.organization;
    bring((&may, once), &app, how.0, body, move || Completions::of(program, true)).await
}

/// Bring in exam results
///
/// As completions, for a board.
#[utoipa::path(tag = "imports", params(("organization" = String, Path, description = "The board"), ImportParameters,
        ("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = [])), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = serde_json::Value), Writing))]
#[post("/organizations/{organization}/imports/exams")]
pub async fn exams(
    may: May<RecordExams>,
    app: web::Data<App>,
    once: Once,
    how: Parameters<ImportParameters>,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let board = may.organization;
    bring((&may, once), &app, how.0, body, move || Exams::of(board)).await
}

/// Bring in hours that the board has confirmed
///
/// As completions, for a board.
#[utoipa::path(tag = "imports", params(("organization" = String, Path, description = "The board"), ImportParameters,
        ("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = [])), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = serde_json::Value), Writing))]
#[post("/organizations/{organization}/imports/hours")]
pub async fn hours(
    may: May<Decide>,
    app: web::Data<App>,
    once: Once,
    how: Parameters<ImportParameters>,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let board = may.organization;
    bring((&may, once), &app, how.0, body, move || Hours::of(board)).await
}

/// Bring in people
///
/// Who is known already stays as they are.
#[utoipa::path(tag = "imports", params(("organization" = String, Path, description = "The organization"), ImportParameters,
        ("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = [])), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = serde_json::Value), Writing))]
#[post("/organizations/{organization}/imports/people")]
pub async fn people(
    may: May<Decide>,
    app: web::Data<App>,
    once: Once,
    how: Parameters<ImportParameters>,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let organization = may.organization;
    bring((&may, once), &app, how.0, body, move || People::of(organization)).await
}

/// Bring in the people a board certified before
///
/// As completions, for a board: one row for each term, the status beside it.
#[utoipa::path(tag = "imports", params(("organization" = String, Path, description = "The board"), ImportParameters,
        ("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = [])), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = serde_json::Value), Writing))]
#[post("/organizations/{organization}/imports/awards")]
pub async fn awards(
    may: May<Decide>,
    app: web::Data<App>,
    once: Once,
    how: Parameters<ImportParameters>,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let board = may.organization;
    bring((&may, once), &app, how.0, body, move || Awards::of(board)).await
}

/// Spools the body to a file of the system's own and runs the import beside the server's threads.
async fn bring<C: Capability, I: Import + 'static>(
    (may, once): (&May<C>, Once),
    app: &App,
    how: ImportParameters,
    mut body: web::Payload,
    import: impl Fn() -> I + Send + 'static,
) -> Result<HttpResponse, ApiError> {
    let mut spool = tempfile::tempfile().map_err(|error| ApiError::Fault(error.to_string()))?;
    let (mut size, mut hash) = (0_usize, Sha256::new());
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_cut| {
            ApiError::refused(StatusCode::BAD_REQUEST, "cut_short", "the body ended early, send the file again")
        })?;
        size += chunk.len();
        if size > LARGEST {
            return Err(too_large());
        }
        hash.update(&chunk);
        spool.write_all(&chunk).map_err(|error| ApiError::Fault(error.to_string()))?;
    }
    let (db, by) = (app.db.clone(), may.acting(app));
    let work = async {
        let done = web::block(move || both_ways(&db, &by, &how, &mut spool, &import));
        let (stored, report) = done.await.map_err(|error| ApiError::Fault(error.to_string()))??;
        Ok::<_, ApiError>(serde_json::json!({ "stored": stored, "report": report }))
    };
    once.run_long(app, hash.finalize().as_slice(), work).await
}

/// Looks first; stores only if asked and, without `partial`, only a file without a problem.
fn both_ways<I: Import>(
    db: &Db,
    by: &Acting,
    how: &ImportParameters,
    file: &mut (impl Read + Seek),
    import: &impl Fn() -> I,
) -> Result<(bool, Report), ImportError> {
    let mut pass = |mode| {
        file.seek(SeekFrom::Start(0)).map_err(|error| {
            ImportError::Store(crate::storage::StoreError::Fault(format!("the spooled file: {error}")))
        })?;
        run(db, by, &mut import(), (mode, &mut *file), &mut |_row| {})
    };
    let trial = pass(Mode::Trial)?;
    if how.dry_run || (trial.refused > 0 && !how.partial) {
        return Ok((false, trial));
    }
    Ok((true, pass(Mode::Store)?))
}
