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
        for example in pack.examples.iter() {
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
    assert!(words(Lang::En).contains("On March 3, 2025, 6 hours become too old to count: a."), "{}", words(Lang::En));
    assert!(
        words(Lang::Es).contains("El 3 de marzo de 2025, 6 horas dejan de contar por antiguas: a."),
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
    let says = "Todavía no podemos indicar un día: «Revisión del portafolio» depende de una decisión de la junta.";
    assert!(words.contains(says), "{words}");
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

/// Packs and stages whose first certificate no doing brings about: what a newcomer with an empty record waits for there.
const WITHOUT_A_DAY: [(&str, &str, &str); 24] = [
    ("ca/psc", "provisional", "a decision"),
    ("ca/psc", "full", "a decision"),
    ("sg/pss", "certified", "a decision"),
    ("us/ccar-rcp", "certified", "a decision"),
    ("us/mha-ncps-2024", "certified", "an application that is approved"),
    ("us/va-federal-ps", "specialist", "another certificate"),
    ("us-ar/apr", "certified", "another certificate"),
    ("us-ar/pr", "certified", "the stage before"),
    ("us-ar/prps", "certified", "another certificate"),
    ("us-ca/mcpss", "certified", "an application that is approved"),
    ("us-dc/cps", "certified", "a decision"),
    ("us-de/cprs", "certified", "an application that is approved"),
    ("us-ga/cps", "certified", "a decision"),
    ("us-ks/cps", "certified", "the stage before"),
    ("us-me/cipss", "full", "the stage before"),
    ("us-mi/cpss", "certified", "an application that is approved"),
    ("us-ny/crpa-f", "certified", "another certificate"),
    ("us-oh/cyps", "certified", "an age that is past"),
    ("us-ok/prss", "certified", "an application that is approved"),
    ("us-pa/crs", "certified", "an application that is approved"),
    ("us-pa/crss", "certified", "a decision"),
    ("us-tx/peer", "full", "the stage before"),
    ("us-va/rprs", "registered", "another certificate"),
    ("us-wa/cpss", "certified", "the stage before"),
];

#[test]
fn every_pack_names_a_newcomers_day_but_where_somebody_else_gives_something_first() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let (mut without, mut named) = (Vec::new(), 0);
    for path in packs::find(root).unwrap() {
        let pack = packs::load(&path).unwrap_or_else(|error| panic!("{error}"));
        let folder = path.strip_prefix(root).unwrap().display().to_string();
        let version = pack.versions.last().unwrap();
        for stage in &version.stages {
            let question = Question { stage: Some(stage.id.clone()), ..asked("2026-11-22", Purpose::Initial) };
            let newcomer = record(&json!({}));
            let Some(found) = plan(&pack, &newcomer, &question) else { continue };
            let Some(day) = found.earliest_date else {
                assert!(found.status == Status::NotApplicable || !found.waits_for.is_empty(), "{folder} {}", stage.id);
                without.push((folder.clone(), stage.id.clone()));
                continue;
            };
            let done = with_planned(&newcomer, &found.facts.to_string()).unwrap();
            let asked = Question { as_of: day, ..question.clone() };
            let then = status_of(pack.version(&found.version).unwrap(), &done, &asked);
            assert!(matches!(then, Status::Met | Status::Waived), "{folder} {}: {then:?}", stage.id);
            named += 1;
        }
    }
    let mut expected: Vec<_> =
        WITHOUT_A_DAY.iter().map(|(pack, stage, _)| ((*pack).to_owned(), (*stage).to_owned())).collect();
    without.sort();
    expected.sort();
    assert_eq!(without, expected);
    assert!(named > 60, "{named}");
}

#[test]
fn a_floor_is_planned_with_hours_of_its_own_sort() {
    let rules = small::rule(
        "learning",
        "t",
        "at_least = \"10 hours\"\n[[initial.learning.floor]]\nid = \"f\"\nlabel = \"F\"\nlabel_es = \"F\"\nat_least = \"60 %\"\n\
         of.delivery = [\"in_person\"]",
    );
    let pack = small::pack("", &rules);
    let question = asked("2025-02-01", Purpose::Initial);
    let found = plan(&pack, &record(&json!({})), &question).unwrap();
    assert_eq!(found.then, Some(Status::Met), "{found:#?}");
    assert_eq!(found.facts["learning"][0]["delivery"], json!("in_person"));
    // What was done live online counts up to its share; the rest is in person.
    let online = json!([{ "id": "l1", "completed_on": "2025-01-10", "minutes": 600, "delivery": "live_online", "kind": "basic", "status": "verified" }]);
    let found = plan(&pack, &record(&json!({ "learning": online })), &question).unwrap();
    assert_eq!((found.steps[0].minutes, found.then), (Some(360), Some(Status::Met)), "{found:#?}");
}

#[test]
fn an_event_comes_before_what_waits_for_it_and_after_what_has_to_lie_before_it() {
    let rules = [
        small::rule("learning", "first", "at_least = \"16 hours\"\nwindow = \"before event training_started\""),
        small::rule("service", "work", "at_least = \"8 hours\"\nwindow = \"since event training_started\""),
        small::rule("exam", "exam", "exams = [\"e\"]\nwindow = \"at least 14 days after application\""),
    ]
    .concat();
    let pack = small::pack("", &rules);
    let question = asked("2025-06-01", Purpose::Initial);
    let found = plan(&pack, &record(&json!({})), &question).unwrap();
    assert_eq!(found.then, Some(Status::Met), "{found:#?}");
    assert_eq!(found.facts["events"][0]["on"], json!("2025-06-03"), "two days of eight hours come before it");
    assert_eq!(found.earliest_date.unwrap().to_string(), "2025-06-15", "two weeks after applying on the first day");
    let words = |lang| lines(&pack.versions[0], &found, lang).join("\n");
    assert!(words(Lang::En).contains("This has to come first: the start of the training"), "{}", words(Lang::En));
    assert!(words(Lang::Es).contains("Antes, presente la solicitud"), "{}", words(Lang::Es));
}

#[test]
fn a_rate_is_planned_week_after_week() {
    let rules =
        small::rule("service", "work", "rate = { each = \"week\", at_least = \"10 hours\", for = \"8 weeks\" }");
    let pack = small::pack("", &rules);
    let found = plan(&pack, &record(&json!({})), &asked("2025-06-01", Purpose::Initial)).unwrap();
    assert_eq!(found.then, Some(Status::Met), "{found:#?}");
    assert_eq!(found.facts["service"].as_array().unwrap().len(), 16, "eight hours and two, in each of eight weeks");
}

#[test]
fn what_is_planned_for_later_counts_as_planned() {
    let pack = small::pack("", &small::rule("learning", "t", "at_least = \"10 hours\""));
    let question = asked("2025-06-01", Purpose::Initial);
    let course = |minutes: u64| small::learning("l1", minutes, &json!({ "completed_on": "2025-07-01" }));
    let found = plan(&pack, &record(&json!({ "learning": [course(600)] })), &question).unwrap();
    assert_eq!((found.earliest_date.unwrap().to_string().as_str(), &found.facts), ("2025-07-01", &json!({})));
    let found = plan(&pack, &record(&json!({ "learning": [course(360)] })), &question).unwrap();
    assert_eq!(found.steps[0].minutes, Some(240), "{found:#?}");
    let words = lines(&pack.versions[0], &found, Lang::En).join("\n");
    assert!(words.contains("What is planned through July 1, 2025 is counted."), "{words}");
}

#[test]
fn hours_too_old_by_a_birthday_are_planned_again() {
    let rules = [
        small::rule("learning", "t", "at_least = \"10 hours\"\nwindow = \"12 months before application\""),
        small::rule("age", "age", "at_least = 18"),
    ]
    .concat();
    let pack = small::pack("", &rules);
    let mut young = serde_json::to_value(record(
        &json!({ "learning": [small::learning("l1", 600, &json!({ "completed_on": "2023-07-10" }))] }),
    ))
    .unwrap();
    young["person"]["birth_date"] = json!("2006-08-15");
    let young = Record::from_json(&young.to_string()).unwrap();
    let found = plan(&pack, &young, &asked("2024-06-01", Purpose::Initial)).unwrap();
    assert_eq!(found.earliest_date.unwrap().to_string(), "2024-08-15", "{found:#?}");
    assert_eq!(found.facts["learning"][0]["minutes"], json!(600));
    let words = lines(&pack.versions[0], &found, Lang::En).join("\n");
    assert!(words.contains("By August 15, 2024, some of it is too old to count and has to be done again"), "{words}");
}

#[test]
fn an_application_that_closed_a_window_is_named_and_nobody_is_said_to_decide() {
    let pack =
        small::pack("", &small::rule("learning", "t", "at_least = \"10 hours\"\nwindow = \"before application\""));
    let applied = json!({ "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-05-01" }] });
    let found = plan(&pack, &record(&applied), &asked("2025-06-01", Purpose::Initial)).unwrap();
    assert_eq!(found.earliest_date, None);
    let words = |lang| lines(&pack.versions[0], &found, lang).join("\n");
    let (en, es) = (words(Lang::En), words(Lang::Es));
    assert!(en.contains("These hours had to be done before you applied on May 1, 2025. Ask the board"), "{en}");
    assert!(es.contains("Estas horas tenían que hacerse antes de su solicitud del 1 de mayo de 2025."), "{es}");
}

