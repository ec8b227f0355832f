//! Units that are not hours, and rounding: the boards' own figures come out.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Reason, Status};
use serde_json::{Value, json};

use super::small::{amounts, ask, ask_on, found, learning, rule, said};

const IACET: &str = "[unit.iacet_ceu]\nis = \"600 minutes\"\n";

/// One rule in a unit under a head, and what counts of courses of these lengths.
fn counted(head: &str, keys: &str, minutes: &[u64]) -> Evaluation {
    let courses: Vec<Value> =
        minutes.iter().enumerate().map(|(at, minutes)| learning(&format!("l{at}"), *minutes, &json!({}))).collect();
    // Tables of the head come after its keys.
    let (keys_first, tables) = head.split_once('[').map_or((head, String::new()), |(a, b)| (a, format!("[{b}")));
    ask_on(
        "2025-06-01",
        keys_first,
        &format!("{tables}{}", rule("learning", "t", keys)),
        &json!({ "learning": courses }),
    )
}

fn figure(answer: &Evaluation) -> &str {
    found(answer, "t").counted.as_deref().unwrap()
}

#[test]
fn an_iacet_ceu_is_ten_hours_in_tenths_and_never_less_than_one() {
    let keys = "at_least = \"2 iacet_ceus\"\nrounding = { step = \"0.1 iacet_ceus\", mode = \"nearest\", minimum = \"0.1 iacet_ceus\", scope = \"per activity\" }";
    for (minutes, ceu) in [(17 * 60, "1.7"), (30, "0.1"), (360, "0.6"), (10, "0.1")] {
        assert_eq!(figure(&counted(IACET, keys, &[minutes])), ceu, "{minutes} minutes");
    }
}

#[test]
fn a_hundred_and_seventy_five_minutes_are_three_and_a_half_hours_of_fifty() {
    let fifty = "hour = \"50 minutes\"\n";
    let halves =
        "at_least = \"10 hours\"\nrounding = { step = \"0.5 hours\", mode = \"floor\", scope = \"per activity\" }";
    let whole = "at_least = \"10 hours\"\nrounding = { step = \"1 hour\", mode = \"floor\", scope = \"per activity\" }";
    assert_eq!(figure(&counted(fifty, halves, &[175])), "3.5");
    assert_eq!(figure(&counted(fifty, whole, &[174])), "3");
}

#[test]
fn two_hundred_and_sixty_four_units_of_forty_five_are_a_hundred_and_ninety_eight_hours() {
    let units: Vec<u64> = vec![45; 264];
    assert_eq!(figure(&counted("", "at_least = \"198 hours\"", &units)), "198");
    let stated = counted("[unit.teaching_unit]\nis = \"45 minutes\"\n", "at_least = \"264 teaching_units\"", &units);
    assert_eq!((stated.status, amounts(&stated, "t")), (Status::Met, ("264", "264")));
}

#[test]
fn three_courses_of_seventy_five_minutes_are_three_hours_each_by_itself_and_four_together() {
    let with = |scope: &str| {
        let keys = format!(
            "at_least = \"4 hours\"\nrounding = {{ step = \"1 hour\", mode = \"floor\", scope = \"{scope}\" }}"
        );
        counted("hour = \"50 minutes\"\n", &keys, &[75, 75, 75])
    };
    assert_eq!((figure(&with("per activity")), with("per activity").status), ("3", Status::NotMet));
    assert_eq!((figure(&with("total")), with("total").status), ("4", Status::Met));
    assert_eq!(said(&with("per activity"), "l0"), (Some(50), vec![(Some(25), Reason::Rounding)]));
    assert_eq!(found(&with("per activity"), "t").missing_minutes, Some(50));
}

