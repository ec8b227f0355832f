//! What changes in a table that has no sentences of its own: key by key, as it is written.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::explain;
use super::super::lang::Lang;
use super::super::pack::model::Label;
use super::super::pack::phrase;
use super::super::pack::stricter::Way;
use super::super::render;
use super::{Clause, words};

/// Which way a change of a key goes.
type Judge<'j> = &'j dyn Fn(&str, Option<&Value>, Option<&Value>) -> Way;

/// The keys of two tables that differ, the Spanish text beside the English; with `only`, no others than these.
pub(super) fn changes(before: Option<&Value>, after: Option<&Value>, judge: Judge<'_>, only: &[&str]) -> Vec<Clause> {
    let of = |side: Option<&Value>, key: &str| side.and_then(|table| table.get(key)).cloned();
    let keys = |side: Option<&Value>| -> Vec<String> {
        side.and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect()
    };
    let all: BTreeSet<String> = keys(before).into_iter().chain(keys(after)).collect();
    let mut clauses = Vec::new();
    for key in all.iter().filter(|key| key.as_str() != "id") {
        let english = key.strip_suffix("_es").filter(|key| all.contains(*key));
        let spanish = format!("{key}_es");
        let differs = |key: &str| of(before, key) != of(after, key);
        let wanted = only.is_empty() || only.contains(&key.as_str());
        if english.is_some() || !wanted || !(differs(key) || differs(&spanish)) {
            continue;
        }
        let way = judge(key, of(before, key).as_ref(), of(after, key).as_ref());
        let said = |side: Option<&Value>| {
            let value = of(side, key)?;
            Some(keyed(key, &value, of(side, &spanish).as_ref()))
        };
        clauses.push(Clause { key: key.clone(), way, was: said(before), becomes: said(after) });
    }
    clauses
}

/// One key with its values.
pub(super) fn plain(key: &str, way: Way, old: Option<&Value>, new: Option<&Value>) -> Clause {
    let said = |side: Option<&Value>| side.map(|value| keyed(key, value, None));
    Clause { key: key.to_owned(), way, was: said(old), becomes: said(new) }
}

/// A value whose key is named above it.
pub(super) fn value(key: &str, way: Way, old: Option<&Value>, new: Option<&Value>) -> Clause {
    let said = |side: Option<&Value>| side.map(|value| Label { en: text(value, Lang::En), es: text(value, Lang::Es) });
    Clause { key: key.to_owned(), way, was: said(old), becomes: said(new) }
}

/// "address: https://...".
fn keyed(key: &str, value: &Value, spanish: Option<&Value>) -> Label {
    let name = words::field(key);
    let say = |value: &Value, lang: Lang| format!("{}: {}", name.in_lang(lang), text(value, lang));
    Label { en: say(value, Lang::En), es: say(spanish.unwrap_or(value), Lang::Es) }
}

/// An amount or a length in the reader's language; any other text as it is.
fn measured(text: &str, lang: Lang) -> String {
    if let Ok(long) = phrase::length(text) {
        return render::length(long, lang);
    }
    match text.split_once(' ') {
        Some((number, unit @ ("hour" | "hours" | "minute" | "minutes"))) => {
            let unit = explain::unit_name(unit.trim_end_matches('s'), number == "1", lang);
            format!("{number} {unit}")
        }
        _ => text.to_owned(),
    }
}

/// A value as text.
fn text(value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) => text.parse().map_or_else(|_| measured(text, lang), |day| explain::day(day, lang)),
        Value::Bool(true) => if lang == Lang::En { "yes" } else { "sí" }.to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(items) => items.iter().map(|item| text(item, lang)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let each =
                fields.iter().map(|(key, value)| format!("{}: {}", words::field(key).in_lang(lang), text(value, lang)));
            each.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
