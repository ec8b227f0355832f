//! What the standing of a certificate does to its renewal.

use credtrail::rules::bulk::{Classes, Judge, Program, Roll};
use credtrail::rules::plan::{lines, plan};
use credtrail::rules::{Lang, Purpose, Question, Status, status_of};
use serde_json::{Value, json};

use super::{ask, course, head, held, read, record, rule, sentences};

fn pack() -> String {
    head("term = \"24 months\"\nrenewal = { grace = \"30 days\" }")
        + &rule("initial.learning", "t", "at_least = \"1 hour\"")
        + &rule("renewal.learning", "ce", "at_least = \"1 hour\"")
}

/// A holder whose standing and discipline changed on 1 January 2025.
fn facts(standing: &str, discipline: &str, minutes: u64) -> Value {
    let mut one = held(&[("2023-06-01", "2025-05-31")]);
    one["status"] = json!([{ "from": "2023-06-01", "through": "2024-12-31", "standing": "active", "discipline": "none" },
        { "from": "2025-01-01", "standing": standing, "discipline": discipline }]);
    json!({ "credentials": [one], "learning": [course("l1", "2024-05-01", minutes)] })
}

/// The answer by the whole evaluator, with its remarks; where the flat tables answer, they say the same.
fn renewal(facts: &Value, as_of: &str) -> (Status, Vec<String>) {
    let pack = read(&pack());
    let answer = ask(&pack, Purpose::Renewal, as_of, facts.clone());
    let question = Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Renewal, stage: None };
    let (version, record) = (&pack.versions[0], record(facts.clone()));
    assert_eq!(status_of(version, &record, &question), answer.status);
    let program = Program::of(version, Purpose::Renewal).unwrap();
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    roll.take(&program, &mut classes, &record, question.as_of);
    let flat = Judge::new(&program).status(&roll, 0, &classes);
    assert!(flat.is_none_or(|flat| flat == answer.status), "{flat:?}");
    if answer.status == Status::NotMet {
        assert_eq!(answer.earliest_date.filter(|_| !answer.notes.is_empty()), None);
    }
    (answer.status, answer.notes.into_iter().map(|note| note.code).collect())
}

#[test]
fn what_was_taken_back_given_up_or_closed_is_not_renewed() {
    let cases = [("active", "revoked"), ("active", "surrendered"), ("canceled", "none"), ("deceased", "none")];
    let codes = ["away_revoked", "away_surrendered", "away_canceled", "away_deceased"];
    for ((standing, discipline), code) in cases.into_iter().zip(codes) {
        let facts = facts(standing, discipline, 60);
        assert_eq!(renewal(&facts, "2024-12-31"), (Status::Met, vec![]), "{code}");
        assert_eq!(renewal(&facts, "2025-01-01"), (Status::NotMet, vec![code.to_owned()]));
    }
}

#[test]
fn about_what_is_suspended_the_board_decides() {
    let noted = vec!["suspended".to_owned()];
    assert_eq!(renewal(&facts("active", "suspended", 60), "2025-05-01"), (Status::Undecided, noted.clone()));
    assert_eq!(renewal(&facts("active", "suspended", 59), "2025-05-01"), (Status::NotMet, noted));
}

#[test]
fn what_packs_decide_stays_with_them() {
    for (standing, discipline) in [("active", "probation"), ("inactive", "none"), ("retired", "none")] {
        let found = renewal(&facts(standing, discipline, 60), "2025-05-01");
        assert_eq!(found, (Status::Met, vec![]), "{standing} {discipline}");
    }
}

#[test]
fn a_later_certificate_is_not_barred_by_an_earlier_one() {
    let mut all = facts("active", "revoked", 60);
    let later = json!({ "id": "c2", "credential": "us-xx-ps", "stage": "full", "issued_on": "2025-03-01",
        "terms": [{ "from": "2025-03-01", "through": "2027-02-28" }] });
    all["credentials"].as_array_mut().unwrap().push(later);
    assert_eq!(renewal(&all, "2025-05-01"), (Status::Met, vec![]));
}

#[test]
fn who_cannot_renew_is_told_so_and_is_asked_for_nothing_by_no_day() {
    let pack = read(&pack());
    for discipline in ["revoked", "surrendered"] {
        let facts = facts("active", discipline, 0);
        let answer = ask(&pack, Purpose::Renewal, "2025-05-01", facts.clone());
        assert_eq!((answer.deadlines.as_slice(), answer.next.as_slice()), (&[][..], &[][..]), "{discipline}");
        let first = |lang| sentences(&pack, &answer, facts.clone(), lang)[0].clone();
        assert_eq!(
            first(Lang::En),
            "There is nothing to send: this certificate cannot be renewed. The board can tell you what comes next."
        );
        assert_eq!(
            first(Lang::Es),
            "No hay nada que enviar: este certificado no se puede renovar. La junta puede decirle qué sigue."
        );
        let question = Question { as_of: "2025-05-01".parse().unwrap(), purpose: Purpose::Renewal, stage: None };
        let planned = plan(&pack, &record(facts), &question).unwrap();
        let told = lines(&pack.versions[0], &planned, Lang::En);
        assert_eq!(told, [planned.waits_for[0].text.en.clone()]);
        let why = if discipline == "revoked" { "The board took your" } else { "You gave your" };
        assert!(told[0].starts_with(why) && told[0].contains("nothing to send"), "{told:?}");
    }
    // The same day and facts, but the certificate in force.
    let answer = ask(&pack, Purpose::Renewal, "2025-05-01", facts("active", "none", 0));
    assert!(!answer.deadlines.is_empty() && !answer.next.is_empty());
}

#[test]
fn people_read_why_in_both_languages() {
    let pack = read(&pack());
    let told = |discipline: &str, lang| {
        let facts = facts("active", discipline, 60);
        let answer = ask(&pack, Purpose::Renewal, "2025-05-01", facts.clone());
        sentences(&pack, &answer, facts, lang)[1].clone()
    };
    assert_eq!(told("revoked", Lang::En), "The board took your certificate back on January 1, 2025.");
    assert_eq!(
        told("suspended", Lang::En),
        "The board has suspended your certificate since January 1, 2025. The board decides."
    );
    assert_eq!(
        told("suspended", Lang::Es),
        "La junta suspendió su certificado desde el 1 de enero de 2025. La junta decide."
    );
}
