//! Days as numbers from 1970-01-01, and months before and after them: as `calendar`, without dates.

use chrono::NaiveDate;

use super::super::calendar::Length;

/// Days from 1970-01-01 to a date.
#[must_use]
pub fn number(date: NaiveDate) -> i32 {
    // chrono's dates span fewer than 2^31 days.
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

/// The date of a day, for what only dates can say.
pub(super) fn date(day: i32) -> NaiveDate {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(i64::from(day))).unwrap_or(NaiveDate::MAX)
}

/// Days that were counted by months, so that people with the same days share the counting.
#[derive(Debug, Default)]
pub(super) struct Months {
    /// By months: rules name few lengths.
    known: Vec<(i32, Vec<Counted>)>,
}

/// A day, and what it comes to.
type Counted = (i32, i32);

impl Months {
    /// Eleven years of days; days further apart take turns.
    const PLACES: i32 = 4_096;

    /// That long after `day`, clamped to the month's end.
    pub(super) fn after(&mut self, length: Length, day: i32) -> i32 {
        match length {
            Length::Days(n) => day.saturating_add(signed(n)),
            Length::Months(n) => self.moved(day, signed(n)),
        }
    }

    /// That long before `day`, clamped to the month's end.
    pub(super) fn before(&mut self, length: Length, day: i32) -> i32 {
        match length {
            Length::Days(n) => day.saturating_sub(signed(n)),
            Length::Months(n) => self.moved(day, -signed(n)),
        }
    }

    fn moved(&mut self, day: i32, months: i32) -> i32 {
        let known = self.known.iter_mut().find(|(of, _)| *of == months);
        let place = usize::try_from(day.rem_euclid(Self::PLACES)).unwrap_or(0);
        match known.and_then(|(_, days)| days.get_mut(place)) {
            Some((known, counted)) if *known == day => *counted,
            Some(known) => {
                *known = (day, moved(day, months));
                known.1
            }
            None => {
                // A day that falls on the next place is never asked for here.
                self.known.push((months, (1..=Self::PLACES).map(|other| (other, 0)).collect()));
                moved(day, months)
            }
        }
    }
}

fn signed(n: u32) -> i32 {
    // Lengths in packs stay below 84,001.
    i32::try_from(n).unwrap_or(i32::MAX / 2)
}

/// So many months later or earlier.
fn moved(day: i32, months: i32) -> i32 {
    let (year, month, of_month) = civil(day);
    let months = year * 12 + (month - 1) + months;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    count(year, month, of_month.min(last_of(year, month)))
}

fn last_of(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of the month. The year is counted from March, so that the leap day comes last.
fn civil(day: i32) -> (i32, i32, i32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day - era * 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + i32::from(month <= 2), month, of_year - (153 * from_march + 2) / 5 + 1)
}

fn count(year: i32, month: i32, day: i32) -> i32 {
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_those_of_the_calendar() {
        let mut months = Months::default();
        // Every day of four centuries would do; every 13th keeps the test short and meets each day of the month.
        for day in (number("1900-01-01".parse().unwrap())..number("2300-01-01".parse().unwrap())).step_by(13) {
            assert_eq!(number(date(day)), day);
            for length in [0, 1, 6, 12, 24, 25, 600].map(Length::Months).into_iter().chain([Length::Days(90)]) {
                // Counted anew, and known from before.
                for _ in 0..2 {
                    let (later, earlier) = (months.after(length, day), months.before(length, day));
                    assert_eq!(later, number(length.after(date(day))), "{length:?} after {}", date(day));
                    assert_eq!(earlier, number(length.before(date(day))), "{length:?} before {}", date(day));
                }
            }
        }
    }
}
