//! Differences as sentences.

use serde::{Serialize, Serializer};

use super::super::explain;
use super::super::lang::Lang;
use super::super::pack::model::Label;
use super::super::pack::stricter::Way;
use super::super::question::Purpose;
pub(super) use super::names::*;
use super::{Change, Clause, Difference, Side, What};

/// Both languages of a label.
#[derive(Serialize)]
struct Both<'l> {
    en: &'l str,
    es: &'l str,
}

fn both(label: &Label) -> Both<'_> {
    Both { en: &label.en, es: &label.es }
}

pub(super) fn label<S: Serializer>(label: &Label, to: S) -> Result<S::Ok, S::Error> {
    both(label).serialize(to)
}

pub(super) fn labels<S: Serializer>(labels: &[Label], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(labels.iter().map(both))
}

pub(super) fn spoken<S: Serializer>(label: &Option<Label>, to: S) -> Result<S::Ok, S::Error> {
    label.as_ref().map(both).serialize(to)
}

/// How many changes go which way.
#[must_use]
pub fn summary(difference: &Difference, lang: Lang) -> String {
    let count = |way: Way| difference.changes.iter().filter(|change| change.way == way).count();
    let told = |(way, en, es): (Way, &str, &str)| {
        let words = if lang == Lang::En { en } else { es };
        Some(count(way)).filter(|count| *count > 0).map(|count| format!("{words}: {count}."))
    };
    let counts: Vec<String> = [
        (Way::Harder, "Harder", "Más difícil"),
        (Way::Easier, "Easier", "Más fácil"),
        (Way::Unclear, "Depends on the person, please check", "Depende de la persona, por revisar"),
        (Way::Same, "The same is asked", "Se pide lo mismo"),
    ]
    .into_iter()
    .filter_map(told)
    .collect();
    match (lang, counts.is_empty()) {
        (Lang::En, true) => "Nothing changes for anyone.".to_owned(),
        (Lang::Es, true) => "Nada cambia para nadie.".to_owned(),
        (_, false) => counts.join(" "),
    }
}

/// Which two versions are compared, and their days.
#[must_use]
pub fn sides(difference: &Difference, lang: Lang) -> String {
    let (from, to) = (&difference.from, &difference.to);
    let rules = |side: &Side| match (side.from.map(|day| explain::day(day, lang)), side.through, lang) {
        (Some(from), None, Lang::En) => format!("rules from {from}"),
        (Some(from), None, Lang::Es) => format!("reglas desde el {from}"),
        (Some(from), Some(to), Lang::En) => format!("rules from {from} through {}", explain::day(to, lang)),
        (Some(from), Some(to), Lang::Es) => format!("reglas del {from} al {}", explain::day(to, lang)),
        (None, _, Lang::En) => format!("rules {}", side.version),
        (None, _, Lang::Es) => format!("reglas {}", side.version),
    };
    let name = |side: &Side| format!("{} ({})", side.name.in_lang(lang), side.credential);
    let (was, becomes) = if lang == Lang::En { ("Before", "After") } else { ("Antes", "Después") };
    if from.credential == to.credential && from.name == to.name {
        return format!("{}. {was}: {}. {becomes}: {}.", name(to), rules(from), rules(to));
    }
    format!("{was}: {}, {}. {becomes}: {}, {}.", name(from), rules(from), name(to), rules(to))
}

/// A change as sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What happened, and for whom.
    pub sentence: String,
    /// Clause by clause: what was and what becomes.
    pub clauses: Vec<String>,
}

/// The changes as sentences, in their order.
#[must_use]
pub fn told(difference: &Difference, lang: Lang) -> Vec<Told> {
    let told = |change: &Change| Told {
        sentence: sentence(change, lang),
        clauses: change.clauses.iter().filter_map(|found| clause(found, lang)).collect(),
    };
    difference.changes.iter().map(told).collect()
}

/// "was: at least 46 hours; becomes: at least 60 hours".
fn clause(clause: &Clause, lang: Lang) -> Option<String> {
    let said = |label: &Option<Label>| label.as_ref().map(|label| label.in_lang(lang).to_owned());
    Some(match (said(&clause.was), said(&clause.becomes), lang) {
        (Some(was), Some(becomes), Lang::En) => format!("was: {was}; becomes: {becomes}"),
        (Some(was), Some(becomes), Lang::Es) => format!("era: {was}; pasa a ser: {becomes}"),
        (Some(was), None, Lang::En) => format!("no longer: {was}"),
        (Some(was), None, Lang::Es) => format!("ya no: {was}"),
        (None, Some(becomes), Lang::En) => format!("new: {becomes}"),
        (None, Some(becomes), Lang::Es) => format!("nuevo: {becomes}"),
        (None, None, _) => return None,
    })
}

/// The whole difference, line by line.
#[must_use]
pub fn lines(difference: &Difference, lang: Lang) -> Vec<String> {
    let mut lines = vec![sides(difference, lang)];
    for Told { sentence, clauses } in told(difference, lang) {
        lines.push(sentence);
        lines.extend(clauses.into_iter().map(|clause| format!("  {clause}")));
    }
    lines.push(summary(difference, lang));
    lines
}

/// "Training: changed. Harder for people who want to become certified (Full certificate)."
fn sentence(change: &Change, lang: Lang) -> String {
    let rule = change.purpose.is_some();
    let what = match (change.what, lang) {
        (What::Added, Lang::En) => "new.",
        (What::Added, Lang::Es) => "nuevo.",
        (What::Removed, Lang::En) if rule => "no longer asked.",
        (What::Removed, Lang::Es) if rule => "ya no se pide.",
        (What::Removed, Lang::En) => "no longer there.",
        (What::Removed, Lang::Es) => "ya no figura.",
        (What::Changed, Lang::En) => "changed.",
        (What::Changed, Lang::Es) => "cambia.",
    };
    let way = match (change.way, lang) {
        (Way::Harder, Lang::En) => "Harder for",
        (Way::Harder, Lang::Es) => "Más difícil para",
        (Way::Easier, Lang::En) => "Easier for",
        (Way::Easier, Lang::Es) => "Más fácil para",
        (Way::Same, Lang::En) => "The same for",
        (Way::Same, Lang::Es) => "Igual para",
        (Way::Unclear, Lang::En) => "Depends on the person, please check:",
        (Way::Unclear, Lang::Es) => "Depende de la persona, por revisar:",
    };
    format!("{}: {what} {way} {}.", change.label.in_lang(lang), people(change, lang))
}

/// Whom a change concerns.
fn people(change: &Change, lang: Lang) -> String {
    let who = match (change.purpose, lang) {
        (None, Lang::En) => "everyone",
        (None, Lang::Es) => "todos",
        (Some(Purpose::Initial), Lang::En) => "people who become certified",
        (Some(Purpose::Initial), Lang::Es) => "quienes obtienen el certificado",
        (Some(Purpose::Renewal), Lang::En) => "people who renew",
        (Some(Purpose::Renewal), Lang::Es) => "quienes renuevan",
        (Some(Purpose::Reinstatement), Lang::En) => "people who come back",
        (Some(Purpose::Reinstatement), Lang::Es) => "quienes vuelven",
        (Some(Purpose::Reciprocity), Lang::En) => "people who come from another region",
        (Some(Purpose::Reciprocity), Lang::Es) => "quienes vienen de otra región",
    };
    let stages: Vec<&str> = change.stages.iter().map(|stage| stage.in_lang(lang)).collect();
    if stages.is_empty() { who.to_owned() } else { format!("{who} ({})", stages.join(", ")) }
}
