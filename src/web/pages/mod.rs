//! The pages people see: typed views over `templates/pages`, complete without any script.
//!
//! Each file has a page's view (a struct that its template reads) and the handlers that fill it. A view
//! holds finished words: what decides is in services and rules, what words it is in [`crate::words`].

pub mod answer;
pub mod checking;
pub mod error;
pub mod form;
pub mod frame;
pub mod hours;
pub mod info;
pub mod own;
pub mod progress;
pub mod rules;
pub mod sign_in;
pub mod sign_out;
pub mod signing_in;
pub mod start;
#[cfg(test)]
mod states;
pub mod stop;
pub mod stranger;
pub mod verify;
pub mod visit;
pub mod visitor;
pub mod way_in;

use actix_web::web;

use super::assets;

/// Every page, and the files they need.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/assets/{name}", web::get().to(assets::serve))
        .service(start::show)
        .service(info::privacy)
        .service(signing_in::show)
        .service(signing_in::sign_in_by_form)
        .service(sign_out::sign_out)
        .configure(way_in::routes)
        .configure(hours::routes)
        .configure(own::routes)
        .configure(rules::routes)
        .service(stop::ask)
        .service(stop::stop)
        .service(progress::show::show)
        .service(checking::ask)
        .service(checking::by_paper)
        .service(checking::by_link);
}
