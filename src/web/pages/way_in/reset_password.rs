//! `/reset-password/{token}`: sets a new password, or the first one of an account somebody else made.

use actix_web::{HttpRequest, HttpResponse, get, post, web};

use super::by_link::{Offer, Sent, look};
use super::message::{self, MessagePage};
use crate::services::accounts::{LinkPurpose, PasswordError, reset_password};
use crate::services::acting::Acting;
use crate::web::app::App;
use crate::web::auth::Door;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::sign_in::Done;
use crate::web::pages::stranger::Stranger;
use crate::words::Words;

/// `GET /reset-password/{token}`
#[get("/reset-password/{token}")]
pub async fn show(
    _door: Door,
    mut stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    match look(&app, &request, LinkPurpose::ResetPassword).await? {
        Some(link) => {
            stranger.visit.prefer(link.language);
            offer(Words::of(stranger.visit.lang), link.has_password).answer(&stranger, Form::default())
        }
        None => Ok(message::over(&stranger.visit, MessagePage::password_over)),
    }
}

/// `POST /reset-password/{token}`
#[post("/reset-password/{token}")]
pub async fn set(
    _door: Door,
    mut stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, ApiError> {
    let sent = sent.into_inner();
    stranger.check_form(&sent.form_token)?;
    let Some(link) = look(&app, &request, LinkPurpose::ResetPassword).await? else {
        return Ok(message::over(&stranger.visit, MessagePage::password_over));
    };
    stranger.visit.prefer(link.language);
    let words = Words::of(stranger.visit.lang);
    let hash = match sent.hash(&app, words).await? {
        Ok(hash) => hash,
        Err(form) => return offer(words, link.has_password).answer(&stranger, form),
    };
    let (token, by) = (segment::<String>(&request, "token")?, Acting::system(app.clock.now()));
    match app.db.run_write(move |conn| reset_password(conn, &by, &token, hash)).await {
        Ok(_) => Ok(answer::see_other(Done::Password.path()).finish()),
        Err(PasswordError::LinkOver) => Ok(message::over(&stranger.visit, MessagePage::password_over)),
        Err(error) => Err(error.into()),
    }
}

/// What the page offers.
#[must_use]
pub fn offer(words: &Words, has_password: bool) -> Offer {
    let (title, line) = if has_password { ("reset-title", "reset-text") } else { ("set-up-title", "set-up-text") };
    Offer { title, lines: vec![words.get(line).into_owned()], asks_password: true, button: "reset-button" }
}
