//! Signing in: two fields, paste and password managers welcome, no puzzles.

use askama::Template;

use super::form::Form;
use super::frame::Frame;
use crate::words::{Value, Words};

/// `templates/pages/sign-in.html`.
#[derive(Debug, Template)]
#[template(path = "pages/sign-in.html")]
pub struct SignInPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// Where to go afterwards; a path of ours.
    pub next: String,
    /// The reader came from a page that asks for it.
    pub asked_to_sign_in: bool,
    /// What was typed; a password is never shown again.
    pub email: String,
}

/// Why nobody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLetIn {
    /// The e-mail and the password do not belong together, or there is no such account.
    NoMatch,
    /// Too many tries; seconds to wait.
    Wait(u32),
}

/// What is missing in the form.
#[must_use]
pub fn check(words: &Words, email: &str, password: &str) -> Form {
    let mut form = Form::default();
    if email.trim().is_empty() {
        form.add("email", words.get("sign-in-email-missing"));
    }
    if password.is_empty() {
        form.add("password", words.get("sign-in-password-missing"));
    }
    form
}

impl NotLetIn {
    /// The form that says so, in one place and the same way for every account.
    #[must_use]
    pub fn form(self, words: &Words) -> Form {
        let mut form = Form::default();
        match self {
            Self::NoMatch => form.add("email", words.get("sign-in-no-match")),
            Self::Wait(seconds) => form.add("email", words.with("sign-in-wait", &[("seconds", Value::from(seconds))])),
        }
        form
    }
}
