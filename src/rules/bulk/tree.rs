//! What the points of a tree of rules come to together, as the whole evaluator puts them together.

use super::super::evaluation::Status;
use super::program::Point;

/// The status of all rules; `own` knows that of a point, where hours or something beside them decide it.
pub(super) fn status_of(points: &[(Point, usize)], own: &impl Fn(usize, Point) -> Option<Status>) -> Option<Status> {
    let mut all = Together::default();
    let mut at = 0;
    while let Some((_, below)) = points.get(at) {
        all.add(status_at(points, at, own)?);
        at += 1 + below;
    }
    Some(all.status())
}

fn status_at(points: &[(Point, usize)], at: usize, own: &impl Fn(usize, Point) -> Option<Status>) -> Option<Status> {
    let (point, _) = *points.get(at)?;
    if let Some(status) = own(at, point) {
        return Some(status);
    }
    let (wanted, branches) = match point {
        Point::AnyOf(wanted, branches) => (usize::try_from(wanted).ok()?, branches),
        Point::AllOf(branches) => (branches, branches),
        Point::Hours(_) | Point::Beside => return None,
    };
    // How many of the branches have each rank; those that are not asked of the person are none.
    let mut ranks = [0_usize; 4];
    let mut next = at + 1;
    for _ in 0..branches {
        let status = status_at(points, next, own)?;
        let rank = match status {
            Status::Met => 0,
            Status::Waived => 1,
            Status::Undecided => 2,
            Status::NotMet => 3,
            Status::NotApplicable => 4,
        };
        if let Some(count) = ranks.get_mut(rank) {
            *count += 1;
        }
        next += 1 + points.get(next).map_or(0, |(_, below)| *below);
    }
    let mut left = wanted;
    let mut together = Together::default();
    for (count, status) in ranks.into_iter().zip([Status::Met, Status::Waived, Status::Undecided, Status::NotMet]) {
        if count.min(left) > 0 {
            together.add(status);
        }
        left -= count.min(left);
    }
    Some(together.status())
}

/// Several statuses: not met beats undecided beats met; what is not asked says nothing.
#[derive(Default)]
struct Together {
    seen: bool,
    undecided: bool,
    not_met: bool,
}

impl Together {
    fn add(&mut self, status: Status) {
        self.seen |= status != Status::NotApplicable;
        self.undecided |= status == Status::Undecided;
        self.not_met |= status == Status::NotMet;
    }

    const fn status(&self) -> Status {
        match (self.seen, self.not_met, self.undecided) {
            (false, _, _) => Status::NotApplicable,
            (true, true, _) => Status::NotMet,
            (true, false, true) => Status::Undecided,
            (true, false, false) => Status::Met,
        }
    }
}
