//! The answer in Spanish: its labels and sentences change, its facts do not.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::{Lang, evaluate, explain};
use serde_json::Value;

/// What people read.
const WORDS: [&str; 3] = ["label", "text", "consequence"];

/// The value without what people read; every word taken out goes into `words`.
fn bare(value: &Value, words: &mut Vec<String>) -> Value {
    match value {
        Value::Array(list) => list.iter().map(|value| bare(value, words)).collect(),
        Value::Object(map) => {
            let (read, rest): (Vec<_>, Vec<_>) = map.iter().partition(|(key, _)| WORDS.contains(&key.as_str()));
            words.extend(read.into_iter().map(|(_, value)| value.to_string()));
            rest.into_iter().map(|(key, value)| (key.clone(), bare(value, words))).collect()
        }
        leaf => leaf.clone(),
    }
}

#[test]
fn an_answer_in_spanish_differs_in_words_alone() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let (mut same, mut all) = (0, 0);
    for pack in packs::find(folder).unwrap().iter().map(|path| packs::load(path).unwrap()) {
        for example in &pack.examples {
            let Some(version) = pack.version_for(&example.record, example.question.as_of, example.question.purpose)
            else {
                continue;
            };
            let english = evaluate(version, &example.record, &example.question);
            let spanish = explain::in_language(english.clone(), version, Lang::Es);
            let (mut en, mut es) = (Vec::new(), Vec::new());
            let bare_en = bare(&serde_json::to_value(&english).unwrap(), &mut en);
            assert!(bare_en == bare(&serde_json::to_value(&spanish).unwrap(), &mut es), "{}", example.name);
            assert!(explain::in_language(spanish, version, Lang::En) == english, "{}: {}", pack.id, example.name);
            all += en.len();
            same += en.iter().zip(&es).filter(|(en, es)| en == es && en.len() > 4).count();
        }
    }
    // Names such as "Pat Deegan Common Ground" are the same in both languages.
    assert!(all > 1_000 && same * 20 < all, "{same} of {all} are the same in both languages");
}
