//! The person's own page: what you have, what you need, what is next, and why each hour counts or not.

pub mod build;
mod records;
pub mod show;
pub mod voice;

use askama::Template;

use super::frame::Frame;

/// `templates/pages/progress.html`.
#[derive(Debug, Template)]
#[template(path = "pages/progress.html")]
pub struct ProgressPage {
    /// The frame.
    pub frame: Frame,
    /// The greeting.
    pub hello: String,
    /// The credentials this person is on the way to or holds.
    pub paths: Vec<PathChoice>,
    /// The one shown; `None` for a person who has not started.
    pub path: Option<PathView>,
    /// Applying for it, where that is possible or done.
    pub filing: Option<FilingView>,
}

/// Applying, in words.
#[derive(Debug, Clone)]
pub struct FilingView {
    /// What can be done, or how it stands.
    pub sentence: String,
    /// What the button does, where there is one.
    pub offer: Option<Offer>,
    /// The open application.
    pub open: Option<String>,
}

/// One button.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The token that shows the form is ours.
    pub form_token: String,
    /// The credential's id.
    pub credential: String,
    /// What is applied for.
    pub purpose: &'static str,
    /// All that is asked is there.
    pub is_ready: bool,
}

/// A link to one credential's progress.
#[derive(Debug, Clone)]
pub struct PathChoice {
    /// Where it leads.
    pub href: String,
    /// The credential's name.
    pub label: String,
    /// It is the one being shown.
    pub is_here: bool,
}

/// One credential's progress, in finished words.
#[derive(Debug, Clone)]
pub struct PathView {
    /// The credential's name.
    pub credential: String,
    /// The certificate's state, as a sentence.
    pub award: String,
    /// Dates to know, as sentences.
    pub dates: Vec<String>,
    /// The board has confirmed the rules.
    pub is_confirmed: bool,
    /// The heading over the requirements, by purpose.
    pub heading: String,
    /// Where the person stands, in one line.
    pub standing: String,
    /// What is asked, in the pack's order.
    pub requirements: Vec<RequirementView>,
    /// What to do next, in order.
    pub next: Vec<StepView>,
    /// Nothing that is handed in renews the certificate or brings it back: `standing` says so.
    pub is_closed: bool,
    /// The first day on which all could be met.
    pub earliest: Option<String>,
    /// Every fact on file.
    pub records: Vec<RecordView>,
    /// The day and rules this was worked out with.
    pub basis: String,
    /// Where the rules can be read as a page.
    pub rules: Option<String>,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct StepView {
    /// What.
    pub text: String,
    /// The page where it is done, if there is one.
    pub href: Option<&'static str>,
}

/// A word with a tint that only helps the eye.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The class of the tint, or nothing.
    pub class: &'static str,
    /// The word.
    pub text: String,
}

/// One requirement.
#[derive(Debug, Clone)]
pub struct RequirementView {
    /// Its name.
    pub label: String,
    /// Its state.
    pub tag: Tag,
    /// `31 of 46 hours. 15 hours to go.`
    pub sentence: String,
    /// Percent of what is needed, for amounts.
    pub bar: Option<u8>,
    /// Limits and the evaluator's notes.
    pub notes: Vec<String>,
    /// Minima inside it.
    pub parts: Vec<PartView>,
    /// Where the rule is written.
    pub source: Option<SourceView>,
}

/// One row of a requirement's table.
#[derive(Debug, Clone)]
pub struct PartView {
    /// Its name.
    pub label: String,
    /// What counts.
    pub have: String,
    /// What is needed.
    pub need: String,
    /// What is left.
    pub left: String,
}

/// Where a rule is written.
#[derive(Debug, Clone)]
pub struct SourceView {
    /// The words to show.
    pub text: String,
    /// Its address, `https` only.
    pub url: Option<String>,
}

/// One fact on file and what became of it.
#[derive(Debug, Clone)]
pub struct RecordView {
    /// What it is.
    pub what: String,
    /// Its day or days, and its length.
    pub when_and_how_long: String,
    /// Counts, counts in part, does not count, not needed.
    pub tag: Tag,
    /// Where each part went, or why it did not count.
    pub lines: Vec<String>,
}
