//! The ladder back: by how long one was away, and from where.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Lang, Purpose, Question, Status, evaluate, plan, status_of};
use serde_json::{Value, json};

use super::{ask, course, filed, head, held, read, record, rule, sentences};

const TERM: (&str, &str) = ("2021-06-01", "2023-05-31");

fn rung(id: &str, keys: &str) -> String {
    rule("reinstatement.rung", id, keys)
}

/// Up to two years: a course; up to five: course and exam; then no way back. Inactive people: a course, at any time.
fn pack() -> String {
    head("term = \"24 months\"")
        + &rule("initial.learning", "t", "at_least = \"1 hour\"")
        + &rule("reinstatement.learning", "ce", "at_least = \"2 hours\"\nwindow = \"24 months before application\"")
        + &rule("reinstatement.exam", "exam", "exams = [\"e\"]\nwindow = \"after term end\"")
        + &rung("soon", "away = \"at most 2 years\"\nrules = [\"ce\"]\nfee = \"50 USD\"")
        + &rung("long", "away = \"more than 2 years, at most 5 years\"\nrules = [\"ce\", \"exam\"]")
        + &rung(
            "over",
            "away = \"more than 5 years\"\nrefused = true\nconsequence = \"Apply as for the first time.\"\nconsequence_es = \"Solicite como la primera vez.\"",
        )
        + &rung("rested", "from = [\"inactive\", \"retired\"]\naway = \"any time\"\nrules = [\"ce\"]")
}

fn back(credential: Value, as_of: &str, more: Value) -> Evaluation {
    let pack = read(&pack());
    let mut facts = more;
    facts["credentials"] = json!([credential]);
    let answer = ask(&pack, Purpose::Reinstatement, as_of, facts.clone());
    let question = Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Reinstatement, stage: None };
    assert_eq!(status_of(&pack.versions[0], &record(facts), &question), answer.status);
    answer
}

fn on(as_of: &str) -> (Option<String>, Status) {
    let answer = back(held(&[TERM]), as_of, json!({ "learning": [course("l", as_of, 120)] }));
    (answer.rung, answer.status)
}

fn named(rung: &str) -> Option<String> {
    Some(rung.to_owned())
}

#[test]
fn the_last_day_of_a_rung_is_still_on_it_and_the_day_after_is_on_the_next() {
    assert_eq!(on("2023-06-01"), (named("soon"), Status::Met));
    assert_eq!(on("2025-05-31"), (named("soon"), Status::Met));
    assert_eq!(on("2025-06-01"), (named("long"), Status::NotMet));
    assert_eq!(on("2028-05-31"), (named("long"), Status::NotMet));
    assert_eq!(on("2028-06-01"), (named("over"), Status::NotMet));
}

#[test]
fn who_is_not_away_climbs_no_ladder() {
    let answer = back(held(&[TERM]), "2023-05-31", json!({}));
    assert_eq!((answer.rung, answer.status), (None, Status::NotApplicable));
    assert_eq!(answer.notes[0].code, "not_away");
}

#[test]
fn the_day_of_filing_decides_the_rung_not_the_day_asked_about() {
    let facts =
        json!({ "applications": [filed("reinstatement", "2025-05-31")], "learning": [course("l", "2025-05-01", 120)] });
    let answer = back(held(&[TERM]), "2025-09-01", facts);
    assert_eq!((answer.rung, answer.status), (named("soon"), Status::Met));
    assert_eq!(answer.fee.map(|fee| (fee.id, fee.amount)), Some(("soon".to_owned(), "50".to_owned())));
}

#[test]
fn rules_of_other_rungs_are_not_asked() {
    let answer = back(held(&[TERM]), "2024-01-01", json!({}));
    let statuses: Vec<_> = answer.requirements.iter().map(|found| (found.id.as_str(), found.status)).collect();
    assert_eq!(statuses, [("ce", Status::NotMet), ("exam", Status::NotApplicable)]);
    let exam = json!({ "exams": [{ "id": "x", "exam": "e", "on": "2026-01-01", "outcome": "passed", "official": true }],
        "learning": [course("l", "2026-01-01", 120)] });
    assert_eq!(back(held(&[TERM]), "2026-02-01", exam).status, Status::Met);
}

#[test]
fn where_there_is_no_way_back_the_next_step_says_what_there_is() {
    let answer = back(held(&[TERM]), "2028-06-01", json!({}));
    assert_eq!(answer.earliest_date, None);
    assert_eq!(answer.next.last().map(|step| step.text.as_str()), Some("Apply as for the first time."));
}

