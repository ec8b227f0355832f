//! Worked examples for rules that a test publishes: without one no version goes out.

use serde_json::{Value, json};

/// An example of a version, by its file's name: it rules its own first day.
pub fn example_of(name: &str) -> String {
    let day = name.trim_end_matches(".toml");
    format!("[[example]]\nname = \"it rules from its first day on\"\nas_of = {day}\nexpect.version = \"{day}\"\n")
}

/// What the API takes to publish a version, its example beside it.
pub fn with_example(name: &str, text: &str) -> Value {
    let example = example_of(name);
    json!({ "files": [{ "name": name, "text": text }, { "name": "examples.toml", "text": example }] })
}
