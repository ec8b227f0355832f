//! Walks the rules: which are asked, which share hours, which branch of an any-of counts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::evaluation::{Requirement, Status};
use super::super::pack::choices;
use super::super::pack::model::{Asks, Hours, Need, Rule};
use super::asked::Asked;
use super::entry::Entry;
use super::ledger::Said;
use super::node::{Node, rank, together};
use super::{ages, at_work, attestation, count, exam, extended, facts, hours, ladder, met, period, scale};

/// Branches not taken, by id.
type Untaken<'a> = BTreeSet<&'a str>;

/// How good a choice of branches is, the least first: its status, what no doing meets, what is missing, the shares
/// missing of what alternatives ask.
type Score = (u8, usize, u64, u64);

/// The nodes of all rules of the stage. One that is not met only because the rule before it waits for someone's word waits
/// as well.
pub(super) fn nodes(asked: &Asked<'_>) -> Vec<Node> {
    let mut nodes = best(asked);
    if let Some(hoping) = met::hoping(asked) {
        let hoped = best(&hoping);
        let lost = |(now, then): (&Node, &Node)| now.status() != Status::NotMet && then.status() == Status::NotMet;
        if !nodes.iter().zip(&hoped).any(lost) {
            for (node, hoped) in nodes.iter_mut().zip(&hoped) {
                wait(&mut node.requirement, &hoped.requirement);
            }
        }
    }
    nodes
}

/// Marks what would not be `not_met` if the word came.
fn wait(now: &mut Requirement, then: &Requirement) {
    if now.status == Status::NotMet && matches!(then.status, Status::Met | Status::Undecided) {
        now.status = Status::Undecided;
    }
    for (now, then) in now.requirements.iter_mut().zip(&then.requirements) {
        wait(now, then);
    }
}

/// The nodes under the best choice of branches.
fn best(asked: &Asked<'_>) -> Vec<Node> {
    let rules: Vec<&Rule> = asked.rules.rules.iter().filter(|rule| rule.stages.contains(&asked.stage)).collect();
    let mut choices: Vec<Untaken<'_>> = vec![BTreeSet::new()];
    for rule in &rules {
        add_choices(asked, rule, &mut choices);
    }
    let mut best: Option<(Score, Vec<Node>)> = None;
    for untaken in &choices {
        let nodes = under(asked, &rules, untaken);
        let far = || nodes.iter().map(Node::distance);
        let closed = far().filter(|(closed, _)| *closed).count();
        let share = far().map(|(_, share)| share).sum();
        let score =
            (rank(together(nodes.iter().map(Node::status))), closed, nodes.iter().map(Node::missing).sum(), share);
        if best.as_ref().is_none_or(|(least, _)| score < *least) {
            best = Some((score, nodes));
        }
    }
    best.map(|(_, nodes)| nodes).unwrap_or_default()
}

/// Multiplies the choices by the branches of each any-of in which hours compete with other rules.
fn add_choices<'a>(asked: &Asked<'_>, rule: &'a Rule, choices: &mut Vec<Untaken<'a>>) {
    let own = choices_of(asked, rule);
    // A pack that could ask for more is refused when it is read.
    if own.len() > 1 && choices.len() * own.len() <= choices::MOST {
        let both = |before: &Untaken<'a>| own.iter().map(|own| before | own).collect::<Vec<_>>();
        *choices = choices.iter().flat_map(both).collect();
    }
}

/// The branches of one rule that may stay untaken, in the pack's order; one choice where no hours compete.
fn choices_of<'a>(asked: &Asked<'_>, rule: &'a Rule) -> Vec<Untaken<'a>> {
    let none = vec![BTreeSet::new()];
    let (wanted, branches) = match &rule.asks {
        Asks::AnyOf(at_least, branches) => (usize::try_from(*at_least).unwrap_or(1), branches),
        Asks::AllOf(branches) => (branches.len(), branches),
        _ => return none,
    };
    let competing = || branches.iter().any(|branch| !exclusive(asked, branch, &BTreeSet::new()).is_empty());
    if state(asked, rule).is_some() || !competing() {
        return none;
    }
    let mut all = Vec::new();
    for taken in choices::subsets(branches.len(), wanted) {
        let others = branches.iter().enumerate().filter(|(at, _)| !taken.contains(at));
        let mut here: Vec<Untaken<'a>> = vec![others.map(|(_, branch)| branch.id.as_str()).collect()];
        for branch in branches.iter().enumerate().filter(|(at, _)| taken.contains(at)).map(|(_, branch)| branch) {
            let below = choices_of(asked, branch);
            here = here.iter().flat_map(|one| below.iter().map(move |below| one | below)).collect();
        }
        all.extend(here);
    }
    all
}

