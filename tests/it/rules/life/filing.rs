//! Filing: when it opens, when it is due, what it costs, and deadlines about the filing itself.

use credtrail::rules::explain::in_language;
use credtrail::rules::plan::plan;
use credtrail::rules::{Lang, Purpose, Question, Status, evaluate, status_of, term_if_granted};
use serde_json::json;

use super::{ask, course, deadline, filed, head, held, read, record, rule, sentences};

const TERM: (&str, &str) = ("2023-06-01", "2025-05-31");

fn renewing(stage: &str) -> String {
    head(&format!("term = \"24 months\"\n{stage}"))
        + &rule("renewal.learning", "ce", "at_least = \"1 hour\"")
        + &rule("initial.learning", "t", "at_least = \"1 hour\"")
}

fn cost(pack: &str, on: &str) -> String {
    let answer = ask(
        &read(pack),
        Purpose::Renewal,
        "2026-11-01",
        json!({ "credentials": [held(&[TERM])], "applications": [filed("renewal", on)] }),
    );
    let fee = answer.fee.unwrap();
    format!("{} {}", fee.id, fee.amount)
}

#[test]
fn filing_opens_on_its_day_and_not_on_the_day_before() {
    let pack = read(&renewing("renewal = { opens = \"90 days before expiry\" }"));
    let on = |day: &str| {
        deadline(&ask(&pack, Purpose::Renewal, day, json!({ "credentials": [held(&[TERM])] })), "renewal-opens")
    };
    assert_eq!(on("2025-03-01"), ("2025-03-02".to_owned(), "not_started".to_owned()));
    assert_eq!(on("2025-03-02"), ("2025-03-02".to_owned(), "met".to_owned()));
}

#[test]
fn a_deadline_that_runs_from_the_application_has_no_day_before_there_is_one() {
    let keys =
        "within = \"6 months after application\"\nconsequence = \"Apply again.\"\nconsequence_es = \"Otra vez.\"";
    let pack = read(&(renewing("") + &rule("initial.deadline", "complete-by", keys)));
    let on = |applications: serde_json::Value| {
        let facts = json!({ "applications": applications });
        let answer = ask(&pack, Purpose::Initial, "2025-03-01", facts.clone());
        let told = sentences(&pack, &answer, facts, Lang::En).iter().any(|line| line.contains("the last day is"));
        (deadline(&answer, "complete-by"), told)
    };
    assert_eq!(on(json!([])), ((String::new(), "not_started".to_owned()), false));
    let begun = (("2025-08-01".to_owned(), "open".to_owned()), true);
    assert_eq!(on(json!([filed("initial", "2025-02-01")])), begun);
}

#[test]
fn each_tier_of_the_late_fee_begins_on_its_own_day() {
    let fee = |id: &str, amount: &str, more: &str| {
        format!("[[stage.fee]]\nid = \"{id}\"\namount = \"{amount} USD\"\n{more}\n")
    };
    let tiers = [
        fee("standard", "50", ""),
        fee("early", "60", "from = \"60 days before expiry\""),
        fee("late", "75", "from = \"late\""),
        fee("later", "20", "from = \"more than 30 days after expiry\"\non_top = true"),
    ];
    let pack = renewing(&tiers.concat());
    assert_eq!(cost(&pack, "2025-03-31"), "standard 50");
    assert_eq!(cost(&pack, "2025-04-01"), "early 60");
    assert_eq!(cost(&pack, "2025-05-31"), "early 60");
    assert_eq!(cost(&pack, "2025-06-01"), "late 75");
    assert_eq!(cost(&pack, "2025-06-30"), "late 75");
    // More than thirty days after expiry: twenty on top of the seventy-five.
    assert_eq!(cost(&pack, "2025-07-01"), "later 95");
}

