//! What changes above the rules: who and when, sources, units, words, topics, stages, what holds and orders do, notes.
//!
//! Goes through every key that either version states; one that nobody has given words to is shown as it is written.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::pack::Version;
use super::super::pack::model::Label;
use super::super::pack::stricter::Way;
use super::super::question::Purpose;
use super::super::render::{self, Speaker};
use super::{Change, Clause, both, fields, stages, together, topics, what, words};

/// Keys of the head in the order they are told; any other comes after them.
const ORDER: [&str; 18] = [
    "credential",
    "name",
    "abbreviation",
    "board",
    "region",
    "time_zone",
    "verified",
    "applies_by",
    "hour",
    "unit",
    "topic",
    "stage",
    "holidays",
    "hold",
    "order",
    "transition",
    "word",
    "reminders",
];

/// What is no change: the day a version begins is told by its name, and the rest speaks to the reader of the file.
const LEFT_OUT: [&str; 4] = ["in_force", "base", "loosens", "tightens"];

/// All that changes in the head.
pub(super) fn changes(old: &Version, new: &Version) -> Vec<Change> {
    let mut changes = Vec::new();
    for key in keys(old, new) {
        let (before, after) = (old.stated.get(key), new.stated.get(key));
        // A Spanish name alone may be another one.
        if before == after && (key != "name" || old.name == new.name) {
            continue;
        }
        match key {
            "topic" => topics::changes(old, new, &mut changes),
            "stage" => stages::changes(old, new, &mut changes),
            "unit" | "word" | "source" => entries(key, before, after, &mut changes),
            "hold" | "order" | "transition" => listed(key, (old, before), (new, after), &mut changes),
            "note" => notes(old, new, &mut changes),
            _ => changes.push(plain(key, old, new)),
        }
    }
    changes
}

/// The keys of both heads, each once.
fn keys<'v>(old: &'v Version, new: &'v Version) -> Vec<&'v str> {
    let stated = |version: &'v Version| version.stated.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
    let own = |key: &&str| Purpose::parse(key).is_none() && !LEFT_OUT.contains(key) && !key.ends_with("_es");
    let mut keys: Vec<&str> = stated(old).chain(stated(new)).filter(own).collect::<BTreeSet<_>>().into_iter().collect();
    keys.sort_by_key(|key| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    keys
}

/// A change of the head; which way it goes is what its clauses say together.
pub(super) fn change(requirement: String, label: Label, what: super::What, clauses: Vec<Clause>) -> Change {
    let way = together(&clauses);
    Change { purpose: None, requirement, label, what, way, stages: Vec::new(), clauses }
}

/// A key with one value: what the page says of it, else the value itself.
fn plain(key: &str, old: &Version, new: &Version) -> Change {
    let (before, after) = (old.stated.get(key), new.stated.get(key));
    let way = match key {
        "name" | "abbreviation" | "board" | "verified" | "reminders" => Way::Same,
        _ => Way::Unclear,
    };
    let (was, becomes) = (only_in(key, old, new), only_in(key, new, old));
    let clauses = match (before, after) {
        _ if key == "name" => {
            let name = |version: &Version| Some(version.name.clone());
            vec![Clause { key: key.to_owned(), way, was: name(old), becomes: name(new) }]
        }
        _ if was.is_some() || becomes.is_some() => vec![Clause { key: key.to_owned(), way, was, becomes }],
        (Some(Value::Object(_)), _) | (_, Some(Value::Object(_))) => {
            fields::changes(before, after, &|_, _, _| way, &[])
        }
        _ => vec![fields::value(key, way, before, after)],
    };
    let mut change = change(key.to_owned(), words::head(key), what(before, after), clauses);
    change.way = way;
    change
}

/// What the head of one version says of a key that the other's does not.
fn only_in(key: &str, one: &Version, other: &Version) -> Option<Label> {
    both(|lang| {
        let says = |version| render::head(&Speaker { version, purpose: None, lang }, key);
        let there = says(other);
        let own: Vec<String> = says(one).into_iter().filter(|said| !there.contains(said)).collect();
        (!own.is_empty()).then(|| own.join(" ").trim_end_matches('.').to_owned())
    })
}

/// `[unit.*]`, `[word.*]`, `[source.*]`, entry by entry.
fn entries(key: &str, before: Option<&Value>, after: Option<&Value>, changes: &mut Vec<Change>) {
    let names = |side: Option<&Value>| -> Vec<String> {
        side.and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect()
    };
    let way = if key == "unit" { Way::Unclear } else { Way::Same };
    for name in names(before).into_iter().chain(names(after)).collect::<BTreeSet<_>>() {
        let entry = |side: Option<&Value>| side.and_then(|table| table.get(&name)).cloned();
        let (old, new) = (entry(before), entry(after));
        if old == new {
            continue;
        }
        let judged = |key: &str, _: Option<&Value>, _: Option<&Value>| match key {
            "label" | "plural" => Way::Same,
            _ => way,
        };
        let clauses = fields::changes(old.as_ref(), new.as_ref(), &judged, &[]);
        let title = new.as_ref().or(old.as_ref()).and_then(|entry| entry.get("title")?.as_str().map(str::to_owned));
        let label = words::entry(key, &title.unwrap_or_else(|| name.clone()));
        changes.push(change(format!("{key}.{name}"), label, what(old.as_ref(), new.as_ref()), clauses));
    }
}

/// One side of a list: the version and what it states.
type Side<'v> = (&'v Version, Option<&'v Value>);

/// `[[hold]]`, `[[order]]`, `[[transition]]`, each by its id.
fn listed(key: &str, (old, before): Side<'_>, (new, after): Side<'_>, changes: &mut Vec<Change>) {
    for id in ids(before, after) {
        let (was, becomes) = (item(before, &id), item(after, &id));
        if was == becomes {
            continue;
        }
        let (earlier, later) = (alone(old, &id), alone(new, &id));
        let mut clauses = fields::changes(was, becomes, &|_, _, _| Way::Same, &["label", "cite", "clause"]);
        let (gone, come) = (said_only(key, &earlier, &later), said_only(key, &later, &earlier));
        if gone.is_some() || come.is_some() {
            clauses.push(Clause { key: key.to_owned(), way: Way::Unclear, was: gone, becomes: come });
        } else if clauses.is_empty() {
            clauses = fields::changes(was, becomes, &|_, _, _| Way::Unclear, &[]);
        }
        let name = becomes.or(was).and_then(Value::as_object).map(words::name_of).unwrap_or_default();
        changes.push(change(format!("{key}.{id}"), words::beside(key, &name), what(was, becomes), clauses));
    }
}

/// The ids of both lists, each once, the newer order first.
pub(super) fn ids(before: Option<&Value>, after: Option<&Value>) -> Vec<String> {
    let items = |side: Option<&Value>| side.and_then(Value::as_array).cloned().unwrap_or_default();
    let mut ids: Vec<String> = Vec::new();
    for item in items(after).iter().chain(&items(before)) {
        let id = id_of(item);
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    ids
}

/// The entry of a list by its id.
pub(super) fn item<'v>(side: Option<&'v Value>, id: &str) -> Option<&'v Value> {
    let items = side.and_then(Value::as_array)?;
    items.iter().find(|item| id_of(item) == id)
}

