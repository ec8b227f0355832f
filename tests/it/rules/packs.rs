//! The shipped packs under `config/rules`: all read, speak both languages, show their sources and worked examples.

use std::{collections::BTreeSet, fs, path::Path};

use credtrail::packs;
use credtrail::rules::{
    Lang, Purpose, Status, evaluate, explain,
    pack::{
        Pack, Version,
        model::{Asks, Label, Rule},
    },
};

/// The packs with a section of their own on the page about the packs.
const DESCRIBED: [&str; 12] = [
    "intl/icrc-pr",
    "us-ca/mcpss",
    "us-ky/apss",
    "us-me/cipss",
    "us-mt/cbhpss",
    "us-nc/cpss",
    "us-ne/cpss",
    "us-ny/crpa",
    "us-oh/cprs",
    "us-tn/cprs",
    "us-tx/peer",
    "us-wa/cpss",
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"))
}

/// Every folder of a pack, `<region>/<credential>`.
fn folders() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for region in fs::read_dir(root()).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir()) {
        for pack in fs::read_dir(region.path()).unwrap() {
            found.insert(format!("{}/{}", region.file_name().display(), pack.unwrap().file_name().display()));
        }
    }
    found
}

/// The id a folder stands for: `us-oh/cprs` is `us-oh-cprs`; a body of no one country goes by its own name.
fn id_of(folder: &str) -> String {
    folder.strip_prefix("intl/").unwrap_or(folder).replace('/', "-")
}

