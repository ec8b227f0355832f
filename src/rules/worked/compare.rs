//! An answer beside what a worked example expects of it: what differs, and what to do about it, in words.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::evaluation::{Outcome, Status};
use super::super::problem::nearest;
use super::super::reason::Reason;

/// One thing that came out otherwise.
pub(super) struct Difference {
    pub(super) found: String,
    pub(super) expected: String,
    pub(super) hint: String,
}

/// All of them.
#[derive(Default)]
pub(super) struct Differences {
    pub(super) found: Vec<Difference>,
}

/// What an answer leaves out where there is nothing to say.
const LEFT_OUT: [&str; 2] = ["earliest_date", "notes"];

impl Differences {
    fn add(&mut self, found: String, expected: impl Into<String>, hint: impl Into<String>) {
        self.found.push(Difference { found, expected: expected.into(), hint: hint.into() });
    }

    /// Fields of the answer itself; what it leaves out is written as "none".
    pub(super) fn root(&mut self, answer: &Value, expected: &Map<String, Value>) {
        let none = Value::from("none");
        for (key, expected) in expected {
            if answer.get(key).is_none() && !LEFT_OUT.contains(&key.as_str()) {
                self.unknown_field(&format!("`{key}`"), key, answer);
                continue;
            }
            if key == "status" && !self.is_word::<Status>("status", expected) {
                continue;
            }
            let found = answer.get(key).filter(|found| !found.is_null()).unwrap_or(&none);
            self.compare(&format!("`{key}`"), Some(found), expected);
        }
    }

    /// Fields of requirements, by id.
    pub(super) fn requirements(&mut self, answer: &Value, expected: &BTreeMap<String, Value>) {
        let list = answer.get("requirements").unwrap_or(&Value::Null);
        for (id, expected) in expected {
            match find(list, "id", id) {
                Some(found) => self.fields::<Status>("status", id, found, expected),
                None => self.unknown_id("requirement", id, &ids(list, "id")),
            }
        }
    }

    /// Fields of records, by id; `reason` is one of a record's reasons.
    pub(super) fn records(&mut self, answer: &Value, expected: &BTreeMap<String, Value>) {
        let list = answer.get("records").unwrap_or(&Value::Null);
        for (id, expected) in expected {
            match find(list, "record", id) {
                Some(found) => self.fields::<Outcome>("outcome", id, found, expected),
                None => self.unknown_id("record", id, &ids(list, "record")),
            }
        }
    }

    /// Fields of one requirement or record; a word alone is its `verdict`.
    fn fields<T: DeserializeOwned>(&mut self, verdict: &str, id: &str, found: &Value, expected: &Value) {
        let alone = Map::from_iter([(verdict.to_owned(), expected.clone())]);
        for (key, expected) in expected.as_object().unwrap_or(&alone) {
            let what = format!("`{key}` of `{id}`");
            if key == "reason" && verdict == "outcome" {
                self.reason(id, found, expected);
            } else if key == verdict && !self.is_word::<T>(verdict, expected) {
            } else if found.get(key).is_none() {
                self.unknown_field(&what, key, found);
            } else {
                self.compare(&what, found.get(key), expected);
            }
        }
    }

    fn reason(&mut self, id: &str, record: &Value, expected: &Value) {
        if !self.is_word::<Reason>("reason", expected) {
            return;
        }
        let parts = record.get("not_counted").and_then(Value::as_array);
        let reasons: Vec<&Value> = parts.into_iter().flatten().filter_map(|part| part.get("reason")).collect();
        let hit = reasons.iter().find(|reason| agrees(reason, expected)).or(reasons.first());
        self.compare(&format!("the reason of `{id}`"), hit.copied(), expected);
    }

    /// Whether a word is one of its list; if not, this is said.
    fn is_word<T: DeserializeOwned>(&mut self, what: &str, expected: &Value) -> bool {
        let Err(refused) = serde_json::from_value::<T>(expected.clone()) else { return true };
        // Serde names the words of the list after these two words.
        let refused = refused.to_string();
        let list = refused.split_once("expected one of ").map_or("", |(_, list)| list);
        let words: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
        let found = plain(expected);
        let hint = nearest(&found, words.iter().copied())
            .map_or_else(|| "use a word of the list".to_owned(), |near| format!("did you mean `{near}`?"));
        let article = if what.starts_with('o') { "an" } else { "a" };
        self.add(format!("`{found}` is not {article} {what}"), format!("one of {}", words.join(", ")), hint);
        false
    }

