//! Rules about hours as places, checks and caps of a program, and which of them take minutes for themselves.

use super::super::evaluate::beside::competes;
use super::super::pack::choices::{MOST, subsets};
use super::super::pack::model::{Asks, Bucket, Cap, Hours, Limit, Need, Rule};
use super::checks::{self, Check};
use super::plain;
use super::program::{Ask, NOWHERE, Point, Program};

/// At most so many places take minutes.
const MOST_PLACES: usize = 250;

/// A rule about hours.
#[derive(Debug)]
pub(super) struct Counted<'v> {
    pub(super) hours: &'v Hours,
    /// Hours of learning; else of service.
    pub(super) learning: bool,
    /// Its need is a number of entries.
    pub(super) pieces: bool,
    /// It takes minutes for itself.
    pub(super) competes: bool,
    /// The place of its total; those of its buckets follow.
    pub(super) first: u8,
    /// Which days count.
    pub(super) window: u8,
    /// The checks it makes of each record.
    pub(super) checks: Vec<u8>,
    /// The further check of each bucket.
    pub(super) bucket_checks: Vec<Option<u8>>,
    /// Its share of the asks.
    pub(super) asks: std::ops::Range<usize>,
}

/// A cap or floor: where it could bite, the whole evaluator has to say what counts.
#[derive(Debug)]
pub(super) struct Capped<'v> {
    /// The rule about hours.
    pub(super) rule: usize,
    pub(super) cap: &'v Cap,
    /// In minutes, or in parts of a hundred of what counts.
    pub(super) limit: Most,
}

/// The most that may count under a cap.
#[derive(Debug, Clone, Copy)]
pub(super) enum Most {
    Minutes(u64),
    Share(u64),
}

impl<'v> Program<'v> {
    /// Adds a rule about hours; answers its number.
    pub(super) fn hours(&mut self, hours: &'v Hours, rule: usize, learning: bool) -> Result<u8, &'static str> {
        plain::hours(hours)?;
        let first = self.places;
        self.places += hours.buckets.len() + 1;
        if self.places > MOST_PLACES {
            return Err("too many parts");
        }
        let (need, pieces) = match &hours.need {
            Need::Minutes(total) => (total.minutes_up, false),
            Need::Count(count) => (u64::from(*count), true),
        };
        let (checks, bucket_checks) = self.checks_of(hours, learning)?;
        let at = self.counted.len();
        // A rhythm of its own has days of its own too.
        let window = match &hours.period {
            Some(_) => self.own_window(rule)?,
            None => self.window(&hours.windows, rule)?,
        };
        let begin = self.asks.len();
        self.ask(first, need, &hours.buckets)?;
        self.counted.push(Counted {
            hours,
            learning,
            pieces,
            competes: competes(hours),
            first: u8::try_from(first).map_err(|_many| "too many parts")?,
            window,
            checks,
            bucket_checks,
            asks: begin..self.asks.len(),
        });
        for cap in &hours.caps {
            let limit = match &cap.limit {
                Limit::Minutes(amount) => Most::Minutes(amount.minutes_down),
                Limit::OfCounted(share) => Most::Share(u64::from(*share)),
                Limit::OfNeed(share) => Most::Minutes(u64::from(*share) * need / 100),
                Limit::NeedLess(amount) => Most::Minutes(need.saturating_sub(amount.minutes_up)),
            };
            self.caps.push(Capped { rule: at, cap, limit });
        }
        if self.caps.len() > 64 || at > 63 {
            return Err("too many caps or rules");
        }
        u8::try_from(at).map_err(|_many| "too many rules")
    }

    fn own_window(&mut self, rule: usize) -> Result<u8, &'static str> {
        self.windows.push((&[], rule));
        u8::try_from(self.windows.len() - 1).map_err(|_many| "too many windows")
    }

