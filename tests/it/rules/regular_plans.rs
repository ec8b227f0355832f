//! Plans for what is asked in each week, month or quarter: the plan's own facts meet it, and not one of them is too many.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use credtrail::rules::explain::standing;
use credtrail::rules::plan::{Plan, lines, plan, with_planned};
use credtrail::rules::{Lang, Pack, Purpose, Question, Status, evaluate, status_of};
use serde_json::{Value, json};

use super::small::{pack, record, rule, work};

/// Work of so many hours, and supervision in each stretch with any of it.
fn rules(hours: u32, rhythm: &str) -> String {
    let supervision = format!("only.kind = [\"supervision_individual\"]\nrhythm = {{ {rhythm}, with_any = \"work\" }}");
    rule("service", "work", &format!("at_least = \"{hours} hours\"\nonly.kind = [\"direct\"]"))
        + &rule("service", "s", &supervision)
}

fn question(on: &str) -> Question {
    Question { as_of: on.parse().unwrap(), purpose: Purpose::Initial, stage: None }
}

fn planned(pack: &Pack, facts: &Value, on: &str) -> Plan {
    plan(pack, &record(facts), &question(on)).unwrap()
}

/// The meetings that a plan names: their days and minutes.
fn meetings(found: &Plan) -> Vec<(NaiveDate, u64)> {
    let all = found.facts["service"].as_array().unwrap().iter();
    let ours = all.filter(|fact| fact["kind"] == "supervision_individual");
    ours.map(|fact| (fact["from"].as_str().unwrap().parse().unwrap(), fact["minutes"].as_u64().unwrap())).collect()
}

/// How things stand on the day that is named, without one of the planned services.
fn without(pack: &Pack, facts: &Value, on: &str, found: &Plan, left_out: Option<usize>) -> Status {
    let mut less = found.facts.clone();
    left_out.into_iter().for_each(|at| drop(less["service"].as_array_mut().unwrap().remove(at)));
    let done = with_planned(&record(facts), &less.to_string()).unwrap();
    let day = found.earliest_date.unwrap_or_else(|| panic!("{found:#?}"));
    status_of(&pack.versions[0], &done, &Question { as_of: day, ..question(on) })
}

#[test]
fn one_meeting_is_planned_for_each_month_that_goes_by_at_work() {
    let (pack, nothing) = (pack("", &rules(500, "each = \"month\", at_least = 1")), json!({}));
    let found = planned(&pack, &nothing, "2025-06-10");
    // 500 hours take 63 days, and two hours of meetings a few hours more: through 11 August; August is not over.
    assert_eq!(found.earliest_date, Some("2025-08-11".parse().unwrap()), "{found:#?}");
    let months: Vec<u32> = meetings(&found).iter().map(|(day, _)| day.month()).collect();
    assert_eq!(months, [6, 7]);
    assert_eq!(without(&pack, &nothing, "2025-06-10", &found, None), Status::Met);
    for at in 0..found.facts["service"].as_array().unwrap().len() {
        assert_eq!(without(&pack, &nothing, "2025-06-10", &found, Some(at)), Status::NotMet, "{at}");
    }
}

#[test]
fn a_plan_keeps_to_eight_hours_a_day_with_its_meetings() {
    let (pack, nothing) = (pack("", &rules(1000, "each = \"week\", at_least = \"90 minutes\"")), json!({}));
    let found = planned(&pack, &nothing, "2025-06-10");
    assert_eq!(without(&pack, &nothing, "2025-06-10", &found, None), Status::Met);
    let mut days: BTreeMap<&str, u64> = BTreeMap::new();
    for fact in found.facts["service"].as_array().unwrap() {
        *days.entry(fact["from"].as_str().unwrap()).or_default() += fact["minutes"].as_u64().unwrap();
    }
    assert!(days.values().all(|minutes| *minutes <= 480), "{days:?}");
    // Every week from that of 10 June on that is over, more than a remark names at once.
    let meetings = meetings(&found);
    assert!(meetings.len() > 12 && meetings.iter().all(|(_, minutes)| *minutes == 90), "{meetings:?}");
}

#[test]
fn what_is_there_already_in_a_month_is_not_planned_again() {
    let pack = pack("", &rules(300, "each = \"month\", at_least = 2"));
    let there = json!({ "id": "m", "from": "2025-06-03", "to": "2025-06-03", "minutes": 60, "kind": "supervision_individual", "status": "attested" });
    let facts = json!({ "service": [work("w", "2025-06-02", "2025-06-02", 60), there] });
    let found = planned(&pack, &facts, "2025-06-10");
    let days: Vec<NaiveDate> = meetings(&found).iter().map(|(day, _)| *day).collect();
    assert_eq!(days, ["2025-06-10".parse().unwrap()]);
    assert_eq!(without(&pack, &facts, "2025-06-10", &found, None), Status::Met);
}

