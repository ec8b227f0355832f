//! Whether hours of service could overlap, so that some of them count only once.

use super::super::record::Service;
use super::days::number;

const MINUTES_IN_A_DAY: u64 = 1_440;

/// What an entry of service that counts, or could count, fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
    /// Its minutes.
    pub minutes: u32,
    /// Minutes of the day at which it began and ended, where both are known.
    pub clock: Option<(u32, u32)>,
}

impl Work {
    /// What a record fills; nothing if it neither counts nor could once a question about it is settled.
    pub(super) fn of(service: &Service) -> Option<Self> {
        let status = service.status.as_ref().map(|status| status.as_str());
        matches!(status, Some("verified" | "attested" | "disputed")).then(|| Self {
            first: number(service.from),
            last: number(service.to),
            minutes: service.minutes.unwrap_or(0),
            clock: service.start_minute().zip(service.end_minute()),
        })
    }

    /// At most so many minutes lie on one of its days.
    fn on_a_day(&self) -> u64 {
        let days = u64::try_from(i64::from(self.last) - i64::from(self.first)).unwrap_or(0) + 1;
        u64::from(self.minutes).div_ceil(days)
    }

    fn same_time(&self, other: &Self) -> bool {
        let crosses = |(from, to): (u32, u32), (begin, end): (u32, u32)| from < end && begin < to;
        self.first == other.first && self.clock.zip(other.clock).is_some_and(|(own, other)| crosses(own, other))
    }
}

/// Whether any of the entries could lose minutes to others, by the clock or because a day would be too long. Entries of
/// later days only add to it, so what does not overlap here never does.
#[must_use]
pub fn may_overlap(work: &mut [Work]) -> bool {
    work.sort_unstable();
    let mut rest = &*work;
    while let [first, others @ ..] = rest {
        // Entries whose days touch, directly or by others between them.
        let mut end = first.last;
        let together = others.iter().take_while(|other| {
            let touches = other.first <= end;
            end = end.max(other.last);
            touches
        });
        let (group, after) = rest.split_at_checked(together.count() + 1).unwrap_or((rest, &[]));
        if crowded(group) {
            return true;
        }
        rest = after;
    }
    false
}

fn crowded(group: &[Work]) -> bool {
    let most: u64 = group.iter().map(Work::on_a_day).sum();
    let clocks = group.iter().enumerate().any(|(at, one)| {
        let same_day = group.iter().skip(at + 1).take_while(|other| other.first == one.first);
        same_day.into_iter().any(|other| one.same_time(other))
    });
    // The sum of all is more than any day has, but short of counting every day.
    clocks || most > MINUTES_IN_A_DAY && longest_day(group) > MINUTES_IN_A_DAY
}

/// The most minutes that could lie on one day: the longest sum over days on which an entry begins.
fn longest_day(group: &[Work]) -> u64 {
    let on = |day: i32| group.iter().filter(|work| work.first <= day && day <= work.last).map(Work::on_a_day).sum();
    group.iter().map(|work| on(work.first)).max().unwrap_or(0)
}
