//! What each entry offers to a rule: minutes, where they may go, and what is lost on the way.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::super::pack::model::{Attribute, Bucket, Hours, Rounding, RoundingMode, RoundingScope, Rule};
use super::super::reason::Reason;
use super::accept::{OTHER_TOPIC, approved, gross, judge, outside, used_elsewhere};
use super::ages;
use super::asked::Asked;
use super::carried;
use super::entry::{Entry, Source, Verdict};
use super::extended;
use super::loss::{Loss, Step};
use super::moments::Span;
use super::overlap;
use super::period;
use super::soonest;

/// Where minutes enter a rule: 0 is the total itself, `n + 1` its bucket `n`.
pub(super) type Place = usize;

/// A part of an entry: minutes that may go to the same places.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) minutes: u64,
    pub(super) places: Vec<Place>,
}

/// What an entry offers to one rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Offer {
    /// Parts in a fixed order; one of a part number is the same minutes under every rule.
    pub(super) parts: Vec<Part>,
    /// No more than so many of the parts' minutes, whichever they are; none: all of them.
    pub(super) most: Option<u64>,
    /// How it came to have less, or more, than it states.
    pub(super) loss: Option<Box<Loss>>,
    /// Minutes lost, with the reason.
    pub(super) lost: Vec<(u64, Reason)>,
    /// How far it came.
    pub(super) steps: u8,
    /// Whether someone's word could make more of it count.
    pub(super) waits: bool,
    /// What buckets that speak of it did not take of parts that count elsewhere in the rule, and why.
    pub(super) kept_out: Vec<(usize, u64, Reason)>,
}

/// Where a part may go.
struct Way {
    places: Vec<Place>,
    /// Whether someone's word could open more.
    waits: bool,
    /// The buckets that speak of it and do not take it, and why.
    kept_out: BTreeSet<(usize, Reason)>,
}

impl Offer {
    pub(super) fn minutes(&self) -> u64 {
        let all = self.parts.iter().map(|part| part.minutes).sum();
        self.most.map_or(all, |most| most.min(all))
    }

    /// Refuses all of it.
    pub(super) fn refuse(&mut self, reason: Reason) {
        let all = self.minutes();
        if all > 0 {
            self.keep(0);
            self.lost.push((all, reason));
        }
    }

    /// Takes what a step takes away, or gives.
    pub(super) fn change(&mut self, step: Step, reason: Reason) {
        let (before, after) = self.take(step);
        if after < before {
            self.lost.push((before - after, reason));
        }
    }

    /// Keeps so many minutes, of the first parts.
    pub(super) fn keep(&mut self, minutes: u64) {
        let mut left = minutes;
        for part in &mut self.parts {
            part.minutes = part.minutes.min(left);
            left -= part.minutes;
        }
        self.most = None;
    }
}

