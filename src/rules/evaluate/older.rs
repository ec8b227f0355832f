//! Of entries of the same time that serve as well as each other, the older ones count, then those that began first, then by id.

use std::collections::BTreeMap;

use super::super::reason::Reason;
use super::allocate::{Candidate, Filled, Placing};
use super::entry::Entry;
use super::gate::{Gate, Of};
use super::offer::{Offer, Place};
use super::overlap::{self, Stay};

/// Settles which entries of one time count where it makes no difference: one rule wants them, at the same places, and limits
/// none of them.
pub(super) fn settle(entries: &[Entry<'_>], candidates: &mut [Candidate<'_, '_>]) {
    if !entries.iter().any(|entry| entry.crowded) {
        return;
    }
    for group in overlap::groups(entries, |at| overlap::most(candidates, at)) {
        let wants = |candidate: &Candidate<'_, '_>| offered(candidate, &group).any(|offer| offer.minutes() > 0);
        let mut wanting = candidates.iter_mut().filter(|candidate| wants(candidate));
        let (Some(candidate), None) = (wanting.next(), wanting.next()) else { continue };
        if !takes_all_alike(candidate, &group) {
            continue;
        }
        for (at, minutes) in overlap::kept(&group) {
            if let Some(offer) = candidate.offers.get_mut(at).filter(|offer| offer.minutes() > minutes) {
                offer.lost.push((offer.minutes() - minutes, Reason::Overlapping));
                offer.keep(minutes);
            }
        }
    }
}

fn offered<'c>(candidate: &'c Candidate<'_, '_>, group: &'c [Stay]) -> impl Iterator<Item = &'c Offer> {
    group.iter().filter_map(|stay| candidate.offers.get(stay.at))
}

fn takes_all_alike(candidate: &Candidate<'_, '_>, group: &[Stay]) -> bool {
    let hours = candidate.plan.hours;
    let limits = !hours.caps.is_empty() || hours.per_week.is_some() || hours.per_month.is_some();
    let cuts = hours.pace.spread.as_ref().is_some_and(|spread| spread.at_most.is_some());
    let mut places = offered(candidate, group).flat_map(|offer| &offer.parts).map(|part| &part.places);
    let first = places.next();
    !limits && !cuts && places.all(|other| Some(other) == first)
}

/// Hands what counts at one place, of entries that no other limit parts, to the older ones; and notes which times are full.
pub(super) fn first(candidates: &[Candidate<'_, '_>], gates: &[Gate], filled: &mut [Filled]) {
    let times: Vec<&Gate> = gates.iter().filter(|gate| gate.of == Of::SameTime).collect();
    if times.is_empty() {
        return;
    }
    let others: Vec<&Gate> = gates.iter().filter(|gate| gate.of != Of::SameTime).collect();
    let mut taken: Vec<u64> = times.iter().map(|gate| inside(gate, candidates, filled)).collect();
    for (rule, candidate) in candidates.iter().enumerate() {
        if candidate.plan.hours.whole || candidate.plan.hours.topics_shared {
            continue;
        }
        for place in 0..=candidate.plan.hours.buckets.len() {
            let mut alike: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
            let members = times.iter().flat_map(|gate| gate.members.iter().copied());
            for at in members.filter(|at| may_enter(candidate, *at, place)) {
                let own = (0..).zip(&others).filter(|(_, gate)| gate.members.contains(&at)).map(|(number, _)| number);
                alike.entry(own.collect()).or_default().push(at);
            }
            for mut group in alike.into_values() {
                group.sort_unstable();
                group.dedup();
                hand_over(candidates, &times, (rule, place), &group, (&mut taken, filled));
            }
        }
    }
    for (gate, _) in times.iter().zip(taken).filter(|(gate, taken)| *taken >= gate.limit) {
        for rule in &gate.rules {
            if let Some(filled) = filled.get_mut(*rule) {
                filled.crowded.extend(&gate.members);
            }
        }
    }
}

/// What counts of the entries of a gate, in all rules.
fn inside(gate: &Gate, candidates: &[Candidate<'_, '_>], filled: &[Filled]) -> u64 {
    let of = |(candidate, filled): (&Candidate<'_, '_>, &Filled)| -> u64 {
        let own = filled.entering(candidate.plan).filter(|placing| gate.members.contains(&placing.entry));
        own.map(|placing| placing.minutes).sum()
    };
    candidates.iter().zip(filled).map(of).sum()
}

fn may_enter(candidate: &Candidate<'_, '_>, at: usize, place: Place) -> bool {
    let parts = candidate.offers.get(at).map_or(&[][..], |offer| &offer.parts);
    matches!(parts, [part] if part.minutes > 0 && part.places.contains(&place))
}

/// Places the same minutes at one place again, of these entries in their order.
fn hand_over(
    candidates: &[Candidate<'_, '_>],
    times: &[&Gate],
    (rule, place): (usize, Place),
    group: &[usize],
    (taken, filled): (&mut Vec<u64>, &mut [Filled]),
) {
    let (Some(candidate), Some(own)) = (candidates.get(rule), filled.get(rule)) else { return };
    let sum = |filled: &Filled, wanted: &dyn Fn(&Placing) -> bool| -> u64 {
        filled.placings.iter().filter(|one| wanted(one)).map(|one| one.minutes).sum()
    };
    let (mut then, mut shares, mut total) = (taken.clone(), Vec::new(), 0);
    for at in group {
        let minutes = sum(own, &|one| one.entry == *at && one.place == place);
        total += minutes;
        for (_, taken) in times.iter().zip(&mut then).filter(|(gate, _)| gate.members.contains(at)) {
            *taken = taken.saturating_sub(minutes);
        }
    }
    for at in group {
        let beside = sum(own, &|one| one.entry == *at && one.place != place);
        let others = filled.iter().enumerate().filter(|(other, _)| *other != rule).map(|(_, filled)| filled);
        let elsewhere: u64 = others.map(|filled| sum(filled, &|one| one.entry == *at)).sum();
        let offered = candidate.offers.get(*at).map_or(0, Offer::minutes).saturating_sub(beside);
        let left = overlap::most(candidates, *at).saturating_sub(beside + elsewhere).min(offered);
        let rooms = times.iter().zip(&then).filter(|(gate, _)| gate.members.contains(at));
        let room = rooms.map(|(gate, taken)| gate.limit.saturating_sub(*taken)).min().unwrap_or(0);
        let minutes = total.min(left).min(room);
        for (_, taken) in times.iter().zip(&mut then).filter(|(gate, _)| gate.members.contains(at)) {
            *taken += minutes;
        }
        total -= minutes;
        shares.push((*at, minutes));
    }
    // What does not fit in again stays as it was.
    let Some(filled) = filled.get_mut(rule).filter(|_| total == 0) else { return };
    *taken = then;
    filled.placings.retain(|one| one.place != place || !group.contains(&one.entry));
    let shares = shares.into_iter().filter(|(_, minutes)| *minutes > 0);
    filled.placings.extend(shares.map(|(entry, minutes)| Placing { entry, place, minutes }));
    filled.placings.sort_by_key(|placing| (placing.place, placing.entry));
}
