//! Signing out: the session ends in the database, not only in this browser.

use actix_web::{HttpResponse, post, web};

use super::answer;
use super::visitor::Resident;
use crate::services::sessions;
use crate::web::app::App;
use crate::web::auth::cookie;
use crate::web::error::ApiError;

/// What the form carries.
#[derive(serde::Deserialize)]
pub struct SignOut {
    form_token: String,
}

/// `POST /sign-out`
#[post("/sign-out")]
pub async fn sign_out(
    reader: Resident,
    app: web::Data<App>,
    form: web::Form<SignOut>,
) -> Result<HttpResponse, ApiError> {
    reader.check_form(&form.form_token)?;
    let (by, who) = (reader.acting(&app), reader.account.who);
    app.write(move |conn| sessions::end(conn, &by, who.person, who.session)).await?;
    Ok(answer::see_other("/?signed-out").cookie(cookie::gone(&app)).finish())
}
