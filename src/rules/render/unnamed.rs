//! Words of a pack's own that no page can say well: they have no name in `[word.*]`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::phrase::{self, Anchor};
use super::super::question::Purpose;
use super::clause::texts;
use super::describe::{described, everything};
use super::speaker::Speaker;

/// Keys whose values are words, and what sort of words.
const KEYS: [(&str, &str); 12] = [
    ("path", "path"),
    ("path_not", "path"),
    ("cohort", "cohort"),
    ("employed_as", "title"),
    ("titles", "title"),
    ("events", "event"),
    ("event", "event"),
    ("evidence", "evidence"),
    ("lists", "lists"),
    ("tag", "tag"),
    ("domain", "domain"),
    ("stage_held", "stage"),
];

/// The words of a version without a name, in the order of the alphabet. A statement of a kind without one goes by the name of
/// the rule that asks for it, unless rules of several names do.
#[must_use]
pub fn unnamed(version: &Version) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let speaker = Speaker { version, purpose: None, lang: Lang::En };
    let mut asked: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for stage in &version.stages {
        let terms = std::iter::once(&stage.term).chain(stage.first_term.iter().map(|(rule, _)| rule));
        terms.filter_map(phrase::TermRule::anchor).for_each(|day| happening(&speaker, day, &mut found));
    }
    for purpose in Purpose::ALL {
        for rule in everything(&described(version, purpose)) {
            let kind = rule.stated.get("attestation").and_then(Value::as_str).unwrap_or_default();
            for key in ["values", "each_of"] {
                missing(&speaker, kind, rule.stated.get(key), &mut found);
            }
            let number = ["at_least", "at_most"].iter().any(|key| rule.stated.get(*key).is_some_and(Value::is_number));
            if rule.sort == "attestation" && number && !kind.ends_with("_percent") && !version.words.contains_key(kind)
            {
                found.insert(kind.to_owned());
            }
            if rule.sort == "attestation" && speaker.named("attestation", kind).is_none() {
                asked.entry(kind).or_default().insert(rule.label.es.clone());
            }
            walk(&speaker, &Value::Object(rule.stated.clone()), &mut found);
        }
    }
    found.extend(asked.into_iter().filter(|(_, names)| names.len() > 1).map(|(kind, _)| kind.to_owned()));
    found
}

fn walk(speaker: &Speaker<'_>, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                match KEYS.iter().find(|(known, _)| *known == key.as_str()) {
                    Some((_, attribute)) if !inner.is_object() => missing(speaker, attribute, Some(inner), found),
                    _ => walk(speaker, inner, found),
                }
                if key == "attested" {
                    let kind = inner.get("attestation").and_then(Value::as_str).unwrap_or_default();
                    missing(speaker, "attestation", inner.get("attestation"), found);
                    missing(speaker, kind, inner.get("values"), found);
                }
                if ["window", "within"].contains(&key.as_str()) {
                    texts(inner).into_iter().for_each(|text| event(speaker, text, found));
                }
                if key == "on" {
                    let days = texts(inner).into_iter().filter_map(|text| phrase::anchor(text).ok());
                    days.for_each(|day| happening(speaker, &day, found));
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(speaker, item, found)),
        _ => {}
    }
}

fn event(speaker: &Speaker<'_>, text: &str, found: &mut BTreeSet<String>) {
    let Ok(window) = phrase::window(text) else { return };
    window.anchor().into_iter().for_each(|day| happening(speaker, day, found));
}

fn happening(speaker: &Speaker<'_>, day: &Anchor, found: &mut BTreeSet<String>) {
    if let Anchor::Event { kind, .. } = day {
        missing(speaker, "event", Some(&Value::from(kind.as_str())), found);
    }
}

fn missing(speaker: &Speaker<'_>, attribute: &str, value: Option<&Value>, found: &mut BTreeSet<String>) {
    let words = value.map(texts).unwrap_or_default();
    found.extend(words.into_iter().filter(|word| speaker.named(attribute, word).is_none()).map(str::to_owned));
}
