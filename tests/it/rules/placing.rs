//! Placing, case by case: whole records, one-way overflow, caps that cross or nest, floors, caps beside shared topics.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Reason, Status};
use serde_json::{Value, json};

use super::small::{amounts, ask, ask_on, found, learning, part, rule, said, work};

fn topic(topic: &str, keys: &str) -> String {
    format!("[[initial.learning.topic]]\ntopic = \"{topic}\"\n{keys}\n")
}

fn cap(id: &str, keys: &str) -> String {
    part("learning.cap", id, keys)
}

fn records(list: Vec<Value>) -> Value {
    json!({ "learning": list })
}

fn of(id: &str, minutes: u64, topics: &[&str], delivery: &str) -> Value {
    learning(id, minutes, &json!({ "topics": topics, "delivery": delivery }))
}

fn missing(answer: &Evaluation, id: &str) -> u64 {
    found(answer, id).missing_minutes.unwrap()
}

#[test]
fn a_record_that_stays_whole_serves_one_topic_and_the_choice_is_the_best_one() {
    let parts = format!("{}{}", topic("ethics", "at_least = \"2 hours\""), topic("housing", "at_least = \"3 hours\""));
    let with = |whole: bool| {
        let rules = rule("learning", "t", &format!("at_least = \"5 hours\"\nwhole = {whole}\n{parts}"));
        let both = &["ethics", "housing"];
        let list =
            vec![of("a", 150, both, "in_person"), of("b", 120, both, "in_person"), of("c", 30, both, "in_person")];
        ask(&rules, &records(list))
    };
    assert_eq!((with(false).status, with(true).status), (Status::Met, Status::Met));
    let placed =
        |id: &str| found(&with(true), id).placed.iter().map(|placed| placed.record.clone()).collect::<Vec<_>>();
    assert_eq!((placed("t.ethics"), placed("t.housing")), (vec!["b".to_owned()], vec!["a".to_owned(), "c".to_owned()]));
}

#[test]
fn one_large_record_that_stays_whole_leaves_the_other_topic_open() {
    let parts = format!("{}{}", topic("ethics", "at_least = \"2 hours\""), topic("housing", "at_least = \"2 hours\""));
    let list = || records(vec![of("a", 240, &["ethics", "housing"], "in_person")]);
    let with = |whole: bool| {
        ask(&rule("learning", "t", &format!("at_least = \"4 hours\"\nwhole = {whole}\n{parts}")), &list())
    };
    assert_eq!((with(false).status, missing(&with(false), "t")), (Status::Met, 0));
    // Four hours lie in one topic; the other still needs its two.
    assert_eq!((with(true).status, missing(&with(true), "t")), (Status::NotMet, 120));
    assert_eq!(found(&with(true), "t").counted_minutes, Some(240));
}

#[test]
fn surplus_ethics_fills_the_general_hours_and_never_the_reverse() {
    let rules =
        rule("learning", "t", &format!("at_least = \"10 hours\"\n{}", topic("ethics", "at_least = \"4 hours\"")));
    let much_ethics = ask(&rules, &records(vec![of("a", 600, &["ethics"], "in_person")]));
    assert_eq!(much_ethics.status, Status::Met);
    let little =
        ask(&rules, &records(vec![of("a", 180, &["ethics"], "in_person"), of("b", 600, &["housing"], "in_person")]));
    assert_eq!((little.status, missing(&little, "t.ethics")), (Status::NotMet, 60));
    let refused = rules.replace("at_least = \"4 hours\"", "at_least = \"4 hours\"\nsurplus = \"refused\"");
    let answer = ask(&refused, &records(vec![of("a", 600, &["ethics"], "in_person")]));
    assert_eq!((answer.status, said(&answer, "a")), (Status::NotMet, (Some(240), vec![(Some(360), Reason::Surplus)])));
}

#[test]
fn an_exact_partition_leaves_no_slack() {
    let parts: String = [("ethics", 2), ("housing", 2), ("advocacy", 2)]
        .iter()
        .map(|(name, hours)| topic(name, &format!("at_least = \"{hours} hours\"\nat_most = \"{hours} hours\"")))
        .collect();
    let rules = rule("learning", "t", &format!("at_least = \"6 hours\"\n{parts}"));
    let list = |last: u64| {
        records(vec![
            of("a", 180, &["ethics", "housing"], "in_person"),
            of("b", 90, &["housing", "advocacy"], "in_person"),
            of("c", last, &["advocacy"], "in_person"),
        ])
    };
    assert_eq!(ask(&rules, &list(90)).status, Status::Met);
    let short = ask(&rules, &list(89));
    assert_eq!((short.status, missing(&short, "t")), (Status::NotMet, 1));
    let over = ask(&rules, &list(200));
    assert_eq!((over.status, said(&over, "c")), (Status::Met, (Some(90), vec![(Some(110), Reason::CapReached)])));
}

