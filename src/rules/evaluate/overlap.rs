//! Hours of the same time count once: clock times that overlap, days with more than 1,440 minutes.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entry::{Entry, Source, Verdict};
use super::offer::by_day;

const MINUTES_IN_A_DAY: u64 = 1_440;

/// Marks what an entry loses to older ones. Entries that do not count by themselves take nothing from others.
pub(super) fn marked(mut entries: Vec<Entry<'_>>, as_of: NaiveDate) -> Vec<Entry<'_>> {
    let mut clocks: BTreeMap<NaiveDate, Vec<(u32, u32)>> = BTreeMap::new();
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
            let taken = clocks.entry(entry.first).or_default();
            lost = covered(taken, start, end).min(minutes);
            taken.push((start, end));
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

/// Minutes of `start..end` that ranges already cover.
fn covered(taken: &[(u32, u32)], start: u32, end: u32) -> u64 {
    (start..end).filter(|minute| taken.iter().any(|(from, to)| from <= minute && minute < to)).map(|_| 1_u64).sum()
}
