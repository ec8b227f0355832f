//! A program's courses, sessions and completions.

use std::collections::BTreeMap;

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
use crate::services::programs::completions::{self, CompletionWish};
use crate::services::programs::courses::{self, CourseView, CourseWish};
use crate::services::programs::{ProgramError, person};
use crate::storage::rows::course::CourseSessionRow;
use crate::storage::{Day, Id};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::{KeepCourses, ReadProgram, RecordCompletions};
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(sessions).service(add_session).service(record).service(withdraw);
}

/// A course.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseBody {
    /// Your own code for it.
    code: String,
    /// For people.
    title: String,
    /// `basic`, `continuing`, ...
    kind: String,
    /// `in_person`, `live_online`, ...
    delivery: String,
    /// The whole length.
    minutes: u32,
    /// Topics whose minutes are settled.
    #[serde(default)]
    minutes_by_topic: BTreeMap<String, u32>,
    /// Topics that share the rest.
    #[serde(default)]
    topics: Vec<String>,
}

/// A course as it stands.
#[derive(Serialize, ToSchema)]
pub struct CourseAnswer {
    /// Its id.
    #[schema(value_type = String)]
    id: Id,
    /// The program's code for it.
    code: String,
    /// For people.
    title: String,
    /// Learning kind.
    kind: String,
    /// Delivery.
    delivery: String,
    /// The whole length.
    minutes: i32,
    /// Topics with their minutes; none where they share the rest.
    topics: BTreeMap<String, Option<u32>>,
}

impl From<CourseView> for CourseAnswer {
    fn from(view: CourseView) -> Self {
        Self {
            id: view.row.id,
            code: view.row.code,
            title: view.row.title,
            kind: view.kind,
            delivery: view.delivery,
            minutes: view.row.minutes,
            topics: view.topics.into_iter().collect(),
        }
    }
}

/// A dated run of a course.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionBody {
    /// First day.
    #[serde(deserialize_with = "crate::web::day::read")]
    from: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "crate::web::day::read")]
    through: NaiveDate,
    /// Where.
    place: Option<String>,
    /// How many can come.
    seats: Option<u32>,
}

/// A session as it stands.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// Its id.
    #[schema(value_type = String)]
    id: Id,
    /// First day.
    from: NaiveDate,
    /// Last day.
    through: NaiveDate,
    /// Where.
    place: Option<String>,
    /// How many can come.
    seats: Option<i32>,
}

impl From<CourseSessionRow> for SessionView {
    fn from(row: CourseSessionRow) -> Self {
        Self {
            id: row.id,
            from: row.from_day.date(),
            through: row.through_day.date(),
            place: row.place,
            seats: row.seats,
        }
    }
}

/// A completion of one of your courses.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompletionBody {
    /// The person's address.
    email: Option<String>,
    /// Or the number you know the person by.
    number: Option<String>,
    /// The course's code.
    course: String,
    /// First day, if it took more than one.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    started_on: Option<NaiveDate>,
    /// The day it was completed.
    #[serde(deserialize_with = "crate::web::day::read")]
    completed_on: NaiveDate,
    /// If it was less than the whole course.
    minutes: Option<u32>,
    /// The session it was completed in: its attendance then counts.
    #[schema(value_type = Option<String>)]
    session: Option<Id>,
}

/// Taking a completion back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalBody {
    /// The revision you looked at.
    revision: i32,
    /// Why.
    reason: String,
}

/// A program's courses
///
/// Oldest first.
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program"), PageParameters),
    security(("bearer" = [])), responses((status = 200, body = Page<CourseAnswer>), Reading))]
#[get("/organizations/{organization}/courses")]
pub async fn list(may: May<ReadProgram>, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let program = may.organization;
    let page = app.read(move |conn| courses::list(conn, program, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(CourseAnswer::from)))
}

/// Add a course
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program")), security(("bearer" = [])),
    request_body = CourseBody, responses((status = 201, body = StoredView), Writing))]
#[post("/organizations/{organization}/courses")]
pub async fn create(
    may: May<KeepCourses>,
    app: web::Data<App>,
    once: Once,
    body: Body<CourseBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, program) = (may.acting(&app), may.organization);
    let CourseBody { code, title, kind, delivery, minutes, minutes_by_topic, topics } = body.value;
    let wish = CourseWish { code, title, kind, delivery, minutes, minutes_by_topic, topics };
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let row = courses::create(conn, &by, program, &wish)?;
        Ok::<_, ProgramError>(StoredView { id: row.id, revision: 1 })
    })
    .await
}

/// The sessions of a course
///
/// First day first.
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program"), ("course" = String, Path, description = "The course"),
    PageParameters), security(("bearer" = [])), responses((status = 200, body = Page<SessionView>), Reading))]
#[get("/organizations/{organization}/courses/{course}/sessions")]
pub async fn sessions(
    may: May<ReadProgram>,
    app: web::Data<App>,
    request: HttpRequest,
    paging: Paging<(Day, Id)>,
) -> Result<HttpResponse, ApiError> {
    let (program, course) = (may.organization, segment(&request, "course")?);
    let page = app.read(move |conn| courses::sessions(conn, program, course, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(SessionView::from)))
}

/// Add a session of a course
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program"), ("course" = String, Path, description = "The course")),
    security(("bearer" = [])), request_body = SessionBody, responses((status = 201, body = SessionView), Writing))]
#[post("/organizations/{organization}/courses/{course}/sessions")]
pub async fn add_session(
    may: May<KeepCourses>,
    app: web::Data<App>,
    once: Once,
    request: HttpRequest,
    body: Body<SessionBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, program, course) = (may.acting(&app), may.organization, segment(&request, "course")?);
    let SessionBody { from, through, place, seats } = body.value;
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let row = courses::add_session(conn, &by, (program, course), (from, through), (place, seats))?;
        Ok::<_, ProgramError>(SessionView::from(row))
    })
    .await
}

/// Record a completion
///
/// The person is told at once.
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program")), security(("bearer" = [])),
    request_body = CompletionBody, responses((status = 201, body = StoredView), Writing))]
#[post("/organizations/{organization}/completions")]
pub async fn record(
    may: May<RecordCompletions>,
    app: web::Data<App>,
    once: Once,
    body: Body<CompletionBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, program) = (may.acting(&app), may.organization);
    let CompletionBody { email, number, course, started_on, completed_on, minutes, session } = body.value;
    let wish = CompletionWish { course, started_on, completed_on, minutes, session };
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let person = person(conn, program, email, number)?;
        let row = completions::record(conn, &by, program, person, &wish)?;
        Ok::<_, ProgramError>(StoredView { id: row.id, revision: row.revision })
    })
    .await
}

/// Take a completion back
///
/// It stays in the history and counts no more.
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program"), ("person" = String, Path, description = "The person"),
    ("completion" = String, Path, description = "The completion")), security(("bearer" = [])),
    request_body = WithdrawalBody, responses((status = 200, body = StoredView), Writing))]
#[put("/organizations/{organization}/people/{person}/completions/{completion}/withdrawal")]
pub async fn withdraw(
    may: May<RecordCompletions>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<WithdrawalBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, program) = (may.acting(&app), may.organization);
    let (person, id): (Id, Id) = (segment(&request, "person")?, segment(&request, "completion")?);
    let WithdrawalBody { revision, reason } = body.value;
    let row = app.write(move |conn| completions::withdraw(conn, &by, program, person, (id, revision), &reason)).await?;
    Ok(HttpResponse::Ok().json(StoredView { id: row.id, revision: row.revision }))
}
