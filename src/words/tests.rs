//! The catalog is complete, used, plain and kind, and templates hold no words of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

use super::AREAS;

/// Words that blame or frighten, and words that would tell what a certificate is about.
const BANNED: [&str; 27] = [
    "invalid",
    "failed",
    "failure",
    "denied",
    "rejected",
    "non-compliant",
    "delinquent",
    "violation",
    "illegal",
    "forbidden",
    "expired!",
    "addict",
    "addiction",
    "recovery",
    "mental",
    "peer",
    "suffer",
    "relapse",
    "inválid",
    "fallido",
    "denegad",
    "rechazad",
    "adicto",
    "adicción",
    "recuperación",
    "salud",
    "sufre",
];

/// Key and text of each message in one source, placeables kept.
fn messages(source: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some((key, text)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            current = key.to_owned();
            assert!(found.insert(current.clone(), text.to_owned()).is_none(), "`{key}` stands twice");
        } else {
            found.get_mut(&current).unwrap().push_str(&format!(" {}", line.trim()));
        }
    }
    found
}

fn catalogs() -> [(&'static str, BTreeMap<String, String>); 2] {
    let all = |pick: fn(&(&str, &'static str, &'static str)) -> &'static str| {
        AREAS.iter().flat_map(|area| messages(pick(area))).collect()
    };
    [("en", all(|area| area.1)), ("es", all(|area| area.2))]
}

fn files_under(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found
}

/// Names in `{ $braces }`, in any order.
fn arguments(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap())
        .collect()
}

/// The text without placeables.
fn spoken(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn every_source_is_whole_and_every_file_is_loaded() {
    for &(name, english, spanish) in AREAS {
        for source in [english, spanish] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{name}.ftl does not parse");
        }
    }
    let files = files_under("templates/words", "ftl");
    assert_eq!(files.len(), AREAS.len() * 2, "a file under templates/words is not in AREAS");
}

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    let [(_, english), (_, spanish)] = catalogs();
    let keys = |catalog: &BTreeMap<String, String>| catalog.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&english), keys(&spanish));
    for (key, text) in &english {
        assert_eq!(arguments(text), arguments(&spanish[key]), "arguments of `{key}`");
    }
}

#[test]
fn every_key_is_used_and_every_key_used_exists() {
    let mut code = String::new();
    for path in [files_under("src", "rs"), files_under("templates/pages", "html")].concat() {
        if !path.ends_with("words/tests.rs") {
            code.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    let [(_, english), _] = catalogs();
    let unused: Vec<_> = english.keys().filter(|key| !code.contains(&format!("\"{key}\""))).collect();
    assert_eq!(unused, Vec::<&String>::new(), "keys nothing uses");
    for call in ["w.get(\"", "w.with(\"", "words.get(\"", "words.with(\"", "self.with(\"", "self.get(\""] {
        let parts: Vec<&str> = code.split(call).collect();
        for pair in parts.windows(2) {
            // `w` alone is the words; `below` is something else.
            if pair[0].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let key = pair[1].split('"').next().unwrap();
            assert!(english.contains_key(key), "`{key}` has no text");
        }
    }
}

#[test]
fn templates_hold_no_words_of_their_own() {
    // The API's description is for programmers and, like the API itself, in English alone.
    for path in files_under("templates/pages", "html").into_iter().filter(|path| !path.ends_with("pages/docs/api.html"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        let bare = strip(&strip(&strip(&text, "{#", "#}"), "{%", "%}"), "{{", "}}");
        for attribute in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\""] {
            for rest in bare.split(attribute).skip(1) {
                let value = rest.split('"').next().unwrap();
                assert!(!value.chars().any(char::is_alphabetic), "{}: {attribute}{value}", path.display());
            }
        }
        let words = strip(&bare, "<", ">");
        assert!(!words.chars().any(char::is_alphabetic), "{}: {}", path.display(), words.trim());
    }
}

/// `text` without what lies between `open` and `close`.
fn strip(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str(part.split_once(close).unwrap().1);
    }
    out
}

#[test]
fn no_text_blames_frightens_or_outs_anybody() {
    for (lang, catalog) in catalogs() {
        for (key, text) in catalog {
            let text = text.to_lowercase();
            for word in BANNED {
                let hit = text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|found| found.starts_with(word));
                assert!(!hit, "{lang} `{key}` says `{word}`");
            }
        }
    }
}

