//! Exams in parts, on several scales, after remediation, for so long; attestations that are confirmed again.

use credtrail::rules::{Lang, Reason, Status, explain};
use serde_json::{Value, json};

use super::small::{ask, ask_on, found, learning, pack, record, rule, said};

fn attempt(id: &str, on: &str, more: &Value) -> Value {
    let mut attempt = json!({ "id": id, "exam": "e", "on": on, "official": true });
    for (key, value) in more.as_object().unwrap() {
        attempt[key] = value.clone();
    }
    attempt
}

fn failed(id: &str, on: &str) -> Value {
    attempt(id, on, &json!({ "outcome": "failed" }))
}

fn passed(id: &str, on: &str) -> Value {
    attempt(id, on, &json!({ "outcome": "passed" }))
}

const REMEDIAL: &str = "exams = [\"e\"]\nremediation = { after = 2, event = \"x-remedial_course\", label = \"Remedial course\", label_es = \"Curso de apoyo\" }";

#[test]
fn after_the_second_failure_something_has_to_be_done_first() {
    let rules = rule("exam", "x", REMEDIAL);
    let tries = json!([failed("a", "2025-01-10"), failed("b", "2025-02-10"), passed("c", "2025-04-10")]);
    let with = |events: Value| ask(&rules, &json!({ "exams": tries, "events": events }));
    let done = |on: &str| json!([{ "id": "e1", "kind": "x-remedial_course", "on": on }]);
    let without = with(json!([]));
    assert_eq!((without.status, found(&without, "x.remediation").status), (Status::NotMet, Status::NotMet));
    assert_eq!(said(&without, "c").1, [(None, Reason::BeforeRequiredEvent)]);
    assert_eq!(without.next[0].requirement, "x.remediation");
    // On the day of the second failure is too early, the day after it serves; so does the day of the attempt, not the one after.
    assert_eq!(with(done("2025-02-10")).status, Status::NotMet);
    assert_eq!(with(done("2025-02-11")).status, Status::Met);
    assert_eq!(with(done("2025-04-10")).status, Status::Met);
    assert_eq!(with(done("2025-04-11")).status, Status::NotMet);
    assert_eq!(found(&with(done("2025-04-10")), "x.remediation").status, Status::Met);
}

#[test]
fn nothing_is_asked_before_so_many_failures() {
    let rules = rule("exam", "x", REMEDIAL);
    let answer = ask(&rules, &json!({ "exams": [failed("a", "2025-01-10"), passed("b", "2025-04-10")] }));
    assert_eq!((answer.status, found(&answer, "x.remediation").status), (Status::Met, Status::NotApplicable));
}

#[test]
fn remediation_may_be_so_many_hours_of_learning() {
    let rules = rule(
        "exam",
        "x",
        "exams = [\"e\"]\nremediation = { after = [1], learning = \"6 hours\", only.topic = [\"ethics\"], label = \"R\", label_es = \"R\" }",
    );
    let with = |minutes: u64, topic: &str| {
        let course = learning("l", minutes, &json!({ "completed_on": "2025-02-01", "topics": [topic] }));
        ask(&rules, &json!({ "exams": [failed("a", "2025-01-10"), passed("b", "2025-04-10")], "learning": [course] }))
            .status
    };
    assert_eq!(
        (with(360, "ethics"), with(359, "ethics"), with(360, "housing")),
        (Status::Met, Status::NotMet, Status::NotMet)
    );
}

fn in_parts(keys: &str) -> String {
    let part =
        |id: &str| format!("[[initial.exam.part]]\nid = \"{id}\"\nlabel = \"L\"\nlabel_es = \"L\"\npass = \"60\"\n");
    rule("exam", "x", &format!("exams = [\"e\"]\n{keys}\n{}{}", part("ethics"), part("advocacy")))
}

