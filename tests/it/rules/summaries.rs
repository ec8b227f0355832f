//! What `rules show` tells people who prepare records: everything that a pack reads.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::pack::summary::Summary;
use serde_json::json;

fn summary(pack: &str) -> Summary {
    packs::load(&Path::new("config/rules").join(pack)).unwrap_or_else(|error| panic!("{error}")).summary()
}

#[test]
fn an_event_that_only_a_deadline_reads_is_listed() {
    assert!(summary("us-al/cps").events.contains("hired"));
}

#[test]
fn an_attestation_that_only_changes_an_amount_is_listed() {
    assert!(summary("us-id/cpss").attestations.contains("x-human_services_degree"));
}

#[test]
fn an_outsider_reads_in_the_summary_what_a_requirement_asks() {
    let shown = serde_json::to_value(summary("us-ne/cpss")).unwrap();
    let stated = |id: &str| {
        let all: Vec<_> =
            ["initial", "renewal"].iter().flat_map(|of| shown["requirements"][of].as_array().unwrap()).collect();
        let found = all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id} in {all:#?}"));
        found["stated"].as_array().unwrap().last().unwrap().clone()
    };
    let training = stated("training");
    assert_eq!((&training["version"], &training["stated"]["at_least"]), (&json!("2021-09-01"), &json!("60 hours")));
    assert!(training["stated"].get("topic").is_none(), "its parts stand for themselves");
    assert!(stated("age")["stated"]["at_least"].is_number());
    let stage = &shown["stages_by_version"]["2021-09-01"][0];
    assert_eq!((&stage["id"], stage["stated"]["term"].is_string()), (&json!("certified"), true));
    assert!(shown["values"]["education"].as_array().unwrap().contains(&json!("ged")), "{}", shown["values"]);
    assert!(shown["versions"][0]["stated"]["source"].is_object());
}

#[test]
fn every_requirement_of_every_shipped_pack_shows_what_its_last_version_states() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    for path in packs::find(folder).unwrap() {
        let shown = packs::load(&path).unwrap_or_else(|error| panic!("{error}")).summary();
        for rule in shown.requirements.values().flatten() {
            assert!(!rule.stated.is_empty(), "{} {}", shown.credential, rule.id);
            assert!(rule.stated.iter().all(|told| !told.stated.is_empty()), "{} {}", shown.credential, rule.id);
        }
    }
}

#[test]
fn units_tags_domains_and_titles_that_a_pack_names_are_listed() {
    assert!(summary("de/exin").units.contains("teaching_unit"));
    assert!(summary("us-pa/cps").units.contains("semester_credit"));
    assert!(summary("nz/2989").units.contains("credit"));
    assert!(!summary("us-ar/prps").tags.is_empty());
    let all = |of: fn(&Summary) -> usize| {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
        packs::find(folder).unwrap().iter().map(|path| of(&packs::load(path).unwrap().summary())).sum::<usize>()
    };
    for of in [
        |shown: &Summary| shown.domains.len(),
        |shown: &Summary| shown.titles.len(),
        |shown: &Summary| shown.credentials.len(),
    ] {
        assert!(all(of) > 0);
    }
}
