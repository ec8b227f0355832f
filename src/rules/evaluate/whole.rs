//! Whole records in one rule, placed by sums: a first answer that is known to be the best, for the search to start from.

use super::exact::Model;
use super::lots::{Alike, Lot};
use super::offer::Place;
use super::sums::{self, Bucket, Piece};

/// A lot's ways, with what is put on each of them: minutes and pieces.
struct Handed<'l> {
    lot: &'l Lot,
    alike: &'l Alike,
    minutes: Vec<u64>,
    pieces: Vec<u64>,
}

impl Model<'_, '_, '_> {
    /// Values of the program's columns that leave the fewest minutes missing; none where sums do not say everything: several
    /// rules, limits by attribute, parts inside parts, rounded parts.
    pub(super) fn by_sums(&self) -> Option<Vec<u64>> {
        let [candidate] = self.candidates else { return None };
        let (plan, hours) = (candidate.plan, candidate.plan.hours);
        let plain = hours.whole
            && !hours.topics_shared
            && self.gates.is_empty()
            && self.pool.is_none()
            && !super::exact::rounds_topics(plan);
        let flat = hours.buckets.iter().all(|bucket| bucket.parent.is_none() && !bucket.independent);
        if !plain || !flat || self.lots.keys().any(|alike| alike.uneven.is_some()) {
            return None;
        }
        let mut handed: Vec<Handed<'_>> = self.lots.iter().map(|(alike, lot)| start(alike, lot)).collect();
        let mut buckets: Vec<Bucket> = Vec::new();
        for (at, bucket) in hours.buckets.iter().enumerate() {
            let needs = bucket.need.as_ref().filter(|_| plan.is_active(at)).map_or(0, |need| need.minutes_up);
            let limit = bucket.at_most.as_ref().map(|limit| limit.minutes_down);
            let takes = if bucket.surplus_refused { Some(limit.unwrap_or(needs).min(needs)) } else { limit };
            buckets.push(Bucket { has: placed(&handed, at + 1), needs, takes });
        }
        self.hand_out_pieces(&buckets, plan.goal().saturating_sub(placed(&handed, 0)), &mut handed)?;
        for (at, bucket) in buckets.iter().enumerate() {
            cut(&mut handed, at + 1, bucket.takes);
        }
        self.values(&handed, &buckets, plan.goal())
    }

    /// Puts every piece where the sums say.
    fn hand_out_pieces(&self, buckets: &[Bucket], total: u64, handed: &mut [Handed<'_>]) -> Option<()> {
        let mut pieces = Vec::new();
        for (number, one) in handed.iter().enumerate() {
            let Some(size) = one.alike.piece else { continue };
            let mut places = Vec::new();
            for way in &one.alike.ways {
                places.push(way.places.first()?.checked_sub(1));
            }
            pieces.extend(one.lot.members.iter().map(|_| (number, Piece { size, places: places.clone() })));
        }
        let (numbers, pieces): (Vec<usize>, Vec<Piece>) = pieces.into_iter().unzip();
        let found = sums::place(buckets, &pieces, total)?;
        for ((number, piece), way) in numbers.into_iter().zip(&pieces).zip(found) {
            let one = handed.get_mut(number)?;
            *one.minutes.get_mut(way)? += piece.size;
            *one.pieces.get_mut(way)? += piece.size;
        }
        Some(())
    }

    fn values(&self, handed: &[Handed<'_>], buckets: &[Bucket], goal: u64) -> Option<Vec<u64>> {
        let mut values = vec![0; self.program.columns()];
        let mut set = |column: usize, value: u64| values.get_mut(column).map(|slot| *slot = value);
        for one in handed {
            set(one.lot.unplaced, one.lot.total().saturating_sub(one.minutes.iter().sum()))?;
            for (column, minutes) in one.lot.minutes.iter().zip(&one.minutes) {
                set(*column, *minutes)?;
            }
            for (column, pieces) in one.lot.pieces.iter().zip(&one.pieces) {
                set(*column, *pieces)?;
            }
        }
        let mut all = placed(handed, 0);
        for (at, bucket) in buckets.iter().enumerate() {
            let own = placed(handed, at + 1);
            let more = bucket.needs.saturating_sub(own);
            all += own + more;
            match self.further_at(0, at + 1) {
                Some((column, _)) => set(column, more)?,
                None if more > 0 => return None,
                None => {}
            }
        }
        set(self.further_at(0, 0)?.0, goal.saturating_sub(all))?;
        Some(values)
    }
}

/// What may go one way only goes there; pieces wait.
fn start<'l>(alike: &'l Alike, lot: &'l Lot) -> Handed<'l> {
    let nothing = vec![0; alike.ways.len()];
    let mut minutes = nothing.clone();
    if let (None, Some(first)) = (alike.piece, minutes.first_mut()) {
        *first = lot.total();
    }
    Handed { lot, alike, minutes, pieces: nothing }
}

fn placed(handed: &[Handed<'_>], place: Place) -> u64 {
    let of = |one: &Handed<'_>| -> u64 {
        let ways = one.alike.ways.iter().zip(&one.minutes);
        ways.filter(|(way, _)| way.places.contains(&place)).map(|(_, minutes)| minutes).sum()
    };
    handed.iter().map(of).sum()
}

/// Takes away what a place does not take, from the last lots on.
fn cut(handed: &mut [Handed<'_>], place: Place, takes: Option<u64>) {
    let mut over = takes.map_or(0, |takes| placed(handed, place).saturating_sub(takes));
    for one in handed.iter_mut().rev() {
        for (way, minutes) in one.alike.ways.iter().zip(&mut one.minutes) {
            if way.places.contains(&place) {
                let taken = over.min(*minutes);
                (*minutes, over) = (*minutes - taken, over - taken);
            }
        }
    }
}