#[test]
fn tiers_on_top_pile_up_over_the_last_one_that_is_not() {
    let pack = renewing(
        "renewal = { grace = \"30 days\" }\n[[stage.fee]]\nid = \"standard\"\namount = \"50 USD\"\n[[stage.fee]]\nid = \"late\"\namount = \"20 USD\"\nfrom = \"60 days before expiry\"\n\
         on_top = true\n[[stage.fee]]\nid = \"grace\"\namount = \"10 USD\"\nfrom = \"grace\"\non_top = true\n",
    );
    assert_eq!(cost(&pack, "2025-03-31"), "standard 50");
    assert_eq!(cost(&pack, "2025-05-31"), "late 70");
    assert_eq!(cost(&pack, "2025-06-01"), "grace 80");
}

#[test]
fn a_renewal_filed_after_the_grace_costs_nothing_and_gives_no_term() {
    let pack =
        read(&renewing("renewal = { grace = \"30 days\" }\n[[stage.fee]]\nid = \"standard\"\namount = \"50 USD\""));
    let on = |day: &str| {
        let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l1", "2025-05-01", 60)],
            "applications": [filed("renewal", day)] });
        let question = Question { as_of: day.parse().unwrap(), purpose: Purpose::Renewal, stage: None };
        let granted =
            term_if_granted(&pack.versions[0], &record(facts.clone()), &question).map(|term| term.from.to_string());
        let answer = ask(&pack, Purpose::Renewal, day, facts);
        (answer.status, answer.fee.is_some(), answer.term.map(|term| term.from.to_string()), granted)
    };
    let follows = Some("2025-06-01".to_owned());
    assert_eq!(on("2025-06-30"), (Status::Met, true, follows.clone(), follows));
    // A board that approves it all the same gives a term from that day.
    assert_eq!(on("2025-07-01"), (Status::NotMet, false, None, Some("2025-07-01".to_owned())));
}

#[test]
fn an_application_in_the_grace_of_the_last_term_is_none_for_the_next_renewal() {
    let pack = read(&renewing(
        "renewal = { opens = \"90 days before expiry\", grace = \"60 days\", grace_earns = \"papers\" }",
    ));
    let with = |filed_on: &str, asked: &str| {
        let terms = [TERM, ("2025-06-01", "2027-05-31")];
        let facts = json!({ "credentials": [held(&terms)], "learning": [course("l1", "2026-05-01", 60)],
            "applications": [filed("renewal", filed_on)] });
        ask(&pack, Purpose::Renewal, asked, facts).status
    };
    // 30 July 2025 is the last day of grace after the first term, 30 July 2027 after the second.
    assert_eq!(with("2025-07-30", "2027-07-30"), Status::Met, "asked in time, whatever was filed before");
    assert_eq!(with("2025-07-30", "2027-07-31"), Status::NotMet, "that was for the renewal of 2025");
    assert_eq!(with("2027-03-03", "2027-07-31"), Status::Met, "filed for this one, on the first day");
}

#[test]
fn a_fee_for_each_started_month_grows_until_its_limit() {
    let pack = renewing(
        "[[stage.fee]]\nid = \"standard\"\namount = \"100 USD\"\n[[stage.fee]]\nid = \"late\"\namount = \"20 USD\"\nfrom = \"late\"\n\
         on_top = true\neach = \"started month\"\nat_most = \"50 USD\"\n",
    );
    assert_eq!(cost(&pack, "2025-05-31"), "standard 100");
    assert_eq!(cost(&pack, "2025-06-01"), "late 120");
    assert_eq!(cost(&pack, "2025-06-30"), "late 120");
    assert_eq!(cost(&pack, "2025-07-01"), "late 140");
    assert_eq!(cost(&pack, "2025-08-01"), "late 150");
}

