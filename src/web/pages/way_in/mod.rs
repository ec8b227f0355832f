//! The ways to an account: signing up, a forgotten password, and the pages behind the links in mails.
//!
//! Looking at a link's page uses nothing up, since programs that scan mails open every link; only its button
//! does. A link that works no longer gets a calm page that says what to do next.

pub mod by_link;
pub mod forgot;
pub mod invitation;
pub mod message;
pub mod reset_password;
pub mod sign_up;
pub mod verify_email;

use actix_web::web;

/// The routes of this folder.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(sign_up::show)
        .service(sign_up::sign_up_by_form)
        .service(forgot::show)
        .service(forgot::ask)
        .service(verify_email::show)
        .service(verify_email::confirm)
        .service(reset_password::show)
        .service(reset_password::set)
        .service(invitation::show)
        .service(invitation::accept);
}
