//! Differences as sentences.

use serde::{Serialize, Serializer};

use super::super::lang::Lang;
use super::super::pack::model::Label;
use super::super::pack::stricter::Way;
use super::super::question::Purpose;
use super::{Change, Clause, Difference, What};

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

/// A key of the head, for people.
pub(super) fn head(key: &str) -> Label {
    let (en, es) = match key {
        "hour" => ("Length of an hour", "Duración de una hora"),
        "unit" => ("Other units", "Otras unidades"),
        "stage" => ("Stages, terms and fees", "Etapas, períodos y tarifas"),
        "applies_by" => ("What decides the version", "Lo que decide la versión"),
        "transition" => ("People between the versions", "Personas entre las dos versiones"),
        "holidays" => ("Holidays", "Días festivos"),
        "hold" => ("Pauses", "Pausas"),
        "order" => ("More time for everyone", "Más tiempo para todos"),
        other => (other, other),
    };
    Label { en: en.to_owned(), es: es.to_owned() }
}

/// How many requirements become harder, easier, or other.
#[must_use]
pub fn summary(difference: &Difference, lang: Lang) -> String {
    let count = |way: Way| difference.changes.iter().filter(|change| change.way == way).count();
    let (harder, easier, unclear) = (count(Way::Harder), count(Way::Easier), count(Way::Unclear));
    match (lang, difference.changes.is_empty()) {
        (Lang::En, true) => "Nothing changes for anyone.".to_owned(),
        (Lang::Es, true) => "Nada cambia para nadie.".to_owned(),
        (Lang::En, false) => format!("{harder} harder, {easier} easier, {unclear} to be looked at."),
        (Lang::Es, false) => format!(
            "{harder} {}, {easier} {}, {unclear} por revisar.",
            if harder == 1 { "más difícil" } else { "más difíciles" },
            if easier == 1 { "más fácil" } else { "más fáciles" }
        ),
    }
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
    let mut lines = Vec::new();
    for Told { sentence, clauses } in told(difference, lang) {
        lines.push(sentence);
        lines.extend(clauses.into_iter().map(|clause| format!("  {clause}")));
    }
    lines.push(summary(difference, lang));
    lines
}

/// "Training: changed. Harder for people who want to become certified (Full certificate)."
fn sentence(change: &Change, lang: Lang) -> String {
    let what = match (change.what, lang) {
        (What::Added, Lang::En) => "new.",
        (What::Added, Lang::Es) => "nuevo.",
        (What::Removed, Lang::En) => "no longer asked.",
        (What::Removed, Lang::Es) => "ya no se pide.",
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
        (Way::Unclear, Lang::En) => "Harder for some, easier for others, or neither; to be looked at:",
        (Way::Unclear, Lang::Es) => "Más difícil para unos, más fácil para otros, o ninguna de las dos; por revisar:",
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
