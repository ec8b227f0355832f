//! The largest things a pack and a record can say: added up without an overflow, planned and judged without end.

use credtrail::rules::plan::{plan, with_planned};
use credtrail::rules::{Pack, Purpose, Question, Status};
use serde_json::{Value, json};

use super::small::{ask, pack, part, record, rule, said};

const UNIT: &str = "[unit.big]\nis = \"100000000 minutes\"\n";

fn question() -> Question {
    Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: None }
}

#[test]
fn the_largest_amounts_are_added_up_exactly() {
    let rules = [
        UNIT.to_owned(),
        rule("learning", "t", "at_least = \"1 big\""),
        part("learning.topic", "e", "topics = [\"ethics\"]\nat_least = \"0.5 big\""),
        part("learning.cap", "c", "of.delivery = [\"self_paced\"]\nat_most = \"99 %\""),
        rule("learning", "more", "shared = true\nat_least = \"1 big\""),
    ]
    .concat();
    let vast = |id: &str| {
        json!({ "id": id, "completed_on": "2025-01-01", "status": "verified", "topics": ["ethics"],
        "amount": { "value": "999999999", "unit": "big" } })
    };
    let many: Vec<Value> = (0..40).map(|at| vast(&format!("l{at:02}"))).collect();
    let answer = ask(&rules, &json!({ "learning": many }));
    assert_eq!(answer.status, Status::Met);
    assert_eq!(answer.requirements[0].counted_minutes, Some(40 * u64::from(u32::MAX)));
}

#[test]
fn an_amount_of_more_than_a_lifetime_or_two_is_refused_where_it_stands() {
    let read = |amount: &str| {
        let whole = pack("", &rule("learning", "t", "at_least = \"1 hour\"")).versions[0].written_out();
        let whole = whole.replace("at_least = \"1 hour\"", &format!("at_least = \"{amount}\""));
        Pack::parse(&[("2020-01-01.toml", &whole)]).map_err(|problems| problems[0].to_string())
    };
    assert!(read("1666666.6 hours").is_ok());
    let refused = read("1666667 hours").unwrap_err();
    assert!(refused.contains("`at_least = \"1666667 hours\"`") && refused.contains("100000000 minutes"), "{refused}");
}

#[test]
fn a_plan_that_would_take_longer_than_anybody_looks_ahead_has_no_day() {
    let days = |rules: &str| {
        let pack = pack("", rules);
        let found = plan(&pack, &record(&json!({})), &question()).unwrap();
        let facts = found.facts.as_object().unwrap().values().map(|list| list.as_array().unwrap().len()).sum::<usize>();
        (found.earliest_date, facts <= 2_000)
    };
    assert_eq!(days(&rule("service", "work", "at_least = \"1666666 hours\"")), (None, true));
    assert_eq!(days(&rule("event", "told", "events = [\"hired\"]\ncount = 40000000")), (None, true));
    assert_eq!(days(&rule("attestation", "letters", "attestation = \"reference\"\ncount = 40000000")), (None, true));
    assert_eq!(days(&rule("learning", "courses", "count = 40000000")), (None, true));
}

#[test]
fn facts_of_a_plan_that_are_fed_back_do_not_stand_in_the_way_of_the_next_plan() {
    let pack = pack(
        "",
        &(rule("learning", "a", "at_least = \"2 hours\"\nonly.topic = [\"ethics\"]")
            + &rule("learning", "b", "at_least = \"1 hour\"\nonly.topic = [\"housing\"]")),
    );
    let first = plan(&pack, &record(&json!({})), &question()).unwrap();
    let half = json!({ "learning": [first.facts["learning"][0]] });
    let with_half = with_planned(&record(&json!({})), &half.to_string()).unwrap();
    let second = plan(&pack, &with_half, &question()).unwrap();
    assert!(second.earliest_date.is_some(), "{second:#?}");
    let ids = |facts: &Value| {
        facts["learning"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fact| fact["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (ids(&first.facts), ids(&second.facts)),
        (vec!["planned-1".to_owned(), "planned-2".to_owned()], vec!["planned2-1".to_owned()])
    );
}

#[test]
fn ways_to_choose_branches_in_branches_are_counted_without_trying_them() {
    let leaf = |at: usize| {
        format!(
            "[[initial.any_of.any_of.learning]]\nid = \"l{at}\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\nat_least = \"1 hour\"\n"
        )
    };
    let branch = |at: usize| {
        format!(
            "[[initial.any_of.any_of]]\nid = \"b{at}\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\nat_least = 8\n{}",
            (0..16).map(leaf).collect::<String>()
        )
    };
    let whole = pack("", &rule("age", "age", "at_least = 18")).versions[0].written_out()
        + &rule("any_of", "deep", "at_least = 8")
        + &(0..16).map(branch).collect::<String>();
    let problems = Pack::parse(&[("2020-01-01.toml", &whole)]).unwrap_err();
    assert!(problems.iter().any(|problem| problem.code == "too_many_choices"), "{problems:#?}");
}

#[test]
fn three_thousand_entries_with_clock_times_on_one_day_take_no_longer_than_their_number() {
    let entry = |at: u32| {
        let start = at % 1_439;
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        json!({ "id": format!("s{at:04}"), "from": "2025-01-01", "to": "2025-01-01", "minutes": 1, "kind": "direct",
            "status": "verified", "start": clock(start), "end": clock(start + 1) })
    };
    let entries: Vec<Value> = (0..3_000).map(entry).collect();
    let answer = ask(&rule("service", "work", "at_least = \"24 hours\""), &json!({ "service": entries }));
    // 1,439 minutes are there once, whatever comes again.
    assert_eq!(answer.requirements[0].counted_minutes, Some(1_439));
    assert_eq!(said(&answer, "s0000").0, Some(1));
}
