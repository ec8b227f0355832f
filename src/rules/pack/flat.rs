//! A version written out in full, whatever it stands on: line by line, each with its origin.
//!
//! What comes out is TOML that reads as the same version, with the same hash, and needs no base any more.

use std::fmt::Write as _;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::problem::Problems;
use super::super::question::Purpose;

/// A line of the flattened version and the place it comes from; 0 for an empty line between parts.
pub(super) type FlatLine = (usize, String);

/// The lines of a version.
pub(super) fn lines(problems: &Problems<'_>, root: &DeTable<'_>, replaced: &[Replaced]) -> Vec<FlatLine> {
    let mut flat = Flat { problems, replaced, lines: Vec::new() };
    flat.keys(root, 0, headed);
    let mut found = Vec::new();
    for (key, value) in root.iter().filter(|(key, value)| headed(key.get_ref(), value)) {
        of_root(key.get_ref(), value, &mut found);
    }
    flat.sections(found);
    flat.lines
}

/// Whether a key of the head is written as headings.
fn headed(key: &str, value: &Spanned<DeValue<'_>>) -> bool {
    is_section(value) || (value.get_ref().is_table() && (NAMED.contains(&key) || Purpose::parse(key).is_some()))
}

/// Tables of a head whose entries are headings, however short.
const NAMED: [&str; 4] = ["source", "topic", "unit", "word"];

/// Keys that stand first, in this order, whichever file they come from; the rest stand as they were written.
const FIRST: [&str; 15] = [
    "credential",
    "name",
    "name_es",
    "abbreviation",
    "board",
    "region",
    "time_zone",
    "in_force",
    "verified",
    "applies_by",
    "hour",
    "id",
    "stage",
    "label",
    "label_es",
];

/// Where a value stands that took the place of a base's, and what that one said.
pub(super) type Replaced = (usize, String);

struct Flat<'p> {
    problems: &'p Problems<'p>,
    replaced: &'p [Replaced],
    lines: Vec<FlatLine>,
}

/// A heading to come: where it stands, its path, whether it is one of a list.
struct Section<'v, 't> {
    start: usize,
    path: String,
    listed: bool,
    table: &'v DeTable<'t>,
}

impl Flat<'_> {
    /// Keys with plain values; `skip` tells those written as headings. What a base said in its place stands behind.
    fn keys(&mut self, table: &DeTable<'_>, depth: usize, skip: impl Fn(&str, &Spanned<DeValue<'_>>) -> bool) {
        let mut entries: Vec<_> = table.iter().filter(|(key, value)| !skip(key.get_ref(), value)).collect();
        let rank = |key: &str| FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len());
        entries.sort_by_key(|(key, _)| (rank(key.get_ref()), key.span().start));
        for (key, value) in entries {
            let start = value.span().start;
            let was = self.replaced.iter().rev().find(|(at, _)| *at == start);
            let was = was.map_or_else(String::new, |(_, was)| format!("  # was {was}"));
            let text = format!("{:depth$}{} = {}{was}", "", name(key.get_ref()), inline(value.get_ref()));
            self.lines.push((self.problems.line_of(start), text));
        }
    }

    fn sections(&mut self, mut found: Vec<Section<'_, '_>>) {
        found.sort_by_key(|section| section.start);
        for section in found {
            let below = below(section.table, &section.path);
            let heading = if section.listed { format!("[[{}]]", section.path) } else { format!("[{}]", section.path) };
            // A part stands further in than the rule it belongs to.
            let own = section.path.matches('.').count();
            let rule = section.path.split('.').next().is_some_and(|first| Purpose::parse(first).is_some());
            let depth = if section.listed { own.saturating_sub(usize::from(rule)) * 2 } else { 0 };
            let words = section.table.values().any(|value| !is_section(value));
            if section.listed || words || below.is_empty() {
                self.lines.push((0, String::new()));
                self.lines.push((self.problems.line_of(section.start), format!("{:depth$}{heading}", "")));
                self.keys(section.table, depth, |_, value| is_section(value));
            }
            self.sections(below);
        }
    }
}

/// The headings of a key of the head.
fn of_root<'v, 't>(key: &str, value: &'v Spanned<DeValue<'t>>, found: &mut Vec<Section<'v, 't>>) {
    match value.get_ref() {
        DeValue::Table(table) if NAMED.contains(&key) => {
            for (entry, value) in table {
                if let DeValue::Table(inner) = value.get_ref() {
                    let path = format!("{key}.{}", name(entry.get_ref()));
                    found.push(Section { start: value.span().start, path, listed: false, table: inner });
                }
            }
        }
        // The heading of a purpose stands before its first rule, wherever its other keys were written.
        DeValue::Table(table) => {
            let rules = below(table, key).iter().map(|section| section.start).min();
            let start = rules.unwrap_or_else(|| value.span().start);
            found.push(Section { start, path: key.to_owned(), listed: false, table });
        }
        _ => found.extend(listed(key, value)),
    }
}

/// The repeated headings below a table.
fn below<'v, 't>(table: &'v DeTable<'t>, path: &str) -> Vec<Section<'v, 't>> {
    let lists = table.iter().filter(|(_, value)| is_section(value));
    lists.flat_map(|(key, value)| listed(&format!("{path}.{}", name(key.get_ref())), value)).collect()
}

fn listed<'v, 't>(path: &str, value: &'v Spanned<DeValue<'t>>) -> Vec<Section<'v, 't>> {
    let items = value.get_ref().as_array().into_iter().flat_map(|items| items.iter());
    let tables = items.filter_map(|item| item.get_ref().as_table().map(|table| (item.span().start, table)));
    tables.map(|(start, table)| Section { start, path: path.to_owned(), listed: true, table }).collect()
}

/// Whether a value is written as repeated headings.
fn is_section(value: &Spanned<DeValue<'_>>) -> bool {
    let DeValue::Array(items) = value.get_ref() else { return false };
    items.iter().any(|item| {
        item.get_ref()
            .as_table()
            .is_some_and(|table| ["id", "topic", "topics", "text"].iter().any(|key| table.contains_key(*key)))
    })
}

fn name(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { key.to_owned() } else { quoted(key) }
}

/// Text in quotes: the escapes of JSON are those of TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A value on one line.
pub(super) fn inline(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => match number.radix() {
            16 => format!("0x{}", number.as_str()),
            8 => format!("0o{}", number.as_str()),
            2 => format!("0b{}", number.as_str()),
            _ => number.as_str().to_owned(),
        },
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(at) => at.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            let mut text = String::from("{");
            for (at, (key, value)) in entries.into_iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                // Writing to a String cannot fail.
                let _ = write!(text, "{comma} {} = {}", name(key.get_ref()), inline(value.get_ref()));
            }
            text.push_str(" }");
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Pack, tests::shown};

    #[test]
    fn a_version_written_out_reads_as_the_same_version() {
        let pack = Pack::parse(&[("2024-07-01.toml", &shown())]).unwrap();
        let version = &pack.versions[0];
        let text = version.written_out();
        let again =
            Pack::parse(&[("2024-07-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
        assert_eq!(again.versions[0].hash, version.hash, "{text}");
        let ids = |pack: &Pack| -> Vec<String> {
            pack.versions[0].purposes.values().flat_map(|rules| &rules.rules).map(|rule| rule.id.clone()).collect()
        };
        assert_eq!(ids(&again), ids(&pack), "the order of the rules");
    }
}
