//! The records that worked examples start from (`[given.*]`), each read once, at its own line.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::record::{FORMAT, Record, RecordError};
use super::json_of;
use super::table::Table;

/// A record to start from.
pub(super) struct Given {
    /// Its facts, as written.
    pub(super) facts: Value,
    /// Whether it reads as a record; if not, this was said already.
    pub(super) reads: bool,
}

/// All entries of `[given.*]`.
pub(super) fn read(table: &Table<'_, '_>) -> BTreeMap<String, Given> {
    let mut all = BTreeMap::new();
    for (key, value) in table.entries() {
        let facts = json_of(value.get_ref().clone());
        let read = Record::from_json(&whole(facts.clone()).to_string());
        let reads = read.is_ok();
        if let Err(error) = read {
            let line = line_in(table, &[key.value], &error.path);
            refuse(table, line.max(key.line), error);
        }
        all.insert(key.value.to_owned(), Given { facts, reads });
    }
    all
}

/// With the two fields that an example may leave out.
pub(super) fn whole(mut facts: Value) -> Value {
    if let Value::Object(fields) = &mut facts {
        fields.entry("format").or_insert_with(|| FORMAT.into());
        fields.entry("person").or_insert_with(|| serde_json::json!({ "id": "p1" }));
    }
    facts
}

/// Says what is wrong with a record. The text it was read from is ours, so its lines are left out.
pub(super) fn refuse(table: &Table<'_, '_>, line: usize, error: RecordError) {
    let found = error.found.rsplit_once(" (line ").map_or(error.found.as_str(), |(found, _)| found);
    table.problem(error.code, line, format!("record, {}: {found}", error.path), error.expected, error.hint);
}

/// A place in the whole record as a place in what the example adds to `before`.
pub(super) fn own_path(path: &str, before: &Value) -> String {
    let Some((list, rest)) = path.split_once('[') else { return path.to_owned() };
    let Some((number, rest)) = rest.split_once(']') else { return path.to_owned() };
    let earlier = before.get(list).and_then(Value::as_array).map_or(0, Vec::len);
    match number.parse::<usize>().ok().and_then(|number| number.checked_sub(earlier)) {
        Some(own) => format!("{list}[{own}]{rest}"),
        None => String::new(),
    }
}

/// The line of a place such as `learning[2].kind` below some keys, or of the nearest thing around it.
pub(super) fn line_in(table: &Table<'_, '_>, above: &[&str], path: &str) -> usize {
    let steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
    table.line_at(&above.iter().copied().chain(steps).collect::<Vec<_>>())
}

/// The ids of all facts.
pub(super) fn ids(record: &Value) -> Vec<&str> {
    let lists = record.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array);
    lists.flatten().filter_map(|fact| fact.get("id")?.as_str()).collect()
}