#[test]
fn an_elective_bucket_has_a_maximum() {
    let rules =
        rule("learning", "t", &format!("at_least = \"10 hours\"\n{}", topic("housing", "at_most = \"3 hours\"")));
    let answer =
        ask(&rules, &records(vec![of("a", 420, &["ethics"], "in_person"), of("b", 240, &["housing"], "in_person")]));
    assert_eq!((answer.status, said(&answer, "b")), (Status::Met, (Some(180), vec![(Some(60), Reason::CapReached)])));
}

#[test]
fn caps_that_cross_are_used_in_the_best_way() {
    let rules = rule(
        "learning",
        "t",
        &format!(
            "at_least = \"10 hours\"\n{}{}",
            cap("paced", "of.delivery = [\"self_paced\"]\nat_most = \"4 hours\""),
            cap("school", "of.source = [\"school\"]\nat_most = \"4 hours\"")
        ),
    );
    let course =
        |id: &str, delivery: &str, source: &str| learning(id, 240, &json!({ "delivery": delivery, "source": source }));
    // The oldest one is under both limits: taking it would leave no room for the two others.
    let list =
        vec![course("a", "self_paced", "school"), course("b", "self_paced", "x"), course("c", "live_online", "school")];
    let answer = ask(&rules, &records(list));
    assert_eq!((missing(&answer, "t"), found(&answer, "t").counted_minutes), (120, Some(480)));
    assert_eq!(said(&answer, "a"), (Some(0), vec![(Some(240), Reason::CapReached)]));
}

#[test]
fn a_cap_inside_a_cap_speaks_of_part_of_it() {
    let inner = "[[initial.learning.cap.cap]]\nid = \"reading\"\nlabel = \"L\"\nlabel_es = \"L\"\nof.source = [\"magazine\"]\nat_most = \"1 hour\"\n";
    let outer = cap("paced", "of.delivery = [\"self_paced\", \"reading\"]\nat_most = \"3 hours\"");
    let rules = rule("learning", "t", &format!("at_least = \"10 hours\"\n{outer}{inner}"));
    let course =
        |id: &str, delivery: &str, source: &str| learning(id, 120, &json!({ "delivery": delivery, "source": source }));
    let list = vec![
        course("a", "reading", "magazine"),
        course("b", "self_paced", "x"),
        course("c", "live_online", "magazine"),
    ];
    let answer = ask(&rules, &records(list));
    assert_eq!((said(&answer, "a").0, said(&answer, "b").0, said(&answer, "c").0), (Some(60), Some(120), Some(120)));
    let caps: Vec<_> = found(&answer, "t").caps.iter().map(|cap| (cap.id.as_str(), cap.used_minutes)).collect();
    assert_eq!(caps, [("paced", 180), ("reading", 60)]);
}

#[test]
fn a_cap_of_one_rule_does_not_hold_hours_back_from_another() {
    let rules = format!(
        "{}{}",
        rule(
            "learning",
            "a",
            &format!(
                "at_least = \"2 hours\"\n{}",
                cap("paced", "of.delivery = [\"self_paced\"]\nat_most = \"1 hour\"")
            )
        ),
        rule("learning", "b", "at_least = \"2 hours\"")
    );
    let answer = ask(&rules, &records(vec![of("x", 180, &[], "self_paced"), of("y", 60, &[], "in_person")]));
    assert_eq!((answer.status, missing(&answer, "a"), missing(&answer, "b")), (Status::Met, 0, 0));
    assert_eq!(found(&answer, "a").caps[0].used_minutes, 60);
}

#[test]
fn at_least_half_face_to_face_is_half_of_what_counts() {
    let floor = part("learning.floor", "live", "of.delivery = [\"in_person\"]\nat_least = \"50 %\"");
    let rules = rule("learning", "t", &format!("at_least = \"10 hours\"\n{floor}"));
    let with =
        |live: u64| ask(&rules, &records(vec![of("a", 600, &[], "self_paced"), of("b", live, &[], "in_person")]));
    assert_eq!((with(300).status, missing(&with(300), "t")), (Status::Met, 0));
    // One minute less, and one minute of the rest no longer counts either: two are missing, but one more live minute brings both.
    let short = with(299);
    assert_eq!(
        (short.status, found(&short, "t").counted_minutes, missing(&short, "t")),
        (Status::NotMet, Some(598), 1)
    );
    assert_eq!(found(&with(300), "t").caps[0].limit_minutes, 300);
}

