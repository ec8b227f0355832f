//! Hours: a person's own list and its forms, and what waits for a supervisor. Picked words only: nothing here
//! asks for anything about the people served.

pub mod entry_form;
pub mod labels;
pub mod list;
pub mod logging;
pub mod sent;
pub mod signing;
pub mod to_sign;

use actix_web::web;

/// The routes of this folder.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(list::show)
        .service(list::name_supervisor)
        .service(logging::ask)
        .service(logging::log)
        .service(signing::show)
        .service(signing::sign)
        .service(signing::respond)
        .service(logging::look)
        .service(logging::correct)
        .service(logging::take_back);
}
