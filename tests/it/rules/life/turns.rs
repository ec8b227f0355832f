//! How often a stage is renewed and a term extended, and which stage a question is about.

use credtrail::rules::{Lang, Pack, Purpose, Status};
use serde_json::{Value, json};

use super::{ask, course, head, read, rule, sentences};

/// Three stages, of which the first is renewed once and its term extended once.
fn staged() -> Pack {
    let stage = |id: &str, more: &str| {
        format!("[[stage]]\nid = \"{id}\"\nlabel = \"{id}\"\nlabel_es = \"{id}\"\nterm = \"12 months\"\n{more}\n")
    };
    let limits = "renewals = 1\nextensions = { at_most = 1, each = \"1 month\" }\nrenewal = { grace = \"30 days\" }";
    let own = head("term = \"12 months\"");
    let mut text = own.split("[[stage]]").next().unwrap().to_owned();
    text += &(stage("one", limits) + &stage("two", "") + &stage("three", ""));
    for (id, at) in [("a", "one"), ("b", "two"), ("c", "three")] {
        text += &rule("initial.learning", id, &format!("stage = \"{at}\"\nat_least = \"1 hour\""));
        text += &rule(
            "renewal.learning",
            &format!("ce-{id}"),
            &format!("stage = \"{at}\"\nat_least = \"1 hour\"\nwindow = \"this term\""),
        );
    }
    read(&text)
}

/// A credential that names its stage only in its terms: from, through, stage, kind.
fn held(terms: &[(&str, &str, &str, &str)]) -> Value {
    let one = |(from, through, stage, kind): &(&str, &str, &str, &str)| {
        let mut term = json!({ "from": from, "through": through, "kind": kind });
        if !stage.is_empty() {
            term["stage"] = (*stage).into();
        }
        term
    };
    let all: Vec<Value> = terms.iter().map(one).collect();
    json!({ "id": "c1", "credential": "us-xx-ps", "issued_on": terms[0].0, "terms": all })
}

const FIRST: (&str, &str, &str, &str) = ("2022-01-01", "2022-12-31", "one", "first");
const AGAIN: (&str, &str, &str, &str) = ("2023-01-01", "2023-12-31", "one", "renewal");

#[test]
fn a_stage_is_renewed_as_often_as_the_board_says_and_no_more() {
    let pack = staged();
    let facts = |terms: &[(&str, &str, &str, &str)], day: &str| json!({ "credentials": [held(terms)], "learning": [course("l", day, 60)] });
    let once = ask(&pack, Purpose::Renewal, "2022-12-01", facts(&[FIRST], "2022-06-01"));
    assert_eq!((once.stage.as_str(), once.status), ("one", Status::Met));
    let twice_facts = facts(&[FIRST, AGAIN], "2023-06-01");
    let twice = ask(&pack, Purpose::Renewal, "2023-12-01", twice_facts.clone());
    assert_eq!((twice.stage.as_str(), twice.status, twice.earliest_date), ("one", Status::NotMet, None));
    assert_eq!(twice.requirements[0].status, Status::Met, "what it asks for is there");
    assert_eq!(twice.notes[0].code, "renewals_used_up");
    assert_eq!(twice.next[0].text, "It cannot be renewed again. Apply for the next stage: two");
    let said = sentences(&pack, &twice, twice_facts, Lang::Es);
    assert!(said.contains(&"Esta etapa se puede renovar una vez. Ya se agotó.".to_owned()), "{said:#?}");
    let spanish = credtrail::rules::explain::in_language(twice, &pack.versions[0], Lang::Es);
    assert_eq!(spanish.next[0].text, "No se puede renovar otra vez. Solicite la etapa siguiente: two");
}

#[test]
fn an_extension_more_than_the_board_allows_makes_no_term_longer() {
    let pack = staged();
    let (more, further) =
        (("2023-01-01", "2023-01-31", "one", "extension"), ("2023-02-01", "2023-02-28", "one", "extension"));
    let answer = |terms: &[(&str, &str, &str, &str)]| {
        let facts = json!({ "credentials": [held(terms)], "learning": [course("l", "2023-02-10", 60)] });
        ask(&pack, Purpose::Renewal, "2023-02-15", facts)
    };
    let twice = answer(&[FIRST, more, further]);
    let note = &twice.notes[0];
    assert_eq!((note.code.as_str(), note.through), ("extensions_used_up", Some("2023-01-31".parse().unwrap())));
    assert_eq!((twice.status, twice.requirements[0].missing.as_deref()), (Status::NotMet, Some("1")));
    assert!(answer(&[FIRST, more]).notes.is_empty());
}

#[test]
fn the_stage_of_a_question_is_found_by_the_terms() {
    let pack = staged();
    let stage = |purpose, day: &str, terms: &[(&str, &str, &str, &str)]| {
        ask(&pack, purpose, day, json!({ "credentials": [held(terms)] })).stage
    };
    let through = [FIRST, ("2023-01-01", "2023-12-31", "two", "first"), ("2024-01-01", "2024-12-31", "three", "first")];
    assert_eq!(stage(Purpose::Renewal, "2024-06-01", &through), "three");
    assert_eq!(stage(Purpose::Renewal, "2023-06-01", &through), "two", "later terms are not there yet");
    assert_eq!(stage(Purpose::Renewal, "2023-06-01", &through[..2]), "two");
    assert_eq!(stage(Purpose::Initial, "2023-06-01", &through[..2]), "three");
    assert_eq!(stage(Purpose::Initial, "2022-06-01", &through[..1]), "two");
    assert_eq!(ask(&pack, Purpose::Initial, "2022-06-01", json!({})).stage, "one");
    // One that went straight to the second stage does not begin anew with the first.
    let straight = [("2023-01-01", "2023-12-31", "two", "first")];
    assert_eq!(stage(Purpose::Initial, "2023-06-01", &straight), "three");
    assert_eq!(stage(Purpose::Reinstatement, "2024-06-01", &straight), "two");
}
