//! Carry-over: what a finished term yields, and what the next one takes.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Pack, Purpose, Question, Reason, Status, carry, evaluate};
use serde_json::{Value, json};

use super::{ask, head, held, read, record, rule};

const FIRST: (&str, &str) = ("2022-01-01", "2023-12-31");
const SECOND: (&str, &str) = ("2024-01-01", "2025-12-31");
const THIRD: (&str, &str) = ("2026-01-01", "2027-12-31");

/// Twenty hours a term, six of them ethics.
fn pack(carry: &str) -> Pack {
    let topic = "\n[[renewal.learning.topic]]\ntopic = \"ethics\"\nat_least = \"6 hours\"\n[[renewal.learning.topic]]\ntopic = \"housing\"\nat_most = \"20 hours\"\n";
    let keys = format!("at_least = \"20 hours\"\nwindow = \"this term\"\nonly.kind = [\"continuing\"]\n{carry}{topic}");
    read(
        &(head("term = \"24 months\"")
            + &rule("initial.learning", "t", "at_least = \"1 hour\"")
            + &rule("renewal.learning", "ce", &keys)),
    )
}

fn hours(id: &str, on: &str, topic: &str, hours: u64) -> Value {
    let mut fact =
        json!({ "id": id, "completed_on": on, "minutes": hours * 60, "kind": "continuing", "status": "verified" });
    if !topic.is_empty() {
        fact["topics"] = json!([topic]);
    }
    fact
}

/// What a first term with these hours hands on: topic, as topic, hours, generation.
fn yields(carry: &str, learning: Value) -> Vec<(String, String, u32, u32)> {
    let pack = pack(carry);
    let record = record(json!({ "credentials": [held(&[FIRST])], "learning": learning }));
    let question = Question { as_of: "2023-12-15".parse().unwrap(), purpose: Purpose::Renewal, stage: None };
    let answer = evaluate(&pack.versions[0], &record, &question);
    let rows = carry::yielded(&pack.versions[0], &record, &answer);
    assert!(rows.iter().all(|row| row.from_term.to_string() == "2022-01-01" && row.credential == "us-xx-ps"));
    rows.into_iter().map(|row| (row.topic.unwrap(), row.as_topic.unwrap(), row.minutes / 60, row.generation)).collect()
}

/// A second term's answer with carried hours and ordinary ones.
fn second(carry: &str, carried: Value, learning: Value) -> Evaluation {
    let facts = json!({ "credentials": [held(&[FIRST, SECOND])], "carry_over": carried, "learning": learning });
    ask(&pack(carry), Purpose::Renewal, "2025-12-01", facts)
}

fn carried(id: &str, topic: &str, as_topic: &str, hours: u32, generation: u32) -> Value {
    json!({ "id": id, "credential": "us-xx-ps", "from_term": "2022-01-01", "topic": topic, "as_topic": as_topic, "minutes": hours * 60, "generation": generation })
}

fn own(text: &str) -> String {
    text.to_owned()
}

#[test]
fn the_surplus_of_a_term_is_carried_up_to_the_limit() {
    let done = || json!([hours("a", "2022-05-01", "ethics", 8), hours("b", "2022-06-01", "", 20)]);
    // Twenty-eight of twenty, eight of six ethics: two of ethics first, then six without a topic.
    let all = yields("carry_over = { at_most = \"10 hours\" }", done());
    assert_eq!(all, [(own("ethics"), own("ethics"), 2, 1), (own("general"), own("general"), 6, 1)]);
    let five = yields("carry_over = { at_most = \"5 hours\" }", done());
    assert_eq!(five, [(own("ethics"), own("ethics"), 2, 1), (own("general"), own("general"), 3, 1)]);
    let ethics =
        yields("carry_over = { at_most = \"10 hours\", from_topic = [\"ethics\"], as_topic = \"general\" }", done());
    assert_eq!(ethics, [(own("ethics"), own("general"), 2, 1)]);
    let one = "carry_over = { at_most = \"10 hours\", topics = [{ topic = \"ethics\", as_topic = \"housing\", at_most = \"1 hour\" }] }";
    assert_eq!(yields(one, done()), [(own("ethics"), own("housing"), 1, 1), (own("general"), own("general"), 7, 1)]);
}

#[test]
fn exactly_enough_and_too_little_yield_nothing() {
    let rule = "carry_over = { at_most = \"10 hours\" }";
    assert_eq!(yields(rule, json!([hours("a", "2022-05-01", "ethics", 6), hours("b", "2022-06-01", "", 14)])), []);
    assert_eq!(yields(rule, json!([hours("b", "2022-06-01", "", 40)])), []);
    assert_eq!(yields("", json!([hours("a", "2022-05-01", "ethics", 40)])), []);
}