/// Sentences, words and syllables of a text; a syllable is a run of vowels, a silent final e is none.
fn measure(text: &str, is_english: bool) -> (f64, f64, f64) {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let syllables = |word: &String| {
        let is_vowel = |c: char| "aeiouyáéíóúü".contains(c);
        let letters: Vec<char> = word.chars().collect();
        let runs =
            (0..letters.len()).filter(|&i| is_vowel(letters[i]) && (i == 0 || !is_vowel(letters[i - 1]))).count();
        let silent = is_english && runs > 1 && word.ends_with('e') && !word.ends_with("le");
        (runs - usize::from(silent)).max(1)
    };
    let sentences = text.split(['.', '?', '!', ':']).filter(|part| part.chars().any(char::is_alphabetic)).count();
    let real = |count: usize| f64::from(u32::try_from(count).unwrap());
    (real(sentences), real(words.len()), real(words.iter().map(syllables).sum()))
}

fn english_grade(text: &str) -> f64 {
    let (sentences, words, syllables) = measure(text, true);
    0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
}

fn spanish_ease(text: &str) -> f64 {
    let (sentences, words, syllables) = measure(text, false);
    206.84 - 60.0 * (syllables / words) - 1.02 * (words / sentences)
}

/// Whole sentences only: a label such as "Certificate number" has no grade.
fn sentences(catalog: &BTreeMap<String, String>) -> Vec<(&String, String)> {
    catalog
        .iter()
        .map(|(key, text)| (key, spoken(text)))
        .filter(|(_, text)| text.split_whitespace().count() >= 8)
        .collect()
}

#[test]
fn english_reads_at_grade_six_or_lower_and_no_text_is_hard() {
    let [(_, english), _] = catalogs();
    let texts = sentences(&english);
    let all: String = texts.iter().map(|(_, text)| format!("{text}. ")).collect();
    assert!(english_grade(&all) <= 6.0, "grade {:.1}", english_grade(&all));
    for (key, text) in texts {
        assert!(english_grade(&text) <= 9.0, "`{key}` reads at grade {:.1}: {text}", english_grade(&text));
    }
}

#[test]
fn spanish_reads_as_easily() {
    let [_, (_, spanish)] = catalogs();
    let texts = sentences(&spanish);
    let all: String = texts.iter().map(|(_, text)| format!("{text}. ")).collect();
    assert!(spanish_ease(&all) >= 80.0, "ease {:.1}", spanish_ease(&all));
}

#[test]
fn the_measure_tells_plain_from_heavy() {
    let plain = "You have 31 of 46 hours. You need 15 more.";
    let heavy = "Your continuing education compliance status is currently not complete; submission of documentation is obligatory.";
    assert!(english_grade(plain) < 3.0, "{}", english_grade(plain));
    assert!(english_grade(heavy) > 15.0, "{}", english_grade(heavy));
}

/// Other words for what pages and mails already call by one name: añadir is agregar, aparato is dispositivo, and so on.
const ONE_NAME: [&str; 12] = [
    "añad",
    "aparato",
    "la razón",
    "formación",
    "spam",
    "gestor de",
    "pulse",
    "vale desde",
    "vale hasta",
    "cuánto vale",
    "responda hasta",
    "renovación hasta el {{",
];

#[test]
fn spanish_has_one_name_for_one_thing_on_pages_and_in_mails() {
    let mails = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/mail"));
    let mut texts: Vec<(String, String)> = catalogs()[1].1.clone().into_iter().collect();
    for folder in std::fs::read_dir(mails).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        texts.push((folder.display().to_string(), std::fs::read_to_string(folder.join("es.txt")).unwrap()));
    }
    assert!(texts.len() > 200);
    for (key, text) in texts {
        // "Información" holds one of them.
        let text = text.to_lowercase().replace("información", "");
        for other in ONE_NAME {
            assert!(!text.contains(other), "`{key}` says `{other}`");
        }
    }
}

#[test]
fn one_entry_left_out_is_told_as_one() {
    use super::{Value, Words};
    use crate::rules::Lang;
    let told = |lang, n: usize| Words::of(lang).with("hours-left-out", &[("n", Value::from(n))]);
    assert_eq!(told(Lang::En, 1), "1 older entry is not shown here. It is kept and counts as before.");
    assert_eq!(told(Lang::Es, 1), "1 anotación más vieja no se ve aquí. Se guarda y cuenta como antes.");
    assert_eq!(told(Lang::Es, 2), "2 anotaciones más viejas no se ven aquí. Se guardan y cuentan como antes.");
}
