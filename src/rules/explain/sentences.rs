//! One sentence for the answer, for each requirement and for each record.

use serde::Serialize;

use super::super::amount::{Rounded, in_unit};
use super::super::evaluation::{Evaluation, NotCounted, Outcome, RecordOutcome, Requirement, Shortfall, Status};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::record::Record;
use super::{UnitNames, reason, unit_name, unit_word};

/// A sentence and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The requirement it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The record it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// How deep it stands in the tree.
    pub depth: usize,
    /// The sentence.
    pub text: String,
}

/// The whole answer as sentences: the answer itself, the requirements, the records.
#[must_use]
pub fn lines(version: &Version, record: &Record, evaluation: &Evaluation, lang: Lang) -> Vec<Line> {
    let mut lines =
        vec![Line { requirement: None, record: None, depth: 0, text: overall(evaluation.status, lang).to_owned() }];
    let notes = evaluation.notes.iter().map(|note| super::note(note, lang));
    let above = notes
        .chain(super::dates::rung(version, evaluation, lang))
        .chain(super::dates::dates(version, evaluation, lang))
        .chain(open_end(version, evaluation, lang));
    lines.extend(above.map(|text| Line { requirement: None, record: None, depth: 0, text }));
    let label = |id: &str| version.label(evaluation.purpose, &evaluation.stage, id).map(|label| label.in_lang(lang));
    let names = Names { label: &label, units: &version.unit_names };
    for found in &evaluation.requirements {
        requirement(&names, found, lang, 0, &mut lines);
    }
    for found in &evaluation.records {
        let name = name_of(record, &found.record);
        for text in record_sentences(version, found, &name, lang) {
            lines.push(Line { requirement: None, record: Some(found.record.clone()), depth: 0, text });
        }
    }
    lines
}

/// Nobody knows how long the certificate holds: said, so that nobody takes it for one without an end.
fn open_end(version: &Version, evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let stage = version.stages.iter().find(|stage| stage.id == evaluation.stage)?;
    let said = text(
        lang,
        "The sources do not say how long this certificate holds.",
        "Las fuentes no dicen cuánto tiempo vale este certificado.",
    );
    (!stage.says_its_end()).then(|| said.to_owned())
}

/// The answer in one sentence.
#[must_use]
pub const fn overall(status: Status, lang: Lang) -> &'static str {
    match (lang, status) {
        (Lang::En, Status::Met) => "All that is needed is there.",
        (Lang::En, Status::NotMet) => "Something is still missing.",
        (Lang::En, Status::Undecided) => "Your part is done. Someone else still has to decide.",
        (Lang::En, Status::Waived) => "Nothing is asked of you this time.",
        (Lang::En, Status::NotApplicable) => "The board has no rules for this.",
        (Lang::Es, Status::Met) => "Todo lo necesario está.",
        (Lang::Es, Status::NotMet) => "Todavía falta algo.",
        (Lang::Es, Status::Undecided) => "Su parte está hecha. Alguien más tiene que decidir.",
        (Lang::Es, Status::Waived) => "Esta vez no se le pide nada.",
        (Lang::Es, Status::NotApplicable) => "La junta no tiene reglas para esto.",
    }
}

/// Names in the reader's language: of requirements by their ids, and of units.
struct Names<'n> {
    label: &'n dyn Fn(&str) -> Option<&'n str>,
    units: &'n UnitNames,
}

fn requirement(names: &Names<'_>, found: &Requirement, lang: Lang, depth: usize, lines: &mut Vec<Line>) {
    let label = (names.label)(&found.id).unwrap_or(&found.label);
    let text = requirement_sentence(names.units, found, label, lang);
    lines.push(Line { requirement: Some(found.id.clone()), record: None, depth, text });
    for note in &found.notes {
        let text = super::note(note, lang);
        lines.push(Line { requirement: Some(found.id.clone()), record: None, depth: depth + 1, text });
    }
    for short in &found.shortfall {
        let text = shortfall(names, short, found, lang);
        lines.push(Line { requirement: Some(found.id.clone()), record: None, depth: depth + 1, text });
    }
    for child in &found.requirements {
        requirement(names, child, lang, depth + 1, lines);
    }
}

/// Which parts are short together: no other placing of courses would help.
fn shortfall(names: &Names<'_>, short: &Shortfall, found: &Requirement, lang: Lang) -> String {
    let labels: Vec<&str> = short.requirements.iter().map(|id| (names.label)(id).unwrap_or(id)).collect();
    let amount = in_unit(short.minutes, found.unit_minutes.unwrap_or(60), Rounded::Up);
    let amount =
        format!("{amount} {}", unit_word(names.units, found.unit.as_deref().unwrap_or("hour"), amount == "1", lang));
    match lang {
        Lang::En => format!("{} together lack {amount}, however your courses are placed.", listed(&labels, "and")),
        Lang::Es => {
            format!("A {} juntos les faltan {amount}, como sea que se repartan sus cursos.", listed(&labels, "y"))
        }
    }
}

