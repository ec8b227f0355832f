//! Ends of terms: working days and holidays, other credentials, days every so many years.

use credtrail::rules::{Purpose, Question, term_if_granted};
use serde_json::{Value, json};

use super::{ask, course, head, read, record, rule};

/// Last day of the first term issued on a day, as text.
fn ends(term: &str, top: &str, issued: &str, facts: Value) -> Option<String> {
    let text = format!(
        "{top}\n{}{}",
        head(&format!("term = \"{term}\"")),
        rule("initial.learning", "t", "at_least = \"1 hour\"")
    );
    let mut facts = facts;
    facts["learning"] = json!([course("l1", "2013-01-01", 60)]);
    ask(&read(&text), Purpose::Initial, issued, facts).term.map(|term| term.through.unwrap().to_string())
}

fn plain(term: &str, top: &str, issued: &str) -> String {
    ends(term, top, issued, json!({})).unwrap()
}

#[test]
fn a_term_goes_back_to_a_working_day_over_weekends_and_the_boards_holidays() {
    let words = "until 30 September of every 4 years from 2015, back to a working day";
    // Wednesday; Monday; Sunday 30 September 2035 goes back to Friday.
    assert_eq!(plain(words, "", "2014-06-01"), "2015-09-30");
    assert_eq!(plain(words, "", "2015-09-30"), "2019-09-30");
    assert_eq!(plain("until 30 September of every 4 years from 2015", "", "2033-01-01"), "2035-09-30");
    assert_eq!(plain(words, "", "2033-01-01"), "2035-09-28");
    assert_eq!(plain(words, "holidays = [\"2035-09-28\"]", "2033-01-01"), "2035-09-27");
    // Labor Day 2026 is 7 September: back over the weekend to Friday the 4th.
    let labor = "holidays = [\"first Monday of September\"]";
    assert_eq!(plain("12 months, back to a working day", labor, "2025-09-08"), "2026-09-04");
    assert_eq!(plain("12 months, back to a working day", labor, "2025-09-09"), "2026-09-08");
}

#[test]
fn a_fixed_day_that_goes_back_before_the_start_is_the_next_one() {
    // 31 December 2023 is a Sunday: who starts on Friday the 29th or later has the next year.
    let words = "until 31 December of every year, back to a working day";
    assert_eq!(plain(words, "", "2023-12-28"), "2023-12-29");
    assert_eq!(plain(words, "", "2023-12-29"), "2024-12-31");
    assert_eq!(plain(words, "", "2023-12-30"), "2024-12-31");
}

#[test]
fn a_term_that_hangs_on_the_birth_date_is_not_guessed_without_one() {
    for words in ["24 months, back to the birthday", "24 months, on to the end of the birth month"] {
        assert!(ends(words, "", "2024-06-01", json!({})).is_some(), "{words}");
        let text = head(&format!("term = \"{words}\"")) + &rule("initial.learning", "t", "at_least = \"1 hour\"");
        let facts = json!({ "person": { "id": "p" }, "learning": [course("l1", "2013-01-01", 60)] });
        let answer = ask(&read(&text), Purpose::Initial, "2024-06-01", facts);
        let codes: Vec<&str> = answer.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!((answer.term.is_none(), codes), (true, vec!["birth_date_unknown"]), "{words}");
    }
}

#[test]
fn a_term_ends_with_another_credential_only_where_that_one_is_held_and_ends_later() {
    let other = |through: &str| json!({ "credentials": [{ "id": "b", "credential": "us-xx-other", "issued_on": "2023-01-01", "terms": [{ "from": "2023-01-01", "through": through }] }] });
    let words = "12 months, back to the first of the month, with us-xx-other where it is held";
    assert_eq!(ends(words, "", "2024-06-10", json!({})).unwrap(), "2025-06-01");
    assert_eq!(ends(words, "", "2024-06-10", other("2024-06-11")).unwrap(), "2024-06-11");
    assert_eq!(ends(words, "", "2024-06-10", other("2026-01-31")).unwrap(), "2026-01-31");
    // Of two of it, the one that ends last, whichever comes first.
    let two = |ends: [&str; 2]| json!({ "credentials": ends.map(|through| json!({ "id": format!("b{through}"), "credential": "us-xx-other", "issued_on": "2023-01-01", "terms": [{ "from": "2023-01-01", "through": through }] })) });
    assert_eq!(ends(words, "", "2024-06-10", two(["2024-06-10", "2026-01-31"])).unwrap(), "2026-01-31");
    assert_eq!(ends(words, "", "2024-06-10", two(["2026-01-31", "2024-06-10"])).unwrap(), "2026-01-31");
    // The other has no end, so it lends this one none.
    let endless = json!({ "credentials": [{ "id": "b", "credential": "us-xx-other", "issued_on": "2023-01-01", "terms": [{ "from": "2023-01-01" }] }] });
    assert_eq!(ends(words, "", "2024-06-10", endless).unwrap(), "2025-06-01");
    // It ends on the day this one starts, or has ended.
    assert_eq!(ends(words, "", "2024-06-10", other("2024-06-10")).unwrap(), "2025-06-01");
    assert_eq!(ends(words, "", "2024-06-10", other("2024-06-09")).unwrap(), "2025-06-01");
    // Sunday 1 June 2025 goes back to Friday.
    assert_eq!(ends(&format!("{words}, back to a working day"), "", "2024-06-10", json!({})).unwrap(), "2025-05-30");
}

