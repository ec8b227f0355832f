//! What people call a kind of record: by the pack's words, else by the rule that asks for it. Invents no names.

use super::super::evaluation::Requirement;
use super::super::lang::Lang;
use super::super::pack::model::{Asks, Label, Rule};
use super::super::render::Speaker;
use super::names::Names;

/// What sort of record it is whose kind is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A statement.
    Attestation,
    /// An exam.
    Exam,
    /// An event.
    Event,
    /// A job.
    Job,
}

impl Sort {
    /// The key its words stand under.
    const fn attribute(self) -> &'static str {
        match self {
            Self::Attestation => "attestation",
            Self::Exam => "exam",
            Self::Event => "event",
            Self::Job => "title",
        }
    }

    /// Whether a rule asks for this kind and for no other.
    fn is_asked(self, asks: &Asks, kind: &str) -> bool {
        let only = |kinds: &[String]| matches!(kinds, [one] if one == kind);
        match (self, asks) {
            (Self::Attestation, Asks::Attestation(asked)) => asked.kind == kind,
            (Self::Exam, Asks::Exam(asked)) => only(&asked.exams),
            (Self::Event, Asks::Event(asked)) => only(&asked.kinds),
            (Self::Job, Asks::Employment(asked)) => only(&asked.titles),
            _ => false,
        }
    }
}

/// The name of the kind of a record with this id, its first letter large.
pub(super) fn kind(names: &Names<'_>, id: &str, sort: Sort, kind: &str) -> String {
    let said = speaker(names).named(sort.attribute(), kind);
    let of_rule = || asking(names, id, sort, kind).map(|label| label.in_lang(names.lang).to_owned());
    large(&said.or_else(of_rule).unwrap_or_else(|| unnamed(names, sort, kind)))
}

/// The name of the rule that asks for the kind: the one the record was weighed in, else the first.
fn asking<'v>(names: &Names<'v>, id: &str, sort: Sort, kind: &str) -> Option<&'v Label> {
    fn below<'v>(rule: &'v Rule, fits: &dyn Fn(&Rule) -> bool) -> Option<&'v Rule> {
        match &rule.asks {
            _ if fits(rule) => Some(rule),
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().find_map(|branch| below(branch, fits)),
            _ => None,
        }
    }
    let is_asked = |rule: &Rule| sort.is_asked(&rule.asks, kind);
    let weighed = names.weighed(&|found| weighs(found, id) && names.rule(&found.id).is_some_and(is_asked));
    let rule = weighed.and_then(|found| names.rule(&found.id)).or_else(|| {
        let mut rules = names.version.purposes.values().flat_map(|rules| &rules.rules);
        rules.find_map(|rule| below(rule, &is_asked))
    });
    rule.map(|rule| &rule.label)
}

fn weighs(found: &Requirement, id: &str) -> bool {
    found.placed.iter().any(|placed| placed.record == id) || found.not_counted.iter().any(|lost| lost.record == id)
}

/// Nobody gave it a name: the word itself is English. The code of an exam is the same in every language.
fn unnamed(names: &Names<'_>, sort: Sort, kind: &str) -> String {
    match (names.lang, sort) {
        (Lang::Es, Sort::Attestation) => "Declaración".to_owned(),
        (Lang::Es, Sort::Event) => "Suceso".to_owned(),
        (Lang::Es, Sort::Job) => "Empleo".to_owned(),
        (Lang::Es, Sort::Exam) | (Lang::En, _) => speaker(names).word(sort.attribute(), kind),
    }
}

/// Who says it.
pub(super) fn speaker<'v>(names: &Names<'v>) -> Speaker<'v> {
    Speaker { version: names.version, purpose: None, lang: names.lang }
}

/// Its first letter large.
pub(super) fn large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
}
