//! Requirements with a rhythm of their own, and amounts in proportion to a term.

use credtrail::rules::evaluation::{Evaluation, Requirement};
use credtrail::rules::{Lang, Purpose, Status};
use serde_json::{Value, json};

use super::{ask, course, head, held, read, rule, sentences};

/// Terms of two years from 2016-01-01, as many as asked for.
const TERMS: [(&str, &str); 4] = [
    ("2016-01-01", "2017-12-31"),
    ("2018-01-01", "2019-12-31"),
    ("2020-01-01", "2021-12-31"),
    ("2022-01-01", "2023-12-31"),
];

fn pack(keys: &str) -> String {
    head("term = \"24 months\"")
        + &rule("initial.learning", "t", "at_least = \"1 hour\"")
        + &rule("renewal.learning", "ce", "at_least = \"1 hour\"\nwindow = \"this term\"\nshared = true")
        + &rule("renewal.learning", "long", keys)
}

fn renewing(keys: &str, terms: usize, as_of: &str, learning: Value) -> Evaluation {
    let facts = json!({ "credentials": [held(&TERMS[..terms])], "learning": learning });
    ask(&read(&pack(keys)), Purpose::Renewal, as_of, facts)
}

fn long(answer: &Evaluation) -> &Requirement {
    answer.requirements.iter().find(|found| found.id == "long").unwrap()
}

fn days(found: &Requirement) -> (String, String) {
    let note = found.notes.iter().find(|note| note.code == "period").unwrap();
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    (text(note.from), text(note.through))
}

#[test]
fn a_period_that_follows_on_is_due_at_the_renewal_in_which_it_ends() {
    let keys = "at_least = \"2 hours\"\nshared = true\nperiod = { every = \"4 years\", follows_on = true }";
    let ethics = json!([course("a", "2016-01-01", 60), course("b", "2018-06-01", 60)]);
    // At the end of the first two years half of the four have gone.
    let first = renewing(keys, 1, "2017-12-01", json!([course("a", "2016-01-01", 60)]));
    assert_eq!((first.status, long(&first).status), (Status::Met, Status::NotApplicable));
    assert_eq!(long(&first).notes[1].code, "not_due");
    let second = renewing(keys, 2, "2019-12-01", ethics.clone());
    assert_eq!((second.status, long(&second).status), (Status::Met, Status::Met));
    assert_eq!(days(long(&second)), ("2016-01-01".to_owned(), "2019-12-31".to_owned()));
    // One activity feeds both.
    assert_eq!(second.records.iter().find(|record| record.record == "b").unwrap().minutes, Some(60));
    // The next four years start anew.
    let fourth = renewing(keys, 4, "2023-12-01", ethics);
    assert_eq!(days(long(&fourth)), ("2020-01-01".to_owned(), "2023-12-31".to_owned()));
    assert_eq!(long(&fourth).missing_minutes, Some(120));
}

#[test]
fn the_first_and_the_last_day_of_a_period_count_and_their_neighbours_do_not() {
    let keys = "at_least = \"1 hour\"\nshared = true\nperiod = { every = \"4 years\", follows_on = true }";
    let on = |day: &str, terms: usize| {
        long(&renewing(keys, terms, "2024-06-01", json!([course("a", day, 60)]))).counted_minutes.unwrap()
    };
    assert_eq!([on("2015-12-31", 2), on("2016-01-01", 2), on("2019-12-31", 2), on("2020-01-01", 2)], [0, 60, 60, 0]);
    let rolling = "at_least = \"1 hour\"\nshared = true\nperiod = { every = \"6 years\", follows_on = false }";
    let on =
        |day: &str| long(&renewing(rolling, 4, "2023-12-01", json!([course("a", day, 60)]))).counted_minutes.unwrap();
    assert_eq!([on("2017-12-31"), on("2018-01-01"), on("2023-12-01")], [0, 60, 60]);
}

#[test]
fn a_period_that_rolls_is_due_at_every_renewal() {
    let keys = "at_least = \"1 hour\"\nshared = true\nperiod = { every = \"6 years\", follows_on = false }";
    for (terms, as_of) in [(1, "2017-12-01"), (2, "2019-12-01"), (3, "2021-12-01")] {
        let answer = renewing(keys, terms, as_of, json!([course("b", as_of, 60)]));
        assert_eq!(long(&answer).status, Status::Met);
        assert_eq!(long(&renewing(keys, terms, as_of, json!([]))).status, Status::NotMet);
    }
}

#[test]
fn a_period_of_three_terms_is_due_in_the_third() {
    let keys = "at_least = \"1 hour\"\nshared = true\nperiod = { every = \"3 terms\", follows_on = true }";
    let done = || json!([course("a", "2016-03-01", 60)]);
    assert_eq!(long(&renewing(keys, 2, "2019-12-01", done())).status, Status::NotApplicable);
    let third = renewing(keys, 3, "2021-12-01", done());
    assert_eq!((long(&third).status, days(long(&third)).0), (Status::Met, "2016-01-01".to_owned()));
    assert_eq!(long(&renewing(keys, 4, "2023-12-01", done())).status, Status::NotApplicable);
}

