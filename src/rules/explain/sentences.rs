//! One sentence for the answer, for each requirement and for each record.

use serde::Serialize;

use super::super::amount::Rounded;
use super::super::evaluation::{Citation, Evaluation, Note, Requirement, Shortfall, Status};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::Asks;
use super::super::reason::Reason;
use super::super::record::Record;
use super::amounts::{have_of, left, measured, more_than_needed};
use super::names::Names;
use super::stretches::lacking;
use super::{records, summary};

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
    /// Where the requirement is written, on its first line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

impl Line {
    /// A sentence about the whole.
    const fn whole(text: String) -> Self {
        Self { requirement: None, record: None, depth: 0, text, citation: None }
    }

    /// A sentence about a requirement.
    fn of(found: &Requirement, depth: usize, text: String) -> Self {
        Self { requirement: Some(found.id.clone()), record: None, depth, text, citation: None }
    }
}

/// The whole answer as sentences: where the person stands and by when, the requirements, the records.
#[must_use]
pub fn lines(version: &Version, record: &Record, evaluation: &Evaluation, lang: Lang) -> Vec<Line> {
    let names = Names::new(version, evaluation, lang);
    let first = std::iter::once(summary::standing(version, evaluation, lang)).chain(summary::due(evaluation, lang));
    let mut lines = vec![Line::whole(first.collect::<Vec<_>>().join(" "))];
    // What the first line says is not said again.
    let told = summary::no_way(version, evaluation, lang);
    let notes =
        evaluation.notes.iter().map(|note| super::note(note, lang)).filter(move |text| told.as_ref() != Some(text));
    let above = notes
        .chain(super::dates::rung(version, evaluation, lang))
        .chain(super::dates::dates(version, evaluation, lang))
        .chain(open_end(version, evaluation, lang));
    lines.extend(above.map(Line::whole));
    for found in &evaluation.requirements {
        requirement(&names, found, 0, &mut lines);
    }
    for found in &evaluation.records {
        for text in records::sentences(&names, record, evaluation, found) {
            let record = Some(found.record.clone());
            lines.push(Line { requirement: None, record, depth: 0, text, citation: None });
        }
    }
    lines
}

/// Nobody knows how long the certificate holds: said, so that nobody takes it for one without an end.
fn open_end(version: &Version, evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let stage = version.stages.iter().find(|stage| stage.id == evaluation.stage)?;
    let said = match lang {
        Lang::En => "The sources do not say how long this certificate holds.",
        Lang::Es => "Las fuentes no dicen por cuánto tiempo está vigente este certificado.",
    };
    (!stage.says_its_end()).then(|| said.to_owned())
}

/// The answer in one sentence.
#[must_use]
pub const fn overall(status: Status, lang: Lang) -> &'static str {
    match (lang, status) {
        (Lang::En, Status::Met) => "All that is needed is there.",
        (Lang::En, Status::NotMet) => "Something is still missing.",
        (Lang::En, Status::Undecided) => "Your part is done. The rest is for others to decide or confirm.",
        (Lang::En, Status::Waived) => "Nothing is asked of you this time.",
        (Lang::En, Status::NotApplicable) => "The board has no rules for this.",
        (Lang::Es, Status::Met) => "Todo lo necesario está.",
        (Lang::Es, Status::NotMet) => "Todavía falta algo.",
        (Lang::Es, Status::Undecided) => "Su parte está lista. Lo demás lo deciden o confirman otras personas.",
        (Lang::Es, Status::Waived) => "Esta vez no se le pide nada.",
        (Lang::Es, Status::NotApplicable) => "La junta no tiene reglas para esto.",
    }
}

