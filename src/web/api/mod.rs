//! The API, version 1: one file per resource, each with its routes.

mod me;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every route under `/api/v1`.
pub fn v1(config: &mut ServiceConfig<'_>) {
    config.configure(me::routes);
}
