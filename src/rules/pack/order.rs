//! Rules that wait for others: which days `met <rule>` are needed, in an order in which they can be found.

use super::super::problem::nearest;
use super::model::{Asks, Condition, Deadline, Hours, Rule, Rules};
use super::phrase::{Anchor, Window};
use super::table::Table;

/// The rules whose day is asked for, each after those it waits for itself.
pub(super) fn waited_for(table: &Table<'_, '_>, rules: &[Rule], deadlines: &[Deadline]) -> Vec<String> {
    let mut order = Vec::new();
    for rule in rules {
        for id in named(rules, rule) {
            add(table, rules, id, rule.line, &mut vec![rule.id.as_str()], &mut order);
        }
    }
    for deadline in deadlines {
        if let Anchor::Met(id) = &deadline.within.1 {
            add(table, rules, id, deadline.line, &mut Vec::new(), &mut order);
        }
    }
    order
}

fn add<'r>(
    table: &Table<'_, '_>,
    rules: &'r [Rule],
    id: &'r str,
    line: usize,
    path: &mut Vec<&'r str>,
    order: &mut Vec<String>,
) {
    if order.iter().any(|known| known == id) {
        return;
    }
    if path.iter().any(|above| *above == id || above.starts_with(&format!("{id}."))) {
        let found = format!("`{}` waits for `{id}`, which waits for it", path.join("`, which waits for `"));
        table.problem(
            "contradiction",
            line,
            found,
            "rules that do not wait for each other",
            "remove one of the windows",
        );
        return;
    }
    let Some(rule) = find(rules, id) else {
        let ids: Vec<&str> = rules.iter().flat_map(ids).collect();
        let hint = nearest(id, ids.iter().copied()).map_or_else(
            || "name a rule of the same purpose, not a part of one".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        table.problem("unknown_rule", line, format!("`met {id}`"), format!("one of {}", ids.join(", ")), hint);
        return;
    };
    path.push(id);
    for next in named(rules, rule) {
        add(table, rules, next, rule.line, path, order);
    }
    path.pop();
    order.push(id.to_owned());
}

impl Rules {
    /// A rule or branch by its id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        find(&self.rules, id)
    }
}

fn find<'r>(rules: &'r [Rule], id: &str) -> Option<&'r Rule> {
    rules.iter().find_map(|rule| match &rule.asks {
        _ if rule.id == id => Some(rule),
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => find(branches, id),
        _ => None,
    })
}

fn ids(rule: &Rule) -> Vec<&str> {
    let below: Vec<&str> = match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().flat_map(ids).collect(),
        _ => Vec::new(),
    };
    std::iter::once(rule.id.as_str()).chain(below).collect()
}

/// The rules that a rule and its branches name by `met`, or that hours do in which it is asked for.
fn named<'r>(rules: &'r [Rule], rule: &'r Rule) -> Vec<&'r str> {
    let conditions = [&rule.when, &rule.unless, &rule.waived_when].into_iter().flatten().flat_map(|guard| &guard.0);
    let mut found: Vec<&str> = conditions
        .filter_map(|condition| match condition {
            Condition::Issued(window) => of_window(window),
            Condition::Age(age) => of_anchor(&age.on),
            _ => None,
        })
        .collect();
    match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => {
            found.extend(of_hours(hours));
            let others = hours.pace.rhythm.iter().filter_map(|rhythm| find(rules, rhythm.with_any.as_ref()?));
            found.extend(others.flat_map(|other| match &other.asks {
                Asks::Service(hours) => of_hours(hours),
                _ => Vec::new(),
            }));
        }
        Asks::Exam(exam) => {
            let attempts = exam.attempts.iter().filter_map(|(_, window)| window.as_ref());
            found.extend(exam.windows.iter().chain(attempts).filter_map(of_window));
        }
        Asks::Attestation(wanted) => {
            found.extend(wanted.windows.iter().filter_map(of_window));
            found.extend(wanted.since_at_least.iter().filter_map(|(_, anchor)| of_anchor(anchor)));
        }
        Asks::Employment(wanted) => {
            found.extend(wanted.windows.iter().filter_map(of_window));
            found.extend(wanted.on.iter().filter_map(of_anchor));
        }
        Asks::Event(wanted) => found.extend(wanted.windows.iter().filter_map(of_window)),
        Asks::Age(wanted) => found.extend(of_anchor(&wanted.on)),
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
            found.extend(branches.iter().flat_map(|branch| named(rules, branch)))
        }
        Asks::Credential(_) | Asks::Decision => {}
    }
    found
}

fn of_hours(hours: &Hours) -> Vec<&str> {
    let parts = hours.buckets.iter().flat_map(|bucket| bucket.windows.iter().flatten());
    let windows = hours.windows.iter().chain(parts).filter_map(of_window);
    windows.chain(hours.period.iter().filter_map(|period| of_anchor(&period.anchor))).collect()
}

fn of_window(window: &Window) -> Option<&str> {
    window.anchor().and_then(of_anchor)
}

fn of_anchor(anchor: &Anchor) -> Option<&str> {
    if let Anchor::Met(id) = anchor { Some(id) } else { None }
}
