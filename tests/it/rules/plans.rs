//! Plans: what they name suffices, nothing less does, and what runs out is foretold to the day.

use credtrail::packs;
use credtrail::rules::plan::{lines, plan, with_planned};
use credtrail::rules::{Lang, Pack, Purpose, Question, Record, Status, evaluate, status_of};
use serde_json::{Value, json};

use super::small;

fn page() -> Pack {
    let page = include_str!("../../../docs/rules/language.md");
    let text = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    // Attempts count only after an approval there; here nobody has to be approved first.
    let text = &text.replace(", window = \"12 months after application approved\"", "");
    Pack::parse(&[("2024-07-01.toml", text)]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn asked(as_of: &str, purpose: Purpose) -> Question {
    Question { as_of: as_of.parse().unwrap(), purpose, stage: None }
}

fn record(lists: &Value) -> Record {
    let mut whole = json!({ "format": "credtrail.record/1", "person": { "id": "p", "birth_date": "1990-05-01" } });
    for (key, list) in lists.as_object().unwrap() {
        whole[key] = list.clone();
    }
    Record::from_json(&whole.to_string()).unwrap()
}

/// Doing what the plan says, but one minute less of one of its facts.
fn one_minute_less(facts: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for list in ["learning", "service"] {
        for at in 0..facts.get(list).and_then(Value::as_array).map_or(0, Vec::len) {
            let mut less = facts.clone();
            let minutes = less[list][at]["minutes"].as_u64().unwrap();
            if minutes == 1 {
                less[list].as_array_mut().unwrap().remove(at);
            } else {
                less[list][at]["minutes"] = json!(minutes - 1);
            }
            all.push(less);
        }
    }
    all
}

#[test]
fn doing_what_the_plan_says_meets_the_rules_that_day_and_a_minute_less_does_not() {
    let pack = page();
    let record =
        record(&json!({ "learning": [{ "id": "l1", "course": "a", "completed_on": "2025-01-10", "minutes": 1200,
        "topics": ["ethics", "advocacy"], "kind": "basic", "approved": true, "status": "verified" }] }));
    let question = asked("2025-02-01", Purpose::Initial);
    let found = plan(&pack, &record, &question).unwrap();
    assert_eq!(found.status, Status::NotMet);
    let day = found.earliest_date.unwrap_or_else(|| panic!("{found:#?}"));
    // 26 hours of courses at eight hours a day: the fourth day.
    assert_eq!(day.to_string(), "2025-02-04");
    let then = Question { as_of: day, ..question.clone() };
    let version = &pack.versions[0];
    let done = with_planned(&record, &found.facts.to_string()).unwrap();
    assert_eq!(status_of(version, &done, &then), Status::Met);
    let less = one_minute_less(&found.facts);
    assert!(!less.is_empty());
    for facts in less {
        let record = with_planned(&record, &facts.to_string()).unwrap();
        assert_eq!(status_of(version, &record, &then), Status::NotMet, "{facts}");
    }
}

#[test]
fn every_plan_for_a_worked_example_that_names_a_day_holds_on_that_day() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules");
    let (mut named, mut asked) = (0, 0);
    for path in packs::find(root.as_ref()).unwrap() {
        let pack = packs::load(&path).unwrap_or_else(|error| panic!("{error}"));
        for example in pack.examples.iter().step_by(2) {
            let Some(found) = plan(&pack, &example.record, &example.question) else { continue };
            if found.status != Status::NotMet {
                continue;
            }
            asked += 1;
            let Some(day) = found.earliest_date else { continue };
            let version = pack.version(&found.version).unwrap();
            let done = with_planned(&example.record, &found.facts.to_string())
                .unwrap_or_else(|error| panic!("{}: {error:?}", example.name));
            let then = evaluate(version, &done, &Question { as_of: day, ..example.question.clone() });
            assert!(matches!(then.status, Status::Met | Status::Waived), "{}: `{}`", path.display(), example.name);
            named += 1;
        }
    }
    println!("{named} of {asked} plans name a day");
    assert!(named * 3 >= asked, "only {named} of {asked} plans name a day");
}

#[test]
fn an_exam_is_planned_after_the_waiting_time_and_an_age_is_waited_for() {
    let pack = page();
    let trained = json!({ "learning": [{ "id": "l1", "course": "a", "completed_on": "2025-01-10", "minutes": 2760,
        "topics": ["ethics", "advocacy"], "kind": "basic", "approved": true, "status": "verified" }],
        "attestations": [{ "id": "a1", "kind": "lived_experience", "value": "self", "on": "2025-01-10", "by": "self", "status": "verified" }],
        "exams": [{ "id": "x1", "exam": "icrc-pr", "on": "2025-01-20", "outcome": "failed", "score": "480", "scale": "200-800", "official": true }] });
    let found = plan(&pack, &record(&trained), &asked("2025-02-01", Purpose::Initial)).unwrap();
    assert_eq!(found.earliest_date.unwrap().to_string(), "2025-04-20", "{found:#?}");
    let mut young = serde_json::to_value(record(&trained)).unwrap();
    young["person"]["birth_date"] = json!("2007-06-15");
    young["exams"] = json!([]);
    let young = Record::from_json(&young.to_string()).unwrap();
    let found = plan(&pack, &young, &asked("2025-02-01", Purpose::Initial)).unwrap();
    assert_eq!(found.earliest_date.unwrap().to_string(), "2025-06-15", "{found:#?}");
}

#[test]
fn hours_that_leave_the_window_are_foretold_to_the_day() {
    let pack = page();
    let record = record(&json!({ "learning": [
        { "id": "old", "course": "a", "completed_on": "2023-03-02", "minutes": 360, "topics": ["ethics"], "kind": "basic", "approved": true, "status": "verified" },
        { "id": "new", "course": "b", "completed_on": "2025-01-02", "minutes": 600, "topics": ["advocacy"], "kind": "basic", "approved": true, "status": "verified" } ] }));
    let question = asked("2025-02-01", Purpose::Initial);
    let found = plan(&pack, &record, &question).unwrap();
    let first = found.expiring.first().unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(
        (first.on.to_string().as_str(), first.record.as_str(), first.minutes, first.missing_more),
        ("2025-03-03", "old", 360, 360)
    );
    let version = &pack.versions[0];
    let words = |lang| lines(version, &found, lang).join("\n");
    assert!(
        words(Lang::En).contains("6 hours fall out of the window on March 3, 2025: old (Training)."),
        "{}",
        words(Lang::En)
    );
    assert!(
        words(Lang::Es).contains("6 horas dejan de contar el 3 de marzo de 2025: old (Formación)."),
        "{}",
        words(Lang::Es)
    );
    // The day before it still counts; an application fixes the window, and nothing leaves it any more.
    let applied = with_planned(
        &record,
        r#"{"applications":[{"id":"ap","credential":"us-xx-ps","purpose":"initial","received_on":"2025-02-01"}]}"#,
    )
    .unwrap();
    assert_eq!(plan(&pack, &applied, &question).unwrap().expiring, []);
}

#[test]
fn a_plan_that_waits_for_a_decision_names_no_day_and_says_who_decides() {
    let pack = page();
    let question = Question { stage: Some("full".into()), ..asked("2025-02-01", Purpose::Initial) };
    let found = plan(&pack, &record(&json!({})), &question).unwrap();
    assert_eq!(found.earliest_date, None);
    let words = lines(&pack.versions[0], &found, Lang::Es).join("\n");
    assert!(words.contains("Decide otra persona: Revisión del portafolio"), "{words}");
}

#[test]
fn planned_facts_that_are_no_part_of_a_record_are_refused() {
    let record = record(&json!({}));
    for (fragment, says) in [("[]", "not an object"), ("{\"learning\": 3}", "`learning` is no list"), ("{", "EOF")] {
        let error = with_planned(&record, fragment).unwrap_err();
        assert!(error.found.contains(says), "{fragment}: {error:?}");
    }
    let unknown = with_planned(&record, "{\"lerning\": []}").unwrap_err();
    assert!(unknown.found.contains("lerning") || unknown.path.contains("lerning"), "{unknown:?}");
}

#[test]
fn steps_that_wait_for_each_other_are_planned_one_after_the_other() {
    let rules = [
        small::rule("learning", "course", "at_least = \"10 hours\""),
        small::rule("service", "work", "at_least = \"10 hours\"\nwindow = \"after met course\""),
        small::rule("exam", "exam", "exams = [\"e\"]\nwindow = \"after met work\"\nwait = \"30 days\""),
        small::rule(
            "learning",
            "more",
            "at_least = \"8 hours\"\nonly.topic = [\"ethics\"]\nwindow = \"after met exam\"\nshared = true",
        ),
    ]
    .concat();
    let pack = small::pack("", &rules);
    let question = asked("2025-06-01", Purpose::Initial);
    let planned = |record: &Record| {
        let found = plan(&pack, record, &question).unwrap();
        let day = found.earliest_date.unwrap_or_else(|| panic!("{found:#?}"));
        let done = with_planned(record, &found.facts.to_string()).unwrap();
        let then = evaluate(&pack.versions[0], &done, &Question { as_of: day, ..question.clone() });
        assert_eq!(then.status, Status::Met, "{then:#?}");
        day.to_string()
    };
    // Ten hours take two days each; the exam comes on the fifth, the course after it on the sixth.
    assert_eq!(planned(&record(&json!({}))), "2025-06-06");
    // After a failed attempt the exam waits, and what follows waits with it.
    let failed =
        json!({ "exams": [{ "id": "x", "exam": "e", "on": "2025-05-25", "outcome": "failed", "official": true }] });
    assert!(planned(&record(&failed)).as_str() >= "2025-06-06");
}

#[test]
fn hours_that_serve_two_rules_are_planned_once() {
    let rules = [
        small::rule(
            "learning",
            "training",
            "at_least = \"40 hours\"\nonly.kind = [\"basic\"]\n[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"16 hours\"\n\
             [[initial.learning.topic]]\ntopic = \"housing\"\nat_least = \"10 hours\"",
        ),
        small::rule("learning", "course", "at_least = \"30 hours\"\nminimum_size = \"30 hours\"\nonly.kind = [\"basic\"]\nshared = true"),
    ]
    .concat();
    let pack = small::pack("", &rules);
    let planned = |done: Value| {
        let found = plan(&pack, &record(&done), &asked("2025-02-01", Purpose::Initial)).unwrap();
        let minutes = found.facts["learning"].as_array().unwrap().iter().map(|one| one["minutes"].as_u64().unwrap());
        assert!(found.earliest_date.is_some() && found.then == Some(Status::Met), "{found:#?}");
        minutes.sum::<u64>()
    };
    assert_eq!(planned(json!({})), 40 * 60, "the course of 30 hours is a part of the 40");
    let ethics = json!([{ "id": "l1", "completed_on": "2025-01-10", "minutes": 960, "topics": ["ethics"], "kind": "basic", "status": "verified" }]);
    assert_eq!(planned(json!({ "learning": ethics })), 30 * 60, "what is there is too short to be the course");
}

#[test]
fn of_many_hours_that_leave_the_window_the_first_hundred_are_told() {
    let rules = small::rule("learning", "t", "at_least = \"40 hours\"\nwindow = \"12 months before application\"");
    let first: chrono::NaiveDate = "2024-09-01".parse().unwrap();
    let days: Vec<_> = first.iter_days().take(150).collect();
    let hours = days
        .iter()
        .enumerate()
        .map(|(at, day)| small::learning(&format!("l{at:03}"), 10, &json!({ "completed_on": day })));
    let record = record(&json!({ "learning": hours.collect::<Vec<_>>() }));
    let found = plan(&small::pack("", &rules), &record, &asked("2025-02-01", Purpose::Initial)).unwrap();
    let told: Vec<_> = found.expiring.iter().map(|expiry| expiry.on).collect();
    // A day counts through the same day of the next year.
    let gone = days.iter().take(100).map(|day| *day + chrono::Months::new(12) + chrono::Days::new(1));
    assert_eq!(told, gone.collect::<Vec<_>>());
}

#[test]
fn hours_that_may_be_the_same_are_not_told_as_if_they_were_to_be_added_up() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules");
    for (pack, rule, with, minutes, en, es) in [
        (
            "us-md/cprs",
            "core-course",
            "training",
            1800,
            ", 30 of them may be the same as for: ",
            ", 30 de ellas pueden ser las mismas que para: ",
        ),
        (
            "us-de/cprs",
            "harm_reduction",
            "training",
            360,
            ", 6 of them may be the same as for: ",
            ", 6 de ellas pueden ser las mismas que para: ",
        ),
    ] {
        let pack = packs::load(format!("{root}/{pack}").as_ref()).unwrap();
        let found = plan(&pack, &record(&json!({})), &asked("2026-11-22", Purpose::Initial)).unwrap();
        let sharing: Vec<_> = found.steps.iter().filter(|step| !step.same_hours.is_empty()).collect();
        let [step] = &sharing[..] else { panic!("{:#?}", found.steps) };
        let [same] = &step.same_hours[..] else { panic!("{step:#?}") };
        assert_eq!((step.requirement.as_str(), same.requirement.as_str(), same.minutes), (rule, with, minutes));
        assert!(step.text.en.contains(en) && step.text.es.contains(es), "{step:#?}");
    }
    // Ohio asks for the academy beside the forty hours, not inside them.
    let ohio = packs::load(format!("{root}/us-oh/cyps").as_ref()).unwrap();
    let found = plan(&ohio, &record(&json!({})), &asked("2026-11-22", Purpose::Initial)).unwrap();
    assert!(found.steps.iter().all(|step| step.same_hours.is_empty()), "{:#?}", found.steps);
}
