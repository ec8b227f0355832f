//! `[[initial.without]]`: what a board does not ask for though its base does, with the reason why.

use toml::de::{DeTable, DeValue};

use super::super::super::problem::{Problems, nearest};
use super::merge::{Entry, LISTED, id_of, text_of};

/// `[[initial.without]]`: a rule or part of the base that this board does not ask for.
pub(super) fn take(problems: &Problems<'_>, below: &mut DeTable<'_>, without: &Entry<'_>, name: &str) {
    let items = match without.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![without],
    };
    for item in items {
        let line = problems.line_of(item.span().start);
        let Some(id) = text_of(item, "id") else {
            problems.add(
                "missing_key",
                line,
                format!("[[{name}.without]] has no `id`"),
                "the id of what the base asks for",
                "add `id`",
            );
            continue;
        };
        // A way less to meet a choice is no loosening.
        let is_branch = name.ends_with(".any_of");
        if !is_branch && text_of(item, "loosens").is_none_or(|why| why.trim().is_empty()) {
            problems.add(
                "loosens",
                line,
                format!("[[{name}.without]] takes `{id}` away, which the base asks for"),
                "what the base asks for, or more",
                "if the board may ask for less, say why with `loosens = \"...\"`",
            );
        }
        let mut removed = false;
        let mut known = Vec::new();
        for (key, list) in below.iter_mut() {
            if !LISTED.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let DeValue::Array(entries) = list.get_mut() else { continue };
            known.extend(entries.iter().filter_map(id_of));
            let before = entries.len();
            let kept: Vec<_> = entries.iter().filter(|entry| id_of(entry).as_deref() != Some(&id)).cloned().collect();
            removed |= kept.len() < before;
            *entries = kept.into_iter().collect();
        }
        let is_empty = |list: &Entry<'_>| list.get_ref().as_array().is_some_and(|items| items.is_empty());
        let emptied: Vec<String> =
            below.iter().filter(|(_, list)| is_empty(list)).map(|(key, _)| key.get_ref().to_string()).collect();
        emptied.iter().for_each(|key| drop(below.remove(key.as_str())));
        if !removed {
            let near = nearest(&id, known.iter().map(String::as_str));
            let hint = near.map_or_else(|| "remove it".to_owned(), |near| format!("did you mean `{near}`?"));
            problems.add(
                "unknown_rule",
                line,
                format!("[[{name}.without]] names `{id}`"),
                format!("one of {}", known.join(", ")),
                hint,
            );
        }
    }
}
