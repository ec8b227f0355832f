//! Supervision from both sides: naming a supervisor, and what a supervisor signs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::hours::HoursView;
use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::hours::{
    self, AttestError, Line, LineOutcome, LineRefusal, SuperviseError, Supervision, WaitingPlace,
};
use crate::services::lists::Page;
use crate::storage::Id;
use crate::web::app::App;
use crate::web::auth::Person;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(supervisions)
        .service(name_supervisor)
        .service(end)
        .service(supervising)
        .service(respond)
        .service(waiting)
        .service(attest)
        .service(undo);
}

/// Who shall supervise you.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisorBody {
    /// Their mail address.
    email: String,
    /// Their name, for the mail if they are new here.
    name: String,
    /// From which day on.
    #[serde(deserialize_with = "crate::web::day::read")]
    from: NaiveDate,
}

/// The last day of a supervision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndBody {
    /// Whose supervision, where you are the supervisor; absent: your own.
    #[schema(value_type = Option<String>)]
    person: Option<Id>,
    /// The last day.
    #[serde(deserialize_with = "crate::web::day::read")]
    through: NaiveDate,
}

/// Whether you agree to supervise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// Whom.
    #[schema(value_type = String)]
    person: Id,
    /// Yes, or you are not their supervisor.
    agrees: bool,
}

/// A supervision.
#[derive(Serialize, ToSchema)]
pub struct SupervisionView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: Id,
    /// Who is supervised.
    #[schema(value_type = String)]
    pub person: Id,
    /// Who supervises.
    #[schema(value_type = String)]
    pub supervisor: Id,
    /// `asked`, `active` or `ended`.
    pub state: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub through: Option<NaiveDate>,
}

impl From<Supervision> for SupervisionView {
    fn from(row: Supervision) -> Self {
        Self {
            id: row.id,
            person: row.person_id,
            supervisor: row.supervisor_id,
            state: row.state,
            from: row.from_day.date(),
            through: row.through_day.map(crate::storage::Day::date),
        }
    }
}

/// An entry that waits for you.
#[derive(Serialize, ToSchema)]
pub struct WaitingView {
    /// Whose.
    #[schema(value_type = String)]
    person: Id,
    /// Their name.
    name: String,
    /// The entry.
    entry: HoursView,
}

/// What you say of some entries.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinesBody {
    /// 1 to 500 lines, each taken on its own.
    lines: Vec<LineBody>,
}

/// What you say of one entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineBody {
    /// Whose entry.
    #[schema(value_type = String)]
    person: Id,
    /// The entry.
    #[schema(value_type = String)]
    entry: Id,
    /// The revision you looked at.
    revision: i32,
    /// What should be fixed; absent: you sign it.
    send_back: Option<String>,
}

/// What became of one line.
#[derive(Serialize, ToSchema)]
pub struct LineView {
    /// The entry.
    #[schema(value_type = String)]
    entry: Id,
    /// Whether it was taken.
    taken: bool,
    /// Why not: a stable word.
    code: Option<&'static str>,
    /// Why not, in words.
    detail: Option<String>,
}

/// Your supervisors
///
/// In the order in which you named them.
#[utoipa::path(tag = "hours", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<SupervisionView>), Reading))]
#[get("/supervisions")]
pub async fn supervisions(who: Person, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let page = app.read(move |conn| hours::supervisions_page(conn, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(SupervisionView::from)))
}

/// Name a supervisor
///
/// They get a mail. The answer is the same whether they are known here or not.
#[utoipa::path(tag = "hours", security(("bearer" = [])), request_body = SupervisorBody,
    responses((status = 201, body = SupervisionView), Writing))]
#[post("/supervisions")]
pub async fn name_supervisor(
    who: Person,
    app: web::Data<App>,
    once: Once,
    body: Body<SupervisorBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person) = (who.acting(&app), who.0.person);
    let SupervisorBody { email, name, from } = body.value;
    let base = app.settings.public_url.clone();
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let row = hours::name_supervisor(conn, &by, person, (&email, &name), Some(from), &base)?;
        Ok::<_, SuperviseError>(SupervisionView::from(row))
    })
    .await
}

/// End a supervision
///
/// Either side may. What was signed stays signed.
#[utoipa::path(tag = "hours", params(("supervision" = String, Path, description = "The supervision")),
    security(("bearer" = [])), request_body = EndBody, responses((status = 200, body = SupervisionView), Writing))]
#[put("/supervisions/{supervision}/end")]
pub async fn end(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<EndBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, id) = (who.acting(&app), segment(&request, "supervision")?);
    let (person, through) = (body.value.person.unwrap_or(who.0.person), body.value.through);
    let row = app.write(move |conn| hours::end(conn, &by, (person, id), through)).await?;
    Ok(HttpResponse::Ok().json(SupervisionView::from(row)))
}