/// A rule about hours, made ready for one person.
pub(super) struct Plan<'a> {
    pub(super) rule: &'a Rule,
    pub(super) hours: &'a Hours,
    /// What is needed in total.
    pub(super) need: u64,
    pub(super) spans: Vec<Span>,
    bucket_spans: Vec<Option<Vec<Span>>>,
    /// Whether a bucket is asked of this person.
    pub(super) active: Vec<bool>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(asked: &Asked<'_>, rule: &'a Rule, hours: &'a Hours, need: u64) -> Self {
        let bucket_spans = hours
            .buckets
            .iter()
            .map(|bucket| bucket.windows.as_ref().map(|windows| extended::spans(asked, &rule.id, windows)))
            .collect();
        let mut active: Vec<bool> = Vec::new();
        for bucket in &hours.buckets {
            let own = bucket.in_force.contains(asked.deciding) && ages::may_concern(asked, bucket);
            let parent = bucket.parent.is_none_or(|at| active.get(at).copied().unwrap_or(true));
            active.push(own && parent);
        }
        Self { rule, hours, need, spans: period::spans(asked, &rule.id, hours), bucket_spans, active }
    }

    /// The first day from `from` on on which something done would count at a place; none: nothing can any more.
    pub(super) fn soonest(&self, asked: &Asked<'_>, place: Place, from: NaiveDate) -> Option<NaiveDate> {
        let bucket = place.checked_sub(1).and_then(|at| self.hours.buckets.get(at));
        match bucket.and_then(|bucket| bucket.windows.as_ref()) {
            Some(windows) => soonest::day(asked, &self.rule.id, windows, from),
            None => {
                soonest::inside(asked, from, |moments| period::spans_then(asked, &self.rule.id, self.hours, moments))
            }
        }
    }

    /// What has to count in all for the need to be met: less or more than it where the sum is rounded.
    pub(super) fn goal(&self) -> u64 {
        goal(self.need, self.hours, RoundingScope::Total)
    }

    /// The least that a bucket has to hold in the end: its own need, or what is needed inside it.
    pub(super) fn least(&self, at: usize) -> u64 {
        let own = self.hours.buckets.get(at).and_then(|bucket| bucket.need.as_ref()).map_or(0, |need| need.minutes_up);
        own.max(self.least_inside(Some(at)))
    }

    /// The least that the buckets inside a place have to hold in the end.
    pub(super) fn least_inside(&self, parent: Option<usize>) -> u64 {
        let inside = self
            .hours
            .buckets
            .iter()
            .enumerate()
            .filter(|(at, bucket)| bucket.parent == parent && !bucket.independent && self.is_active(*at));
        inside.map(|(at, _)| self.least(at)).sum()
    }

    pub(super) fn is_active(&self, bucket: usize) -> bool {
        self.active.get(bucket).copied().unwrap_or(false)
    }

    /// What all entries offer; `hopeful` takes those that wait for someone as if they counted.
    pub(super) fn offers(&self, asked: &Asked<'_>, entries: &[Entry<'_>], hopeful: bool) -> Vec<Offer> {
        let mut offers: Vec<Offer> = entries.iter().map(|entry| self.offer(asked, entry, hopeful)).collect();
        super::repeats::refuse(asked.as_of, self.hours, entries, &mut offers);
        for (entry, offer) in entries.iter().zip(&mut offers) {
            let used = used_elsewhere(asked.version, self.hours, entry);
            offer.change(Step::Minutes(used), Reason::UsedElsewhere);
        }
        let per_activity = |rounding: &Rounding| rounding.scope == RoundingScope::Activity;
        let Some(rounding) = self.hours.rounding.filter(per_activity) else { return offers };
        // What is rounded is what was done, and an hour was done once.
        overlap::in_order(entries, &mut offers);
        for (entry, offer) in entries.iter().zip(&mut offers) {
            // What was carried was rounded when it was earned.
            if !matches!(entry.source, Source::Carried(_)) {
                offer.change(Step::Rounded(rounding), Reason::Rounding);
            }
        }
        offers
    }

    fn offer(&self, asked: &Asked<'_>, entry: &Entry<'_>, hopeful: bool) -> Offer {
        if let Source::Carried(fact) = entry.source {
            return carried::offer(asked, self, fact);
        }
        let judged = judge(asked.version, self.hours, entry, asked.as_of);
        let all = gross(asked.version, entry).unwrap_or(0);
        match judged.verdict {
            Verdict::No(reason) => return Offer { lost: vec![(all, reason)], steps: judged.steps, ..Offer::default() },
            Verdict::Pending(reason) if !hopeful => {
                // It has to pass everything else before someone's word could help it.
                let late = outside(&self.spans, entry).filter(|_| self.bucket_spans.iter().all(Option::is_none));
                let lost = vec![(all, late.unwrap_or(reason))];
                return Offer { lost, steps: judged.steps, waits: late.is_none(), ..Offer::default() };
            }
            Verdict::Pending(_) | Verdict::Yes => {}
        }
        let mut offer = Offer { steps: judged.steps, ..Offer::default() };
        for (topics, minutes) in parts_of(asked, entry) {
            match self.places(asked, entry, topics.as_deref(), hopeful) {
                Ok(Way { places, waits, kept_out }) => {
                    offer.waits |= waits;
                    offer.parts.push(Part { minutes, places });
                    offer.kept_out.extend(kept_out.into_iter().map(|(bucket, reason)| (bucket, minutes, reason)));
                }
                Err((reason, waits)) => {
                    offer.waits |= waits;
                    // The part keeps its number with nothing in it.
                    offer.parts.push(Part::default());
                    offer.lost.push((minutes, reason));
                    match reason {
                        Reason::TopicNotAccepted if self.is_narrow() => offer.steps = OTHER_TOPIC,
                        Reason::TopicNotAccepted => {}
                        _ => offer.steps += 1,
                    }
                }
            }
        }
        if offer.parts.iter().any(|part| part.minutes > 0) {
            offer.steps = u8::MAX;
        }
        offer
    }

    /// Why no part of an entry may enter the rule by its topics and days; for rules that count entries.
    pub(super) fn refuses(&self, asked: &Asked<'_>, entry: &Entry<'_>) -> Option<Reason> {
        let mut refused = None;
        for (topics, _) in parts_of(asked, entry) {
            match self.places(asked, entry, topics.as_deref(), false) {
                Ok(_) => return None,
                Err((reason, _)) => refused = refused.or(Some(reason)),
            }
        }
        refused
    }

    /// Where a part may go; `None`: it names no topic. Else the reason, and whether someone's word could change it.
    fn places(
        &self,
        asked: &Asked<'_>,
        entry: &Entry<'_>,
        topics: Option<&[String]>,
        hopeful: bool,
    ) -> Result<Way, (Reason, bool)> {
        let late = outside(&self.spans, entry);
        let (mut places, mut kept_out) = (BTreeSet::new(), BTreeSet::new());
        let (mut accepted, mut refused, mut waits) = (false, late, false);
        let known: Vec<Option<usize>> = match topics {
            None => vec![None],
            Some(names) => names.iter().map(|name| asked.version.topic_named(name)).collect(),
        };
        for topic in known {
            if !self.takes(asked, topic, topics.is_some()) {
                continue;
            }
            accepted = true;
            let mut entered = false;
            for (at, bucket) in self.hours.buckets.iter().enumerate() {
                if !self.is_active(at) || !speaks_of(bucket, entry, topic) {
                    continue;
                }
                match self.enters(asked, entry, (at, bucket), late) {
                    Verdict::No(reason) => {
                        refused = refused.or(Some(reason));
                        kept_out.insert((at, reason));
                    }
                    Verdict::Pending(reason) if !hopeful => {
                        (refused, waits) = (refused.or(Some(reason)), true);
                        kept_out.insert((at, reason));
                    }
                    Verdict::Yes | Verdict::Pending(_) => {
                        places.insert(at + 1);
                        entered = true;
                    }
                }
            }
            if late.is_none() && !entered {
                places.insert(0);
            }
        }
        match (accepted, places.is_empty()) {
            (false, _) => Err((Reason::TopicNotAccepted, false)),
            (true, true) => Err((refused.unwrap_or(Reason::TopicNotAccepted), waits)),
            (true, false) => Ok(Way { places: places.into_iter().collect(), waits, kept_out }),
        }
    }

    /// Whether the total takes a topic; `named`: the record names one, known or not.
    pub(super) fn takes(&self, asked: &Asked<'_>, topic: Option<usize>, named: bool) -> bool {
        let names = |list: &[(Attribute, Vec<String>)], id: &String| {
            let mut lists = list.iter().filter(|(attribute, _)| *attribute == Attribute::Topic);
            lists.next().map(|(_, topics)| topics.contains(id))
        };
        let Some(found) = topic.and_then(|at| asked.version.topics.get(at)) else {
            // Minutes without a topic, or with one this pack does not know, never feed a rule about topics alone.
            return !self.is_narrow() && (!named || self.hours.any_topic);
        };
        let filter = &self.hours.filter;
        !found.never_counts
            && names(&filter.only, &found.id) != Some(false)
            && names(&filter.never, &found.id) != Some(true)
    }

    /// Whether the total itself takes some topics only.
    pub(super) fn is_narrow(&self) -> bool {
        self.hours.filter.only.iter().any(|(attribute, _)| *attribute == Attribute::Topic)
    }

    /// Whether an entry may enter a bucket that speaks of it; `late`: why the total's days do not take it.
    fn enters(
        &self,
        asked: &Asked<'_>,
        entry: &Entry<'_>,
        (at, bucket): (usize, &Bucket),
        late: Option<Reason>,
    ) -> Verdict {
        let own = self.bucket_spans.get(at).and_then(Option::as_ref);
        let refused = own.map_or(late, |spans| outside(spans, entry)).or_else(|| entry.refused_by(&bucket.filter));
        match (refused, &bucket.approval) {
            (Some(reason), _) => Verdict::No(reason),
            (None, Some(Some(approval))) => approved(asked.version, approval, entry),
            (None, Some(None) | None) => Verdict::Yes,
        }
    }
}

