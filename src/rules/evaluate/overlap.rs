//! Hours of the same time count once: entries whose clock times overlap, days with more than 1,440 minutes.
//!
//! An entry lies between its clock times, else anywhere in its days. What counts of some entries fits into the time there is
//! if for every stretch of time the entries that lie inside it count for no more minutes than it has. So each stretch with
//! more is a limit on its entries. Which of them count is chosen with the placing, and only what could count in a rule
//! takes part: an entry that counts nowhere takes nothing from others.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::super::reason::Reason;
use super::allocate::Candidate;
use super::entry::{Entry, Source, Verdict};
use super::gate::{Gate, Of, Side};
use super::loss::Step;
use super::offer::Offer;

const MINUTES_IN_A_DAY: i64 = 1_440;

/// A full minute, in parts of it.
const FULL: u64 = 1 << 20;

/// When an entry lies, in minutes of the calendar, and what was done of it then.
#[derive(Debug, Clone, Copy)]
struct Time {
    from: i64,
    to: i64,
    done: u64,
}

impl Time {
    /// None: it says nothing of time.
    fn of(entry: &Entry<'_>) -> Option<Self> {
        let Source::Service(service) = entry.source else { return None };
        let midnight = |day: NaiveDate| i64::from(day.num_days_from_ce()) * MINUTES_IN_A_DAY;
        let minutes = service.minutes.map(u64::from).filter(|minutes| *minutes > 0)?;
        let clock = service.start_minute().zip(service.end_minute()).filter(|(start, end)| start < end);
        Some(match clock {
            Some((start, end)) => {
                let from = midnight(entry.first);
                // More than fits between its clock times is believed: it lies at no other time.
                Self {
                    from: from + i64::from(start),
                    to: from + i64::from(end),
                    done: minutes.min((end - start).into()),
                }
            }
            None => Self { from: midnight(entry.first), to: midnight(entry.last) + MINUTES_IN_A_DAY, done: minutes },
        })
    }

    /// How much of each of its minutes was worked, if evenly, rounded up.
    fn density(&self) -> u64 {
        (self.done * FULL).div_ceil(long(self.from, self.to).max(1))
    }
}

fn long(from: i64, to: i64) -> u64 {
    u64::try_from(to - from).unwrap_or(0)
}

/// Marks the entries of times at which more was done than there is time, if all were done evenly: others never compete.
pub(super) fn marked(mut entries: Vec<Entry<'_>>, as_of: NaiveDate) -> Vec<Entry<'_>> {
    let could_count = |entry: &&Entry<'_>| !matches!(entry.standing(as_of), Verdict::No(_));
    let times = entries.iter().filter(could_count).filter_map(Time::of);
    let turns = times.flat_map(|time| [(time.from, true, time.density()), (time.to, false, time.density())]);
    let mut turns: Vec<(i64, bool, u64)> = turns.collect();
    turns.sort_unstable();
    // Ends come before beginnings of the same minute.
    let (mut crowded, mut open, mut sum, mut begun, mut is_full) = (Vec::new(), 0_usize, 0_u64, 0, false);
    for (minute, begins, density) in turns {
        if begins {
            if open == 0 {
                (begun, is_full) = (minute, false);
            }
            (open, sum) = (open + 1, sum + density);
            is_full |= sum > FULL;
        } else {
            (open, sum) = (open.saturating_sub(1), sum.saturating_sub(density));
            if open == 0 && is_full {
                crowded.push((begun, minute));
            }
        }
    }
    if !crowded.is_empty() {
        for entry in &mut entries {
            let lies_in = |time: Time| crowded.iter().any(|(from, to)| *from <= time.from && time.to <= *to);
            entry.crowded = Time::of(entry).is_some_and(lies_in);
        }
    }
    entries
}

/// An entry with what it offers at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stay {
    pub(super) at: usize,
    time: Time,
    pub(super) minutes: u64,
}

impl Stay {
    /// What counts of it beyond what was done at its time, such as by rounding up.
    const fn more(&self) -> u64 {
        self.minutes.saturating_sub(self.time.done)
    }
}

