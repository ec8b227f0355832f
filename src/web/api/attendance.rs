//! Who was at a session of a course.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::lists::Page;
use crate::services::programs::ProgramError;
use crate::services::programs::attendance::{self, Line};
use crate::storage::Id;
use crate::storage::rows::learning::AttendanceRow;
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::{ReadProgram, RecordCompletions};
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(record);
}

/// Who was there: one person or many, all or none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceBody {
    /// One for each person.
    lines: Vec<AttendanceLineBody>,
    /// Why, where it corrects what was written down before.
    reason: Option<String>,
}

/// One person at the session.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceLineBody {
    /// The person's address.
    email: Option<String>,
    /// Or the number you know the person by.
    number: Option<String>,
    /// How long the session was for this person.
    held_minutes: u32,
    /// How long they were there.
    attended_minutes: u32,
    /// How long they were excused.
    #[serde(default)]
    excused_minutes: u32,
}

/// One person's attendance as it stands.
#[derive(Serialize, ToSchema)]
pub struct AttendanceView {
    /// The person.
    #[schema(value_type = String)]
    person: Id,
    /// Its revision.
    revision: i32,
    /// How long the session was for this person.
    held_minutes: i32,
    /// How long they were there.
    attended_minutes: i32,
    /// How long they were excused.
    excused_minutes: i32,
}

/// What was written down of a session.
#[derive(Serialize, ToSchema)]
pub struct AttendanceWrittenView {
    /// One for each line.
    items: Vec<AttendanceView>,
}

impl From<AttendanceRow> for AttendanceView {
    fn from(row: AttendanceRow) -> Self {
        Self {
            person: row.person_id,
            revision: row.revision,
            held_minutes: row.held_minutes,
            attended_minutes: row.attended_minutes,
            excused_minutes: row.excused_minutes,
        }
    }
}

impl From<AttendanceLineBody> for Line {
    fn from(body: AttendanceLineBody) -> Self {
        let AttendanceLineBody { email, number, held_minutes, attended_minutes, excused_minutes } = body;
        Self { email, number, held_minutes, attended_minutes, excused_minutes }
    }
}

/// Who was at a session
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program"), ("course" = String, Path, description = "The course"),
    ("session" = String, Path, description = "The session"), PageParameters), security(("bearer" = [])),
    responses((status = 200, body = Page<AttendanceView>), Reading))]
#[get("/organizations/{organization}/courses/{course}/sessions/{session}/attendance")]
pub async fn list(
    may: May<ReadProgram>,
    app: web::Data<App>,
    request: HttpRequest,
    paging: Paging<(Id, Id)>,
) -> Result<HttpResponse, ApiError> {
    let (program, course, session) = (may.organization, segment(&request, "course")?, segment(&request, "session")?);
    let page = app.read(move |conn| attendance::list(conn, program, (course, session), &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(AttendanceView::from)))
}

/// Write down who was at a session, and how long
///
/// One person or many, all lines or none. Other minutes for the same person correct what was written down, with a
/// reason. It counts with the completion that names the session.
#[utoipa::path(tag = "programs", params(("organization" = String, Path, description = "The program"), ("course" = String, Path, description = "The course"),
    ("session" = String, Path, description = "The session")), security(("bearer" = [])),
    request_body = AttendanceBody, responses((status = 201, body = AttendanceWrittenView), Writing))]
#[post("/organizations/{organization}/courses/{course}/sessions/{session}/attendance")]
pub async fn record(
    may: May<RecordCompletions>,
    app: web::Data<App>,
    once: Once,
    request: HttpRequest,
    body: Body<AttendanceBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, program) = (may.acting(&app), may.organization);
    let held: (Id, Id) = (segment(&request, "course")?, segment(&request, "session")?);
    let AttendanceBody { lines, reason } = body.value;
    let lines: Vec<Line> = lines.into_iter().map(Line::from).collect();
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let rows = attendance::record(conn, &by, program, held, &lines, reason.as_deref())?;
        let items = rows.into_iter().map(AttendanceView::from).collect();
        Ok::<_, ProgramError>(AttendanceWrittenView { items })
    })
    .await
}
