//! A slow judge that tries every way to place every minute of every day. It knows only what the language page says, and shares
//! no code with the evaluator.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::packs::{Case, Rule, Work, share_of};

/// Minutes of one rule: at each place, under each cap, in each week and month that is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Held {
    places: [u64; 4],
    capped: [u64; 2],
    weeks: [u64; 4],
    months: [u64; 2],
}

/// One day of a piece of work: day, and minutes under each rule.
type Piece<'c> = (&'c Work, NaiveDate, Vec<u64>);

impl Case {
    /// The days of all work.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let of = |work: &Work, day: u64, rule: &Rule| {
            let all = rule.offered(work.minutes);
            all / work.days + u64::from(day < all % work.days)
        };
        let all = self.work.iter().flat_map(|work| (0..work.days).map(move |day| (work, day)));
        all.map(|(work, day)| (work, work.on(day), self.rules.iter().map(|rule| of(work, day, rule)).collect()))
            .collect()
    }

    /// The fewest further minutes, whatever way is chosen.
    pub fn fewest(&self) -> u64 {
        let mut states = BTreeSet::from([vec![Held::default(); self.rules.len()]]);
        for piece in self.pieces() {
            let (most, mut next) = (piece.2.iter().copied().max().unwrap_or(0), BTreeSet::new());
            for state in states {
                self.try_all(&piece, 0, most, &mut vec![0; self.rules.len()], state, &mut next);
            }
            states = next;
        }
        let mut known: Vec<BTreeMap<Held, u64>> = vec![BTreeMap::new(); self.rules.len()];
        let mut lacking = |state: Vec<Held>| -> u64 {
            let each = self.rules.iter().zip(state).zip(&mut known);
            each.map(|((rule, held), known)| *known.entry(held).or_insert_with(|| rule.lacking(&held))).sum()
        };
        states.into_iter().map(&mut lacking).min().unwrap()
    }

    /// Every way to place one day's minutes from the target `at` on.
    fn try_all(
        &self,
        piece: &Piece<'_>,
        at: usize,
        left: u64,
        given: &mut Vec<u64>,
        state: Vec<Held>,
        found: &mut BTreeSet<Vec<Held>>,
    ) {
        let (number, place) = (at / 4, at % 4);
        let Some(rule) = self.rules.get(number) else {
            found.insert(state);
            return;
        };
        let (work, day, minutes) = piece;
        let most = if rule.takes(work).contains(&place) { left.min(minutes[number] - given[number]) } else { 0 };
        for minutes in 0..=most {
            let mut next = state.clone();
            let held = &mut next[number];
            held.places[place] += minutes;
            for ((capped, of), cap) in held.capped.iter_mut().zip(work.capped).zip(rule.caps) {
                *capped += if of && cap.is_some() { minutes } else { 0 };
            }
            if rule.week.is_some() {
                held.weeks[usize::try_from(day.iso_week().week()).unwrap() - 8] += minutes;
            }
            if rule.month.is_some() {
                held.months[usize::try_from(day.month()).unwrap() - 2] += minutes;
            }
            let caps = rule.caps.iter().zip(held.capped);
            let fits = held.weeks.iter().all(|sum| rule.week.is_none_or(|most| *sum <= most))
                && held.months.iter().all(|sum| rule.month.is_none_or(|most| *sum <= most))
                && caps.into_iter().all(|(cap, used)| cap.is_none_or(|(share, most)| share || used <= most));
            if fits && rule.sum(&held.places, None, false).is_some() {
                given[number] += minutes;
                self.try_all(piece, at + 1, left - minutes, given, next, found);
                given[number] -= minutes;
            }
        }
    }
}

/// Whether some way of giving so many minutes to the places from `at` on is enough.
fn spread(rule: &Rule, places: &[u64; 4], at: usize, more: u64) -> bool {
    if at == 3 {
        let here = rule.parts[2].is_some();
        return (0..=if here { more } else { 0 }).any(|own| {
            let mut places = *places;
            places[3] += own;
            places[0] += more - own;
            rule.sum(&places, None, true).is_some_and(|sum| rule.rounded(sum, 2) >= rule.total())
        });
    }
    let here = at > 0 && rule.parts[at - 1].is_some();
    (0..=if here { more } else { 0 }).any(|own| {
        let mut places = *places;
        places[at] += own;
        spread(rule, &places, at + 1, more - own)
    })
}

impl Rule {
    /// The fewest further minutes beside what is held.
    fn lacking(&self, held: &Held) -> u64 {
        let shares = |more: u64| {
            let all = held.places.iter().sum::<u64>() + more;
            let mut caps = self.caps.iter().zip(held.capped);
            caps.all(|(cap, used)| cap.is_none_or(|(share, amount)| !share || 100 * used <= share_of(amount) * all))
        };
        // More than enough may always go to the total; a part may be so full that what is asked inside it finds no room.
        let most = 3
            + self.total()
            + (1..4).map(|place| self.parts[place - 1].as_ref().map_or(0, |part| part.own + 2)).sum::<u64>();
        let Some(parts) = (0..=most).find(|more| spread(self, &held.places, 0, *more)) else { return 1_000 };
        (parts..200).find(|more| shares(*more)).unwrap()
    }

    /// What a place holds with the parts in it; none where a part has too much or, at the end, too little.
    fn sum(&self, places: &[u64; 4], at: Option<usize>, end: bool) -> Option<u64> {
        let mut sum = places[at.map_or(0, |at| at + 1)];
        for child in self.inside(at) {
            let below = self.sum(places, Some(child), end)?;
            if below > self.most(child) || end && self.rounded(below, 1) < self.least(child) {
                return None;
            }
            sum += if self.parts[child].as_ref().unwrap().independent { 0 } else { self.rounded(below, 1) };
        }
        Some(sum)
    }
}