fn shipped(folder: &str) -> Pack {
    packs::load(&root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"))
}

/// A rule with its branches, depth first.
fn with_branches(rule: &Rule) -> Vec<&Rule> {
    let mut all = vec![rule];
    if let Asks::AnyOf(_, branches) | Asks::AllOf(branches) = &rule.asks {
        all.extend(branches.iter().flat_map(with_branches));
    }
    all
}

fn rules(version: &Version) -> Vec<&Rule> {
    version.purposes.values().flat_map(|purpose| &purpose.rules).flat_map(with_branches).collect()
}

#[test]
fn every_pack_with_a_section_on_the_page_ships() {
    let found = folders();
    for folder in DESCRIBED {
        assert!(found.contains(folder), "{folder} is gone");
    }
}

#[test]
fn every_shipped_pack_reads_under_its_id_and_no_board_has_confirmed_one_yet() {
    for folder in folders() {
        let pack = shipped(&folder);
        assert_eq!(pack.id, id_of(&folder), "{folder}");
        for version in &pack.versions {
            assert!(!version.verified, "{folder} {}", version.id);
        }
    }
}

#[test]
fn every_shipped_pack_shows_at_least_five_worked_examples_that_go_both_ways() {
    for folder in folders() {
        let pack = shipped(&folder);
        assert!(pack.examples.len() >= 5, "{folder} has {}", pack.examples.len());
        let answers: BTreeSet<&str> =
            pack.examples.iter().filter_map(|example| example.expect.root.get("status")?.as_str()).collect();
        assert!(answers.contains("met") && answers.contains("not_met"), "{folder} shows only {answers:?}");
        let names: BTreeSet<&str> = pack.examples.iter().map(|example| example.name.as_str()).collect();
        assert_eq!(names.len(), pack.examples.len(), "{folder} names two examples alike");
    }
}

#[test]
fn every_worked_example_looks_below_the_verdict() {
    for folder in folders() {
        for example in shipped(&folder).examples {
            let below = !example.expect.requirements.is_empty() || !example.expect.records.is_empty();
            assert!(below, "{folder}: `{}` expects a verdict and nothing else", example.name);
        }
    }
}

#[test]
fn both_directions_of_a_renewal_are_shown_for_every_pack_that_asks_for_one() {
    for folder in folders() {
        let pack = shipped(&folder);
        let asks = |version: &Version| version.purposes.get(&Purpose::Renewal).is_some_and(|all| !all.rules.is_empty());
        if !pack.versions.iter().any(asks) {
            continue;
        }
        let renewals: Vec<_> =
            pack.examples.iter().filter(|example| example.question.purpose == Purpose::Renewal).collect();
        for status in [Status::Met, Status::NotMet] {
            let word = serde_json::to_value(status).unwrap();
            assert!(
                renewals.iter().any(|example| example.expect.root.get("status") == Some(&word)),
                "{folder}: no renewal that is {word}"
            );
        }
    }
}

#[test]
fn every_rule_speaks_both_languages_and_names_a_source_with_an_address() {
    let spoken = |label: &Label| !label.en.is_empty() && !label.es.is_empty();
    for folder in folders() {
        for version in shipped(&folder).versions {
            assert!(spoken(&version.name), "{folder}: the name");
            for stage in &version.stages {
                assert!(spoken(&stage.label), "{folder}: stage {}", stage.id);
            }
            for rule in rules(&version) {
                assert!(spoken(&rule.label), "{folder}: {}", rule.id);
                assert!(rule.citation.url.starts_with("http"), "{folder}: {}", rule.id);
                let (Asks::Learning(hours) | Asks::Service(hours)) = &rule.asks else { continue };
                for bucket in &hours.buckets {
                    assert!(spoken(&bucket.label), "{folder}: {}", bucket.id);
                }
                for cap in &hours.caps {
                    assert!(spoken(&cap.label), "{folder}: {} {}", rule.id, cap.id);
                }
            }
        }
    }
}

#[test]
fn the_page_about_the_packs_names_every_version_that_ships() {
    let page = fs::read_to_string(root().join("../../docs/rules/packs.md")).unwrap();
    for folder in folders() {
        for version in shipped(&folder).versions {
            let row = format!("| `{folder}` | {} |", version.id);
            assert!(page.contains(&row), "no row `{row}`");
        }
    }
    for folder in DESCRIBED {
        let id = id_of(folder);
        assert!(page.contains(&format!("(`{id}`)")), "no heading with `{id}`");
    }
}

#[test]
fn a_renewal_is_explained_in_the_words_of_the_renewal() {
    let pack = shipped("us-oh/cprs");
    let example = pack.examples.iter().find(|example| example.question.purpose == Purpose::Renewal).unwrap();
    let version = &pack.versions[0];
    let answer = evaluate(version, &example.record, &example.question);
    for (lang, words) in
        [(Lang::En, "Code of ethics attested again"), (Lang::Es, "Código de ética confirmado de nuevo")]
    {
        let lines = explain::lines(version, &example.record, &answer, lang);
        assert!(lines.iter().any(|line| line.text.starts_with(words)), "{words}: {lines:#?}");
    }
}

/// What is left to do in a worked example, by the part of its name.
fn next_steps(folder: &str, name: &str) -> Vec<String> {
    let pack = shipped(folder);
    let example = pack.examples.iter().find(|example| example.name.contains(name)).unwrap();
    let answer = evaluate(&pack.versions[0], &example.record, &example.question);
    answer.next.into_iter().map(|step| format!("{}: {}", step.requirement, step.text)).collect()
}

#[test]
fn the_next_step_names_the_part_that_is_short_and_the_whole_where_more_than_parts_are() {
    assert_eq!(
        next_steps("us-oh/cprs", "thirty hours without human trafficking"),
        ["ce.human_trafficking: Human trafficking: 1 hour to go"]
    );
    assert_eq!(
        next_steps("us-nc/cpss", "a course finished a day earlier"),
        [
            "training.approved_pss_course: Approved peer support course, from the two years before applying: 50 hours to go"
        ]
    );
    assert_eq!(next_steps("us-ne/cpss", "two years before"), ["ce.ethics: Ethics: 6 hours to go"]);
    assert_eq!(
        next_steps("us-oh/cprs", "hours of the day before the term"),
        ["ce: Continuing education: 14 hours to go"]
    );
}
