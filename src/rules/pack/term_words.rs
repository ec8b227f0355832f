//! How a term ends, in words: months, fixed days, month ends, working days, another credential.

use chrono::NaiveDate;

use super::super::calendar::Length;
use super::phrase::{Anchor, Expected, anchor, length};

/// How the last day of a term is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermRule {
    /// So many months.
    Months(u32),
    /// So many months, then on to the end of that month.
    MonthsToMonthEnd(u32),
    /// So many months, then back to the first day of that month.
    MonthsToMonthStart(u32),
    /// So many months, then on to the next such day.
    OnTo(u32, BirthPoint),
    /// So many months, then back to the last such day.
    BackTo(u32, BirthPoint),
    /// The first such day after the start.
    Fixed {
        /// Month, from 1.
        month: u32,
        /// Day of the month.
        day: u32,
        /// Which years.
        years: Years,
    },
    /// Such a day, so many calendar years after the year in which something happened to the person; where that is over
    /// before the term starts, as many years further on.
    YearsAfter {
        /// Month, from 1.
        month: u32,
        /// Day of the month.
        day: u32,
        /// How many years after.
        years: u32,
        /// What happened.
        anchor: Anchor,
    },
    /// As the rule inside says, but back to a working day of the board.
    BackToWorkingDay(Box<TermRule>),
    /// With the term of another credential.
    With(String),
    /// As the rule inside says, but no later than another credential's term.
    NoLaterThan(Box<TermRule>, String),
    /// With another credential's term where that one is held and ends after this one starts, else as the rule inside says.
    WithWhereHeld(Box<TermRule>, String),
    /// It does not end.
    NoEnd,
}

impl TermRule {
    /// Whether the last day hangs on the day of birth.
    #[must_use]
    pub fn reads_birth(&self) -> bool {
        match self {
            Self::OnTo(..) | Self::BackTo(..) => true,
            Self::BackToWorkingDay(inner) | Self::NoLaterThan(inner, _) | Self::WithWhereHeld(inner, _) => {
                inner.reads_birth()
            }
            _ => false,
        }
    }

    /// The other credential that the end hangs on.
    #[must_use]
    pub fn credential(&self) -> Option<&str> {
        match self {
            Self::With(id) | Self::NoLaterThan(_, id) | Self::WithWhereHeld(_, id) => Some(id),
            Self::BackToWorkingDay(inner) => inner.credential(),
            _ => None,
        }
    }

    /// What happened to the person from which the years are counted.
    #[must_use]
    pub fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::YearsAfter { anchor, .. } => Some(anchor),
            Self::BackToWorkingDay(inner) | Self::NoLaterThan(inner, _) | Self::WithWhereHeld(inner, _) => {
                inner.anchor()
            }
            _ => None,
        }
    }
}

/// A day of each year that hangs on the day of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BirthPoint {
    /// The last day of the birth month.
    MonthEnd,
    /// The birthday; 1 March in common years for who was born on 29 February.
    Birthday,
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
    /// So many calendar years after the year of the start.
    After(u32),
    /// Every so many years, counted from one.
    Each {
        /// How many years apart.
        apart: u32,
        /// A year in which it falls.
        from: i32,
    },
}

impl Years {
    /// Whether the day falls in `year`, for what started in `start`.
    #[must_use]
    pub fn has(self, year: i32, start: i32) -> bool {
        match self {
            Self::Every => true,
            Self::After(years) => i32::try_from(years).is_ok_and(|years| year.saturating_sub(start) == years),
            Self::Odd => year.rem_euclid(2) == 1,
            Self::Even => year.rem_euclid(2) == 0,
            Self::Each { apart, from } => {
                i32::try_from(apart).is_ok_and(|apart| year.saturating_sub(from).rem_euclid(apart.max(1)) == 0)
            }
        }
    }

    /// The day falls at least once in so many years.
    #[must_use]
    pub fn apart(self) -> i32 {
        match self {
            Self::Every => 1,
            Self::Odd | Self::Even => 2,
            Self::After(years) => i32::try_from(years).unwrap_or(i32::MAX),
            Self::Each { apart, .. } => i32::try_from(apart).unwrap_or(i32::MAX),
        }
    }
}

