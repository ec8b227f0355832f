//! Slips that people make in packs, and the way out of each: quotes where none belong, words of other languages of rules,
//! characters that a text program puts in. Only words for messages; nothing is read differently because of them.

use toml::de::DeValue;

use super::super::problem::nearest;
use super::phrase;

/// The way out where a value has another type than expected: the line as it should stand.
pub(super) fn as_expected(key: &str, found: &DeValue<'_>, expected: &str, table: &str) -> Option<String> {
    match found {
        DeValue::String(text) if key == "spread" && expected.starts_with("a table") => {
            let (bound, length) = match text.trim().strip_prefix("at least ") {
                Some(length) => ("at_least", length),
                None => ("at_most", text.trim().trim_start_matches("at most ").trim_start_matches("within ")),
            };
            phrase::length(length).ok().map(|_| format!("write `spread = {{ {bound} = \"{length}\" }}`"))
        }
        DeValue::String(text) => {
            unquoted(text.trim(), expected).map(|value| format!("write it without quotes: `{key} = {value}`")).or_else(
                || expected.starts_with("a whole number").then(|| "write it with digits, without quotes".to_owned()),
            )
        }
        DeValue::Integer(number) if expected.starts_with("text") => {
            let number = number.as_str();
            let unit = match key {
                "grace" => " days",
                "at_least" if table.contains("employment") => " months",
                "at_least" | "at_most" | "minimum_size" | "step" | "per_week" | "per_month" => " hours",
                "hour" => " minutes",
                "term" | "first_term" | "each" => " months",
                "amount" | "fee" => " USD",
                _ => "",
            };
            Some(format!("write it in quotes, with its unit if it has one: `{key} = \"{number}{unit}\"`"))
        }
        DeValue::Datetime(day) if expected.starts_with("a table") && key == "in_force" => {
            Some(format!("write `{key} = {{ from = {day} }}`"))
        }
        DeValue::Datetime(day) if expected.starts_with("text") => {
            Some(format!("write it in quotes: `{key} = \"{day}\"`"))
        }
        _ => None,
    }
}

/// A text as the value that was expected, if it is one.
fn unquoted(text: &str, expected: &str) -> Option<String> {
    if expected.starts_with("a whole number") {
        return text.parse::<u32>().ok().map(|number| number.to_string());
    }
    if expected.starts_with("a date") {
        return phrase::date(text).or_else(|| slashed(text)).map(|day| day.to_string());
    }
    match (expected.starts_with("`true`"), text.to_lowercase().as_str()) {
        (true, "yes" | "true") => Some("true".to_owned()),
        (true, "no" | "false") => Some("false".to_owned()),
        _ => None,
    }
}

/// `11/22/2026`, as it is written in the United States.
fn slashed(text: &str) -> Option<chrono::NaiveDate> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    chrono::NaiveDate::from_ymd_opt(year, month, day)
}

/// Words people write for a key, and the key.
const OTHER_KEYS: [(&str, &str); 45] = [
    ("training", "learning"),
    ("course", "learning"),
    ("courses", "learning"),
    ("ce", "learning"),
    ("ceu", "learning"),
    ("continuing_education", "learning"),
    ("work", "service"),
    ("experience", "service"),
    ("hours", "service"),
    ("practice", "service"),
    ("supervision", "service"),
    ("test", "exam"),
    ("examination", "exam"),
    ("education", "attestation"),
    ("recovery", "attestation"),
    ("reference", "attestation"),
    ("references", "attestation"),
    ("background_check", "attestation"),
    ("job", "employment"),
    ("interview", "decision"),
    ("approval", "decision"),
    ("or", "any_of"),
    ("minimum", "at_least"),
    ("min", "at_least"),
    ("hours", "at_least"),
    ("amount", "at_least"),
    ("maximum", "at_most"),
    ("max", "at_most"),
    ("limit", "at_most"),
    ("source", "cite"),
    ("citation", "cite"),
    ("section", "clause"),
    ("title", "label"),
    ("name", "label"),
    ("within", "window"),
    ("length", "term"),
    ("recertification", "renewal"),
    ("recert", "renewal"),
    ("certification", "initial"),
    ("entry", "initial"),
    ("endorsement", "reciprocity"),
    ("transfer", "reciprocity"),
    ("reentry", "reinstatement"),
    ("reactivation", "reinstatement"),
    ("within", "at_most"),
];

/// Days around the end of a term: they stand in the stage, never among the rules of a purpose.
const OF_STAGES: [&str; 5] = ["opens", "due", "late_from", "grace", "grace_earns"];

/// What may be said of hours, beside what is asked for.
const ATTRIBUTES: [&str; 12] = [
    "kind",
    "delivery",
    "provider",
    "course",
    "tag",
    "recognition",
    "evidence",
    "domain",
    "setting",
    "role",
    "site",
    "paid",
];