#[test]
fn in_grace_papers_may_be_late_and_hours_only_where_the_pack_says_so() {
    for (earns, status) in [("papers", Status::NotMet), ("hours", Status::Met)] {
        let pack = read(
            &(head(&format!("term = \"24 months\"\nrenewal = {{ grace = \"30 days\", grace_earns = \"{earns}\" }}"))
                + &rule("renewal.learning", "ce", "at_least = \"1 hour\"\nwindow = \"this term\"")
                + &rule("initial.learning", "t", "at_least = \"1 hour\"")),
        );
        let with = |done: &str, asked: &str| {
            let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l1", done, 60)] });
            ask(&pack, Purpose::Renewal, asked, facts).status
        };
        assert_eq!(with("2025-05-31", "2025-06-30"), Status::Met, "{earns}: the last day of the term");
        assert_eq!(with("2025-06-01", "2025-06-30"), status, "{earns}: the first day of grace");
        assert_eq!(with("2025-05-31", "2025-07-01"), Status::NotMet, "{earns}: the day after grace");
    }
}

#[test]
fn a_deadline_about_the_filing_itself_closes_the_way_and_the_quick_answer_says_the_same() {
    let pack = read(
        &(head("term = \"24 months\"")
            + &rule("initial.learning", "t", "at_least = \"1 hour\"")
            + &rule("reinstatement.learning", "ce", "at_least = \"1 hour\"")
            + &rule(
                "reinstatement.deadline",
                "ask-by",
                "within = \"24 months after term end\"\nfiled = true\nconsequence = \"Start again.\"\nconsequence_es = \"Empiece de nuevo.\"",
            )),
    );
    let with = |applications: serde_json::Value, as_of: &str| {
        let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l1", "2025-09-01", 60)], "applications": applications });
        let answer = ask(&pack, Purpose::Reinstatement, as_of, facts.clone());
        let question = Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Reinstatement, stage: None };
        assert_eq!(status_of(&pack.versions[0], &record(facts), &question), answer.status);
        (answer.status, deadline(&answer, "ask-by").1)
    };
    let open = (Status::Met, "open".to_owned());
    let missed = (Status::NotMet, "missed".to_owned());
    assert_eq!(with(json!([]), "2027-05-31"), open);
    assert_eq!(with(json!([]), "2027-06-01"), missed);
    let closed = ask(&pack, Purpose::Reinstatement, "2027-06-01", json!({ "credentials": [held(&[TERM])] }));
    let last = closed.next.last().unwrap();
    assert_eq!(
        (last.requirement.as_str(), last.text.as_str()),
        ("ask-by", "L ask-by: the time ended on May 31, 2027. Start again")
    );
    assert_eq!(with(json!([filed("reinstatement", "2027-05-31")]), "2027-09-01"), (Status::Met, "met".to_owned()));
    assert_eq!(with(json!([filed("reinstatement", "2027-06-01")]), "2027-09-01"), missed);
    // A request from an earlier lapse is no filing now.
    assert_eq!(with(json!([filed("reinstatement", "2021-01-01")]), "2027-06-01"), missed);
}

#[test]
fn where_only_the_time_to_file_is_over_the_next_step_says_so_in_both_languages() {
    let pack = read(&renewing("renewal = { grace = \"30 days\" }"));
    let late = "2025-07-01";
    let facts = || json!({ "credentials": [held(&[TERM])], "learning": [course("l", "2024-06-01", 60)] });
    let in_time = ask(&pack, Purpose::Renewal, "2025-06-30", facts());
    assert_eq!((in_time.status, in_time.next.len()), (Status::Met, 0), "{in_time:#?}");
    let answer = ask(&pack, Purpose::Renewal, late, facts());
    assert_eq!((answer.status, answer.requirements[0].status), (Status::NotMet, Status::Met));
    let [step] = &answer.next[..] else { panic!("{:#?}", answer.next) };
    assert_eq!(step.requirement, "renewal-grace", "the deadline of this id is missed");
    assert_eq!(deadline(&answer, "renewal-grace").1, "missed");
    assert_eq!(step.text, "The time to renew ended on June 30, 2025. Ask the board how to come back");
    let question = Question { as_of: late.parse().unwrap(), purpose: Purpose::Renewal, stage: None };
    let plan = plan(&pack, &record(facts()), &question).unwrap();
    let [step] = &plan.steps[..] else { panic!("{:#?}", plan.steps) };
    assert_eq!((step.text.en.as_str(), plan.earliest_date), (answer.next[0].text.as_str(), None));
    assert_eq!(step.text.es, "El plazo para renovar terminó el 30 de junio de 2025. Pregunte a la junta cómo volver");
    let spanish = in_language(answer, &pack.versions[0], Lang::Es);
    assert_eq!(spanish.next[0].text, step.text.es);
}