/// Passes of an exam on these days.
fn passes(days: &[&str]) -> Value {
    let pass = |day: &&str| json!({ "id": format!("x{day}"), "exam": "one", "on": day, "outcome": "passed", "official": true });
    json!({ "exams": days.iter().map(pass).collect::<Vec<_>>() })
}

#[test]
fn a_term_counts_its_years_from_the_exam_and_goes_on_as_many_where_they_are_over() {
    let words = "until 31 October of the 2nd year after exam passed";
    assert_eq!(ends(words, "", "2024-01-05", passes(&["2023-12-08"])).unwrap(), "2025-10-31");
    assert_eq!(ends(words, "", "2024-01-05", passes(&["2024-01-02"])).unwrap(), "2026-10-31");
    assert_eq!(ends(words, "", "2025-10-31", passes(&["2023-12-08"])).unwrap(), "2027-10-31");
    // Sunday 31 October 2027 goes back to Friday; who starts on that Friday has two more years.
    let working = "until 31 October of the 2nd year after exam passed, back to a working day";
    assert_eq!(ends(working, "", "2027-10-28", passes(&["2023-12-08"])).unwrap(), "2027-10-29");
    assert_eq!(ends(working, "", "2027-10-29", passes(&["2023-12-08"])).unwrap(), "2029-10-31");
    let hired = json!({ "events": [{ "id": "e", "kind": "hired", "on": "2023-12-31" }] });
    assert_eq!(ends("until 31 October of the year after event hired", "", "2024-01-05", hired).unwrap(), "2024-10-31");
}

#[test]
fn a_term_that_counts_from_a_day_that_nobody_knows_is_not_guessed() {
    let words = "until 31 October of the 2nd year after exam passed";
    let text = head(&format!("term = \"{words}\"")) + &rule("initial.learning", "t", "at_least = \"1 hour\"");
    let codes = |facts: Value| {
        let answer = ask(&read(&text), Purpose::Initial, "2024-01-05", facts);
        let codes: Vec<String> = answer.notes.iter().map(|note| note.code.clone()).collect();
        (answer.term.is_none(), codes)
    };
    assert_eq!(codes(json!({ "learning": [course("l1", "2013-01-01", 60)] })), (true, vec!["term_day_unknown".into()]));
    // Who has more to do may pass the exam yet.
    assert_eq!(codes(json!({})), (true, vec![]));
    // A board that gives it all the same, without an exam on record, counts from the start of the term.
    let question = Question { as_of: "2024-01-05".parse().unwrap(), purpose: Purpose::Initial, stage: None };
    let granted = term_if_granted(&read(&text).versions[0], &record(json!({})), &question).unwrap();
    assert_eq!(granted.through.unwrap().to_string(), "2026-10-31");
}

#[test]
fn a_month_end_and_a_working_day_go_together() {
    // 31 May 2026 is a Sunday.
    assert_eq!(plain("24 months, on to the end of the month, back to a working day", "", "2024-05-10"), "2026-05-29");
}

#[test]
fn a_term_ends_with_another_credential_that_is_in_force_on_the_day() {
    let base = |through: &str| json!({ "credentials": [{ "id": "b", "credential": "us-xx-base", "issued_on": "2024-01-01", "terms": [{ "from": "2024-01-01", "through": through }] }] });
    assert_eq!(ends("with us-xx-base", "", "2024-06-01", base("2025-12-31")).unwrap(), "2025-12-31");
    assert_eq!(ends("with us-xx-base", "", "2025-12-31", base("2025-12-31")).unwrap(), "2025-12-31");
    // On the day after, the base has run out and there is nothing to end with.
    assert_eq!(ends("with us-xx-base", "", "2026-01-01", base("2025-12-31")), None);
    assert_eq!(ends("with us-xx-base", "", "2024-06-01", json!({})), None);
}

#[test]
fn a_term_of_its_own_ends_at_the_latest_with_the_other() {
    let base = |through: &str| json!({ "credentials": [{ "id": "b", "credential": "us-xx-base", "issued_on": "2024-01-01", "terms": [{ "from": "2024-01-01", "through": through }] }] });
    let words = "12 months, at the latest with us-xx-base";
    assert_eq!(ends(words, "", "2024-06-01", base("2025-05-30")).unwrap(), "2025-05-30");
    assert_eq!(ends(words, "", "2024-06-01", base("2025-06-01")).unwrap(), "2025-05-31");
}
