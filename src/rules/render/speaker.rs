//! Who says it: the names that a version gives to its rules, topics, stages, words and units, in one language.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::super::explain::{self, unit_word};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::question::Purpose;
use super::{places, vocabulary};

/// A version in a language, and the purpose spoken of.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'v> {
    /// The version.
    pub version: &'v Version,
    /// What is spoken of; none: the head.
    pub purpose: Option<Purpose>,
    /// The reader's language.
    pub lang: Lang,
}

impl<'v> Speaker<'v> {
    /// One of two texts.
    #[must_use]
    pub const fn two<'t>(&self, en: &'t str, es: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Es => es,
        }
    }

    /// A name in quotes.
    #[must_use]
    pub fn quoted(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("“{name}”"),
            Lang::Es => format!("«{name}»"),
        }
    }

    /// A rule, part or deadline by its id, as people call it.
    #[must_use]
    pub fn rule(&self, id: &str) -> String {
        let purposes = self.purpose.into_iter().chain(Purpose::ALL);
        let label = purposes.clone().find_map(|purpose| self.version.label(purpose, "", id)).or_else(|| {
            let deadlines = purposes.filter_map(|purpose| self.version.purposes.get(&purpose));
            let mut deadlines = deadlines.flat_map(|rules| &rules.deadlines);
            deadlines.find(|deadline| deadline.id == id).map(|deadline| &deadline.label)
        });
        self.quoted(&label.map_or_else(|| plain(id), |label| label.in_lang(self.lang).to_owned()))
    }

    /// A stage by its id.
    #[must_use]
    pub fn stage(&self, id: &str) -> String {
        let stage = self.version.stages.iter().find(|stage| stage.id == id);
        self.quoted(
            stage.map_or_else(|| self.word("stage", id), |stage| stage.label.in_lang(self.lang).to_owned()).as_str(),
        )
    }

    /// A topic by its id or another of its names.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&'v str> {
        let at = self.version.topic_named(id)?;
        Some(self.version.topics.get(at)?.label.in_lang(self.lang))
    }

    /// A word that stands under a key; without its signs where nobody gave it a name.
    #[must_use]
    pub fn word(&self, attribute: &str, word: &str) -> String {
        self.named(attribute, word).unwrap_or_else(|| match attribute {
            "exam" => word.to_uppercase(),
            _ => plain(word),
        })
    }

    /// The name of a word, if the pack or the language gives it one.
    #[must_use]
    pub fn named(&self, attribute: &str, word: &str) -> Option<String> {
        let own = self.version.words.get(word).map(|label| label.in_lang(self.lang));
        let topic = || self.topic(word).filter(|_| ["topic", "domain", "tag"].contains(&attribute));
        let closed = vocabulary::closed(attribute, word, self.lang);
        let said = closed.or(own).or_else(topic).or_else(|| vocabulary::usual(word, self.lang));
        said.map(str::to_owned).or_else(|| match attribute {
            "region" => Some(places::place(word, self.lang)),
            "credential" => Some(places::credential(word, self.lang)),
            _ => None,
        })
    }

    /// Several words, each name once.
    #[must_use]
    pub fn words(&self, attribute: &str, words: &[&str]) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for name in words.iter().map(|word| self.word(attribute, word)) {
            if !said.contains(&name) {
                said.push(name);
            }
        }
        said
    }

    /// "46 hours", "30 percent", "500 on a scale of 200 to 800".
    #[must_use]
    pub fn amount(&self, text: &str) -> String {
        let percent = |number: &str| format!("{number} {}", self.two("percent", "por ciento"));
        if let Some(number) = text.strip_suffix(" % of the need") {
            return format!("{} {}", percent(number), self.two("of what is needed", "de lo que se necesita"));
        }
        if let Some(number) = text.strip_suffix(" %") {
            return percent(number);
        }
        if let Some((mark, scale)) = text.split_once(" on ") {
            let scale = scale.replacen('-', self.two(" to ", " a "), 1);
            return format!("{mark} {} {scale}", self.two("on a scale of", "en una escala de"));
        }
        match text.split_once(' ') {
            Some((number, unit)) => format!("{number} {}", self.unit(unit, number == "1")),
            None => text.to_owned(),
        }
    }

    /// A unit as a pack writes it.
    #[must_use]
    pub fn unit(&self, unit: &str, one: bool) -> String {
        let known = |name: &str| self.version.units.contains_key(name) || self.version.unit_sizes.contains_key(name);
        let name = if known(unit) { unit } else { unit.strip_suffix('s').unwrap_or(unit) };
        unit_word(&self.version.unit_names, name, one, self.lang)
    }

    /// "January 31, 2026".
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        explain::day(day, self.lang)
    }

    /// A day of a year: "July 4".
    #[must_use]
    pub fn day_of_year(&self, month: u32, day: u32) -> String {
        explain::day_of_year(month, day, self.lang)
    }

    /// "a, b or c".
    #[must_use]
    pub fn any(&self, names: &[String]) -> String {
        listed(names, self.two("or", "o"))
    }

    /// "a, b and c".
    #[must_use]
    pub fn all(&self, names: &[String]) -> String {
        listed(names, self.two("and", "y"))
    }
}

fn listed(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            // Spanish: "y" before "i" is "e", "o" before "o" is "u".
            let sound = last.to_lowercase();
            let and = match and {
                "y" if sound.starts_with('i') || sound.starts_with("hi") => "e",
                "o" if sound.starts_with('o') || sound.starts_with("ho") => "u",
                other => other,
            };
            // Names that hold a comma or an "and" of their own are kept apart by more.
            let has = |parts: &[&str]| names.iter().any(|name| parts.iter().any(|part| name.contains(part)));
            let (between, before) = match names.len() {
                2 => (", ", ""),
                _ if has(&[", "]) => ("; ", ";"),
                _ if has(&[" and ", " or ", " y ", " o "]) => (", ", ","),
                _ => (", ", ""),
            };
            format!("{}{before} {and} {last}", first.join(between))
        }
    }
}

/// A word of a pack's own without its signs.
#[must_use]
pub fn plain(word: &str) -> String {
    word.strip_prefix("x-").unwrap_or(word).replace(['_', '-'], " ")
}

/// A clause as a sentence: its first letter large, a full stop at its end.
#[must_use]
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if clause.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// "de el" is "del", "a el" is "al".
#[must_use]
pub fn contracted(text: &str) -> Cow<'_, str> {
    if text.contains(" de el ") || text.contains(" a el ") {
        Cow::Owned(text.replace(" de el ", " del ").replace(" a el ", " al "))
    } else {
        Cow::Borrowed(text)
    }
}
