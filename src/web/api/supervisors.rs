//! The supervisors whom a board holds eligible.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::hours::StoredView;
use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::lists::Page;
use crate::services::programs::supervisors::{self, Approved, Step};
use crate::services::programs::{ProgramError, person};
use crate::storage::{Day, Id};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::ApproveTraining;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(approve).service(end).service(withdraw);
}

/// A supervisor to approve.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityBody {
    /// The supervisor's address.
    email: Option<String>,
    /// Or the number you know them by.
    number: Option<String>,
    /// For one credential only.
    #[schema(value_type = Option<String>)]
    credential: Option<Id>,
    /// First day.
    #[serde(deserialize_with = "crate::web::day::read")]
    from: NaiveDate,
    /// Last day.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    through: Option<NaiveDate>,
}

/// The last day of a supervisor's approval.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityEndBody {
    /// The revision you looked at.
    revision: i32,
    /// It holds through this day.
    #[serde(deserialize_with = "crate::web::day::read")]
    through: NaiveDate,
    /// Why.
    reason: String,
}

/// Withdrawing a supervisor's approval.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityWithdrawalBody {
    /// The revision you looked at.
    revision: i32,
    /// From this day on; work before stays good.
    #[serde(deserialize_with = "crate::web::day::read")]
    on: NaiveDate,
    /// Why.
    reason: String,
}

/// A supervisor's approval as it stands.
#[derive(Serialize, ToSchema)]
pub struct SupervisorView {
    /// Its id.
    #[schema(value_type = String)]
    id: Id,
    /// Its revision.
    revision: i32,
    /// The supervisor.
    #[schema(value_type = String)]
    person: Id,
    /// The supervisor's name.
    name: Option<String>,
    /// The one credential it is for; absent: all of the board's.
    #[schema(value_type = Option<String>)]
    credential: Option<Id>,
    /// First day.
    from: NaiveDate,
    /// Last day.
    through: Option<NaiveDate>,
    /// Withdrawn from this day on.
    withdrawn_on: Option<NaiveDate>,
    /// Why it was ended or withdrawn.
    reason: Option<String>,
}

impl From<Approved> for SupervisorView {
    fn from(approved: Approved) -> Self {
        let Approved { row, name } = approved;
        Self {
            id: row.id,
            revision: row.revision,
            person: row.person_id,
            name,
            credential: row.credential_id,
            from: row.from_day.date(),
            through: row.through_day.map(Day::date),
            withdrawn_on: row.withdrawn_on.map(Day::date),
            reason: row.reason,
        }
    }
}

/// The supervisors whom the board holds or held eligible
///
/// In the order in which they were approved.
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), PageParameters),
    security(("bearer" = [])), responses((status = 200, body = Page<SupervisorView>), Reading))]
#[get("/organizations/{organization}/supervisors")]
pub async fn list(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    paging: Paging<Id>,
) -> Result<HttpResponse, ApiError> {
    let board = may.organization;
    let page = app.read(move |conn| supervisors::list(conn, board, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(SupervisorView::from)))
}

/// Hold a person eligible to supervise
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board")), security(("bearer" = [])),
    request_body = EligibilityBody, responses((status = 201, body = StoredView), Writing))]
#[post("/organizations/{organization}/supervisors")]
pub async fn approve(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    once: Once,
    body: Body<EligibilityBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board) = (may.acting(&app), may.organization);
    let EligibilityBody { email, number, credential, from, through } = body.value;
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let person = person(conn, board, email, number)?;
        supervisors::known_to(conn, board, person)?;
        let row = supervisors::approve(conn, &by, board, person, credential, (from, through))?;
        Ok::<_, ProgramError>(StoredView { id: row.id, revision: row.revision })
    })
    .await
}

/// Let a supervisor's approval end with a day
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("approval" = String, Path, description = "The approval")),
    security(("bearer" = [])), request_body = EligibilityEndBody, responses((status = 200, body = StoredView), Writing))]
#[put("/organizations/{organization}/supervisors/{approval}/end")]
pub async fn end(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<EligibilityEndBody>,
) -> Result<HttpResponse, ApiError> {
    let EligibilityEndBody { revision, through, reason } = body.value;
    take(&may, &app, &request, revision, (Step::End(through), reason)).await
}

/// Withdraw a supervisor's approval
///
/// Work done before that day stays good.
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("approval" = String, Path, description = "The approval")),
    security(("bearer" = [])), request_body = EligibilityWithdrawalBody, responses((status = 200, body = StoredView), Writing))]
#[put("/organizations/{organization}/supervisors/{approval}/withdrawal")]
pub async fn withdraw(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<EligibilityWithdrawalBody>,
) -> Result<HttpResponse, ApiError> {
    let EligibilityWithdrawalBody { revision, on, reason } = body.value;
    take(&may, &app, &request, revision, (Step::Withdraw(on), reason)).await
}

async fn take(
    may: &May<ApproveTraining>,
    app: &App,
    request: &HttpRequest,
    revision: i32,
    (step, reason): (Step, String),
) -> Result<HttpResponse, ApiError> {
    let (by, board, id) = (may.acting(app), may.organization, segment(request, "approval")?);
    let row = app.write(move |conn| supervisors::step(conn, &by, board, (id, revision), step, &reason)).await?;
    Ok(HttpResponse::Ok().json(StoredView { id: row.id, revision: row.revision }))
}
