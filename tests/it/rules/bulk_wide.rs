//! The fast way to a status under rules of every shape: where it answers, it answers as the whole evaluator does.

use credtrail::rules::bulk::{Classes, Judge, Program, Roll};
use credtrail::rules::{Pack, Purpose, Question, Record, Status, Version, status_of};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const AS_OF: &str = "2025-06-30";
const HEAD: &str = "credential = \"us-xx-ps\"\nname = \"N\"\nname_es = \"N\"\nboard = \"B\"\ntime_zone = \"UTC\"\n\
    in_force = { from = 2020-01-01 }\nverified = false\nhour = \"60 minutes\"\napplies_by = [\"application\"]\n\
    [source.s]\ntitle = \"S\"\nurl = \"https://example.org\"\nread_on = 2026-11-20\n\
    [topic.alpha]\nlabel = \"alpha\"\nlabel_es = \"alpha\"\n[topic.beta]\nlabel = \"beta\"\nlabel_es = \"beta\"\n\
    [[stage]]\nid = \"first\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\nrenewal = { grace = \"60 days\" }\n\
    [[stage]]\nid = \"full\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n";
const ORDER: &str = "[[order]]\nid = \"o\"\nlabel = \"O\"\nlabel_es = \"O\"\ncite = \"s\"\nextends = [\"r0\", \"term\"]\n\
    ending = { from = 2024-01-01, through = 2025-06-01 }\nby = \"6 months\"\n";
const HOLD: &str = "[[hold]]\nlabel = \"H\"\nlabel_es = \"H\"\ncite = \"s\"\nkinds = [\"medical\"]\n\
    stops = [\"windows\", \"term\"]\nwaives = [\"r1\"]\n";

fn program(version: &Version, record: &Record, question: &Question) -> Option<Result<Status, ()>> {
    let stage = version.stage_of(record, question)?;
    let program = Program::for_stage(version, question.purpose, stage).ok()?;
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    roll.take(&program, &mut classes, record, question.as_of);
    Some(Judge::new(&program).status(&roll, 0, &classes).ok_or(()))
}

/// One line, or none.
fn line(text: &'static str) -> impl Strategy<Value = &'static str> {
    prop_oneof![2 => Just(""), 1 => Just(text)]
}

fn window(purpose: &str) -> impl Strategy<Value = &'static str> + use<> {
    let all = match purpose {
        "initial" => [
            "no limit",
            "24 months before application",
            "since event hired",
            "before 2025-03-31",
            "at least 3 months before application",
            "at least 30 days after application complete",
        ],
        _ => [
            "this term",
            "12 months before term end",
            "since previous term start",
            "after term start",
            "at least 2 months before term end",
            "at least 30 days after term start",
        ],
    };
    select(all.to_vec())
}

/// Hours of learning: the text after its header, with `PATH` for what its own parts are called.
fn learning(purpose: &'static str) -> impl Strategy<Value = String> {
    let lines = (
        line("approved = true\n"),
        line("minimum_size = \"20 minutes\"\n"),
        line("shared = true\n"),
        select(
            &["", "", "only.kind = [\"basic\"]\n", "never.delivery = [\"self_paced\"]\n", "only.tag = [\"x\"]\n"][..],
        ),
        select(&["", "", "only.topic = [\"alpha\"]\n", "any_topic = true\n"][..]),
        select(&["", "", "attendance = \"80 %\"\n", "attendance = \"80 %\"\nexcused_at_most = \"10 %\"\n"][..]),
    );
    let cap = select(
        &[
            "",
            "",
            "",
            "[[PATH.cap]]\nid = \"c\"\nlabel = \"C\"\nlabel_es = \"C\"\nof.delivery = [\"self_paced\"]\nat_most = \"60 minutes\"\n",
            "[[PATH.cap]]\nid = \"c\"\nlabel = \"C\"\nlabel_es = \"C\"\nof.kind = [\"basic\"]\nat_most = \"60 %\"\n",
            "[[PATH.floor]]\nid = \"c\"\nlabel = \"C\"\nlabel_es = \"C\"\nof.delivery = [\"in_person\"]\nat_least = \"20 minutes\"\n",
        ][..],
    );
    let parts = prop::collection::vec(
        (0..40_u32, line("surplus = \"refused\"\n"), line("at_most = \"60 minutes\"\n"), line("approved = true\n")),
        0..3,
    );
    (0..80_u32, window(purpose), lines, parts, cap, 0..6_u8).prop_map(
        |(beyond, window, (approved, least, shared, only, topic, attendance), parts, cap, sort)| {
            if sort == 0 {
                return format!("count = {}\nwindow = \"{window}\"\n{approved}{shared}", beyond % 3 + 1);
            }
            let total: u32 = beyond + parts.iter().map(|part| part.0).sum::<u32>();
            let mut text = format!(
                "at_least = \"{total} minutes\"\nwindow = \"{window}\"\n{approved}{least}{shared}{only}{topic}{attendance}"
            );
            // A part about a topic that the total does not take would be refused.
            let parts = if topic.starts_with("only") { &[] } else { &parts[..] };
            for (name, (least, surplus, most, approved)) in ["alpha", "beta"].iter().zip(parts) {
                text.push_str(&format!(
                    "[[PATH.topic]]\ntopic = \"{name}\"\nat_least = \"{least} minutes\"\n{surplus}{most}{approved}"
                ));
            }
            text + cap
        },
    )
}