#[test]
fn people_read_when_they_can_file_and_what_a_missed_deadline_means_in_both_languages() {
    let pack = read(
        &(renewing("renewal = { opens = \"90 days before expiry\" }")
            + &rule(
                "renewal.deadline",
                "ask-by",
                "within = \"3 months after term start\"\nfiled = true\nconsequence = \"Start again.\"\nconsequence_es = \"Empiece de nuevo.\"",
            )),
    );
    let facts = json!({ "credentials": [held(&[TERM])] });
    let answer = ask(&pack, Purpose::Renewal, "2025-02-01", facts.clone());
    let english = sentences(&pack, &answer, facts.clone(), Lang::En);
    assert!(english.contains(&"You can send your renewal from March 2, 2025.".to_owned()), "{english:?}");
    assert!(english.contains(&"L ask-by: the time ended on September 1, 2023. Start again.".to_owned()), "{english:?}");
    let spanish = sentences(&pack, &answer, facts, Lang::Es);
    assert!(spanish.contains(&"Puede enviar su renovación desde el 2 de marzo de 2025.".to_owned()), "{spanish:?}");
    assert!(
        spanish.contains(&"E ask-by: el plazo terminó el 1 de septiembre de 2023. Empiece de nuevo.".to_owned()),
        "{spanish:?}"
    );
}

#[test]
fn a_deadline_without_a_rule_asks_for_everything() {
    let pack = read(
        &(head("term = \"24 months\"")
            + &rule("initial.learning", "t", "at_least = \"1 hour\"")
            + &rule("initial.attestation", "ethics", "attestation = \"code_of_ethics\"")
            + &rule("initial.deadline", "complete", "within = \"6 months after application\"")),
    );
    let signed = json!({ "id": "a1", "kind": "code_of_ethics", "on": "2025-01-02", "status": "verified" });
    let with = |attestations: serde_json::Value, as_of: &str| {
        let facts = json!({ "applications": [filed("initial", "2025-01-01")], "learning": [course("l1", "2025-01-01", 60)], "attestations": attestations });
        deadline(&ask(&pack, Purpose::Initial, as_of, facts), "complete").1
    };
    assert_eq!(with(json!([]), "2025-07-01"), "open");
    assert_eq!(with(json!([]), "2025-07-02"), "missed");
    assert_eq!(with(json!([signed]), "2025-07-02"), "met");
}

#[test]
fn a_citation_passes_on_what_the_page_says_of_its_own_date() {
    let pack = read(&renewing(""));
    let question = Question { as_of: "2025-01-01".parse().unwrap(), purpose: Purpose::Initial, stage: None };
    let answer = evaluate(&pack.versions[0], &record(json!({})), &question);
    assert_eq!(answer.requirements[0].citation.dated.as_deref(), Some("effective 2019-01-01"));
}