/// What an entry of a list is known by: a hold has its name alone.
fn id_of(item: &Value) -> &str {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    text("id").or_else(|| text("label")).unwrap_or_default()
}

/// The version with one entry of its holds, orders and transitions, to hear what its page says of that one.
fn alone(version: &Version, id: &str) -> Version {
    let mut one = bare(version);
    one.holds.retain(|hold| hold.label.en == id);
    one.orders.retain(|order| order.id == id);
    one.transitions.retain(|transition| transition.id == id);
    one
}

/// A version without what is large and says nothing about its head.
pub(super) fn bare(version: &Version) -> Version {
    Version { stated: Value::Null, lines: Vec::new(), ..version.clone() }
}

/// The sentences of an entry that the other version does not say.
fn said_only(key: &str, one: &Version, other: &Version) -> Option<Label> {
    both(|lang| {
        let says = |version: &Version| -> Vec<String> {
            let all = render::head(&Speaker { version, purpose: None, lang }, key);
            all.iter().flat_map(|all| all.split(". ")).map(|said| said.trim_end_matches('.').to_owned()).collect()
        };
        let there = says(other);
        let own: Vec<String> = says(one).into_iter().filter(|said| !there.contains(said)).collect();
        (!own.is_empty()).then(|| own.join(". "))
    })
}

/// Notes about the sources; a note has no name, so one that reads otherwise is another one.
fn notes(old: &Version, new: &Version, changes: &mut Vec<Change>) {
    let mut clauses = Vec::new();
    let mut only = |one: &Version, other: &Version, is_new: bool| {
        for note in one.notes.iter().filter(|note| !other.notes.contains(note)) {
            let said = Some(words::note(note));
            let (was, becomes) = if is_new { (None, said) } else { (said, None) };
            clauses.push(Clause { key: "note".to_owned(), way: Way::Same, was, becomes });
        }
    };
    only(old, new, false);
    only(new, old, true);
    let what = what(old.notes.first(), new.notes.first());
    if !clauses.is_empty() {
        changes.push(change("note".to_owned(), words::head("note"), what, clauses));
    }
}
