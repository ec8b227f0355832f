//! Clocks that stand still: the days a person, or everyone, is held, and what that does to lengths of time.

use chrono::NaiveDate;

use super::super::calendar::{Length, next_day, previous_day};
use super::super::pack::Version;
use super::super::pack::model::{Clock, HoldRule, Order};
use super::super::record::{Decision, Record};

/// The days held, by the pack's rules about holds, and the orders that hold for everyone.
#[derive(Debug, Clone, Default)]
pub struct Clocks<'r> {
    held: Vec<(&'r HoldRule, NaiveDate, NaiveDate)>,
    /// Ids of the holds.
    pub read: Vec<&'r str>,
    orders: &'r [Order],
}

impl<'r> Clocks<'r> {
    /// The holds of a record that the pack speaks of, as known on a day. One that lasts has held until that day.
    #[must_use]
    pub fn of(version: &'r Version, record: &'r Record, as_of: NaiveDate, stage: Option<&str>) -> Self {
        let (mut held, mut read) = (Vec::new(), Vec::new());
        for rule in &version.holds {
            if let Some(days) = rule.everyone {
                held.extend(days.from.and_then(|from| days_of(rule, from, days.through, as_of)));
            }
            let ours = record.holds.iter().filter(|hold| {
                hold.credential.as_deref().is_none_or(|credential| credential == version.credential)
                    && (hold.stage.is_none() || stage.is_none() || hold.stage.as_deref() == stage)
                    && rule.kinds.iter().any(|kind| hold.kind.is(kind))
            });
            for hold in ours {
                if let Some(days) = days_of(rule, hold.from, hold.through, as_of) {
                    held.push(days);
                    read.push(hold.id.as_str());
                }
            }
        }
        Self { held, read, orders: &version.orders }
    }

    /// Whether nothing is held and nothing moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.orders.is_empty()
    }

    /// Days held between two days, both included.
    fn days(&self, clock: Clock, from: NaiveDate, through: NaiveDate) -> u32 {
        let mut ranges: Vec<(NaiveDate, NaiveDate)> = self
            .held
            .iter()
            .filter(|(rule, _, _)| rule.stops.contains(&clock))
            .map(|(_, first, last)| (from.max(*first), through.min(*last)))
            .filter(|(first, last)| first <= last)
            .collect();
        ranges.sort_unstable();
        // A day that is held twice is held once.
        let (mut days, mut free) = (0, NaiveDate::MIN);
        for (first, last) in ranges {
            let first = first.max(free);
            days += (last - first).num_days().saturating_add(1).max(0);
            free = free.max(next_day(last));
        }
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// The end of something that began on `start` and would have ended on `end`: later by the days held until then.
    #[must_use]
    pub fn later(&self, clock: Clock, start: NaiveDate, end: NaiveDate) -> NaiveDate {
        let mut found = end;
        loop {
            let next = Length::Days(self.days(clock, start, found)).after(end);
            if next <= found {
                return found;
            }
            found = next;
        }
    }

    /// The beginning of something that ends on `end` and would have begun on `start`: earlier by the days held since.
    #[must_use]
    pub fn earlier(&self, clock: Clock, start: NaiveDate, end: NaiveDate) -> NaiveDate {
        let mut found = start;
        loop {
            let next = Length::Days(self.days(clock, found, end)).before(start);
            if next >= found {
                return found;
            }
            found = next;
        }
    }

    /// Whether a rule is waived on a day between two days.
    #[must_use]
    pub fn waives(&self, rule: &str, (from, through): (NaiveDate, NaiveDate)) -> bool {
        self.held
            .iter()
            .any(|(hold, first, last)| hold.waives.iter().any(|id| id == rule) && *first <= through && from <= *last)
    }

    /// Whether an order spares a rule whoever's term ends on a day.
    #[must_use]
    pub fn spares(&self, rule: &str, ended: NaiveDate) -> bool {
        self.orders.iter().any(|order| order.waives.iter().any(|id| id == rule) && order.ending.contains(ended))
    }

    /// Whether fees are waived on a day.
    #[must_use]
    pub fn waives_fees(&self, day: NaiveDate) -> bool {
        self.held.iter().any(|(hold, first, last)| hold.waives_fees && *first <= day && day <= *last)
    }

    /// The end that orders give to something instead.
    #[must_use]
    pub fn ordered(&self, names: &[&str], end: NaiveDate) -> NaiveDate {
        let moved = self.orders.iter().flat_map(|order| names.iter().filter_map(|name| order.moved(name, end)));
        moved.max().unwrap_or(end)
    }
}

/// The days one hold stops clocks and waives duties.
fn days_of(
    rule: &HoldRule,
    from: NaiveDate,
    through: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Option<(&HoldRule, NaiveDate, NaiveDate)> {
    if from > as_of {
        return None;
    }
    let stated = through.map(|day| rule.and_after.map_or(day, |length| length.after(day)));
    let last = stated.unwrap_or(as_of);
    let limit = rule.at_most.map_or(NaiveDate::MAX, |length| previous_day(length.after(from)));
    Some((rule, from, last.min(limit)))
}

/// The decision by which the board has extended a term: recorded while that term was the last one.
pub(super) fn decided<'r>(
    version: &Version,
    record: &'r Record,
    as_of: NaiveDate,
    (from, before): (NaiveDate, Option<NaiveDate>),
) -> Option<&'r Decision> {
    let ours = record.decisions.iter().filter(|decision| {
        decision.credential == version.credential
            && decision.requirement.as_deref() == Some("term")
            && decision.outcome.is("extended")
            && decision.on <= as_of
            && from <= decision.on
            && before.is_none_or(|before| decision.on < before)
    });
    ours.max_by_key(|decision| (decision.on, decision.id.as_str()))
}

/// The terms held, each with the end that holds, orders and decisions give it.
pub(super) fn moved_ends(
    version: &Version,
    record: &Record,
    as_of: NaiveDate,
    clocks: &Clocks<'_>,
    terms: &mut [super::moments::HeldTerm<'_>],
) {
    let starts: Vec<NaiveDate> = terms.iter().map(|term| term.from).collect();
    for (at, term) in terms.iter_mut().enumerate() {
        let (Some(stated), next) = (term.through, starts.get(at + 1).copied()) else { continue };
        let held = clocks.later(Clock::Term, term.from, stated);
        let ordered = clocks.ordered(&["term"], stated).max(held);
        let decided = decided(version, record, as_of, (term.from, next)).and_then(|decision| decision.until);
        let end = decided.map_or(ordered, |day| day.max(ordered));
        // A term that was followed by another one ended before it.
        term.through = Some(next.map_or(end, |next| end.min(previous_day(next)).max(stated)));
        term.stated = Some(stated);
    }
}