/// Whom you supervise
///
/// Person by person.
#[utoipa::path(tag = "hours", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<SupervisionView>), Reading))]
#[get("/supervising")]
pub async fn supervising(who: Person, app: web::Data<App>, paging: Paging<(Id, Id)>) -> Result<HttpResponse, ApiError> {
    let supervisor = who.0.person;
    let page = app.read(move |conn| hours::supervised_page(conn, supervisor, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(SupervisionView::from)))
}

/// Agree to supervise, or say that you do not
#[utoipa::path(tag = "hours", params(("supervision" = String, Path, description = "The supervision")),
    security(("bearer" = [])), request_body = AnswerBody, responses((status = 200, body = SupervisionView), Writing))]
#[put("/supervising/{supervision}/answer")]
pub async fn respond(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<AnswerBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, me, id) = (who.acting(&app), who.0.person, segment(&request, "supervision")?);
    let AnswerBody { person, agrees } = body.value;
    let row = app.write(move |conn| hours::respond(conn, &by, me, (person, id), agrees)).await?;
    Ok(HttpResponse::Ok().json(SupervisionView::from(row)))
}

/// Hours that wait for you to sign
///
/// Oldest first.
#[utoipa::path(tag = "hours", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<WaitingView>), Reading))]
#[get("/supervising/hours")]
pub async fn waiting(who: Person, app: web::Data<App>, paging: Paging<WaitingPlace>) -> Result<HttpResponse, ApiError> {
    let supervisor = who.0.person;
    let page = app.read(move |conn| hours::waiting_page(conn, supervisor, &paging.0)).await?;
    let view = |one: hours::WaitingEntry| WaitingView {
        person: one.entry.row.person_id,
        name: one.name,
        entry: one.entry.into(),
    };
    Ok(HttpResponse::Ok().json(page.map(view)))
}

/// Sign entries or send them back
///
/// Each line is taken on its own: one that cannot be taken leaves the others alone.
#[utoipa::path(tag = "hours", params(("Idempotency-Key" = Option<String>, Header)), security(("bearer" = [])),
    request_body = LinesBody, responses((status = 200, body = Vec<LineView>), Writing))]
#[post("/supervising/hours")]
pub async fn attest(
    who: Person,
    app: web::Data<App>,
    once: Once,
    body: Body<LinesBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, supervisor) = (who.acting(&app), who.0.person);
    if !(1..=500).contains(&body.value.lines.len()) {
        return Err(ApiError::field("bad_field", "/lines", "expected 1 to 500 lines"));
    }
    let line = |line: LineBody| Line {
        person: line.person,
        entry: line.entry,
        revision: line.revision,
        outcome: line.send_back.map_or(LineOutcome::Attested, LineOutcome::SentBack),
    };
    let lines: Vec<Line> = body.value.lines.into_iter().map(line).collect();
    once.run(&app, &body.hash, StatusCode::OK, move |conn| {
        let results = hours::attest(conn, &by, supervisor, &lines)?;
        let told = lines.iter().zip(results).map(|(line, result)| told(line.entry, result.err())).collect::<Vec<_>>();
        Ok::<_, AttestError>(told)
    })
    .await
}

/// Take back what you said of an entry
///
/// Within 24 hours.
#[utoipa::path(tag = "hours", params(("person" = String, Path, description = "Whose entry"), ("entry" = String, Path, description = "The entry")),
    security(("bearer" = [])), responses((status = 200, body = LineView), Writing))]
#[put("/supervising/hours/{person}/{entry}/undo")]
pub async fn undo(who: Person, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (by, me) = (who.acting(&app), who.0.person);
    let (person, entry): (Id, Id) = (segment(&request, "person")?, segment(&request, "entry")?);
    let result = app.write(move |conn| hours::undo(conn, &by, me, person, entry)).await?;
    Ok(HttpResponse::Ok().json(told(entry, result.err())))
}

fn told(entry: Id, refusal: Option<LineRefusal>) -> LineView {
    let code = refusal.as_ref().map(|refusal| match refusal {
        LineRefusal::Unknown => "not_found",
        LineRefusal::Changed(_) => "changed_meanwhile",
        LineRefusal::Withdrawn => "withdrawn",
        LineRefusal::Signed => "signed",
        LineRefusal::NoReason => "text_needed",
        LineRefusal::NothingToUndo => "nothing_to_undo",
    });
    LineView { entry, taken: refusal.is_none(), code, detail: refusal.map(|refusal| refusal.to_string()) }
}
