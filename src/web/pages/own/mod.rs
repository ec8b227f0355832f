//! What belongs to the reader: certificates, applications, the choice of being shown, signed-in devices, name and birth date.

pub mod application;
pub mod apply;
pub mod certificates;
pub mod devices;
pub mod profile;

use actix_web::web;

/// The routes of this folder.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(certificates::show)
        .service(certificates::choose)
        .service(certificates::download)
        .service(application::show)
        .service(application::go_on)
        .service(application::withdraw)
        .service(apply::apply)
        .service(devices::show)
        .service(devices::end)
        .service(devices::end_all)
        .service(profile::show)
        .service(profile::save);
}

/// A form that holds nothing but our token.
#[derive(Debug, serde::Deserialize)]
pub struct Plain {
    /// The token of our page.
    #[serde(default)]
    pub form_token: String,
}
