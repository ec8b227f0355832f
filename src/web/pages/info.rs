//! Short texts: privacy.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get};
use askama::Template;

use super::answer;
use super::frame::Frame;
use super::visitor::Visitor;
use crate::web::error::ApiError;

/// `templates/pages/info.html`: a heading, then pairs of a question and its answer.
#[derive(Debug, Template)]
#[template(path = "pages/info.html")]
pub struct InfoPage {
    /// The frame; its title is the heading.
    pub frame: Frame,
    /// What is asked and answered.
    pub answers: Vec<(String, String)>,
}

const PRIVACY: [(&str, &str); 6] = [
    ("privacy-see", "privacy-see-text"),
    ("privacy-ask", "privacy-ask-text"),
    ("privacy-cookies", "privacy-cookies-text"),
    ("privacy-tracking", "privacy-tracking-text"),
    ("privacy-check", "privacy-check-text"),
    ("privacy-yours", "privacy-yours-text"),
];

impl InfoPage {
    /// What is kept, who sees it, what the cookies are.
    #[must_use]
    pub fn privacy(frame: Frame) -> Self {
        let words = frame.words;
        let answers = PRIVACY.map(|(question, answer)| [question, answer].map(|key| words.get(key).into_owned()));
        Self { answers: answers.into_iter().map(|[question, answer]| (question, answer)).collect(), frame }
    }
}

/// `GET /privacy`
#[get("/privacy")]
pub async fn privacy(visitor: Visitor) -> Result<HttpResponse, ApiError> {
    let page = InfoPage::privacy(visitor.frame("privacy")?);
    Ok(answer::page(&visitor.visit, StatusCode::OK, &page))
}
