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

/// Which day would have to be another one where no version rules the person.
fn unruled(pack: &Pack, example: &Example) -> Difference {
    let Question { as_of, purpose, .. } = example.question;
    let first = pack.versions.first();
    let begins = first.map_or_else(String::new, |version| version.id.clone());
    if let Some(pin) = pack.pin(&example.record, as_of, purpose) {
        let known: Vec<&str> = pack.versions.iter().map(|version| version.id.as_str()).collect();
        return Difference {
            found: format!("the record is held to version `{pin}`, which is not there"),
            expected: format!("one of {}", known.join(", ")),
            hint: "mend the version that the application or term names, or write that version".into(),
        };
    }
    let decides = first.map(|version| pack.deciding_day(version, &example.record, as_of, purpose)).unwrap_or(as_of);
    let found = if decides == as_of {
        format!("no version is in force on {as_of}; the first begins {begins}")
    } else {
        format!(
            "the day {decides} in the record decides (`applies_by`), not `as_of`; the first version begins {begins}"
        )
    };
    Difference {
        found,
        expected: format!("a deciding day on or after {begins}, in a version that is there"),
        hint: "change the day in the record, such as `received_on`, or write the older version".into(),
    }
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
        return vec![problem(unruled(pack, example))];
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