#[test]
fn a_step_names_the_topics_of_the_hours_that_are_left() {
    let rules = small::rule(
        "learning",
        "t",
        "at_least = \"20 hours\"\n[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"4 hours\"",
    );
    let pack = small::pack("", &rules);
    let found = plan(&pack, &record(&json!({})), &asked("2025-02-01", Purpose::Initial)).unwrap();
    assert!(found.steps[0].text.en.ends_with(", 4 of them ethics"), "{:?}", found.steps);
    let now = evaluate(&pack.versions[0], &record(&json!({})), &asked("2025-02-01", Purpose::Initial));
    assert!(now.next[0].text.ends_with(", 4 of them ethics"), "{:?}", now.next);
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

#[test]
fn hours_that_count_from_a_later_day_on_are_planned_for_that_day() {
    let later = "window = \"since 2025-09-01\"";
    let topic = format!("[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"1 hour\"\n{later}");
    for (what, keys) in [("learning", later), ("service", later), ("learning", topic.as_str())] {
        let pack = small::pack("", &small::rule(what, "a", &format!("at_least = \"2 hours\"\n{keys}")));
        let found = plan(&pack, &record(&json!({})), &asked("2025-02-01", Purpose::Initial)).unwrap();
        assert_eq!(found.earliest_date, Some("2025-09-01".parse().unwrap()), "{what}: {found:#?}");
    }
}

#[test]
fn a_plan_asks_for_so_much_that_rounding_leaves_enough() {
    for (mode, least) in [("floor", 30), ("nearest", 15), ("ceil", 1)] {
        let keys = format!(
            "at_least = \"67 minutes\"\nrounding = {{ step = \"30 minutes\", mode = \"{mode}\", scope = \"per activity\" }}"
        );
        let pack = small::pack("", &small::rule("learning", "a", &keys));
        let done = record(&json!({ "learning": [small::learning("l", 60, &json!({}))] }));
        let found = plan(&pack, &done, &asked("2025-02-01", Purpose::Initial)).unwrap();
        assert_eq!(found.facts["learning"][0]["minutes"], least, "{mode}");
        assert_eq!(found.earliest_date, Some("2025-02-01".parse().unwrap()), "{mode}");
    }
}

#[test]
fn without_a_birth_date_a_plan_says_that_it_waits_for_it() {
    let rules = super::small::rule("age", "a", "at_least = 18")
        + &super::small::rule("learning", "t", "at_least = \"2 hours\"");
    let pack = super::small::pack("", &rules);
    let mut nobody = record(&json!({}));
    nobody.person.birth_date = None;
    let found = plan(&pack, &nobody, &asked("2025-06-01", Purpose::Initial)).unwrap();
    let said: Vec<&str> = found.waits_for.iter().map(|wait| wait.text.en.as_str()).collect();
    assert_eq!((found.earliest_date, said), (None, vec!["We cannot name a day yet: “L” depends on your birth date."]));
    // Nor does the answer name one: nobody knows how old the person is.
    let answer = evaluate(&pack.versions[0], &nobody, &asked("2025-06-01", Purpose::Initial));
    assert_eq!(answer.earliest_date, None);
}