#[test]
fn inactive_and_retired_people_come_back_by_their_own_rung_and_revoked_ones_by_none() {
    let with = |standing: &str, discipline: &str| {
        let mut credential = held(&[TERM]);
        credential["status"] = json!([{ "from": "2021-06-01", "standing": "active", "discipline": "none" },
            { "from": "2022-01-01", "standing": standing, "discipline": discipline }]);
        back(credential, "2029-01-01", json!({ "learning": [course("l", "2028-12-01", 120)] }))
    };
    for standing in ["inactive", "retired"] {
        let answer = with(standing, "none");
        assert_eq!((answer.rung, answer.status), (named("rested"), Status::Met), "{standing}");
        assert_eq!(answer.notes[0].from.map(|day| day.to_string()).as_deref(), Some("2022-01-01"));
    }
    let revoked = with("active", "revoked");
    assert_eq!((revoked.rung, revoked.status), (None, Status::NotApplicable));
    assert_eq!(revoked.notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), ["away_revoked", "no_rung"]);
    // Whoever was inactive and is active again has run out like everybody else.
    assert_eq!(with("active", "none").rung, named("over"));
}

#[test]
fn hours_for_each_year_away_are_counted_by_begun_or_by_whole_years() {
    for (words, counts) in [("started year away", [1, 1, 2, 3]), ("year away", [0, 1, 1, 2])] {
        let pack = read(
            &(head("term = \"24 months\"")
                + &rule("initial.learning", "t", "at_least = \"1 hour\"")
                + &rule(
                    "reinstatement.learning",
                    "ce",
                    &format!(
                        "at_least = \"20 hours\"\nfor_each = \"{words}\"\n[[reinstatement.learning.topic]]\ntopic = \"ethics\"\nat_least = \"6 hours\""
                    ),
                )
                + &rung("any", "away = \"any time\"\nrules = [\"ce\"]")),
        );
        let days = ["2023-06-01", "2024-05-31", "2024-06-01", "2025-06-01"];
        let found = days.map(|day| {
            let answer = ask(&pack, Purpose::Reinstatement, day, json!({ "credentials": [held(&[TERM])] }));
            let found = &answer.requirements[0];
            assert_eq!(found.requirements[0].needed_minutes.unwrap() * 20, found.needed_minutes.unwrap() * 6);
            found.needed_minutes.unwrap() / 1200
        });
        assert_eq!(found, counts, "{words}");
    }
}

#[test]
fn the_ladder_is_told_in_both_languages() {
    let pack = read(&pack());
    let facts = json!({ "credentials": [held(&[TERM])] });
    let question = Question { as_of: "2028-06-01".parse().unwrap(), purpose: Purpose::Reinstatement, stage: None };
    let answer = evaluate(&pack.versions[0], &record(facts.clone()), &question);
    let english = sentences(&pack, &answer, facts.clone(), Lang::En);
    assert_eq!(
        english[1..3],
        [
            "Your certificate ran out. The first day without it was June 1, 2023.",
            "L over. Apply as for the first time."
        ]
    );
    let spanish = sentences(&pack, &answer, facts, Lang::Es);
    assert_eq!(
        spanish[1..3],
        [
            "Su certificado venció. El primer día sin él fue el 1 de junio de 2023.",
            "E over. Solicite como la primera vez."
        ]
    );
}

