//! How long an account rests after wrong passwords in a row: longer each time, never for good.
//!
//! An attacker gets at most 20 tries in an hour and 100 in a row; the owner can always set a new password by
//! mail, which ends the rest at once.

use chrono::Duration;

/// Wrong passwords that cost nothing.
const FREE: i32 = 5;
/// Tries in a row after which only a new password helps.
const MOST: i32 = 100;

/// How long no password is tried after `failures` in a row.
#[must_use]
pub fn rest(failures: i32) -> Option<Duration> {
    if failures < FREE {
        return None;
    }
    if failures >= MOST {
        return Some(Duration::days(36_500));
    }
    let doublings = u32::try_from(failures - FREE).unwrap_or(0).min(5);
    Some(Duration::seconds((30_i64 << doublings).min(900)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attacker_gets_at_most_twenty_tries_in_an_hour() {
        let (mut seconds, mut tries) = (0, 0);
        while seconds < 3_600 {
            tries += 1;
            seconds += rest(tries).map_or(0, |rest| rest.num_seconds());
        }
        assert!((FREE..=20).contains(&tries), "{tries} tries");
    }

    #[test]
    fn an_attacker_gets_at_most_a_hundred_tries_in_a_row() {
        assert!(rest(99).unwrap() <= Duration::minutes(15));
        assert!(rest(100).unwrap() > Duration::days(365));
    }
}
