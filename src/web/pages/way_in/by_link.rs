//! What the pages behind mailed links share: a form with at most a new password and one button.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use secrecy::{ExposeSecret, SecretString};

use crate::services::accounts::{LinkPurpose, OpenLink, look_at_link};
use crate::services::password_rules::{self, WeakPassword};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::stranger::Stranger;
use crate::words::Words;

/// `templates/pages/by-link.html`.
#[derive(Debug, Template)]
#[template(path = "pages/by-link.html")]
pub struct ByLinkPage {
    /// The frame; its title is the heading.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What the button will do, one paragraph each.
    pub lines: Vec<String>,
    /// A password is asked for.
    pub asks_password: bool,
    /// What the button says.
    pub button: String,
}

/// What stands on such a page, by keys and finished sentences.
#[derive(Debug)]
pub struct Offer {
    /// The title's key.
    pub title: &'static str,
    /// Finished sentences.
    pub lines: Vec<String>,
    /// A password is asked for.
    pub asks_password: bool,
    /// The button's key.
    pub button: &'static str,
}

impl Offer {
    /// The page in a frame of this visit.
    #[must_use]
    pub fn page(self, frame: Frame, form: Form, form_token: String) -> ByLinkPage {
        let button = frame.words.get(self.button).into_owned();
        let frame = Frame { has_problems: form.has_problems(), ..frame };
        ByLinkPage { frame, form, form_token, lines: self.lines, asks_password: self.asks_password, button }
    }

    /// The page as an answer.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn answer(self, stranger: &Stranger, form: Form) -> Result<HttpResponse, ApiError> {
        let status = if form.has_problems() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let frame = stranger.visit.frame(self.title);
        let page = self.page(frame, form, stranger.form_token()?);
        stranger.page(status, &page)
    }
}

/// What the form carries.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Sent {
    /// The new password, where one is asked for.
    #[serde(default)]
    pub password: SecretString,
    /// The token of our page.
    #[serde(default)]
    pub form_token: String,
}

impl Sent {
    /// The hash of the password that was chosen, or the form that says what to mend.
    ///
    /// # Errors
    /// When too many passwords are being hashed, or the system has no randomness to give.
    pub async fn hash(self, app: &App, words: &Words) -> Result<Result<String, Form>, ApiError> {
        let form = check_password(words, &self.password);
        if form.has_problems() {
            return Ok(Err(form));
        }
        Ok(Ok(app.passwords.hash(self.password).await?))
    }
}

/// The link in the address, while it can still be used for `purpose`.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(app: &App, request: &HttpRequest, purpose: LinkPurpose) -> Result<Option<OpenLink>, ApiError> {
    let (token, now) = (segment::<String>(request, "token")?, app.clock.now());
    app.read(move |conn| look_at_link(conn, now, &token, purpose)).await
}

/// What is wrong with a new password, in the reader's words.
#[must_use]
pub fn check_password(words: &Words, password: &SecretString) -> Form {
    let mut form = Form::default();
    let key = match password_rules::check(password.expose_secret(), &[]) {
        Ok(()) => return form,
        Err(WeakPassword::TooShort) if password.expose_secret().is_empty() => "password-missing",
        Err(WeakPassword::TooShort) => "password-short",
        Err(WeakPassword::TooLong) => "password-long",
        Err(WeakPassword::Common) => "password-common",
    };
    form.add("password", words.get(key));
    form
}
