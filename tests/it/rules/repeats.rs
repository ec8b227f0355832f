//! The same course again: in the window, within so long, by another provider.

use credtrail::rules::Reason;
use serde_json::{Value, json};

use super::small::{ask, learning, rule, said};

fn course(id: &str, on: &str, provider: &str) -> Value {
    learning(id, 61, &json!({ "completed_on": on, "course": "c", "provider": provider }))
}

fn second(keys: &str, first: &Value, second: &Value) -> (Option<u64>, Vec<(Option<u64>, Reason)>) {
    let rules = rule("learning", "t", &format!("at_least = \"4 hours\"\n{keys}"));
    said(&ask(&rules, &json!({ "learning": [second, first] })), "b")
}

#[test]
fn a_repeat_earns_half_rounded_down() {
    let both = (course("a", "2025-01-01", "p"), course("b", "2025-02-01", "p"));
    assert_eq!(second("repeats = \"half\"", &both.0, &both.1), (Some(30), vec![(Some(31), Reason::PartialRepeat)]));
}

#[test]
fn within_three_years_also_a_course_of_an_earlier_term_makes_a_repeat() {
    let keys = "repeats = \"refused\"\nrepeats_within = \"3 years\"\nwindow = \"since 2024-06-01\"";
    let first = course("a", "2022-03-10", "p");
    let repeated = vec![(Some(61), Reason::Repeated)];
    assert_eq!(second(keys, &first, &course("b", "2025-03-10", "p")), (Some(0), repeated));
    assert_eq!(second(keys, &first, &course("b", "2025-03-11", "p")), (Some(61), vec![]));
    let unconfirmed = learning(
        "a",
        61,
        &json!({ "completed_on": "2024-12-01", "course": "c", "provider": "p", "status": "reported" }),
    );
    assert_eq!(second(keys, &unconfirmed, &course("b", "2025-03-10", "p")).0, Some(61));
}

#[test]
fn another_providers_course_of_the_same_name_is_a_repeat_only_where_the_pack_says_so() {
    let both = (course("a", "2025-01-01", "p"), course("b", "2025-02-01", "q"));
    assert_eq!(second("repeats = \"refused\"", &both.0, &both.1).0, Some(61));
    assert_eq!(second("repeats = \"refused\"\nsame_course = \"course\"", &both.0, &both.1).0, Some(0));
}
