//! The only reader of the wall clock. Everything else is told the time.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeZone, Utc};

/// Tells the time. The system's clock in production, a set one in tests and demos.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is set.
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that shows `at` until [`Clock::set`] moves it.
    #[must_use]
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self::Set(Arc::new(Mutex::new(at)))
    }

    /// Now, cut to whole microseconds so that both databases store the same value.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Set(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// The day it is now in `zone`: a date is valid through its day in the board's time zone.
    #[must_use]
    pub fn today_in(&self, zone: chrono_tz::Tz) -> NaiveDate {
        zone.from_utc_datetime(&self.now().naive_utc()).date_naive()
    }

    /// Moves a set clock; the system's clock stays as it is.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Self::Set(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }
}
