//! Packs and records that somebody damaged: whatever they say, they are judged or refused, and never end the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use credtrail::packs;
use credtrail::rules::{Pack, Record, canonical_json, evaluate, status_of};
use proptest::prelude::*;
use serde_json::Value;

/// What replaces a piece of a pack: too large, too small, empty, of another kind, of another script.
const PIECES: [&str; 16] = [
    "0",
    "-1",
    "99999999999999999999",
    "\"\"",
    "\"0 hours\"",
    "\"99999999999999 hours\"",
    "\"0.333333333333333333333 hours\"",
    "\"1000000 months before application\"",
    "\"until 31 February of odd years\"",
    "\"0 %\"",
    "\"100 %\"",
    "0001-01-01",
    "9999-12-31",
    "[]",
    "{ from = 9999-12-31, through = 0001-01-01 }",
    "\"أخلاق\u{202e}\u{0}\"",
];

/// What replaces a leaf of a record.
fn leaves() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(Value::from(0)),
        Just(Value::from(-1)),
        Just(Value::from(u32::MAX)),
        Just(Value::from(u64::MAX)),
        Just(Value::from(1.5)),
        Just(Value::from(true)),
        prop::sample::select(&[
            "",
            "l1",
            "0001-01-01",
            "1904-02-29",
            "9999-12-31",
            "+262142-12-31",
            "-262143-01-01",
            "24:00",
            "1e400",
            "0.0000000000000000000000001",
            "99999999999999999999999999999999999999999",
            "x-other",
            "verified",
            "self_paced",
        ])
        .prop_map(Value::from),
    ]
}

struct Shipped {
    files: Vec<(String, String)>,
    pack: Pack,
}

/// Every shipped pack with its texts.
static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let read = |path: PathBuf| {
        let mut files: Vec<_> = fs::read_dir(&path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&file).unwrap()))
            .collect();
        files.sort();
        Shipped { files, pack: packs::load(&path).unwrap() }
    };
    packs::find(folder).unwrap().into_iter().map(read).collect()
});

/// Changes one line of a text: its value, or the line itself away, twice, or cut.
fn damage(text: &str, at: usize, how: usize) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = at % lines.len();
    let line = lines[at].clone();
    match how % (PIECES.len() + 3) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, line),
        2 => lines[at] = line.chars().take(line.chars().count() / 2).collect(),
        piece => {
            if let Some((key, _)) = line.split_once('=') {
                lines[at] = format!("{key}= {}", PIECES[piece - 3]);
            }
        }
    }
    lines.join("\n")
}

/// The `at`th leaf of a value, counted in its own order and round again.
fn leaf(value: &mut Value, at: usize) -> Option<&mut Value> {
    fn count(value: &Value) -> usize {
        match value {
            Value::Array(list) => list.iter().map(count).sum(),
            Value::Object(map) => map.values().map(count).sum(),
            _ => 1,
        }
    }
    fn nth<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
        match value {
            Value::Array(list) => list.iter_mut().find_map(|value| nth(value, at)),
            Value::Object(map) => map.values_mut().find_map(|value| nth(value, at)),
            leaf if *at == 0 => Some(leaf),
            _ => {
                *at -= 1;
                None
            }
        }
    }
    let mut at = at.checked_rem(count(value))?;
    nth(value, &mut at)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_pack_is_read_or_refused_with_a_line_and_a_way_out(
        pack in any::<prop::sample::Index>(), wounds in prop::collection::vec((any::<usize>(), any::<usize>()), 1..4),
    ) {
        let shipped = pack.get(&SHIPPED);
        let mut files = shipped.files.clone();
        let version = files.iter_mut().find(|(name, _)| !name.starts_with("examples")).unwrap();
        for (at, how) in wounds {
            version.1 = damage(&version.1, at, how);
        }
        let texts: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        match Pack::parse(&texts) {
            Err(problems) => prop_assert!(problems.iter().all(|problem| problem.line > 0), "{problems:?}"),
            Ok(read) => {
                for example in &shipped.pack.examples {
                    for version in &read.versions {
                        let answer = evaluate(version, &example.record, &example.question);
                        prop_assert_eq!(answer.status, status_of(version, &example.record, &example.question));
                    }
                }
            }
        }
    }

    #[test]
    fn a_damaged_record_is_judged_or_refused_with_its_place(
        pack in any::<prop::sample::Index>(), example in any::<prop::sample::Index>(),
        wounds in prop::collection::vec((any::<usize>(), leaves()), 1..4),
    ) {
        let pack = &pack.get(&SHIPPED).pack;
        let example = example.get(&pack.examples);
        let mut record = serde_json::to_value(&example.record).unwrap();
        for (at, value) in wounds {
            if let Some(leaf) = leaf(&mut record, at) {
                *leaf = value;
            }
        }
        match Record::from_json(&record.to_string()) {
            Err(refusal) => prop_assert!(!refusal.expected.is_empty() && !refusal.hint.is_empty(), "{refusal:?}"),
            Ok(record) => for version in &pack.versions {
                let answer = evaluate(version, &record, &example.question);
                prop_assert_eq!(answer.status, status_of(version, &record, &example.question));
                prop_assert_eq!(canonical_json(&answer), canonical_json(&evaluate(version, &record, &example.question)));
            },
        }
    }
}