#[test]
fn what_is_missing_is_what_rounds_up_to_the_need() {
    let keys = "at_least = \"4 hours\"\nrounding = { step = \"1 hour\", mode = \"nearest\", scope = \"total\" }";
    // 210 minutes round up to four hours; of 200 only ten more are needed.
    assert_eq!(counted("", keys, &[210]).status, Status::Met);
    let short = counted("", keys, &[200]);
    assert_eq!((short.status, found(&short, "t").missing_minutes, figure(&short)), (Status::NotMet, Some(10), "3"));
}

#[test]
fn half_credits_begin_after_the_first_full_one() {
    let keys = "at_least = \"10 hours\"\nminimum_size = \"1 hour\"\nrounding = { step = \"0.5 hours\", mode = \"floor\", scope = \"per activity\" }";
    let fifty = "hour = \"50 minutes\"\n";
    assert_eq!((figure(&counted(fifty, keys, &[49])), figure(&counted(fifty, keys, &[50]))), ("0", "1"));
    assert_eq!((figure(&counted(fifty, keys, &[74])), figure(&counted(fifty, keys, &[75]))), ("1", "1.5"));
}

#[test]
fn a_semester_credit_is_what_this_board_says() {
    let credit = json!({ "learning": [{ "id": "l", "completed_on": "2025-01-01", "amount": { "value": "1.5", "unit": "semester_credit" }, "status": "verified" }] });
    let with = |size: &str| {
        ask(
            &format!(
                "[unit.semester_credit]\nis = \"{size} hours\"\n{}",
                rule("learning", "t", "at_least = \"22.5 hours\"")
            ),
            &credit,
        )
    };
    assert_eq!((figure(&with("15")), with("15").status), ("22.5", Status::Met));
    assert_eq!((figure(&with("10")), with("10").status), ("15", Status::NotMet));
    let unknown = ask(&rule("learning", "t", "at_least = \"1 hour\""), &credit);
    assert_eq!(said(&unknown, "l").1[0].1, Reason::WrongKind);
}

#[test]
fn units_of_competency_have_the_size_of_their_course() {
    let unit = |id: &str, course: &str| json!({ "id": id, "course": course, "completed_on": "2025-01-01", "amount": { "value": "1", "unit": "unit_of_competency" }, "outcome": "competent", "status": "verified" });
    let facts = json!({ "learning": [unit("a", "CHCPRP003"), unit("b", "CHCMHS011"), unit("c", "OTHER1")] });
    let head = "[unit.unit_of_competency]\nsizes = { CHCPRP003 = \"40 hours\", CHCMHS011 = \"55.5 hours\" }\n";
    let answer = ask(&format!("{head}{}", rule("learning", "t", "at_least = \"95.5 hours\"")), &facts);
    assert_eq!((answer.status, figure(&answer)), (Status::Met, "95.5"));
    assert_eq!(said(&answer, "c").1[0].1, Reason::WrongKind);
    let usual = head.replace("sizes", "is = \"30 hours\"\nsizes");
    assert_eq!(
        figure(&ask(&format!("{usual}{}", rule("learning", "t", "at_least = \"95.5 hours\"")), &facts)),
        "125.5"
    );
}

#[test]
fn points_are_counted_as_points() {
    let points = |id: &str, value: &str, unit: &str| json!({ "id": id, "completed_on": "2025-01-01", "amount": { "value": value, "unit": unit }, "status": "verified" });
    let rules = rule("learning", "t", "count = 30\ncounted_in = \"point\"");
    let with = |value: &str| {
        ask(
            &rules,
            &json!({ "learning": [points("a", "12", "point"), points("b", value, "point"), points("c", "50", "credit")] }),
        )
    };
    assert_eq!((with("18").status, amounts(&with("18"), "t")), (Status::Met, ("30", "30")));
    assert_eq!((with("17.9").status, amounts(&with("17.9"), "t")), (Status::NotMet, ("29", "30")));
    assert_eq!(found(&with("18"), "t").unit.as_deref(), Some("point"));
    assert_eq!(said(&with("18"), "c").1[0].1, Reason::WrongKind);
}
