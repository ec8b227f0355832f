//! Nodes for rules about hours: fills them together, shows placings, losses, shortfalls and caps.

use std::collections::BTreeMap;

use super::super::amount::{Rounded, in_unit};
use super::super::calendar::Length;
use super::super::evaluation::{CapUse, NotCountedHere, Note, Placed, Requirement, Shortfall, Status};
use super::super::pack::model::{Bucket, Hours, Need, RoundingScope, Rule};
use super::super::reason::Reason;
use super::allocate::{Candidate, Filled, fill};
use super::asked::Asked;
use super::entry::{Entry, Source};
use super::ledger::{Measure, Said};
use super::node::{Node, bare};
use super::offer::{Offer, Place, Plan, rounded};
use super::{pace, stretch};

/// Nodes for rules that share their entries, in the order given.
pub(super) fn nodes<'a>(asked: &Asked<'_>, rules: &[(&'a Rule, &'a Hours)], entries: &[Entry<'_>]) -> Vec<Node> {
    let plans: Vec<Plan<'a>> =
        rules.iter().map(|(rule, hours)| Plan::of(asked, rule, hours, need(asked, rule, hours))).collect();
    let candidates = |hopeful: bool| -> (Vec<Candidate<'_, 'a>>, Vec<Filled>) {
        let offers = |plan| Candidate { plan, offers: Plan::offers(plan, asked, entries, hopeful) };
        let mut all: Vec<_> = plans.iter().map(offers).collect();
        super::loss::settle(&mut all);
        super::older::settle(entries, &mut all);
        stretch::best(entries, all, |candidates| self::filled(asked, entries, candidates))
    };
    let certain = candidates(false);
    let waits = certain.0.iter().flat_map(|candidate| &candidate.offers).any(|offer| offer.waits);
    let paced = plans.iter().any(|plan| !plan.hours.pace.is_empty());
    let short = waits && (paced || certain.1.iter().any(|filled| filled.total_missing() > 0));
    let hopeful = short.then(|| candidates(true));
    let hoped = hopeful.as_ref().unwrap_or(&certain);
    let own = |at: usize| Some(node(asked, entries, &Own::of(&certain, at)?, &Own::of(hoped, at)?));
    (0..plans.len()).filter_map(own).collect()
}

/// What became of one rule: what was offered to it, what it takes, and what others take of each entry.
struct Own<'f, 'p, 'a> {
    candidate: &'f Candidate<'p, 'a>,
    filled: &'f Filled,
    elsewhere: BTreeMap<usize, u64>,
}

impl<'f, 'p, 'a> Own<'f, 'p, 'a> {
    fn of((candidates, filled): &'f (Vec<Candidate<'p, 'a>>, Vec<Filled>), at: usize) -> Option<Self> {
        let elsewhere = placed_elsewhere(filled, at);
        Some(Self { candidate: candidates.get(at)?, filled: filled.get(at)?, elsewhere })
    }

    /// What was done under the rule, for what it says about time: also what another rule takes, for that does not change when
    /// it was done.
    fn done<'e, 'r>(&self, entries: &'e [Entry<'r>]) -> Vec<pace::Counted<'e, 'r>> {
        let here = placed_by_entry(self.candidate.plan, self.filled, entries.len());
        let offers = entries.iter().zip(&self.candidate.offers).zip(here).enumerate();
        let of = |(at, ((entry, offer), here)): (usize, ((&'e Entry<'r>, &Offer), u64))| {
            let all = here + self.elsewhere.get(&at).copied().unwrap_or(0);
            let minutes = here.max(all.min(offer.minutes()));
            (minutes > 0).then(|| pace::Counted { entry, minutes, pieces: super::count::pieces(entry) })
        };
        offers.filter_map(of).collect()
    }
}

/// The node of a rule that shares its entries with no other.
pub(super) fn nodes_alone(asked: &Asked<'_>, rule: &Rule, hours: &Hours, entries: &[Entry<'_>]) -> Option<Node> {
    nodes(asked, &[(rule, hours)], entries).pop()
}

/// Fills rules; those whose topics are shared stand alone.
fn filled(asked: &Asked<'_>, entries: &[Entry<'_>], candidates: &[Candidate<'_, '_>]) -> Vec<Filled> {
    fill(asked.deciding, entries, candidates)
}

fn placed_elsewhere(filled: &[Filled], own: usize) -> BTreeMap<usize, u64> {
    let mut sums = BTreeMap::new();
    for other in filled.iter().enumerate().filter(|(at, _)| *at != own).flat_map(|(_, filled)| &filled.placings) {
        *sums.entry(other.entry).or_insert(0) += other.minutes;
    }
    sums
}

