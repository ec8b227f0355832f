//! A calm page that says one thing and what to do next.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::pages::answer;
use crate::web::pages::frame::Frame;
use crate::web::pages::visit::Visit;

/// `templates/pages/message.html`.
#[derive(Debug, Template)]
#[template(path = "pages/message.html")]
pub struct MessagePage {
    /// The frame; its title is the heading.
    pub frame: Frame,
    /// What is said, one paragraph each.
    pub lines: Vec<String>,
    /// Where to go on: path and what it says.
    pub ways: Vec<(&'static str, String)>,
}

impl MessagePage {
    /// A page with this title, these paragraphs and these ways on, all by their keys.
    #[must_use]
    pub fn new(frame: Frame, lines: &[&str], ways: &[(&'static str, &str)]) -> Self {
        let words = frame.words;
        Self {
            lines: lines.iter().map(|key| words.get(key).into_owned()).collect(),
            ways: ways.iter().map(|(path, key)| (*path, words.get(key).into_owned())).collect(),
            frame,
        }
    }

    /// A link to confirm an address that works no longer.
    #[must_use]
    pub fn confirm_over(frame: Frame) -> Self {
        Self::new(
            frame,
            &["over-text", "over-confirm", "over-confirm-again"],
            &[("/sign-in", "sign-in-title"), ("/sign-up", "sign-up-title")],
        )
    }

    /// A link to set a password that works no longer.
    #[must_use]
    pub fn password_over(frame: Frame) -> Self {
        Self::new(
            frame,
            &["over-text", "over-password", "over-password-never"],
            &[("/forgot-password", "forgot-title"), ("/sign-up", "sign-up-title")],
        )
    }

    /// An invitation that works no longer.
    #[must_use]
    pub fn invitation_over(frame: Frame) -> Self {
        Self::new(frame, &["over-text", "over-invitation", "over-invitation-again"], &[("/sign-in", "sign-in-title")])
    }

    /// What everybody is told who gave an address.
    #[must_use]
    pub fn look_in_your_mail(frame: Frame) -> Self {
        Self::new(frame, &["mail-sent", "mail-sent-spam", "mail-sent-none"], &[("/", "error-home")])
    }
}

/// The page of a link that works no longer.
#[must_use]
pub fn over(visit: &Visit, page: fn(Frame) -> MessagePage) -> HttpResponse {
    answer::page(visit, StatusCode::GONE, &page(visit.frame("over-title")))
}
