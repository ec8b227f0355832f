//! A board looks after awards: status, history, certificates.

use std::sync::{Arc, OnceLock};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::casework::finish;
use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use super::views::{AwardView, CertificateView, StatusEventView, TermView};
use crate::services::awards::change::{self, Change, StatusWish};
use crate::services::awards::{self, AwardError, History};
use crate::services::certificates::{self, CertificateError, Office};
use crate::services::lists::Page;
use crate::services::register::{self, Choice};
use crate::services::standing::PublicStatus;
use crate::storage::rows::certificates::CertificateRow;
use crate::storage::{Conn, Day, Id};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::{Decide, ReadFiles};
use crate::web::error::ApiError;
use crate::web::extract::{Body, Parameters, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(of_person).service(set_status).service(history).service(issue).service(reissue).service(hide);
}

/// A change of status.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusBody {
    /// What is done.
    change: Change,
    /// From which day.
    #[serde(deserialize_with = "crate::web::day::read")]
    from: NaiveDate,
    /// Through which day; none: until something else.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    through: Option<NaiveDate>,
    /// Why.
    #[schema(max_length = 500)]
    reason: String,
    /// By what authority, such as a case number.
    #[serde(default)]
    #[schema(max_length = 200)]
    authority: Option<String>,
    /// What the person can do now.
    #[serde(default)]
    next_step: Option<String>,
    /// How to appeal.
    #[serde(default)]
    appeal: Option<String>,
}

/// The key of a status event.
#[derive(Serialize, ToSchema)]
pub struct StatusIdView {
    /// The event.
    event: String,
}

/// Which past.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Past {
    /// The day asked about; today where the board is, if absent.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    on: Option<NaiveDate>,
    /// What was known through this day; what is known now, if absent.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    known_on: Option<NaiveDate>,
}

/// What was true on a day, as known on a day.
#[derive(Serialize, ToSchema)]
pub struct HistoryView {
    /// The day asked about.
    on: NaiveDate,
    /// What was known through this day; null: what is known now.
    known_on: Option<NaiveDate>,
    /// What the public would have been told.
    status: PublicStatus,
    /// The event that ruled that day.
    ruling: Option<StatusEventView>,
    /// The term that covered it.
    term: Option<TermView>,
    /// Every event that was known, as recorded.
    events: Vec<StatusEventView>,
    /// Every term that was known, earliest first.
    terms: Vec<TermView>,
}

impl From<History> for HistoryView {
    fn from(past: History) -> Self {
        Self {
            on: past.on,
            known_on: past.known_on,
            status: past.public,
            ruling: past.ruling.map(Into::into),
            term: past.term.map(Into::into),
            events: past.events.into_iter().map(Into::into).collect(),
            terms: past.terms.into_iter().map(Into::into).collect(),
        }
    }
}

/// Why a certificate is made again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReissueBody {
    /// Why, such as a change of name.
    #[schema(max_length = 500)]
    reason: String,
}

/// A certificate that takes another one's place. It is drawn right after this answer.
#[derive(Serialize, ToSchema)]
pub struct ReissuedView {
    /// Key.
    certificate: String,
    /// As printed.
    number: String,
    /// Where anyone verifies it.
    verify_url: String,
    /// The certificate whose place it takes.
    replaces: Option<String>,
}

impl ReissuedView {
    fn of(row: &CertificateRow, public_url: &str) -> Self {
        Self {
            certificate: row.id.to_string(),
            number: row.number.clone(),
            verify_url: format!("{public_url}/verify/{}", row.code),
            replaces: row.replaces.map(|id| id.to_string()),
        }
    }
}

/// Whether somebody is hidden for their safety.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HideBody {
    /// Hidden or not.
    safety: bool,
}

/// What a person holds and held of this board
///
/// Oldest first.
#[utoipa::path(tag = "awards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    PageParameters), security(("bearer" = [])), responses((status = 200, body = Page<AwardView>), Reading))]
#[get("/organizations/{organization}/people/{person}/awards")]
pub async fn of_person(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
    paging: Paging<(Day, Id)>,
) -> Result<HttpResponse, ApiError> {
    let (board, person, now) = (may.organization, segment(&request, "person")?, app.clock.now());
    let page = app.read(move |conn| awards::page_by_board(conn, board, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(|held| AwardView::of(held, now))))
}

/// Suspend, revoke, reinstate and the like
#[utoipa::path(tag = "awards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("award" = String, Path, description = "Which")), security(("bearer" = [])), request_body = StatusBody,
    responses((status = 201, body = StatusIdView), Writing))]