/// One rule by itself, as if no other asked for its hours.
pub(super) fn alone(asked: &Asked<'_>, rule: &Rule) -> Node {
    node(asked, rule, &BTreeSet::new(), &mut BTreeMap::new())
}

/// All nodes when these branches are not taken.
fn under<'a>(asked: &Asked<'a>, rules: &[&'a Rule], untaken: &Untaken<'_>) -> Vec<Node> {
    let competing: Vec<(&Rule, &Hours)> = rules.iter().flat_map(|rule| exclusive(asked, rule, untaken)).collect();
    let mut done: BTreeMap<&str, Node> = BTreeMap::new();
    for learning in [true, false] {
        let group: Vec<(&Rule, &Hours)> =
            competing.iter().filter(|(rule, _)| matches!(rule.asks, Asks::Learning(_)) == learning).copied().collect();
        let nodes = hours::nodes(asked, &group, entries(asked, learning));
        done.extend(group.iter().map(|(rule, _)| rule.id.as_str()).zip(nodes));
    }
    rules.iter().map(|rule| node(asked, rule, untaken, &mut done)).collect()
}

fn entries<'s, 'a>(asked: &'s Asked<'a>, learning: bool) -> &'s [Entry<'a>] {
    if learning { &asked.learning } else { &asked.service }
}

