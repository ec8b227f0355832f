//! The API, version 1: one file per resource, each with its routes.

mod accounts;
mod api_keys;
mod applications;
mod approvals;
mod attendance;
mod awards;
mod boards;
mod casework;
mod casework_views;
mod documents;
pub mod evaluation_schemas;
mod fact_refusals;
mod hours;
mod imports;
mod me;
mod memberships;
mod organizations;
mod paging;
pub mod plan_views;
mod plans;
mod problems;
mod profile;
mod progress;
pub mod record_life_schemas;
pub mod record_schemas;
mod refusals;
mod sessions;
mod simulation_views;
mod simulations;
mod statements;
mod supervising;
mod supervisors;
mod training;
pub mod verify;
mod views;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every route under `/api/v1`.
pub fn v1(config: &mut ServiceConfig<'_>) {
    config
        .configure(accounts::routes)
        .configure(sessions::routes)
        .configure(me::routes)
        .configure(profile::routes)
        .configure(organizations::routes)
        .configure(memberships::routes)
        .configure(api_keys::routes)
        .configure(applications::routes)
        .configure(awards::routes)
        .configure(boards::routes)
        .configure(casework::routes)
        .configure(documents::routes)
        .configure(hours::routes)
        .configure(supervising::routes)
        .configure(statements::routes)
        .configure(training::routes)
        .configure(attendance::routes)
        .configure(approvals::routes)
        .configure(supervisors::routes)
        .configure(imports::routes)
        .configure(progress::routes)
        .configure(plans::routes)
        .configure(simulations::routes)
        .configure(verify::routes);
}
