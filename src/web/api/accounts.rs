//! Signing up, proving an address, setting a password. What is answered does not tell whether an address has
//! an account.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::problems::{AtTheDoor, Writing};
use crate::pdf::NameRefusal;
use crate::rules::Lang;
use crate::services::accounts::{
    Address, NewPerson, NotAnAddress, PasswordError, SignUpError, change_password, request_reset, reset_password,
    sign_up, try_password, verify_address,
};
use crate::services::acting::Acting;
use crate::services::password_rules::{self, WeakPassword};
use crate::web::app::App;
use crate::web::auth::level::level;
use crate::web::auth::{Door, Person};
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::Body;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(sign_up_person).service(verify_email).service(ask_reset).service(reset).service(change);
}

/// What happened, where no more is told.
#[derive(Serialize, ToSchema)]
pub struct DoneView {
    /// `look_in_your_mail` or `done`.
    pub status: &'static str,
}

/// Somebody who signs up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUpBody {
    /// Where mail reaches them.
    email: String,
    /// Their legal name.
    name: String,
    /// `en` or `es`.
    #[serde(default)]
    language: Option<String>,
}

/// A token from a mail, and the first password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyBody {
    /// The token from the link.
    token: String,
    /// At least 15 characters; needed unless the account has a password.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    password: Option<SecretString>,
}

/// An address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressBody {
    /// The address.
    email: String,
}

/// A token from a mail, and a new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetBody {
    /// The token from the link.
    token: String,
    /// At least 15 characters.
    #[schema(value_type = String)]
    password: SecretString,
}

/// The present and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBody {
    /// The present password.
    #[schema(value_type = String)]
    present: SecretString,
    /// The new one: at least 15 characters.
    #[schema(value_type = String)]
    password: SecretString,
}

/// Sign up
///
/// Mails a link to prove the address. An address that has an account is answered alike.
#[utoipa::path(tag = "account", request_body = SignUpBody, responses((status = 202, body = DoneView), AtTheDoor))]
#[post("/sign-up")]
pub async fn sign_up_person(
    _door: Door,
    app: web::Data<App>,
    body: Body<SignUpBody>,
) -> Result<HttpResponse, ApiError> {
    let SignUpBody { email, name, language } = body.value;
    let language = parse_language(language.as_deref())?;
    let new = NewPerson::new(parse_address(&email)?, &name, language)?;
    let by = Acting::system(app.clock.now());
    let base = app.settings.public_url.clone();
    level(app.write(move |conn| sign_up(conn, &by, &new, &base))).await?;
    Ok(look_in_your_mail())
}

/// Prove a mail address
///
/// Sets the first password too.
#[utoipa::path(tag = "account", request_body = VerifyBody, responses((status = 200, body = DoneView), AtTheDoor))]
#[post("/verify-email")]
pub async fn verify_email(_door: Door, app: web::Data<App>, body: Body<VerifyBody>) -> Result<HttpResponse, ApiError> {
    let VerifyBody { token, password } = body.value;
    let hash = match password {
        Some(password) => Some(hash(&app, password).await?),
        None => None,
    };
    let by = Acting::system(app.clock.now());
    app.write(move |conn| verify_address(conn, &by, &token, hash)).await?;
    Ok(done())
}

/// Ask for a link to set a new password
#[utoipa::path(tag = "account", request_body = AddressBody, responses((status = 202, body = DoneView), AtTheDoor))]
#[post("/password-resets")]
pub async fn ask_reset(_door: Door, app: web::Data<App>, body: Body<AddressBody>) -> Result<HttpResponse, ApiError> {
    let email = parse_address(&body.value.email)?;
    let by = Acting::system(app.clock.now());
    let base = app.settings.public_url.clone();
    level(app.write(move |conn| request_reset(conn, &by, &email, &base))).await?;
    Ok(look_in_your_mail())
}

/// Set a new password by link
///
/// Ends every session.
#[utoipa::path(tag = "account", request_body = ResetBody, responses((status = 200, body = DoneView), AtTheDoor))]
#[post("/password-resets/use")]
pub async fn reset(_door: Door, app: web::Data<App>, body: Body<ResetBody>) -> Result<HttpResponse, ApiError> {
    let ResetBody { token, password } = body.value;
    let hash = hash(&app, password).await?;
    let by = Acting::system(app.clock.now());
    app.write(move |conn| reset_password(conn, &by, &token, hash)).await?;
    Ok(done())
}

/// Change the password
///
/// Ends every session, this one too.
#[utoipa::path(tag = "account", request_body = ChangeBody, security(("bearer" = [])), responses(
    (status = 200, body = DoneView),
    (status = 429, body = ProblemView, content_type = "application/problem+json"),
    Writing,
))]
#[post("/me/password")]
pub async fn change(
    _door: Door,
    person: Person,
    app: web::Data<App>,
    body: Body<ChangeBody>,
) -> Result<HttpResponse, ApiError> {
    let by = person.acting(&app);
    let present = app.write(move |conn| try_password(conn, by.at, by.actor)).await?;
    if !app.passwords.verify(body.value.present, present).await? {
        return Err(PasswordError::NotTheOld.into());
    }
    let hash = hash(&app, body.value.password).await?;
    app.write(move |conn| change_password(conn, &by, hash)).await?;
    Ok(done())
}

fn look_in_your_mail() -> HttpResponse {
    HttpResponse::build(StatusCode::ACCEPTED).json(DoneView { status: "look_in_your_mail" })
}

fn done() -> HttpResponse {
    HttpResponse::Ok().json(DoneView { status: "done" })
}

/// Checks and hashes a new password.
pub(super) async fn hash(app: &App, password: SecretString) -> Result<String, ApiError> {
    password_rules::check(password.expose_secret(), &[])?;
    Ok(app.passwords.hash(password).await?)
}

/// Reads a language; English when none is named.
pub(super) fn parse_language(tag: Option<&str>) -> Result<Lang, ApiError> {
    let Some(tag) = tag else { return Ok(Lang::En) };
    Lang::parse(tag).ok_or_else(|| ApiError::field("bad_language", "/language", "expected `en` or `es`"))
}

/// Reads an address.
pub(super) fn parse_address(text: &str) -> Result<Address, ApiError> {
    text.parse().map_err(|error: NotAnAddress| ApiError::field("bad_address", "/email", error))
}

impl From<NameRefusal> for ApiError {
    fn from(error: NameRefusal) -> Self {
        Self::field("bad_name", "/name", error)
    }
}

impl From<WeakPassword> for ApiError {
    fn from(error: WeakPassword) -> Self {
        Self::field("weak_password", "/password", error)
    }
}

impl From<SignUpError> for ApiError {
    fn from(error: SignUpError) -> Self {
        match error {
            SignUpError::LinkOver => Self::unprocessable("link_over", error),
            SignUpError::PasswordMissing => Self::field("password_missing", "/password", error),
            SignUpError::Store(store) => store.into(),
        }
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::LinkOver => Self::unprocessable("link_over", error),
            PasswordError::NotTheOld => Self::field("wrong_password", "/present", error),
            PasswordError::Store(store) => store.into(),
        }
    }
}
