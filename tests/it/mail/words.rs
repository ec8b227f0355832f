//! The words: neutral, calm, complete in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use credtrail::mail::{Rendered, render};
use credtrail::rules::Lang;

use super::samples::{letter, notices, sender};

/// Words that alarm, blame or name a condition; by their beginning, in either language.
const NEVER: [&str; 33] = [
    "denied",
    "deny",
    "fail",
    "invalid",
    "illegal",
    "delinquen",
    "noncompli",
    "non-compli",
    "expired",
    "violat",
    "addict",
    "mentally",
    "suffer",
    "urgent",
    "immediately",
    "warning",
    "reject",
    "unacceptable",
    "unable",
    "terminat",
    "deneg",
    "rechaz",
    "fracas",
    "fall",
    "inválid",
    "moros",
    "adict",
    "vencid",
    "caduc",
    "incumpl",
    "inmediatamente",
    "sufr",
    "enferm",
];

/// What a subject never tells.
const OUTING: [&str; 14] = [
    "peer",
    "recover",
    "mental",
    "addict",
    "substance",
    "health",
    "cpss",
    "specialist",
    "recuper",
    "adicc",
    "salud",
    "sustancia",
    "especialista",
    "par ",
];

/// Forms of `tú`: the service says `usted`.
const FAMILIAR: [&str; 9] = ["tú", "tu", "tus", "te", "ti", "tuyo", "tuya", "contigo", "tienes"];

fn all() -> Vec<(String, Lang, Rendered)> {
    let mut all = Vec::new();
    for lang in Lang::ALL {
        for notice in notices() {
            let name = format!("{} {}", notice.kind().name(), lang.tag());
            all.push((name, lang, render(&letter("dana@person.example", lang, notice), &sender()).expect("words")));
        }
    }
    all
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_notice_has_words_in_every_language_and_no_words_are_without_a_notice() {
    let kinds: BTreeSet<String> = notices().iter().map(|notice| notice.kind().name().to_owned()).collect();
    let folders: BTreeSet<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/mail"))
        .expect("the folder")
        .map(|it| it.expect("an entry"))
        .filter(|it| it.path().is_dir())
        .map(|it| it.file_name().into_string().expect("a name"))
        .collect();
    assert_eq!(kinds, folders);
    for (name, lang, said) in all() {
        assert!(!said.subject.is_empty() && said.text.len() > 100, "{name}");
        assert!(said.html.contains(&format!("<html lang=\"{}\">", lang.tag())), "{name}");
        assert!(!said.text.contains("{{") && !said.text.contains("{%"), "{name}");
    }
}

#[test]
fn the_calm_words_only() {
    for (name, _, said) in all() {
        for word in words(&format!("{} {}", said.subject, said.text)) {
            let bad = NEVER.iter().find(|bad| word.starts_with(**bad));
            assert!(bad.is_none(), "{name} says `{word}`");
        }
        assert!(!said.text.contains('!'), "{name} shouts");
    }
}

#[test]
fn a_subject_outs_nobody_and_is_short() {
    for (name, _, said) in all() {
        let subject = said.subject.to_lowercase();
        for word in OUTING {
            assert!(!subject.contains(word), "{name}: `{}` has `{word}`", said.subject);
        }
        assert!(said.subject.chars().count() <= 50, "{name}: `{}` is cut on a phone", said.subject);
    }
}

#[test]
fn spanish_says_usted() {
    for (name, lang, said) in all() {
        if lang == Lang::Es {
            for word in words(&said.text) {
                assert!(!FAMILIAR.contains(&word.as_str()), "{name} says `{word}`");
            }
        }
    }
}

#[test]
fn the_two_languages_do_not_mix() {
    for (name, lang, said) in all() {
        let other: &[&str] = if lang == Lang::En {
            &["usted", "hola", "enlace", "certificado"]
        } else {
            &["your", "hello", "link", "certificate"]
        };
        let found = words(&said.text).into_iter().find(|word| other.contains(&word.as_str()));
        assert_eq!(found, None, "{name}");
    }
}

#[test]
fn plain_and_html_say_the_same_and_name_a_phone_number() {
    for (name, _, said) in all() {
        let html = said.html.split_once("<body").expect("a body").1;
        for word in said.text.split_whitespace().filter(|word| word.chars().all(|c| c.is_alphanumeric())) {
            assert!(html.contains(word), "{name}: `{word}` is not in the HTML part");
        }
        assert!(said.text.contains("555-0100"), "{name} names nobody to call");
        assert!(said.text.lines().all(|line| line.chars().count() <= 72 || line.starts_with("http")), "{name}");
    }
}

#[test]
fn the_first_words_on_a_locked_phone_tell_no_more_than_the_subject() {
    for (name, _, said) in all() {
        let first: String = said.text.chars().take(120).collect::<String>().to_lowercase();
        for word in OUTING.iter().filter(|word| **word != "par ") {
            assert!(!first.contains(word), "{name}: {first}");
        }
    }
}

#[test]
fn no_template_lets_a_value_begin_a_line_or_stand_in_a_subject() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/mail")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let files = if path.is_dir() {
            fs::read_dir(&path).expect("a folder").map(|it| it.expect("a file").path()).collect()
        } else {
            vec![path]
        };
        for file in files.into_iter().filter(|file| file.extension().is_some_and(|ext| ext == "txt")) {
            for line in fs::read_to_string(&file).expect("text").lines() {
                assert!(!line.trim_start().starts_with("{{"), "{}: {line}", file.display());
                assert!(!line.starts_with("# ") || !line.contains('{'), "{}: {line}", file.display());
                let starts_in_block = line.starts_with("{%") && line.contains("%}{{");
                assert!(!starts_in_block, "{}: {line}", file.display());
            }
        }
    }
}

#[test]
fn the_reminder_reads_as_the_design_says() {
    let said = render(&letter("dana@person.example", Lang::En, super::samples::reminder()), &sender()).expect("words");
    assert_eq!(said.subject, "A date to plan for");
    assert_eq!(
        said.text,
        "Hello Dana,\n\nYour certificate ends June 30, 2027. There is time.\n\nYou have 31 of 46 hours.\n\nThis is what is still missing:\n\n\
         - Ethics: 2 more hours\n- Any topic: 13 more hours\n\nYour next step: Add a class.\n\nSee what is left:\nhttps://board.example/a/Zx81\n\n\
         Questions? Call 555-0100.\n\nThis mail comes from State Board.\n\nStop these reminders:\nhttps://board.example/stop/abc\n"
    );
}