/// "a, b and c".
fn listed(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// A requirement in one sentence; `label` is its name in the language.
#[must_use]
pub fn requirement_sentence(units: &UnitNames, found: &Requirement, label: &str, lang: Lang) -> String {
    let state = match (found.status, amounts(units, found, lang)) {
        (Status::Waived, _) => text(lang, "not asked of you this time.", "esta vez no se le pide.").to_owned(),
        (Status::NotApplicable, _) => text(lang, "not asked of you.", "no se le pide.").to_owned(),
        (Status::Met, None) => text(lang, "done.", "hecho.").to_owned(),
        (Status::NotMet, None) => text(lang, "still to do.", "aún por hacer.").to_owned(),
        (Status::Undecided, None) => {
            text(lang, "someone else has to decide.", "alguien más tiene que decidir.").to_owned()
        }
        (Status::Met, Some(amounts)) => match lang {
            Lang::En => format!("done, {amounts}."),
            Lang::Es => format!("hecho, {amounts}."),
        },
        (Status::NotMet, Some(amounts)) => not_met(found, &amounts, lang),
        (Status::Undecided, Some(amounts)) => match lang {
            Lang::En => format!("{amounts}. The rest waits for someone to decide."),
            Lang::Es => format!("{amounts}. Lo demás espera una decisión."),
        },
    };
    format!("{label}: {state}")
}

fn not_met(found: &Requirement, amounts: &str, lang: Lang) -> String {
    match (lang, found.missing.as_deref().filter(|missing| *missing != "0")) {
        (Lang::En, Some(missing)) => format!("{amounts}, {missing} still to go."),
        (Lang::Es, Some("1")) => format!("{amounts}, falta 1."),
        (Lang::Es, Some(missing)) => format!("{amounts}, faltan {missing}."),
        (_, None) => format!("{amounts}."),
    }
}

/// "31 of 46 hours", for what has amounts.
fn amounts(units: &UnitNames, found: &Requirement, lang: Lang) -> Option<String> {
    let (needed, counted, unit) = (found.needed.as_deref()?, found.counted.as_deref()?, found.unit.as_deref()?);
    if unit == "count" && needed == "1" {
        return None;
    }
    if unit == "year" {
        return Some(format!("{counted} {}", unit_word(units, unit, counted == "1", lang)));
    }
    let unit =
        if unit == "count" { String::new() } else { format!(" {}", unit_word(units, unit, needed == "1", lang)) };
    Some(if needed == "0" {
        format!("{counted}{unit}")
    } else {
        match lang {
            Lang::En => format!("{counted} of {needed}{unit}"),
            Lang::Es => format!("{counted} de {needed}{unit}"),
        }
    })
}

fn record_sentences(version: &Version, found: &RecordOutcome, name: &str, lang: Lang) -> Vec<String> {
    let amount = |minutes: Option<u64>| minutes.map(|minutes| hours(version, minutes, lang));
    let first = match (found.outcome, amount(found.minutes)) {
        (Outcome::NotRead, _) => Some(text(lang, "no rule asks for it.", "ninguna regla lo pide.").to_owned()),
        (Outcome::NotCounted, _) => None,
        (Outcome::Counted | Outcome::Partly, Some((amount, one))) => Some(match (lang, one) {
            (Lang::En, false) => format!("{amount} count."),
            (Lang::En, true) => format!("{amount} counts."),
            (Lang::Es, false) => format!("cuentan {amount}."),
            (Lang::Es, true) => format!("cuenta {amount}."),
        }),
        (Outcome::Counted | Outcome::Partly, None) => Some(text(lang, "counts.", "cuenta.").to_owned()),
    };
    let rest = found.not_counted.iter().map(|lost| lost_sentence(version, lost, lang));
    first.into_iter().chain(rest).map(|sentence| format!("{name}: {sentence}")).collect()
}

fn lost_sentence(version: &Version, lost: &NotCounted, lang: Lang) -> String {
    let why = reason(lost.reason, lang);
    let Some(minutes) = lost.minutes else {
        return format!("{} {why}", text(lang, "does not count.", "no cuenta."));
    };
    let (amount, one) = hours(version, minutes, lang);
    let verb = match one {
        true => text(lang, "does not count.", "no cuenta."),
        false => text(lang, "do not count.", "no cuentan."),
    };
    format!("{amount} {verb} {why}")
}

/// Minutes in the board's hours, and whether that is one.
fn hours(version: &Version, minutes: u64, lang: Lang) -> (String, bool) {
    let amount = in_unit(minutes, version.hour, Rounded::Down);
    let one = amount == "1";
    (format!("{amount} {}", unit_name("hour", one, lang)), one)
}

const fn text(lang: Lang, en: &'static str, es: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

/// A record's id with what people know it by.
fn name_of(record: &Record, id: &str) -> String {
    let course =
        record.learning.iter().find(|learning| learning.id == id).and_then(|learning| learning.course.as_deref());
    let exam = || record.exams.iter().find(|exam| exam.id == id).map(|exam| exam.exam.as_str());
    course.or_else(exam).map_or_else(|| id.to_owned(), |name| format!("{id} ({name})"))
}
