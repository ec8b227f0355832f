//! The rules of a version as a tree of clauses, in the pack's order.

use serde_json::{Map, Value};

use super::super::evaluation::Citation;
use super::super::pack::Version;
use super::super::pack::model::{Asks, Label, Rule};
use super::super::question::Purpose;
use super::clause::SILENT;

/// What rules are written under.
const SORTS: [&str; 11] = [
    "learning",
    "service",
    "exam",
    "attestation",
    "age",
    "employment",
    "credential",
    "event",
    "decision",
    "any_of",
    "all_of",
];

/// Parts of a rule about hours.
const PARTS: [&str; 4] = ["topic", "part", "cap", "floor"];

/// A rule or a part of one, with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described<'v> {
    /// Its id, with its parents'.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// What it asks for.
    pub sort: &'static str,
    /// Where it is written, if it says so itself.
    pub citation: Option<Citation>,
    /// The stages it belongs to, as it names them.
    pub stages: Vec<String>,
    /// All it states.
    pub stated: &'v Map<String, Value>,
    /// Topics, parts, limits, branches.
    pub parts: Vec<Described<'v>>,
}

impl Described<'_> {
    /// Whether a key is a clause rather than a name, a heading or the list of the parts.
    #[must_use]
    pub fn is_clause(&self, key: &str, value: &Value) -> bool {
        let listed = value.as_array().is_some_and(|items| items.iter().any(Value::is_object));
        let below = listed && (SORTS.contains(&key) || PARTS.contains(&key));
        let names_topic = self.sort == "topic" && ["topic", "topics"].contains(&key);
        !SILENT.contains(&key) && !below && !names_topic
    }
}

/// The rules of a purpose.
#[must_use]
pub fn described(version: &Version, purpose: Purpose) -> Vec<Described<'_>> {
    let (Some(rules), Some(stated)) = (version.purposes.get(&purpose), version.stated.get(purpose.word())) else {
        return Vec::new();
    };
    let mut all = in_order(version, stated, &rules.rules);
    for sort in ["rung", "deadline"] {
        all.extend(items(stated, sort).into_iter().map(|item| node(version, item, sort, Over::default(), &[])));
    }
    all
}

/// All of it, parts included, depth first.
#[must_use]
pub fn everything<'d, 'v>(all: &'d [Described<'v>]) -> Vec<&'d Described<'v>> {
    all.iter().flat_map(|one| std::iter::once(one).chain(everything(&one.parts))).collect()
}

/// Rules in the order of the file, which the model keeps and JSON does not.
fn in_order<'v>(version: &'v Version, stated: &'v Value, rules: &[Rule]) -> Vec<Described<'v>> {
    let mut left: Vec<(&'static str, &'v Map<String, Value>)> =
        SORTS.iter().flat_map(|sort| items(stated, sort).into_iter().map(move |item| (*sort, item))).collect();
    let mut found = Vec::new();
    for rule in rules {
        let own = rule.id.rsplit('.').next().unwrap_or(&rule.id);
        let at = left.iter().position(|(_, item)| item.get("id").and_then(Value::as_str) == Some(own));
        let Some(at) = at else { continue };
        let (sort, item) = left.remove(at);
        let branches: &[Rule] = match &rule.asks {
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches,
            _ => &[],
        };
        found.push(node(version, item, sort, Over::default(), branches));
    }
    found
}

fn items<'v>(stated: &'v Value, key: &str) -> Vec<&'v Map<String, Value>> {
    match stated.get(key) {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(one)) => vec![one],
        _ => Vec::new(),
    }
}

/// Where something is written, if it says so itself.
pub(super) fn cited(version: &Version, stated: &Map<String, Value>) -> Option<Citation> {
    in_source(version, stated, stated.get("cite").and_then(Value::as_str)?)
}

/// The titles of the sources that the tables of a list name themselves.
#[must_use]
pub fn titles(version: &Version, list: &Value) -> Vec<String> {
    let tables = list.as_array().into_iter().flatten().filter_map(Value::as_object);
    tables.filter_map(|table| cited(version, table)).map(|citation| citation.title).collect()
}

/// Its own source; where it names only a place, the place is in the source of what it is a part of.
fn cited_below(version: &Version, stated: &Map<String, Value>, above: Option<&str>) -> Option<Citation> {
    cited(version, stated).or_else(|| in_source(version, stated, above.filter(|_| stated.contains_key("clause"))?))
}

fn in_source(version: &Version, stated: &Map<String, Value>, source: &str) -> Option<Citation> {
    let text = |key: &str| stated.get(key).and_then(Value::as_str);
    let mut citation = version.sources.get(source)?.clone();
    if let Some(clause) = text("clause") {
        // A bare number would read as a part of the title.
        let sign = if clause.starts_with(|first: char| first.is_ascii_digit()) { "§ " } else { "" };
        citation.title = format!("{}, {sign}{clause}", citation.title);
    }
    Some(citation)
}

/// What something is a part of: its id, and the source it names.
#[derive(Clone, Copy, Default)]
struct Over<'o> {
    id: &'o str,
    cite: Option<&'o str>,
}

fn node<'v>(
    version: &'v Version,
    stated: &'v Map<String, Value>,
    sort: &'static str,
    above: Over<'_>,
    branches: &[Rule],
) -> Described<'v> {
    let text = |key: &str| stated.get(key).and_then(Value::as_str);
    let topic = ["topic", "topics"].iter().find_map(|key| match stated.get(*key) {
        Some(Value::String(topic)) => Some(topic.as_str()),
        Some(Value::Array(items)) => items.first().and_then(Value::as_str),
        _ => None,
    });
    let known = topic.and_then(|topic| version.topics.get(version.topic_named(topic)?));
    let own = text("id").or(known.map(|topic| topic.id.as_str())).unwrap_or_default();
    let id = if above.id.is_empty() { own.to_owned() } else { format!("{}.{own}", above.id) };
    let label = match (text("label"), known) {
        (Some(en), _) => Label { en: en.to_owned(), es: text("label_es").unwrap_or(en).to_owned() },
        (None, Some(topic)) => topic.label.clone(),
        (None, None) => Label { en: own.to_owned(), es: own.to_owned() },
    };
    let citation = cited_below(version, stated, above.cite);
    let over = Over { id: &id, cite: text("cite").or(above.cite) };
    let stages = match stated.get("stage") {
        Some(Value::String(stage)) => vec![stage.clone()],
        Some(Value::Array(stages)) => stages.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut parts = Vec::new();
    for key in PARTS {
        if let Some(Value::Array(items)) = stated.get(key) {
            let tables = items.iter().filter_map(Value::as_object);
            let below = if sort == "exam" { "exam part" } else { key };
            parts.extend(tables.map(|item| node(version, item, below, over, &[])));
        }
    }
    for branch in branches {
        let own = branch.id.rsplit('.').next().unwrap_or(&branch.id);
        let below: &[Rule] = match &branch.asks {
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches,
            _ => &[],
        };
        let hit = SORTS.iter().find_map(|sort| {
            let list = stated.get(*sort)?.as_array()?;
            let item = list
                .iter()
                .filter_map(Value::as_object)
                .find(|item| item.get("id").and_then(Value::as_str) == Some(own))?;
            Some((*sort, item))
        });
        // A branch is a rule: it names its source itself.
        let over = Over { cite: None, ..over };
        parts.extend(hit.map(|(sort, item)| node(version, item, sort, over, below)));
    }
    Described { id, label, sort, citation, stages, stated, parts }
}
