//! Single judgments: caps by share, overlaps, approval on the day, disputes, repeats, exams, branches.

use credtrail::rules::{Lang, Reason, Record, Status, explain};
use serde_json::{Value, json};

use super::small::{ask, learning, pack, rule, said};

#[test]
fn a_share_of_the_counted_total_is_taken_after_the_cap() {
    let rules = rule(
        "learning",
        "t",
        "at_least = \"20 hours\"\n[[initial.learning.cap]]\nid = \"c\"\nlabel = \"C\"\nlabel_es = \"C\"\nof.delivery = [\"self_paced\"]\nat_most = \"50 %\"",
    );
    let facts = json!({ "learning": [learning("a", 1200, &json!({ "delivery": "self_paced" })), learning("b", 300, &json!({ "delivery": "in_person" }))] });
    let answer = ask(&rules, &facts);
    assert_eq!(said(&answer, "a"), (Some(300), vec![(Some(900), Reason::CapReached)]));
    // Ten hours in person (five more than there are) let ten self-paced ones count.
    assert_eq!(
        (answer.requirements[0].counted_minutes, answer.requirements[0].missing_minutes),
        (Some(600), Some(300))
    );
}

#[test]
fn approval_counts_on_the_day_of_completion_and_withdrawal_spares_earlier_work() {
    let rules = rule("learning", "t", "at_least = \"1 hour\"\napproved = true");
    let with = |approvals: Value| {
        ask(&rules, &json!({ "learning": [learning("a", 60, &json!({ "approvals": approvals }))] })).status
    };
    let ours = |more: Value| {
        let mut approval = json!({ "by": "us-xx", "from": "2024-01-01" });
        for (key, value) in more.as_object().unwrap() {
            approval[key] = value.clone();
        }
        json!([approval])
    };
    assert_eq!(with(ours(json!({}))), Status::Met);
    assert_eq!(with(ours(json!({ "through": "2024-12-31" }))), Status::NotMet);
    assert_eq!(with(ours(json!({ "withdrawn_on": "2025-01-02" }))), Status::Met);
    assert_eq!(with(ours(json!({ "withdrawn_on": "2025-01-01" }))), Status::NotMet);
    assert_eq!(with(json!([])), Status::Undecided);
}

#[test]
fn a_disputed_fact_leaves_undecided_only_what_it_would_decide() {
    let rules = rule("learning", "t", "at_least = \"2 hours\"");
    let with = |minutes: u64| {
        let facts = json!({ "learning": [learning("a", 60, &json!({})), learning("b", minutes, &json!({ "status": "disputed" }))] });
        ask(&rules, &facts)
    };
    assert_eq!(with(60).status, Status::Undecided);
    assert_eq!(with(59).status, Status::NotMet);
    assert_eq!(said(&with(60), "b"), (Some(0), vec![(Some(60), Reason::Disputed)]));
}

#[test]
fn clock_times_that_overlap_count_once() {
    let rules = rule("service", "s", "at_least = \"10 hours\"");
    let entry = |id: &str, start: &str, end: &str, minutes: u64| json!({ "id": id, "from": "2025-05-05", "to": "2025-05-05", "start": start, "end": end, "minutes": minutes, "kind": "direct", "status": "attested" });
    let answer =
        ask(&rules, &json!({ "service": [entry("b", "10:00", "12:00", 120), entry("a", "09:00", "11:00", 120)] }));
    assert_eq!(said(&answer, "a"), (Some(120), vec![]));
    assert_eq!(said(&answer, "b"), (Some(60), vec![(Some(60), Reason::Overlapping)]));
}

#[test]
fn a_day_has_1440_minutes() {
    let rules = rule("service", "s", "at_least = \"10 hours\"");
    let entry = |id: &str, minutes: u64| json!({ "id": id, "from": "2025-05-05", "to": "2025-05-05", "minutes": minutes, "kind": "direct", "status": "attested" });
    let answer = ask(&rules, &json!({ "service": [entry("a", 1000), entry("b", 500)] }));
    assert_eq!(said(&answer, "b"), (Some(440), vec![(Some(60), Reason::Overlapping)]));
}

#[test]
fn weekly_minutes_above_the_limit_do_not_count() {
    let rules = rule("service", "s", "at_least = \"100 hours\"\nper_week = \"40 hours\"");
    // Monday through the next Sunday: 14 days of 240 minutes are 28 hours a week.
    let spread = json!({ "id": "a", "from": "2025-05-05", "to": "2025-05-18", "minutes": 3360, "kind": "direct", "status": "attested" });
    let week = json!({ "id": "b", "from": "2025-05-12", "to": "2025-05-16", "minutes": 1200, "kind": "direct", "status": "attested" });
    let answer = ask(&rules, &json!({ "service": [spread, week] }));
    assert_eq!(said(&answer, "a"), (Some(3360), vec![]));
    assert_eq!(said(&answer, "b"), (Some(720), vec![(Some(480), Reason::CapReached)]));
}

