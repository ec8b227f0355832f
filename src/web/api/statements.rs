//! Statements a person makes about themselves, and a board about a person; results of exams.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, put, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::hours::StoredView;
use super::problems::Writing;
use crate::services::exams::{self, ExamError, ExamWish};
use crate::services::statements::{self, Given, MadeBy, StatementError, StatementWish};
use crate::storage::Id;
use crate::web::app::App;
use crate::web::auth::capability::{Decide, RecordExams};
use crate::web::auth::{May, Person};
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(state).service(state_for).service(record_exam).service(correct_exam);
}

/// A statement: its kind and its day. There is no place for a story.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementBody {
    /// `lived_experience`, `code_of_ethics`, `education`, ...
    kind: String,
    /// A picked word, a number, a date.
    value: Option<String>,
    /// A finer kind.
    subtype: Option<String>,
    /// The day it is made.
    #[serde(deserialize_with = "crate::web::day::read")]
    on: NaiveDate,
    /// First day it speaks of.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    from: Option<NaiveDate>,
    /// Last day it speaks of.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    through: Option<NaiveDate>,
    /// Such as `application`.
    moment: Option<String>,
    /// A board only: whose word it records, `reference` or `supervisor`; left out: its own.
    by: Option<String>,
    /// A board only: a short mark that tells who gave it from others, never a name. Statements with the same mark are one
    /// person's.
    by_id: Option<String>,
    /// A board only: with which credential they gave it.
    by_standing: Option<String>,
}

impl From<StatementBody> for StatementWish {
    fn from(body: StatementBody) -> Self {
        let StatementBody { kind, value, subtype, on, from, through, moment, by, by_id, by_standing } = body;
        let given = Given { by, mark: by_id, standing: by_standing };
        Self { kind, value, subtype, on, from, through, moment, given }
    }
}

/// A result of an exam.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamBody {
    /// Such as `icrc-pr`.
    exam: String,
    /// The day it was taken.
    #[serde(deserialize_with = "crate::web::day::read")]
    on: NaiveDate,
    /// `passed`, `failed`, `no_show`, `voided`, `withheld` or `under_appeal`.
    outcome: String,
    /// False while it is preliminary.
    official: bool,
    /// The day it became official.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    official_on: Option<NaiveDate>,
    /// A number.
    score: Option<String>,
    /// Such as `200-800`.
    scale: Option<String>,
    /// The pass mark of that day.
    pass_mark: Option<String>,
    /// The form of the exam.
    form: Option<String>,
}

impl From<ExamBody> for ExamWish {
    fn from(body: ExamBody) -> Self {
        let ExamBody { exam, on, outcome, official, official_on, score, scale, pass_mark, form } = body;
        Self { exam, on, outcome, official, official_on, score, scale, pass_mark, form }
    }
}

/// A correction of a result.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamCorrectionBody {
    /// The revision that you saw.
    revision: i32,
    /// Why, in a few words.
    reason: String,
    /// The whole result as it is right.
    result: ExamBody,
}

/// State something about yourself
#[utoipa::path(tag = "statements", security(("bearer" = [])), request_body = StatementBody,
    responses((status = 201, body = StoredView), Writing))]
#[post("/statements")]
pub async fn state(
    who: Person,
    app: web::Data<App>,
    once: Once,
    body: Body<StatementBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person, wish) = (who.acting(&app), who.0.person, StatementWish::from(body.value));
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let row = statements::state(conn, &by, person, MadeBy::Oneself, &wish)?;
        Ok::<_, StatementError>(StoredView { id: row.id, revision: row.revision })
    })
    .await
}

/// Record what a board has seen of a person, such as a background check
#[utoipa::path(tag = "statements", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "The person")),
    security(("bearer" = [])), request_body = StatementBody, responses((status = 201, body = StoredView), Writing))]
#[post("/organizations/{organization}/people/{person}/statements")]
pub async fn state_for(
    may: May<Decide>,
    app: web::Data<App>,
    once: Once,
    request: HttpRequest,
    body: Body<StatementBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, person) = (may.acting(&app), may.organization, segment(&request, "person")?);
    let wish = StatementWish::from(body.value);
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        statements::of_board(conn, board, person)?;
        let row = statements::state(conn, &by, person, MadeBy::Board(board), &wish)?;
        Ok::<_, StatementError>(StoredView { id: row.id, revision: row.revision })
    })
    .await
}

/// Record the result of an exam
///
/// A sitting is one record: the same exam of the same person on the same day is not recorded twice, and its official
/// result becomes the next revision of the preliminary one. A second sitting on one day names its `form`.
#[utoipa::path(tag = "exams", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "The person")),
    security(("bearer" = [])), request_body = ExamBody, responses((status = 201, body = StoredView), Writing))]
#[post("/organizations/{organization}/people/{person}/exams")]
pub async fn record_exam(
    may: May<RecordExams>,
    app: web::Data<App>,
    once: Once,
    request: HttpRequest,
    body: Body<ExamBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, person) = (may.acting(&app), may.organization, segment(&request, "person")?);
    let wish = ExamWish::from(body.value);
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        exams::of_board(conn, board, person)?;
        let row = exams::record(conn, &by, board, person, &wish)?;
        Ok::<_, ExamError>(StoredView { id: row.id, revision: row.revision })
    })
    .await
}

/// Correct the result of an exam
///
/// What stood stays in the history.
#[utoipa::path(tag = "exams", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "The person"),
    ("exam" = String, Path, description = "The result")), security(("bearer" = [])),
    request_body = ExamCorrectionBody, responses((status = 200, body = StoredView), Writing))]
#[put("/organizations/{organization}/people/{person}/exams/{exam}")]
pub async fn correct_exam(
    may: May<RecordExams>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<ExamCorrectionBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board) = (may.acting(&app), may.organization);
    let (person, id): (Id, Id) = (segment(&request, "person")?, segment(&request, "exam")?);
    let ExamCorrectionBody { revision, reason, result } = body.value;
    let wish = ExamWish::from(result);
    let corrected = app.write(move |conn| exams::correct(conn, &by, (board, person), (id, revision, &reason), &wish));
    let row = corrected.await?;
    Ok(HttpResponse::Ok().json(StoredView { id: row.id, revision: row.revision }))
}
