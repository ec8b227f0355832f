//! Whole pieces into a few buckets, by the sums that can be reached: exact, and quick where many pieces have odd sizes.
//!
//! Knows nothing of hours. One state for each tuple of sums (in steps of the sizes' common divisor, a full bucket is full),
//! with the most that counts on the way there.

use std::collections::BTreeMap;

/// No search takes more steps than this; beyond it the search for whole numbers has to do.
const MOST_STEPS: usize = 1_000_000;

/// A bucket: what is in it already, what it needs, and the most it takes, where that is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bucket {
    pub(super) has: u64,
    pub(super) needs: u64,
    pub(super) takes: Option<u64>,
}

/// A piece: its size, and where it may go; `None` is beside all buckets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) size: u64,
    pub(super) places: Vec<Option<usize>>,
}

/// The sums of one bucket as states: `last` is a full one.
struct Axis {
    room: u64,
    last: usize,
    stride: usize,
    limited: bool,
}

/// How a state is reached: from which one, and what counts on the way.
#[derive(Debug, Clone, Copy)]
struct Step {
    counted: u64,
    before: usize,
    place: usize,
}

/// The axes of the table; none where its states have no number.
fn axes(buckets: &[Bucket], unit: u64) -> Option<Vec<Axis>> {
    let (mut axes, mut states): (Vec<Axis>, usize) = (Vec::new(), 1);
    for bucket in buckets {
        let room = bucket.takes.unwrap_or(bucket.needs).saturating_sub(bucket.has);
        let last = usize::try_from(room.div_ceil(unit)).ok()?;
        axes.push(Axis { room, last, stride: states, limited: bucket.takes.is_some() });
        states = states.checked_mul(last.checked_add(1)?)?;
    }
    Some(axes)
}

/// The place of each piece (a number in its `places`) for which buckets and total lack the least together; none where
/// there are too many sums.
pub(super) fn place(buckets: &[Bucket], pieces: &[Piece], total: u64) -> Option<Vec<usize>> {
    let unit = pieces.iter().fold(0, |unit, piece| divisor(unit, piece.size)).max(1);
    let axes = axes(buckets, unit)?;
    let mut layers: Vec<BTreeMap<usize, Step>> = vec![BTreeMap::from([(0, Step { counted: 0, before: 0, place: 0 })])];
    let mut steps = 0;
    for piece in pieces {
        let mut next: BTreeMap<usize, Step> = BTreeMap::new();
        for (state, from) in layers.last()? {
            for (number, place) in piece.places.iter().enumerate() {
                let (to, counts) = moved(&axes, unit, *state, piece.size, *place)?;
                let step = Step { counted: from.counted + counts, before: *state, place: number };
                let slot = next.entry(to).or_insert(step);
                if step.counted > slot.counted {
                    *slot = step;
                }
            }
        }
        steps += next.len();
        if steps > MOST_STEPS {
            return None;
        }
        layers.push(next);
    }
    let fixed: u64 = buckets.iter().map(|bucket| bucket.takes.map_or(bucket.has, |takes| bucket.has.min(takes))).sum();
    let lacks = |state: usize, counted: u64| {
        let own: u64 = buckets.iter().zip(&axes).map(|(bucket, axis)| lacking(bucket, axis, unit, state)).sum();
        own.max(total.saturating_sub(fixed + counted))
    };
    let (mut state, _) =
        layers.last()?.iter().min_by_key(|(state, step)| (lacks(**state, step.counted), u64::MAX - step.counted))?;
    let mut places = Vec::new();
    for layer in layers.iter().skip(1).rev() {
        let step = layer.get(state)?;
        places.push(step.place);
        state = &step.before;
    }
    places.reverse();
    Some(places)
}

/// The state after a piece, and how much of the piece counts.
fn moved(axes: &[Axis], unit: u64, state: usize, size: u64, place: Option<usize>) -> Option<(usize, u64)> {
    let Some(at) = place else { return Some((state, size)) };
    let axis = axes.get(at)?;
    let now = state / axis.stride % (axis.last + 1);
    let held = axis.held(now, unit);
    let steps = usize::try_from(size / unit).ok()?;
    let after = now.saturating_add(steps).min(axis.last);
    let counts = if axis.limited { (held + size).min(axis.room) - held } else { size };
    Some((state - now * axis.stride + after * axis.stride, counts))
}

impl Axis {
    /// What lies in the bucket in a state, beside what was there before.
    fn held(&self, steps: usize, unit: u64) -> u64 {
        u64::try_from(steps).unwrap_or(u64::MAX).saturating_mul(unit).min(self.room)
    }
}

fn lacking(bucket: &Bucket, axis: &Axis, unit: u64, state: usize) -> u64 {
    let steps = state / axis.stride % (axis.last + 1);
    bucket.needs.saturating_sub(bucket.has + axis.held(steps, unit))
}

const fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(has: u64, needs: u64, takes: Option<u64>) -> Bucket {
        Bucket { has, needs, takes }
    }

    fn pieces(sizes: &[u64], places: &[Option<usize>]) -> Vec<Piece> {
        sizes.iter().map(|size| Piece { size: *size, places: places.to_vec() }).collect()
    }

    #[test]
    fn two_fives_fill_ten_better_than_a_six() {
        let found = place(&[bucket(0, 10, None)], &pieces(&[6, 5, 5], &[Some(0), None]), 16).unwrap();
        assert_eq!(found, [1, 0, 0]);
    }

    #[test]
    fn what_a_full_bucket_takes_no_more_is_lost_to_the_total() {
        // Seven beside the bucket count in full; inside they would be cut to five.
        let found = place(&[bucket(0, 0, Some(5))], &pieces(&[7], &[Some(0), None]), 7).unwrap();
        assert_eq!(found, [1]);
    }

    #[test]
    fn sums_that_are_too_many_are_not_tried() {
        let sizes: Vec<u64> = (0..40).map(|at| 1_009 + at * at * 7).collect();
        let places = [Some(0), Some(1), Some(2), Some(3)];
        assert!(place(&[bucket(0, 9_973, None); 4], &pieces(&sizes, &places), 0).is_none());
    }
}