#[test]
fn an_entry_counts_only_if_it_lies_wholly_inside_the_window() {
    let rules = rule("service", "s", "at_least = \"10 hours\"\nwindow = \"since 2025-05-06\"");
    let entry = |id: &str, from: &str| json!({ "id": id, "from": from, "to": "2025-05-07", "minutes": 60, "kind": "direct", "status": "attested" });
    let answer = ask(&rules, &json!({ "service": [entry("a", "2025-05-05"), entry("b", "2025-05-06")] }));
    assert_eq!(said(&answer, "a"), (Some(0), vec![(Some(60), Reason::BeforeRequiredEvent)]));
    assert_eq!(said(&answer, "b"), (Some(60), vec![]));
}

#[test]
fn the_same_course_counts_once_where_repeats_are_refused() {
    let rules = rule("learning", "t", "at_least = \"4 hours\"\nrepeats = \"refused\"");
    let course = json!({ "course": "c", "provider": "p" });
    let other = json!({ "course": "c", "provider": "q" });
    let answer = ask(
        &rules,
        &json!({ "learning": [learning("a", 60, &course), learning("b", 60, &course), learning("c", 60, &other)] }),
    );
    assert_eq!(said(&answer, "b"), (Some(0), vec![(Some(60), Reason::Repeated)]));
    assert_eq!(answer.requirements[0].counted_minutes, Some(120));
}

#[test]
fn rounding_per_activity_and_on_the_total_differ() {
    let courses = || json!({ "learning": [learning("a", 75, &json!({})), learning("b", 75, &json!({})), learning("c", 75, &json!({}))] });
    let with = |scope: &str| {
        let rules = rule(
            "learning",
            "t",
            &format!(
                "at_least = \"4 hours\"\nrounding = {{ step = \"1 hour\", mode = \"floor\", scope = \"{scope}\" }}"
            ),
        );
        ask(&rules, &courses())
    };
    assert_eq!(with("per activity").requirements[0].counted.as_deref(), Some("3"));
    assert_eq!(with("total").requirements[0].counted.as_deref(), Some("3"));
    assert_eq!(said(&with("per activity"), "a"), (Some(60), vec![(Some(15), Reason::Rounding)]));
}

#[test]
fn a_score_on_the_packs_scale_decides_and_a_preliminary_pass_waits() {
    let rules = rule("exam", "x", "exams = [\"e\"]\npass = \"500 on 200-800\"\nwait = \"90 days\"");
    let attempt = |id: &str, on: &str, score: &str, official: bool| json!({ "id": id, "exam": "e", "on": on, "score": score, "scale": "200-800", "official": official, "outcome": "failed" });
    assert_eq!(ask(&rules, &json!({ "exams": [attempt("a", "2025-01-01", "500", true)] })).status, Status::Met);
    assert_eq!(ask(&rules, &json!({ "exams": [attempt("a", "2025-01-01", "500", false)] })).status, Status::Undecided);
    assert_eq!(ask(&rules, &json!({ "exams": [attempt("a", "2025-01-01", "499", true)] })).status, Status::NotMet);
    let soon = ask(
        &rules,
        &json!({ "exams": [attempt("a", "2025-03-01", "499", true), attempt("b", "2025-05-29", "600", true)] }),
    );
    assert_eq!(said(&soon, "b").1, [(None, Reason::TooSoon)]);
    assert_eq!(soon.earliest_date, Some("2025-06-01".parse().unwrap()));
}

#[test]
fn hours_go_to_the_branch_that_leaves_the_least_to_do() {
    let branch = |id: &str, need: u64| {
        format!(
            "[[initial.any_of.learning]]\nid = \"{id}\"\nlabel = \"L\"\nlabel_es = \"L\"\nat_least = \"{need} hours\"\n"
        )
    };
    let rules = format!(
        "{}{}{}{}",
        rule("any_of", "basis", ""),
        branch("long", 40),
        branch("short", 2),
        rule("learning", "ethics", "at_least = \"2 hours\"\nonly.topic = [\"ethics\"]")
    );
    let answer = ask(
        &rules,
        &json!({ "learning": [learning("a", 120, &json!({ "topics": ["ethics"] })), learning("b", 120, &json!({ "topics": ["housing"] }))] }),
    );
    assert_eq!(answer.status, Status::Met);
    assert_eq!(answer.requirements[0].taken.as_deref(), Some("basis.short"));
}