#[test]
fn where_no_grace_is_stated_nobody_makes_one_up_and_nobody_its_end() {
    let pack = read(&renewing(""));
    let with = |minutes: u64, applications: serde_json::Value, as_of: &str| {
        let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l1", "2025-01-01", minutes)], "applications": applications });
        let answer = ask(&pack, Purpose::Renewal, as_of, facts.clone());
        let question = Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Renewal, stage: None };
        assert_eq!(status_of(&pack.versions[0], &record(facts), &question), answer.status);
        let codes: Vec<String> = answer.notes.iter().map(|note| note.code.clone()).collect();
        (answer.status, codes, answer.earliest_date)
    };
    let none = json!([]);
    assert_eq!(with(60, none.clone(), "2025-05-31"), (Status::Met, vec![], "2025-05-31".parse().ok()));
    let noted = vec!["grace_not_stated".to_owned()];
    for day in ["2025-06-01", "2035-06-01"] {
        assert_eq!(with(60, none.clone(), day), (Status::Undecided, noted.clone(), None), "{day}");
        assert_eq!(with(59, none.clone(), day), (Status::NotMet, noted.clone(), None), "{day}");
    }
    // Filed on the last day and looked at later.
    let filed = json!([filed("renewal", "2025-05-31")]);
    assert_eq!(with(60, filed, "2025-09-01").0, Status::Met);
    // A deadline about the filing says for how long.
    let dated = read(
        &(renewing("")
            + &rule(
                "renewal.deadline",
                "by",
                "within = \"6 months after term end\"\nfiled = true\nconsequence = \"C\"\nconsequence_es = \"C\"",
            )),
    );
    let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l1", "2025-01-01", 60)] });
    assert_eq!(ask(&dated, Purpose::Renewal, "2025-11-30", facts.clone()).status, Status::Met);
    assert_eq!(ask(&dated, Purpose::Renewal, "2025-12-01", facts).status, Status::NotMet);
}

#[test]
fn after_a_grace_of_at_least_so_long_the_board_decides() {
    let pack = read(&renewing("renewal = { grace = \"at least 1 month\", grace_earns = \"papers\" }"));
    let done = json!([course("l1", "2025-05-31", 60)]);
    let on = |day: &str, learning: &serde_json::Value| {
        let facts =
            json!({ "credentials": [held(&[TERM])], "learning": learning, "applications": [filed("renewal", day)] });
        let answer = ask(&pack, Purpose::Renewal, "2025-07-10", facts.clone());
        let question = Question { as_of: answer.as_of, purpose: Purpose::Renewal, stage: None };
        assert_eq!(status_of(&pack.versions[0], &record(facts), &question), answer.status);
        let codes: Vec<String> = answer.notes.iter().map(|note| note.code.clone()).collect();
        (answer.status, codes)
    };
    assert_eq!(on("2025-06-30", &done), (Status::Met, vec![]));
    assert_eq!(on("2025-07-01", &done), (Status::Undecided, vec!["grace_end_not_stated".to_owned()]));
    assert_eq!(on("2025-07-01", &json!([])), (Status::NotMet, vec!["grace_end_not_stated".to_owned()]));
    let facts =
        json!({ "credentials": [held(&[TERM])], "learning": done, "applications": [filed("renewal", "2025-07-01")] });
    let answer = ask(&pack, Purpose::Renewal, "2025-07-10", facts.clone());
    let said = sentences(&pack, &answer, facts, Lang::Es).join(" ");
    assert!(said.contains("Era seguro poder renovarlo hasta el 30 de junio de 2025, y quizás más tiempo"), "{said}");
    assert!(!answer.deadlines.iter().any(|deadline| deadline.id == "renewal-grace"), "{:?}", answer.deadlines);
}

#[test]
fn people_read_in_both_languages_that_no_grace_is_stated() {
    let pack = read(&renewing(""));
    let facts = json!({ "credentials": [held(&[TERM])], "learning": [course("l1", "2025-01-01", 60)] });
    let answer = ask(&pack, Purpose::Renewal, "2025-07-01", facts.clone());
    let told = |lang| sentences(&pack, &answer, facts.clone(), lang)[1].clone();
    assert_eq!(
        told(Lang::En),
        "The certificate ended on May 31, 2025. The rules do not say for how long after that it can be renewed. The board decides."
    );
    assert!(told(Lang::Es).starts_with("El certificado terminó el 31 de mayo de 2025."), "{}", told(Lang::Es));
}
