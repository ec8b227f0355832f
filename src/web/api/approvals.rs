//! A board's approvals of programs and courses.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::lists::Page;
use crate::services::programs::ProgramError;
use crate::services::programs::approvals::{self, ApprovalWish, Approved};
use crate::storage::rows::approval::ApprovalRow;
use crate::storage::{Day, Id};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::ApproveTraining;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(approve).service(withdraw);
}

/// An approval to give.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalBody {
    /// A program, for all its courses.
    #[schema(value_type = Option<String>)]
    program: Option<Id>,
    /// Or one course.
    #[schema(value_type = Option<String>)]
    course: Option<Id>,
    /// For one credential only.
    #[schema(value_type = Option<String>)]
    credential: Option<Id>,
    /// Your number for it.
    number: Option<String>,
    /// Your lists that it stands on.
    #[serde(default)]
    lists: Vec<String>,
    /// First day.
    #[serde(deserialize_with = "crate::web::day::read")]
    from: NaiveDate,
    /// Last day.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    through: Option<NaiveDate>,
}

/// Withdrawing an approval.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalWithdrawalBody {
    /// The revision you looked at.
    revision: i32,
    /// From this day on; work before stays good.
    #[serde(deserialize_with = "crate::web::day::read")]
    on: NaiveDate,
    /// Why.
    reason: String,
}

/// An approval as it stands.
#[derive(Serialize, ToSchema)]
pub struct ApprovalView {
    /// Its id.
    #[schema(value_type = String)]
    id: Id,
    /// Its revision.
    revision: i32,
    /// The program, if it is one.
    #[schema(value_type = Option<String>)]
    program: Option<Id>,
    /// The course, if it is one.
    #[schema(value_type = Option<String>)]
    course: Option<Id>,
    /// The board's number.
    number: Option<String>,
    /// First day.
    from: NaiveDate,
    /// Last day.
    through: Option<NaiveDate>,
    /// Withdrawn from this day on.
    withdrawn_on: Option<NaiveDate>,
}

impl From<ApprovalRow> for ApprovalView {
    fn from(row: ApprovalRow) -> Self {
        Self {
            id: row.id,
            revision: row.revision,
            program: row.program_id,
            course: row.course_id,
            number: row.number,
            from: row.from_day.date(),
            through: row.through_day.map(Day::date),
            withdrawn_on: row.withdrawn_on.map(Day::date),
        }
    }
}

/// A board's approvals
///
/// Oldest first.
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), PageParameters),
    security(("bearer" = [])), responses((status = 200, body = Page<ApprovalView>), Reading))]
#[get("/organizations/{organization}/approvals")]
pub async fn list(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    paging: Paging<Id>,
) -> Result<HttpResponse, ApiError> {
    let board = may.organization;
    let page = app.read(move |conn| approvals::list(conn, board, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(ApprovalView::from)))
}

/// Approve a program or a course
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board")), security(("bearer" = [])),
    request_body = ApprovalBody, responses((status = 201, body = ApprovalView), Writing))]
#[post("/organizations/{organization}/approvals")]
pub async fn approve(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    once: Once,
    body: Body<ApprovalBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board) = (may.acting(&app), may.organization);
    let ApprovalBody { program, course, credential, number, lists, from, through } = body.value;
    let what = match (program, course) {
        (Some(program), None) => Approved::Program(program),
        (None, Some(course)) => Approved::Course(course),
        _ => return Err(ApiError::field("bad_field", "/program", "expected either a program or a course")),
    };
    let wish = ApprovalWish { what, credential, number, lists, from, through };
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        Ok::<_, ProgramError>(ApprovalView::from(approvals::approve(conn, &by, board, &wish)?))
    })
    .await
}

/// Withdraw an approval
///
/// Work done before that day stays good.
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("approval" = String, Path, description = "The approval")),
    security(("bearer" = [])), request_body = ApprovalWithdrawalBody, responses((status = 200, body = ApprovalView), Writing))]
#[put("/organizations/{organization}/approvals/{approval}/withdrawal")]
pub async fn withdraw(
    may: May<ApproveTraining>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<ApprovalWithdrawalBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, id) = (may.acting(&app), may.organization, segment(&request, "approval")?);
    let ApprovalWithdrawalBody { revision, on, reason } = body.value;
    let row = app.write(move |conn| approvals::withdraw(conn, &by, board, (id, revision), on, &reason)).await?;
    Ok(HttpResponse::Ok().json(ApprovalView::from(row)))
}
