//! The short sentences of a pack: lengths, anchors, windows, term ends.
//!
//! Each has a strict grammar; a sentence outside it is refused with the sentences that exist.

use chrono::NaiveDate;

use super::super::calendar::Length;

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
    /// Inside the term.
    ThisTerm,
    /// While a stage was held.
    WhileHolding(String),
    /// Every day.
    NoLimit,
}

/// How the last day of a term is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermRule {
    /// So many months.
    Months(u32),
    /// So many months, then on to the end of that month.
    MonthsToMonthEnd(u32),
    /// So many months, then on to the next end of a birth month.
    OnToBirthMonthEnd(u32),
    /// So many months, then back to the last end of a birth month.
    BackToBirthMonthEnd(u32),
    /// The first such day after the start.
    Fixed {
        /// Month, from 1.
        month: u32,
        /// Day of the month.
        day: u32,
        /// Which years.
        years: Years,
    },
    /// It does not end.
    NoEnd,
}

/// The years in which a fixed day falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    /// Every year.
    Every,
    /// Odd years.
    Odd,
    /// Even years.
    Even,
}

/// What the parser expects where it found something else.
pub(super) type Expected = &'static str;

const LENGTHS: Expected = "a length such as `90 days`, `6 weeks`, `12 months` or `3 years`";
const ANCHORS: Expected = "`application`, `application complete`, `application approved`, `issue`, `issue of <stage>`, `term start`, `term end`, `previous term start`, `previous term end`, `exam passed`, `event <kind>`, `first event <kind>`, `birth`, `today` or a date";
const WINDOWS: Expected = "`<length> before <anchor>`, `<length> after <anchor>`, `since <anchor>`, `after <anchor>`, `through <anchor>`, `before <anchor>`, `this term`, `while holding <stage>` or `no limit`";
const TERMS: Expected = "`24 months`, `24 months, on to the end of the month`, `24 months, on to the end of the birth month`, `24 months, back to the end of the birth month`, `until 1 September of odd years` or `no end`";

/// Reads `90 days`.
pub(super) fn length(text: &str) -> Result<Length, Expected> {
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
pub(super) fn anchor(text: &str) -> Result<Anchor, Expected> {
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
pub(super) fn window(text: &str) -> Result<Window, Expected> {
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
    if let Some((first, rest)) = text.split_once(" before ") {
        return Ok(Window::Before(length(first)?, anchor(rest)?));
    }
    if let Some((first, rest)) = text.split_once(" after ") {
        return Ok(Window::Within(length(first)?, anchor(rest)?));
    }
    Err(WINDOWS)
}

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

/// Reads how a term ends.
pub(super) fn term(text: &str) -> Result<TermRule, Expected> {
    if text == "no end" {
        return Ok(TermRule::NoEnd);
    }
    if let Some(rest) = text.strip_prefix("until ") {
        return fixed(rest).ok_or(TERMS);
    }
    let (first, ending) = text.split_once(", ").unwrap_or((text, ""));
    let Length::Months(months) = length(first)? else { return Err(TERMS) };
    if months == 0 {
        return Err(TERMS);
    }
    match ending {
        "" => Ok(TermRule::Months(months)),
        "on to the end of the month" => Ok(TermRule::MonthsToMonthEnd(months)),
        "on to the end of the birth month" => Ok(TermRule::OnToBirthMonthEnd(months)),
        "back to the end of the birth month" => Ok(TermRule::BackToBirthMonthEnd(months)),
        _ => Err(TERMS),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn fixed(text: &str) -> Option<TermRule> {
    let (day, years) = text.split_once(" of ")?;
    let years = match years {
        "every year" => Years::Every,
        "odd years" => Years::Odd,
        "even years" => Years::Even,
        _ => return None,
    };
    let (day, month) = day.split_once(' ')?;
    let month = MONTHS.iter().zip(1_u32..).find(|(name, _)| **name == month).map(|(_, n)| n)?;
    let day: u32 = day.parse().ok()?;
    NaiveDate::from_ymd_opt(2023, month, day)?;
    Some(TermRule::Fixed { month, day, years })
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
        assert_eq!(window("12 months"), Err(WINDOWS));
        assert_eq!(window("12 moons before application"), Err(LENGTHS));
        assert_eq!(window("12 months before breakfast"), Err(ANCHORS));
    }

    #[test]
    fn terms_read_as_they_are_written() {
        assert_eq!(term("2 years"), Ok(TermRule::Months(24)));
        assert_eq!(term("until 1 September of odd years"), Ok(TermRule::Fixed { month: 9, day: 1, years: Years::Odd }));
        assert_eq!(term("until 31 September of odd years"), Err(TERMS));
        assert_eq!(term("90 days"), Err(TERMS));
    }
}
