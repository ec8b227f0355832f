//! Which way a change of a table goes: some of its keys are more and some are less, and the others have to be the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Sizes, Way, more, present};

/// The keys of a table by what more of them does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    /// More is harder.
    pub(super) more: &'static [&'static str],
    /// More is easier.
    pub(super) less: &'static [&'static str],
    /// Said at all is easier.
    pub(super) relief: &'static [&'static str],
}

/// A value with the sizes of its pack.
type Side<'s> = Option<(&'s Value, &'s Sizes)>;

/// Two tables under one key.
pub(super) fn way(keys: Keys, (old, before): (&Value, &Sizes), (new, after): (&Value, &Sizes)) -> Way {
    let (Value::Object(old), Value::Object(new)) = (old, new) else { return Way::Unclear };
    let said: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let each = said.into_iter().map(|key| {
        let (was, becomes) = (old.get(key).map(|value| (value, before)), new.get(key).map(|value| (value, after)));
        let is = |list: &[&str]| list.contains(&key.as_str());
        if is(keys.more) {
            more(was, becomes, false)
        } else if is(keys.less) {
            more(was, becomes, true).turned()
        } else if was.map(|(value, _)| value) == becomes.map(|(value, _)| value) {
            Way::Same
        } else if is(keys.relief) {
            present(was.is_some(), becomes.is_some()).turned()
        } else {
            Way::Unclear
        }
    });
    each.fold(Way::Same, Way::with)
}

/// `approved`: who has approved it and on which list, both fewer when harder. `true` is the board; `false` is nobody.
pub(super) fn approval(old: Side<'_>, new: Side<'_>) -> Way {
    const KEYS: Keys = Keys { more: &[], less: &["by", "lists"], relief: &["completed_from", "completed_through"] };
    let full = |side: Side<'_>| -> Option<Value> {
        let mut fields = match side?.0 {
            Value::Bool(false) => return None,
            Value::Object(fields) => fields.clone(),
            _ => Map::new(),
        };
        fields.entry("by").or_insert_with(|| Value::from(vec!["board"]));
        Some(Value::Object(fields))
    };
    let sizes = Sizes::default();
    match (full(old), full(new)) {
        (Some(old), Some(new)) => way(KEYS, (&old, &sizes), (&new, &sizes)),
        (old, new) => present(old.is_some(), new.is_some()),
    }
}
