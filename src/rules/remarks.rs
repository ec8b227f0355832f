//! What a pack may say and a board had better look at twice: no mistake of the language, so nothing is refused for it.
//!
//! Begin with [`remarks`]. What is a mistake is told by [`super::Pack::parse`] instead.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::explain;
use super::pack::{Version, choices, vain};
use super::problem::Problem;
use super::question::Purpose;
use super::render::unnamed;

mod quiet;

/// Keys whose words are topics.
const TOPIC_KEYS: [&str; 4] = ["topic", "topics", "from_topic", "as_topic"];

/// All that is worth a second look in a version on the day it is checked, in the order of its lines. What a version it
/// stands on says is that one's.
#[must_use]
pub fn remarks(version: &Version, checked_on: NaiveDate) -> Vec<Problem> {
    let mut found = topics(version);
    found.extend(sources(version, checked_on));
    found.extend(addresses(version));
    found.extend(fees(version));
    found.extend(words(version));
    found.extend(units(version));
    found.extend(room(version));
    found.extend(ways(version));
    found.extend(quiet::remarks(version));
    found.retain(|remark| remark.file == version.file);
    found.sort();
    found
}

/// A remark about the first line that fits, or the `nth` after it.
fn remark(
    version: &Version,
    (nth, fits): (usize, impl Fn(&str) -> bool),
    code: &'static str,
    found: String,
    (expected, hint): (&str, String),
) -> Problem {
    let at = version
        .lines
        .iter()
        .filter(|(line, text)| *line > 0 && fits(text.trim_start()))
        .nth(nth)
        .map_or(1, |(line, _)| *line);
    let (file, line) = version.origins.place(at);
    Problem { file: file.to_owned(), line, code, found, expected: expected.to_owned(), hint }
}

/// Topics that no rule names and none takes unnamed.
fn topics(version: &Version) -> Vec<Problem> {
    let mut used = Topics { version, named: BTreeSet::new(), all: false };
    Purpose::ALL.iter().filter_map(|purpose| version.stated.get(purpose.word())).for_each(|rules| used.read(rules));
    if used.all {
        return Vec::new();
    }
    let topics = version.topics.iter().enumerate();
    let unused = topics.filter(|(at, topic)| !topic.never_counts && !used.named.contains(at));
    let told = unused.map(|(_, topic)| {
        remark(
            version,
            (0, |line: &str| line == format!("[topic.{}]", topic.id)),
            "unused_topic",
            format!("no rule takes hours of the topic `{}`", topic.id),
            (
                "a topic that some rule names or takes",
                "name it in a rule, make it a synonym of a topic that counts, or remove it".to_owned(),
            ),
        )
    });
    told.collect()
}

/// The topics that rules speak of.
struct Topics<'v> {
    version: &'v Version,
    named: BTreeSet<usize>,
    /// A rule takes whatever topic the pack knows.
    all: bool,
}

impl Topics<'_> {
    fn read(&mut self, stated: &Value) {
        match stated {
            Value::Array(items) => items.iter().for_each(|item| self.read(item)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    if TOPIC_KEYS.contains(&key.as_str()) {
                        let one = value.as_str().into_iter();
                        let words = one.chain(value.as_array().into_iter().flatten().filter_map(Value::as_str));
                        self.named.extend(words.filter_map(|word| self.version.topic_named(word)));
                    }
                    if key == "learning" {
                        let mut rules = value.as_array().into_iter().flatten();
                        self.all |= rules.any(|rule| rule.pointer("/only/topic").is_none());
                    }
                    self.read(value);
                }
            }
            _ => {}
        }
    }
}

/// Sources that were read on a day to come.
fn sources(version: &Version, checked_on: NaiveDate) -> Vec<Problem> {
    let late =
        version.sources.iter().filter_map(|(id, source)| Some((id, source.read_on.filter(|on| *on > checked_on)?)));
    let told = late.map(|(id, read_on)| {
        remark(
            version,
            (0, |line: &str| line == format!("[source.{id}]")),
            "read_in_future",
            format!("source `{id}` says that it was read on {read_on}"),
            ("today or an earlier day", format!("write the day somebody read it; the check ran on {checked_on}")),
        )
    });
    told.collect()
}

