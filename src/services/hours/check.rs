//! What an entry must be before it is stored.

use chrono::{Days, NaiveDate};

use super::entry::HoursWish;
use crate::rules::words::{ServiceKinds, Word as RecordWord};

/// The longest stretch one entry may sum up.
const LONGEST_STRETCH: Days = Days::new(30);
/// The earliest day anyone's hours can lie on; older years are slips of the keyboard.
const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(1980, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Why an entry cannot be stored as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefusal {
    /// The days are out of order or too far apart.
    #[error(
        "the entry runs from `{from}` to `{to}`, expected a last day on or after the first and at most 31 days in all"
    )]
    Days {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// The day has not come yet, or lies before 1980.
    #[error(
        "`{0}` is not a day on which hours can have been served by now, expected a day from 1980-01-01 through today"
    )]
    NotYet(NaiveDate),
    /// More minutes than the days have, or none.
    #[error("`{minutes}` minutes do not fit into `{days}` day(s), expected 1 to {most}")]
    Minutes {
        /// As given.
        minutes: u32,
        /// Days of the entry.
        days: u32,
        /// What fits.
        most: u32,
    },
    /// Clock times that are no stretch of one day.
    #[error(
        "the times `{start}` to `{end}` are not a stretch of one day, expected both as HH:MM, the first before the last, on a single day"
    )]
    Times {
        /// As given.
        start: String,
        /// As given.
        end: String,
    },
    /// The times and the minutes disagree.
    #[error("the entry says {minutes} minutes, but its times hold only {room}")]
    LongerThanTimes {
        /// As given.
        minutes: u32,
        /// Between the times.
        room: u32,
    },
    /// A word outside its list.
    #[error("{0}")]
    Kind(String),
    /// A picked word that looks like a text.
    #[error(
        "`{field}` is `{found}`, expected a short word of small letters, digits, `_` and `-`; do not write about the people served"
    )]
    NotAWord {
        /// Which.
        field: &'static str,
        /// What was found, cut.
        found: String,
    },
    /// A group of no one.
    #[error("`group_size` is `{0}`, expected 2 to 200")]
    GroupSize(u32),
    /// The same time is already taken.
    #[error("these times overlap with the entry `{0}`, expected each minute once; correct that entry or this one")]
    Overlaps(String),
    /// The day is full.
    #[error(
        "with this entry `{day}` would hold {minutes} minutes, a day has 1440; correct this entry or another of that day"
    )]
    DayFull {
        /// The day.
        day: NaiveDate,
        /// The sum.
        minutes: u32,
    },
}

impl EntryRefusal {
    /// The field that has to change, as a JSON pointer.
    #[must_use]
    pub const fn pointer(&self) -> &'static str {
        match self {
            Self::Days { .. } => "/to",
            Self::NotYet(_) => "/from",
            Self::Minutes { .. } | Self::LongerThanTimes { .. } | Self::DayFull { .. } => "/minutes",
            Self::Times { .. } | Self::Overlaps(_) => "/start",
            Self::Kind(_) => "/kind",
            Self::NotAWord { field, .. } => field,
            Self::GroupSize(_) => "/group_size",
        }
    }
}

/// Checks what can be said of an entry alone. `latest` is the last day that has begun anywhere on earth.
///
/// # Errors
/// The first thing that has to change.
pub(super) fn alone(wish: &HoursWish, latest: NaiveDate) -> Result<(), EntryRefusal> {
    let last_allowed = wish.from.checked_add_days(LONGEST_STRETCH).unwrap_or(NaiveDate::MAX);
    if wish.to < wish.from || wish.to > last_allowed {
        return Err(EntryRefusal::Days { from: wish.from, to: wish.to });
    }
    for day in [wish.from, wish.to] {
        if day < EARLIEST || day > latest {
            return Err(EntryRefusal::NotYet(day));
        }
    }
    let days = u32::try_from(wish.to.signed_duration_since(wish.from).num_days() + 1).unwrap_or(1);
    let most = days * 1_440;
    if wish.minutes == 0 || wish.minutes > most {
        return Err(EntryRefusal::Minutes { minutes: wish.minutes, days, most });
    }
    times(wish)?;
    if let Err(unknown) = RecordWord::<ServiceKinds>::parse(&wish.kind) {
        return Err(EntryRefusal::Kind(unknown.to_string()));
    }
    for (field, word) in [
        ("/domain", &wish.domain),
        ("/setting", &wish.setting),
        ("/role", &wish.role),
        ("/site", &wish.site),
        ("/kind", &Some(wish.kind.clone())),
    ] {
        if let Some(word) = word.as_deref().filter(|word| !is_picked(word)) {
            return Err(EntryRefusal::NotAWord { field, found: word.chars().take(40).collect() });
        }
    }
    match wish.group_size {
        Some(size) if !(2..=200).contains(&size) => Err(EntryRefusal::GroupSize(size)),
        _ => Ok(()),
    }
}

