//! Why a record was refused, and serde's refusals in our words.

use serde::Serialize;

use super::super::problem::nearest;
use super::strict::NOT_A_DAY;

/// Why a record was refused: where, what was found, what was expected and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{path}: {found}; expected {expected}. {hint}")]
pub struct RecordError {
    /// A stable code.
    pub code: &'static str,
    /// The place in the JSON, such as `learning[2].kind`.
    pub path: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

impl RecordError {
    pub(super) fn new(
        code: &'static str,
        path: String,
        found: impl Into<String>,
        expected: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { code, path, found: found.into(), expected: expected.into(), hint: hint.into() }
    }
}

/// Words serde's refusal as ours.
pub(super) fn refused(source: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> RecordError {
    let path = place(error.path());
    let inner = error.inner();
    let text = inner.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    let (found, expected) = text.split_once(", expected ").unwrap_or((text, "a value that fits here"));
    let at = format!("(line {}, column {})", inner.line(), inner.column());
    if text == NOT_A_DAY {
        let found = value_at(source, error.path()).map_or_else(|| text.to_owned(), |value| format!("`{value}`"));
        return RecordError::new(
            "impossible_date",
            path,
            format!("{found} {at}"),
            "a day of the calendar as `YYYY-MM-DD`",
            "write it as `2026-01-31`",
        );
    }
    let code = if !inner.is_data() {
        "bad_json"
    } else if found.starts_with("unknown field") {
        "unknown_field"
    } else if found.contains("is not a known") {
        "unknown_word"
    } else if found.starts_with("missing field") {
        "missing_field"
    } else if found.starts_with("duplicate field") {
        "duplicate_field"
    } else {
        "bad_value"
    };
    let unknown = found.split('`').nth(1).unwrap_or_default();
    if let Some(hint) = (code == "unknown_field").then(|| meant(unknown, expected)).flatten() {
        return RecordError::new(code, path, format!("{found} {at}"), expected, hint);
    }
    let hint = match code {
        "unknown_field" => "remove the field or write it as listed",
        "unknown_word" => "use a word of the list, or one of your own that starts with `x-`",
        "missing_field" => "add the field",
        "duplicate_field" => "leave one of them, with all that belongs there",
        "bad_json" => "write it as JSON; a text editor for programs shows where a mark is missing",
        _ => "mend the value",
    };
    let misfit = ["invalid type: ", "invalid value: "].iter().find_map(|start| found.strip_prefix(start));
    let (found, expected) = match (misfit, code) {
        (Some(found), _) => (kind_in_words(found), expected_in_words(expected, &path)),
        (None, "missing_field") => (found.to_owned(), found.replace("missing field", "the field")),
        (None, "duplicate_field") => (found.to_owned(), "each field once".to_owned()),
        (None, "bad_json") if found == "number out of range" => (found.to_owned(), "a smaller number".to_owned()),
        (None, "bad_json") => (found.to_owned(), "JSON".to_owned()),
        (None, _) => (found.to_owned(), expected.to_owned()),
    };
    let hint = if found.starts_with("text `") && expected.starts_with("a whole number") {
        "write it without quotes"
    } else if found.starts_with("a number") && expected == "text in quotes" {
        "write it in quotes"
    } else {
        hint
    };
    RecordError::new(code, path, format!("{found} {at}"), expected, hint)
}

/// What a field that nobody knows was meant to be.
fn meant(unknown: &str, expected: &str) -> Option<String> {
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    if unknown == "hours" && known.contains(&"minutes") {
        return Some("records count in minutes: ten hours are `minutes = 600`".to_owned());
    }
    nearest(unknown, known).map(|near| format!("did you mean `{near}`?"))
}

/// What serde found, in plain words.
fn kind_in_words(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "string" => format!("text `{}`", value.trim_matches('"')),
        "integer" | "floating" => format!("a number, {}", value.trim_start_matches("point ").replace('`', "")),
        "boolean" => value.to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "null" => "nothing".to_owned(),
        _ => found.to_owned(),
    }
}

/// What serde expected, in plain words.
fn expected_in_words(expected: &str, path: &str) -> String {
    match expected {
        "u32" | "u64" if path.contains("minutes") => "a whole number of minutes".to_owned(),
        "u32" | "u64" => "a whole number that is not negative".to_owned(),
        "i64" => "a whole number".to_owned(),
        "a string" | "a borrowed string" => "text in quotes".to_owned(),
        "a boolean" => "`true` or `false`, without quotes".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "a table of fields".to_owned(),
        _ if expected.starts_with("struct ") => "a table of fields".to_owned(),
        _ => expected.to_owned(),
    }
}

/// The place as people write it; what could not be read at all has none.
fn place(path: &serde_path_to_error::Path) -> String {
    let text = path.to_string();
    let known = text.trim_end_matches('?').trim_end_matches('.');
    known.to_owned()
}

/// The value that stands at a path of the source.
fn value_at(source: &str, path: &serde_path_to_error::Path) -> Option<String> {
    use serde_path_to_error::Segment;
    let whole: serde_json::Value = serde_json::from_str(source).ok()?;
    let value = path.iter().try_fold(&whole, |value, segment| match segment {
        Segment::Seq { index } => value.get(*index),
        Segment::Map { key } => value.get(key.as_str()),
        Segment::Enum { .. } | Segment::Unknown => None,
    })?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::super::Record;

    fn refused(record: &str) -> super::RecordError {
        Record::from_json(record).unwrap_err()
    }

    #[test]
    fn minutes_that_are_none_are_refused_in_plain_words() {
        for minutes in ["-1", "60.5", "9007199254740993"] {
            let record = r#"{"format":"credtrail.record/1","person":{"id":"p"},"learning":[{"id":"l","completed_on":"2025-01-01","minutes":N}]}"#;
            let error = refused(&record.replace('N', minutes));
            assert_eq!(
                (error.path.as_str(), error.expected.as_str()),
                ("learning[0].minutes", "a whole number of minutes")
            );
        }
    }

    #[test]
    fn what_is_no_json_has_no_place_but_a_line() {
        let error = refused("{'format': 1}");
        assert_eq!((error.code, error.path.as_str(), error.expected.as_str()), ("bad_json", "", "JSON"));
        assert!(error.found.contains("line 1"), "{}", error.found);
    }

    #[test]
    fn a_field_that_is_missing_is_what_was_expected() {
        let error = refused(r#"{"format":"credtrail.record/1"}"#);
        assert_eq!((error.code, error.expected.as_str()), ("missing_field", "the field `person`"));
    }
}
