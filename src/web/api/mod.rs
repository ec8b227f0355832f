//! The API, version 1: one file per resource, each with its routes.

mod applications;
mod awards;
mod boards;
mod casework;
mod casework_views;
mod me;
mod refusals;
pub mod verify;
mod views;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every route under `/api/v1`.
pub fn v1(config: &mut ServiceConfig<'_>) {
    config
        .configure(me::routes)
        .configure(applications::routes)
        .configure(awards::routes)
        .configure(boards::routes)
        .configure(casework::routes)
        .configure(verify::routes);
}
