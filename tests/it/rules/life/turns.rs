//! How often a stage is renewed and a term extended, and which stage a question is about.

use credtrail::rules::{Lang, Pack, Purpose, Status};
use serde_json::{Value, json};

use super::{ask, course, head, read, rule, sentences};

/// Three stages, of which the first is renewed once and its term extended once.
fn staged() -> Pack {
    read(&staged_text())
}

fn staged_text() -> String {
    let stage = |id: &str, more: &str| {
        format!("[[stage]]\nid = \"{id}\"\nlabel = \"{id}\"\nlabel_es = \"{id}\"\nterm = \"12 months\"\n{more}\n")
    };
    let limits = "renewals = 1\nextensions = { at_most = 1, each = \"1 month\" }\nrenewal = { grace = \"30 days\" }\n[[stage.fee]]\nid = \"f\"\namount = \"5 USD\"";
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
    text
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
fn an_extension_longer_than_the_board_allows_ends_where_it_would_have() {
    let pack = staged();
    let answer = |through: &str, lang| {
        let long = ("2023-01-01", through, "one", "extension");
        let facts = json!({ "credentials": [held(&[FIRST, long])], "learning": [course("l", "2023-02-10", 60)] });
        let answer = ask(&pack, Purpose::Renewal, "2023-02-15", facts.clone());
        let said = sentences(&pack, &answer, facts, lang);
        (answer, said)
    };
    let (exact, _) = answer("2023-01-31", Lang::En);
    assert!(exact.notes.is_empty(), "{:#?}", exact.notes);
    let (long, said) = answer("2023-02-28", Lang::En);
    let note = &long.notes[0];
    assert_eq!((note.code.as_str(), note.through), ("extension_too_long", Some("2023-01-31".parse().unwrap())));
    let missing = |answer: &credtrail::rules::Evaluation| answer.requirements[0].missing.clone();
    assert_eq!((missing(&long), missing(&long)), (Some("1".to_owned()), missing(&exact)));
    assert!(said.iter().any(|line| line.contains("by more than the rules allow at a time")), "{said:#?}");
    let (_, said) = answer("2023-02-28", Lang::Es);
    assert!(said.iter().any(|line| line.contains("más de lo que las reglas permiten de una vez")), "{said:#?}");
}

#[test]
fn a_month_of_more_time_after_a_short_month_is_clamped_in_favor_of_the_holder() {
    let pack = staged();
    let first = ("2022-03-01", "2023-02-28", "one", "first");
    let notes = |through: &str| {
        let facts = json!({ "credentials": [held(&[first, ("2023-03-01", through, "one", "extension")])] });
        ask(&pack, Purpose::Renewal, "2023-04-15", facts).notes.len()
    };
    assert_eq!(["2023-03-31", "2023-04-01"].map(notes), [0, 1]);
}

#[test]
fn days_of_an_extension_beyond_what_the_board_allows_are_none_of_the_stage() {
    let text = staged_text()
        + &rule("initial.service", "work", "stage = \"two\"\nat_least = \"1 hour\"\nwindow = \"while holding one\"");
    let pack = read(&text);
    let counted = |on: &str| {
        let long = ("2023-01-01", "2023-02-28", "one", "extension");
        let work = json!({ "id": "s", "kind": "direct", "from": on, "to": on, "minutes": 60, "status": "attested" });
        let facts = json!({ "credentials": [held(&[FIRST, long])], "service": [work] });
        let answer = ask(&pack, Purpose::Initial, "2023-02-15", facts);
        answer.requirements.iter().find(|found| found.id == "work").unwrap().status
    };
    assert_eq!(["2023-01-31", "2023-02-01"].map(counted), [Status::Met, Status::NotMet]);
}

#[test]
fn a_stage_that_is_not_renewed_gives_no_next_term_and_has_no_day_to_renew_by() {
    for most in [0, 1] {
        let pack = read(&staged_text().replace("renewals = 1", &format!("renewals = {most}")));
        let facts = json!({ "credentials": [held(&[FIRST])], "learning": [course("l", "2022-06-01", 60)] });
        let answer = ask(&pack, Purpose::Renewal, "2022-12-01", facts);
        let days: Vec<&str> = answer.deadlines.iter().map(|deadline| deadline.id.as_str()).collect();
        let found = (answer.status, answer.term.is_some(), answer.fee.is_some(), days.is_empty());
        assert_eq!(
            found,
            if most == 0 { (Status::NotMet, false, false, true) } else { (Status::Met, true, true, false) }
        );
    }
}

#[test]
fn a_stage_that_is_not_renewed_asks_for_a_step_on_once_its_grace_is_over_too() {
    let pack = read(&staged_text().replace("renewals = 1", "renewals = 0"));
    let answer = ask(&pack, Purpose::Renewal, "2023-12-01", json!({ "credentials": [held(&[FIRST])] }));
    let steps: Vec<&str> = answer.next.iter().map(|step| step.requirement.as_str()).collect();
    assert_eq!(steps, ["ce-a", "two"]);
    let notes: Vec<&str> = answer.notes.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(notes, ["renewals_used_up"]);
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
