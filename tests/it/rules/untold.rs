//! Whatever key of a shipped pack is changed or taken out, and whatever heading: the comparison of before and after says so.

use std::collections::BTreeMap;
use std::path::Path;

use credtrail::packs;
use credtrail::rules::{Lang, Pack, diff};

/// In how many places the same key below the same heading is tried, over all packs, until one of them reads.
const PLACES: usize = 3;

/// Words that may stand where another word stood.
const WORDS: [&str; 6] = ["no limit", "at expiry", "refused", "in_person", "direct", "x-other"];

/// What is no change: the day a version begins is its name, and stands in the first line of a comparison.
fn is_name(heading: &str, key: &str) -> bool {
    heading.is_empty() && key == "in_force"
}

/// A part without an id is called by its topic, which may be the same word.
fn may_be_left_out(heading: &str, key: &str) -> bool {
    heading.ends_with(".topic]]") && key == "id"
}

/// What holds where nothing is said: to leave it out is no change.
fn holds_anyway(heading: &str, line: &str) -> bool {
    heading.ends_with(".any_of]]") && line == "at_least = 1" || line == "topics = \"exclusive\""
}

/// A heading without the names in it: `[topic.ethics]` is `[topic]`.
fn sort_of(heading: &str) -> String {
    let named = ["[topic.", "[source.", "[unit.", "[word."].iter().find(|start| heading.starts_with(**start));
    named.map_or_else(|| heading.to_owned(), |start| format!("{}]", start.trim_end_matches('.')))
}

/// Where values stand in a line: start, end, and the key just before.
fn values(line: &str) -> Vec<(usize, usize, String)> {
    let (mut found, mut at, mut key) = (Vec::new(), 0, String::new());
    let bytes = line.as_bytes();
    while at < bytes.len() {
        let start = at;
        if bytes[at] == b'"' {
            at += 1;
            while bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
        } else if bytes[at].is_ascii_alphanumeric() {
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || b"_-.".contains(&bytes[at])) {
                at += 1;
            }
        } else {
            at += line.get(at..).unwrap().chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if line.get(at..).unwrap().trim_start().starts_with('=') {
            key = line.get(start..at).unwrap().to_owned();
        } else {
            found.push((start, at, key.clone()));
        }
    }
    found
}

/// Other values that may stand there.
fn others(value: &str) -> Vec<String> {
    let Some(text) = value.strip_prefix('"').map(|text| text.trim_end_matches('"')) else {
        return match value {
            "true" => vec!["false".into()],
            "false" => vec!["true".into()],
            day if day.len() == 10 && day.ends_with("-01") => vec![format!("{}02", day.get(..8).unwrap())],
            day if day.contains('-') => vec![format!("{}01", day.get(..day.len().min(8)).unwrap())],
            number => number.parse::<u64>().map(|number| vec![(number + 1).to_string()]).unwrap_or_default(),
        };
    };
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let mut all = Vec::new();
    if let Ok(number) = text.get(..end).unwrap().parse::<u64>() {
        all.push(format!("\"{}{}\"", number + 1, text.get(end..).unwrap()));
    }
    all.push(format!("\"{text} x\""));
    all.push(format!("\"{text}x\""));
    all.extend(WORDS.iter().filter(|word| **word != text).map(|word| format!("\"{word}\"")));
    all
}

/// The version that a text reads as, if it reads.
fn read(file: &str, text: &str) -> Option<Pack> {
    Pack::parse(&[(file, text)]).ok()
}

#[test]
fn every_key_and_heading_of_the_shipped_packs_is_told_when_it_changes_or_goes() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let (mut tried, mut silent): (BTreeMap<(String, String), usize>, Vec<String>) = Default::default();
    let mut compared = 0;
    for path in packs::find(folder).unwrap() {
        let pack = packs::load(&path).unwrap_or_else(|error| panic!("{error}"));
        for version in &pack.versions {
            let file = format!("{}.toml", version.id);
            let text = version.written_out();
            let whole = read(&file, &text).unwrap();
            let mut check = |changed: String, what: String| {
                let Some(other) = read(&file, &changed) else { return false };
                let (before, after) = (&whole.versions[0], &other.versions[0]);
                if before.hash == after.hash {
                    return false;
                }
                compared += 1;
                let difference = diff::difference(before, after);
                // The first line and the last stand there always.
                let said = diff::lines(&difference, Lang::En).len() > 2 && diff::lines(&difference, Lang::Es).len() > 2;
                if !said {
                    silent.push(format!("{}: {what}", pack.id));
                }
                true
            };
            let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
            let mut heading = "";
            for (at, line) in lines.iter().enumerate() {
                let with = |put: &[&str], through: usize| [&lines[..at], put, &lines[through..]].concat().join("\n");
                if line.starts_with('[') {
                    heading = line;
                    let end = lines[at + 1..]
                        .iter()
                        .position(|line| line.starts_with('['))
                        .map_or(lines.len(), |n| at + 1 + n);
                    let count = tried.entry((sort_of(heading), String::new())).or_default();
                    if *count < PLACES {
                        let done = check(with(&[], end), format!("{heading} gone"));
                        *count += if done { PLACES } else { 1 };
                    }
                    continue;
                }
                let Some((key, _)) = line.split_once(" = ") else { continue };
                if is_name(heading, key) {
                    continue;
                }
                let count = tried.entry((sort_of(heading), format!("no {key}"))).or_default();
                if *count < PLACES && !may_be_left_out(heading, key) && !holds_anyway(heading, line) {
                    let done = check(with(&[], at + 1), format!("{heading} {line} gone"));
                    *count += if done { PLACES } else { 1 };
                }
                for (start, end, inner) in values(line) {
                    let count = tried.entry((sort_of(heading), format!("{key} {inner}"))).or_default();
                    if *count >= PLACES {
                        continue;
                    }
                    let done = others(line.get(start..end).unwrap()).into_iter().any(|other| {
                        let changed = format!("{}{other}{}", line.get(..start).unwrap(), line.get(end..).unwrap());
                        check(with(&[&changed], at + 1), format!("{heading} {line} -> {changed}"))
                    });
                    *count += if done { PLACES } else { 1 };
                }
            }
        }
    }
    assert!(compared > 300, "only {compared} changes");
    assert!(silent.is_empty(), "nothing is told of {} of {compared}:\n{}", silent.len(), silent.join("\n"));
}