#[test]
fn two_rules_about_the_same_meetings_are_planned_once() {
    let half_hour = "only.kind = [\"supervision_individual\"]\nminimum_size = \"30 minutes\"\nplace = \"inside\"\n\
        rhythm = { each = \"month\", at_least = 1, with_any = \"work\" }";
    let both = rules(300, "each = \"month\", at_least = 2").replace(
        "only.kind = [\"supervision_individual\"]",
        "only.kind = [\"supervision_individual\"]\nplace = \"inside\"",
    ) + &rule("service", "half", half_hour);
    let (pack, nothing) = (pack("", &both), json!({}));
    let found = planned(&pack, &nothing, "2025-06-10");
    assert_eq!(meetings(&found).len(), 2, "{found:#?}");
    assert_eq!(without(&pack, &nothing, "2025-06-10", &found, None), Status::Met);
}

#[test]
fn what_was_left_out_before_the_day_asked_about_cannot_be_planned() {
    let pack = pack("", &rules(300, "each = \"month\", at_least = 1"));
    let facts = json!({ "service": [work("w", "2025-05-30", "2025-05-30", 60)] });
    let found = planned(&pack, &facts, "2025-06-10");
    assert_eq!((found.earliest_date, meetings(&found).len()), (None, 0));
    assert!(!found.waits_for.is_empty(), "{found:#?}");
}

#[test]
fn on_the_last_day_of_a_month_what_it_lacks_can_still_be_done() {
    let pack = pack("", &rules(1, "each = \"month\", at_least = 1"));
    let facts = json!({ "service": [work("w", "2025-05-05", "2025-05-05", 60)] });
    let answer = |on: &str| evaluate(&pack.versions[0], &record(&facts), &question(on)).earliest_date;
    let found = planned(&pack, &facts, "2025-05-31");
    assert_eq!((found.earliest_date, answer("2025-05-31")), (Some("2025-05-31".parse().unwrap()), found.earliest_date));
    assert_eq!(without(&pack, &facts, "2025-05-31", &found, None), Status::Met);
    assert_eq!((planned(&pack, &facts, "2025-06-01").earliest_date, answer("2025-06-01")), (None, None));
    // More than a day of eight hours holds is not planned on it.
    let long = super::small::pack("", &rules(1, "each = \"month\", at_least = \"9 hours\""));
    assert_eq!(planned(&long, &facts, "2025-05-31").earliest_date, None);
}

#[test]
fn a_rhythm_of_every_month_is_planned_from_the_first_month_on_that_is_asked_for() {
    let every = "only.kind = [\"supervision_individual\"]\nwindow = \"since 2025-06-01\"\nrhythm = { each = \"month\", at_least = \"10 hours\" }";
    let text =
        rule("service", "work", "at_least = \"500 hours\"\nonly.kind = [\"direct\"]") + &rule("service", "s", every);
    let (pack, nothing) = (pack("", &text), json!({}));
    let found = planned(&pack, &nothing, "2025-06-10");
    // No sitting is longer than a day of eight hours.
    let minutes: Vec<u64> = meetings(&found).iter().map(|(_, minutes)| *minutes).collect();
    assert_eq!(minutes, [480, 120, 480, 120], "{found:#?}");
    assert_eq!(without(&pack, &nothing, "2025-06-10", &found, None), Status::Met);
}

#[test]
fn the_meetings_are_a_step_of_the_plan_in_both_languages() {
    let pack = pack("", &rules(500, "each = \"month\", at_least = 1"));
    let found = planned(&pack, &json!({}), "2025-06-10");
    let words = |lang| lines(&pack.versions[0], &found, lang).join("\n");
    assert!(words(Lang::En).contains("By July 1, 2025, 2 times: L"), "{}", words(Lang::En));
    assert!(words(Lang::Es).contains("A más tardar el 1 de julio de 2025, 2 veces: L"), "{}", words(Lang::Es));
}

#[test]
fn entries_that_are_counted_by_a_tag_are_planned_with_it() {
    let text = rule("service", "visits", "count = 3\nonly.tag = [\"outreach\"]\nonly.kind = [\"direct\"]")
        + &rule("learning", "courses", "count = 2\nany_topic = true\nonly.tag = [\"lived_experience\"]");
    let (pack, nothing) = (pack("", &text), json!({}));
    let found = planned(&pack, &nothing, "2025-06-10");
    assert_eq!(found.facts["service"][0]["tags"], json!(["outreach"]));
    assert_eq!(found.facts["learning"][0]["tags"], json!(["lived_experience"]));
    assert_eq!(without(&pack, &nothing, "2025-06-10", &found, None), Status::Met);
}

#[test]
fn a_rhythm_beside_a_weekly_limit_is_planned_too() {
    let limited = rules(300, "each = \"month\", at_least = 1").replace(
        "only.kind = [\"supervision_individual\"]",
        "only.kind = [\"supervision_individual\"]\nper_week = \"6 hours\"",
    );
    let (pack, nothing) = (pack("", &limited), json!({}));
    let found = planned(&pack, &nothing, "2025-06-10");
    assert_eq!(meetings(&found).len(), 1, "{found:#?}");
    assert_eq!(without(&pack, &nothing, "2025-06-10", &found, None), Status::Met);
}

