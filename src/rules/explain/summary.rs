//! The answer in its first line: what is there, what is missing, and by when it has to come in.

use super::super::evaluate::pace::start_of;
use super::super::evaluate::rhythm::name_of;
use super::super::evaluation::{Evaluation, Note, Requirement, Status};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::Asks;
use super::amounts::{have_of, left, left_has_unit};
use super::day::stretch;
use super::names::Names;
use super::overall;
use super::steps::lower;

/// So many requirements with amounts are told one by one.
const TOLD: usize = 3;

/// Where somebody stands, in one line: "Training: 31 of 46 hours. 15 to go: 10 wellness, 5 ethics. Still open: ...".
#[must_use]
pub fn standing(version: &Version, evaluation: &Evaluation, lang: Lang) -> String {
    if evaluation.is_beyond_renewal() {
        return beyond_renewal(lang).to_owned();
    }
    if let Some(said) = no_way(version, evaluation, lang) {
        return said;
    }
    let names = Names::new(version, evaluation, lang);
    let open = match evaluation.status {
        Status::NotMet => open(&names, evaluation),
        Status::Undecided => waiting(&names, evaluation),
        Status::Met | Status::Waived | Status::NotApplicable => Vec::new(),
    };
    if evaluation.status == Status::NotMet && !open.is_empty() {
        return open.join(" ");
    }
    let mut today = Vec::new();
    if evaluation.status == Status::Undecided {
        evaluation.requirements.iter().for_each(|found| still_today(&names, evaluation, found, &mut today));
    }
    let first = match (today.is_empty(), lacks_birth_date(evaluation)) {
        (_, true) => birth_wanted(lang),
        (true, false) => overall(evaluation.status, lang),
        (false, false) => others_too(lang),
    };
    std::iter::once(first.to_owned()).chain(open).chain(today).collect::<Vec<_>>().join(" ")
}

/// What stands where others decide, and something is left to do all the same.
pub(in super::super) const fn others_too(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Others still have to decide or confirm something, and something is left for you to do.",
        Lang::Es => "Otras personas aún tienen que decidir o confirmar algo, y a usted le queda algo por hacer.",
    }
}

/// What somebody can still do today about a week, month or quarter that ends with it, whatever others decide of it.
fn still_today(names: &Names<'_>, evaluation: &Evaluation, found: &Requirement, said: &mut Vec<String>) {
    found.counting().for_each(|part| still_today(names, evaluation, part, said));
    let Some(Asks::Learning(hours) | Asks::Service(hours)) = names.rule(&found.id).map(|rule| &rule.asks) else {
        return;
    };
    let Some(rhythm) = &hours.pace.rhythm else { return };
    let own = |child: &&Requirement| child.id.strip_suffix(".rhythm") == Some(found.id.as_str());
    let child = found.requirements.iter().find(own).filter(|child| child.status == Status::Undecided);
    let runs = name_of(rhythm.each, start_of(rhythm.each, evaluation.as_of));
    let told = child.into_iter().flat_map(|child| &child.notes).filter_map(|note| note.about.as_deref());
    if told.flat_map(|about| about.split(", ")).any(|name| name == runs) {
        let (today, runs) = (super::day(evaluation.as_of, names.lang), stretch(&runs, names.lang));
        said.push(match names.lang {
            Lang::En => format!("Through {today} you can still do it yourself: {} ({runs}).", names.label(found)),
            Lang::Es => format!("Hasta el {today} todavía puede hacerlo usted: {} ({runs}).", names.label(found)),
        });
    }
}

/// Whether what is asked hangs on a birth date that nobody has told.
pub(in super::super) fn lacks_birth_date(evaluation: &Evaluation) -> bool {
    evaluation.status == Status::Undecided && evaluation.requirements.iter().any(Requirement::lacks_birth_date)
}