fn service(purpose: &'static str) -> impl Strategy<Value = String> {
    let kinds = select(&["", "only.kind = [\"direct\"]\n", "only.kind = [\"supervision_individual\"]\n"][..]);
    let part = select(
        &[
            "",
            "[[PATH.part]]\nid = \"p\"\nlabel = \"P\"\nlabel_es = \"P\"\nof.domain = [\"a\"]\nat_least = \"30 minutes\"\n",
        ][..],
    );
    (30..600_u32, window(purpose), kinds, line("supervisor = \"eligible\"\n"), part, 0..5_u8).prop_map(
        |(least, window, kinds, supervisor, part, sort)| match sort {
            0 => format!("count = {}\nwindow = \"{window}\"\n{kinds}{supervisor}", least % 4 + 1),
            _ => format!("at_least = \"{least} minutes\"\nwindow = \"{window}\"\n{kinds}{supervisor}{part}"),
        },
    )
}

/// A rule that is not about hours.
fn other() -> impl Strategy<Value = (&'static str, String)> {
    let all = [
        ("exam", "exams = [\"one\"]\nwindow = \"no limit\"\nwait = \"30 days\"\n"),
        ("exam", "exams = [\"one\"]\nwindow = \"no limit\"\n"),
        ("attestation", "attestation = \"reference\"\nwindow = \"no limit\"\ncount = 2\ndifferent_people = true\n"),
        ("attestation", "attestation = \"reference\"\nwindow = \"no limit\"\nat_least = 3\n"),
        ("attestation", "attestation = \"reference\"\nwindow = \"no limit\"\n"),
        ("age", "at_least = 18\n"),
        ("credential", "credentials = [\"us-xx-base\"]\n"),
        ("event", "events = [\"hired\"]\nwindow = \"no limit\"\n"),
        ("employment", "at_least = \"6 months\"\nwindow = \"no limit\"\n"),
        ("decision", ""),
    ];
    select(all.to_vec()).prop_map(|(sort, text)| (sort, text.to_owned()))
}

fn rule(purpose: &'static str) -> BoxedStrategy<(&'static str, String)> {
    prop_oneof![
        4 => learning(purpose).prop_map(|text| ("learning", text)),
        2 => service(purpose).prop_map(|text| ("service", text)),
        2 => other(),
    ]
    .boxed()
}

/// A rule, or alternatives.
fn top(purpose: &'static str) -> impl Strategy<Value = (&'static str, String)> {
    let branches = (prop::collection::vec(rule(purpose), 2..4), any::<bool>(), 1..3_u32);
    let several = branches.prop_map(|(branches, any, wanted)| {
        let sort = if any { "any_of" } else { "all_of" };
        let mut text = if any { format!("at_least = {wanted}\n") } else { String::new() };
        for (at, (kind, rule)) in branches.into_iter().enumerate() {
            text.push_str(&format!(
                "[[PATH.{kind}]]\nid = \"b{at}\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\n{}",
                rule.replace("PATH", &format!("PATH.{kind}"))
            ));
        }
        (sort, text)
    });
    prop_oneof![3 => rule(purpose), 1 => several]
}