const TERMS: Expected = "`24 months`, `24 months, on to the end of the month`, `24 months, back to the first of the month`, `24 months, on to the end of the birth month`, `24 months, back to the end of the birth month`, `24 months, on to the birthday`, `24 months, back to the birthday`, `until 1 September of odd years`, `until 30 September of every 4 years from 2015`, `until 31 October of the 2nd year after`, `until 31 October of the 2nd year after exam passed`, `with <credential>`, `no end` or `not stated`; before the end of the phrase also `, with <credential> where it is held`, `, back to a working day` and `, at the latest with <credential>`";

const YEARS_AFTER: Expected = "`until 31 October of the 2nd year after` and what happened: `exam passed`, `event <kind>`, `first event <kind>`, `application`, `application complete` or `application approved`; with nothing behind it, the year in which the term starts counts";

const WHERE_HELD: Expected = "how the term ends for who does not hold the other credential, then `, with <credential> where it is held`, such as `24 months, with us-xx-base where it is held`";

/// The sources do not say how long it holds: runs as `no end` does, and is said as what it is.
pub const NOT_STATED: &str = "not stated";

/// Reads how a term ends.
pub(super) fn term(text: &str) -> Result<TermRule, Expected> {
    if let Some(rest) = text.strip_suffix(", back to a working day") {
        return match term(rest)? {
            TermRule::NoEnd | TermRule::BackToWorkingDay(_) => Err(TERMS),
            inner => Ok(TermRule::BackToWorkingDay(Box::new(inner))),
        };
    }
    if let Some((rest, credential)) = text.split_once(", at the latest with ") {
        return match term(rest)? {
            TermRule::NoEnd => Err(TERMS),
            inner => credential_id(credential).map(|id| TermRule::NoLaterThan(Box::new(inner), id)),
        };
    }
    if let Some(rest) = text.strip_suffix(" where it is held") {
        let (own, credential) = rest.rsplit_once(", with ").ok_or(WHERE_HELD)?;
        return match term(own)? {
            TermRule::NoEnd | TermRule::With(_) => Err(WHERE_HELD),
            inner => credential_id(credential).map(|id| TermRule::WithWhereHeld(Box::new(inner), id)),
        };
    }
    if let Some(credential) = text.strip_prefix("with ") {
        return credential_id(credential).map(TermRule::With);
    }
    if text == "no end" || text == NOT_STATED {
        return Ok(TermRule::NoEnd);
    }
    if let Some(rest) = text.strip_prefix("until ") {
        return fixed(rest);
    }
    let (first, ending) = text.split_once(", ").unwrap_or((text, ""));
    let Ok(Length::Months(months)) = length(first) else { return Err(TERMS) };
    if months == 0 {
        return Err(TERMS);
    }
    match ending {
        "" => Ok(TermRule::Months(months)),
        "on to the end of the month" => Ok(TermRule::MonthsToMonthEnd(months)),
        "back to the first of the month" => Ok(TermRule::MonthsToMonthStart(months)),
        "on to the end of the birth month" => Ok(TermRule::OnTo(months, BirthPoint::MonthEnd)),
        "back to the end of the birth month" => Ok(TermRule::BackTo(months, BirthPoint::MonthEnd)),
        "on to the birthday" => Ok(TermRule::OnTo(months, BirthPoint::Birthday)),
        "back to the birthday" => Ok(TermRule::BackTo(months, BirthPoint::Birthday)),
        _ => Err(TERMS),
    }
}

