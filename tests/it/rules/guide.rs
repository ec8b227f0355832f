//! What a clerk reads: the example files shown in the documents hold, and record.md lists what the program knows.

use std::collections::BTreeSet;
use std::fs;

use credtrail::rules::evaluation::Outcome;
use credtrail::rules::words::{
    AttestationKinds, DecisionOutcomes, Deliveries, Disciplines, EventKinds, Evidences, ExamOutcomes, FactStatuses,
    Flags, HoldKinds, LearningKinds, LearningOutcomes, Purposes, Recognitions, ServiceKinds, Standings, TermKinds,
    WordList,
};
use credtrail::rules::{Pack, Reason, Record, Status, worked};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

fn document(name: &str) -> String {
    fs::read_to_string(format!("{}/docs/rules/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The blocks of one language in a document, in order.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    text.split(start.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The lines below a heading, up to the next one.
fn section<'t>(page: &'t str, heading: &str) -> &'t str {
    let start = format!("\n## {heading}\n");
    page.split_once(start.as_str()).unwrap_or_else(|| panic!("no heading {heading}")).1.split("\n## ").next().unwrap()
}

/// All words in backticks.
fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_example_file_of_the_language_page_holds_for_the_pack_of_that_page() {
    let blocks = blocks(&document("language.md"), "toml");
    let examples = blocks.iter().find(|block| block.contains("[[example]]")).unwrap();
    let pack = Pack::parse(&[("us-xx/ps/2024-07-01.toml", &blocks[0]), ("us-xx/ps/examples.toml", examples)])
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(pack.examples.len(), 1);
    assert_eq!(worked::run(&pack), []);
}

#[test]
fn the_pieces_of_the_guide_read_as_part_of_the_pack_of_the_language_page() {
    let pack = blocks(&document("language.md"), "toml").remove(0);
    let pieces = blocks(&document("write-a-pack.md"), "toml");
    assert_eq!(pieces.len(), 2, "{pieces:#?}");
    let (before, rest) = pack.split_once("[[stage]]\nid       = \"full\"").unwrap();
    let (_, after) = rest.split_once("[[stage.fee]]").unwrap();
    let whole = format!("{before}{}[[stage.fee]]{after}\n{}", pieces[0], pieces[1]);
    let read = Pack::parse(&[("us-xx/ps/2024-07-01.toml", &whole)]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(read.versions[0].stages[1].term_text, "24 months");
}

#[test]
fn the_record_shown_on_its_page_reads() {
    let shown = blocks(&document("record.md"), "json").remove(0);
    assert_eq!(Record::from_json(&shown).unwrap().learning.len(), 1);
}

/// The lists of a record, and what one of them needs.
const FACTS: [&str; 11] = [
    "applications",
    "learning",
    "service",
    "exams",
    "attestations",
    "employment",
    "credentials",
    "carry_over",
    "events",
    "decisions",
    "holds",
];

/// The words that a refusal lists after "expected".
fn listed(refusal: &str) -> BTreeSet<String> {
    let (_, list) = refusal.split_once("expected").unwrap_or_else(|| panic!("{refusal}"));
    ticked(list).into_iter().map(str::to_owned).collect()
}

/// What the program says of a record with one such fact: the refusal, if there is one.
fn refusal(list: &str, fact: &Map<String, Value>) -> Option<String> {
    let record = json!({ "format": "credtrail.record/1", "person": { "id": "p1" }, list: [fact] });
    Record::from_json(&record.to_string()).err().map(|error| format!("{} expected {}", error.found, error.expected))
}

/// A value that fits the field.
fn some(field: &str) -> Value {
    match field {
        "on" | "from" | "to" | "completed_on" | "from_term" => json!("2025-01-01"),
        "minutes" | "generation" => json!(1),
        "kind" | "outcome" => json!("x-any"),
        _ => json!("a"),
    }
}

/// The fields without which a fact is not read.
fn needed(list: &str) -> BTreeSet<String> {
    let mut fact = Map::new();
    while let Some(refused) = refusal(list, &fact).filter(|refused| refused.starts_with("missing field")) {
        let field = ticked(&refused)[0].to_owned();
        fact.insert(field.clone(), some(&field));
    }
    fact.keys().cloned().collect()
}

#[test]
fn the_record_page_lists_every_field_and_stars_the_needed_ones() {
    let page = document("record.md");
    for list in FACTS {
        let names: Vec<(&str, bool)> = section(&page, list)
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
            .flat_map(|(first, _)| first.split([',', ' ']).collect::<Vec<_>>())
            .fold(Vec::new(), |mut names, word| {
                match word.strip_prefix('`').and_then(|word| word.strip_suffix('`')) {
                    Some(name) => names.push((name, false)),
                    None if word == "*" => names.last_mut().unwrap().1 = true,
                    None => {}
                }
                names
            });
        let mut odd = Map::new();
        odd.insert("?".into(), json!(1));
        let known = listed(&refusal(list, &odd).unwrap());
        let written: BTreeSet<String> = names.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(written, known, "{list}");
        let starred: BTreeSet<String> =
            names.iter().filter(|(_, star)| *star).map(|(name, _)| (*name).into()).collect();
        assert_eq!(starred, needed(list), "{list}");
    }
    let whole =
        listed(&Record::from_json(r#"{"?": 1}"#).unwrap_err().to_string().replacen("; expected", " expected", 1));
    let rows = section(&page, "The whole").lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.map(str::to_owned).collect::<BTreeSet<_>>(), whole);
}

/// A row of a table of words: what stands in its second column.
fn row<'t>(table: &'t str, what: &str) -> Vec<&'t str> {
    let start = format!("| {what} | ");
    ticked(table.lines().find_map(|line| line.strip_prefix(start.as_str())).unwrap_or_else(|| panic!("no row {what}")))
}

fn is_listed<L: WordList>(table: &str) {
    assert_eq!(row(table, L::NAME), L::ALLOWED, "{}", L::NAME);
}

#[test]
fn the_record_page_lists_every_word_of_the_record() {
    let page = document("record.md");
    let words = section(&page, "Words");
    is_listed::<Purposes>(words);
    is_listed::<FactStatuses>(words);
    is_listed::<LearningKinds>(words);
    is_listed::<Deliveries>(words);
    is_listed::<LearningOutcomes>(words);
    is_listed::<Recognitions>(words);
    is_listed::<Evidences>(words);
    is_listed::<ServiceKinds>(words);
    is_listed::<ExamOutcomes>(words);
    is_listed::<AttestationKinds>(words);
    is_listed::<EventKinds>(words);
    is_listed::<TermKinds>(words);
    is_listed::<Standings>(words);
    is_listed::<Disciplines>(words);
    is_listed::<Flags>(words);
    is_listed::<DecisionOutcomes>(words);
    is_listed::<HoldKinds>(words);
}

/// The words of a closed list of the answer.
fn closed<T: DeserializeOwned>() -> BTreeSet<String> {
    listed(&serde_json::from_str::<T>("\"?\"").err().unwrap().to_string())
}

#[test]
fn the_record_page_lists_every_status_outcome_and_reason_of_an_answer() {
    let page = document("record.md");
    let answers = section(&page, "What an answer may say");
    let written = |what: &str| row(answers, what).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(written("status"), closed::<Status>());
    assert_eq!(written("outcome of a record"), closed::<Outcome>());
    let (_, reasons) = answers.split_once("| reason |").unwrap();
    let reasons = reasons.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let reasons: BTreeSet<String> = reasons
        .flat_map(|cell| cell.split(", ").map(|code| code.trim_matches('`').to_owned()).collect::<Vec<_>>())
        .collect();
    assert_eq!(reasons, closed::<Reason>());
}
