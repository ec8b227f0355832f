//! What sums do not decide is left to the whole evaluator: shape by shape.

use std::collections::BTreeMap;
use std::path::Path;

use credtrail::packs;
use credtrail::rules::bulk::{Classes, Judge, Program, Roll};
use credtrail::rules::{Pack, Purpose, Question, Record, Status, status_of};
use serde_json::{Value, json};

fn pack(rules: &str) -> Pack {
    let text = format!(
        "credential = \"us-xx-ps\"\nname = \"N\"\nname_es = \"N\"\nboard = \"B\"\ntime_zone = \"UTC\"\n\
         in_force = {{ from = 2020-01-01 }}\nverified = false\nhour = \"60 minutes\"\napplies_by = [\"application\"]\n\
         [source.s]\ntitle = \"S\"\nurl = \"https://example.org\"\nread_on = 2026-11-20\n\
         [topic.alpha]\nlabel = \"alpha\"\nlabel_es = \"alpha\"\n[topic.beta]\nlabel = \"beta\"\nlabel_es = \"beta\"\n\
         [[stage]]\nid = \"full\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n{rules}"
    );
    Pack::parse(&[("2020-01-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

fn rule(sort: &str, text: &str) -> String {
    format!("[[{sort}]]\nid = \"r\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\n{text}")
}

fn record(more: &Value) -> Record {
    let mut record = json!({ "format": "credtrail.record/1", "person": { "id": "p" } });
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Record::from_json(&record.to_string()).unwrap()
}

fn learning(id: &str, minutes: u32, topics: &[&str], delivery: &str) -> Value {
    json!({
        "id": id, "completed_on": "2025-05-05", "minutes": minutes, "topics": topics, "delivery": delivery,
        "kind": "basic", "status": "verified",
    })
}

/// Both answers: the fast one, which there may not be, and the whole evaluator's.
fn both(pack: &Pack, purpose: Purpose, record: &Record) -> (Option<Status>, Status) {
    let version = &pack.versions[0];
    let question = Question { as_of: "2025-06-30".parse().unwrap(), purpose, stage: None };
    let program = Program::of(version, purpose).unwrap();
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    roll.take(&program, &mut classes, record, question.as_of);
    (Judge::new(&program).status(&roll, 0, &classes), status_of(version, record, &question))
}

#[test]
fn shapes_that_sums_do_not_decide_are_refused_by_name() {
    let shapes = [
        ("initial.learning", "at_least = \"2 hours\"\nwhole = true\n", "records that stay whole"),
        ("initial.service", "at_least = \"2 hours\"\nrhythm = { each = \"month\", at_least = 1 }\n", "a pace"),
        ("initial.service", "at_least = \"2 hours\"\nspread = { at_least = \"6 months\" }\n", "a pace"),
        (
            "initial.service",
            "at_least = \"20 hours\"\nrate = { each = \"week\", at_least = \"10 hours\", for = \"90 days\" }\n",
            "a pace",
        ),
        ("initial.learning", "count = 2\ncounted_in = \"credit\"\n", "a number of units"),
        (
            "initial.learning",
            "at_least = \"2 hours\"\nrepeats = \"refused\"\nrepeats_within = \"3 years\"\n",
            "repeats",
        ),
        ("initial.learning", "at_least = \"2 hours\"\nrepeats = \"half\"\n", "repeats"),
        ("initial.service", "at_least = \"2 hours\"\nper_week = \"40 hours\"\n", "a limit by week or month"),
        ("initial.service", "at_least = \"2 hours\"\nper_month = \"40 hours\"\n", "a limit by week or month"),
        (
            "initial.learning",
            "at_least = \"2 hours\"\nrounding = { step = \"1 hour\", mode = \"floor\", scope = \"total\" }\n",
            "rounding",
        ),
        ("initial.learning", "at_least = \"2 hours\"\ntopics = \"shared\"\n", "topics that share minutes"),
    ];
    for (sort, text, what) in shapes {
        let pack = pack(&rule(sort, &format!("{text}window = \"no limit\"\n")));
        let refused = Program::of(&pack.versions[0], Purpose::Initial).map(drop).unwrap_err();
        assert_eq!(refused.what, what, "{text}");
    }
}

#[test]
fn a_floor_or_cap_is_left_alone_until_it_could_bite() {
    let floor = "at_least = \"2 hours\"\nwindow = \"no limit\"\n\
        [[initial.learning.floor]]\nid = \"f\"\nlabel = \"F\"\nlabel_es = \"F\"\nof.delivery = [\"in_person\"]\nat_least = \"1 hour\"\n";
    let pack = pack(&rule("initial.learning", floor));
    let all = |minutes: [u32; 2]| {
        let [live, alone] = minutes;
        record(&json!({ "learning": [
            learning("l1", live, &[], "in_person"), learning("l2", alone, &[], "self_paced"),
        ] }))
    };
    assert_eq!(both(&pack, Purpose::Initial, &all([60, 60])), (Some(Status::Met), Status::Met));
    assert_eq!(both(&pack, Purpose::Initial, &all([60, 59])), (Some(Status::NotMet), Status::NotMet));
    assert_eq!(both(&pack, Purpose::Initial, &all([50, 200])), (None, Status::NotMet));
}

#[test]
fn a_share_is_taken_of_what_counts_not_of_what_a_part_holds_back() {
    let share = "at_least = \"1 minute\"\nwindow = \"no limit\"\n\
        [[initial.learning.topic]]\ntopic = \"alpha\"\nat_least = \"0 minutes\"\nsurplus = \"refused\"\n\
        [[initial.learning.cap]]\nid = \"c\"\nlabel = \"C\"\nlabel_es = \"C\"\nof.delivery = [\"self_paced\"]\nat_most = \"60 %\"\n";
    let pack = pack(&rule("initial.learning", share));
    let all = |topics: &[&str]| {
        record(&json!({ "learning": [learning("l1", 1, &[], "self_paced"), learning("l2", 1, topics, "in_person")] }))
    };
    assert_eq!(both(&pack, Purpose::Initial, &all(&["alpha"])), (None, Status::NotMet));
    assert_eq!(both(&pack, Purpose::Initial, &all(&["beta"])), (Some(Status::Met), Status::Met));
}

#[test]
fn minutes_that_could_go_to_two_places_are_left() {
    let parts = "at_least = \"2 hours\"\nwindow = \"no limit\"\n\
        [[initial.learning.topic]]\ntopic = \"alpha\"\nat_least = \"1 hour\"\n\
        [[initial.learning.topic]]\ntopic = \"beta\"\nat_least = \"1 hour\"\n";
    let pack = pack(&rule("initial.learning", parts));
    let all = |topics: &[&str]| record(&json!({ "learning": [learning("l1", 120, topics, "in_person")] }));
    assert_eq!(both(&pack, Purpose::Initial, &all(&["alpha", "beta"])), (None, Status::Met));
    assert_eq!(both(&pack, Purpose::Initial, &all(&["alpha"])), (Some(Status::NotMet), Status::NotMet));
}

#[test]
fn a_topic_to_which_no_minutes_are_left_makes_no_entry_count() {
    let pack = pack(&rule("initial.learning", "count = 1\nwindow = \"no limit\"\nonly.topic = [\"beta\"]\n"));
    let all = |minutes: u32| {
        let mut entry = learning("l1", minutes, &["beta"], "in_person");
        entry["minutes_by_topic"] = json!({ "alpha": 30 });
        record(&json!({ "learning": [entry] }))
    };
    assert_eq!(both(&pack, Purpose::Initial, &all(30)), (Some(Status::Met), Status::Met));
    assert_eq!(both(&pack, Purpose::Initial, &all(0)), (Some(Status::NotMet), Status::NotMet));
}

#[test]
fn hours_of_the_same_time_are_left() {
    let pack = pack(&rule("initial.service", "at_least = \"2 hours\"\nwindow = \"no limit\"\n"));
    let work = |id: &str, start: &str, end: &str| {
        json!({ "id": id, "from": "2025-05-05", "to": "2025-05-05", "minutes": 60, "start": start, "end": end,
                "kind": "direct", "status": "attested" })
    };
    let all = |second: Value| record(&json!({ "service": [work("s1", "09:00", "10:00"), second] }));
    assert_eq!(both(&pack, Purpose::Initial, &all(work("s2", "10:00", "11:00"))), (Some(Status::Met), Status::Met));
    assert_eq!(both(&pack, Purpose::Initial, &all(work("s2", "09:30", "10:30"))), (None, Status::NotMet));
}

#[test]
fn carried_minutes_are_left_where_a_rule_takes_them() {
    let asks = |carry: &str| {
        pack(&rule("renewal.learning", &format!("at_least = \"2 hours\"\nwindow = \"this term\"\n{carry}")))
    };
    let terms = json!([
        { "from": "2021-09-01", "through": "2023-08-31" },
        { "from": "2023-09-01", "through": "2025-08-31" },
    ]);
    let record = record(&json!({
        "credentials": [{ "id": "c1", "credential": "us-xx-ps", "issued_on": "2021-09-01", "terms": terms }],
        "carry_over": [{ "id": "k1", "credential": "us-xx-ps", "from_term": "2021-09-01", "minutes": 60, "generation": 1 }],
        "learning": [learning("l1", 60, &[], "in_person")],
    }));
    assert_eq!(both(&asks("carry_over = {}\n"), Purpose::Renewal, &record), (None, Status::Met));
    assert_eq!(both(&asks(""), Purpose::Renewal, &record), (Some(Status::NotMet), Status::NotMet));
}

#[test]
fn holds_and_orders_move_the_days_of_hours_as_for_the_whole_evaluator() {
    let window = rule("initial.learning", "at_least = \"1 hour\"\nwindow = \"1 month before application\"\n");
    let hold =
        "[[hold]]\nlabel = \"H\"\nlabel_es = \"H\"\ncite = \"s\"\nkinds = [\"medical\"]\nstops = [\"windows\"]\n";
    let term = rule("renewal.learning", "at_least = \"1 hour\"\nwindow = \"this term\"\n");
    let order = "[[order]]\nid = \"o\"\nlabel = \"O\"\nlabel_es = \"O\"\ncite = \"s\"\nextends = [\"term\"]\n\
        ending = { from = 2025-04-01, through = 2025-05-01 }\nby = \"6 months\"\n";
    let pack = pack(&format!("{window}{term}{hold}{order}"));
    let hours = json!([learning("l1", 60, &[], "in_person")]);
    let held = |holds: Value| record(&json!({ "learning": hours.clone(), "holds": holds }));
    let medical = json!([{ "id": "h1", "kind": "medical", "from": "2025-05-20", "through": "2025-06-20" }]);
    assert_eq!(both(&pack, Purpose::Initial, &held(json!([]))), (Some(Status::NotMet), Status::NotMet));
    assert_eq!(both(&pack, Purpose::Initial, &held(medical)), (Some(Status::Met), Status::Met));
    // The term ended on 30 April; the order lets it run on, so that hours of May count.
    let terms = json!([{ "from": "2023-05-01", "through": "2025-04-30" }]);
    let holder = record(&json!({
        "credentials": [{ "id": "c1", "credential": "us-xx-ps", "issued_on": "2023-05-01", "terms": terms }],
        "learning": hours,
    }));
    assert_eq!(both(&pack, Purpose::Renewal, &holder), (Some(Status::Met), Status::Met));
}

#[test]
fn most_rules_that_ship_are_decided_by_sums() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/rules");
    let (mut taken, mut left) = (0, BTreeMap::<&str, usize>::new());
    for path in packs::find(&folder).unwrap() {
        for version in &packs::load(&path).unwrap().versions {
            for (purpose, rules) in version.purposes.iter().filter(|(_, rules)| rules.offered) {
                let stages = (0..version.stages.len()).filter(|at| rules.rules.iter().any(|it| it.stages.contains(at)));
                for stage in stages {
                    match Program::for_stage(version, *purpose, stage) {
                        Ok(_) => taken += 1,
                        Err(refused) => *left.entry(refused.what).or_default() += 1,
                    }
                }
            }
        }
    }
    println!("taken: {taken}; left to the whole evaluator: {left:#?}");
    assert!(taken > 3 * left.values().sum::<usize>(), "{taken} taken, {left:#?} left");
}
