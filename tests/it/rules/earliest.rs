//! The earliest day: after the step that comes first, and never where the window is over.

use credtrail::rules::Status;
use serde_json::{Value, json};

use super::small::{ask_on, found, learning, rule, said};

/// The earliest day of all rules on 1 June 2025.
fn earliest(rules: &str, facts: &Value) -> Option<String> {
    ask_on("2025-06-01", "", rules, facts).earliest_date.map(|day| day.to_string())
}

fn on(day: &str) -> Option<String> {
    Some(day.to_owned())
}

#[test]
fn what_comes_after_a_step_counts_from_the_day_after_it() {
    let course = rule("learning", "course", "at_least = \"1 hour\"");
    let after = |what: &str, keys: &str| {
        format!("{course}{}", rule(what, "second", &format!("{keys}\nwindow = \"after met course\"")))
    };
    let rules = [
        after("learning", "at_least = \"1 hour\"\nshared = true"),
        after("learning", "count = 1\nshared = true"),
        after("service", "at_least = \"1 hour\""),
        after("exam", "exams = [\"e\"]"),
        after("attestation", "attestation = \"background_check\""),
        after("event", "events = [\"hired\"]"),
    ];
    for rules in rules {
        assert_eq!(earliest(&rules, &json!({})), on("2025-06-02"), "{rules}");
        let done = json!({ "learning": [learning("a", 60, &json!({ "completed_on": "2025-06-01" }))] });
        assert_eq!(earliest(&rules, &done), on("2025-06-02"), "{rules}");
        let earlier = json!({ "learning": [learning("a", 60, &json!({ "completed_on": "2025-05-31" }))] });
        assert_eq!(earliest(&rules, &earlier), on("2025-06-01"), "{rules}");
    }
    let since = format!("{course}{}", rule("exam", "second", "exams = [\"e\"]\nwindow = \"since met course\""));
    assert_eq!(earliest(&since, &json!({})), on("2025-06-01"));
}

#[test]
fn steps_that_follow_each_other_take_a_day_each() {
    let rules = format!(
        "{}{}{}",
        rule("learning", "course", "at_least = \"1 hour\""),
        rule("service", "work", "at_least = \"1 hour\"\nwindow = \"after met course\""),
        rule("exam", "exam", "exams = [\"e\"]\nwindow = \"after met work\"")
    );
    assert_eq!(earliest(&rules, &json!({})), on("2025-06-03"));
    let older =
        rules.replace("window = \"after met work\"", "window = [\"after met work\", \"1 week after met course\"]");
    assert_eq!(earliest(&older, &json!({})), on("2025-06-03"));
    let sooner =
        rules.replace("window = \"after met work\"", "window = [\"after met work\", \"1 days after met course\"]");
    assert_eq!(earliest(&sooner, &json!({})), None, "the day after the work is the second after the course");
}

#[test]
fn a_step_that_waits_for_someone_has_no_day_and_neither_has_what_follows() {
    let rules = format!(
        "{}{}",
        rule("decision", "gate", "by = \"board\""),
        rule("exam", "exam", "exams = [\"e\"]\nwindow = \"after met gate\"")
    );
    let answer = ask_on("2025-06-01", "", &rules, &json!({}));
    assert_eq!(answer.earliest_date, None);
    let approved = rule("exam", "exam", "exams = [\"e\"]\nwindow = \"since application approved\"");
    assert_eq!(earliest(&approved, &json!({})), None);
    let filed = json!({ "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-05-01", "approved_on": "2025-05-10" }] });
    assert_eq!(earliest(&approved, &filed), on("2025-06-01"));
}

#[test]
fn nothing_done_after_the_window_has_a_day() {
    for what in ["learning", "service"] {
        let amount = |window: &str| rule(what, "t", &format!("at_least = \"1 hour\"\nwindow = \"{window}\""));
        assert_eq!(earliest(&amount("through 2025-05-31"), &json!({})), None, "{what}");
        assert_eq!(earliest(&amount("through 2025-06-01"), &json!({})), on("2025-06-01"), "{what}");
        assert_eq!(earliest(&amount("before 2025-06-01"), &json!({})), None, "{what}");
        assert_eq!(earliest(&amount("since 2025-06-15"), &json!({})), on("2025-06-15"), "{what}");
        assert_eq!(earliest(&amount("12 months before application"), &json!({})), on("2025-06-01"), "{what}");
    }
    for rules in [
        rule("exam", "x", "exams = [\"e\"]\nwindow = \"through 2025-05-31\""),
        rule("exam", "x", "exams = [\"e\"]\nattempts = { at_most = 2, window = \"through 2025-05-31\" }"),
        rule("event", "x", "events = [\"hired\"]\nwindow = \"through 2025-05-31\""),
        rule("attestation", "x", "attestation = \"background_check\"\nwindow = \"through 2025-05-31\""),
        rule("employment", "x", "at_least = \"2 months\"\nwindow = \"through 2025-07-30\""),
    ] {
        assert_eq!(earliest(&rules, &json!({})), None, "{rules}");
    }
    let work = rule("employment", "x", "at_least = \"2 months\"\nwindow = \"through 2025-07-31\"");
    assert_eq!(earliest(&work, &json!({})), on("2025-07-31"));
}

