//! A board works its applications: the queue, the items of one file, the decision.

use std::sync::{Arc, OnceLock};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::casework_views::{
    DecidedView, DecisionBody, DecisionIdView, EventBody, EventKind, FileView, QueueLineView, RequirementBody,
    RerunView, ReviewBody, ReviewItemView, ReviewWord,
};
use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use super::views::ApplicationView;
use crate::services::applications::{self, ApplicationError, Happened};
use crate::services::casework;
use crate::services::certificates::{self, Office};
use crate::services::decisions::{self, DecisionError, Outcome, RequirementVerdict, Verdict};
use crate::services::evaluations::{self, EvaluationError};
use crate::services::lists::Page;
use crate::services::reviews::{self, ReviewError, Word};
use crate::storage::{Conn, Day, Id};
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::{Decide, ReadFiles, Review};
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::{Body, segment};
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

/// Person and application that the path names.
fn place(request: &HttpRequest) -> Result<(Id, Id), ApiError> {
    Ok((segment(request, "person")?, segment(request, "application")?))
}

/// Applications the board still has to decide, oldest first
#[utoipa::path(tag = "casework", params(("organization" = String, Path, description = "The board"), PageParameters),
    security(("bearer" = [])), responses((status = 200, body = Page<QueueLineView>), Reading))]
#[get("/organizations/{organization}/queue")]
pub async fn queue(may: May<Review>, app: web::Data<App>, paging: Paging<(Day, Id)>) -> Result<HttpResponse, ApiError> {
    let (board, now) = (may.organization, app.clock.now());
    let page = app.read(move |conn| casework::queue(conn, board, now, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(QueueLineView::from)))
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
