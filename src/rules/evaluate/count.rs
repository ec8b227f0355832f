//! Rules that count entries instead of minutes: twelve meetings, two courses.

use super::super::amount::Decimal;
use super::super::evaluation::{NotCountedHere, Placed, Status};
use super::super::pack::model::{Hours, Rule};
use super::super::reason::Reason;
use super::accept::{gross, judge, outside};
use super::asked::Asked;
use super::entry::{Entry, Source, Verdict};
use super::ledger::{Measure, Said};
use super::node::Node;
use super::pace;
use super::period;

pub(super) fn node(asked: &Asked<'_>, rule: &Rule, hours: &Hours, needed: u32, entries: &[Entry<'_>]) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let spans = period::spans(asked, &rule.id, hours);
    let (mut counted, mut hoped) = (0, 0);
    let (mut now, mut later) = (Vec::new(), Vec::new());
    // Minutes are carried, never entries.
    for entry in entries.iter().filter(|entry| !matches!(entry.source, Source::Carried(_))) {
        let own = hours.counted_in.as_ref().map(|unit| units(entry, unit));
        let pieces = own.map_or_else(|| pieces(entry), Option::unwrap_or_default);
        let mut judged = judge(asked.version, hours, entry, asked.as_of);
        if own == Some(None) && !matches!(judged.verdict, Verdict::No(_)) {
            judged.verdict = Verdict::No(Reason::WrongKind);
        }
        let refused = match (judged.verdict, outside(&spans, entry)) {
            (Verdict::No(reason), _) => Some(reason),
            (_, Some(reason)) => Some(reason),
            (Verdict::Pending(reason), None) => {
                hoped += pieces;
                Some(reason)
            }
            (Verdict::Yes, None) => None,
        };
        node.said.push(said(rule, hours, entry, pieces, refused, judged.steps));
        let one = pace::Counted { entry, minutes: gross(asked.version, entry).unwrap_or(0), pieces };
        if refused.is_none() {
            now.push(one);
        }
        if !matches!(judged.verdict, Verdict::No(_)) && outside(&spans, entry).is_none() {
            later.push(one);
        }
        match refused {
            None => {
                counted += pieces;
                node.requirement.placed.push(Placed {
                    record: entry.id.to_owned(),
                    minutes: None,
                    count: Some(pieces),
                });
            }
            Some(reason) => {
                let lost = NotCountedHere { record: entry.id.to_owned(), minutes: None, count: Some(pieces), reason };
                node.requirement.not_counted.push(lost);
            }
        }
    }
    let needed = u64::from(needed);
    node.amounts(hours.counted_in.as_deref().unwrap_or("count"), needed, counted);
    node.requirement.status = match (counted >= needed, counted + hoped >= needed) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    if !hours.pace.is_empty() {
        pace::add(asked, rule, hours, &spans, (&now, &later), &mut node);
    }
    node
}

/// How many whole units an entry is worth; none where it is stated in another.
fn units(entry: &Entry<'_>, unit: &str) -> Option<u64> {
    let Source::Learning(learning) = entry.source else { return None };
    let amount = learning.amount.as_ref().filter(|amount| amount.unit == unit)?;
    Decimal::parse(&amount.value).map(|value| value.times_down(1))
}

/// How many an entry is.
pub(super) fn pieces(entry: &Entry<'_>) -> u64 {
    match entry.source {
        Source::Service(service) => service.count.map_or(1, u64::from),
        Source::Learning(_) | Source::Carried(_) => 1,
    }
}

fn said(rule: &Rule, hours: &Hours, entry: &Entry<'_>, pieces: u64, refused: Option<Reason>, steps: u8) -> Said {
    Said {
        record: entry.id.to_owned(),
        requirement: rule.id.clone(),
        measure: Measure::Count,
        counted: if refused.is_none() { pieces } else { 0 },
        lost: refused.map(|reason| (pieces, reason)).into_iter().collect(),
        steps: if refused.is_none() { u8::MAX } else { steps },
        shared: hours.shared,
    }
}