#[test]
fn what_another_rule_takes_first_is_not_planned_for_without_end() {
    let both = rule("service", "a", "at_least = \"10 hours\"\nonly.kind = [\"supervision_individual\"]")
        + &rule(
            "service",
            "b",
            "only.kind = [\"supervision_individual\"]\nwindow = \"since 2025-06-01\"\nrhythm = { each = \"month\", at_least = 1 }",
        );
    let (pack, nothing) = (pack("", &both), json!({}));
    let found = planned(&pack, &nothing, "2025-06-30");
    assert_eq!(without(&pack, &nothing, "2025-06-30", &found, None), Status::Met);
}

/// A record of somebody whose work, or meeting, is disputed.
fn disputed(mut fact: Value) -> Value {
    fact["status"] = json!("disputed");
    fact
}

fn meeting(id: &str, day: &str) -> Value {
    json!({ "id": id, "from": day, "to": day, "minutes": 60, "kind": "supervision_individual", "status": "attested" })
}

#[test]
fn a_meeting_that_settles_a_dispute_while_its_month_runs_is_left_to_do() {
    let pack = pack("", &rules(0, "each = \"month\", at_least = 1"));
    let facts = json!({ "service": [disputed(work("w", "2025-05-05", "2025-05-05", 60))] });
    let found = planned(&pack, &facts, "2025-05-31");
    assert_eq!((found.status, found.earliest_date), (Status::Undecided, Some("2025-05-31".parse().unwrap())));
    assert_eq!(without(&pack, &facts, "2025-05-31", &found, None), Status::Met);
    let words = |lang| lines(&pack.versions[0], &found, lang).join("\n");
    let (en, es) = (words(Lang::En), words(Lang::Es));
    assert!(en.starts_with("Others still have to decide or confirm something, and something is left for you to do.\n  By May 31, 2025, once: L (May 2025)"), "{en}");
    assert!(es.starts_with("Otras personas aún tienen que decidir o confirmar algo, y a usted le queda algo por hacer.\n  A más tardar el 31 de mayo de 2025, una vez: L (mayo de 2025)"), "{es}");
    // So do the sentences of the answer itself, on the last day that anything can be done about it.
    let explained = |on: &str, lang| {
        let answer = evaluate(&pack.versions[0], &record(&facts), &question(on));
        standing(&pack.versions[0], &answer, lang)
    };
    let both = "Others still have to decide or confirm something, and something is left for you to do. What we wait for: L. \
                Through May 31, 2025 you can still do it yourself: L (May 2025).";
    let ambos = "Otras personas aún tienen que decidir o confirmar algo, y a usted le queda algo por hacer. Lo que se espera: L. \
                 Hasta el 31 de mayo de 2025 todavía puede hacerlo usted: L (mayo de 2025).";
    assert_eq!([Lang::En, Lang::Es].map(|lang| explained("2025-05-31", lang)), [both, ambos]);
    // The day after it is for others alone.
    let alone = "Your part is done. The rest is for others to decide or confirm. What we wait for: L.";
    assert_eq!(explained("2025-06-01", Lang::En), alone);
    let late = planned(&pack, &facts, "2025-06-01");
    let words = lines(&pack.versions[0], &late, Lang::En).join("\n");
    assert!(words.starts_with("Your part is done.") && late.facts == json!({}), "{words}");
}

#[test]
fn a_disputed_meeting_of_a_month_that_is_over_hides_none_that_is_needed() {
    let pack = pack("", &rules(0, "each = \"month\", at_least = 1"));
    let facts = json!({ "service": [work("w", "2025-03-05", "2025-03-05", 60), disputed(meeting("m", "2025-03-06")),
        work("v", "2025-05-05", "2025-05-05", 60)] });
    let found = planned(&pack, &facts, "2025-05-31");
    let days: Vec<NaiveDate> = meetings(&found).iter().map(|(day, _)| *day).collect();
    assert_eq!((days, found.earliest_date), (vec!["2025-05-31".parse().unwrap()], None), "{found:#?}");
    let words = lines(&pack.versions[0], &found, Lang::En).join("\n");
    assert!(words.contains("  By May 31, 2025, once: L (May 2025)"), "{words}");
    assert!(words.contains("depends on what others have to confirm"), "{words}");
}

#[test]
fn a_step_in_time_names_the_first_months_and_how_many_more_there_are() {
    let found = planned(&pack("", &rules(1_500, "each = \"month\", at_least = 1")), &json!({}), "2025-06-10");
    let step = &found.steps.last().unwrap().text;
    assert!(step.en.ends_with("6 times: L (June 2025, July 2025, August 2025 and 3 more)"), "{step:?}");
    assert!(step.es.ends_with("6 veces: L (junio de 2025, julio de 2025, agosto de 2025 y 3 más)"), "{step:?}");
}
