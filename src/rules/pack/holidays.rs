//! `holidays`: the days beside weekends on which a board does not work, as dates or as rules for every year.

use chrono::{Datelike, NaiveDate, Weekday};

use super::super::calendar::{next_day, previous_day};
use super::phrase;
use super::table::Table;
use super::term_words::{day_of_year, month};

/// A day on which the board does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// One date.
    On(NaiveDate),
    /// The same day every year.
    Every {
        /// Month, from 1.
        month: u32,
        /// Day of the month.
        day: u32,
        /// On a weekend it is kept on the nearest weekday.
        nearest_weekday: bool,
    },
    /// Such as the first Monday of September; 5 is the last one.
    Nth(u8, Weekday, u32),
}

impl Holiday {
    /// Whether it falls on `day`.
    #[must_use]
    pub fn is_on(self, day: NaiveDate) -> bool {
        match self {
            Self::On(date) => date == day,
            Self::Every { month, day: of_month, nearest_weekday } => {
                // The first of January may be kept on the last of December.
                let years = [day.year(), day.year().saturating_add(1)];
                let dates = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, of_month));
                dates.into_iter().any(|date| date == day || nearest_weekday && kept_on(date) == day)
            }
            Self::Nth(5, weekday, month) => {
                day.month() == month && day.weekday() == weekday && plus_a_week(day).month() != month
            }
            Self::Nth(nth, weekday, month) => {
                day.month() == month && day.weekday() == weekday && day.day0() / 7 + 1 == u32::from(nth)
            }
        }
    }
}

fn kept_on(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => previous_day(date),
        Weekday::Sun => next_day(date),
        _ => date,
    }
}

fn plus_a_week(day: NaiveDate) -> NaiveDate {
    super::super::calendar::Length::Days(7).after(day)
}

/// The day itself if the board works on it, else the working day before.
#[must_use]
pub fn back_to_working_day(day: NaiveDate, holidays: &[Holiday]) -> NaiveDate {
    let rests = |day: NaiveDate| {
        matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || holidays.iter().any(|holiday| holiday.is_on(day))
    };
    let mut found = day;
    // No board rests for a month; a pack that says so gets the day as computed.
    for _ in 0..31 {
        if !rests(found) {
            return found;
        }
        found = previous_day(found);
    }
    day
}

/// `holidays = ["4 July, or the nearest weekday", "first Monday of September", "2026-11-27"]`.
pub(super) fn holidays(root: &Table<'_, '_>) -> Vec<Holiday> {
    let texts = root.texts("holidays").unwrap_or_default();
    let mut all = Vec::new();
    for text in texts {
        match read(text.value) {
            Some(holiday) => all.push(holiday),
            None => root.problem(
                "bad_phrase",
                text.line,
                format!("holiday `{}`", text.value),
                "`4 July`, `4 July, or the nearest weekday`, `first Monday of September`, `last Monday of May` or `2026-11-27`",
                "use one of these phrases",
            ),
        }
    }
    all
}

fn read(text: &str) -> Option<Holiday> {
    if let Some(date) = phrase::date(text) {
        return Some(Holiday::On(date));
    }
    if let Some((which, name)) = text.split_once(" of ") {
        let (nth, weekday) = which.split_once(' ')?;
        let nth = ["first", "second", "third", "fourth", "last"].iter().zip(1_u8..).find(|(word, _)| **word == nth)?.1;
        return Some(Holiday::Nth(nth, self::weekday(weekday)?, month(name)?));
    }
    let (day, nearest_weekday) = text.strip_suffix(", or the nearest weekday").map_or((text, false), |day| (day, true));
    let (month, day) = day_of_year(day)?;
    Some(Holiday::Every { month, day, nearest_weekday })
}

fn weekday(name: &str) -> Option<Weekday> {
    let all = [
        ("Monday", Weekday::Mon),
        ("Tuesday", Weekday::Tue),
        ("Wednesday", Weekday::Wed),
        ("Thursday", Weekday::Thu),
        ("Friday", Weekday::Fri),
        ("Saturday", Weekday::Sat),
        ("Sunday", Weekday::Sun),
    ];
    all.into_iter().find(|(known, _)| *known == name).map(|(_, day)| day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_fall_where_the_calendar_of_the_united_states_has_them() {
        let on = |text: &str, day: &str| read(text).unwrap().is_on(day.parse().unwrap());
        assert!(on("first Monday of September", "2026-09-07") && !on("first Monday of September", "2026-09-14"));
        assert!(on("last Monday of May", "2027-05-31") && !on("last Monday of May", "2027-05-24"));
        assert!(on("fourth Thursday of November", "2026-11-26"));
        // 4 July 2026 is a Saturday, 1 January 2028 too.
        assert!(on("4 July, or the nearest weekday", "2026-07-03") && !on("4 July", "2026-07-03"));
        assert!(on("1 January, or the nearest weekday", "2027-12-31"));
        assert_eq!(read("4th of July"), None);
    }
}