/// Entries that offer something, by times that hang together; only those that could be crowded.
pub(super) fn groups(entries: &[Entry<'_>], offered: impl Fn(usize) -> u64) -> Vec<Vec<Stay>> {
    let crowded = entries.iter().enumerate().filter(|(_, entry)| entry.crowded);
    let stays = crowded.filter_map(|(at, entry)| Some(Stay { at, time: Time::of(entry)?, minutes: offered(at) }));
    let mut stays: Vec<Stay> = stays.filter(|stay| stay.minutes > 0).collect();
    stays.sort_by_key(|stay| (stay.time.from, stay.at));
    let (mut groups, mut end): (Vec<Vec<Stay>>, i64) = (Vec::new(), i64::MIN);
    for stay in stays {
        match groups.last_mut().filter(|_| stay.time.from < end) {
            Some(group) => group.push(stay),
            None => groups.push(vec![stay]),
        }
        end = end.max(stay.time.to);
    }
    groups
        .retain(|group| group.len() > 1 || group.iter().any(|stay| stay.minutes > long(stay.time.from, stay.time.to)));
    groups
}

/// The stretches of time that are too full for a group (by their beginning): the entries inside, and the minutes they have.
pub(super) fn stretches(group: &[Stay]) -> Vec<(BTreeSet<usize>, u64)> {
    let mut full = Vec::new();
    let starts: BTreeSet<i64> = group.iter().map(|stay| stay.time.from).collect();
    for start in starts {
        let mut inside: Vec<&Stay> = group.iter().filter(|stay| start <= stay.time.from).collect();
        inside.sort_by_key(|stay| stay.time.to);
        let (mut sum, mut more) = (0, 0);
        for (number, stay) in inside.iter().enumerate() {
            (sum, more) = (sum + stay.minutes, more + stay.more());
            let limit = long(start, stay.time.to) + more;
            let is_last = inside.get(number + 1).is_none_or(|next| next.time.to > stay.time.to);
            let members = inside.get(..=number).unwrap_or(&inside);
            if is_last && sum > limit && hangs_together(start, members) {
                full.push((members.iter().map(|stay| stay.at).collect(), limit));
            }
        }
    }
    full
}

/// Whether no moment of the stretch parts the entries: else two shorter stretches say the same.
fn hangs_together(start: i64, members: &[&Stay]) -> bool {
    let mut times: Vec<(i64, i64)> = members.iter().map(|stay| (stay.time.from, stay.time.to)).collect();
    times.sort_unstable();
    let mut end = None;
    times.iter().all(|(from, to)| {
        let hangs = end.map_or(*from == start, |end| *from < end);
        end = end.max(Some(*to));
        hangs
    })
}

/// What counts of each of a group where the older ones keep their minutes; entries are numbered by age.
pub(super) fn kept(group: &[Stay]) -> Vec<(usize, u64)> {
    let mut full = stretches(group);
    let mut stays: Vec<&Stay> = group.iter().collect();
    stays.sort_by_key(|stay| stay.at);
    let keep = |stay: &Stay| {
        let room = full.iter().filter(|(members, _)| members.contains(&stay.at)).map(|(_, left)| *left).min();
        let minutes = room.map_or(stay.minutes, |room| room.min(stay.minutes));
        for (_, left) in full.iter_mut().filter(|(members, _)| members.contains(&stay.at)) {
            *left -= minutes;
        }
        (stay.at, minutes)
    };
    stays.into_iter().map(keep).collect()
}

/// Takes away from what entries offer to one rule what others of the same time have: the older ones keep theirs.
pub(super) fn in_order(entries: &[Entry<'_>], offers: &mut [Offer]) {
    for group in groups(entries, |at| offers.get(at).map_or(0, Offer::minutes)) {
        for (at, minutes) in kept(&group) {
            if let Some(offer) = offers.get_mut(at) {
                offer.change(Step::Minutes(offer.minutes().saturating_sub(minutes)), Reason::Overlapping);
            }
        }
    }
}

/// The most that any rule takes of an entry.
pub(super) fn most(candidates: &[Candidate<'_, '_>], at: usize) -> u64 {
    candidates.iter().filter_map(|candidate| candidate.offers.get(at)).map(Offer::minutes).max().unwrap_or(0)
}

/// Limits on entries of the same time, as far as they could bite.
pub(super) fn gates(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Gate> {
    let full = groups(entries, |at| most(candidates, at)).into_iter().flat_map(|group| stretches(&group));
    let gate = |(members, limit): (BTreeSet<usize>, u64)| {
        let wants = |candidate: &Candidate<'_, '_>| {
            members.iter().filter_map(|at| candidate.offers.get(*at)).any(|offer| offer.minutes() > 0)
        };
        let rules = (0..).zip(candidates).filter(|(_, candidate)| wants(candidate)).map(|(rule, _)| rule).collect();
        Gate { rules, of: Of::SameTime, limit, share: None, floor: None, members }
    };
    full.map(gate).collect()
}

/// When entries lie, for a network: time in pieces between the moments at which one of them begins or ends.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// The minutes of each piece.
    pub(super) pieces: Vec<u64>,
    /// By entry, its pieces, and what counts of it beyond what was done then.
    pub(super) of: BTreeMap<usize, (Range<usize>, u64)>,
}

impl Clock {
    /// Of the entries whose limits stand nowhere else.
    pub(super) fn of(entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>], gates: &[(&Gate, Side)]) -> Self {
        let own = gates.iter().filter(|(_, side)| *side == Side::Clock);
        let members: BTreeSet<usize> = own.flat_map(|(gate, _)| gate.members.iter().copied()).collect();
        let mut clock = Self::default();
        if members.is_empty() {
            return clock;
        }
        let offered = |at| if members.contains(&at) { most(candidates, at) } else { 0 };
        for group in groups(entries, offered) {
            let turns: BTreeSet<i64> = group.iter().flat_map(|stay| [stay.time.from, stay.time.to]).collect();
            let turns: Vec<i64> = turns.into_iter().collect();
            let first = clock.pieces.len();
            for stay in &group {
                let place = |minute| first + turns.partition_point(|turn| *turn < minute);
                clock.of.insert(stay.at, (place(stay.time.from)..place(stay.time.to), stay.more()));
            }
            clock.pieces.extend(turns.iter().zip(turns.iter().skip(1)).map(|(from, to)| long(*from, *to)));
        }
        clock
    }
}