/// Sources whose address is none of the web: pages tell it and link nowhere.
fn addresses(version: &Version) -> Vec<Problem> {
    let of_web = |url: &str| ["https://", "http://"].iter().any(|start| url.starts_with(start));
    let other = version.sources.iter().filter(|(_, source)| !of_web(&source.url));
    let told = other.map(|(id, source)| {
        remark(
            version,
            (0, |line: &str| line == format!("[source.{id}]")),
            "no_web_address",
            format!("source `{id}` is at `{}`", source.url),
            (
                "an address that begins with `https://` or `http://`",
                "write the whole address of the page; nobody can follow another one".to_owned(),
            ),
        )
    });
    told.collect()
}

/// Fees that say nowhere where they are written, neither themselves nor in their stage.
fn fees(version: &Version) -> Vec<Problem> {
    let stages = version.stated.get("stage").and_then(Value::as_array).into_iter().flatten();
    let fees = stages.flat_map(|stage| {
        let list = stage.get("fee").and_then(Value::as_array).into_iter().flatten();
        list.map(move |fee| (fee, stage.get("cite").or_else(|| fee.get("cite")).is_some()))
    });
    let bare = fees.enumerate().filter(|(_, (_, cited))| !cited);
    let told = bare.map(|(nth, (fee, _))| {
        let id = fee.get("id").and_then(Value::as_str).unwrap_or_default();
        remark(
            version,
            (nth, |line: &str| line == "[[stage.fee]]"),
            "uncited_fee",
            format!("fee `{id}` says nowhere where it is written"),
            ("`cite` with the name of a `[source.*]`", "add `cite` to the fee or to its stage".to_owned()),
        )
    });
    told.collect()
}

/// Units that a rule counts in or that have a size, and that no Spanish reader can be told.
fn units(version: &Version) -> Vec<Problem> {
    let mut used: BTreeSet<&str> = version.units.keys().chain(version.unit_sizes.keys()).map(String::as_str).collect();
    for purpose in Purpose::ALL {
        counted_in(version.stated.get(purpose.word()), &mut used);
    }
    used.retain(|unit| !version.unit_names.contains_key(*unit) && !explain::is_known_unit(unit));
    let told = used.into_iter().map(|unit| {
        let says = |line: &str| line.contains(&format!("\"{unit}\"")) || line == format!("[unit.{unit}]");
        remark(
            version,
            (0, says),
            "unnamed_unit",
            format!("the unit `{unit}` has no name that people could read in Spanish"),
            (
                "a name for one and for several, in English and Spanish",
                format!("add `label`, `label_es`, `plural` and `plural_es` to `[unit.{unit}]`"),
            ),
        )
    });
    told.collect()
}

/// The units under `counted_in`, at any depth.
fn counted_in<'v>(value: Option<&'v Value>, found: &mut BTreeSet<&'v str>) {
    match value {
        Some(Value::Object(fields)) => {
            found.extend(fields.get("counted_in").and_then(Value::as_str));
            fields.values().for_each(|inner| counted_in(Some(inner), found));
        }
        Some(Value::Array(items)) => items.iter().for_each(|item| counted_in(Some(item), found)),
        _ => {}
    }
}

/// Words of the pack's own that pages can only show as they are written.
fn words(version: &Version) -> Vec<Problem> {
    let told = unnamed(version).into_iter().map(|word| {
        let says = |line: &str| line.contains(&format!("\"{word}\"")) || line.contains(&format!(" {word}\""));
        remark(
            version,
            (0, says),
            "unnamed_word",
            format!("`{word}` has no name that people could read"),
            ("a name in English and Spanish", format!("add `[word.{word}]` with `label` and `label_es`")),
        )
    });
    told.collect()
}

/// Rules that nobody meets by what counts in them.
fn room(version: &Version) -> Vec<Problem> {
    let told = vain::without_room(version).into_iter().map(|(at, found)| {
        let (file, line) = version.origins.place(at);
        let (expected, hint) =
            ("limits that leave room for the total", "raise a limit, take another topic, or lower `at_least`");
        Problem { file: file.to_owned(), line, code: "no_room", found, expected: expected.into(), hint: hint.into() }
    });
    told.collect()
}

/// Rules with so many ways to place hours that not all might be tried.
fn ways(version: &Version) -> Vec<Problem> {
    let told = choices::left_to_board(version).into_iter().map(|(at, found, hint)| {
        let (file, line) = version.origins.place(at);
        let expected =
            "few enough ways to try them all; where a person's records leave more, the answer waits for the board";
        Problem { file: file.to_owned(), line, code: "many_ways", found, expected: expected.into(), hint: hint.into() }
    });
    told.collect()
}