#[test]
fn a_first_period_of_one_term_makes_the_first_third_and_fifth_renewal_ask() {
    let keys =
        "at_least = \"1 hour\"\nshared = true\nperiod = { every = \"2 terms\", first = \"1 term\", follows_on = true }";
    let done = |on: &str| json!([course("a", on, 60)]);
    assert_eq!(long(&renewing(keys, 1, "2017-12-01", json!([]))).status, Status::NotMet);
    assert_eq!(long(&renewing(keys, 1, "2017-12-01", done("2017-11-01"))).status, Status::Met);
    assert_eq!(long(&renewing(keys, 2, "2019-12-01", json!([]))).status, Status::NotApplicable);
    let third = renewing(keys, 3, "2021-12-01", done("2018-01-01"));
    assert_eq!((long(&third).status, days(long(&third)).0), (Status::Met, "2018-01-01".to_owned()));
    assert_eq!(long(&renewing(keys, 3, "2021-12-01", done("2017-12-31"))).status, Status::NotMet);
}

#[test]
fn a_first_period_by_the_calendar_may_be_shorter_than_those_after_it() {
    let keys = "at_least = \"1 hour\"\nshared = true\nperiod = { every = \"4 years\", first = \"2 years\", follows_on = true }";
    let first = renewing(keys, 1, "2017-12-01", json!([course("a", "2017-11-01", 60)]));
    assert_eq!(days(long(&first)), ("2016-01-01".to_owned(), "2017-12-31".to_owned()));
    assert_eq!(long(&first).status, Status::Met);
    assert_eq!(long(&renewing(keys, 2, "2019-12-01", json!([]))).status, Status::NotApplicable);
    let third = renewing(keys, 3, "2021-12-01", json!([]));
    assert_eq!(days(long(&third)), ("2018-01-01".to_owned(), "2021-12-31".to_owned()));
    assert_eq!(long(&third).status, Status::NotMet);
}

#[test]
fn a_condition_may_speak_of_terms_that_are_shorter_than_a_full_one() {
    let keys = "at_least = \"1 hour\"\nwaived_when = { term_shorter_than = \"24 months\" }";
    let status = |through: &str| {
        let facts = json!({ "credentials": [held(&[("2024-05-21", through)])] });
        long(&ask(&read(&pack(keys)), Purpose::Renewal, "2024-06-01", facts)).status
    };
    assert_eq!(status("2026-05-19"), Status::Waived);
    assert_eq!(status("2026-05-20"), Status::NotMet);
    assert_eq!(status("2026-05-31"), Status::NotMet);
}

#[test]
fn people_read_that_something_is_not_due_yet_in_both_languages() {
    let keys = "at_least = \"2 hours\"\nshared = true\nperiod = { every = \"4 years\", follows_on = true }";
    let text = pack(keys);
    let facts = json!({ "credentials": [held(&TERMS[..1])] });
    let pack = read(&text);
    let answer = ask(&pack, Purpose::Renewal, "2017-12-01", facts.clone());
    let english = sentences(&pack, &answer, facts.clone(), Lang::En);
    let due = "It is not due at this renewal: you have time through December 31, 2019.".to_owned();
    assert!(english.contains(&due), "{english:?}");
    let spanish = sentences(&pack, &answer, facts, Lang::Es);
    let due = "No corresponde a esta renovación: hay tiempo hasta el 31 de diciembre de 2019.".to_owned();
    assert!(spanish.contains(&due), "{spanish:?}");
}

/// Needed minutes of a first term from 2024-01-01 through a day, with twenty hours for twenty-four months.
fn share(through: &str, more: &str) -> (u64, u64) {
    let topic = "\n[[renewal.learning.topic]]\ntopic = \"ethics\"\nat_least = \"6 hours\"\n";
    let keys =
        format!("at_least = \"20 hours\"\npro_rata = {{ of = \"first term\", full = \"24 months\"{more} }}{topic}");
    let facts = json!({ "credentials": [held(&[("2024-01-01", through)])] });
    let answer = ask(&read(&pack(&keys)), Purpose::Renewal, "2024-02-01", facts);
    let found = long(&answer);
    (found.needed_minutes.unwrap(), found.requirements[0].needed_minutes.unwrap())
}

#[test]
fn a_short_first_term_asks_for_its_share_of_the_hours_and_of_each_topic() {
    assert_eq!(share("2025-12-31", ""), (1200, 360));
    assert_eq!(share("2024-12-31", ""), (600, 180));
    // A day into the thirteenth month, and a day before the twelfth is full.
    assert_eq!(share("2025-01-01", ""), (650, 195));
    assert_eq!(share("2025-01-01", ", months = \"whole\""), (600, 180));
    assert_eq!(share("2024-12-30", ", months = \"whole\""), (550, 165));
    assert_eq!(share("2024-12-30", ", months = \"whole\", step = \"1 hour\""), (600, 180));
    assert_eq!(share("2024-12-30", ", months = \"whole\", step = \"1 hour\", mode = \"floor\""), (540, 120));
}

#[test]
fn a_later_term_asks_for_the_whole_amount_again() {
    let keys = |of: &str| format!("at_least = \"20 hours\"\npro_rata = {{ of = \"{of}\", full = \"24 months\" }}");
    let facts = json!({ "credentials": [held(&[("2024-01-01", "2024-06-30"), ("2024-07-01", "2025-06-30")])] });
    let needed = |of: &str| {
        let answer = ask(&read(&pack(&keys(of))), Purpose::Renewal, "2025-01-01", facts.clone());
        long(&answer).needed_minutes.unwrap()
    };
    assert_eq!((needed("first term"), needed("every term")), (1200, 600));
}
