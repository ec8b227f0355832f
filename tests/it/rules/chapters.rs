//! The chapters of `docs/rules/shapes`: each shows a real rule and how it is judged, and what it shows reads.

use std::path::Path;
use std::{collections::BTreeSet, fs};

use credtrail::rules::Pack;

/// The folder of the documents about rules.
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules");

/// Chapters in which no day decides: amounts, places and others' decisions do.
const WITHOUT_A_DAY: [&str; 7] = ["08", "09", "10", "13", "14", "15", "29"];

/// What an excerpt may lack: what stands elsewhere in the pack it is from.
const ELSEWHERE: [&str; 9] = [
    "missing_key",
    "no_citation",
    "unknown_source",
    "unknown_topic",
    "unknown_rule",
    "unreachable_stage",
    "no_rules",
    "part_without_rule",
    "duplicate_id",
];

/// Chapters by their file's name, in order.
fn chapters() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(format!("{DOCS}/shapes"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    found.sort();
    found
}

fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap())
}

/// Whether a word in backticks is the folder of a shipped pack.
fn names_a_pack(text: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules");
    text.split('`').skip(1).step_by(2).any(|word| word.split('/').count() == 2 && root.join(word).is_dir())
}

#[test]
fn there_is_a_chapter_for_each_shape_and_one_for_holds() {
    let numbers: BTreeSet<String> = chapters().iter().map(|(name, _)| name.split('-').next().unwrap().into()).collect();
    assert_eq!(numbers, (1..=29).map(|number| format!("{number:02}")).collect());
}

#[test]
fn every_chapter_shows_a_real_rule_and_how_it_is_judged_to_the_day_where_a_day_decides() {
    for (name, text) in chapters() {
        assert!(names_a_pack(&text) || text.contains("](http"), "{name} names no shipped pack and links to no rule");
        assert!(text.contains("\n## How it is judged\n"), "{name} does not say how it is judged");
        let is_without = WITHOUT_A_DAY.iter().any(|number| name.starts_with(number));
        assert!(is_without || text.contains("**The boundary day.**"), "{name} names no boundary day");
        assert!(text.contains("```toml\n"), "{name} shows nothing");
    }
}

/// The head of the pack on the language page, up to its first rule.
fn head() -> String {
    let page = fs::read_to_string(format!("{DOCS}/language.md")).unwrap();
    let pack = blocks(&page).next().unwrap().to_owned();
    pack.split("\n[[initial").next().unwrap().to_owned()
}

/// What a text below that head is refused for, apart from what an excerpt may lack.
fn refused(text: &str) -> Vec<String> {
    let problems = Pack::parse(&[("us-xx/ps/2024-07-01.toml", &format!("{}\n{text}", head()))]).err();
    let problems = problems.into_iter().flatten().filter(|problem| !ELSEWHERE.contains(&problem.code));
    problems.map(|problem| problem.to_string()).collect()
}

#[test]
fn what_every_chapter_shows_reads_as_part_of_a_pack() {
    let (mut whole, mut keys) = (0, 0);
    for (name, text) in chapters() {
        for block in blocks(&text) {
            // Only a pack with a base says that it loosens; the chapter about that is tested with packs of its own.
            let block: String = block
                .lines()
                .filter(|line| !line.starts_with("loosens "))
                .fold(String::new(), |all, line| all + line + "\n");
            assert!(block.parse::<toml::Table>().is_ok(), "{name}: no TOML\n{block}");
            let first = block.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap();
            if first.starts_with('[') {
                assert_eq!(refused(&block), Vec::<String>::new(), "{name}\n{block}");
                whole += 1;
            } else if !["holidays", "hour", "base"].iter().any(|key| first.starts_with(key)) {
                // Keys of a rule or a stage.
                let homes = ["[[renewal.learning]]", "[[renewal.service]]", "[[stage]]"];
                let told: Vec<_> = homes.iter().map(|home| refused(&format!("{home}\n{block}"))).collect();
                assert!(told.iter().any(Vec::is_empty), "{name}\n{block}\n{told:#?}");
                keys += 1;
            }
        }
    }
    assert!(whole > 25 && keys > 4, "{whole} tables, {keys} keys");
}