#[test]
fn a_floor_in_hours_leaves_the_rest_of_the_need_to_anything() {
    let floor =
        part("learning.floor", "live", "of.delivery = [\"in_person\", \"live_online\"]\nat_least = \"6 hours\"");
    let rules = rule("learning", "t", &format!("at_least = \"10 hours\"\n{floor}"));
    let with =
        |live: u64| ask(&rules, &records(vec![of("a", 600, &[], "self_paced"), of("b", live, &[], "live_online")]));
    assert_eq!((with(360).status, with(359).status, missing(&with(359), "t")), (Status::Met, Status::NotMet, 1));
}

#[test]
fn hours_above_the_need_serve_a_floor_in_hours() {
    let floor = |amount: &str| {
        part("learning.floor", "live", &format!("of.delivery = [\"in_person\"]\nat_least = \"{amount}\""))
    };
    let ethics = topic("ethics", "at_least = \"5 hours\"");
    for amount in ["6 hours", "60 % of the need"] {
        let rules = rule("learning", "t", &format!("at_least = \"10 hours\"\n{ethics}{}", floor(amount)));
        let with = |live: u64| {
            ask(&rules, &records(vec![of("a", live, &[], "in_person"), of("b", 300, &["ethics"], "self_paced")]))
        };
        let (met, short) = (with(600), with(300));
        assert_eq!((met.status, missing(&met, "t"), found(&met, "t").counted_minutes), (Status::Met, 0, Some(900)));
        // An hour of any topic would do, but it has to be face to face.
        assert_eq!((short.status, missing(&short, "t"), missing(&short, "t.ethics")), (Status::NotMet, 60, 0));
        assert_eq!((found(&short, "t").caps[0].limit_minutes, found(&short, "t").caps[0].used_minutes), (300, 300));
    }
}

#[test]
fn a_floor_beside_a_share_uses_no_more_of_the_rest_than_it_leaves() {
    let floor = part("learning.floor", "live", "of.delivery = [\"in_person\"]\nat_least = \"4 minutes\"");
    let school = cap("school", "of.source = [\"school\"]\nat_most = \"40 %\"");
    let parts = format!("{}{school}{floor}", topic("housing", "at_least = \"2 minutes\""));
    let rules = rule("learning", "t", &format!("at_least = \"4 minutes\"\n{parts}"));
    let taught = learning("b", 2, &json!({ "delivery": "in_person", "source": "school" }));
    let answer = ask(&rules, &records(vec![of("a", 1, &[], "self_paced"), taught]));
    // The two minutes of a school count as soon as there are two more.
    assert_eq!((missing(&answer, "t"), found(&answer, "t").counted_minutes), (2, Some(1)));
    assert!(found(&answer, "t").caps.iter().all(|cap| cap.used_minutes <= cap.limit_minutes));
}

#[test]
fn caps_hold_beside_topics_that_share_minutes() {
    let rules = rule(
        "learning",
        "t",
        &format!(
            "at_least = \"4 hours\"\ntopics = \"shared\"\n{}{}{}",
            topic("ethics", "at_least = \"2 hours\""),
            topic("housing", "at_least = \"2 hours\""),
            cap("paced", "of.delivery = [\"self_paced\"]\nat_most = \"2 hours\"")
        ),
    );
    let list = vec![
        of("a", 120, &["advocacy"], "self_paced"),
        of("b", 120, &["ethics", "housing"], "self_paced"),
        of("c", 120, &["advocacy"], "in_person"),
    ];
    // The older self-paced course feeds no topic; the limit is better used for the younger one.
    let answer = ask(&rules, &records(list));
    assert_eq!(
        (answer.status, amounts(&answer, "t.ethics"), amounts(&answer, "t.housing")),
        (Status::Met, ("2", "2"), ("2", "2"))
    );
    assert_eq!(
        (found(&answer, "t").counted_minutes, said(&answer, "a")),
        (Some(240), (Some(0), vec![(Some(120), Reason::CapReached)]))
    );
}

#[test]
fn two_of_three_branches_share_hours_in_the_best_way() {
    let branch = |id: &str, of: &str, hours: u64| {
        format!(
            "[[initial.any_of.learning]]\nid = \"{id}\"\nlabel = \"L\"\nlabel_es = \"L\"\nat_least = \"{hours} hours\"\nonly.topic = [{of}]\n"
        )
    };
    let rules = format!(
        "{}{}{}{}",
        rule("any_of", "two", "at_least = 2"),
        branch("x", "\"ethics\", \"housing\"", 2),
        branch("y", "\"ethics\"", 2),
        branch("z", "\"housing\"", 2)
    );
    let answer =
        ask(&rules, &records(vec![of("a", 120, &["ethics"], "in_person"), of("b", 120, &["housing"], "in_person")]));
    assert_eq!((answer.status, found(&answer, "two").status), (Status::Met, Status::Met));
    let counted: u64 = answer.records.iter().filter_map(|record| record.minutes).sum();
    assert_eq!(counted, 240, "no hour counts twice");
}

