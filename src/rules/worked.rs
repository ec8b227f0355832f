//! Running a pack's worked examples: they are its tests.

use std::collections::BTreeSet;

use serde_json::Value;

use super::evaluate::evaluate;
use super::evaluation::Evaluation;
use super::pack::{Example, Pack, Version};
use super::problem::Problem;
use super::question::Question;

/// Runs all examples and says what came out otherwise.
#[must_use]
pub fn run(pack: &Pack) -> Vec<Problem> {
    pack.examples.iter().flat_map(|example| run_one(pack, example)).collect()
}

/// Versions that no worked example is about: whatever they say, nothing tests it.
#[must_use]
pub fn untested(pack: &Pack) -> Vec<Problem> {
    let rules = |example: &Example| {
        let version = pack.version_for(&example.record, example.question.as_of, example.question.purpose)?;
        Some(version.id.as_str())
    };
    let tested: BTreeSet<&str> = pack.examples.iter().filter_map(rules).collect();
    let bare = pack.versions.iter().filter(|version| !tested.contains(version.id.as_str()));
    bare.map(|version| Problem {
        file: version.file.clone(),
        line: 1,
        code: "no_example",
        found: format!("version `{}` of {} has no worked example", version.id, pack.id),
        expected: "at least one example that this version rules".to_owned(),
        hint: format!(
            "add an `[[example]]` to `examples.toml` whose deciding day lies in it, with `version = \"{}\"`",
            version.id
        ),
    })
    .collect()
}

/// The answer to an example; none where no version rules the person.
#[must_use]
pub fn answer<'p>(pack: &'p Pack, example: &Example) -> Option<(&'p Version, Evaluation)> {
    let Question { as_of, purpose, .. } = example.question;
    let version = pack.version_for(&example.record, as_of, purpose)?;
    Some((version, evaluate(version, &example.record, &example.question)))
}

/// Runs one example and says what came out otherwise.
#[must_use]
pub fn run_one(pack: &Pack, example: &Example) -> Vec<Problem> {
    let problem = |found: String, expected: String, hint: &str| Problem {
        file: example.file.clone(),
        line: example.line,
        code: "example",
        found: format!("example `{}`: {found}", example.name),
        expected,
        hint: hint.to_owned(),
    };
    let Some((version, answer)) = answer(pack, example) else {
        return vec![problem("no version in force".into(), "a version for that day".into(), "ask about a later day")];
    };
    let mut problems = Vec::new();
    let mut check = |what: String, found: Option<&Value>, expected: &Value| {
        if !found.is_some_and(|found| agrees(found, expected)) {
            let found = found.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            problems.push(problem(format!("{what} is {found}"), expected.to_string(), "mend the rule or the example"));
        }
    };
    if let Some(expected) = &example.version {
        check("the version".into(), Some(&Value::from(version.id.as_str())), &Value::from(expected.as_str()));
    }
    let answer = serde_json::to_value(answer).unwrap_or(Value::Null);
    let none = Value::from("none");
    for (key, expected) in &example.expect.root {
        // What an answer leaves out is written as "none".
        let found = answer.get(key).filter(|found| !found.is_null()).unwrap_or(&none);
        check(format!("`{key}`"), Some(found), expected);
    }
    for (id, expected) in &example.expect.requirements {
        let found = answer.get("requirements").and_then(|list| find(list, "id", id));
        each(found, expected, |key, found, expected| check(format!("`{key}` of `{id}`"), found, expected));
    }
    for (id, expected) in &example.expect.records {
        let found = answer.get("records").and_then(|list| find(list, "record", id));
        each(found, expected, |key, found, expected| {
            if key == "reason" {
                let reasons = found_reasons(answer.get("records").and_then(|list| find(list, "record", id)));
                let hit = reasons.iter().find(|reason| agrees(reason, expected)).or(reasons.first());
                check(format!("the reason of `{id}`"), hit, expected);
            } else {
                check(format!("`{key}` of `{id}`"), found, expected);
            }
        });
    }
    problems
}

fn each(found: Option<&Value>, expected: &Value, mut check: impl FnMut(&str, Option<&Value>, &Value)) {
    match expected {
        Value::Object(fields) => {
            for (key, value) in fields {
                check(key, found.and_then(|found| found.get(key)), value);
            }
        }
        other => check("status", found.and_then(|found| found.get("status").or_else(|| found.get("outcome"))), other),
    }
}

fn found_reasons(record: Option<&Value>) -> Vec<Value> {
    let parts = record.and_then(|record| record.get("not_counted")).and_then(Value::as_array);
    parts.into_iter().flatten().filter_map(|part| part.get("reason")).cloned().collect()
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