/// Rules about hours below `rule` whose hours count once among them.
fn exclusive<'s>(asked: &'s Asked<'_>, rule: &'s Rule, untaken: &Untaken<'_>) -> Vec<(&'s Rule, &'s Hours)> {
    if untaken.contains(rule.id.as_str()) || state(asked, rule).is_some() {
        return Vec::new();
    }
    match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => {
            let hours = asked.hours(rule, hours);
            let alone = hours.shared
                || hours.topics_shared
                || matches!(hours::stated(asked, hours), Need::Count(_))
                || !period::is_due(asked, hours);
            if alone { Vec::new() } else { vec![(rule, hours)] }
        }
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
            branches.iter().flat_map(|branch| exclusive(asked, branch, untaken)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a rule is not asked of this person, or waived.
pub(super) fn state(asked: &Asked<'_>, rule: &Rule) -> Option<Status> {
    let when = rule.when.is_empty() || asked.holds(&rule.when) || asked.hangs_on_age(&rule.when);
    let concerns = rule.in_force.contains(asked.deciding) && when;
    if !concerns || asked.holds(&rule.unless) || !ladder::asks_for(asked, rule) {
        return Some(Status::NotApplicable);
    }
    let decided = facts::decided(asked, &rule.id).map(|decision| decision.outcome.as_str());
    let waived = asked.holds(&rule.waived_when)
        || matches!(decided, Some("waived" | "exempted"))
        || asked.moments.clocks.waives(&rule.id, asked.term_days())
        || asked.ended_as_stated().is_some_and(|day| asked.moments.clocks.spares(&rule.id, day));
    waived.then_some(Status::Waived)
}

fn node(asked: &Asked<'_>, rule: &Rule, untaken: &Untaken<'_>, done: &mut BTreeMap<&str, Node>) -> Node {
    if let Some(status) = state(asked, rule) {
        let mut node = Node::of(rule, status, asked.as_of);
        if let Some(decision) = facts::decided(asked, &rule.id).filter(|_| status == Status::Waived) {
            node.said.push(Said::piece(&decision.id, &rule.id, None));
        }
        return node;
    }
    let mut node = judged(asked, rule, untaken, done);
    extended::remark(asked, rule, &mut node);
    ages::leave_open(asked, rule, &mut node);
    node
}

fn judged(asked: &Asked<'_>, rule: &Rule, untaken: &Untaken<'_>, done: &mut BTreeMap<&str, Node>) -> Node {
    match &rule.asks {
        Asks::Learning(asks) => hours_node(asked, rule, asks, true, done),
        Asks::Service(asks) => hours_node(asked, rule, asks, false, done),
        Asks::Exam(asks) => exam::node(asked, rule, asks),
        Asks::Attestation(asks) => attestation::node(asked, rule, asks),
        Asks::Age(asks) => facts::age(asked, rule, asks),
        Asks::Employment(asks) => match &asks.on {
            Some(day) => at_work::node(asked, rule, asks, day),
            None => facts::employment(asked, rule, asks),
        },
        Asks::Credential(asks) => facts::credential(asked, rule, asks),
        Asks::Event(asks) => facts::event(asked, rule, asks),
        Asks::Decision => facts::decision(asked, rule),
        Asks::AnyOf(at_least, branches) => any_of(asked, rule, (*at_least, branches), untaken, done),
        Asks::AllOf(branches) => all_of(asked, rule, branches, untaken, done),
    }
}

fn hours_node(asked: &Asked<'_>, rule: &Rule, asks: &Hours, learning: bool, done: &mut BTreeMap<&str, Node>) -> Node {
    let asks = asked.hours(rule, asks);
    let mut node = filled(asked, rule, asks, learning, done);
    scale::remark(asked, asks, &mut node);
    period::remark(asked, asks, &mut node);
    node
}

fn filled(asked: &Asked<'_>, rule: &Rule, asks: &Hours, learning: bool, done: &mut BTreeMap<&str, Node>) -> Node {
    if let Some(node) = done.remove(rule.id.as_str()) {
        return node;
    }
    if let Need::Count(needed) = hours::stated(asked, asks) {
        return count::node(asked, rule, asks, *needed, entries(asked, learning));
    }
    let alone = hours::nodes_alone(asked, rule, asks, entries(asked, learning));
    alone.unwrap_or_else(|| Node::of(rule, Status::NotApplicable, asked.as_of))
}

fn all_of(
    asked: &Asked<'_>,
    rule: &Rule,
    branches: &[Rule],
    untaken: &Untaken<'_>,
    done: &mut BTreeMap<&str, Node>,
) -> Node {
    let nodes: Vec<Node> = branches.iter().map(|branch| node(asked, branch, untaken, done)).collect();
    let mut all = Node::of(rule, together(nodes.iter().map(Node::status)), asked.as_of);
    all.earliest = earliest(&nodes, asked.as_of);
    all.closed = Some(nodes.iter().any(Node::is_closed));
    for node in nodes {
        all.said.extend(node.said);
        all.requirement.requirements.push(node.requirement);
    }
    all
}

/// The first day on which several nodes could all be met; none if a person must decide or no doing helps.
pub(super) fn earliest(nodes: &[Node], today: chrono::NaiveDate) -> Option<chrono::NaiveDate> {
    nodes.iter().try_fold(today, |day, node| match node.status() {
        Status::Met | Status::Waived | Status::NotApplicable => Some(day),
        Status::Undecided => None,
        Status::NotMet => node.earliest.map(|own| own.max(day)),
    })
}

fn any_of(
    asked: &Asked<'_>,
    rule: &Rule,
    (at_least, branches): (u32, &[Rule]),
    untaken: &Untaken<'_>,
    done: &mut BTreeMap<&str, Node>,
) -> Node {
    let nodes: Vec<Node> = branches.iter().map(|branch| node(asked, branch, untaken, done)).collect();
    let wanted = usize::try_from(at_least).unwrap_or(1);
    let mut order: Vec<usize> = (0..nodes.len())
        .filter(|at| nodes.get(*at).is_some_and(|node| node.status() != Status::NotApplicable))
        .collect();
    // Hours of a branch that is not taken may be at work elsewhere: it cannot be the one that counts.
    let open = |at: &usize| branches.get(*at).is_some_and(|branch| !untaken.contains(branch.id.as_str()));
    if order.iter().any(open) {
        order.retain(open);
    }
    order.sort_by_key(|at| nodes.get(*at).map(|node| (rank(node.status()), node.distance(), *at)));
    let taken: BTreeSet<usize> = order.iter().take(wanted).copied().collect();
    let chosen = nodes.iter().enumerate().filter(|(at, _)| taken.contains(at));
    let mut any = Node::of(rule, together(chosen.clone().map(|(_, node)| node.status())), asked.as_of);
    let met = nodes.iter().filter(|node| matches!(node.status(), Status::Met | Status::Waived)).count();
    any.amounts("count", u64::from(at_least), u64::try_from(met.min(wanted)).unwrap_or(0));
    let ids: Vec<&str> = chosen.map(|(_, node)| node.requirement.id.as_str()).collect();
    any.requirement.taken = (!ids.is_empty()).then(|| ids.join(", "));
    let asked_for = || nodes.iter().filter(|node| node.status() != Status::NotApplicable);
    let can_be = |at: &&usize| nodes.get(**at).is_some_and(|node| !node.is_closed());
    any.closed = Some(order.iter().filter(can_be).count() < wanted);
    let one = |node| earliest(std::slice::from_ref(node), asked.as_of);
    let mut days: Vec<_> = asked_for().map(one).filter(Option::is_some).collect();
    days.sort();
    any.earliest = wanted.checked_sub(1).and_then(|at| days.get(at).copied().flatten());
    for (at, node) in nodes.into_iter().enumerate() {
        let said = node.said.into_iter();
        if taken.contains(&at) {
            any.said.extend(said);
        } else {
            any.said.extend(said.map(Said::in_branch_not_taken));
        }
        any.requirement.requirements.push(node.requirement);
    }
    any
}
