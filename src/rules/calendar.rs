//! Days and months: clamped arithmetic, ages, month ends.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A length of time in whole days or whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Days.
    Days(u32),
    /// Months.
    Months(u32),
}

impl Length {
    /// Whether it is no time at all.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        matches!(self, Self::Days(0) | Self::Months(0))
    }

    /// That long after `day`, clamped to the month's end.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(n) => day.checked_add_days(Days::new(u64::from(n))),
            Self::Months(n) => day.checked_add_months(Months::new(n)),
        }
        .unwrap_or(NaiveDate::MAX)
    }

    /// As packs say it.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Days(1) => "1 day".to_owned(),
            Self::Days(days) => format!("{days} days"),
            Self::Months(1) => "1 month".to_owned(),
            Self::Months(months) if months > 0 && months.is_multiple_of(12) && months != 12 => {
                format!("{} years", months / 12)
            }
            Self::Months(months) => format!("{months} months"),
        }
    }

    /// That long before `day`, clamped to the month's end.
    #[must_use]
    pub fn before(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(n) => day.checked_sub_days(Days::new(u64::from(n))),
            Self::Months(n) => day.checked_sub_months(Months::new(n)),
        }
        .unwrap_or(NaiveDate::MIN)
    }
}

/// The next day.
#[must_use]
pub fn next_day(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// The day before.
#[must_use]
pub fn previous_day(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The last day of the month `day` is in.
#[must_use]
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    previous_day(Length::Months(1).after(first))
}

/// The day a person turns `years`; 29 February becomes 1 March in other years.
#[must_use]
pub fn birthday(birth: NaiveDate, years: u32) -> NaiveDate {
    let year = birth.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX));
    NaiveDate::from_ymd_opt(year, birth.month(), birth.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        .unwrap_or(NaiveDate::MAX)
}

/// Full years of age on `day`.
#[must_use]
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> u32 {
    let years = u32::try_from(day.year().saturating_sub(birth.year())).unwrap_or(0);
    if years > 0 && birthday(birth, years) > day { years - 1 } else { years }
}

/// Reads a day as it is written everywhere: four digits, two and two with hyphens between them, and nothing near it.
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let mut number = |digits: usize| -> Option<u32> {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if plain { part.parse().ok() } else { None }
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_clamped_to_the_months_end() {
        assert_eq!(Length::Months(1).after(day("2025-01-31")), day("2025-02-28"));
        assert_eq!(Length::Months(12).before(day("2024-02-29")), day("2023-02-28"));
    }

    #[test]
    fn someone_born_on_29_february_turns_19_on_1_march() {
        assert_eq!(birthday(day("1988-02-29"), 19), day("2007-03-01"));
        assert_eq!(age_on(day("1988-02-29"), day("2007-02-28")), 18);
        assert_eq!(age_on(day("1988-02-29"), day("2007-03-01")), 19);
        assert_eq!(age_on(day("1988-02-29"), day("2008-02-29")), 20);
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(month_end(day("2024-02-03")), day("2024-02-29"));
        assert_eq!(month_end(day("2025-12-31")), day("2025-12-31"));
    }
}