/// A rule with its sort, its stages and when it is asked.
type Written = ((&'static str, String), &'static str, &'static str);

/// A pack of such rules; a random one may contradict itself, then there is none.
fn written(purpose: &str, rules: Vec<Written>, more: &str) -> Option<Pack> {
    let mut text = HEAD.to_owned();
    for (at, ((sort, rule), stage, guard)) in rules.into_iter().enumerate() {
        let path = format!("{purpose}.{sort}");
        text.push_str(&format!(
            "[[{path}]]\nid = \"r{at}\"\nlabel = \"L\"\nlabel_es = \"L\"\ncite = \"s\"\n{stage}{guard}{}",
            rule.replace("PATH", &path)
        ));
    }
    text.push_str(more);
    Pack::parse(&[("2020-01-01.toml", &text)]).ok()
}

/// Packs of every shape.
fn packs(purpose: &'static str) -> impl Strategy<Value = Option<Pack>> {
    let stages =
        select(&["stage = [\"first\", \"full\"]\n", "stage = \"first\"\n", "stage = [\"first\", \"full\"]\n"][..]);
    let guard = select(
        &[
            "",
            "",
            "",
            "when = { path = [\"a\"] }\n",
            "unless = { event = [\"hired\"] }\n",
            "in_force = { from = 2025-01-01 }\n",
        ][..],
    );
    let rules = prop::collection::vec((top(purpose), stages, guard), 1..4);
    (rules, any::<bool>(), any::<bool>()).prop_map(move |(rules, hold, order)| {
        let hold = if hold && rules.len() > 1 { HOLD } else { "" };
        let order = if order { ORDER } else { "" };
        written(purpose, rules, &format!("{hold}{order}"))
    })
}

/// Packs whose rules stand by themselves and are asked of everybody.
pub(super) fn flat_packs() -> impl Strategy<Value = Option<Pack>> {
    let rule = rule("initial").prop_map(|rule| (rule, "stage = [\"first\", \"full\"]\n", ""));
    prop::collection::vec(rule, 1..4).prop_map(|rules| written("initial", rules, ""))
}

fn day() -> impl Strategy<Value = String> {
    (2023..2026_i32, 1..13_u32, 1..29_u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

const STATUSES: [&str; 6] = ["verified", "verified", "attested", "attested", "reported", "disputed"];

fn learned() -> impl Strategy<Value = Value> {
    let topics = prop_oneof![
        3 => select(&["alpha", "beta", "gamma"][..]).prop_map(|topic| vec![topic]),
        1 => Just(vec!["alpha", "beta"]),
        1 => Just(vec![]),
    ];
    let words = (select(&["basic", "continuing"][..]), select(&["in_person", "self_paced"][..]), select(&STATUSES[..]));
    let approvals = (prop::option::of(any::<bool>()), prop::option::of((select(&["board", "us-yy"][..]), day())));
    let more = (approvals, any::<bool>(), prop::option::of(40..100_u32));
    (day(), 0..120_u32, topics, words, more).prop_map(
        |(on, minutes, topics, (kind, delivery, status), ((approved, given), tag, attended))| {
            json!({
                "completed_on": on, "minutes": minutes, "topics": topics, "kind": kind, "delivery": delivery,
                "status": status, "approved": approved, "tags": if tag { vec!["x"] } else { vec![] },
                "approvals": given.map(|(by, through)| json!([{ "by": by, "through": through }])),
                "attendance": attended.map(|it| {
                    json!({ "held_minutes": 100, "attended_minutes": it, "excused_minutes": (100 - it) / 2 })
                }),
            })
        },
    )
}

fn worked() -> impl Strategy<Value = Value> {
    let words = (select(&["direct", "supervision_individual"][..]), select(&STATUSES[..]), select(&["a", "b"][..]));
    let clock = prop::option::of((8..12_u32, 1..5_u32));
    (day(), 0..20_i64, 0..900_u32, words, prop::option::of(any::<bool>()), clock).prop_map(
        |(on, days, minutes, (kind, status, domain), eligible, clock)| {
            let from: chrono::NaiveDate = on.parse().unwrap();
            let to = from + chrono::TimeDelta::days(if clock.is_some() { 0 } else { days });
            json!({
                "from": from, "to": to, "minutes": minutes, "kind": kind, "status": status, "domain": domain,
                "supervisor_eligible": eligible,
                "start": clock.map(|(from, _)| format!("{from:02}:00")),
                "end": clock.map(|(from, long)| format!("{:02}:00", from + long)),
            })
        },
    )
}

/// Lists of everything that is not hours.
fn life() -> impl Strategy<Value = Value> {
    let exam = (day(), select(&["passed", "failed", "withheld"][..]), any::<bool>());
    let statement = (day(), select(&STATUSES[..]), select(&["p", "q"][..]), 1..6_u32);
    let decision =
        (day(), select(&["r0", "r1", "term"][..]), select(&["waived", "extended", "refused", "approved"][..]));
    (
        prop::collection::vec(exam, 0..3),
        prop::collection::vec(statement, 0..3),
        prop::option::weighted(0.2, decision),
        prop::option::weighted(0.2, day()),
        prop::option::weighted(0.3, day()),
        prop::option::weighted(0.3, day()),
        prop::option::weighted(0.3, day()),
    )
        .prop_map(|(exams, statements, decision, hold, event, job, base)| {
            let exams: Vec<_> = exams
                .iter()
                .map(|(on, outcome, official)| json!({ "exam": "one", "on": on, "outcome": outcome, "official": official }))
                .collect();
            let statements: Vec<_> = statements
                .iter()
                .map(|(on, status, by, value)| {
                    json!({ "kind": "reference", "on": on, "status": status, "by": "employer", "by_id": by, "value": value })
                })
                .collect();
            let decisions: Vec<_> = decision
                .iter()
                .map(|(on, what, outcome)| {
                    json!({ "credential": "us-xx-ps", "requirement": what, "outcome": outcome, "on": on,
                            "until": (*outcome == "extended").then_some("2025-12-31") })
                })
                .collect();
            json!({
                "exams": exams, "attestations": statements, "decisions": decisions,
                "holds": hold.iter().map(|from| json!({ "kind": "medical", "from": from })).collect::<Vec<_>>(),
                "events": event.iter().map(|on| json!({ "kind": "hired", "on": on })).collect::<Vec<_>>(),
                "employment": job.iter().map(|from| json!({ "title": "t", "from": from })).collect::<Vec<_>>(),
                "credentials": base.iter().map(|from| json!({ "credential": "us-xx-base", "issued_on": from,
                    "terms": [{ "from": from, "through": "2026-12-31" }] })).collect::<Vec<_>>(),
            })
        })
}

/// Records; for a renewal mostly with one or two terms.
pub(super) fn records(purpose: &'static str) -> impl Strategy<Value = Record> {
    let held = prop_oneof![
        1 => Just(json!([])),
        3 => (any::<bool>(), select(&["first", "full"][..])).prop_map(|(twice, stage)| {
            let mut terms = vec![json!({ "from": "2023-09-01", "through": "2025-08-31" })];
            if twice {
                terms.insert(0, json!({ "from": "2021-09-01", "through": "2023-08-31" }));
            }
            json!([{ "credential": "us-xx-ps", "stage": stage, "issued_on": "2021-09-01", "terms": terms }])
        }),
    ];
    let held = if purpose == "initial" { prop_oneof![6 => Just(json!([])), 1 => held].boxed() } else { held.boxed() };
    let application = prop::option::weighted(0.8, (day(), select(&["a", "b"][..])));
    let hours = (prop::collection::vec(learned(), 0..7), prop::collection::vec(worked(), 0..5));
    (hours, life(), held, application, prop::option::of(1990..2009_i32)).prop_map(
        move |((learning, service), life, held, application, born)| {
            let mut record = json!({
                "format": "credtrail.record/1", "person": { "id": "p" }, "learning": learning, "service": service,
                "applications": application.iter().map(|(on, path)| json!({
                    "credential": "us-xx-ps", "purpose": purpose, "received_on": on, "path": path,
                })).collect::<Vec<_>>(),
            });
            record.as_object_mut().unwrap().extend(life.as_object().unwrap().clone());
            record["credentials"].as_array_mut().unwrap().extend(held.as_array().unwrap().clone());
            if let Some(year) = born {
                record["person"]["birth_date"] = format!("{year}-02-28").into();
            }
            for list in record.as_object_mut().unwrap().iter_mut().filter(|(_, list)| list.is_array()) {
                for (at, item) in list.1.as_array_mut().unwrap().iter_mut().enumerate() {
                    item["id"] = format!("{}{at}", list.0).into();
                    item.as_object_mut().unwrap().retain(|_, value| !value.is_null());
                }
            }
            Record::from_json(&record.to_string()).unwrap_or_else(|error| panic!("{error}\n{record:#}"))
        },
    )
}

/// Compares on random packs and records; answers how many packs there were, questions, and answers.
fn compare(purpose: Purpose, word: &'static str, cases: u32) -> (u32, u32, u32) {
    let counts = std::cell::Cell::new((0, 0, 0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(cases));
    let question = Question { as_of: AS_OF.parse().unwrap(), purpose, stage: None };
    let strategy = (packs(word), prop::collection::vec(records(word), 1..8));
    let done = runner.run(&strategy, |(pack, records)| {
        let Some(pack) = pack else { return Ok(()) };
        let (mut packs, mut asked, mut answered) = counts.get();
        packs += 1;
        let version = &pack.versions[0];
        for record in &records {
            asked += 1;
            if let Some(Ok(found)) = program(version, record, &question) {
                answered += 1;
                let expected = status_of(version, record, &question);
                prop_assert_eq!(found, expected, "{}\n{:#?}", version.written_out(), record);
            }
        }
        counts.set((packs, asked, answered));
        Ok(())
    });
    done.unwrap_or_else(|failed| panic!("{failed}"));
    counts.get()
}

#[test]
fn first_awards_come_out_the_same_under_rules_of_every_shape() {
    let (packs, asked, answered) = compare(Purpose::Initial, "initial", 600);
    assert!(packs > 300 && answered * 3 > asked, "{packs} packs, {answered} of {asked}");
}

#[test]
fn renewals_come_out_the_same_under_rules_of_every_shape() {
    let (packs, asked, answered) = compare(Purpose::Renewal, "renewal", 600);
    assert!(packs > 300 && answered * 3 > asked, "{packs} packs, {answered} of {asked}");
}
