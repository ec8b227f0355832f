//! The answer's earliest day and the plan's: one is what the rules allow, the other what can be done at eight hours a day.

use credtrail::packs;
use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::plan::{Plan, plan};
use credtrail::rules::{Purpose, Question, Record, Status, evaluate};
use serde_json::{Value, json};

use super::small::{learning, pack, record, rule};

/// So much is planned for one day at most.
const MINUTES_A_DAY: u64 = 480;

const LISTS: [&str; 9] = [
    "learning",
    "service",
    "exams",
    "attestations",
    "employment",
    "credentials",
    "events",
    "decisions",
    "applications",
];

/// A record as it is, without the first or the last fact of each list, and with half the minutes.
fn mutations(record: &Record) -> Vec<(String, Record)> {
    let whole = serde_json::to_value(record).unwrap();
    let mut all = vec![("as it is".to_owned(), whole.clone())];
    for list in LISTS {
        let facts = whole.get(list).and_then(Value::as_array).map_or(0, Vec::len);
        for at in 0..facts {
            if at == 0 || at + 1 == facts {
                let mut less = whole.clone();
                less[list].as_array_mut().unwrap().remove(at);
                all.push((format!("without {list} {at}"), less));
            }
        }
    }
    let mut half = whole;
    for list in ["learning", "service"] {
        for fact in half.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let halve = |minutes: &mut Value| *minutes = (minutes.as_u64().unwrap() / 2).into();
            fact.get_mut("minutes").into_iter().for_each(halve);
            let by_topic = fact.get_mut("minutes_by_topic").and_then(Value::as_object_mut);
            by_topic.into_iter().flat_map(|map| map.values_mut()).for_each(halve);
        }
    }
    all.push(("half the minutes".to_owned(), half));
    let read = |(how, record): (String, Value)| Some((how, Record::from_json(&record.to_string()).ok()?));
    all.into_iter().filter_map(read).collect()
}

/// The minutes of all planned facts.
fn planned_minutes(plan: &Plan) -> u64 {
    let facts = ["learning", "service"].into_iter().filter_map(|list| plan.facts.get(list)?.as_array()).flatten();
    facts.filter_map(|fact| fact.get("minutes")?.as_u64()).sum()
}

/// What is wrong between an answer and a plan for the same question.
fn disagreement(answer: &Evaluation, plan: &Plan) -> Option<String> {
    let wrong = match (answer.earliest_date, plan.earliest_date) {
        (None, None) => return None,
        (Some(first), Some(planned)) if first <= planned => return None,
        // The rules would allow it, but not at eight hours a day.
        (Some(_), None) if planned_minutes(plan) > MINUTES_A_DAY => return None,
        (Some(first), Some(planned)) => format!("the plan says {planned}, before {first}"),
        // A plan does first what has to come first, such as applying, and counts what the record says for later days.
        (None, Some(_)) if ["events", "applications"].iter().any(|list| plan.facts.get(list).is_some()) => return None,
        (None, Some(_)) if plan.planned_through.is_some() => return None,
        (Some(first), None) => format!("the plan says none, the answer {first}"),
        (None, Some(planned)) => format!("the plan says {planned}, the answer none"),
    };
    Some(wrong)
}

