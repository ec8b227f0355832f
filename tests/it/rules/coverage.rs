//! `docs/rules/coverage.md`: which shipped pack uses which shape. No claim in it is false.
//!
//! `CREDTRAIL_WRITE_COVERAGE=1 cargo nextest run -E 'test(coverage)'` writes the page anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use credtrail::packs;
use credtrail::rules::Version;
use serde_json::Value;

/// The shapes, by number.
const SHAPES: [&str; 28] = [
    "staged credentials",
    "hours in a status or after an event",
    "look-back windows",
    "calendar expiry",
    "first-cycle relief",
    "several periods at once",
    "conditional rules",
    "nested minima",
    "sharing",
    "supervision's place",
    "ratio and rhythm",
    "spread and rate",
    "caps and floors by attribute",
    "other units",
    "alternatives",
    "credential on credential",
    "exams",
    "deadlines",
    "renewal dates and fees",
    "lapse ladders",
    "practice for renewal",
    "versions and cohorts",
    "attestations over time",
    "ages and odd numbers",
    "manual gates",
    "repeats and refusals",
    "carry-over",
    "inheritance",
];

const PURPOSES: [&str; 4] = ["initial", "renewal", "reinstatement", "reciprocity"];

/// All values of a key, at any depth.
fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    found.push(inner);
                }
                all(inner, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| all(item, key, found)),
        _ => {}
    }
}

fn values<'v>(version: &'v Version, key: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    PURPOSES.iter().filter_map(|purpose| version.stated.get(*purpose)).for_each(|rules| all(rules, key, &mut found));
    found
}

/// Whether learning or work is asked for in entries rather than in hours.
fn counts_entries(version: &Version) -> bool {
    ["learning", "service"].iter().any(|sort| {
        values(version, sort).into_iter().any(|rules| {
            let mut counts = Vec::new();
            all(rules, "count", &mut counts);
            !counts.is_empty()
        })
    })
}

/// Whether a rule never takes something; that study is no work, and supervision none either, is no refusal.
fn refuses(version: &Version) -> bool {
    let named = |never: &&Value| never.as_object().is_some_and(|never| never.keys().any(|key| key != "kind"));
    values(version, "never").iter().any(named)
}

fn uses(version: &Version, shape: usize) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| !values(version, key).is_empty());
    let phrases = |key: &str| values(version, key).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let stages = version.stated["stage"].to_string();
    let windows = phrases("window");
    match shape {
        1 => version.stages.len() > 1,
        2 => ["while holding", "since ", "\"after "].iter().any(|words| windows.contains(words)),
        3 => windows.contains(" before ") || windows.contains("no limit"),
        4 => ["until ", "end of the", "working day", "with ", "no end"]
            .iter()
            .any(|words| version.stages.iter().any(|stage| stage.term_text.contains(words))),
        5 => any(&["waived_when", "instead", "pro_rata"]),
        6 => any(&["period"]),
        7 => any(&["when", "unless"]),
        8 => any(&["topic"]),
        9 => any(&["shared", "surplus", "used_elsewhere"]) || phrases("topics").contains("\"shared\""),
        10 => any(&["place"]) || phrases("never").contains("supervision"),
        11 => any(&["ratio", "rhythm", "per_week", "per_month"]),
        12 => any(&["spread", "rate"]),
        13 => any(&["cap", "floor", "part"]),
        // Two letters of reference are no unit: entries are counted where hours are asked for.
        14 => version.stated.get("unit").is_some() || any(&["employment"]) || counts_entries(version),
        15 => any(&["any_of", "all_of"]),
        16 => any(&["credential", "holds"]) || stages.contains("suspends_with"),
        17 => any(&["exam"]),
        18 => any(&["deadline"]),
        19 => stages.contains("\"renewal\":") || stages.contains("\"fee\":"),
        20 => any(&["rung"]),
        21 => version.stated["renewal"].get("service").is_some(),
        22 => any(&["in_force", "cohort"]) || !version.transitions.is_empty(),
        23 => any(&["since_at_least", "renewed_every"]),
        24 => any(&["age", "moments"]),
        25 => any(&["decision"]),
        26 => any(&["repeats"]) || refuses(version),
        27 => any(&["carry_over"]),
        28 => version.stands_on_others(),
        _ => false,
    }
}

/// Each shipped pack's folder and the shapes any of its versions uses.
fn covered() -> Vec<(String, Vec<usize>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules");
    let mut all = Vec::new();
    for path in packs::find(&root).unwrap() {
        let pack = packs::load(&path).unwrap_or_else(|error| panic!("{error}"));
        let shapes = (1..=28).filter(|shape| pack.versions.iter().any(|version| uses(version, *shape))).collect();
        all.push((path.strip_prefix(&root).unwrap().display().to_string(), shapes));
    }
    all
}

fn page(covered: &[(String, Vec<usize>)]) -> String {
    let mut page = String::from(
        "# Which pack uses which shape\n\nWritten by a test (`tests/it/rules/coverage.rs`), from the packs as the program reads them.\n\n| pack | shapes |\n|---|---|\n",
    );
    for (folder, shapes) in covered {
        let shapes: Vec<String> = shapes.iter().map(ToString::to_string).collect();
        writeln!(page, "| `{folder}` | {} |", shapes.join(", ")).unwrap();
    }
    page.push_str("\n| shape | | packs |\n|---|---|---|\n");
    for (at, name) in SHAPES.iter().enumerate() {
        let count = covered.iter().filter(|(_, shapes)| shapes.contains(&(at + 1))).count();
        writeln!(page, "| {} | {name} | {count} |", at + 1).unwrap();
    }
    page
}

#[test]
fn the_page_about_coverage_claims_nothing_that_is_not_so() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules/coverage.md");
    let covered = covered();
    if std::env::var_os("CREDTRAIL_WRITE_COVERAGE").is_some() {
        std::fs::write(&path, page(&covered)).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    let rows = written.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "));
    let mut seen = BTreeSet::new();
    for (folder, claimed) in rows {
        let (_, shapes) =
            covered.iter().find(|(known, _)| known == folder).unwrap_or_else(|| panic!("{folder} is no pack"));
        for shape in claimed.split(", ").filter(|shape| !shape.is_empty()) {
            assert!(
                shapes.contains(&shape.parse().unwrap()),
                "{folder} does not use shape {shape}: write the page anew"
            );
        }
        seen.insert(folder);
    }
    let absent: Vec<&str> =
        covered.iter().map(|(folder, _)| folder.as_str()).filter(|folder| !seen.contains(folder)).collect();
    assert!(absent.is_empty(), "the page does not name {absent:?}: write it anew");
}

#[test]
fn every_shape_is_used_by_a_shipped_pack_and_the_page_counts_them_as_they_are() {
    let covered = covered();
    for (shape, name) in (1..).zip(SHAPES) {
        assert!(covered.iter().any(|(_, shapes)| shapes.contains(&shape)), "no pack uses shape {shape}, {name}");
    }
    let written = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules/coverage.md")).unwrap();
    assert!(written == page(&covered), "the page is not as the packs are: write it anew");
}

#[test]
fn letters_of_reference_are_not_another_unit() {
    let covered = covered();
    let units = |folder: &str| covered.iter().any(|(known, shapes)| known == folder && shapes.contains(&14));
    // Each of these asks for two or three letters, and for nothing else that is counted.
    for folder in ["us-hi/hcps", "us-sc/cpss", "us-ut/cpss"] {
        assert!(!units(folder), "{folder}");
    }
    for folder in ["nz/2989", "us-pa/cps"] {
        assert!(units(folder), "{folder}");
    }
}
