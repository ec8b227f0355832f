//! Rules that count entries instead of minutes: twelve meetings, two courses.
//!
//! An entry counts under the same terms as minutes do (kind, topic, days, size, repeats); only the sum is another one.

use super::super::amount::Decimal;
use super::super::evaluation::{NotCountedHere, Placed, Status};
use super::super::pack::model::{Hours, Rule};
use super::super::reason::Reason;
use super::accept::{OTHER_TOPIC, gross, judge};
use super::asked::Asked;
use super::entry::{Entry, Source, Verdict};
use super::ledger::{Measure, Said};
use super::node::Node;
use super::offer::Plan;
use super::pace;
use super::repeats::Seen;

/// What one entry is under the rule.
struct Looked {
    pieces: u64,
    verdict: Verdict,
    steps: u8,
}

pub(super) fn node(asked: &Asked<'_>, rule: &Rule, hours: &Hours, needed: u32, entries: &[Entry<'_>]) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let plan = Plan::of(asked, rule, hours, 0);
    let (mut counted, mut hoped) = (0, 0);
    let (mut now, mut later) = (Vec::new(), Vec::new());
    let (mut seen, mut would_be_seen) = (Seen::default(), Seen::default());
    // Minutes are carried, never entries.
    for entry in entries.iter().filter(|entry| !matches!(entry.source, Source::Carried(_))) {
        let Looked { pieces, verdict, steps } = look(asked, &plan, entry);
        let one = pace::Counted { entry, minutes: gross(asked.version, entry).unwrap_or(0), pieces };
        let again = seen.again(asked.as_of, hours, entry, verdict == Verdict::Yes);
        let refused = match verdict {
            Verdict::No(reason) | Verdict::Pending(reason) => Some(reason),
            Verdict::Yes => again.then_some(Reason::Repeated),
        };
        let possible = !matches!(verdict, Verdict::No(_));
        if !would_be_seen.again(asked.as_of, hours, entry, possible) && possible {
            hoped += pieces;
            later.push(one);
        }
        node.said.push(said(rule, hours, entry, pieces, refused, steps));
        match refused {
            None => {
                counted += pieces;
                now.push(one);
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
    node.requirement.status = match (counted >= needed, hoped >= needed) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    if node.status() == Status::NotMet {
        node.earliest = plan.soonest(asked, 0, asked.as_of);
    }
    if !hours.pace.is_empty() {
        pace::add(asked, rule, hours, &plan.spans, (&now, &later), &mut node);
    }
    node
}

/// How many an entry is, and whether it counts by itself.
fn look(asked: &Asked<'_>, plan: &Plan<'_>, entry: &Entry<'_>) -> Looked {
    let own = plan.hours.counted_in.as_ref().map(|unit| units(entry, unit));
    let pieces = own.map_or_else(|| pieces(entry), Option::unwrap_or_default);
    let judged = judge(asked.version, plan.hours, entry, asked.as_of);
    let looked = |verdict, steps| Looked { pieces, verdict, steps };
    if matches!(judged.verdict, Verdict::No(_)) {
        return looked(judged.verdict, judged.steps);
    }
    if own == Some(None) {
        return looked(Verdict::No(Reason::WrongKind), 0);
    }
    match plan.refuses(asked, entry) {
        Some(reason @ Reason::TopicNotAccepted) => looked(Verdict::No(reason), OTHER_TOPIC),
        Some(reason) => looked(Verdict::No(reason), judged.steps.saturating_add(1)),
        None => looked(judged.verdict, judged.steps),
    }
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