fn credential_id(text: &str) -> Result<String, Expected> {
    if text.is_empty() || text.contains([' ', ',']) { Err(TERMS) } else { Ok(text.to_owned()) }
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

/// The number of a month, from 1.
pub(super) fn month(name: &str) -> Option<u32> {
    MONTHS.iter().zip(1_u32..).find(|(known, _)| **known == name).map(|(_, number)| number)
}

/// Reads `4 July` as month and day.
pub(super) fn day_of_year(text: &str) -> Option<(u32, u32)> {
    let (day, name) = text.split_once(' ')?;
    let (month, day) = (month(name)?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(2023, month, day)?;
    Some((month, day))
}

const ORDINALS: [(&str, u32); 5] = [
    ("the year after", 1),
    ("the 2nd year after", 2),
    ("the 3rd year after", 3),
    ("the 4th year after", 4),
    ("the 5th year after", 5),
];

fn fixed(text: &str) -> Result<TermRule, Expected> {
    let (day, words) = text.split_once(" of ").ok_or(TERMS)?;
    let (month, day) = day_of_year(day).ok_or(TERMS)?;
    let counted = ORDINALS.iter().find_map(|(after, years)| Some((words.strip_prefix(after)?, *years)));
    let years = match (words, counted) {
        ("every year", _) => Years::Every,
        ("odd years", _) => Years::Odd,
        ("even years", _) => Years::Even,
        (_, Some(("", years))) => Years::After(years),
        (_, Some((what, years))) => {
            let anchor =
                what.strip_prefix(' ').and_then(|what| anchor(what).ok()).filter(happens).ok_or(YEARS_AFTER)?;
            return Ok(TermRule::YearsAfter { month, day, years, anchor });
        }
        (other, None) => each(other).ok_or(TERMS)?,
    };
    Ok(TermRule::Fixed { month, day, years })
}

/// Whether it is something that happened to the person before the term.
const fn happens(anchor: &Anchor) -> bool {
    matches!(
        anchor,
        Anchor::ExamPassed
            | Anchor::Event { .. }
            | Anchor::Application
            | Anchor::ApplicationComplete
            | Anchor::ApplicationApproved
    )
}

/// Reads `every 4 years from 2015`.
fn each(text: &str) -> Option<Years> {
    let (apart, from) = text.strip_prefix("every ")?.split_once(" years from ")?;
    let (apart, from) = (apart.parse().ok()?, from.parse().ok()?);
    let known = (2..=20).contains(&apart) && (1900..=2200).contains(&from);
    known.then_some(Years::Each { apart, from })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_as_they_are_written() {
        assert_eq!(term("2 years"), Ok(TermRule::Months(24)));
        assert_eq!(term("24 months, back to the birthday"), Ok(TermRule::BackTo(24, BirthPoint::Birthday)));
        assert_eq!(term("until 1 September of odd years"), Ok(TermRule::Fixed { month: 9, day: 1, years: Years::Odd }));
        assert_eq!(term("with us-xx-base"), Ok(TermRule::With("us-xx-base".into())));
        assert_eq!(
            term("24 months, at the latest with us-xx-base"),
            Ok(TermRule::NoLaterThan(Box::new(TermRule::Months(24)), "us-xx-base".into()))
        );
        assert_eq!(
            term("until 30 September of every 4 years from 2015, back to a working day"),
            Ok(TermRule::BackToWorkingDay(Box::new(TermRule::Fixed {
                month: 9,
                day: 30,
                years: Years::Each { apart: 4, from: 2015 }
            })))
        );
        let exam = TermRule::YearsAfter { month: 10, day: 31, years: 2, anchor: Anchor::ExamPassed };
        assert_eq!(term("until 31 October of the 2nd year after exam passed"), Ok(exam));
        assert_eq!(term("until 31 October of the 2nd year after term end"), Err(YEARS_AFTER));
        assert_eq!(term("until 31 October of the year afterwards"), Err(YEARS_AFTER));
        let own = Box::new(TermRule::MonthsToMonthStart(24));
        assert_eq!(
            term("24 months, back to the first of the month, with us-xx-base where it is held"),
            Ok(TermRule::WithWhereHeld(own, "us-xx-base".into()))
        );
        assert_eq!(term("with us-xx-base where it is held"), Err(WHERE_HELD));
        for wrong in ["90 days", "until 31 September of odd years", "with ", "no end, back to a working day"] {
            assert!(term(wrong).is_err(), "{wrong}");
        }
    }
}