#[test]
fn the_answer_and_the_plan_agree_whether_a_day_can_be_named_and_the_plan_is_never_earlier() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules");
    let (mut asked, mut named, mut wrong) = (0, 0, Vec::new());
    for path in packs::find(root.as_ref()).unwrap() {
        let pack = packs::load(&path).unwrap_or_else(|error| panic!("{error}"));
        for example in &pack.examples {
            let question = &example.question;
            for (how, record) in mutations(&example.record) {
                let Some(version) = pack.version_for(&record, question.as_of, question.purpose) else { continue };
                let answer = evaluate(version, &record, question);
                if answer.status != Status::NotMet {
                    continue;
                }
                let plan = plan(&pack, &record, question).unwrap();
                asked += 1;
                named += usize::from(plan.earliest_date.is_some());
                let found = disagreement(&answer, &plan);
                wrong.extend(found.map(|wrong| format!("{} `{}` {how}: {wrong}", pack.id, example.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(named * 2 > asked && asked > 3_000, "{named} of {asked} have a day");
}

/// The days of the answer and of the plan on 1 June 2025.
fn days(rules: &str, facts: &Value) -> (Option<String>, Option<String>) {
    let (pack, record) = (pack("", rules), record(facts));
    let question = Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Initial, stage: None };
    let version = pack.version_for(&record, question.as_of, question.purpose).unwrap();
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let plan = plan(&pack, &record, &question).unwrap();
    (text(evaluate(version, &record, &question).earliest_date), text(plan.earliest_date))
}

fn both(day: &str) -> (Option<String>, Option<String>) {
    (Some(day.to_owned()), Some(day.to_owned()))
}

#[test]
fn a_credential_that_others_grant_has_no_day() {
    let rules = rule("credential", "base", "credentials = [\"us-yy-ps\"]");
    assert_eq!(days(&rules, &json!({})), (None, None));
    // Where something can be done instead, that is what is asked for.
    let either = format!(
        "{}[[initial.any_of.credential]]\nid = \"held\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\n\
         credentials = [\"us-yy-ps\"]\n[[initial.any_of.learning]]\nid = \"course\"\nlabel = \"L\"\nlabel_es = \"L\"\n\
         cite = \"s\"\nat_least = \"2 hours\"\n",
        rule("any_of", "basis", "at_least = 1")
    );
    assert_eq!(days(&either, &json!({})), both("2025-06-01"));
}

#[test]
fn no_waiting_makes_the_time_before_a_recorded_application_longer() {
    let rules =
        rule("attestation", "r", "attestation = \"recovery_since\"\nsince_at_least = \"24 months before application\"");
    let told =
        json!({ "id": "a", "kind": "recovery_since", "value": "2023-06-11", "on": "2025-05-01", "status": "verified" });
    assert_eq!(days(&rules, &json!({ "attestations": [told] })), both("2025-06-11"));
    let applied = json!({ "attestations": [told], "applications": [
        { "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-05-20" },
    ] });
    assert_eq!(days(&rules, &applied), (None, None));
}

#[test]
fn work_that_must_lie_far_apart_is_planned_far_apart() {
    let rules = rule("service", "s", "at_least = \"20 hours\"\nspread = { at_least = \"6 months\" }");
    assert_eq!(days(&rules, &json!({})), both("2025-11-30"));
    let work = |day: &str, minutes: u64| json!({ "id": format!("s{day}"), "from": day, "to": day, "minutes": minutes, "kind": "direct", "status": "attested" });
    let begun = json!({ "service": [work("2025-03-10", 60)] });
    assert_eq!(days(&rules, &begun), both("2025-09-09"));
    let enough = json!({ "service": [work("2025-03-10", 600), work("2025-03-11", 600)] });
    assert_eq!(days(&rules, &enough), both("2025-09-09"));
}

#[test]
fn what_is_planned_says_what_the_rule_asks_about_it() {
    let attended = rule("learning", "t", "at_least = \"2 hours\"\nattendance = \"80 %\"");
    assert_eq!(days(&attended, &json!({})), both("2025-06-01"));
    let in_points = rule("learning", "t", "count = 12\ncounted_in = \"point\"");
    let some = json!({ "learning": [{ "id": "a", "completed_on": "2025-01-01", "amount": { "value": "5", "unit": "point" }, "status": "verified" }] });
    assert_eq!(days(&in_points, &some), both("2025-06-01"));
    let floor = "[[initial.learning.floor]]\nid = \"room\"\nlabel = \"L\"\nlabel_es = \"L\"\nof.delivery = [\"in_person\", \"hybrid\"]\nat_least = \"50 %\"\n";
    let in_the_room = rule("learning", "t", &format!("at_least = \"6 hours\"\n{floor}"));
    let far = json!({ "learning": [learning("a", 180, &json!({ "delivery": "self_paced" }))] });
    assert_eq!(days(&in_the_room, &far), both("2025-06-01"));
}

#[test]
fn hours_before_an_application_that_is_still_to_come_are_met_on_the_day_after_them() {
    let rules = rule("service", "s", "at_least = \"20 hours\"\nwindow = \"before application\"");
    let (_, planned) = days(&rules, &json!({}));
    // Eight, eight and four hours, then the application.
    assert_eq!(planned.as_deref(), Some("2025-06-04"));
}

#[test]
fn time_before_an_event_is_planned_with_the_event_itself() {
    let rules = rule(
        "attestation",
        "r",
        "attestation = \"recovery_since\"\nsince_at_least = \"18 months before event training_started\"",
    );
    assert_eq!(days(&rules, &json!({})), both("2025-06-01"));
    let begun = json!({ "events": [{ "id": "e", "kind": "training_started", "on": "2025-03-01" }] });
    assert_eq!(days(&rules, &begun), both("2025-06-01"));
}
