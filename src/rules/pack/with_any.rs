//! `with_any` of a rhythm: the stretches in which another rule takes something are asked for, no others.
//!
//! Read line by line it is a name. Once all rules of a purpose are there, this looks the rule up, says what is wrong with it,
//! and puts its name into what people read.

use super::super::problem::nearest;
use super::model::{Asks, Each, Hours, Label, Need, Rule};
use super::table::Table;

/// A rule that is asked for where another one takes something.
struct Asking<'r> {
    rule: &'r Rule,
    each: Each,
    of: &'r str,
    line: usize,
}

/// Checks the rules that are named and gives their names to those that name them.
pub(super) fn settle(table: &Table<'_, '_>, rules: &mut [Rule]) {
    for asking in every(rules).into_iter().filter_map(asking) {
        check(table, rules, &asking);
    }
    let labels: Vec<(String, Label)> =
        every(rules).into_iter().map(|rule| (rule.id.clone(), rule.label.clone())).collect();
    rules.iter_mut().for_each(|rule| name(rule, &labels));
}

/// A rule of a stage, or a branch of one, by its id.
pub(in super::super) fn rule_of<'r>(rules: &'r [Rule], stage: usize, id: &str) -> Option<&'r Rule> {
    every(rules).into_iter().find(|rule| rule.id == id && rule.stages.contains(&stage))
}

/// All rules and their branches.
fn every(rules: &[Rule]) -> Vec<&Rule> {
    let mut found = Vec::new();
    for rule in rules {
        found.push(rule);
        if let Asks::AnyOf(_, branches) | Asks::AllOf(branches) = &rule.asks {
            found.extend(every(branches));
        }
    }
    found
}

fn asking(rule: &Rule) -> Option<Asking<'_>> {
    let (Asks::Learning(hours) | Asks::Service(hours)) = &rule.asks else { return None };
    let rhythm = hours.pace.rhythm.as_ref()?;
    Some(Asking { rule, each: rhythm.each, of: rhythm.with_any.as_deref()?, line: rhythm.line })
}

fn check(table: &Table<'_, '_>, rules: &[Rule], asking: &Asking<'_>) {
    let refuse = |code, what: String, hint: String| {
        let stretches = match asking.each {
            Each::Week => "weeks",
            Each::Month => "months",
            Each::Quarter => "quarters",
        };
        let found = format!("`{}` is asked for in {stretches} with any `{}`, {what}", asking.rule.id, asking.of);
        table.problem(
            code,
            asking.line,
            found,
            "the id of another service rule of the same purpose and stage, in hours",
            hint,
        );
    };
    if asking.of == asking.rule.id {
        let hint = "name the rule about the work, or leave `with_any` out".to_owned();
        return refuse("contradiction", "which is the rule itself".to_owned(), hint);
    }
    let found: Vec<Option<&Rule>> = asking.rule.stages.iter().map(|stage| rule_of(rules, *stage, asking.of)).collect();
    match found.iter().flatten().find_map(|rule| unfit(rule)) {
        Some((what, hint)) => refuse("contradiction", what.to_owned(), hint.to_owned()),
        None if found.iter().all(Option::is_some) => {}
        None if found.iter().any(Option::is_some) => {
            let hint = "give that rule these stages too, or write one for each stage".to_owned();
            refuse("unknown_rule", "which is no rule of all its stages".to_owned(), hint);
        }
        None if every(rules).iter().any(|rule| rule.id == asking.of) => {
            let hint = "name a rule of the same stage; where no hours of it are asked for, write a service rule with \
                `at_least = \"0 hours\"` and `place = \"inside\"`";
            refuse("unknown_rule", "which belongs to another stage".to_owned(), hint.to_owned());
        }
        None => {
            let services = every(rules).into_iter().filter(|rule| unfit(rule).is_none() && rule.id != asking.rule.id);
            let hint = nearest(asking.of, services.map(|rule| rule.id.as_str())).map_or_else(
                || "where no hours of it are asked for, write a service rule with `at_least = \"0 hours\"` and `place = \"inside\"`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            refuse("unknown_rule", "and there is no such rule".to_owned(), hint);
        }
    }
}

/// Why a rule does not say when someone works, and the way out.
fn unfit(rule: &Rule) -> Option<(&'static str, &'static str)> {
    match &rule.asks {
        Asks::Service(hours) if counts(hours) => Some((
            "a rule that counts entries",
            "write a rule about the same work with `at_least = \"0 hours\"` and `place = \"inside\"`, and name that",
        )),
        Asks::Service(_) => None,
        Asks::Learning(_) => Some(("a rule about learning", "name the service rule about the work")),
        Asks::Exam(_)
        | Asks::Attestation(_)
        | Asks::Age(_)
        | Asks::Employment(_)
        | Asks::Credential(_)
        | Asks::Event(_)
        | Asks::Decision
        | Asks::AnyOf(..)
        | Asks::AllOf(_) => Some(("which is not about service", "name the service rule about the work")),
    }
}

fn counts(hours: &Hours) -> bool {
    std::iter::once(&hours.need)
        .chain(hours.instead.iter().map(|(_, need)| need))
        .any(|need| matches!(need, Need::Count(_)))
}

fn name(rule: &mut Rule, labels: &[(String, Label)]) {
    match &mut rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter_mut().for_each(|branch| name(branch, labels)),
        Asks::Learning(hours) | Asks::Service(hours) => {
            let Some(rhythm) = &mut hours.pace.rhythm else { return };
            let own = rhythm.with_any.as_ref().and_then(|of| labels.iter().find(|(id, _)| id == of));
            if let Some((_, label)) = own {
                rhythm.label.en += &format!(" with any of “{}”", label.en);
                rhythm.label.es += &format!(" con algo de «{}»", label.es);
            }
        }
        Asks::Exam(_)
        | Asks::Attestation(_)
        | Asks::Age(_)
        | Asks::Employment(_)
        | Asks::Credential(_)
        | Asks::Event(_)
        | Asks::Decision => {}
    }
}