/// What a rule needs of this person in minutes.
pub(super) fn need(asked: &Asked<'_>, rule: &Rule, hours: &Hours) -> u64 {
    if let Some(known) = asked.needs.get(rule.id.as_str()) {
        return *known;
    }
    let stated = match stated(asked, hours) {
        Need::Minutes(amount) => amount.minutes_up,
        Need::Count(_) => 0,
    };
    let Some(ratio) = &hours.ratio else { return stated };
    let of = asked.needs.get(ratio.of.as_str()).copied().unwrap_or(0);
    let hour = u64::from(asked.version.hour);
    (of * hour).div_ceil(ratio.one_hour_per).max(ratio.never_below).max(stated)
}

/// The amount that holds for this person.
pub(super) fn stated<'h>(asked: &Asked<'_>, hours: &'h Hours) -> &'h Need {
    hours.instead.iter().find(|(when, _)| asked.holds(when)).map_or(&hours.need, |(_, need)| need)
}

fn node(asked: &Asked<'_>, entries: &[Entry<'_>], own: &Own<'_, '_, '_>, hoped: &Own<'_, '_, '_>) -> Node {
    let Own { candidate, filled, elsewhere } = own;
    let plan = candidate.plan;
    let mut node = Node::of(plan.rule, Status::Met, asked.as_of);
    node.requirement = tree(asked, entries, plan, filled, hoped.filled);
    let totals = placed_by_entry(plan, filled, entries.len());
    for (at, (entry, offer)) in entries.iter().zip(&candidate.offers).enumerate() {
        if matches!(entry.source, Source::Carried(_)) && plan.hours.carry.is_none() {
            continue;
        }
        let here = totals.get(at).copied().unwrap_or(0);
        let there = elsewhere.get(&at).copied().unwrap_or(0);
        let mut lost = offer.lost.clone();
        let left = offer.minutes().saturating_sub(here + there);
        if left > 0 {
            lost.push((left, left_over(plan, filled, (at, entry), offer)));
        }
        for (bucket, minutes, reason) in &offer.kept_out {
            let id = id_of(plan, bucket + 1);
            let said =
                NotCountedHere { record: entry.id.to_owned(), minutes: Some(*minutes), count: None, reason: *reason };
            keep_out(&mut node.requirement.requirements, &id, &said);
        }
        for (minutes, reason) in &lost {
            node.requirement.not_counted.push(NotCountedHere {
                record: entry.id.to_owned(),
                minutes: Some(*minutes),
                count: None,
                reason: *reason,
            });
        }
        let said = Said {
            record: entry.id.to_owned(),
            requirement: plan.rule.id.clone(),
            measure: Measure::Minutes,
            counted: here,
            lost,
            steps: offer.steps,
            shared: plan.hours.shared || plan.hours.topics_shared,
        };
        node.said.push(said);
    }
    if node.status() == Status::NotMet {
        node.earliest = earliest(asked, plan, filled, node.requirement.missing_minutes.unwrap_or(0));
    }
    if !plan.hours.pace.is_empty() {
        let (now, later) = (own.done(entries), hoped.done(entries));
        pace::add(asked, plan.rule, plan.hours, &plan.spans, (&now, &later), &mut node);
        if node.status() == Status::NotMet {
            // Time goes on, but not beyond the days that count.
            node.earliest = node.earliest.and_then(|day| plan.soonest(asked, 0, day));
        }
    }
    node
}

/// Says at a part of the rule what it did not take, which counts elsewhere in it.
fn keep_out(parts: &mut [Requirement], id: &str, said: &NotCountedHere) {
    for part in parts {
        if part.id == id {
            part.not_counted.push(said.clone());
        } else {
            keep_out(&mut part.requirements, id, said);
        }
    }
}

/// Minutes of each entry that count in the rule: once, also where topics are shared.
fn placed_by_entry(plan: &Plan<'_>, filled: &Filled, entries: usize) -> Vec<u64> {
    let mut totals = vec![0; entries];
    for placing in filled.placings.iter().filter(|placing| !plan.hours.topics_shared || placing.place == 0) {
        if let Some(total) = totals.get_mut(placing.entry) {
            *total += placing.minutes;
        }
    }
    totals
}

