//! How far a person is, for any credential, on any day: the evaluation itself.

use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::evaluation_schemas::EvaluationSchema;
use super::problems::Reading;
use super::record_schemas::RecordSchema;
use crate::rules::canonical_json;
use crate::services::progress;
use crate::web::app::App;
use crate::web::auth::Person;
use crate::web::error::ApiError;
use crate::web::extract::{Parameters, segment};

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(evaluation).service(record);
}

/// What is asked.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgressParameters {
    /// The day asked about; absent: today where the board is.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    as_of: Option<NaiveDate>,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`; absent: renewal for who holds it, else initial.
    purpose: Option<String>,
    /// The stage; absent: the first not yet held.
    stage: Option<String>,
}

/// Your progress towards a credential
///
/// Answers `credtrail.evaluation/1`: what is needed, what counts, and every hour's reason.
#[utoipa::path(tag = "progress", params(("credential" = String, Path, description = "Such as `us-ne-cpss`"), ProgressParameters),
    security(("bearer" = [])), responses((status = 200, body = EvaluationSchema), Reading))]
#[get("/progress/{credential}")]
pub async fn evaluation(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    asked: Parameters<ProgressParameters>,
) -> Result<HttpResponse, ApiError> {
    let (person, slug): (_, String) = (who.0.person, segment(&request, "credential")?);
    let ProgressParameters { as_of, purpose, stage } = asked.0;
    let now = app.clock.now();
    let found = app
        .read(move |conn| progress::evaluate(conn, person, &slug, now, progress::Asked { as_of, purpose, stage }))
        .await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(canonical_json(&found.evaluation)))
}

/// Your whole record, to take along
///
/// Answers `credtrail.record/1`.
#[utoipa::path(tag = "progress", security(("bearer" = [])), responses((status = 200, body = RecordSchema), Reading))]
#[get("/record")]
pub async fn record(who: Person, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let record = app.read(move |conn| progress::record(conn, person)).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(canonical_json(&record)))
}
