//! Tells a supervisor that hours wait: one letter for everything logged on one day, sent the next morning.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::mail::{HoursToSign, Notice, Place};
use crate::services::acting::Acting;
use crate::services::{notices, zones};
use crate::storage::{Conn, Id, StoreError};

/// When the letter goes out.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// Where nobody's board is known: five hours behind UTC all year, morning there is morning all over the United States'
/// mainland.
const SOMEWHERE: Tz = Tz::America__Panama;

/// Owes the supervisor of `person` a letter for this day, unless one is owed already. The days are those of the
/// supervisor's board, else of the person's.
pub(super) fn tell(conn: &mut Conn<'_>, by: &Acting, supervisor: Id, person: Id) -> Result<(), StoreError> {
    let zone = match zones::of_person(conn, supervisor)? {
        Some(zone) => zone,
        None => zones::of_person(conn, person)?.unwrap_or(SOMEWHERE),
    };
    let (today, morning) = morning_after(by.at, zone);
    let notice = Notice::HoursToSign(HoursToSign { link: Place::HoursToSign.link() });
    notices::owe_once_a_day(conn, by, (today, morning), supervisor, notice).map(drop)
}

/// The day it is in a zone, and when the next morning comes there.
fn morning_after(at: DateTime<Utc>, zone: Tz) -> (NaiveDate, DateTime<Utc>) {
    let today = at.with_timezone(&zone).date_naive();
    let morning = today.checked_add_days(Days::new(1)).map(|day| day.and_time(MORNING));
    let morning = morning.and_then(|morning| zone.from_local_datetime(&morning).earliest());
    (today, morning.map_or(at, |morning| morning.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_logged_in_the_evening_are_told_of_the_next_morning_there() {
        let told = |at: &str, zone: Tz| {
            let (day, morning) = morning_after(at.parse().unwrap(), zone);
            (day.to_string(), morning.to_rfc3339())
        };
        let said = |day: &str, morning: &str| (day.to_owned(), morning.to_owned());
        // 19:30 and 23:59 on the 14th in Chicago, then midnight.
        let first = said("2026-07-14", "2026-07-15T13:00:00+00:00");
        assert_eq!(told("2026-07-15T00:30:00Z", Tz::America__Chicago), first);
        assert_eq!(told("2026-07-15T04:59:59Z", Tz::America__Chicago), first);
        assert_eq!(told("2026-07-15T05:00:00Z", Tz::America__Chicago), said("2026-07-15", "2026-07-16T13:00:00+00:00"));
        // The night in which clocks go back.
        assert_eq!(told("2026-11-01T02:00:00Z", Tz::America__Chicago), said("2026-10-31", "2026-11-01T14:00:00+00:00"));
    }
}
