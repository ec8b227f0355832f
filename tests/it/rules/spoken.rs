//! How `rules explain` calls records, over all worked examples of the shipped packs: by names in the reader's language.

use std::collections::BTreeSet;
use std::path::Path;

use credtrail::packs;
use credtrail::rules::explain::{Line, lines};
use credtrail::rules::remarks::remarks;
use credtrail::rules::{Lang, Pack, Record, render, worked};
use serde_json::json;

use super::small::{ask, pack, record, rule};

/// The shipped packs.
pub fn shipped() -> impl Iterator<Item = Pack> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    packs::find(folder).unwrap().into_iter().map(|path| packs::load(&path).unwrap())
}

/// Each worked example's record with its explanation in one language.
pub fn explained(pack: &Pack, lang: Lang) -> Vec<(&Record, Vec<Line>)> {
    let told = pack.examples.iter().filter_map(|example| {
        let (version, answer) = worked::answer(pack, example)?;
        Some((&example.record, lines(version, &example.record, &answer, lang)))
    });
    told.collect()
}

/// What a record is called in front of its day; none for a class that goes by the name its provider gave it.
fn name_of<'l>(record: &Record, line: &'l Line) -> Option<&'l str> {
    let id = line.record.as_deref()?;
    let is_course = record.learning.iter().any(|one| one.id == id && one.course.is_some());
    let (before, _) = line.text.split_once("):").filter(|_| !is_course)?;
    let (name, _) = before.rsplit_once(" (")?;
    Some(name)
}

/// The code of an exam, and names that are the same in both languages.
fn is_the_same(name: &str) -> bool {
    let is_code = name.contains('-') && !name.contains(|letter: char| letter.is_lowercase() || letter == ' ');
    is_code || ["IC&RC Peer Recovery (PR)", "Supervisor"].contains(&name)
}

#[test]
fn no_record_of_a_worked_example_goes_by_an_english_name_in_spanish() {
    let (mut names, mut english) = (0, BTreeSet::new());
    for pack in shipped() {
        for ((record, en), (_, es)) in explained(&pack, Lang::En).iter().zip(explained(&pack, Lang::Es)) {
            for (en, es) in en.iter().zip(&es) {
                let (Some(en), Some(es)) = (name_of(record, en), name_of(record, es)) else { continue };
                names += 1;
                if en == es && !is_the_same(en) {
                    english.insert(format!("{}: {es}", pack.id));
                }
                assert!(!["Declaración", "Suceso"].contains(&es), "{}: nobody named `{en}` in Spanish", pack.id);
            }
        }
    }
    assert!(english.is_empty(), "{english:#?}");
    assert!(names > 1_000, "{names} names were looked at");
}

/// What a statement of this kind is called in both languages under these rules.
fn called(head: &str, rules: &str, kind: &str) -> [String; 2] {
    let facts = json!({ "attestations": [{ "id": "a", "kind": kind, "on": "2025-01-01", "status": "verified" }] });
    let (pack, record) = (pack("", &(rules.to_owned() + head)), record(&facts));
    let answer = ask(&(rules.to_owned() + head), &facts);
    [Lang::En, Lang::Es].map(|lang| {
        let lines = lines(&pack.versions[0], &record, &answer, lang);
        lines.iter().find_map(|line| name_of(&record, line).map(str::to_owned)).unwrap()
    })
}

#[test]
fn a_kind_of_the_packs_own_goes_by_its_word_else_by_the_rule_that_asks_for_it_and_never_by_an_english_word_in_spanish()
{
    let labels = "label = \"L\"\nlabel_es = \"L\"";
    let named = "label = \"Letter of the agency\"\nlabel_es = \"Carta de la agencia\"";
    let rules = rule("attestation", "letter", "attestation = \"x-agency_letter\"").replacen(labels, named, 1);
    let word = "[word.x-agency_letter]\nlabel = \"agency's letter\"\nlabel_es = \"carta de agencia\"\n";
    assert_eq!(called("", &rules, "x-agency_letter"), ["Letter of the agency", "Carta de la agencia"]);
    assert_eq!(called(word, &rules, "x-agency_letter"), ["Agency's letter", "Carta de agencia"]);
    assert_eq!(called("", &rules, "x-other_paper"), ["Other paper", "Declaración"]);
}

#[test]
fn a_kind_that_rules_of_several_names_ask_for_is_noted_until_it_has_a_word() {
    let [first, second] = ["one", "two"].map(|id| {
        rule("attestation", id, "attestation = \"x-agency_letter\"").replacen(
            "\"L\"\nlabel_es = \"L\"",
            &format!("\"{id}\"\nlabel_es = \"{id}\""),
            1,
        )
    });
    let word = "[word.x-agency_letter]\nlabel = \"letter\"\nlabel_es = \"carta\"\n";
    let noted = |rules: &str| {
        let version = pack("", rules).versions.remove(0);
        let told = remarks(&version, "2026-11-30".parse().unwrap()).into_iter().any(|it| it.code == "unnamed_word");
        assert_eq!(told, render::unnamed(&version).contains("x-agency_letter"));
        told
    };
    assert!(!noted(&first));
    assert!(noted(&format!("{first}{second}")));
    assert!(!noted(&format!("{first}{second}{word}")));
}
