//! What one key of a rule means, as a clause: "at least 46 hours".
//!
//! A clause stands alone, in small letters and without a full stop, so that a comparison can put two beside each other.

use serde_json::{Map, Value};

use super::super::lang::Lang;
use super::conditions;
use super::exams;
use super::filters;
use super::hours;
use super::others;
use super::phrases::window_text;
use super::speaker::Speaker;

/// A rule, part, deadline or rung that is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'s> {
    /// Who says it.
    pub speaker: Speaker<'s>,
    /// What it asks for: `learning`, `topic`, `deadline`.
    pub sort: &'s str,
    /// All it states.
    pub stated: &'s Map<String, Value>,
}

/// Keys that are not clauses of their own: names, citations, headings, reasons for the reader of the file.
pub(super) const SILENT: [&str; 11] =
    ["id", "label", "label_es", "cite", "clause", "stage", "consequence_es", "loosens", "tightens", "note", "note_es"];

impl<'s> Subject<'s> {
    /// A text it states.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'s str> {
        self.stated.get(key).and_then(Value::as_str)
    }

    /// The texts of a list it states; one text alone is a list of one.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<&'s str> {
        self.stated.get(key).map(texts).unwrap_or_default()
    }

    /// An amount it states, as people say it.
    #[must_use]
    pub fn amount(&self, key: &str) -> Option<String> {
        self.stated.get(key).map(|value| self.measured(value))
    }

    /// A value as an amount.
    #[must_use]
    pub fn measured(&self, value: &Value) -> String {
        match value {
            Value::String(text) => self.speaker.amount(text),
            other => other.to_string(),
        }
    }

    /// The words under a key as people say them.
    #[must_use]
    pub fn words(&self, key: &str, attribute: &str) -> Vec<String> {
        self.speaker.words(attribute, &self.texts(key))
    }

    /// All its windows: "in the 24 months before the application, during the term".
    #[must_use]
    pub fn windows(&self, key: &str) -> Option<String> {
        let said: Vec<String> = self.texts(key).iter().map(|text| window_text(text, &self.speaker)).collect();
        (!said.is_empty()).then(|| self.speaker.all(&said))
    }

    /// One key as a clause.
    #[must_use]
    pub fn clause(&self, key: &str) -> Option<String> {
        let value = self.stated.get(key)?;
        if SILENT.contains(&key) {
            return None;
        }
        let said = match key {
            "when" | "unless" | "waived_when" => conditions::clause(&self.speaker, key, value),
            "in_force" => others::in_force(self, value),
            "only" | "never" | "of" if self.sort != "ratio" => filters::clause(&self.speaker, key, value),
            "window" => self.windows(key),
            _ => match self.sort {
                "exam" => exams::clause(self, key, value),
                "learning" | "service" | "topic" | "part" | "cap" | "floor" | "instead" => {
                    hours::clause(self, key, value)
                }
                _ => others::clause(self, key, value),
            },
        };
        Some(said.unwrap_or_else(|| self.plainly(key, value)))
    }

    /// A key that has no words of its own yet: shown, never passed over.
    fn plainly(&self, key: &str, value: &Value) -> String {
        let value = match value {
            Value::Bool(yes) => self.yes(*yes).to_owned(),
            Value::Object(fields) => {
                let each = fields.iter().map(|(key, value)| self.plainly(key, value));
                each.collect::<Vec<_>>().join(", ")
            }
            other => texts(other).join(", "),
        };
        format!("{}: {value}", super::speaker::plain(key))
    }

    const fn yes(&self, yes: bool) -> &'static str {
        match (yes, self.speaker.lang) {
            (true, Lang::En) => "yes",
            (true, Lang::Es) => "sí",
            (false, _) => "no",
        }
    }
}

/// The texts of a list; one alone is a list of one; numbers as they are.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        Value::String(text) => vec![text.as_str()],
        _ => Vec::new(),
    }
}
