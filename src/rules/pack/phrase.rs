//! The short sentences of a pack: lengths, anchors, windows, term ends.
//!
//! Each has a strict grammar; a sentence outside it is refused with the sentences that exist.

use chrono::NaiveDate;

use super::super::calendar::Length;
pub use super::term_words::{BirthPoint, NOT_STATED, TermRule, Years};

/// A day a rule points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The application was received.
    Application,
    /// It was complete.
    ApplicationComplete,
    /// It was approved.
    ApplicationApproved,
    /// The credential, or one of its stages, was first issued.
    Issue(Option<String>),
    /// First day of the term.
    TermStart,
    /// Last day of the term.
    TermEnd,
    /// First day of the term before.
    PreviousTermStart,
    /// Last day of the term before.
    PreviousTermEnd,
    /// An exam was passed.
    ExamPassed,
    /// An event happened: the latest, or the first.
    Event {
        /// The kind of event.
        kind: String,
        /// The first one rather than the latest.
        first: bool,
    },
    /// A rule of the same purpose was met.
    Met(String),
    /// The person was born.
    Birth,
    /// The day asked about.
    Today,
    /// A date itself.
    Date(NaiveDate),
}

/// Which days count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// From that long before the anchor through the anchor.
    Before(Length, Anchor),
    /// From the anchor through that long after it.
    Within(Length, Anchor),
    /// On the anchor or later.
    Since(Anchor),
    /// Later than the anchor.
    After(Anchor),
    /// On the anchor or earlier.
    Through(Anchor),
    /// Earlier than the anchor.
    Earlier(Anchor),
    /// At the latest that long before the anchor: time that the board needs.
    AtLeastBefore(Length, Anchor),
    /// At the earliest that long after the anchor.
    AtLeastAfter(Length, Anchor),
    /// Inside the term.
    ThisTerm,
    /// While a stage was held.
    WhileHolding(String),
    /// Every day.
    NoLimit,
}

impl Window {
    /// The day it points to, if it points to one.
    #[must_use]
    pub const fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Before(_, anchor)
            | Self::Within(_, anchor)
            | Self::Since(anchor)
            | Self::After(anchor)
            | Self::Through(anchor)
            | Self::Earlier(anchor)
            | Self::AtLeastBefore(_, anchor)
            | Self::AtLeastAfter(_, anchor) => Some(anchor),
            Self::ThisTerm | Self::WhileHolding(_) | Self::NoLimit => None,
        }
    }
}

/// What the parser expects where it found something else.
pub(in super::super) type Expected = &'static str;

const LENGTHS: Expected = "a length such as `90 days`, `6 weeks`, `12 months` or `3 years`";
const ANCHORS: Expected = "`application`, `application complete`, `application approved`, `issue`, `issue of <stage>`, `term start`, `term end`, `previous term start`, `previous term end`, `exam passed`, `event <kind>`, `first event <kind>`, `met <rule>`, `birth`, `today` or a date";
const WINDOWS: Expected = "`<length> before <anchor>`, `<length> after <anchor>`, `since <anchor>`, `after <anchor>`, `through <anchor>`, `before <anchor>`, `at least <length> before <anchor>`, `at least <length> after <anchor>`, `this term`, `while holding <stage>` or `no limit`";
/// Reads `90 days`.
pub(in super::super) fn length(text: &str) -> Result<Length, Expected> {
    let (number, unit) = text.split_once(' ').ok_or(LENGTHS)?;
    let number: u32 = number.parse().ok().filter(|n| *n <= 12_000 && !number.starts_with('+')).ok_or(LENGTHS)?;
    match unit {
        "day" | "days" => Ok(Length::Days(number)),
        "week" | "weeks" => Ok(Length::Days(number * 7)),
        "month" | "months" => Ok(Length::Months(number)),
        "year" | "years" => Ok(Length::Months(number * 12)),
        _ => Err(LENGTHS),
    }
}