#[test]
fn every_part_has_to_reach_its_mark_in_one_sitting() {
    let sat = |id: &str, on: &str, ethics: &str, advocacy: &str| {
        attempt(id, on, &json!({ "domains": { "ethics": ethics, "advocacy": advocacy } }))
    };
    let rules = in_parts("");
    let with = |list: Value| ask(&rules, &json!({ "exams": list }));
    assert_eq!(with(json!([sat("a", "2025-01-10", "60", "60")])).status, Status::Met);
    let short = with(json!([sat("a", "2025-01-10", "59.9", "80")]));
    assert_eq!((short.status, said(&short, "a").1), (Status::NotMet, vec![(None, Reason::BelowMinimumSize)]));
    assert_eq!(
        with(json!([sat("a", "2025-01-10", "80", "10"), sat("b", "2025-03-10", "10", "80")])).status,
        Status::NotMet
    );
}

#[test]
fn a_passed_part_is_kept_through_the_day_its_time_ends() {
    let sat = |id: &str, on: &str, ethics: &str, advocacy: &str| {
        attempt(id, on, &json!({ "domains": { "ethics": ethics, "advocacy": advocacy } }))
    };
    let rules = in_parts("parts_kept = \"3 months\"");
    let with = |second: &str| {
        ask(&rules, &json!({ "exams": [sat("a", "2025-01-10", "80", "10"), sat("b", second, "10", "80")] }))
    };
    assert_eq!(with("2025-04-10").status, Status::Met);
    assert_eq!(with("2025-04-11").status, Status::NotMet);
    let half = ask_on("2025-04-01", "", &rules, &json!({ "exams": [sat("a", "2025-01-10", "80", "10")] }));
    assert_eq!((found(&half, "x.ethics").status, found(&half, "x.advocacy").status), (Status::Met, Status::NotMet));
    assert_eq!(half.next[0].requirement, "x.advocacy");
}

#[test]
fn each_scale_has_its_mark_and_an_unknown_scale_leaves_it_to_the_outcome() {
    let rules = rule("exam", "x", "exams = [\"e\"]\npass = [\"500 on 200-800\", \"70 on 0-100\"]");
    let with = |score: &str, scale: &str, outcome: &str| {
        ask(&rules, &json!({ "exams": [attempt("a", "2025-01-10", &json!({ "score": score, "scale": scale, "outcome": outcome }))] })).status
    };
    assert_eq!((with("70", "0-100", "failed"), with("69.9", "0-100", "passed")), (Status::Met, Status::NotMet));
    assert_eq!((with("500", "200-800", "failed"), with("70", "200-800", "passed")), (Status::Met, Status::NotMet));
    assert_eq!((with("7", "0-10", "passed"), with("7", "0-10", "failed")), (Status::Met, Status::NotMet));
}

#[test]
fn a_score_that_does_not_say_on_which_of_several_scales_it_is_leaves_it_to_the_outcome() {
    let with = |marks: &str, score: &str, outcome: &str| {
        let rules = rule("exam", "x", &format!("exams = [\"e\"]\npass = {marks}"));
        ask(&rules, &json!({ "exams": [attempt("a", "2025-01-10", &json!({ "score": score, "outcome": outcome }))] }))
            .status
    };
    let several = "[\"500 on 200-800\", \"70 on 0-100\"]";
    assert_eq!((with(several, "85", "passed"), with(several, "510", "failed")), (Status::Met, Status::NotMet));
    // The only mark is meant, and one for any scale holds for a score that names none.
    let only = "\"500 on 200-800\"";
    assert_eq!((with(only, "510", "failed"), with(only, "499", "passed")), (Status::Met, Status::NotMet));
    let any = "[\"500 on 200-800\", \"70\"]";
    assert_eq!((with(any, "70", "failed"), with(any, "69", "passed")), (Status::Met, Status::NotMet));
}

/// Whether ten hours of March count, which only those after the pass do: on a day, by exam rules and one sitting in January.
fn after_the_pass(day: &str, rules: &str, sat: &Value) -> Status {
    let hours = rule("learning", "t", "at_least = \"10 hours\"\nwindow = \"after exam passed\"");
    let course = learning("l", 600, &json!({ "completed_on": "2025-03-01" }));
    let facts = json!({ "exams": [attempt("a", "2025-01-10", sat)], "learning": [course] });
    found(&ask_on(day, "", &format!("{rules}{hours}"), &facts), "t").status
}