pub(in super::super) const fn birth_wanted(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "What is asked of you depends on your birth date, which is not known here yet.",
        Lang::Es => "Lo que se le pide depende de su fecha de nacimiento, que aún no se sabe aquí.",
    }
}

/// What stands where nothing that is handed in renews; why is told beside it.
pub(in super::super) const fn beyond_renewal(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "There is nothing to send: this certificate cannot be renewed. The board can tell you what comes next."
        }
        Lang::Es => "No hay nada que enviar: este certificado no se puede renovar. La junta puede decirle qué sigue.",
    }
}

/// What stands where a way back is asked for and there is none, or none is needed.
pub(in super::super) fn no_way(version: &Version, evaluation: &Evaluation, lang: Lang) -> Option<String> {
    if super::dates::refused(version, evaluation).is_some() {
        let said = match lang {
            Lang::En => "There is nothing to send: the board's rules do not give this certificate back from here.",
            Lang::Es => "No hay nada que enviar: las reglas de la junta no devuelven este certificado desde aquí.",
        };
        return Some(said.to_owned());
    }
    evaluation.not_away().filter(|note| note.from.is_some()).map(|note| super::note(note, lang))
}

/// By when the renewal has to come in, if it has not.
pub(super) fn due(evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let on = |id: &str| evaluation.deadlines.iter().find(|found| found.id == id && found.status == "open")?.on;
    let said = |day| super::day(day, lang);
    match (on("renewal-due"), on("renewal-grace"), lang) {
        (Some(day), _, Lang::En) => Some(format!("Send your renewal by {}.", said(day))),
        (Some(day), _, Lang::Es) => Some(format!("Envíe su renovación a más tardar el {}.", said(day))),
        (None, Some(day), Lang::En) => Some(format!("You can still send your renewal through {}.", said(day))),
        (None, Some(day), Lang::Es) => Some(format!("Todavía puede enviar su renovación hasta el {}.", said(day))),
        (None, None, _) => None,
    }
}

fn open(names: &Names<'_>, evaluation: &Evaluation) -> Vec<String> {
    let mut short = Vec::new();
    collect(names, &evaluation.requirements, &mut short);
    let (time, short): (Vec<_>, Vec<_>) = short.into_iter().partition(|found| full_on(found).is_some());
    let (amounts, mut rest): (Vec<_>, Vec<_>) = short.into_iter().partition(|found| is_amount(found));
    let mut said: Vec<String> = amounts.iter().take(TOLD).filter_map(|found| amount(names, found)).collect();
    rest.extend(amounts.into_iter().skip(TOLD));
    said.extend(still_open(names, &rest));
    said.extend(time.into_iter().filter_map(|found| only_time(names, found)));
    said
}

/// What is short: the parts of what asks for all of them, everything else as a whole.
fn collect<'r>(names: &Names<'_>, requirements: &'r [Requirement], short: &mut Vec<&'r Requirement>) {
    for found in requirements.iter().filter(|found| found.status == Status::NotMet) {
        match names.rule(&found.id).map(|rule| &rule.asks) {
            Some(Asks::AllOf(_)) => collect(names, &found.requirements, short),
            _ => short.push(found),
        }
    }
}

fn full_on(found: &Requirement) -> Option<&Note> {
    found.notes.iter().find(|note| note.code == Note::FULL_ON)
}

/// Whether it asks for an amount of which something is missing.
fn is_amount(found: &Requirement) -> bool {
    found.unit_minutes.is_some() && found.missing_minutes.is_some_and(|missing| missing > 0)
}

/// "Training: 31 of 46 hours. 15 to go: 10 wellness, 5 ethics."
fn amount(names: &Names<'_>, found: &Requirement) -> Option<String> {
    let lang = names.lang;
    let have = have_of(names.units(), found, lang)?;
    let missing = left(names.units(), found, false, lang)?;
    let go = match (lang, missing.is_one) {
        (Lang::En, _) => format!("{} to go", missing.text),
        (Lang::Es, true) => format!("Falta {}", missing.text),
        (Lang::Es, false) => format!("Faltan {}", missing.text),
    };
    Some(format!("{}: {have}. {go}{}.", names.label(found), parts(names, found)))
}