/// Reads an anchor.
pub(in super::super) fn anchor(text: &str) -> Result<Anchor, Expected> {
    Ok(match text {
        "application" => Anchor::Application,
        "application complete" => Anchor::ApplicationComplete,
        "application approved" => Anchor::ApplicationApproved,
        "issue" => Anchor::Issue(None),
        "term start" => Anchor::TermStart,
        "term end" => Anchor::TermEnd,
        "previous term start" => Anchor::PreviousTermStart,
        "previous term end" => Anchor::PreviousTermEnd,
        "exam passed" => Anchor::ExamPassed,
        "birth" => Anchor::Birth,
        "today" => Anchor::Today,
        _ => return named_anchor(text),
    })
}

fn named_anchor(text: &str) -> Result<Anchor, Expected> {
    let one_word = |text: &str| (!text.is_empty() && !text.contains(' ')).then(|| text.to_owned()).ok_or(ANCHORS);
    if let Some(stage) = text.strip_prefix("issue of ") {
        return one_word(stage).map(|stage| Anchor::Issue(Some(stage)));
    }
    if let Some(rule) = text.strip_prefix("met ") {
        return one_word(rule).map(Anchor::Met);
    }
    if let Some(kind) = text.strip_prefix("first event ") {
        return one_word(kind).map(|kind| Anchor::Event { kind, first: true });
    }
    if let Some(kind) = text.strip_prefix("event ") {
        return one_word(kind).map(|kind| Anchor::Event { kind, first: false });
    }
    date(text).map(Anchor::Date).ok_or(ANCHORS)
}

/// Reads `2020-10-01`, strictly.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| day.to_string() == text)
}

/// Reads a window.
pub(in super::super) fn window(text: &str) -> Result<Window, Expected> {
    match text {
        "this term" => return Ok(Window::ThisTerm),
        "no limit" => return Ok(Window::NoLimit),
        _ => {}
    }
    if let Some(stage) = text.strip_prefix("while holding ") {
        return if stage.contains(' ') || stage.is_empty() {
            Err(WINDOWS)
        } else {
            Ok(Window::WhileHolding(stage.to_owned()))
        };
    }
    if let Some(read) = of_one_day(text) {
        return read;
    }
    let (before, after): (Make, Make) = match text.strip_prefix("at least ") {
        Some(_) => (Window::AtLeastBefore, Window::AtLeastAfter),
        None => (Window::Before, Window::Within),
    };
    let text = text.strip_prefix("at least ").unwrap_or(text);
    if let Some((first, rest)) = text.split_once(" before ") {
        return Ok(before(length(first)?, anchor(rest)?));
    }
    if let Some((first, rest)) = text.split_once(" after ") {
        return Ok(after(length(first)?, anchor(rest)?));
    }
    Err(WINDOWS)
}

/// Makes a window of a length and a day.
type Make = fn(Length, Anchor) -> Window;

/// Reads `since <anchor>` and its like.
fn of_one_day(text: &str) -> Option<Result<Window, Expected>> {
    let (word, rest) = text.split_once(' ')?;
    let make = match word {
        "since" => Window::Since,
        "after" => Window::After,
        "through" => Window::Through,
        "before" => Window::Earlier,
        _ => return None,
    };
    Some(anchor(rest).map(make))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_read_as_they_are_written() {
        assert_eq!(window("12 months before application"), Ok(Window::Before(Length::Months(12), Anchor::Application)));
        assert_eq!(
            window("2 weeks after event hired"),
            Ok(Window::Within(Length::Days(14), Anchor::Event { kind: "hired".into(), first: false }))
        );
        assert_eq!(window("since 2020-10-01"), Ok(Window::Since(Anchor::Date(date("2020-10-01").unwrap()))));
        assert_eq!(window("while holding initial"), Ok(Window::WhileHolding("initial".into())));
        assert_eq!(
            window("at least 14 days before event training_started"),
            Ok(Window::AtLeastBefore(
                Length::Days(14),
                Anchor::Event { kind: "training_started".into(), first: false }
            ))
        );
        assert_eq!(
            window("at least 1 month after application"),
            Ok(Window::AtLeastAfter(Length::Months(1), Anchor::Application))
        );
        assert_eq!(window("at least 12 months"), Err(WINDOWS));
        assert_eq!(window("12 months"), Err(WINDOWS));
        assert_eq!(window("12 moons before application"), Err(LENGTHS));
        assert_eq!(window("12 months before breakfast"), Err(ANCHORS));
    }
}
