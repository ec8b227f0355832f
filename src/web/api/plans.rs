//! What is left and when it could be done: a plan for oneself, or for a person whose file a board keeps.
//!
//! A plan stores nothing. With a body it says what would be if planned facts were there, on another day, or under
//! another region's rules.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::plan_views::PlanView;
use super::problems::{Reading, Writing};
use crate::rules::canonical_json;
use crate::services::plans::{self, PlanError, Wish};
use crate::storage::Id;
use crate::web::app::App;
use crate::web::auth::capability::ReadFiles;
use crate::web::auth::{May, Person};
use crate::web::error::ApiError;
use crate::web::extract::{Body, Parameters, segment};

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(own).service(own_if).service(of_person).service(of_person_if);
}

/// What is asked.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanParameters {
    /// The day asked about; absent: today where the board is.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    as_of: Option<NaiveDate>,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`; absent: renewal for who holds it, else initial.
    purpose: Option<String>,
    /// The stage; absent: the first not yet held.
    stage: Option<String>,
}

/// What would be.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanBody {
    /// The day asked about; absent: today where the board is.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    as_of: Option<NaiveDate>,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`; absent: renewal for who holds it, else initial.
    #[serde(default)]
    purpose: Option<String>,
    /// The stage; absent: the first not yet held.
    #[serde(default)]
    stage: Option<String>,
    /// Planned facts: lists of `credtrail.record/1`, such as `{"learning": [...]}`; at most 200 facts.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    planned: Option<serde_json::Map<String, serde_json::Value>>,
}

impl From<PlanParameters> for Wish {
    fn from(PlanParameters { as_of, purpose, stage }: PlanParameters) -> Self {
        Self { as_of, purpose, stage, planned: None }
    }
}

impl From<PlanBody> for Wish {
    fn from(PlanBody { as_of, purpose, stage, planned }: PlanBody) -> Self {
        Self { as_of, purpose, stage, planned }
    }
}

/// What is left for you under a credential
///
/// Answers `credtrail.plan/1`: the smallest set of things to do, the earliest day, and what falls out of its window
/// when. The credential may be any in this register or any pack that ships, so that `?purpose=reciprocity` is the list
/// of what another region would still ask for.
#[utoipa::path(tag = "progress", params(("credential" = String, Path, description = "Such as `us-ne-cpss`"), PlanParameters),
    security(("bearer" = [])), responses((status = 200, body = PlanView), Reading))]
#[get("/progress/{credential}/plan")]
pub async fn own(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    asked: Parameters<PlanParameters>,
) -> Result<HttpResponse, ApiError> {
    plan_own(&app, who.0.person, &request, asked.0.into()).await
}

/// What would be left for you if
///
/// As the plan without a body, with planned facts beside those on record. Nothing is stored.
#[utoipa::path(tag = "progress", params(("credential" = String, Path, description = "Such as `us-ne-cpss`")),
    security(("bearer" = [])), request_body = PlanBody, responses((status = 200, body = PlanView), Writing))]
#[post("/progress/{credential}/plan")]
pub async fn own_if(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<PlanBody>,
) -> Result<HttpResponse, ApiError> {
    plan_own(&app, who.0.person, &request, body.value.into()).await
}

async fn plan_own(
    app: &web::Data<App>,
    person: Id,
    request: &HttpRequest,
    wish: Wish,
) -> Result<HttpResponse, ApiError> {
    let (slug, now): (String, _) = (segment(request, "credential")?, app.clock.now());
    let plan = app.read(move |conn| plans::of_person(conn, person, &slug, now, &wish)).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(canonical_json(&PlanView::from(plan))))
}

/// What is left for a person who has a case with the board
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "About whom"),
    ("credential" = String, Path, description = "Such as `us-ne-cpss`"), PlanParameters),
    security(("bearer" = [])), responses((status = 200, body = PlanView), Reading))]
#[get("/organizations/{organization}/people/{person}/progress/{credential}/plan")]
pub async fn of_person(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
    asked: Parameters<PlanParameters>,
) -> Result<HttpResponse, ApiError> {
    plan_of(&app, may.organization, &request, asked.0.into()).await
}

/// What would be left for a person who has a case with the board
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "About whom"),
    ("credential" = String, Path, description = "Such as `us-ne-cpss`")),
    security(("bearer" = [])), request_body = PlanBody, responses((status = 200, body = PlanView), Writing))]
#[post("/organizations/{organization}/people/{person}/progress/{credential}/plan")]
pub async fn of_person_if(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<PlanBody>,
) -> Result<HttpResponse, ApiError> {
    plan_of(&app, may.organization, &request, body.value.into()).await
}

async fn plan_of(app: &web::Data<App>, board: Id, request: &HttpRequest, wish: Wish) -> Result<HttpResponse, ApiError> {
    let (person, slug): (Id, String) = (segment(request, "person")?, segment(request, "credential")?);
    let now = app.clock.now();
    let plan = app.read(move |conn| plans::of_board(conn, board, person, &slug, now, &wish)).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(canonical_json(&PlanView::from(plan))))
}

impl From<PlanError> for ApiError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Unknown | PlanError::NobodyThere => Self::not_found(),
            PlanError::Purpose(_) => Self::refused(StatusCode::BAD_REQUEST, "bad_parameter", error),
            PlanError::NotOffered { .. } => Self::field("not_offered", "/purpose", error),
            PlanError::NoStage { .. } => Self::field("no_such_stage", "/stage", error),
            PlanError::TooMany(_) => Self::field("too_many_facts", "/planned", error),
            PlanError::Planned(inner) => Self::field("bad_fragment", "/planned", inner),
            PlanError::Evaluation(inner) => inner.into(),
            PlanError::Store(store) => store.into(),
        }
    }
}
