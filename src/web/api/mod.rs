//! The API, version 1: one file per resource, each with its routes.

mod accounts;
mod api_keys;
mod applications;
mod awards;
mod boards;
mod casework;
mod casework_views;
mod me;
mod memberships;
mod organizations;
mod refusals;
mod sessions;
pub mod verify;
mod views;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every route under `/api/v1`.
pub fn v1(config: &mut ServiceConfig<'_>) {
    config
        .configure(accounts::routes)
        .configure(sessions::routes)
        .configure(me::routes)
        .configure(organizations::routes)
        .configure(memberships::routes)
        .configure(api_keys::routes)
        .configure(applications::routes)
        .configure(awards::routes)
        .configure(boards::routes)
        .configure(casework::routes)
        .configure(verify::routes);
}