#[test]
fn a_job_that_goes_on_is_long_enough_on_the_last_day_of_its_last_month() {
    let rules = rule("employment", "x", "at_least = \"12 months\"");
    let job = |from: &str| json!({ "employment": [{ "id": "m", "from": from }] });
    for (from, day) in [("2025-03-15", "2026-03-14"), ("2024-08-31", "2025-08-30"), ("2025-06-01", "2026-05-31")] {
        assert_eq!(earliest(&rules, &job(from)), on(day), "from {from}");
        assert_eq!(ask_on(day, "", &rules, &job(from)).status, Status::Met);
        let before = day.parse::<chrono::NaiveDate>().unwrap().pred_opt().unwrap().to_string();
        assert_eq!(ask_on(&before, "", &rules, &job(from)).status, Status::NotMet);
    }
}

#[test]
fn an_application_that_is_there_closes_the_window_before_it() {
    let rules = rule("learning", "t", "at_least = \"1 hour\"\nwindow = \"12 months before application\"");
    let filed = |day: &str| json!({ "applications": [{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": day }] });
    assert_eq!(earliest(&rules, &filed("2025-05-31")), None);
    assert_eq!(earliest(&rules, &filed("2025-06-01")), on("2025-06-01"));
}

#[test]
fn a_wait_that_ends_after_the_window_leaves_no_day() {
    let rules = |through: &str| {
        rule("exam", "x", &format!("exams = [\"e\"]\nwait = \"30 days\"\nwindow = \"through {through}\""))
    };
    let failed =
        json!({ "exams": [{ "id": "a", "exam": "e", "on": "2025-05-20", "outcome": "failed", "official": true }] });
    assert_eq!(earliest(&rules("2025-06-19"), &failed), on("2025-06-19"));
    assert_eq!(earliest(&rules("2025-06-18"), &failed), None);
}

#[test]
fn hours_that_a_limit_spreads_have_a_day_only_inside_the_window() {
    let rules = |keys: &str, through: &str| {
        rule("service", "s", &format!("at_least = \"30 hours\"\n{keys}\nwindow = \"through {through}\""))
    };
    let week = "per_week = \"10 hours\"";
    assert_eq!(earliest(&rules(week, "2025-06-15"), &json!({})), on("2025-06-15"));
    assert_eq!(earliest(&rules(week, "2025-06-14"), &json!({})), None);
    let month = "per_month = \"10 hours\"";
    assert_eq!(earliest(&rules(month, "2025-12-31"), &json!({})), on("2025-08-01"));
}

#[test]
fn a_part_with_days_of_its_own_has_them_also_for_what_is_still_to_do() {
    let topic = |window: &str| {
        format!(
            "{}[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"1 hour\"\nwindow = \"{window}\"\n",
            rule("learning", "t", "at_least = \"2 hours\"")
        )
    };
    let housing = json!({ "learning": [learning("a", 60, &json!({ "topics": ["housing"] }))] });
    assert_eq!(earliest(&topic("through 2025-05-31"), &housing), None);
    assert_eq!(earliest(&topic("since 2025-07-01"), &housing), on("2025-07-01"));
    let answer = ask_on("2025-06-01", "", &topic("since 2025-07-01"), &housing);
    assert_eq!((found(&answer, "t.ethics").missing.as_deref(), said(&answer, "a").0), (Some("1"), Some(60)));
}

#[test]
fn a_birthday_helps_until_an_application_has_fixed_the_day() {
    let rules = rule("age", "a", "at_least = 36");
    assert_eq!(earliest(&rules, &json!({})), on("2026-01-01"));
    let applied = json!({ "applications": [
        { "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": "2025-05-01" },
    ] });
    assert_eq!(earliest(&rules, &applied), None);
}

#[test]
fn a_day_on_which_what_is_there_today_has_fallen_out_of_its_window_is_not_named() {
    let rules = format!(
        "{}{}",
        rule("age", "age", "at_least = 36"),
        rule("learning", "t", "at_least = \"10 hours\"\nwindow = \"12 months before application\"")
    );
    // The birthday is on 1 January 2026.
    let done = |day: &str| json!({ "learning": [learning("a", 600, &json!({ "completed_on": day }))] });
    assert_eq!(earliest(&rules, &done("2025-01-01")), on("2026-01-01"));
    assert_eq!(earliest(&rules, &done("2024-12-31")), None);
    // Nor where there is less of what is missing anyway.
    let five = |day: &str| json!({ "learning": [learning("a", 300, &json!({ "completed_on": day }))] });
    assert_eq!(earliest(&rules, &five("2025-01-01")), on("2026-01-01"));
    assert_eq!(earliest(&rules, &five("2024-12-31")), None);
}