    fn unknown_id(&mut self, what: &str, id: &str, known: &[String]) {
        let hint = nearest(id, known.iter().map(String::as_str))
            .map_or_else(|| format!("name a {what} of the answer"), |near| format!("did you mean `{near}`?"));
        let expected = if known.is_empty() {
            "nothing: there are none".to_owned()
        } else {
            format!("one of {}", known.join(", "))
        };
        self.add(format!("no {what} `{id}`"), expected, hint);
    }

    fn unknown_field(&mut self, what: &str, key: &str, found: &Value) {
        let known: Vec<&str> = found.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let hint = nearest(key, known.iter().copied())
            .map_or_else(|| "leave it out".to_owned(), |near| format!("did you mean `{near}`?"));
        self.add(format!("the answer has no {what}"), format!("one of {}", known.join(", ")), hint);
    }

    /// Says where two values differ, field by field.
    pub(super) fn compare(&mut self, what: &str, found: Option<&Value>, expected: &Value) {
        match (found, expected) {
            (Some(found), expected) if agrees(found, expected) => {}
            (Some(Value::Object(found)), Value::Object(expected)) => {
                for (key, expected) in expected {
                    if !found.contains_key(key) {
                        self.unknown_field(&format!("`{key}` in {what}"), key, &Value::Object(found.clone()));
                        continue;
                    }
                    let none = Value::from("none");
                    let found = found.get(key).filter(|found| !found.is_null()).unwrap_or(&none);
                    self.compare(&format!("`{key}` of {what}"), Some(found), expected);
                }
            }
            (Some(Value::String(found)), Value::Number(number)) => {
                let quoted = format!("\"{number}\"");
                self.add(
                    format!("{what} is `\"{found}\"`, a decimal in quotes"),
                    format!("`{quoted}`, in quotes"),
                    format!("write it in quotes: `{quoted}`"),
                );
            }
            (Some(Value::Number(found)), Value::String(text)) => {
                self.add(
                    format!("{what} is {found}, a number"),
                    format!("{text}, without quotes"),
                    format!("write it without quotes: `{text}`"),
                );
            }
            (Some(Value::String(found)), Value::String(text))
                if text.split_once(' ').is_some_and(|(number, _)| is_number(number)) && is_number(found) =>
            {
                let number = text.split_once(' ').map_or("", |(number, _)| number);
                self.add(
                    format!("{what} is `{found}`"),
                    format!("`{text}`, which has a unit"),
                    format!("amounts stand without their unit: `\"{number}\"`"),
                );
            }
            (found, expected) => {
                let found = found.map_or_else(|| "nothing".to_owned(), shown);
                self.add(format!("{what} is {found}"), shown(expected), "mend the rule or the example");
            }
        }
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A value in words.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}

/// A value without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Finds a node by its id, at any depth.
fn find<'v>(list: &'v Value, key: &str, id: &str) -> Option<&'v Value> {
    list.as_array()?.iter().find_map(|node| {
        if node.get(key).and_then(Value::as_str) == Some(id) {
            return Some(node);
        }
        node.get("requirements").and_then(|children| find(children, key, id))
    })
}

/// All ids, in the order of the answer.
fn ids(list: &Value, key: &str) -> Vec<String> {
    let mut all = Vec::new();
    for node in list.as_array().into_iter().flatten() {
        all.extend(node.get(key).and_then(Value::as_str).map(str::to_owned));
        all.extend(node.get("requirements").map(|children| ids(children, key)).unwrap_or_default());
    }
    all
}

/// Whether what was found says what was expected: tables by their named fields, the rest exactly.
fn agrees(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(key, value)| found.get(key).is_some_and(|found| agrees(found, value)))
        }
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(found, expected)| agrees(found, expected))
        }
        (found, expected) => found == expected,
    }
}