/// Why minutes that were offered found no place.
fn left_over(plan: &Plan<'_>, filled: &Filled, (at, entry): (usize, &Entry<'_>), offer: &Offer) -> Reason {
    if filled.crowded.contains(&at) {
        return Reason::Overlapping;
    }
    let capped = filled.caps.iter().any(|(cap, limit, used)| {
        used >= limit && plan.hours.caps.get(*cap).is_some_and(|cap| cap.speaks_of(|of| entry.is_of(of)))
    });
    let mut places = offer.parts.iter().flat_map(|part| &part.places);
    let limited = places.any(|place| {
        let mut at = place.checked_sub(1);
        while let Some(bucket) = at.and_then(|at| plan.hours.buckets.get(at)) {
            if bucket.at_most.is_some() {
                return true;
            }
            at = bucket.parent;
        }
        false
    });
    if capped || limited || filled.full.contains(&at) { Reason::CapReached } else { Reason::Surplus }
}

/// Hours could be done on the first day that counts, but no faster than the limits of weeks and months let them count.
fn earliest(asked: &Asked<'_>, plan: &Plan<'_>, filled: &Filled, missing: u64) -> Option<chrono::NaiveDate> {
    let mut short = filled.missing.iter().enumerate().filter(|(_, missing)| **missing > 0);
    let start =
        short.try_fold(asked.as_of, |day, (place, _)| Some(plan.soonest(asked, place, asked.as_of)?.max(day)))?;
    // Whole weeks or months that pass before the last one.
    let before = |limit: Option<u64>| match limit {
        Some(0) => None,
        Some(limit) => u32::try_from(missing.div_ceil(limit).saturating_sub(1)).ok(),
        None => Some(0),
    };
    let (weeks, months) = (before(plan.hours.per_week)?, before(plan.hours.per_month)?);
    let last = Length::Days(weeks.saturating_mul(7)).after(start).max(Length::Months(months).after(start));
    plan.soonest(asked, 0, last)
}

/// The rule's node with its buckets below it.
fn tree(asked: &Asked<'_>, entries: &[Entry<'_>], plan: &Plan<'_>, filled: &Filled, hoped: &Filled) -> Requirement {
    let mut root = bare(plan.rule, Status::Met);
    root.requirements = children(asked, entries, plan, filled, hoped, None);
    let (unit, size) = match stated(asked, plan.hours) {
        Need::Minutes(amount) if amount.minutes_up == plan.need => (amount.unit.name.clone(), amount.unit.minutes),
        Need::Minutes(_) | Need::Count(_) => ("hour".to_owned(), asked.version.hour),
    };
    let sums = Sums {
        needed: plan.need,
        counted: placed(entries, filled, 0, &mut root)
            + if plan.hours.topics_shared { 0 } else { counted_below(plan, None, &root) },
        missing: missing_of(plan.hours, &filled.missing, None),
        hoped: hoped_of(plan, filled, hoped, None),
    };
    set(&mut root, &sums.rounded(plan.hours, RoundingScope::Total), &unit, size);
    if filled.unproven && root.status != Status::Met {
        root.notes.push(Note::of(Note::PLACING_NOT_PROVEN).said());
    }
    root.shortfall = filled
        .shortfall
        .iter()
        .map(|(places, minutes)| Shortfall {
            requirements: places.iter().map(|place| id_of(plan, *place)).collect(),
            minutes: *minutes,
        })
        .collect();
    root.caps = filled
        .caps
        .iter()
        .filter_map(|(cap, limit, used)| {
            plan.hours.caps.get(*cap).map(|cap| CapUse {
                id: cap.id.clone(),
                limit_minutes: *limit,
                used_minutes: *used,
            })
        })
        .collect();
    root
}

struct Sums {
    needed: u64,
    counted: u64,
    missing: u64,
    hoped: u64,
}

impl Sums {
    /// The same with the sum rounded, where the rule rounds at this scope. What is missing knows of it already.
    fn rounded(mut self, hours: &Hours, scope: RoundingScope) -> Self {
        if let Some(rounding) = hours.rounding.filter(|rounding| rounding.scope == scope) {
            self.counted = rounded(self.counted, rounding);
        }
        self
    }
}

fn set(requirement: &mut Requirement, sums: &Sums, unit: &str, size: u32) {
    lack(requirement, (sums.missing, sums.hoped), unit, size);
    requirement.needed = Some(in_unit(sums.needed, size, Rounded::Up));
    requirement.counted = Some(in_unit(sums.counted, size, Rounded::Down));
    requirement.needed_minutes = Some(sums.needed);
    requirement.counted_minutes = Some(sums.counted);
}

