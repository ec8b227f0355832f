//! Attestations: kinds, values, freshness, moments, how many and by how many people.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::amount::Decimal;
use super::super::calendar::{Length, parse_day};
use super::super::evaluation::{NotCountedHere, Note, Placed, Status};
use super::super::pack::model::{Attestations, Rule};
use super::super::pack::phrase::Anchor;
use super::super::reason::Reason;
use super::super::record::Attestation;
use super::asked::{Asked, text_of};
use super::entry::Verdict;
use super::extended;
use super::ledger::Said;
use super::moments::Span;
use super::node::{Node, bare, together};

pub(super) fn node(asked: &Asked<'_>, rule: &Rule, wanted: &Attestations) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let spans = extended::spans(asked, &rule.id, &wanted.windows);
    let mut given: Vec<&Attestation> =
        asked.record.attestations.iter().filter(|given| given.kind.is(&wanted.kind)).collect();
    given.sort_by_key(|given| (given.on, given.id.as_str()));
    let needed = needed(wanted);
    let (mut slots, mut hoped) = (Slots::new(wanted), Slots::new(wanted));
    let mut soonest: Option<NaiveDate> = None;
    let (mut kept, mut waiting) = (Vec::new(), Vec::new());
    for one in given {
        let refused = match judge(asked, wanted, one, &spans) {
            Verdict::Yes => {
                hoped.take(one);
                kept.push(one.on);
                // One that is renewed is not more than is needed.
                if slots.take(one) || wanted.renewed_every.is_some() { None } else { Some(Reason::Surplus) }
            }
            Verdict::Pending(reason) => {
                hoped.take(one);
                waiting.push(one.on);
                Some(reason)
            }
            Verdict::No(Reason::TooSoon) => {
                let day = date_of(one).zip(wanted.since_at_least.as_ref()).map(|(day, (length, _))| length.after(day));
                soonest = soonest.max(day);
                Some(Reason::TooSoon)
            }
            Verdict::No(reason) => Some(reason),
        };
        match refused {
            None => node.requirement.placed.push(Placed { record: one.id.clone(), minutes: None, count: Some(1) }),
            Some(reason) => {
                node.requirement.not_counted.push(NotCountedHere {
                    record: one.id.clone(),
                    minutes: None,
                    count: Some(1),
                    reason,
                });
            }
        }
        node.said.push(Said::piece(&one.id, &rule.id, refused));
    }
    node.amounts("count", needed, slots.filled().min(needed));
    node.requirement.status = match (slots.filled() >= needed, hoped.filled() >= needed) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    if node.status() == Status::NotMet {
        // No waiting makes the time before a fixed day longer, such as that of an application.
        let fixed = wanted.since_at_least.as_ref().is_some_and(|(_, anchor)| {
            soonest.is_some() && asked.moments.day(anchor).is_some() && !asked.moments.moves(anchor)
        });
        let from = soonest.map_or(asked.as_of, |day| day.max(asked.as_of));
        node.earliest = if fixed { None } else { super::soonest::day(asked, &rule.id, &wanted.windows, from) };
        node.requirement.notes.extend(full_on(asked, wanted, soonest));
    }
    if let Some((every, label)) = &wanted.renewed_every {
        waiting.extend(&kept);
        waiting.sort_unstable();
        again(asked, rule, (*every, &label.en), &spans, (&kept, &waiting), &mut node);
    }
    node
}

/// What only needs time: the day on which it is full, where a later day helps.
fn full_on(asked: &Asked<'_>, wanted: &Attestations, day: Option<NaiveDate>) -> Option<Note> {
    let (_, anchor) = wanted.since_at_least.as_ref().filter(|_| needed(wanted) == 1)?;
    let from = day.filter(|day| *day > asked.as_of && asked.moments.moves(anchor))?;
    Some(Note { from: Some(from), ..Note::of(Note::FULL_ON) }.said())
}

/// Adds whether it was confirmed again in time: no gap longer than `every` from the window's first day on, and none now.
fn again(
    asked: &Asked<'_>,
    rule: &Rule,
    (every, label): (Length, &str),
    spans: &[Span],
    (kept, hoped): (&[NaiveDate], &[NaiveDate]),
    node: &mut Node,
) {
    let (mut from, mut through) = (None, asked.as_of);
    for span in spans {
        if let Span::Days(first, last, _, _) = span {
            from = from.max(Some(*first).filter(|first| *first > NaiveDate::MIN));
            through = through.min(*last);
        }
    }
    let in_time = |days: &[NaiveDate]| {
        let gaps =
            from.into_iter().chain(days.iter().copied()).zip(days.iter().copied().skip(usize::from(from.is_none())));
        let unbroken = from.is_none() || gaps.into_iter().all(|(before, next)| next <= every.after(before));
        (unbroken, days.last().is_some_and(|last| through <= every.after(*last)))
    };
    let mut child = bare(rule, Status::Met);
    child.id = format!("{}.again", rule.id);
    label.clone_into(&mut child.label);
    let (unbroken, fresh) = in_time(kept);
    child.status = match (unbroken && fresh, in_time(hoped) == (true, true)) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    if let Some(last) = kept.last().filter(|_| child.status == Status::Met) {
        child.notes.push(Note { through: Some(every.after(*last)), ..Note::of("again_by") }.said());
    }
    // A gap that lies back cannot be closed any more.
    if !unbroken && !kept.is_empty() {
        node.earliest = None;
    }
    node.requirement.status = together([node.requirement.status, child.status]);
    node.requirement.requirements.push(child);
}

