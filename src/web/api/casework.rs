//! A board works its applications: the queue, the items of one file, the decision.

use std::sync::{Arc, OnceLock};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::casework_views::{
    DecidedView, DecisionBody, DecisionIdView, EventBody, EventKind, FileView, QueueLineView, QueueView,
    RequirementBody, RerunView, ReviewBody, ReviewItemView, ReviewWord,
};
use super::problems::{Reading, Writing};
use super::views::ApplicationView;
use crate::services::applications::{self, ApplicationError, Happened};
use crate::services::casework;
use crate::services::certificates::{self, Office};
use crate::services::decisions::{self, DecisionError, Outcome, RequirementVerdict, Verdict};
use crate::services::evaluations::{self, EvaluationError};
use crate::services::reviews::{self, ReviewError, Word};
use crate::storage::{Conn, Id};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::{Decide, ReadFiles, Review};
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::{Body, Parameters, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(queue)
        .service(file)
        .service(happened)
        .service(review)
        .service(decide)
        .service(decide_requirement)
        .service(run_again);
}

/// Which part of the queue.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueuePage {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, at most 100.
    limit: Option<u32>,
}

/// Person and application that the path names.
fn place(request: &HttpRequest) -> Result<(Id, Id), ApiError> {
    Ok((segment(request, "person")?, segment(request, "application")?))
}

/// Applications the board still has to decide, oldest first
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), QueuePage), security(("bearer" = [])),
    responses((status = 200, body = QueueView), Reading))]
#[get("/organizations/{organization}/queue")]
pub async fn queue(
    may: May<Review>,
    app: web::Data<App>,
    page: Parameters<QueuePage>,
) -> Result<HttpResponse, ApiError> {
    let (board, now) = (may.organization, app.clock.now());
    let after = page.0.after.as_deref().map(read_cursor).transpose()?;
    let limit = page.0.limit.unwrap_or(20).clamp(1, 100);
    let lines = app.read(move |conn| casework::queue(conn, board, now, after, limit)).await?;
    let full = u32::try_from(lines.len()).is_ok_and(|count| count == limit);
    let last = lines.last().filter(|_| full);
    let next = last.map(|line| format!("{}.{}", line.row.received_day.date(), line.row.application_id));
    let items = lines.into_iter().map(QueueLineView::from).collect();
    Ok(HttpResponse::Ok().json(QueueView { items, next }))
}

fn read_cursor(text: &str) -> Result<(NaiveDate, Id), ApiError> {
    let parts = text.split_once('.').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    parts.ok_or_else(|| {
        ApiError::refused(
            StatusCode::BAD_REQUEST,
            "bad_parameter",
            "`after` is no cursor, expected `next` of the page before",
        )
    })
}

/// One application with what the rules and the reviewers say
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("application" = String, Path, description = "Which")), security(("bearer" = [])), responses(
    (status = 200, body = FileView),
    (status = 422, body = ProblemView, content_type = "application/problem+json"),
    Reading,
))]
#[get("/organizations/{organization}/people/{person}/applications/{application}")]
pub async fn file(may: May<ReadFiles>, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (board, (person, id), now) = (may.organization, place(&request)?, app.clock.now());
    let whole = app.read(move |conn| casework::file(conn, board, person, id, now)).await?;
    Ok(HttpResponse::Ok().json(FileView::from(whole)))
}

/// Record what happened to an application, short of deciding it
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("application" = String, Path, description = "Which")), security(("bearer" = [])), request_body = EventBody,
    responses((status = 201, body = ApplicationView), Writing))]
#[post("/organizations/{organization}/people/{person}/applications/{application}/events")]
pub async fn happened(
    may: May<Review>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<EventBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, (person, id)) = (may.acting(&app), may.organization, place(&request)?);
    let hash = body.hash;
    let EventBody { kind, on, note } = body.value;
    let what = match kind {
        EventKind::Complete => Happened::Complete,
        EventKind::MoreNeeded => Happened::MoreNeeded,
        EventKind::Approved => Happened::Approved,
    };
    let url = app.settings.public_url.clone();
    let work = move |conn: &mut Conn<'_>| {
        let mut application = applications::of_board(conn, board, person, id)?;
        applications::happened(conn, &by, &mut application, what, on, note, &url)?;
        Ok::<_, ApplicationError>(ApplicationView::from(application))
    };
    once.run(&app, &hash, StatusCode::CREATED, work).await
}

/// Say a word on one requirement of an application
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("application" = String, Path, description = "Which")), security(("bearer" = [])), request_body = ReviewBody,
    responses((status = 201, body = ReviewItemView), Writing))]