fn times(wish: &HoursWish) -> Result<(), EntryRefusal> {
    let (start, end) = match (&wish.start, &wish.end) {
        (None, None) => return Ok(()),
        (start, end) => (start.clone().unwrap_or_default(), end.clone().unwrap_or_default()),
    };
    match wish.clock() {
        Some((first, last)) if wish.from == wish.to => {
            let room = u32::try_from(last - first).unwrap_or(0);
            if wish.minutes > room {
                return Err(EntryRefusal::LongerThanTimes { minutes: wish.minutes, room });
            }
            Ok(())
        }
        _ => Err(EntryRefusal::Times { start, end }),
    }
}

/// A word that was picked from a list, not written.
fn is_picked(word: &str) -> bool {
    (1..=40).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wish(from: &str, to: &str, minutes: u32) -> HoursWish {
        HoursWish { from: day(from), to: day(to), minutes, kind: "direct".into(), ..HoursWish::default() }
    }

    fn refusal(wish: &HoursWish) -> EntryRefusal {
        alone(wish, day("2026-11-22")).unwrap_err()
    }

    #[test]
    fn a_day_of_twenty_five_hours_is_refused() {
        assert_eq!(
            refusal(&wish("2026-11-01", "2026-11-01", 1_500)),
            EntryRefusal::Minutes { minutes: 1_500, days: 1, most: 1_440 }
        );
        assert_eq!(alone(&wish("2026-11-01", "2026-11-01", 1_440), day("2026-11-22")), Ok(()));
    }

    #[test]
    fn tomorrow_cannot_have_been_served() {
        assert_eq!(refusal(&wish("2026-11-23", "2026-11-23", 60)), EntryRefusal::NotYet(day("2026-11-23")));
        assert_eq!(refusal(&wish("1926-11-22", "1926-11-22", 60)), EntryRefusal::NotYet(day("1926-11-22")));
    }

    #[test]
    fn days_come_in_order_and_within_a_month() {
        assert!(matches!(refusal(&wish("2026-11-02", "2026-11-01", 60)), EntryRefusal::Days { .. }));
        assert!(matches!(refusal(&wish("2026-09-01", "2026-10-02", 60)), EntryRefusal::Days { .. }));
    }

    #[test]
    fn a_text_is_no_picked_word() {
        let told = HoursWish { setting: Some("at home with J. Doe".into()), ..wish("2026-11-01", "2026-11-01", 60) };
        assert!(matches!(refusal(&told), EntryRefusal::NotAWord { field: "/setting", .. }));
    }

    #[test]
    fn times_and_minutes_agree() {
        let times = |start: &str, end: &str, minutes| HoursWish {
            start: Some(start.into()),
            end: Some(end.into()),
            ..wish("2026-11-01", "2026-11-01", minutes)
        };
        assert_eq!(alone(&times("14:00", "15:00", 60), day("2026-11-22")), Ok(()));
        assert_eq!(refusal(&times("14:00", "15:00", 61)), EntryRefusal::LongerThanTimes { minutes: 61, room: 60 });
        assert!(matches!(refusal(&times("15:00", "14:00", 60)), EntryRefusal::Times { .. }));
        assert!(matches!(refusal(&times("24:00", "25:00", 60)), EntryRefusal::Times { .. }));
    }
}
