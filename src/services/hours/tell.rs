//! Tells a supervisor that hours wait: one letter for everything logged on one day, sent the next morning.

use chrono::{DateTime, Days, NaiveTime, Utc};

use crate::mail::{HoursToSign, Notice, Place};
use crate::services::acting::Acting;
use crate::services::notices;
use crate::storage::{Conn, Id, StoreError};

/// When the letter goes out, in UTC: morning all over the United States' mainland.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(13, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Owes the supervisor a letter for this day, unless one is owed already.
pub(super) fn tell(conn: &mut Conn<'_>, by: &Acting, supervisor: Id) -> Result<(), StoreError> {
    let notice = Notice::HoursToSign(HoursToSign { link: Place::HoursToSign.link() });
    notices::owe_once_a_day(conn, by, morning_after(by.at), supervisor, notice).map(drop)
}

fn morning_after(at: DateTime<Utc>) -> DateTime<Utc> {
    at.date_naive().checked_add_days(Days::new(1)).map_or(at, |day| day.and_time(MORNING).and_utc())
}
