//! `/verify-email/{token}`: proves a mail address; the first proof sets the password too.

use actix_web::{HttpRequest, HttpResponse, get, post, web};

use super::by_link::{Offer, Sent, look};
use super::message::{self, MessagePage};
use crate::services::accounts::{LinkPurpose, SignUpError, verify_address};
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

/// `GET /verify-email/{token}`
#[get("/verify-email/{token}")]
pub async fn show(
    _door: Door,
    mut stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    match look(&app, &request, LinkPurpose::VerifyEmail).await? {
        Some(link) => {
            stranger.visit.prefer(link.language);
            offer(Words::of(stranger.visit.lang), link.has_password).answer(&stranger, Form::default())
        }
        None => Ok(message::over(&stranger.visit, MessagePage::confirm_over)),
    }
}

/// `POST /verify-email/{token}`
#[post("/verify-email/{token}")]
pub async fn confirm(
    _door: Door,
    mut stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, ApiError> {
    let sent = sent.into_inner();
    stranger.check_form(&sent.form_token)?;
    let Some(link) = look(&app, &request, LinkPurpose::VerifyEmail).await? else {
        return Ok(message::over(&stranger.visit, MessagePage::confirm_over));
    };
    stranger.visit.prefer(link.language);
    let hash = if link.has_password {
        None
    } else {
        let words = Words::of(stranger.visit.lang);
        match sent.hash(&app, words).await? {
            Ok(hash) => Some(hash),
            Err(form) => return offer(words, false).answer(&stranger, form),
        }
    };
    let (token, by) = (segment::<String>(&request, "token")?, Acting::system(app.clock.now()));
    match app.db.run_write(move |conn| verify_address(conn, &by, &token, hash)).await {
        Ok(_) => Ok(answer::see_other(Done::Confirmed.path()).finish()),
        Err(SignUpError::LinkOver) => Ok(message::over(&stranger.visit, MessagePage::confirm_over)),
        Err(error) => Err(error.into()),
    }
}

/// What the page offers.
#[must_use]
pub fn offer(words: &Words, has_password: bool) -> Offer {
    let line = if has_password { "confirm-text" } else { "confirm-text-password" };
    Offer {
        title: "confirm-title",
        lines: vec![words.get(line).into_owned()],
        asks_password: !has_password,
        button: "confirm-button",
    }
}
