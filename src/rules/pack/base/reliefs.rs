//! What spares people something that the base asks for without changing a rule: holds, orders, topics that count.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::super::problem::Problems;
use super::super::super::question::Purpose;
use super::super::json_of;
use super::merge::{Entry, reasons, text_of};

/// Holds that waive or stop a clock, and orders that give more time, loosen the rules, windows, deadlines and terms of the
/// base that they name.
pub(super) fn reliefs<'t>(problems: &Problems<'_>, below: &DeTable<'t>, mut own: DeTable<'t>) -> DeTable<'t> {
    let purposes = || below.iter().filter(|(key, _)| Purpose::parse(key.get_ref()).is_some()).map(|(_, it)| it);
    let mut known = Vec::new();
    purposes().for_each(|rules| ids(rules, &mut known));
    let dated = purposes().any(|rules| rules.get_ref().as_table().is_some_and(|it| it.contains_key("deadline")));
    let windows = purposes().any(|rules| says_anywhere(rules.get_ref(), "window"));
    // Who takes over the stages takes over how long their terms are.
    let whole = [("deadlines", dated), ("windows", windows), ("term", below.contains_key("stage"))];
    known.extend(whole.into_iter().filter(|(_, is)| *is).map(|(word, _)| word.to_owned()));
    let sparing = [
        ("hold", "waives", "waives"),
        ("hold", "stops", "stops the clock of"),
        ("order", "extends", "gives more time for"),
        ("order", "waives", "waives"),
    ];
    for (list, key, does) in sparing {
        let Some(DeValue::Array(items)) = own.get_mut(list).map(Spanned::get_mut) else { continue };
        for item in items.iter_mut() {
            let says = text_of(item, "loosens").is_some_and(|why| !why.trim().is_empty());
            let line = problems.line_of(item.span().start);
            let DeValue::Table(table) = item.get_mut() else { continue };
            let named = table.get(key).map(|value| json_of(value.get_ref().clone()));
            let named = named.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
            for id in named.filter(|id| !says && is_known(&known, id)) {
                problems.add(
                    "loosens",
                    line,
                    format!("[[{list}]] {does} `{id}`, which the base asks for"),
                    "what the base asks for, or more",
                    "if the board may ask for less, say why with `loosens = \"...\"`",
                );
            }
        }
    }
    for list in ["hold", "order"] {
        let Some(DeValue::Array(items)) = own.get_mut(list).map(Spanned::get_mut) else { continue };
        items
            .iter_mut()
            .filter_map(|item| if let DeValue::Table(table) = item.get_mut() { Some(table) } else { None })
            .for_each(|table| {
                reasons(table);
            });
    }
    own
}

/// Whether the base has a rule, or the rule that a branch is one of: `degree`, `proof.degree`.
fn is_known(known: &[String], id: &str) -> bool {
    let rule = id.split('.').next().unwrap_or(id);
    known.iter().any(|known| known == id || known == rule)
}

/// A topic that the base does not have: hours on it fill every total of the base that takes all topics it knows.
pub(super) fn new_topic<'t>(
    problems: &Problems<'_>,
    filled: Option<&str>,
    name: &str,
    line: usize,
    mut topic: Entry<'t>,
) -> Entry<'t> {
    let DeValue::Table(table) = topic.get_mut() else { return topic };
    let never = table.get("never_counts").is_some_and(|never| never.get_ref().as_bool() == Some(true));
    let (loosens, _) = reasons(table);
    if let Some(rule) = filled.filter(|_| !loosens && !never) {
        problems.add(
            "loosens",
            line,
            format!("[topic.{name}] is not in the base, and hours on it fill `{rule}` of the base"),
            "the topics of the base, or fewer",
            "if the board may take more, say why with `loosens = \"...\"` in the topic",
        );
    }
    topic
}

/// A learning rule that hours on any known topic fill, and on no other.
pub(super) fn filled(below: &DeTable<'_>) -> Option<String> {
    let purposes = below.iter().filter(|(key, _)| Purpose::parse(key.get_ref()).is_some());
    let rules = purposes.filter_map(|(_, rules)| rules.get_ref().as_table()?.get("learning")?.get_ref().as_array());
    let open = |rule: &&Entry<'_>| {
        rule.get_ref().as_table().is_some_and(|rule| {
            let any = rule.get("any_topic").is_some_and(|any| any.get_ref().as_bool() == Some(true));
            let only = rule.get("only").and_then(|only| only.get_ref().as_table()?.get("topic"));
            !any && only.is_none()
        })
    };
    let mut rules = rules.flat_map(|rules| rules.iter());
    rules.find(open).and_then(|rule| text_of(rule, "id"))
}

/// Whether a key is said in a value, however deep.
fn says_anywhere(value: &DeValue<'_>, key: &str) -> bool {
    match value {
        DeValue::Table(table) => {
            table.iter().any(|(word, value)| word.get_ref().as_ref() == key || says_anywhere(value.get_ref(), key))
        }
        DeValue::Array(items) => items.iter().any(|item| says_anywhere(item.get_ref(), key)),
        _ => false,
    }
}

/// The ids of all rules and deadlines below.
fn ids(value: &Entry<'_>, all: &mut Vec<String>) {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().for_each(|item| {
            all.extend(text_of(item, "id"));
            ids(item, all);
        }),
        DeValue::Table(table) => table.iter().for_each(|(_, value)| ids(value, all)),
        _ => {}
    }
}