fn speaks_of(bucket: &Bucket, entry: &Entry<'_>, topic: Option<usize>) -> bool {
    match &bucket.of {
        Some(filter) => entry.is_of(filter),
        None => topic.is_some_and(|topic| bucket.topics.contains(&topic)),
    }
}

/// An entry's parts: its settled topics in the order of their names, then what is flexible.
fn parts_of(asked: &Asked<'_>, entry: &Entry<'_>) -> Vec<(Option<Vec<String>>, u64)> {
    let Source::Learning(learning) = entry.source else {
        return vec![(None, gross(asked.version, entry).unwrap_or(0))];
    };
    let mut parts: Vec<_> = learning
        .minutes_by_topic
        .iter()
        .map(|(topic, minutes)| (Some(vec![topic.clone()]), u64::from(*minutes)))
        .collect();
    let fixed: u64 = parts.iter().map(|(_, minutes)| *minutes).sum();
    let rest = gross(asked.version, entry).unwrap_or(0).saturating_sub(fixed);
    if rest > 0 || parts.is_empty() {
        let topics = (!learning.topics.is_empty()).then(|| learning.topics.clone());
        parts.push((topics, rest));
    }
    parts
}

/// Rounds minutes as a rule says.
pub(super) fn rounded(minutes: u64, rounding: Rounding) -> u64 {
    let (step, whole) = (rounding.step.max(1), minutes / rounding.step.max(1));
    let rest = minutes % step;
    let up = match rounding.mode {
        RoundingMode::Floor => false,
        RoundingMode::Nearest => rest * 2 >= step,
        RoundingMode::Ceil => rest > 0,
    };
    let least = if minutes > 0 { rounding.minimum } else { 0 };
    ((whole + u64::from(up)) * step).max(least)
}

