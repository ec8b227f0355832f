//! The web: the API under `/api/v1` and the pages. Handlers parse, name the right they need in their
//! signature, call one service and shape the answer.
//!
//! Begin with [`routes`]: every route stands there, API first. What goes for all of them is in [`edge`]
//! (ids, headers, problems, counting), [`auth`] (who calls), [`extract`] (what comes in), [`error`].

pub mod api;
pub mod app;
pub mod assets;
pub mod auth;
mod day;
pub mod docs;
pub mod edge;
pub mod error;
pub mod extract;
pub mod health;
pub mod metrics;
mod misfit;
pub mod once;
mod operations;
pub mod own_site;
pub mod pages;
pub mod server;
pub mod squeeze;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, web};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use app::App;
use error::ApiError;

/// Every route that stands in the API's description: the API, and what machines read beside it.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(utoipa_actix_web::scope("/api/v1").configure(api::v1))
        .service(health::healthz)
        .service(health::readyz);
}

/// Every other route: pages and what they need.
fn beside(config: &mut web::ServiceConfig) {
    config.service(docs::openapi).service(docs::readable).configure(api::verify::beside).configure(pages::routes);
}

/// The web application, ready to be served.
#[must_use]
pub fn build(
    app: App,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let (service, api) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(docs::base(&app.settings.public_url))
        .configure(routes)
        .split_for_parts();
    service
        .app_data(web::Data::new(pages::frame::Site::from(&app.settings.site)))
        .app_data(web::Data::new(app))
        .app_data(web::Data::new(docs::Description::new(api)))
        .configure(extract::limits)
        .configure(beside)
        .default_service(web::to(no_route))
        .wrap(from_fn(edge::edge))
}

/// 404, or 405 where the path is known with other methods.
async fn no_route(request: HttpRequest, api: web::Data<docs::Description>) -> Result<&'static str, ApiError> {
    let Some(pattern) = request.match_pattern() else { return Err(ApiError::not_found()) };
    let allow = api.methods(&pattern).unwrap_or_else(|| "GET, HEAD, POST".to_owned());
    let mut error = ApiError::refused(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        format_args!("this path takes {allow}"),
    );
    if let ApiError::Refused(refusal) = &mut error {
        refusal.allow = Some(allow);
    }
    Err(error)
}
