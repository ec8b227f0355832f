//! Plans for hours that have to take their time, and what is said where a share holds some of them back.

use credtrail::packs;
use credtrail::rules::plan::plan;
use credtrail::rules::{Purpose, Question, Status};
use serde_json::json;

use super::small;

fn asked(as_of: &str) -> Question {
    Question { as_of: as_of.parse().unwrap(), purpose: Purpose::Initial, stage: None }
}

#[test]
fn a_time_that_hours_have_to_take_is_planned_where_there_are_none_yet() {
    for (what, from) in [("service", "from"), ("learning", "completed_on")] {
        let pack = small::pack("", &small::rule(what, "a", "spread = { at_least = \"6 months\" }"));
        let found = plan(&pack, &small::record(&json!({})), &asked("2025-01-15")).unwrap();
        let days: Vec<&str> =
            found.facts[what].as_array().unwrap().iter().filter_map(|fact| fact[from].as_str()).collect();
        assert_eq!((days, found.waits_for.len()), (vec!["2025-01-15", "2025-07-14"], 0), "{found:#?}");
        assert_eq!((found.earliest_date, found.then), (Some("2025-07-14".parse().unwrap()), Some(Status::Met)));
        // What is there already is the first day.
        let fact = json!({ "id": "x", "from": "2025-01-01", "to": "2025-01-01", "minutes": 60, "kind": "direct", "status": "attested" });
        if what == "service" {
            let found = plan(&pack, &small::record(&json!({ "service": [fact] })), &asked("2025-01-15")).unwrap();
            assert_eq!(
                (found.facts[what].as_array().unwrap().len(), found.earliest_date),
                (1, Some("2025-06-30".parse().unwrap()))
            );
        }
    }
}

#[test]
fn hours_that_a_share_holds_back_are_told_with_the_sort_that_sets_them_free() {
    let naadac = packs::shipped_pack("us-naadac-ncprss").unwrap();
    for name in ["twenty-nine face to face", "in 2018 too, a quarter"] {
        let example = naadac.examples.iter().find(|example| example.name.starts_with(name)).unwrap();
        let found = plan(&naadac, &example.record, &example.question).unwrap();
        let said: Vec<(&str, &str)> =
            found.waits_for.iter().map(|wait| (wait.text.en.as_str(), wait.text.es.as_str())).collect();
        let told = (
            "We cannot name a day yet: some of “Training” counts only with more hours of “Hours face to face”.",
            "Todavía no podemos indicar un día: una parte de «Capacitación» cuenta solo con más horas de «Horas presenciales».",
        );
        assert_eq!(said, [told]);
    }
}
