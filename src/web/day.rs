//! Days as callers of the API write them: to the letter, as in records and on the command line. What is read kindly here
//! would be another day somewhere else.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::rules::calendar::parse_day;

/// What is said of a text that is not a day; refusals know it by this.
pub(super) const NOT_A_DAY: &str = "not a day of the calendar";

/// Reads a day.
pub(super) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    from.deserialize_str(DayVisitor)
}

/// Reads a day, or nothing.
pub(super) fn maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    struct Day(NaiveDate);
    impl<'de> Deserialize<'de> for Day {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            read(from).map(Self)
        }
    }
    Ok(Option::<Day>::deserialize(from)?.map(|day| day.0))
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a formatted date string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NaiveDate, E> {
        parse_day(text).ok_or_else(|| E::custom(NOT_A_DAY))
    }
}