fn needed(wanted: &Attestations) -> u64 {
    let each = if wanted.each_value { wanted.values.len() } else { wanted.moments.len() };
    u64::try_from(each).unwrap_or(0).max(u64::from(wanted.count))
}

/// What is already there: one for each value or moment, or so many by different people.
struct Slots<'w> {
    wanted: &'w Attestations,
    taken: BTreeSet<String>,
    count: u64,
}

impl<'w> Slots<'w> {
    fn new(wanted: &'w Attestations) -> Self {
        Self { wanted, taken: BTreeSet::new(), count: 0 }
    }

    /// Takes one; no if it adds nothing.
    fn take(&mut self, one: &Attestation) -> bool {
        let key = if !self.wanted.moments.is_empty() {
            one.moment.clone().unwrap_or_default()
        } else if self.wanted.each_value {
            text_of(one.value.as_ref())
        } else if self.wanted.different_people {
            one.by_id.clone().unwrap_or_default()
        } else {
            one.id.clone()
        };
        if self.count >= needed(self.wanted) || !self.taken.insert(key) {
            return false;
        }
        self.count += 1;
        true
    }

    fn filled(&self) -> u64 {
        self.count
    }
}

fn judge(asked: &Asked<'_>, wanted: &Attestations, one: &Attestation, spans: &[Span]) -> Verdict {
    if one.on > asked.as_of {
        return Verdict::No(Reason::AfterAsOf);
    }
    let mut pending = None;
    match one.status.as_ref().map(|status| status.as_str()) {
        Some("verified" | "attested") => {}
        Some("disputed") => pending = Some(Reason::Disputed),
        Some("rejected") => return Verdict::No(Reason::Rejected),
        Some("voided") => return Verdict::No(Reason::Voided),
        Some("reported") if wanted.takes_own_word(one.by.as_deref()) => {}
        _ => return Verdict::No(Reason::NotVerified),
    }
    if let Some(reason) = says(asked, wanted, one) {
        return Verdict::No(reason);
    }
    if let Some(reason) = spans.iter().find_map(|span| span.refuses(one.on, one.on)) {
        return Verdict::No(reason);
    }
    if one.through.is_some_and(|through| through < asked.as_of) {
        return Verdict::No(Reason::OutsideWindow);
    }
    pending.map_or(Verdict::Yes, Verdict::Pending)
}

/// Why what it says does not serve.
fn says(asked: &Asked<'_>, wanted: &Attestations, one: &Attestation) -> Option<Reason> {
    let text = text_of(one.value.as_ref());
    if !wanted.values.is_empty() && !wanted.values.contains(&text) {
        return Some(Reason::WrongKind);
    }
    if !wanted.by.is_empty() && !one.by.as_ref().is_some_and(|by| wanted.by.contains(by)) {
        return Some(Reason::SourceNotAccepted);
    }
    if !wanted.moments.is_empty() && !one.moment.as_ref().is_some_and(|moment| wanted.moments.contains(moment)) {
        return Some(Reason::WrongKind);
    }
    // Who is not named may be the same person as the next.
    let by_people = wanted.different_people && wanted.moments.is_empty() && !wanted.each_value;
    if by_people && one.by_id.as_ref().is_none_or(String::is_empty) {
        return Some(Reason::EvidenceMissing);
    }
    let value = Decimal::parse(&text);
    for (limit, low) in [(wanted.at_least, true), (wanted.at_most, false)] {
        let Some(limit) = limit.map(Decimal::whole) else { continue };
        let Some(value) = value else { return Some(Reason::EvidenceMissing) };
        if if low { !value.at_least(limit) } else { !limit.at_least(value) } {
            return Some(Reason::BelowMinimumSize);
        }
    }
    wanted.since_at_least.as_ref().and_then(|since| too_recent(asked, since, one))
}

fn too_recent(asked: &Asked<'_>, (length, anchor): &(Length, Anchor), one: &Attestation) -> Option<Reason> {
    let Some(since) = date_of(one) else { return Some(Reason::EvidenceMissing) };
    let latest = asked.moments.day(anchor).map(|day| length.before(day));
    if latest.is_some_and(|latest| since <= latest) { None } else { Some(Reason::TooSoon) }
}

fn date_of(one: &Attestation) -> Option<NaiveDate> {
    parse_day(&text_of(one.value.as_ref()))
}