#[test]
fn rounding_by_topic_is_asked_of_each_topic_and_of_their_sum() {
    let rules = rule(
        "learning",
        "t",
        &format!(
            "at_least = \"4 hours\"\nrounding = {{ step = \"1 hour\", mode = \"floor\", scope = \"per topic\" }}\n{}{}",
            topic("ethics", "at_least = \"2 hours\""),
            topic("housing", "at_least = \"2 hours\"")
        ),
    );
    let with = |flexible: u64| {
        let list = vec![
            of("a", 110, &["ethics"], "in_person"),
            of("b", 100, &["housing"], "in_person"),
            of("c", flexible, &["ethics", "housing"], "in_person"),
        ];
        ask_on("2025-06-01", "hour = \"60 minutes\"\n", &rules, &records(list))
    };
    assert_eq!((with(30).status, with(29).status, missing(&with(29), "t")), (Status::Met, Status::NotMet, 1));
}

#[test]
fn a_weekly_limit_cuts_where_it_matters_less() {
    let entry = |id: &str, day: &str, minutes: u64, kind: &str| json!({ "id": id, "from": day, "to": day, "minutes": minutes, "kind": kind, "status": "attested" });
    let rules = rule(
        "service",
        "s",
        "at_least = \"10 hours\"\nper_week = \"10 hours\"\n[[initial.service.part]]\nid = \"alone\"\nlabel = \"L\"\nlabel_es = \"L\"\nof.kind = [\"supervision_individual\"]\nat_least = \"2 hours\"",
    );
    let week = |supervision: u64| json!({ "service": [entry("a", "2025-05-05", 600, "direct"), entry("b", "2025-05-09", supervision, "supervision_individual")] });
    let answer = ask(&rules, &week(120));
    assert_eq!((answer.status, found(&answer, "s").counted.as_deref()), (credtrail::rules::Status::Met, Some("10")));
    assert_eq!(said(&answer, "a"), (Some(480), vec![(Some(120), Reason::CapReached)]));
    assert_eq!(said(&answer, "b"), (Some(120), vec![]));
    // Where it changes nothing, older entries are the ones that count.
    let short = ask(&rules.replace("at_least = \"2 hours\"", "at_most = \"2 hours\""), &week(120));
    assert_eq!(said(&short, "a"), (Some(600), vec![]));
}

#[test]
fn an_independent_minimum_lies_beside_the_total_and_does_not_feed_it() {
    let topic = |name: &str, more: &str| {
        format!("[[initial.learning.topic]]\ntopic = \"{name}\"\nat_least = \"10 hours\"\n{more}")
    };
    let parts = topic("housing", "") + &topic("ethics", "independent = true\n");
    let rules = rule("learning", "t", &format!("at_least = \"16 hours\"\n{parts}"));
    let list = |topics: &[&str]| -> Value {
        let one = |topic: &&str| learning(topic, 600, &json!({ "topics": [topic] }));
        json!({ "learning": topics.iter().map(one).collect::<Vec<_>>() })
    };
    let both = ask(&rules, &list(&["housing", "ethics"]));
    assert_eq!((amounts(&both, "t"), found(&both, "t").missing.as_deref()), (("10", "16"), Some("6")));
    assert_eq!(amounts(&both, "t.ethics"), ("10", "10"));
    let beside = ask(&rules, &list(&["housing", "advocacy"]));
    assert_eq!((amounts(&beside, "t"), found(&beside, "t").missing.as_deref()), (("20", "16"), Some("10")));
    assert_eq!(found(&beside, "t.ethics").missing.as_deref(), Some("10"));
}

/// Service in a part `outer` with a part `inner` in it.
fn nested(total: u64, outer: &str) -> String {
    rule("service", "s", &format!("at_least = \"{total} minutes\""))
        + &part("service.part", "outer", &format!("of.domain = [\"yes\"]\n{outer}"))
        + &part("service.part.part", "inner", "of.setting = [\"yes\"]\nat_least = \"2 minutes\"")
}

#[test]
fn what_is_needed_inside_a_limited_part_keeps_its_room_there() {
    // The outer part takes two minutes, and both belong to the inner one: two others of it can never count.
    let mut others = work("a", "2025-03-03", "2025-03-03", 2);
    others["domain"] = json!("yes");
    let answer = ask(&nested(4, "at_least = \"2 minutes\"\nat_most = \"2 minutes\""), &json!({ "service": [others] }));
    assert_eq!(found(&answer, "s").missing_minutes, Some(4));
    assert_eq!(said(&answer, "a"), (Some(0), vec![(Some(2), Reason::CapReached)]));
}

#[test]
fn what_is_needed_inside_a_part_without_a_minimum_feeds_the_total() {
    let answer = ask(&nested(3, "at_most = \"5 minutes\""), &json!({}));
    assert_eq!(found(&answer, "s").missing_minutes, Some(3));
}
