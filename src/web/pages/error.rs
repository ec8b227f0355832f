//! Pages for when something does not work: what happened, that nothing is lost, what to do next.

use askama::Template;

use super::frame::{Frame, Here, Site};
use crate::rules::Lang;
use crate::words::{Value, Words};

/// The kinds of trouble a page can tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// 404.
    NotFound,
    /// 403.
    NotAllowed,
    /// 403: a form that was not ours, or too old.
    OldForm,
    /// 400, 405, 413, 415, 422.
    BadRequest,
    /// 429, with the seconds to wait.
    TooMany(u32),
    /// 500.
    Fault,
    /// 503.
    Busy,
}

impl Trouble {
    /// Every kind, for tests.
    pub const ALL: [Self; 7] =
        [Self::NotFound, Self::NotAllowed, Self::OldForm, Self::BadRequest, Self::TooMany(30), Self::Fault, Self::Busy];

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::NotAllowed | Self::OldForm => 403,
            Self::BadRequest => 400,
            Self::TooMany(_) => 429,
            Self::Fault => 500,
            Self::Busy => 503,
        }
    }

    /// The kind that fits an HTTP status.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::NotFound,
            401 | 403 => Self::NotAllowed,
            429 => Self::TooMany(60),
            503 => Self::Busy,
            400..=499 => Self::BadRequest,
            _ => Self::Fault,
        }
    }

    /// Title, what happened, what to do.
    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::NotFound => ["error-not-found-title", "error-not-found-text", "error-not-found-next"],
            Self::NotAllowed => ["error-not-allowed-title", "error-not-allowed-text", "error-not-allowed-next"],
            Self::OldForm => ["error-old-form-title", "error-old-form-text", "error-old-form-next"],
            Self::BadRequest => ["error-bad-request-title", "error-bad-request-text", "error-bad-request-next"],
            Self::TooMany(_) => ["error-too-many-title", "error-too-many-text", "error-too-many-next"],
            Self::Fault => ["error-fault-title", "error-fault-text", "error-fault-next"],
            Self::Busy => ["error-busy-title", "error-busy-text", "error-busy-next"],
        }
    }

    fn next_step(self, words: &Words) -> String {
        let [_, _, key] = self.keys();
        match self {
            Self::TooMany(seconds) => words.with(key, &[("seconds", Value::from(seconds))]),
            _ => words.get(key).into_owned(),
        }
    }
}

/// `templates/pages/error.html`.
#[derive(Debug, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    /// The frame.
    pub frame: Frame,
    /// What happened, in a few words.
    pub heading: String,
    /// What that means for the reader.
    pub what: String,
    /// What to do.
    pub next_step: String,
    /// The number to tell, for faults of ours.
    pub request_number: Option<String>,
}

impl ErrorPage {
    /// The page for `trouble`; the request's number is shown for faults only.
    #[must_use]
    pub fn new(
        lang: Lang,
        trouble: Trouble,
        here: Here,
        site: std::sync::Arc<Site>,
        request_number: Option<String>,
    ) -> Self {
        let [title, what, _] = trouble.keys();
        let frame = Frame::new(lang, title, here, site);
        let words = frame.words;
        Self {
            heading: frame.title.clone(),
            what: words.get(what).into_owned(),
            next_step: trouble.next_step(words),
            request_number: request_number.filter(|_| trouble == Trouble::Fault),
            frame,
        }
    }
}
