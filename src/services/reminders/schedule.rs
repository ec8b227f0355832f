//! Which reminder of a schedule is due on a day. Pure.

use chrono::NaiveDate;

use crate::mail::Kind;
use crate::rules::pack::model::Reminders;

/// The reminder that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// So many days before the end of the term.
    Before {
        /// The offset of the schedule.
        offset: i32,
        /// The last day of the term.
        end: NaiveDate,
    },
    /// So many days after it, while renewing is still possible.
    Grace {
        /// The offset of the schedule.
        offset: i32,
        /// The last day of grace.
        through: NaiveDate,
    },
}

impl Due {
    /// The notice's kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Before { .. } => Kind::Reminder,
            Self::Grace { .. } => Kind::Grace,
        }
    }

    /// The offset of the schedule.
    #[must_use]
    pub const fn offset(&self) -> i32 {
        match self {
            Self::Before { offset, .. } | Self::Grace { offset, .. } => *offset,
        }
    }

    /// The day it speaks of.
    #[must_use]
    pub const fn deadline(&self) -> NaiveDate {
        match self {
            Self::Before { end, .. } => *end,
            Self::Grace { through, .. } => *through,
        }
    }
}

/// The reminder due on `today` for a term that ends on `end`: the latest one whose day has come. After days
/// without a worker, or for somebody who came late, the earlier ones are not made up for.
#[must_use]
pub fn due(schedule: &Reminders, end: NaiveDate, grace: Option<NaiveDate>, today: NaiveDate) -> Option<Due> {
    let left = (end - today).num_days();
    if left >= 0 {
        let offset = schedule.before_expiry.iter().copied().filter(|offset| i64::from(*offset) >= left).min()?;
        return Some(Due::Before { offset: i32::try_from(offset).ok()?, end });
    }
    let through = grace.filter(|through| today <= *through)?;
    let offset = schedule.in_grace.iter().copied().filter(|offset| i64::from(*offset) <= -left).max()?;
    Some(Due::Grace { offset: i32::try_from(offset).ok()?, through })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_latest_reminder_whose_day_has_come_is_due() {
        let schedule = Reminders { before_expiry: vec![180, 90, 60, 30, 7], in_grace: vec![1, 15] };
        let end = day("2027-06-30");
        let offset = |today| due(&schedule, end, Some(day("2027-07-30")), day(today)).map(|due| due.offset());
        assert_eq!(offset("2027-01-01"), Some(180));
        assert_eq!(offset("2026-12-31"), None, "181 days before");
        assert_eq!([offset("2027-04-01"), offset("2027-05-31"), offset("2027-06-01")], [Some(90), Some(30), Some(30)]);
        assert_eq!([offset("2027-06-22"), offset("2027-06-23"), offset("2027-06-30")], [Some(30), Some(7), Some(7)]);
        assert_eq!([offset("2027-07-01"), offset("2027-07-15"), offset("2027-07-30")], [Some(1), Some(15), Some(15)]);
        assert_eq!(offset("2027-07-31"), None, "grace is over");
        assert_eq!(due(&schedule, end, None, day("2027-07-01")), None, "there is no grace");
    }
}