/// Which parts the missing hours belong to: all of them, some of them, or nobody can say.
fn parts(names: &Names<'_>, found: &Requirement) -> String {
    let open: Vec<&Requirement> = found.requirements.iter().filter(|part| is_amount(part)).collect();
    let below: u64 = open.iter().filter_map(|part| part.missing_minutes).sum();
    let whole = found.missing_minutes.unwrap_or(0);
    if let [one] = open.as_slice()
        && below == whole
    {
        return format!(": {}", lower(names.label(one)));
    }
    // One amount with its unit: all of them with it.
    let with_unit = std::iter::once(&found).chain(&open).any(|one| left_has_unit(one));
    let each = open.iter().filter_map(|part| {
        let missing = left(names.units(), part, with_unit, names.lang)?;
        let of = if with_unit { " of" } else { "" };
        Some(format!("{}{} {}", missing.text, names.two(of, " de"), lower(names.label(part))))
    });
    let each: Vec<String> = each.collect();
    match (each.is_empty() || below > whole, below == whole) {
        (true, _) => String::new(),
        (false, true) => format!(": {}", each.join(", ")),
        (false, false) => format!("{} {}", names.two("; among them", "; entre ellas,"), each.join(", ")),
    }
}

/// "Still open: 4 papers, 1 exam."; one or two by their names.
fn still_open(names: &Names<'_>, rest: &[&Requirement]) -> Option<String> {
    let listed = match rest {
        [] => return None,
        [_] | [_, _] => rest.iter().map(|found| names.label(found).to_owned()).collect::<Vec<_>>().join("; "),
        _ => counted(names, rest),
    };
    Some(format!("{}: {listed}.", names.two("Still open", "Pendiente")))
}

fn counted(names: &Names<'_>, rest: &[&Requirement]) -> String {
    const PAPER: [&str; 4] = ["paper", "papers", "documento", "documentos"];
    const EXAM: [&str; 4] = ["exam", "exams", "examen", "exámenes"];
    const OTHER: [&str; 4] = ["other thing", "other things", "cosa más", "cosas más"];
    let (mut papers, mut exams, mut others) = (0, 0, 0);
    for found in rest {
        match names.rule(&found.id).map(|rule| &rule.asks) {
            Some(Asks::Attestation(_)) => {
                papers += found.missing.as_deref().and_then(|missing| missing.parse().ok()).unwrap_or(1_u32).max(1);
            }
            Some(Asks::Exam(_)) => exams += 1,
            _ => others += 1,
        }
    }
    let said = [(papers, PAPER), (exams, EXAM), (others, OTHER)].into_iter().filter(|(number, _)| *number > 0);
    let said = said.map(|(number, [one, many, uno, muchos])| {
        let word = if number == 1 { names.two(one, uno) } else { names.two(many, muchos) };
        format!("{number} {word}")
    });
    said.collect::<Vec<_>>().join(", ")
}

fn only_time(names: &Names<'_>, found: &Requirement) -> Option<String> {
    let (label, day) = (names.quoted(names.label(found)), super::day(full_on(found)?.from?, names.lang));
    Some(match names.lang {
        Lang::En => format!("{label} only needs time: it is full on {day}."),
        Lang::Es => format!("{label} solo necesita tiempo: se cumple el {day}."),
    })
}

/// What nobody but others can answer.
fn waiting(names: &Names<'_>, evaluation: &Evaluation) -> Vec<String> {
    let open = evaluation.requirements.iter().filter(|found| found.status == Status::Undecided);
    let open: Vec<&str> = open.map(|found| names.label(found)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    vec![format!("{}: {}.", names.two("What we wait for", "Lo que se espera"), open.join("; "))]
}
