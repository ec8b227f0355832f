//! What people read of an answer: where they stand first, sums that add up, nothing that frightens without need.

use credtrail::rules::{Evaluation, Lang, Purpose, Question, Status, evaluate, explain, render};
use serde_json::{Value, json};

use super::small::{ask, found, learning, pack, part, record, rule, work};

/// The sentences of an answer on 1 June 2025 in a language.
fn told(rules: &str, facts: &Value, lang: Lang) -> Vec<String> {
    let lines = explain::lines(&pack("", rules).versions[0], &record(facts), &ask(rules, facts), lang);
    lines.into_iter().map(|line| line.text).collect()
}

#[track_caller]
fn says(rules: &str, facts: &Value, en: &[&str], es: &[&str]) {
    for (lang, all) in [(Lang::En, en), (Lang::Es, es)] {
        let told = told(rules, facts, lang);
        for sentence in all {
            assert!(told.iter().any(|line| line == sentence), "`{sentence}` is not in {told:#?}");
        }
    }
}

fn named(rule: &str, en: &str, es: &str) -> String {
    rule.replace("label = \"L\"\nlabel_es = \"L\"", &format!("label = \"{en}\"\nlabel_es = \"{es}\""))
}

fn topic(name: &str, hours: u32) -> String {
    format!("[[initial.learning.topic]]\ntopic = \"{name}\"\nat_least = \"{hours} hours\"\n")
}

#[test]
fn the_first_line_says_what_is_there_what_is_missing_and_what_else_is_open() {
    let training =
        format!("{}{}{}", rule("learning", "t", "at_least = \"46 hours\""), topic("ethics", 16), topic("housing", 10));
    let papers = rule("attestation", "e", "attestation = \"education\"")
        + &rule("attestation", "r", "attestation = \"reference\"\ncount = 3");
    let rules = named(&training, "Training", "Capacitación") + &papers + &rule("exam", "x", "exams = [\"x\"]");
    let facts = json!({ "learning": [learning("a", 1860, &json!({ "topics": ["advocacy"] }))] });
    // Twenty hours of advocacy are all that the total can take beside its parts.
    says(
        &rules,
        &facts,
        &["Training: 31 of 46 hours. 26 to go: 16 ethics, 10 housing. Still open: 4 papers, 1 exam."],
        &["Capacitación: 31 de 46 horas. Faltan 26: 16 de ética, 10 de vivienda. Pendiente: 4 documentos, 1 examen."],
    );
}

#[test]
fn a_renewal_says_by_when_it_has_to_come_in() {
    let renewal = rule("learning", "ce", "at_least = \"20 hours\"").replace("[[initial.", "[[renewal.");
    let held = json!({ "credentials": [{ "id": "c", "credential": "us-xx-ps", "issued_on": "2024-01-01",
        "terms": [{ "from": "2024-01-01", "through": "2025-12-31" }],
        "status": [{ "from": "2024-01-01", "standing": "active" }] }] });
    let pack = pack("", &renewal);
    let record = record(&held);
    let question = Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Renewal, stage: None };
    let answer = evaluate(&pack.versions[0], &record, &question);
    let first = |lang| explain::lines(&pack.versions[0], &record, &answer, lang)[0].text.clone();
    assert_eq!(first(Lang::En), "L: 0 of 20 hours. 20 to go. Send your renewal by December 31, 2025.");
    assert_eq!(
        first(Lang::Es),
        "L: 0 de 20 horas. Faltan 20. Envíe su renovación a más tardar el 31 de diciembre de 2025."
    );
}

#[test]
fn sums_that_do_not_add_up_say_why() {
    let rules =
        format!("{}{}{}", rule("learning", "t", "at_least = \"20 hours\""), topic("ethics", 6), topic("housing", 14));
    let facts = json!({ "learning": [learning("a", 600, &json!({ "topics": ["ethics"] }))] });
    says(
        &rules,
        &facts,
        &[
            "4 hours of it cannot fill what is missing: Ethics has more than it needs.",
            "Ethics: done, 10 hours (6 needed).",
        ],
        &[
            "De eso, 4 horas no llenan lo que falta: Ética tiene más de lo que necesita.",
            "Ética: listo, 10 horas (se piden 6).",
        ],
    );
    let cap = "at_least = \"20 hours\"\n[[initial.learning.cap]]\nid = \"c\"\nlabel = \"Alone\"\nlabel_es = \"A solas\"\nof.delivery = [\"self_paced\"]\nat_most = \"50 %\"";
    let alone = json!({ "delivery": "self_paced" });
    let facts =
        json!({ "learning": [learning("a", 1200, &alone), learning("b", 300, &json!({ "delivery": "in_person" }))] });
    says(
        &rule("learning", "t", cap),
        &facts,
        &["The limit for “Alone” holds back 5 hours. They count when you have more hours of another sort."],
        &["El límite de «A solas» retiene 5 horas. Contarán cuando tenga más horas de otro tipo."],
    );
    let page = |lang| render::markdown(&pack("", &rule("learning", "t", cap)).versions[0], lang).to_lowercase();
    assert!(
        page(Lang::En).contains("at most 50 percent of the hours that count")
            && !page(Lang::En).contains("count count")
    );
    assert!(page(Lang::Es).contains("como máximo el 50 por ciento de las horas que cuentan"));
}

