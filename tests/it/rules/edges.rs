//! Keys that decide by a day, an amount or a word, about a first certificate: the last that is taken and the first that is not.

use credtrail::rules::{Reason, Status};
use serde_json::{Value, json};

use super::small::{ask, learning, rule, said};

#[test]
fn a_job_counts_from_the_weekly_hours_on_that_are_asked_for() {
    let rules = rule("employment", "job", "at_least = \"12 months\"\nweekly_at_least = \"10 hours\"");
    let status = |minutes: Option<u64>| {
        let job = json!({ "id": "m", "title": "peer_supporter", "employer": "harbor-house", "from": "2024-01-01",
            "through": null, "weekly_minutes": minutes });
        ask(&rules, &json!({ "employment": [job] })).status
    };
    assert_eq!([Some(600), Some(599)].map(status), [Status::Met, Status::NotMet]);
    assert_ne!(status(None), Status::Met, "nobody said how many");
}

/// Minutes of a class that count, and why others do not.
fn class(rules: &str, more: &Value) -> (Option<u64>, Vec<Reason>) {
    let answer = ask(rules, &json!({ "learning": [learning("a", 60, more)] }));
    let (minutes, lost) = said(&answer, "a");
    (minutes.filter(|minutes| *minutes > 0), lost.into_iter().map(|(_, reason)| reason).collect())
}

#[test]
fn approval_is_asked_for_from_the_first_day_through_the_last_that_the_pack_names() {
    let keys = "at_least = \"1 hour\"\napproved = { by = [\"board\"], completed_from = 2024-03-01, completed_through = 2024-03-31 }";
    let rules = rule("learning", "t", keys);
    let on = |day: &str| class(&rules, &json!({ "completed_on": day, "approved": false }));
    for day in ["2024-02-29", "2024-04-01"] {
        assert_eq!(on(day), (Some(60), vec![]), "{day}");
    }
    for day in ["2024-03-01", "2024-03-31"] {
        assert_eq!(on(day), (None, vec![Reason::NotApproved]), "{day}");
    }
}

#[test]
fn a_refused_tag_refuses_what_bears_it_and_nothing_else() {
    let rules = rule("learning", "t", "at_least = \"1 hour\"\nnever.tag = [\"first_aid\", \"staff_training\"]");
    let tagged = |tags: Value| class(&rules, &json!({ "tags": tags })).0;
    assert_eq!([json!(["first_aid"]), json!(["family", "staff_training"])].map(tagged), [None; 2]);
    assert_eq!([json!([]), json!(["family"]), json!(["first_aid_law"])].map(tagged), [Some(60); 3]);
}
