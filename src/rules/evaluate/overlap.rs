//! Hours of the same time count once: clock times that overlap, days with more than 1,440 minutes.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entry::{Entry, Source, Verdict};
use super::offer::by_day;

const MINUTES_IN_A_DAY: u64 = 1_440;

/// Marks what an entry loses to older ones. Entries that do not count by themselves take nothing from others.
pub(super) fn marked(mut entries: Vec<Entry<'_>>, as_of: NaiveDate) -> Vec<Entry<'_>> {
    let mut clocks: BTreeMap<NaiveDate, Taken> = BTreeMap::new();
    let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| entries.get(*at).map(|entry| (entry.first, entry.last, start_of(entry), entry.id)));
    for at in order {
        let Some(entry) = entries.get_mut(at) else { continue };
        let Source::Service(service) = entry.source else { continue };
        if !matches!(entry.standing(as_of), Verdict::Yes) {
            continue;
        }
        let minutes = service.minutes.map_or(0, u64::from);
        let mut lost = 0;
        if let (Some(start), Some(end)) = (service.start_minute(), service.end_minute()) {
            lost = clocks.entry(entry.first).or_default().take(start, end).min(minutes);
        }
        for (day, part) in by_day(entry, minutes - lost) {
            let sum = days.entry(day).or_default();
            let room = MINUTES_IN_A_DAY.saturating_sub(*sum).min(part);
            *sum += room;
            lost += part - room;
        }
        entry.overlapping = lost;
    }
    entries
}

fn start_of(entry: &Entry<'_>) -> Option<u32> {
    match entry.source {
        Source::Service(service) => service.start_minute(),
        Source::Learning(_) | Source::Carried(_) => None,
    }
}

/// The minutes of a day that are taken: ranges that neither overlap nor touch, by their ends, each with its start.
#[derive(Debug, Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    /// Takes `start..end`; answers how many of these minutes were taken before.
    fn take(&mut self, start: u32, end: u32) -> u64 {
        if start >= end {
            return 0;
        }
        let touching: Vec<(u32, u32)> =
            self.0.range(start..).map(|(to, from)| (*from, *to)).take_while(|(from, _)| *from <= end).collect();
        let (mut first, mut last, mut before) = (start, end, 0);
        for (from, to) in touching {
            before += u64::from(to.min(end).saturating_sub(from.max(start)));
            (first, last) = (first.min(from), last.max(to));
            self.0.remove(&to);
        }
        self.0.insert(last, first);
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_taken_twice_are_those_that_every_minute_by_itself_would_count() {
        let ranges =
            [(60, 120), (90, 150), (0, 60), (150, 150), (140, 400), (10, 20), (500, 600), (399, 501), (0, 1440)];
        let (mut taken, mut minutes) = (Taken::default(), [false; 1440]);
        for (start, end) in ranges {
            let own = &mut minutes[start..end];
            let twice = own.iter().filter(|minute| **minute).count();
            own.fill(true);
            let (start, end) = (u32::try_from(start).unwrap(), u32::try_from(end).unwrap());
            assert_eq!(taken.take(start, end), u64::try_from(twice).unwrap(), "{start}..{end}");
        }
        assert_eq!(taken.0.len(), 1);
    }
}
