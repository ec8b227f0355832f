//! How much has to be attended, and how much of it may be missed with an excuse.

use credtrail::rules::pack::stricter::{Sizes, Way, way};
use credtrail::rules::{Lang, Reason, Status, render};
use serde_json::json;

use super::small::{ask, found, learning, pack, rule, said};

/// Whether a course of 100 minutes counts of which so many were attended and excused.
fn counts(asked: &str, attended: u32, excused: u32) -> bool {
    let there = json!({ "held_minutes": 100, "attended_minutes": attended, "excused_minutes": excused });
    let answer = ask(
        &rule("learning", "class", &format!("at_least = \"100 minutes\"\n{asked}")),
        &json!({ "learning": [learning("l1", 100, &json!({ "attendance": there }))] }),
    );
    let met = found(&answer, "class").status == Status::Met;
    let lost = if met { vec![] } else { vec![(Some(100), Reason::NotAttended)] };
    assert_eq!(said(&answer, "l1").1, lost);
    met
}

#[test]
fn excused_minutes_count_as_attended_up_to_the_limit() {
    let quarter = "attendance = \"100 %\"\nexcused_at_most = \"25 %\"";
    let of = |asked: &str, pairs: &[(u32, u32)]| -> Vec<bool> {
        pairs.iter().map(|(attended, excused)| counts(asked, *attended, *excused)).collect()
    };
    assert_eq!(of(quarter, &[(100, 0), (75, 25), (74, 26), (74, 100), (99, 0)]), [true, true, false, false, false]);
    // With a share below all of it, what may be missed anyway needs no excuse.
    let both = "attendance = \"90 %\"\nexcused_at_most = \"25 %\"";
    assert_eq!(of(both, &[(90, 0), (65, 25), (64, 26), (89, 0)]), [true, true, false, false]);
    let minutes = "attendance = \"100 %\"\nexcused_at_most = \"10 minutes\"";
    assert_eq!(of(minutes, &[(90, 10), (89, 11)]), [true, false]);
    let none = "attendance = \"100 %\"\nexcused_at_most = \"0 %\"";
    assert_eq!(of(none, &[(100, 0), (99, 1)]), [true, false]);
    assert_eq!(of("attendance = \"100 %\"", &[(40, 60), (40, 59)]), [true, false], "no limit is stated");
}

#[test]
fn a_lower_limit_is_harder_and_none_the_easiest() {
    let sizes = Sizes::default();
    let goes = |old: Option<&str>, new: Option<&str>| {
        let (old, new) = (old.map(|text| json!(text)), new.map(|text| json!(text)));
        way("excused_at_most", old.as_ref().map(|one| (one, &sizes)), new.as_ref().map(|one| (one, &sizes)))
    };
    assert_eq!(goes(Some("25 %"), Some("10 %")), Way::Harder);
    assert_eq!(goes(Some("25 %"), Some("30 %")), Way::Easier);
    assert_eq!(goes(None, Some("25 %")), Way::Harder);
    assert_eq!(goes(Some("25 %"), None), Way::Easier);
    assert_eq!(goes(Some("25 %"), Some("4 hours")), Way::Unclear);
}

#[test]
fn the_page_says_it_in_both_languages() {
    let pack = pack(
        "",
        &rule("learning", "class", "at_least = \"1 hour\"\nattendance = \"100 %\"\nexcused_at_most = \"25 %\""),
    );
    let page = |lang| render::markdown(&pack.versions[0], lang).to_lowercase();
    assert!(page(Lang::En).contains("excused absence: at most 25 percent"), "{}", page(Lang::En));
    assert!(page(Lang::Es).contains("faltas justificadas: como máximo el 25 por ciento"), "{}", page(Lang::Es));
}

#[test]
fn of_nothing_held_no_share_was_attended() {
    let of = |held: u32, attended: u32| {
        let there = json!({ "held_minutes": held, "attended_minutes": attended, "excused_minutes": 0 });
        let answer = ask(
            &rule("learning", "class", "at_least = \"100 minutes\"\nattendance = \"90 %\""),
            &json!({ "learning": [learning("l1", 100, &json!({ "attendance": there }))] }),
        );
        (found(&answer, "class").status, said(&answer, "l1").1)
    };
    assert_eq!(of(0, 0), (Status::NotMet, vec![(Some(100), Reason::EvidenceMissing)]));
    assert_eq!(of(10, 9).0, Status::Met);
}