/// What is missing, what would be if everybody had spoken, and how it stands with that.
pub(in super::super) fn lack(requirement: &mut Requirement, (missing, hoped): (u64, u64), unit: &str, size: u32) {
    requirement.status = match (missing, hoped) {
        (0, _) => Status::Met,
        (_, 0) => Status::Undecided,
        (_, _) => Status::NotMet,
    };
    requirement.unit = Some(unit.to_owned());
    requirement.unit_minutes = Some(size);
    requirement.missing = Some(in_unit(missing, size, Rounded::Up));
    requirement.missing_minutes = Some(missing);
}

/// The unit in which a part says its amounts.
pub(in super::super) fn unit_of(bucket: &Bucket, hour: u32) -> (&str, u32) {
    let stated = bucket.need.as_ref().or(bucket.at_most.as_ref());
    stated.map_or(("hour", hour), |amount| (&amount.unit.name, amount.unit.minutes))
}

fn children(
    asked: &Asked<'_>,
    entries: &[Entry<'_>],
    plan: &Plan<'_>,
    filled: &Filled,
    hoped: &Filled,
    parent: Option<usize>,
) -> Vec<Requirement> {
    let own = plan.hours.buckets.iter().enumerate().filter(|(_, bucket)| bucket.parent == parent);
    own.map(|(at, bucket)| {
        let mut child = bare(plan.rule, Status::NotApplicable);
        (child.id, child.label, child.citation) = (bucket.id.clone(), bucket.label.en.clone(), bucket.citation.clone());
        if !plan.is_active(at) {
            return child;
        }
        child.requirements = children(asked, entries, plan, filled, hoped, Some(at));
        let (unit, size) = unit_of(bucket, asked.version.hour);
        let sums = Sums {
            needed: bucket.need.as_ref().map_or(0, |need| need.minutes_up),
            counted: placed(entries, filled, at + 1, &mut child) + counted_below(plan, Some(at), &child),
            missing: missing_of(plan.hours, &filled.missing, Some(at)),
            hoped: hoped_of(plan, filled, hoped, Some(at)),
        };
        if let Some(limit) = &bucket.at_most {
            child.caps.push(CapUse {
                id: own_id(bucket),
                limit_minutes: limit.minutes_down,
                used_minutes: sums.counted,
            });
        }
        set(&mut child, &sums.rounded(plan.hours, RoundingScope::Topic), unit, size);
        child
    })
    .collect()
}

fn own_id(bucket: &Bucket) -> String {
    bucket.id.rsplit('.').next().unwrap_or(&bucket.id).to_owned()
}

/// Lists what is placed at a place and answers its sum.
fn placed(entries: &[Entry<'_>], filled: &Filled, place: Place, into: &mut Requirement) -> u64 {
    let mut sum = 0;
    for placing in filled.placings.iter().filter(|placing| placing.place == place) {
        let Some(entry) = entries.get(placing.entry) else { continue };
        sum += placing.minutes;
        into.placed.push(Placed { record: entry.id.to_owned(), minutes: Some(placing.minutes), count: None });
    }
    sum
}

/// What the parts give to the place they are part of; one that lies beside it gives nothing.
fn counted_below(plan: &Plan<'_>, at: Option<usize>, requirement: &Requirement) -> u64 {
    let parts = plan.hours.buckets.iter().filter(|bucket| bucket.parent == at).zip(&requirement.requirements);
    parts.filter(|(bucket, _)| !bucket.independent).filter_map(|(_, child)| child.counted_minutes).sum()
}

/// What is missing at a place and below it, by what each place lacks.
pub(in super::super) fn missing_of(hours: &Hours, missing: &[u64], at: Option<usize>) -> u64 {
    let own = missing.get(at.map_or(0, |at| at + 1)).copied().unwrap_or(0);
    let parts = hours.buckets.iter().enumerate().filter(|(_, bucket)| bucket.parent == at);
    let below = parts.map(|(child, _)| missing_of(hours, missing, Some(child)));
    if hours.topics_shared { own.max(below.max().unwrap_or(0)) } else { own + below.sum::<u64>() }
}

/// What would be missing if others had spoken: those whose word is awaited, or the board, where nobody knows the best placing.
fn hoped_of(plan: &Plan<'_>, filled: &Filled, hoped: &Filled, at: Option<usize>) -> u64 {
    if filled.is_open() || hoped.is_open() { 0 } else { missing_of(plan.hours, &hoped.missing, at) }
}

fn id_of(plan: &Plan<'_>, place: Place) -> String {
    place
        .checked_sub(1)
        .and_then(|at| plan.hours.buckets.get(at))
        .map_or_else(|| plan.rule.id.clone(), |bucket| bucket.id.clone())
}