/// The least sum that rounds to a need, where a rule rounds sums of this scope.
pub(in super::super) fn goal(need: u64, hours: &Hours, scope: RoundingScope) -> u64 {
    let Some(rounding) = hours.rounding.filter(|rounding| rounding.scope == scope && need > 0) else { return need };
    if rounding.minimum >= need {
        return 1;
    }
    (need.div_ceil(rounding.step.max(1)) * rounding.step.max(1)).saturating_sub(lift(rounding))
}

/// What rounding may add to a sum before it is cut to whole steps.
pub(super) const fn lift(rounding: Rounding) -> u64 {
    match rounding.mode {
        RoundingMode::Floor => 0,
        RoundingMode::Nearest => rounding.step / 2,
        RoundingMode::Ceil => rounding.step.saturating_sub(1),
    }
}

/// Minutes of an entry by day: evenly, the remainder to the first days.
pub(super) fn by_day(entry: &Entry<'_>, minutes: u64) -> impl Iterator<Item = (NaiveDate, u64)> + use<> {
    let first = entry.first;
    let days = u64::try_from((entry.last - entry.first).num_days()).unwrap_or(0) + 1;
    let (each, rest) = (minutes / days, minutes % days);
    (0..days).map(move |n| (first.checked_add_days(Days::new(n)).unwrap_or(first), each + u64::from(n < rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(minutes: u64, step: u64, mode: RoundingMode) -> u64 {
        rounded(minutes, Rounding { step, minimum: step, mode, scope: RoundingScope::Activity })
    }

    #[test]
    fn the_boards_own_vectors_come_out() {
        // IACET: 17 hours are 1.7 units of 600 minutes, half an hour 0.1, six hours 0.6.
        assert_eq!(to(17 * 60, 60, RoundingMode::Nearest), 17 * 60);
        assert_eq!(to(30, 60, RoundingMode::Nearest), 60);
        assert_eq!(to(29, 60, RoundingMode::Nearest), 60);
        assert_eq!(to(360, 60, RoundingMode::Nearest), 360);
        // Hours of 50 minutes: 175 minutes to halves are 3.5, 174 whole are 3.
        assert_eq!(to(175, 25, RoundingMode::Floor), 175);
        assert_eq!(to(174, 50, RoundingMode::Floor), 150);
        assert_eq!(
            rounded(0, Rounding { step: 60, minimum: 60, mode: RoundingMode::Ceil, scope: RoundingScope::Total }),
            0
        );
    }
}