#[test]
fn carried_hours_count_in_the_next_term_as_the_topic_they_were_carried_as() {
    let rule = "carry_over = { at_most = \"10 hours\" }";
    let answer = second(
        rule,
        json!([carried("co", "ethics", "ethics", 2, 1)]),
        json!([hours("a", "2024-05-01", "ethics", 4), hours("b", "2024-06-01", "", 14)]),
    );
    assert_eq!(answer.status, Status::Met);
    let general = second(
        rule,
        json!([carried("co", "ethics", "general", 2, 1)]),
        json!([hours("a", "2024-05-01", "ethics", 4), hours("b", "2024-06-01", "", 14)]),
    );
    assert_eq!(
        (general.requirements[0].counted_minutes, general.requirements[0].missing_minutes),
        (Some(1200), Some(120))
    );
    let housing = second(rule, json!([carried("co", "ethics", "housing", 2, 1)]), json!([]));
    let part = housing.requirements[0].requirements.iter().find(|part| part.id == "ce.housing").unwrap();
    assert_eq!(part.counted_minutes, Some(120));
}

#[test]
fn more_than_may_be_carried_does_not_count_and_says_so() {
    let rule = "carry_over = { at_most = \"3 hours\", topics = [{ topic = \"ethics\", at_most = \"1 hour\" }] }";
    let answer = second(
        rule,
        json!([carried("co1", "ethics", "ethics", 2, 1), carried("co2", "general", "general", 5, 1)]),
        json!([]),
    );
    let of = |id: &str| answer.records.iter().find(|record| record.record == id).unwrap();
    assert_eq!((of("co1").minutes, of("co1").not_counted[0].reason), (Some(60), Reason::CapReached));
    assert_eq!((of("co2").minutes, of("co2").not_counted[0].minutes), (Some(120), Some(180)));
}

#[test]
fn of_what_was_carried_the_hours_count_that_are_needed_and_not_the_older_ones() {
    let rule = "carry_over = { at_most = \"6 hours\" }";
    let both = json!([carried("co1", "general", "general", 6, 1), carried("co2", "ethics", "ethics", 6, 1)]);
    let answer = second(rule, both, json!([hours("b", "2024-06-01", "", 14)]));
    assert_eq!(answer.status, Status::Met);
    let of = |id: &str| answer.records.iter().find(|record| record.record == id).unwrap();
    assert_eq!((of("co2").minutes, of("co1").not_counted[0].reason), (Some(360), Reason::CapReached));
}

#[test]
fn carried_hours_are_good_for_the_next_term_only_and_once() {
    let rule = "carry_over = { at_most = \"10 hours\" }";
    let facts = |from: &str, generation: u32| {
        let mut row = carried("co", "general", "general", 5, generation);
        row["from_term"] = json!(from);
        json!({ "credentials": [held(&[FIRST, SECOND, THIRD])], "carry_over": [row] })
    };
    let counted = |rule: &str, from: &str, generation: u32| {
        let answer = ask(&pack(rule), Purpose::Renewal, "2027-12-01", facts(from, generation));
        let found = &answer.records.iter().find(|record| record.record == "co").unwrap();
        (found.minutes.unwrap() / 60, found.not_counted.first().map(|lost| lost.reason))
    };
    assert_eq!(counted(rule, "2024-01-01", 1), (5, None));
    assert_eq!(counted(rule, "2022-01-01", 1), (0, Some(Reason::OutsideWindow)));
    assert_eq!(counted(rule, "2024-01-01", 2), (0, Some(Reason::OutsideWindow)));
    assert_eq!(counted("carry_over = { at_most = \"10 hours\", generations = 2 }", "2024-01-01", 2), (5, None));
}

#[test]
fn what_was_carried_is_used_up_first_and_carried_again_only_where_generations_allow_it() {
    let of_second = |rule: &str, learning: Value| {
        let pack = pack(rule);
        let facts = json!({ "credentials": [held(&[FIRST, SECOND])], "carry_over": [carried("co", "ethics", "ethics", 30, 1)], "learning": learning });
        let record = record(facts);
        let question = Question { as_of: "2025-12-15".parse().unwrap(), purpose: Purpose::Renewal, stage: None };
        let answer = evaluate(&pack.versions[0], &record, &question);
        carry::yielded(&pack.versions[0], &record, &answer)
            .into_iter()
            .map(|row| (row.minutes / 60, row.generation))
            .collect::<Vec<_>>()
    };
    let fresh = || json!([hours("a", "2024-05-01", "ethics", 4)]);
    assert_eq!(of_second("carry_over = { generations = 2 }", fresh()), [(4, 1), (10, 2)]);
    assert_eq!(of_second("carry_over = { generations = 1 }", fresh()), [(4, 1)]);
}

#[test]
fn a_pack_that_carries_nothing_reads_no_carried_hours() {
    let answer = second("", json!([carried("co", "general", "general", 5, 1)]), json!([]));
    let found = answer.records.iter().find(|record| record.record == "co").unwrap();
    assert_eq!(found.outcome, credtrail::rules::evaluation::Outcome::NotRead);
}