/// What stands under the heading of a purpose.
const OF_PURPOSES: [&str; 12] = [
    "learning",
    "service",
    "exam",
    "attestation",
    "age",
    "employment",
    "credential",
    "event",
    "decision",
    "any_of",
    "deadline",
    "rung",
];

/// What a key was meant to be, where its letters alone do not tell.
pub(super) fn other_key(word: &str, table: &str, known: &[&str]) -> Option<String> {
    if OF_PURPOSES.contains(&word) && known.contains(&"initial") {
        return Some(format!(
            "rules stand under what they are for: `[[initial.{word}]]` for the first certificate, `[[renewal.{word}]]` to stay certified"
        ));
    }
    if ATTRIBUTES.contains(&word) && !known.contains(&word) {
        if known.contains(&"of") && (table.contains("cap") || table.contains("floor")) {
            return Some(format!("what a limit is about stands in `of`: write `of = {{ {word} = ... }}`"));
        }
        if known.contains(&"only") {
            return Some(format!("write `only = {{ {word} = ... }}`, or `never = {{ {word} = ... }}`"));
        }
    }
    if OF_STAGES.contains(&word) && !known.contains(&word) {
        return Some(format!("`{word}` belongs to the `[[stage]]`: `renewal = {{ {word} = ... }}`"));
    }
    if ["fee", "fees"].contains(&word) && !known.contains(&"fee") {
        return Some("fees belong to the stage: `[[stage.fee]]`".to_owned());
    }
    if word == "at_most" && table.contains("learning") && !table.contains("topic") {
        return Some(
            "a limit stands below the rule: `[[....cap]]`, or `at_most` on a topic; for a minimum write `at_least`"
                .to_owned(),
        );
    }
    let small = word.to_lowercase();
    let meant = OTHER_KEYS.iter().find(|(slip, key)| *slip == small && known.contains(key));
    meant.map(|(_, key)| format!("did you mean `{key}`?"))
}

/// Whether a key was written for another one: then that one is not missing as well.
pub(super) fn stands_for(word: &str, key: &str) -> bool {
    let small = word.to_lowercase();
    OTHER_KEYS.iter().any(|(slip, meant)| *slip == small && *meant == key)
}

/// Words people write for a day that a rule can point to, and how the language says it.
const OTHER_DAYS: [(&str, &str); 16] = [
    ("expiry", "term end"),
    ("expiration", "term end"),
    ("renewal", "term end"),
    ("end of term", "term end"),
    ("start of term", "term start"),
    ("certification", "issue"),
    ("certificate", "issue"),
    ("issuance", "issue"),
    ("issued", "issue"),
    ("approval", "application approved"),
    ("applying", "application"),
    ("applied", "application"),
    ("exam", "exam passed"),
    ("hire", "event hired"),
    ("hired", "event hired"),
    ("birthday", "birth"),
];

/// All days that have a name of their own.
const DAYS: [&str; 11] = [
    "application",
    "application complete",
    "application approved",
    "issue",
    "term start",
    "term end",
    "previous term start",
    "previous term end",
    "exam passed",
    "birth",
    "today",
];

/// The day in a window that is none, and the one that was meant.
pub(super) fn day_in(window: &str) -> Option<(&str, Option<&'static str>)> {
    let joints = [" before ", " after "];
    let day = joints.iter().find_map(|joint| {
        let (length, day) = window.split_once(joint)?;
        phrase::length(length).is_ok().then_some(day)
    });
    let starts = ["since ", "after ", "through ", "before "];
    let day = day.or_else(|| starts.iter().find_map(|start| window.strip_prefix(start)))?;
    if phrase::anchor(day).is_ok() {
        return None;
    }
    Some((day, day_meant(day)))
}

/// The day that was meant.
pub(super) fn day_meant(day: &str) -> Option<&'static str> {
    let day = day.trim().to_lowercase();
    let day = day.strip_prefix("the ").unwrap_or(&day);
    let other = OTHER_DAYS.iter().find(|(slip, _)| *slip == day).map(|(_, meant)| *meant);
    other.or_else(|| nearest(day, DAYS))
}

/// What a line of text that is no TOML was meant to be: what is expected, and the way out.
pub(super) fn not_toml(line: &str) -> Option<(&'static str, &'static str)> {
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim();
    if line.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']) && !value.starts_with('"') {
        return Some(("straight quotes", "put text in straight quotes: \"like this\"; text programs bend them"));
    }
    if value.split(['/', '.']).count() == 3 && value.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Some(("a day such as 2026-11-22", "dates are written 2026-11-22, year first, without quotes"));
    }
    value.starts_with(|letter: char| letter.is_alphanumeric()).then_some((
        "a value as TOML writes it",
        "put text in straight quotes, such as `\"02\"`; numbers have no zero in front, days are written 2026-11-22",
    ))
}