#[post("/organizations/{organization}/people/{person}/awards/{award}/status")]
pub async fn set_status(
    may: May<Decide>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<StatusBody>,
) -> Result<HttpResponse, ApiError> {
    let by = may.acting(&app);
    let place = (may.organization, segment(&request, "person")?, segment(&request, "award")?);
    let hash = body.hash;
    let StatusBody { change, from, through, reason, authority, next_step, appeal } = body.value;
    let wish = StatusWish { change, from, through, reason, authority, next_step, appeal };
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let work = move |conn: &mut Conn<'_>| {
        let event = change::change(conn, &by, &office, place, &wish)?;
        Ok::<_, AwardError>(StatusIdView { event: event.to_string() })
    };
    once.run(&app, &hash, StatusCode::CREATED, work).await
}

/// What was true on a day, as known on a day
#[utoipa::path(tag = "awards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("award" = String, Path, description = "Which"), Past), security(("bearer" = [])),
    responses((status = 200, body = HistoryView), Reading))]
#[get("/organizations/{organization}/people/{person}/awards/{award}/history")]
pub async fn history(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
    past: Parameters<Past>,
) -> Result<HttpResponse, ApiError> {
    let (board, person, award) = (may.organization, segment(&request, "person")?, segment(&request, "award")?);
    let (now, days) = (app.clock.now(), (past.0.on, past.0.known_on));
    let found = app.read::<_, AwardError>(move |conn| awards::history(conn, board, person, award, now, days)).await?;
    Ok(HttpResponse::Ok().json(HistoryView::from(found)))
}

/// Issue the certificate of a term, if it has none; the same one otherwise
#[utoipa::path(tag = "awards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("award" = String, Path, description = "Which"), ("term" = String, Path, description = "Of which term")), security(("bearer" = [])),
    responses((status = 200, body = CertificateView), Writing))]
#[put("/organizations/{organization}/people/{person}/awards/{award}/terms/{term}/certificate")]
pub async fn issue(may: May<Decide>, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (actor, board) = (may.acting(&app).actor, may.organization);
    let place = (board, segment(&request, "person")?, segment(&request, "award")?, segment(&request, "term")?);
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let (db, clock) = (app.db.clone(), app.clock.clone());
    let row = web::block(move || certificates::issue(&db, &office, &clock, actor, place))
        .await
        .map_err(|error| ApiError::Fault(error.to_string()))??;
    Ok(HttpResponse::Ok().json(CertificateView::of(row, &app.settings.public_url)))
}

/// Make a certificate again, such as after a change of name; the earlier one says that it was replaced
#[utoipa::path(tag = "awards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("certificate" = String, Path, description = "Which")), security(("bearer" = [])), request_body = ReissueBody,
    responses((status = 201, body = ReissuedView), Writing))]
#[post("/organizations/{organization}/people/{person}/certificates/{certificate}/reissue")]
pub async fn reissue(
    may: May<Decide>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<ReissueBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board) = (may.acting(&app), may.organization);
    let (person, certificate): (Id, Id) = (segment(&request, "person")?, segment(&request, "certificate")?);
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let (desk, hash, reason) = (office.clone(), body.hash, body.value.reason);
    let reserved = Arc::new(OnceLock::new());
    let (told, url) = (Arc::clone(&reserved), app.settings.public_url.clone());
    let work = move |conn: &mut Conn<'_>| {
        let row = certificates::reissue(conn, &by, &desk, (board, person, certificate), &reason)?;
        // Set at most once: this runs once.
        let _first = told.set(row.id);
        Ok::<_, CertificateError>(ReissuedView::of(&row, &url))
    };
    let answer = once.run(&app, &hash, StatusCode::CREATED, work).await?;
    if let Some(made) = reserved.get() {
        finish(&app, office, person, *made).await;
    }
    Ok(answer)
}

/// Hide somebody from the public for their safety, or end it
#[utoipa::path(tag = "awards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whom")),
    security(("bearer" = [])), request_body = HideBody, responses((status = 200, body = Choice), Writing))]
#[put("/organizations/{organization}/people/{person}/safety")]
pub async fn hide(
    may: May<Decide>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<HideBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, person) = (may.acting(&app), may.organization, segment(&request, "person")?);
    let safety = body.value.safety;
    let choice = app
        .write::<_, AwardError>(move |conn: &mut Conn<'_>| {
            if !awards::holds_of(conn, board, person)? {
                return Err(AwardError::NotFound);
            }
            let shown = register::choice(conn, person)?.shown;
            Ok(register::choose(conn, &by, person, Choice { shown, safety })?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(choice))
}
