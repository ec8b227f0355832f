//! A ladder back over that of the base: a rung that the base does not have leads where its rules led nobody.

use toml::de::DeTable;

use super::super::json_of;
use super::merge::{Entry, LISTED, id_of};
use super::stricter::Way;

/// Which way a further rung goes. Beside a ladder it is another way back, unless it refuses; where the base has none, all its
/// rules were asked of everybody, so a rung that asks for all of them, or refuses, takes nothing away.
pub(super) fn way(below: &DeTable<'_>, rung: &Entry<'_>) -> Way {
    let said = |key: &str| rung.get_ref().as_table()?.get(key).map(|value| json_of(value.get_ref().clone()));
    let refused = said("refused").and_then(|refused| refused.as_bool()).unwrap_or(false);
    let named: Vec<String> = said("rules")
        .and_then(|rules| rules.as_array().cloned())
        .into_iter()
        .flatten()
        .filter_map(|rule| rule.as_str().map(str::to_owned))
        .collect();
    match (refused, below.contains_key("rung")) {
        (true, _) => Way::Harder,
        (false, true) => Way::Easier,
        (false, false) if rules(below).iter().all(|rule| named.contains(rule)) => Way::Same,
        (false, false) => Way::Unclear,
    }
}

/// The ids of the rules of a purpose.
fn rules(below: &DeTable<'_>) -> Vec<String> {
    let is_rule = |key: &str| LISTED.contains(&key) && !["deadline", "rung"].contains(&key);
    let lists =
        below.iter().filter(|(key, _)| is_rule(key.get_ref())).filter_map(|(_, list)| list.get_ref().as_array());
    lists.flat_map(|items| items.iter()).filter_map(id_of).collect()
}