#[test]
fn hours_after_the_exam_wait_for_what_the_exam_rule_calls_a_pass() {
    let rules = rule("exam", "x", "exams = [\"e\"]\npass = \"70\"");
    let with = |sat: Value| after_the_pass("2025-06-01", &rules, &sat);
    assert_eq!(with(json!({ "outcome": "passed" })), Status::Met);
    assert_eq!(with(json!({ "score": "70" })), Status::Met, "a score says it without an outcome");
    assert_eq!(with(json!({ "outcome": "passed", "score": "69" })), Status::NotMet, "below the mark");
    for status in ["voided", "rejected", "disputed"] {
        assert_eq!(with(json!({ "outcome": "passed", "status": status })), Status::NotMet, "{status}");
    }
    assert_eq!(with(json!({ "outcome": "passed", "official": false })), Status::NotMet);
    let early = rule("exam", "x", "exams = [\"e\"]\npreliminary = \"counts\"");
    assert_eq!(after_the_pass("2025-06-01", &early, &json!({ "outcome": "passed", "official": false })), Status::Met);
    let sat = json!({ "domains": { "ethics": "60", "advocacy": "59" }, "outcome": "passed" });
    assert_eq!(after_the_pass("2025-06-01", &in_parts(""), &sat), Status::NotMet, "a part below its mark");
}

#[test]
fn hours_after_the_exam_wait_until_the_result_is_official() {
    let sat = json!({ "outcome": "passed", "official_on": "2025-05-02" });
    for rules in [rule("exam", "x", "exams = [\"e\"]"), rule("age", "g", "at_least = 18")] {
        let on = |day: &str| after_the_pass(day, &rules, &sat);
        assert_eq!((on("2025-05-01"), on("2025-05-02")), (Status::NotMet, Status::Met));
    }
}

#[test]
fn an_exam_that_no_rule_names_is_passed_by_its_own_result() {
    let rules = rule("exam", "x", "exams = [\"other\"]\npass = \"900\"");
    let with = |sat: Value| after_the_pass("2025-06-01", &rules, &sat);
    assert_eq!(with(json!({ "outcome": "passed", "score": "85" })), Status::Met);
    assert_eq!(with(json!({ "score": "85", "pass_mark": "80" })), Status::Met);
    for sat in [
        json!({ "outcome": "failed" }),
        json!({ "outcome": "passed", "status": "voided" }),
        json!({ "outcome": "passed", "status": "rejected" }),
        json!({ "outcome": "voided" }),
    ] {
        assert_eq!(with(sat.clone()), Status::NotMet, "{sat}");
    }
}

#[test]
fn a_pass_is_good_through_the_last_day_on_the_day_the_board_names() {
    let rules = rule("exam", "x", "exams = [\"e\"]\nvalid_for = \"24 months\"\nvalid_on = \"application\"");
    let with = |received: &str| {
        let application =
            json!([{ "id": "ap", "credential": "us-xx-ps", "purpose": "initial", "received_on": received }]);
        ask(&rules, &json!({ "exams": [passed("a", "2023-02-28")], "applications": application }))
    };
    assert_eq!((with("2025-02-28").status, with("2025-03-01").status), (Status::Met, Status::NotMet));
    assert_eq!(found(&with("2025-02-28"), "x").notes[0].through, Some("2025-02-28".parse().unwrap()));
}

#[test]
fn a_preliminary_pass_counts_where_the_board_says_so_and_is_marked() {
    let keys = |more: &str| rule("exam", "x", &format!("exams = [\"e\"]\n{more}"));
    let facts = json!({ "exams": [attempt("a", "2025-01-10", &json!({ "outcome": "passed", "official": false }))] });
    assert_eq!(ask(&keys(""), &facts).status, Status::Undecided);
    let answer = ask(&keys("preliminary = \"counts\""), &facts);
    assert_eq!((answer.status, found(&answer, "x").notes[0].code.as_str()), (Status::Met, "preliminary_pass"));
}

