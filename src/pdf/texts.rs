//! The fixed texts of the certificate, from `templates/pdf/certificate.toml`, and how dates and numbers read.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::rules::Lang;

/// The texts of one language; the fields are the keys of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    pub document_title: String,
    pub heading: String,
    pub certifies: String,
    pub has_met: String,
    pub status: String,
    pub number: String,
    pub issued_on: String,
    pub valid_from: String,
    pub valid_through: String,
    pub verify: String,
    pub verify_number: String,
    pub code_alt: String,
    pub seal_alt: String,
    pub link_alt: String,
    months: [String; 12],
    date: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    en: Texts,
    es: Texts,
}

/// The texts of a language; `None` only if the built-in file is broken, which a test rules out.
pub(crate) fn texts(lang: Lang) -> Option<&'static Texts> {
    static FILE: OnceLock<Option<File>> = OnceLock::new();
    let read = || toml::from_str(include_str!("../../templates/pdf/certificate.toml")).ok();
    let file = FILE.get_or_init(read).as_ref()?;
    Some(match lang {
        Lang::En => &file.en,
        Lang::Es => &file.es,
    })
}

impl Texts {
    /// A date in words.
    pub(crate) fn date(&self, date: NaiveDate) -> String {
        let month = usize::try_from(date.month0()).ok().and_then(|month| self.months.get(month));
        let month = month.map_or("", String::as_str);
        let filled = fill(&self.date, "day", &date.day().to_string());
        fill(&fill(&filled, "month", month), "year", &date.year().to_string())
    }
}

/// Puts a value in the place of `{key}`.
pub(crate) fn fill(text: &str, key: &str, value: &str) -> String {
    text.replace(&format!("{{{key}}}"), value)
}

/// A certificate number in groups that can be read out: separators are kept, else three groups.
pub(crate) fn grouped(number: &str) -> String {
    let characters: Vec<char> = number.trim().chars().collect();
    if characters.len() < 6 || characters.iter().any(|c| !c.is_alphanumeric()) {
        return number.trim().to_owned();
    }
    let groups: Vec<String> =
        characters.chunks(characters.len().div_ceil(3)).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_text_in_every_language() {
        for lang in Lang::ALL {
            assert!(texts(lang).is_some(), "{}", lang.tag());
        }
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        assert_eq!(texts(Lang::En).unwrap().date(date), "March 5, 2026");
        assert_eq!(texts(Lang::Es).unwrap().date(date), "5 de marzo de 2026");
    }

    #[test]
    fn a_number_is_shown_in_three_groups_unless_it_brings_its_own() {
        assert_eq!(grouped("NE2604127835"), "NE26 0412 7835");
        assert_eq!(grouped("ABC1234"), "ABC 123 4");
        assert_eq!(grouped("NE-2026-00123"), "NE-2026-00123");
        assert_eq!(grouped("12345"), "12345");
    }
}
