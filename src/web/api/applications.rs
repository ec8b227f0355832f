//! A person's own applications, awards, certificates and what the public may see of them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use super::views::{ApplicationView, AwardView, CertificateView};
use crate::rules::Purpose;
use crate::services::applications::{self, ApplicationWish};
use crate::services::awards;
use crate::services::certificates;
use crate::services::lists::Page;
use crate::services::register::{self, Choice};
use crate::storage::{Conn, Day, Id};
use crate::web::app::App;
use crate::web::auth::Person;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(apply)
        .service(list)
        .service(show)
        .service(answer)
        .service(withdraw)
        .service(my_awards)
        .service(my_certificates)
        .service(my_choice)
        .service(choose);
}

/// What somebody applies for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyBody {
    /// The credential's id.
    #[schema(value_type = String)]
    pub credential: Id,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    #[serde(default)]
    #[schema(value_type = String)]
    pub purpose: Purpose,
    /// The stage, where there are several.
    #[serde(default)]
    pub stage: Option<String>,
    /// The entry path.
    #[serde(default)]
    pub path: Option<String>,
}

/// Whether the public sees somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoiceBody {
    /// Whether the public sees you at all.
    shown: bool,
    /// Whether you are hidden for your safety.
    #[serde(default)]
    safety: bool,
}

/// Apply to be certified or renewed
#[utoipa::path(tag = "applications", security(("bearer" = [])), request_body = ApplyBody,
    responses((status = 201, body = ApplicationView), Writing))]
#[post("/applications")]
pub async fn apply(
    who: Person,
    once: Once,
    app: web::Data<App>,
    body: Body<ApplyBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person, hash) = (who.acting(&app), who.0.person, body.hash);
    let ApplyBody { credential, purpose, stage, path } = body.value;
    let wish = ApplicationWish { credential, purpose, stage, path, cohort: None, received_on: None };
    let link = app.settings.public_url.clone();
    let work =
        move |conn: &mut Conn<'_>| applications::apply(conn, &by, person, &wish, &link).map(ApplicationView::from);
    once.run(&app, &hash, StatusCode::CREATED, work).await
}

/// Your applications
///
/// Oldest first.
#[utoipa::path(tag = "applications", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<ApplicationView>), Reading))]
#[get("/applications")]
pub async fn list(who: Person, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let page = app.read(move |conn| applications::page(conn, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(ApplicationView::from)))
}

/// One of your applications
#[utoipa::path(tag = "applications", params(("application" = String, Path, description = "The application")), security(("bearer" = [])),
    responses((status = 200, body = ApplicationView), Reading))]
#[get("/applications/{application}")]
pub async fn show(who: Person, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (person, id) = (who.0.person, segment(&request, "application")?);
    let found = app.read(move |conn| applications::find(conn, person, id)).await?;
    Ok(HttpResponse::Ok().json(ApplicationView::from(found)))
}

/// Say that what was missing is there now
#[utoipa::path(tag = "applications", params(("application" = String, Path, description = "The application")), security(("bearer" = [])),
    responses((status = 200, body = ApplicationView), Writing))]
#[put("/applications/{application}/answer")]
pub async fn answer(who: Person, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (by, person, id) = (who.acting(&app), who.0.person, segment(&request, "application")?);
    let changed = app.write(move |conn| applications::answer(conn, &by, person, id)).await?;
    Ok(HttpResponse::Ok().json(ApplicationView::from(changed)))
}

/// Take an application back
#[utoipa::path(tag = "applications", params(("application" = String, Path, description = "The application")), security(("bearer" = [])),
    responses((status = 200, body = ApplicationView), Writing))]
#[put("/applications/{application}/withdrawal")]
pub async fn withdraw(who: Person, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (by, person, id) = (who.acting(&app), who.0.person, segment(&request, "application")?);
    let changed = app.write(move |conn| applications::withdraw(conn, &by, person, id)).await?;
    Ok(HttpResponse::Ok().json(ApplicationView::from(changed)))
}

/// What you hold and held
///
/// Oldest first.
#[utoipa::path(tag = "awards", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<AwardView>), Reading))]
#[get("/awards")]
pub async fn my_awards(who: Person, app: web::Data<App>, paging: Paging<(Day, Id)>) -> Result<HttpResponse, ApiError> {
    let (person, now) = (who.0.person, app.clock.now());
    let page = app.read(move |conn| awards::page(conn, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(|held| AwardView::of(held, now))))
}

/// Your certificates
///
/// Oldest first.
#[utoipa::path(tag = "awards", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<CertificateView>), Reading))]
#[get("/certificates")]
pub async fn my_certificates(who: Person, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let page = app.read(move |conn| certificates::page(conn, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(|row| CertificateView::of(row, &app.settings.public_url))))
}

/// What the public may see of you
#[utoipa::path(tag = "awards", security(("bearer" = [])), responses((status = 200, body = Choice), Reading))]
#[get("/register-choice")]
pub async fn my_choice(who: Person, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    Ok(HttpResponse::Ok().json(app.read(move |conn| register::choice(conn, person)).await?))
}

/// Choose what the public may see of you
#[utoipa::path(tag = "awards", security(("bearer" = [])), request_body = ChoiceBody,
    responses((status = 200, body = Choice), Writing))]
#[put("/register-choice")]
pub async fn choose(who: Person, app: web::Data<App>, body: Body<ChoiceBody>) -> Result<HttpResponse, ApiError> {
    let (by, person) = (who.acting(&app), who.0.person);
    let wish = Choice { shown: body.value.shown, safety: body.value.safety };
    Ok(HttpResponse::Ok().json(app.write(move |conn| register::choose(conn, &by, person, wish)).await?))
}
