//! Running a pack's worked examples: they are its tests.

use std::collections::BTreeSet;

use serde_json::Value;

use super::evaluate::evaluate;
use super::evaluation::Evaluation;
use super::pack::{Example, Pack, Version};
use super::problem::Problem;
use super::question::Question;

mod compare;

use compare::{Difference, Differences};

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
    let problem = |Difference { found, expected, hint }| Problem {
        file: example.file.clone(),
        line: example.line,
        code: "example",
        found: format!("example `{}`: {found}", example.name),
        expected,
        hint,
    };
    let Some((version, answer)) = answer(pack, example) else {
        return vec![problem(Difference {
            found: "no version in force".into(),
            expected: "a version for that day".into(),
            hint: "ask about a later day".into(),
        })];
    };
    let answer = serde_json::to_value(answer).unwrap_or(Value::Null);
    let mut all = Differences::default();
    if let Some(expected) = &example.version {
        all.compare("the version", Some(&version.id.as_str().into()), &expected.as_str().into());
    }
    all.root(&answer, &example.expect.root);
    all.requirements(&answer, &example.expect.requirements);
    all.records(&answer, &example.expect.records);
    all.found.into_iter().map(problem).collect()
}
