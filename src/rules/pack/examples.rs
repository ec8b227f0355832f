//! Reading worked examples: a record, a question and what the answer must say.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use toml::de::DeValue;

use super::super::problem::nearest;
use super::super::question::{Purpose, Question};
use super::super::record::Record;
use super::givens::{self, Given};
use super::json_of;
use super::table::{At, Table};

/// A worked example of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it shows, as a sentence.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The record.
    pub record: Record,
    /// The question.
    pub question: Question,
    /// The version that must be chosen, if the example says so.
    pub version: Option<String>,
    /// What the answer must say.
    pub expect: Expectation,
}

/// Parts of the answer that must come out as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expectation {
    /// Fields of the root, such as `status`.
    pub root: Map<String, Value>,
    /// Fields of requirements, by id.
    pub requirements: BTreeMap<String, Value>,
    /// Fields of records, by id; `reason` is one of its reasons.
    pub records: BTreeMap<String, Value>,
}

/// Reads one file of examples.
pub(super) fn read(root: Table<'_, '_>) -> Vec<Example> {
    let given = root.table("given").map(|table| givens::read(&table)).unwrap_or_default();
    let examples =
        root.tables("example", "[[example]]").into_iter().filter_map(|table| example(table, &given)).collect();
    root.finish();
    examples
}

fn example(table: Table<'_, '_>, given: &BTreeMap<String, Given>) -> Option<Example> {
    let name = table.need_text("name", "what the example shows, as a sentence").value.to_owned();
    let record = record(&table, given);
    let as_of = table.date("as_of");
    if as_of.is_none() {
        table.missing("as_of", "the day asked about");
    }
    let purpose = table.text("purpose").map_or(Some(Purpose::Initial), |text| {
        let purpose = Purpose::parse(text.value);
        if purpose.is_none() {
            table.problem(
                "unknown_word",
                text.line,
                format!("purpose `{}`", text.value),
                "initial, renewal, reinstatement or reciprocity",
                "use one of these words",
            );
        }
        purpose
    });
    let stage = table.text("stage").map(|text| text.value.to_owned());
    let version = table.text("version").map(|text| text.value.to_owned());
    let expect = expectation(&table);
    let (file, line) = (table.file().to_owned(), table.line);
    table.finish();
    Some(Example {
        name,
        file,
        line,
        record: record?,
        question: Question { as_of: as_of?, purpose: purpose?, stage },
        version,
        expect,
    })
}

fn record(table: &Table<'_, '_>, given: &BTreeMap<String, Given>) -> Option<Record> {
    // All of them are asked for first, so that none is called unknown where an earlier one cannot be read.
    let (names, left_out) = (table.texts("given").unwrap_or_default(), table.texts("without").unwrap_or_default());
    let own = table.raw("record").map(json_of);
    let (mut merged, mut good) = (Value::Object(Map::new()), true);
    for name in names {
        match given.get(name.value) {
            Some(part) => {
                good &= part.reads;
                merge(&mut merged, part.facts.clone());
            }
            None => {
                good = false;
                unknown_given(table, name, given);
            }
        }
    }
    for id in left_out {
        if !remove(&mut merged, id.value) && good {
            unknown_without(table, id, &merged);
        }
    }
    let before = merged.clone();
    if let Some(own) = own {
        merge(&mut merged, own);
    }
    // What is wrong in a `given` was said where it stands.
    if !good {
        return None;
    }
    match Record::from_json(&givens::whole(merged).to_string()) {
        Ok(record) => Some(record),
        Err(error) => {
            let line = givens::line_in(table, &["record"], &givens::own_path(&error.path, &before));
            givens::refuse(table, line, error);
            None
        }
    }
}

fn unknown_given(table: &Table<'_, '_>, name: At<&str>, given: &BTreeMap<String, Given>) {
    let known: Vec<&str> = given.keys().map(String::as_str).collect();
    let declare = format!("declare it with `[given.{}]`", name.value);
    let hint = nearest(name.value, known.iter().copied())
        .map_or_else(|| declare.clone(), |near| format!("did you mean `{near}`? else {declare}"));
    let found = format!("given `{}` is not declared", name.value);
    table.problem("unknown_given", name.line, found, format!("one of {}", known.join(", ")), hint);
}

fn unknown_without(table: &Table<'_, '_>, id: At<&str>, record: &Value) {
    let ids = givens::ids(record);
    let hint = nearest(id.value, ids.iter().copied())
        .map_or_else(|| "remove it".to_owned(), |near| format!("did you mean `{near}`?"));
    let found = format!("`without` names `{}`", id.value);
    let expected = format!("the id of a fact in `given`: {}", ids.join(", "));
    table.problem("unknown_id", id.line, found, expected, hint);
}

/// Adds `more` to `base`: lists grow, tables merge, the rest is replaced.
fn merge(base: &mut Value, more: Value) {
    match (base, more) {
        (Value::Object(base), Value::Object(more)) => {
            for (key, value) in more {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(base), Value::Array(more)) => base.extend(more),
        (base, more) => *base = more,
    }
}

fn remove(record: &mut Value, id: &str) -> bool {
    let Value::Object(lists) = record else { return false };
    let mut removed = false;
    for list in lists.values_mut().filter_map(Value::as_array_mut) {
        list.retain(|fact| {
            let hit = fact.get("id").and_then(Value::as_str) == Some(id);
            removed |= hit;
            !hit
        });
    }
    removed
}

fn expectation(table: &Table<'_, '_>) -> Expectation {
    let Some(DeValue::Table(_)) = table.raw("expect") else {
        table.missing("expect", "what the answer must say, such as `status = \"met\"`");
        return Expectation::default();
    };
    let mut root = match table.raw("expect").map(json_of) {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let mut by_id = |key: &str| match root.remove(key) {
        Some(Value::Object(fields)) => fields.into_iter().collect(),
        _ => BTreeMap::new(),
    };
    let (requirements, records) = (by_id("requirements"), by_id("records"));
    if root.is_empty() && requirements.is_empty() && records.is_empty() {
        table.missing("expect", "at least one thing the answer must say");
    }
    Expectation { root, requirements, records }
}
