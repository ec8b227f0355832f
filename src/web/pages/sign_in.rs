//! Signing in: two fields, paste and password managers welcome, no puzzles.

use askama::Template;

use super::form::Form;
use super::frame::{Frame, Here};
use crate::words::Words;

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
    /// What the reader has just done.
    pub done: Option<Done>,
    /// What was typed; a password is never shown again.
    pub email: String,
}

/// What somebody has done just before they sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Their mail address is proved.
    Confirmed,
    /// They have a new password.
    Password,
    /// They accepted an invitation.
    Joined,
}

impl Done {
    /// The sign-in page that says so.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Confirmed => "/sign-in?done=confirmed",
            Self::Password => "/sign-in?done=password",
            Self::Joined => "/sign-in?done=joined",
        }
    }

    /// The key of what is said.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Confirmed => "sign-in-done-confirmed",
            Self::Password => "sign-in-done-password",
            Self::Joined => "sign-in-done-joined",
        }
    }
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

/// The form that says that address and password do not fit, the same way for every account.
#[must_use]
pub fn no_match(words: &Words) -> Form {
    let mut form = Form::default();
    form.add("email", words.get("sign-in-no-match"));
    form
}

/// Where a person without a session is led from `here`, to come back afterwards.
#[must_use]
pub fn way_in(here: &Here) -> String {
    let back = if here.query.is_empty() { here.path.clone() } else { format!("{}?{}", here.path, here.query) };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("/sign-in?next={}", back.bytes().map(encode).collect::<String>())
}

/// A path of ours to go to after signing in; anything else is the reader's own page.
#[must_use]
pub fn way_back(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.starts_with("/sign-in")
        && next.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours { next } else { "/progress" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_our_own_pages_only() {
        assert_eq!(way_back("/progress?credential=a"), "/progress?credential=a");
        for elsewhere in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "/sign-in", "javascript:x"]
        {
            assert_eq!(way_back(elsewhere), "/progress", "{elsewhere}");
        }
    }

    #[test]
    fn the_way_in_carries_the_page_one_came_from() {
        assert_eq!(way_in(&Here::of("/progress", "credential=a&lang=es")), "/sign-in?next=/progress%3Fcredential%3Da");
    }
}