#[test]
fn minutes_that_are_no_quarter_of_an_hour_are_told_by_the_clock() {
    let facts = json!({ "learning": [learning("a", 605, &json!({ "course": "Basics", "topics": ["ethics"] }))] });
    let rules = rule("learning", "t", "at_least = \"12 hours\"");
    says(
        &rules,
        &facts,
        &[
            "L: 10 hours 5 minutes of 12 hours, 1 hour 55 minutes still to go.",
            "Basics (January 1, 2025): 10 hours 5 minutes count.",
        ],
        &[
            "L: 10 horas y 5 minutos de 12 horas, faltan 1 hora y 55 minutos.",
            "Basics (1 de enero de 2025): cuentan 10 horas y 5 minutos.",
        ],
    );
    let answer = ask(&rules, &facts);
    assert_eq!(answer.next[0].text, "L: 1 hour 55 minutes to go");
    assert_eq!(found(&answer, "t").missing.as_deref(), Some("1.92"), "the board's unit stays");
}

#[test]
fn what_only_needs_time_asks_for_nothing() {
    let rules =
        rule("attestation", "r", "attestation = \"recovery_since\"\nsince_at_least = \"12 months before application\"");
    let rules = named(&rules, "One year of recovery", "Un año de recuperación");
    let facts = json!({ "attestations": [{ "id": "a", "kind": "recovery_since", "value": "2024-12-25", "on": "2025-05-01",
        "by": "self", "status": "verified" }] });
    says(
        &rules,
        &facts,
        &[
            "“One year of recovery” only needs time: it is full on December 25, 2025.",
            "One year of recovery: not yet.",
            "There is nothing to do for this: the time is full on December 25, 2025.",
            "In recovery since (May 1, 2025): does not count. The time is not full yet. It is full on December 25, 2025.",
        ],
        &[
            "Un año de recuperación: todavía no.",
            "Para esto no hay que hacer nada: el tiempo se cumple el 25 de diciembre de 2025.",
        ],
    );
    assert_eq!(ask(&rules, &facts).next[0].text, "Only wait: “One year of recovery” is full on December 25, 2025");
}

#[test]
fn an_exam_that_was_not_taken_is_told_in_words_of_exams_and_so_is_the_answer_itself() {
    let rules = rule("exam", "x", "exams = [\"x\"]");
    let sitting = |id: &str, on: &str, outcome: &str| json!({ "id": id, "exam": "x", "on": on, "outcome": outcome, "official": true });
    let facts = json!({ "exams": [sitting("a", "2025-02-01", "no_show"), sitting("b", "2025-03-01", "failed")] });
    says(
        &rules,
        &facts,
        &[
            "L (February 1, 2025): does not count. It was not taken on that day.",
            "L (March 1, 2025): does not count. It was not passed.",
        ],
        &[
            "L (1 de febrero de 2025): no cuenta. No se presentó ese día.",
            "L (1 de marzo de 2025): no cuenta. No se aprobó.",
        ],
    );
    let answer = ask(&rules, &facts);
    let texts = |answer: &Evaluation| -> Vec<String> {
        answer.records.iter().flat_map(|record| &record.not_counted).map(|lost| lost.text.clone()).collect()
    };
    assert_eq!(texts(&answer), ["It was not taken on that day.", "It was not passed."]);
    let pack = pack("", &rules);
    let spanish = explain::in_language(answer, &pack.versions[0], Lang::Es);
    assert_eq!(texts(&spanish), ["No se presentó ese día.", "No se aprobó."]);
}

