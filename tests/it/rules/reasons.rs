//! Which reason a record is told where several rules speak of it, and where a part says its own.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Reason, Status};
use serde_json::{Value, json};

use super::small::{ask, found, learning, rule, said};

#[test]
fn the_rule_a_record_was_meant_for_says_why_it_does_not_count() {
    let online = rule("learning", "online", "at_least = \"1 hour\"\nonly.topic = [\"housing\"]");
    let training = rule("learning", "training", "at_least = \"1 hour\"\napproved = true");
    let answer = |more: Value| ask(&format!("{online}{training}"), &json!({ "learning": [learning("a", 60, &more)] }));
    let quoted = |answer: &Evaluation| {
        let lost = &answer.records[0].not_counted;
        lost.iter().map(|lost| (lost.requirement.clone().unwrap(), lost.reason)).collect::<Vec<_>>()
    };
    let refused = answer(json!({ "approved": false, "topics": ["ethics"] }));
    assert_eq!(quoted(&refused), [("training".to_owned(), Reason::NotApproved)]);
    // Where no rule comes further, being about something else is the reason.
    let other = ask(&online, &json!({ "learning": [learning("a", 60, &json!({ "topics": ["ethics"] }))] }));
    assert_eq!(quoted(&other), [("online".to_owned(), Reason::TopicNotAccepted)]);
}

#[test]
fn a_part_says_what_it_did_not_take_though_the_total_did() {
    let rules = rule(
        "learning",
        "t",
        "at_least = \"2 hours\"\n[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"1 hour\"\nwindow = \"3 months before application\"",
    );
    let facts = |day: &str| {
        let ethics = json!({ "completed_on": day, "topics": ["ethics"] });
        ask(&rules, &json!({ "learning": [learning("a", 120, &ethics)] }))
    };
    let old = facts("2025-02-28");
    assert_eq!(said(&old, "a"), (Some(120), vec![]));
    let part = found(&old, "t.ethics");
    assert_eq!((part.missing_minutes, found(&old, "t").counted_minutes), (Some(60), Some(120)));
    let kept_out: Vec<_> = part.not_counted.iter().map(|one| (one.record.as_str(), one.minutes, one.reason)).collect();
    assert_eq!(kept_out, [("a", Some(120), Reason::OutsideWindow)]);
    assert!(found(&facts("2025-03-01"), "t.ethics").not_counted.is_empty());
}

#[test]
fn references_are_by_different_people_where_they_name_them() {
    let rules = rule("attestation", "r", "attestation = \"reference\"\ncount = 2\ndifferent_people = true");
    let answer = |by: [Option<&str>; 2]| {
        let reference = |(at, by_id): (usize, Option<&str>)| {
            json!({ "id": format!("a{at}"), "kind": "reference", "on": "2025-01-01", "by": "reference", "by_id": by_id,
                    "status": "verified" })
        };
        ask(&rules, &json!({ "attestations": by.into_iter().enumerate().map(reference).collect::<Vec<_>>() }))
    };
    assert_eq!(answer([Some("r7"), Some("r8")]).status, Status::Met);
    for by in [[None, None], [Some("r7"), None], [Some("r7"), Some("")]] {
        let unnamed = answer(by);
        assert_eq!((unnamed.status, said(&unnamed, "a1").1[0].1), (Status::NotMet, Reason::EvidenceMissing), "{by:?}");
    }
    let same = answer([Some("r7"), Some("r7")]);
    assert_eq!((same.status, said(&same, "a1").1[0].1), (Status::NotMet, Reason::Surplus));
}