#[post("/organizations/{organization}/people/{person}/applications/{application}/review")]
pub async fn review(
    may: May<Review>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<ReviewBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, (person, id)) = (may.acting(&app), may.organization, place(&request)?);
    let hash = body.hash;
    let ReviewBody { requirement, outcome, reason } = body.value;
    let word = match outcome {
        ReviewWord::Accepted => Word::Accepted,
        ReviewWord::NotAccepted => Word::NotAccepted,
        ReviewWord::Question => Word::Question,
    };
    let work = move |conn: &mut Conn<'_>| {
        let application = applications::of_board(conn, board, person, id)?;
        let revision = reviews::say(conn, &by, &application, &requirement, word, reason.clone())?;
        Ok::<_, ReviewError>(ReviewItemView { requirement, outcome: word.text().to_owned(), reason, revision })
    };
    once.run(&app, &hash, StatusCode::CREATED, work).await
}

/// Decide an application
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("application" = String, Path, description = "Which")), security(("bearer" = [])), request_body = DecisionBody,
    responses((status = 201, body = DecidedView), Writing))]
#[post("/organizations/{organization}/people/{person}/applications/{application}/decision")]
pub async fn decide(
    may: May<Decide>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<DecisionBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, (person, id)) = (may.acting(&app), may.organization, place(&request)?);
    let hash = body.hash;
    let DecisionBody { outcome, on, reason, next_step, appeal, despite_rules } = body.value;
    let approved = match outcome {
        Outcome::Approved => true,
        Outcome::Refused => false,
        Outcome::Waived | Outcome::Extended | Outcome::Exempted => {
            return Err(ApiError::field("bad_outcome", "/outcome", "an application is `approved` or `refused`"));
        }
    };
    let verdict = Verdict { approved, on, reason, next_step, appeal, despite_rules };
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let (desk, reserved) = (office.clone(), Arc::new(OnceLock::new()));
    let told = Arc::clone(&reserved);
    let work = move |conn: &mut Conn<'_>| {
        let mut application = applications::of_board(conn, board, person, id)?;
        let decided = decisions::decide(conn, &by, &desk, &mut application, &verdict)?;
        // Set at most once: this runs once.
        let _first = told.set(decided.certificate);
        Ok::<_, DecisionError>(DecidedView::from(decided))
    };
    let answer = once.run(&app, &hash, StatusCode::CREATED, work).await?;
    if let Some(certificate) = reserved.get().copied().flatten() {
        finish(&app, office, person, certificate).await;
    }
    Ok(answer)
}

/// Makes a reserved certificate now. What stands in the way is logged; the worker goes on from there.
pub(super) async fn finish(app: &web::Data<App>, office: Office, person: Id, certificate: Id) {
    let (db, clock) = (app.db.clone(), app.clock.clone());
    let made = web::block(move || certificates::finish(&db, &office, &clock, person, certificate)).await;
    match made {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::error!(certificate = %certificate, %error, "certificate left for the worker"),
        Err(error) => tracing::error!(certificate = %certificate, %error, "certificate left for the worker"),
    }
}

/// Decide on one requirement of a person
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "About whom")),
    security(("bearer" = [])), request_body = RequirementBody,
    responses((status = 201, body = DecisionIdView), Writing))]
#[post("/organizations/{organization}/people/{person}/decisions")]
pub async fn decide_requirement(
    may: May<Decide>,
    once: Once,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<RequirementBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, board, person) = (may.acting(&app), may.organization, segment(&request, "person")?);
    let hash = body.hash;
    let RequirementBody { credential, requirement, outcome, on, until, minutes, reason, next_step, appeal } =
        body.value;
    let verdict = RequirementVerdict { requirement, outcome, on, until, minutes, reason, next_step, appeal };
    let work = move |conn: &mut Conn<'_>| {
        let id = decisions::decide_requirement(conn, &by, board, person, credential, &verdict)?;
        Ok::<_, DecisionError>(DecisionIdView { decision: id.to_string() })
    };
    once.run(&app, &hash, StatusCode::CREATED, work).await
}

/// Run the evaluation that a decision rests on again
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "About whom"),
    ("evaluation" = String, Path, description = "Which")), security(("bearer" = [])), responses(
    (status = 200, body = RerunView),
    (status = 422, body = ProblemView, content_type = "application/problem+json"),
    Reading,
))]
#[get("/organizations/{organization}/people/{person}/evaluations/{evaluation}")]
pub async fn run_again(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (board, person, id) = (may.organization, segment(&request, "person")?, segment(&request, "evaluation")?);
    let rerun =
        app.read::<_, EvaluationError>(move |conn| evaluations::run_again_of_board(conn, board, person, id)).await?;
    let answer = serde_json::from_str(&rerun.kept.answer).map_err(|error| ApiError::Fault(error.to_string()))?;
    Ok(HttpResponse::Ok().json(RerunView {
        same: rerun.is_same(),
        version: rerun.kept.version,
        inputs_hash: rerun.kept.inputs_hash,
        answer,
    }))
}