fn requirement(names: &Names<'_>, found: &Requirement, depth: usize, lines: &mut Vec<Line>) {
    let citation = Some(&found.citation).filter(|cited| !cited.title.is_empty() || !cited.url.is_empty());
    lines.push(Line { citation: citation.cloned(), ..Line::of(found, depth, requirement_sentence(names, found)) });
    let notes = found.notes.iter().map(|note| super::note(note, names.lang));
    let short = found.shortfall.iter().map(|short| shortfall(names, short, found));
    let below = notes.chain(uneven(names, found)).chain(short).collect::<Vec<_>>();
    lines.extend(below.into_iter().map(|text| Line::of(found, depth + 1, text)));
    for child in &found.requirements {
        requirement(names, child, depth + 1, lines);
    }
}

/// Which parts are short together: no other placing of the hours would help.
fn shortfall(names: &Names<'_>, short: &Shortfall, found: &Requirement) -> String {
    let labels: Vec<&str> = short.requirements.iter().map(|id| names.known(id).unwrap_or(id)).collect();
    let unit = (found.unit.as_deref().unwrap_or("hour"), found.unit_minutes.unwrap_or(60));
    let amount = measured(names.units(), short.minutes, unit, Rounded::Up, names.lang);
    let listed = listed(&labels, names.two("and", "y"));
    match (names.lang, labels.len(), amount.is_one) {
        (Lang::En, 1, _) => format!("{listed} lacks {}, however your hours are divided.", amount.text),
        (Lang::En, _, _) => format!("{listed} together lack {}, however your hours are divided.", amount.text),
        (Lang::Es, 1, true) => format!("A {listed} le falta {}, como sea que se repartan sus horas.", amount.text),
        (Lang::Es, 1, false) => format!("A {listed} le faltan {}, como sea que se repartan sus horas.", amount.text),
        (Lang::Es, _, true) => format!("Entre {listed} falta {}, como sea que se repartan sus horas.", amount.text),
        (Lang::Es, _, false) => format!("Entre {listed} faltan {}, como sea que se repartan sus horas.", amount.text),
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

/// Why what counts and what is missing do not add up to what is needed: a part has more than it needs, or a limit holds
/// some back.
fn uneven(names: &Names<'_>, found: &Requirement) -> Option<String> {
    let (have, need) = (found.counted_minutes?, found.needed_minutes.filter(|need| *need > 0)?);
    let missing = found.missing_minutes.filter(|missing| *missing > 0 && found.status == Status::NotMet)?;
    let unit = (found.unit.as_deref()?, found.unit_minutes?);
    let said = |minutes| measured(names.units(), minutes, unit, Rounded::Down, names.lang).text;
    let sum = have.saturating_add(missing);
    if sum < need {
        return Some(held_back(names, found, &said(need - sum)));
    }
    let full = found.requirements.iter().filter(|part| {
        part.needed_minutes.zip(part.counted_minutes).is_some_and(|(need, have)| need > 0 && have > need)
    });
    let full: Vec<&str> = full.map(|part| names.label(part)).collect();
    let (over, listed) = (said(sum - need), listed(&full, names.two("and", "y")));
    match (sum == need, full.len(), names.lang) {
        (true, _, _) => None,
        (_, 0, Lang::En) => Some(format!("{over} of it cannot fill what is missing: other hours are asked for there.")),
        (_, 0, Lang::Es) => Some(format!("De eso, {over} no llenan lo que falta: ahí se piden otras horas.")),
        (_, 1, Lang::En) => Some(format!("{over} of it cannot fill what is missing: {listed} has more than it needs.")),
        (_, 1, Lang::Es) => {
            Some(format!("De eso, {over} no llenan lo que falta: {listed} tiene más de lo que necesita."))
        }
        (_, _, Lang::En) => {
            Some(format!("{over} of it cannot fill what is missing: {listed} have more than they need."))
        }
        (_, _, Lang::Es) => {
            Some(format!("De eso, {over} no llenan lo que falta: {listed} tienen más de lo que necesitan."))
        }
    }
}

/// Hours that count as soon as there are more of another sort.
fn held_back(names: &Names<'_>, found: &Requirement, amount: &str) -> String {
    let full = found.caps.iter().find(|cap| cap.used_minutes >= cap.limit_minutes);
    let limit = full.map(|cap| names.limit(found, &cap.id));
    let floor = full.filter(|cap| names.is_floor(found, &cap.id)).and(limit.as_ref());
    match (names.lang, floor) {
        (Lang::En, Some(floor)) => return format!("{amount} count when you have more hours of {floor}."),
        (Lang::Es, Some(floor)) => return format!("{amount} contarán cuando tenga más horas de {floor}."),
        (_, None) => {}
    }
    match (names.lang, limit) {
        (Lang::En, Some(limit)) => {
            format!("The limit for {limit} holds back {amount}. They count when you have more hours of another sort.")
        }
        (Lang::En, None) => {
            format!("A limit holds back {amount}. They count when you have more hours of another sort.")
        }
        (Lang::Es, Some(limit)) => {
            format!("El límite de {limit} retiene {amount}. Contarán cuando tenga más horas de otro tipo.")
        }
        (Lang::Es, None) => format!("Un límite retiene {amount}. Contarán cuando tenga más horas de otro tipo."),
    }
}

/// A requirement in one sentence.
fn requirement_sentence(names: &Names<'_>, found: &Requirement) -> String {
    let (lang, units) = (names.lang, names.units());
    let state = match (found.status, have_of(units, found, lang)) {
        (Status::Waived, _) => names.two("not asked of you this time.", "esta vez no se le pide.").to_owned(),
        (Status::NotApplicable, _) => names.two("not asked of you.", "no se le pide.").to_owned(),
        (Status::NotMet | Status::Undecided, Some(_)) if found.needed_minutes == Some(0) => not_in_time(names, found),
        (_, Some(_)) if found.needed_minutes == Some(0) => only_a_limit(names, found),
        (Status::Met, Some(amounts)) if found.unit.as_deref() != Some("year") => met(names, found, &amounts),
        (Status::Met, _) => names.two("done.", "listo.").to_owned(),
        (Status::NotMet, None) if found.notes.iter().any(|note| note.code == Note::FULL_ON) => {
            names.two("not yet.", "todavía no.").to_owned()
        }
        (Status::NotMet, None) => names.two("still to do.", "pendiente.").to_owned(),
        (Status::NotMet, Some(amounts)) => not_met(names, found, &amounts),
        (Status::Undecided, None) => waits_for(names, found).to_owned(),
        (Status::Undecided, Some(amounts)) => {
            format!("{amounts}. {} {}", names.two("The rest", "Lo demás"), waits_for(names, found))
        }
    };
    format!("{}: {state}", names.label(found))
}

/// A part that asks for nothing and only limits.
fn only_a_limit(names: &Names<'_>, found: &Requirement) -> String {
    let unit = (found.unit.as_deref().unwrap_or("hour"), found.unit_minutes.unwrap_or(60));
    let said = |minutes| measured(names.units(), minutes, unit, Rounded::Down, names.lang).text;
    let have = said(found.counted_minutes.unwrap_or(0));
    let limit = found.caps.iter().map(|cap| cap.limit_minutes).min().map(said);
    match (names.lang, limit) {
        (Lang::En, Some(limit)) => format!("can be a part, {have} of at most {limit}."),
        (Lang::Es, Some(limit)) => format!("puede ser una parte, {have} de un máximo de {limit}."),
        (Lang::En, None) => format!("can be a part, {have} so far."),
        (Lang::Es, None) => format!("puede ser una parte, {have} hasta ahora."),
    }
}

/// No amount is asked for, and what is asked for in time is not there: "40 minutes so far. Still open: one a month (May 2025)."
fn not_in_time(names: &Names<'_>, found: &Requirement) -> String {
    let unit = (found.unit.as_deref().unwrap_or("hour"), found.unit_minutes.unwrap_or(60));
    let have = measured(names.units(), found.counted_minutes.unwrap_or(0), unit, Rounded::Down, names.lang).text;
    let so_far = format!("{have} {}", names.two("so far", "hasta ahora"));
    let open = found.requirements.iter().filter(|part| part.status == Status::NotMet);
    let open: Vec<String> = open.map(|part| format!("{}{}", names.label(part), lacking(part, names.lang))).collect();
    match (found.status, open.is_empty()) {
        (Status::Undecided, _) => {
            format!("{so_far}. {} {}", names.two("The rest", "Lo demás"), waits_for(names, found))
        }
        (_, true) => format!("{so_far}. {}.", names.two("Still open", "Pendiente")),
        (_, false) => format!("{so_far}. {}: {}.", names.two("Still open", "Pendiente"), open.join("; ")),
    }
}

fn met(names: &Names<'_>, found: &Requirement, amounts: &str) -> String {
    match (names.lang, more_than_needed(names.units(), found, names.lang)) {
        (Lang::En, Some((have, need))) => format!("done, {have} ({need} needed)."),
        (Lang::Es, Some((have, need))) => format!("listo, {have} (se piden {need})."),
        (Lang::En, None) => format!("done, {amounts}."),
        (Lang::Es, None) => format!("listo, {amounts}."),
    }
}

fn not_met(names: &Names<'_>, found: &Requirement, amounts: &str) -> String {
    match (names.lang, left(names.units(), found, false, names.lang)) {
        (Lang::En, Some(left)) => format!("{amounts}, {} still to go.", left.text),
        (Lang::Es, Some(left)) if left.is_one => format!("{amounts}, falta {}.", left.text),
        (Lang::Es, Some(left)) => format!("{amounts}, faltan {}.", left.text),
        (Lang::En, None) if found.is_past_its_age() => format!("{amounts}, past this age."),
        (Lang::Es, None) if found.is_past_its_age() => format!("{amounts}, ya pasó esta edad."),
        (_, None) => full_but_open(names, found, amounts),
    }
}

/// All the hours are there, and something about them is not.
fn full_but_open(names: &Names<'_>, found: &Requirement, amounts: &str) -> String {
    let open = found.requirements.iter().filter(|part| part.status == Status::NotMet);
    let open: Vec<&str> = open.map(|part| names.label(part)).collect();
    let still = names.two("Still open", "Pendiente");
    if open.is_empty() { format!("{amounts}. {still}.") } else { format!("{amounts}. {still}: {}.", open.join("; ")) }
}

/// What an answer that others give waits for, as far as the reasons say it.
fn waits_for(names: &Names<'_>, found: &Requirement) -> &'static str {
    let has = |reason| found.not_counted.iter().any(|lost| lost.reason == reason);
    let is_exam = matches!(names.rule(&found.id).map(|rule| &rule.asks), Some(Asks::Exam(_)));
    let (en, es) = if found.lacks_birth_date() {
        ("waits for your birth date.", "espera su fecha de nacimiento.")
    } else if has(Reason::Disputed) {
        ("waits until a question about it is settled.", "espera a que se resuelva una pregunta.")
    } else if is_exam && has(Reason::NotVerified) {
        ("waits for the official result.", "espera el resultado oficial.")
    } else if has(Reason::NotVerified) || has(Reason::EvidenceMissing) {
        ("waits to be confirmed.", "espera que se confirme.")
    } else if has(Reason::NotApproved) || has(Reason::SupervisorNotEligible) {
        ("waits for the board's approval.", "espera la aprobación de la junta.")
    } else if found.notes.iter().any(|note| note.code == Note::PLACING_NOT_PROVEN) {
        ("waits for the board to place the hours.", "espera que la junta reparta las horas.")
    } else {
        ("waits for a decision.", "espera una decisión.")
    };
    match names.lang {
        Lang::En => en,
        Lang::Es => es,
    }
}
