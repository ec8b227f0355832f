//! The packs that are shipped: they read, their examples hold, and each answers the same bytes twice.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::{canonical_json, evaluate, worked};

fn shipped() -> Vec<credtrail::rules::Pack> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    packs::find(folder)
        .unwrap()
        .iter()
        .map(|path| packs::load(path).unwrap_or_else(|error| panic!("{error}")))
        .collect()
}

#[test]
fn the_worked_examples_of_every_shipped_pack_hold() {
    for pack in shipped() {
        assert!(!pack.examples.is_empty(), "{} has no worked examples", pack.id);
        let mut problems = worked::run(&pack);
        problems.extend(worked::untested(&pack));
        assert!(problems.is_empty(), "{}:\n{problems:#?}", pack.id);
    }
}

#[test]
fn equal_inputs_give_equal_bytes_in_whatever_order_facts_are_listed() {
    for pack in shipped() {
        for example in &pack.examples {
            let Some(version) = pack.version_for(&example.record, example.question.as_of, example.question.purpose)
            else {
                continue;
            };
            let mut turned = example.record.clone();
            turned.learning.reverse();
            turned.service.reverse();
            turned.exams.reverse();
            turned.attestations.reverse();
            turned.events.reverse();
            let answer = |record| canonical_json(&evaluate(version, record, &example.question));
            assert_eq!(answer(&example.record), answer(&turned), "{}: {}", pack.id, example.name);
        }
    }
}

#[test]
fn every_record_of_an_example_is_accounted_for_once_and_in_full() {
    for pack in shipped() {
        for example in &pack.examples {
            let Some(version) = pack.version_for(&example.record, example.question.as_of, example.question.purpose)
            else {
                continue;
            };
            let answer = evaluate(version, &example.record, &example.question);
            for learning in &example.record.learning {
                let found: Vec<_> = answer.records.iter().filter(|outcome| outcome.record == learning.id).collect();
                assert_eq!(found.len(), 1, "{}: {}", example.name, learning.id);
                let Some(minutes) = found[0].minutes else { continue };
                let lost: u64 = found[0].not_counted.iter().filter_map(|lost| lost.minutes).sum();
                let all = u64::from(learning.minutes.unwrap_or(0))
                    + learning.minutes_by_topic.values().map(|n| u64::from(*n)).sum::<u64>();
                if learning.amount.is_none() {
                    assert_eq!(minutes + lost, all, "{}: {} in {:?}", example.name, learning.id, found[0]);
                }
            }
        }
    }
}