#[test]
fn a_day_that_is_not_written_out_is_no_day_since_when_something_holds() {
    let rules =
        rule("attestation", "r", "attestation = \"x-sober_since\"\nsince_at_least = \"12 months before today\"");
    let with = |value: &str| {
        let given =
            json!([{ "id": "a", "kind": "x-sober_since", "value": value, "on": "2025-05-01", "status": "verified" }]);
        ask(&rules, &json!({ "attestations": given }))
    };
    assert_eq!(with("2024-03-01").status, Status::Met);
    for value in [" 2024- 3-1", "2024-3-1", "+2024-03-01"] {
        let answer = with(value);
        assert_eq!(
            (answer.status, said(&answer, "a").1),
            (Status::NotMet, vec![(None, Reason::EvidenceMissing)]),
            "{value}"
        );
    }
}

#[test]
fn what_is_confirmed_yearly_may_not_lapse() {
    let rules = rule("attestation", "r", "attestation = \"recovery_since\"\nrenewed_every = \"12 months\"");
    let given = |days: &[&str]| {
        let all = days.iter().enumerate().map(|(at, on)| {
            json!({ "id": format!("a{at}"), "kind": "recovery_since", "value": "2020-01-01", "on": on, "by": "self", "status": "verified" })
        });
        json!({ "attestations": all.collect::<Vec<_>>() })
    };
    let fresh = ask(&rules, &given(&["2023-05-01", "2024-06-01"]));
    assert_eq!((fresh.status, found(&fresh, "r.again").status), (Status::Met, Status::Met));
    assert_eq!(found(&fresh, "r.again").notes[0].text, "To be confirmed again by June 1, 2025.");
    let stale = ask_on("2025-06-02", "", &rules, &given(&["2023-05-01", "2024-06-01"]));
    assert_eq!((stale.status, stale.earliest_date), (Status::NotMet, Some("2025-06-02".parse().unwrap())));
    // In a window that has a first day no year may be left out.
    let bound = rules.replace("renewed_every", "window = \"since 2023-01-01\"\nrenewed_every");
    assert_eq!(ask(&bound, &given(&["2024-01-01", "2025-01-01"])).status, Status::Met);
    let gap = ask(&bound, &given(&["2023-12-31", "2025-01-01"]));
    assert_eq!((gap.status, gap.earliest_date), (Status::NotMet, None));
}

#[test]
fn remediation_and_confirming_again_are_said_in_both_languages() {
    let rules = format!(
        "{}{}",
        rule("exam", "x", REMEDIAL),
        rule("attestation", "r", "attestation = \"recovery_since\"\nrenewed_every = \"1 month\"")
    );
    let facts = json!({ "exams": [failed("a", "2025-01-10"), failed("b", "2025-02-10")] });
    let answer = ask(&rules, &facts);
    let all = |lang| {
        let lines = explain::lines(&pack("", &rules).versions[0], &record(&facts), &answer, lang);
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let (en, es) = (all(Lang::En), all(Lang::Es));
    assert!(
        en.contains("Remedial course: still to do.") && en.contains("Confirmed again every 1 month: still to do."),
        "{en}"
    );
    assert!(
        es.contains("Curso de apoyo: pendiente.") && es.contains("Confirmado de nuevo cada 1 mes: pendiente."),
        "{es}"
    );
}

#[test]
fn how_many_attempts_are_used_is_said_until_the_exam_is_passed() {
    let rules = rule("exam", "x", "exams = [\"e\"]\nattempts = { at_most = 2, window = \"since 2025-01-01\" }");
    let no_show = attempt("a", "2025-01-10", &json!({ "outcome": "no_show" }));
    let notes = |exams: Value| -> Vec<String> {
        found(&ask(&rules, &json!({ "exams": exams })), "x").notes.iter().map(|note| note.text.clone()).collect()
    };
    assert_eq!(notes(json!([])), [""; 0]);
    assert_eq!(notes(json!([no_show])), ["Attempts used: 1 of 2."]);
    let all = "All attempts are used: 2 of 2. The board can tell you what comes next.";
    assert_eq!(notes(json!([no_show, failed("b", "2025-02-10")])), [all]);
    assert_eq!(notes(json!([no_show, passed("b", "2025-02-10")])), [""; 0]);
}
