//! The few value types that columns hold: ids, days, moments and words, all integers inside.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, Integer};
use serde::{Deserialize, Serialize};

/// Stores a newtype over an integer as that integer, on any database that stores the integer.
macro_rules! stored_as {
    ($name:ident, $inner:ty, $sql:ty) => {
        impl<DB: Backend> ToSql<$sql, DB> for $name
        where
            $inner: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<$sql, DB> for $name
        where
            $inner: FromSql<$sql, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                <$inner>::from_sql(bytes).map(Self)
            }
        }
    };
}

/// The key of a row: roughly ordered by time of making, unique without asking the database.
///
/// Outside it is written as 13 letters of Crockford's base 32, so that no reader takes it for a number.
/// It is no secret: rights are checked wherever one comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Id(pub i64);
stored_as!(Id, i64, BigInt);

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 2020-01-01T00:00:00Z in milliseconds; ids count from here.
const ID_EPOCH_MILLIS: i64 = 1_577_836_800_000;
static LAST_ID: AtomicI64 = AtomicI64::new(0);

impl Id {
    /// What acts when no person does: the service itself.
    pub const SYSTEM: Self = Self(0);

    /// A new id. The upper 41 bits are the milliseconds of `now`, the lower 22 start at random and count on.
    #[must_use]
    pub fn fresh(now: DateTime<Utc>) -> Self {
        let mut low = [0_u8; 4];
        // Without randomness the counter alone keeps ids of one process apart.
        let random = getrandom::fill(&mut low).map_or(0, |()| i64::from(u32::from_be_bytes(low) >> 10));
        let wished = ((now.timestamp_millis() - ID_EPOCH_MILLIS).max(1) << 22) | random;
        let last = LAST_ID.fetch_max(wished, Ordering::Relaxed);
        if last < wished { Self(wished) } else { Self(LAST_ID.fetch_add(1, Ordering::Relaxed) + 1) }
    }
}

impl Id {
    /// The key of what a person has at most once on a day: the same for everybody who makes it, and apart from fresh
    /// ones by its beginning at midnight. `place` tells sorts of things apart.
    #[must_use]
    pub fn of_day(day: NaiveDate, place: u8) -> Self {
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        Self(((midnight - ID_EPOCH_MILLIS).max(1) << 22) | i64::from(place))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = u64::from_be_bytes(self.0.to_be_bytes());
        for place in (0..13).rev() {
            let digit = usize::try_from((bits >> (place * 5)) & 31).ok();
            let letter = digit.and_then(|at| DIGITS.get(at)).copied().map(char::from).ok_or(fmt::Error)?;
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

/// Text that is no id of ours.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id, expected 13 letters and digits as another answer gave them")]
pub struct NotAnId(pub String);

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let refuse = || NotAnId(text.chars().take(40).collect());
        if text.len() != 13 {
            return Err(refuse());
        }
        let mut bits: u64 = 0;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|d| *d == byte).ok_or_else(refuse)?;
            bits = bits.checked_mul(32).ok_or_else(refuse)? | u64::try_from(digit).ok().ok_or_else(refuse)?;
        }
        Ok(Self(i64::from_be_bytes(bits.to_be_bytes())))
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct Day(pub i32);
stored_as!(Day, i32, Integer);

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        let days = date.signed_duration_since(NaiveDate::default()).num_days();
        // chrono's dates span fewer than 2^31 days.
        Self(i32::try_from(days).unwrap_or(i32::MAX))
    }
}

impl Day {
    /// The date of this day.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let count = Days::new(u64::from(self.0.unsigned_abs()));
        let epoch = NaiveDate::default();
        if self.0 < 0 { epoch.checked_sub_days(count) } else { epoch.checked_add_days(count) }.unwrap_or(NaiveDate::MAX)
    }
}

/// A moment in UTC, in whole microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Moment(pub i64);
stored_as!(Moment, i64, BigInt);

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
}

impl Moment {
    /// The moment as date and time in UTC.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// The key of a word in the table `word`; see [`super::repo`](crate::storage::lite::repo).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct Word(pub i32);
stored_as!(Word, i32, Integer);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        for id in [Id(0), Id(1), Id(i64::MAX), Id(-1), Id::fresh(DateTime::UNIX_EPOCH)] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert!("too-short".parse::<Id>().is_err());
        assert!("zzzzzzzzzzzzz".parse::<Id>().is_err(), "more than 64 bits");
    }

    #[test]
    fn ids_made_in_one_millisecond_differ_and_ascend() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let ids: Vec<Id> = (0..10_000).map(|_| Id::fresh(now)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_day_is_the_date_it_came_from() {
        for text in ["1969-12-31", "1970-01-01", "2028-02-29", "9999-12-31"] {
            let date: NaiveDate = text.parse().unwrap();
            assert_eq!(Day::from(date).date(), date);
        }
    }
}
