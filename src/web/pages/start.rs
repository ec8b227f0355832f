//! The first page: what this is, what one can do here, and other ways to do it.

use askama::Template;

use super::frame::Frame;

/// `templates/pages/start.html`.
#[derive(Debug, Template)]
#[template(path = "pages/start.html")]
pub struct StartPage {
    /// The frame.
    pub frame: Frame,
    /// The reader has just signed out.
    pub signed_out: bool,
}