#[test]
fn a_manual_gate_is_undecided_until_the_board_has_decided() {
    let rules = rule("decision", "portfolio", "by = \"board\"");
    let decided = |outcome: &str| json!({ "decisions": [{ "id": "d", "credential": "us-xx-ps", "requirement": "portfolio", "outcome": outcome, "on": "2025-05-01" }] });
    assert_eq!(ask(&rules, &json!({})).status, Status::Undecided);
    assert_eq!(ask(&rules, &json!({})).earliest_date, None);
    assert_eq!(ask(&rules, &decided("approved")).status, Status::Met);
    assert_eq!(ask(&rules, &decided("refused")).status, Status::NotMet);
    assert_eq!(ask(&rules, &decided("waived")).requirements[0].status, Status::Waived);
}

#[test]
fn what_no_rule_asks_for_is_not_read_and_what_comes_later_does_not_exist() {
    let rules = rule("learning", "t", "at_least = \"1 hour\"");
    let later = learning("a", 60, &json!({ "completed_on": "2025-06-02" }));
    let answer =
        ask(&rules, &json!({ "learning": [later], "events": [{ "id": "e", "kind": "hired", "on": "2025-01-01" }] }));
    assert_eq!(said(&answer, "a"), (Some(0), vec![(Some(60), Reason::AfterAsOf)]));
    let event = answer.records.iter().find(|record| record.record == "e").unwrap();
    assert_eq!(event.outcome, credtrail::rules::evaluation::Outcome::NotRead);
}

#[test]
fn supervision_is_asked_for_in_proportion_to_the_hours_that_are_needed() {
    let rules = format!(
        "{}{}",
        rule("service", "experience", "at_least = \"500 hours\"\nonly.kind = [\"direct\"]"),
        rule(
            "service",
            "supervision",
            "only.kind = [\"supervision_individual\"]\nratio = { one_hour_per = \"25 hours\", of = \"experience\", never_below = \"10 hours\" }"
        ),
    );
    let answer = ask(&rules, &json!({}));
    assert_eq!(answer.requirements[1].needed.as_deref(), Some("20"));
}

#[test]
fn hours_that_a_rule_needs_are_not_promised_to_a_branch_as_well() {
    let branch = "[[initial.any_of.learning]]\nid = \"course\"\nlabel = \"L\"\nlabel_es = \"L\"\nat_least = \"2 hours\"\n\
                  [[initial.any_of.employment]]\nid = \"work\"\nlabel = \"L\"\nlabel_es = \"L\"\ntitles = [\"peer\"]\nat_least = \"36 months\"\n";
    let rules =
        format!("{}{branch}{}", rule("any_of", "basis", ""), rule("learning", "more", "at_least = \"2 hours\""));
    let answer = ask(&rules, &json!({ "learning": [learning("a", 120, &json!({}))] }));
    assert_eq!(answer.status, Status::NotMet);
    let counted: u64 = answer.records.iter().filter_map(|record| record.minutes).sum();
    assert_eq!(counted, 120);
}

#[test]
fn what_another_board_approved_waits_for_this_boards_word() {
    let rules = rule("learning", "t", "at_least = \"1 hour\"\napproved = true");
    let facts =
        json!({ "learning": [learning("a", 60, &json!({ "approvals": [{ "by": "us-yy", "from": "2024-01-01" }] }))] });
    assert_eq!(ask(&rules, &facts).status, Status::Undecided);
}

#[test]
fn what_competes_is_explained_in_both_languages() {
    let topic = |name: &str| format!("[[initial.learning.topic]]\ntopic = \"{name}\"\nat_least = \"10 hours\"\n");
    let rules = format!("{}{}{}", rule("learning", "t", "at_least = \"20 hours\""), topic("ethics"), topic("housing"));
    let facts = json!({ "learning": [learning("a", 1110, &json!({ "topics": ["ethics", "housing"] }))] });
    let answer = ask(&rules, &facts);
    assert_eq!((answer.requirements[0].missing_minutes, answer.requirements[0].shortfall[0].minutes), (Some(90), 90));
    let pack = pack("", &rules);
    let record = Record::of(credtrail::rules::record::Person { id: "p".into(), ..Default::default() });
    let said = |lang| {
        explain::lines(&pack.versions[0], &record, &answer, lang).into_iter().map(|line| line.text).collect::<Vec<_>>()
    };
    assert!(
        said(Lang::En)
            .contains(&"Ethics and Housing together lack 1.5 hours, however your hours are divided.".to_owned()),
        "{:?}",
        said(Lang::En)
    );
    assert!(
        said(Lang::Es).iter().any(|text| text.starts_with("Entre Ética y Vivienda faltan 1.5 horas")),
        "{:?}",
        said(Lang::Es)
    );
}