    /// The numbers of the checks a rule makes, and of those of its buckets.
    fn checks_of(&mut self, hours: &'v Hours, learning: bool) -> Result<(Vec<u8>, Vec<Option<u8>>), &'static str> {
        let mut wanted: Vec<Check<'v>> = Vec::new();
        wanted.extend(learning.then_some(Check::Achieved));
        wanted.extend(hours.approval.as_ref().map(Check::Approved));
        wanted.extend(hours.attendance.filter(|_| learning).map(Check::Attended));
        wanted.extend((hours.minimum_size > 0).then_some(Check::Size(hours.minimum_size)));
        wanted.extend((hours.supervisor_eligible && !learning).then_some(Check::Supervisor));
        let own = wanted.into_iter().map(|check| self.check(check)).collect::<Result<_, _>>()?;
        let of_bucket = |bucket: &'v Bucket| bucket.approval.as_ref().and_then(Option::as_ref);
        let buckets =
            hours.buckets.iter().map(|bucket| of_bucket(bucket).map(|asked| self.check(Check::Approved(asked))));
        let buckets = buckets.map(Option::transpose).collect::<Result<_, _>>()?;
        Ok((own, buckets))
    }

    fn check(&mut self, wanted: Check<'v>) -> Result<u8, &'static str> {
        let known = self.checks.iter().position(|check| *check == wanted);
        let at = known.unwrap_or_else(|| {
            self.checks.push(wanted);
            self.checks.len() - 1
        });
        u8::try_from(at).ok().filter(|_| at < checks::MOST).ok_or("too many checks")
    }

    /// What each place asks, last parts first, and what it gives to the place it is part of.
    fn ask(&mut self, first: usize, total: u64, buckets: &[Bucket]) -> Result<(), &'static str> {
        let conditions = self.conditions(buckets.len() + 1)?;
        let number = |place: usize| u8::try_from(place).map_err(|_many| "too many parts");
        for at in (0..=buckets.len()).rev() {
            let bucket = at.checked_sub(1).and_then(|at| buckets.get(at));
            let need = bucket.map_or(total, |bucket| bucket.need.as_ref().map_or(0, |need| need.minutes_up));
            let above = bucket.filter(|bucket| !bucket.independent);
            let above = above.map(|bucket| number(first + bucket.parent.map_or(0, |parent| parent + 1)));
            let limit = bucket.and_then(|bucket| bucket.at_most.as_ref()).map_or(u64::MAX, |limit| limit.minutes_down);
            let refused = bucket.is_some_and(|bucket| bucket.surplus_refused);
            self.asks.push(Ask {
                place: number(first + at)?,
                above: above.transpose()?.unwrap_or(NOWHERE),
                minutes: need,
                most: if refused { limit.min(need) } else { limit },
                condition: conditions.saturating_add(number(at)?),
            });
        }
        Ok(())
    }

    /// For each way to choose branches, the rules whose hours then compete, as bits; as the whole evaluator tries them.
    pub(super) fn ways_to_choose(&self, rules: &[&Rule]) -> Option<Vec<u64>> {
        let mut ways = vec![0_u64];
        let mut at = 0;
        for rule in rules {
            let own = self.ways_below(rule, at)?;
            if ways.len().saturating_mul(own.len()) > MOST {
                return None;
            }
            ways = ways.iter().flat_map(|way| own.iter().map(move |own| way | own)).collect();
            at += 1 + self.points.get(at).map_or(0, |(_, below)| *below);
        }
        Some(ways)
    }

    fn ways_below(&self, rule: &Rule, at: usize) -> Option<Vec<u64>> {
        let own = self.competing(at);
        let (wanted, branches) = match &rule.asks {
            Asks::AnyOf(wanted, branches) => (usize::try_from(*wanted).ok()?, branches),
            Asks::AllOf(branches) => (branches.len(), branches),
            _ => return Some(vec![own]),
        };
        if own == 0 {
            return Some(vec![0]);
        }
        let mut begins = Vec::with_capacity(branches.len());
        let mut begin = at + 1;
        for _ in branches {
            begins.push(begin);
            begin += 1 + self.points.get(begin).map_or(0, |(_, below)| *below);
        }
        let mut all = Vec::new();
        for taken in subsets(branches.len(), wanted) {
            let mut here = vec![0_u64];
            for branch in taken {
                let below = self.ways_below(branches.get(branch)?, *begins.get(branch)?)?;
                here = here.iter().flat_map(|one| below.iter().map(move |below| one | below)).collect();
            }
            all.extend(here);
            if all.len() > MOST {
                return None;
            }
        }
        Some(all)
    }

    /// The competing hours at a point and below it.
    fn competing(&self, at: usize) -> u64 {
        let below = self.points.get(at).map_or(0, |(_, below)| *below);
        let points = self.points.get(at..=at + below).unwrap_or_default();
        let bit = |(point, _): &(Point, usize)| match point {
            Point::Hours(number) => {
                let competes = self.counted.get(usize::from(*number)).is_some_and(|counted| counted.competes);
                u64::from(competes) << u32::from(*number).min(63)
            }
            _ => 0,
        };
        points.iter().map(bit).fold(0, |all, one| all | one)
    }
}