#[test]
fn an_exam_that_was_not_passed_and_a_supervisor_nobody_spoke_of_are_told_as_that() {
    let rules = rule("exam", "x", "exams = [\"x\"]\npass = [\"500 on 200-800\"]")
        + &rule("service", "w", "at_least = \"10 hours\"\nsupervisor = \"eligible\"");
    let facts = json!({ "exams": [{ "id": "e", "exam": "x", "on": "2025-02-01", "score": "488", "scale": "200-800", "official": true }],
        "service": [work("s", "2025-01-01", "2025-03-31", 600)] });
    says(
        &rules,
        &facts,
        &[
            "L (February 1, 2025): does not count. It was not passed.",
            "Work (January 1 to March 31, 2025): 10 hours do not count. Nobody has said yet whether the board accepts the supervisor.",
        ],
        &[
            "L (1 de febrero de 2025): no cuenta. No se aprobó.",
            "Trabajo (del 1 de enero al 31 de marzo de 2025): 10 horas no cuentan. Nadie ha dicho todavía si la junta acepta al supervisor.",
        ],
    );
}

#[test]
fn full_hours_with_something_open_say_what_is_open() {
    let rules = rule("service", "w", "at_least = \"10 hours\"\nspread = { at_least = \"6 months\" }");
    let facts = json!({ "service": [work("s", "2025-01-01", "2025-01-31", 600)] });
    let told = told(&rules, &facts, Lang::En);
    assert!(told.iter().any(|line| line.starts_with("L: 10 of 10 hours. Still open: ")), "{told:#?}");
}

#[test]
fn somebody_past_an_age_is_not_asked_for_it() {
    let rules = rule("age", "young", "at_most = 29");
    let answer = ask(&rules, &json!({}));
    assert_eq!(answer.status, Status::NotMet);
    assert_eq!(answer.next[0].text, "L: you are past this age. Ask the board about another way");
    says(&rules, &json!({}), &["L: 35 years, past this age."], &["L: 35 años, ya pasó esta edad."]);
}

#[test]
fn a_part_that_only_limits_is_no_need() {
    let limit = part("learning.topic", "x", "")
        .replace("id = \"x\"\nlabel = \"L\"\nlabel_es = \"L\"\n", "topic = \"housing\"\nat_most = \"8 hours\"");
    let rules = rule("learning", "t", "at_least = \"20 hours\"") + &limit;
    says(
        &rules,
        &json!({}),
        &["Housing: can be a part, 0 hours of at most 8 hours."],
        &["Vivienda: puede ser una parte, 0 horas de un máximo de 8 horas."],
    );
}

#[test]
fn a_persons_own_certificate_is_not_said_to_be_asked_for_by_no_rule() {
    let facts = json!({ "credentials": [{ "id": "c", "credential": "us-ny-crpa", "issued_on": "2024-01-01" }],
        "service": [work("s", "2025-01-01", "2025-01-31", 600)] });
    let told = told(&rule("learning", "t", "at_least = \"1 hour\""), &facts, Lang::En);
    assert!(told.contains(&"Work (January 1 to January 31, 2025): no rule asks for it.".to_owned()), "{told:#?}");
    assert!(!told.iter().any(|line| line.contains("Certificate")), "{told:#?}");
}

#[test]
fn a_floor_is_never_told_as_a_limit_on_what_it_asks_for() {
    let with = |least: &str| {
        let floor = part("learning.floor", "live", &format!("of.delivery = [\"in_person\"]\nat_least = \"{least}\""));
        let rules = named(&rule("learning", "t", "at_least = \"10 hours\""), "Training", "Capacitación") + &floor;
        rules.replace("label = \"L\"\nlabel_es = \"L\"", "label = \"Face to face\"\nlabel_es = \"En persona\"")
    };
    let of = |id: &str, minutes: u64, delivery: &str| learning(id, minutes, &json!({ "delivery": delivery }));
    let facts = json!({ "learning": [of("a", 600, "self_paced"), of("b", 60, "in_person")] });
    says(
        &with("6 hours"),
        &facts,
        &["Class (January 1, 2025): 6 hours do not count. At most 4 hours count of anything but “Face to face”."],
        &[
            "Clase (1 de enero de 2025): 6 horas no cuentan. De todo lo que no es «En persona» cuentan como máximo 4 horas.",
        ],
    );
    let facts = json!({ "learning": [of("a", 600, "self_paced")] });
    says(
        &with("50 %"),
        &facts,
        &[
            "Class (January 1, 2025): 10 hours do not count. Only hours of “Face to face” count.",
            "5 hours count when you have more hours of “Face to face”.",
        ],
        &["Clase (1 de enero de 2025): 10 horas no cuentan. Solo cuentan las horas de «En persona»."],
    );
}