#[test]
fn the_stage_of_each_term_is_its_own_where_one_credential_went_through_several() {
    let stages =
        "term = \"24 months\"\n[[stage]]\nid = \"next\"\nlabel = \"N\"\nlabel_es = \"N\"\nterm = \"24 months\"\n";
    let pack = read(
        &(head(stages)
            + &rule("initial.learning", "t", "stage = \"full\"\nat_least = \"1 hour\"")
            + &rule(
                "initial.service",
                "work",
                "stage = \"next\"\nat_least = \"1 hour\"\nwindow = \"while holding full\"",
            )),
    );
    let credential = json!({ "id": "c", "credential": "us-xx-ps", "stage": "next", "issued_on": "2021-06-01", "terms": [
        { "from": "2021-06-01", "through": "2021-12-31", "stage": "full" }, { "from": "2022-01-01", "through": "2023-12-31", "stage": "next" }] });
    let counted = |day: &str| {
        let facts = json!({ "credentials": [credential], "service": [{ "id": "s", "from": day, "to": day, "minutes": 60, "status": "attested" }] });
        let question =
            Question { as_of: "2022-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: Some("next".into()) };
        evaluate(&pack.versions[0], &record(facts), &question).requirements[0].counted_minutes.unwrap()
    };
    assert_eq!((counted("2021-12-31"), counted("2022-01-01")), (60, 0));
}

#[test]
fn an_extension_more_than_the_stage_allows_lets_no_hours_count() {
    let stages = "term = \"6 months\"\nextensions = { at_most = 1, each = \"6 months\" }\n[[stage]]\nid = \"next\"\nlabel = \"N\"\n\
        label_es = \"N\"\nterm = \"24 months\"\n";
    let pack = read(
        &(head(stages)
            + &rule("initial.learning", "t", "stage = \"full\"\nat_least = \"1 hour\"")
            + &rule(
                "initial.service",
                "work",
                "stage = \"next\"\nat_least = \"1 hour\"\nwindow = \"while holding full\"",
            )),
    );
    let credential = json!({ "id": "c", "credential": "us-xx-ps", "issued_on": "2024-11-20", "terms": [
        { "from": "2024-11-20", "through": "2025-05-19", "stage": "full" },
        { "from": "2025-05-20", "through": "2025-11-19", "stage": "full", "kind": "extension" },
        { "from": "2025-11-20", "through": "2026-05-19", "stage": "full", "kind": "extension" }] });
    let counted = |day: &str| {
        let facts = json!({ "credentials": [credential], "service": [{ "id": "s", "from": day, "to": day, "minutes": 60, "status": "attested" }] });
        let question =
            Question { as_of: "2026-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: Some("next".into()) };
        evaluate(&pack.versions[0], &record(facts), &question).requirements[0].counted_minutes.unwrap()
    };
    assert_eq!((counted("2025-11-19"), counted("2025-11-20")), (60, 0));
}

#[test]
fn where_there_is_no_way_back_there_is_nothing_to_pay_and_no_term_but_a_step() {
    let text = pack().replace("away = \"more than 5 years\"", "away = \"more than 5 years\"\nfee = \"80 USD\"");
    let pack = read(&text);
    let with = |as_of: &str| {
        let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l", as_of, 120)] });
        let answer = ask(&pack, Purpose::Reinstatement, as_of, facts.clone());
        let question = Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Reinstatement, stage: None };
        (answer, plan::plan(&pack, &record(facts), &question).unwrap())
    };
    let (soon, _) = with("2024-01-01");
    assert!(soon.fee.is_some() && soon.term.is_some());
    let (over, plan) = with("2029-01-01");
    assert_eq!((over.rung, over.fee, over.term), (named("over"), None, None));
    let steps: Vec<&str> = plan.steps.iter().map(|step| step.text.in_lang(Lang::Es)).collect();
    assert_eq!((steps, plan.earliest_date, plan.term), (vec!["Solicite como la primera vez."], None, None));
}

/// The first sentence of an answer and the lines of its plan, in both languages.
fn said(credential: Value, as_of: &str) -> [(String, Vec<String>); 2] {
    let (pack, facts) = (read(&pack()), json!({ "credentials": [credential] }));
    let answer = ask(&pack, Purpose::Reinstatement, as_of, facts.clone());
    let question = Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Reinstatement, stage: None };
    let found = plan::plan(&pack, &record(facts.clone()), &question).unwrap();
    [Lang::En, Lang::Es].map(|lang| {
        let first = sentences(&pack, &answer, facts.clone(), lang)[0].clone();
        (first, plan::lines(&pack.versions[0], &found, lang))
    })
}

#[test]
fn where_there_is_no_way_back_the_first_line_says_so() {
    let [(en, plan), (es, _)] = said(held(&[TERM]), "2030-06-01");
    assert_eq!(en, "There is nothing to send: the board's rules do not give this certificate back from here.");
    assert_eq!(es, "No hay nada que enviar: las reglas de la junta no devuelven este certificado desde aquí.");
    assert_eq!(plan, [en.as_str(), "  Apply as for the first time."]);
}

#[test]
fn a_certificate_in_force_needs_no_way_back_and_says_until_when_it_runs() {
    let [(en, plan), (es, plan_es)] = said(held(&[TERM]), "2023-05-01");
    assert_eq!(en, "Your certificate is in force through May 31, 2023: there is nothing to get back.");
    assert_eq!(es, "Su certificado está vigente hasta el 31 de mayo de 2023: no hay nada que recuperar.");
    assert_eq!((plan, plan_es), (vec![en], vec![es]));
    // Of a suspended one nobody says that it is in force.
    let mut suspended = held(&[TERM]);
    suspended["status"] = json!([{ "from": "2022-01-01", "standing": "active", "discipline": "suspended" }]);
    let [(en, _), _] = said(suspended, "2023-05-01");
    assert_eq!(en, "The board has no rules for this.");
}
