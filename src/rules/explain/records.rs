//! One sentence for what became of each record, by what people know it by.

use chrono::NaiveDate;

use super::super::amount::Rounded;
use super::super::evaluation::{Evaluation, NotCounted, Note, Outcome, RecordOutcome, Requirement};
use super::super::lang::Lang;
use super::super::pack::model::Asks;
use super::super::pack::phrase::Window;
use super::super::reason::Reason;
use super::super::record::Record;
use super::amounts::{Said, measured};
use super::kinds::{self, Sort};
use super::names::Names;
use super::{UnitNames, reason};

/// What became of a record. Nothing of a person's own application or certificate that no rule asks for.
pub(super) fn sentences(
    names: &Names<'_>,
    record: &Record,
    evaluation: &Evaluation,
    found: &RecordOutcome,
) -> Vec<String> {
    let id = found.record.as_str();
    let own = record.applications.iter().map(|own| &own.id).chain(record.credentials.iter().map(|own| &own.id));
    if found.outcome == Outcome::NotRead && own.into_iter().any(|own| own == id) {
        return Vec::new();
    }
    let name = known_as(names, record, id);
    let first = match (found.outcome, found.minutes.map(|minutes| hours(names, minutes))) {
        (Outcome::NotRead, _) => Some(names.two("no rule asks for it.", "ninguna regla lo pide.").to_owned()),
        (Outcome::NotCounted, _) => None,
        (Outcome::Counted | Outcome::Partly, Some(Said { text, is_one })) => Some(match (names.lang, is_one) {
            (Lang::En, false) => format!("{text} count."),
            (Lang::En, true) => format!("{text} counts."),
            (Lang::Es, false) => format!("cuentan {text}."),
            (Lang::Es, true) => format!("cuenta {text}."),
        }),
        (Outcome::Counted | Outcome::Partly, None) => Some(names.two("counts.", "cuenta.").to_owned()),
    };
    let rest = found.not_counted.iter().map(|lost| lost_sentence(names, record, evaluation, id, lost));
    first.into_iter().chain(rest).map(|sentence| format!("{name}: {sentence}")).collect()
}

fn lost_sentence(names: &Names<'_>, record: &Record, evaluation: &Evaluation, id: &str, lost: &NotCounted) -> String {
    let why = why(names, record, evaluation, id, lost);
    let Some(Said { text, is_one }) = lost.minutes.map(|minutes| hours(names, minutes)) else {
        return format!("{} {why}", names.two("does not count.", "no cuenta."));
    };
    let verb = match is_one {
        true => names.two("does not count.", "no cuenta."),
        false => names.two("do not count.", "no cuentan."),
    };
    format!("{text} {verb} {why}")
}

/// The reason, with what the rule and the answer know of it: which limit, which stage, which day.
fn why(names: &Names<'_>, record: &Record, evaluation: &Evaluation, id: &str, lost: &NotCounted) -> String {
    let asked = lost.requirement.as_deref();
    let named = match lost.reason {
        Reason::CapReached => {
            asked.and_then(|asked| find(&evaluation.requirements, asked)).and_then(|found| full_limit(names, found))
        }
        Reason::NotInStatus => asked.and_then(|asked| stage_held(names, asked)),
        Reason::TooSoon => {
            let found = asked.and_then(|asked| find(&evaluation.requirements, asked));
            found.and_then(|found| found.notes.iter().find(|note| note.code == Note::FULL_ON)).map(|full| {
                let day = full.from.map(|day| super::day(day, names.lang)).unwrap_or_default();
                match names.lang {
                    Lang::En => format!("The time is not full yet. It is full on {day}."),
                    Lang::Es => format!("El tiempo aún no se cumple. Se cumple el {day}."),
                }
            })
        }
        _ => None,
    };
    named.unwrap_or_else(|| reason_about(record, id, lost.reason, names.lang).to_owned())
}

/// Why a record does not count, as a sentence that knows what sort of record it is.
#[must_use]
pub fn reason_about(record: &Record, id: &str, why: Reason, lang: Lang) -> &'static str {
    let is_exam = record.exams.iter().any(|exam| exam.id == id);
    let is_silent = || record.service.iter().any(|work| work.id == id && work.supervisor_eligible.is_none());
    let is_job = || record.employment.iter().any(|job| job.id == id);
    match (why, lang) {
        _ if is_exam => reason_of_exam(why, lang),
        (Reason::BeforeRequiredEvent, Lang::En) if is_job() => {
            "It counts once the other step is done, if you still work there then."
        }
        (Reason::BeforeRequiredEvent, Lang::Es) if is_job() => {
            "Cuenta cuando se dé el otro paso, si todavía trabaja allí entonces."
        }
        (Reason::SupervisorNotEligible, Lang::En) if is_silent() => {
            "Nobody has said yet whether the board accepts the supervisor."
        }
        (Reason::SupervisorNotEligible, Lang::Es) if is_silent() => {
            "Nadie ha dicho todavía si la junta acepta al supervisor."
        }
        _ => reason(why, lang),
    }
}

/// Why a sitting of an exam does not count.
#[must_use]
pub fn reason_of_exam(why: Reason, lang: Lang) -> &'static str {
    match (why, lang) {
        (Reason::BelowMinimumSize, Lang::En) => "It was not passed.",
        (Reason::BelowMinimumSize, Lang::Es) => "No se aprobó.",
        (Reason::NotAttended, Lang::En) => "It was not taken on that day.",
        (Reason::NotAttended, Lang::Es) => "No se presentó ese día.",
        (Reason::TooSoon, Lang::En) => "There has to be more time between two tries.",
        (Reason::TooSoon, Lang::Es) => "Entre dos intentos tiene que pasar más tiempo.",
        _ => reason(why, lang),
    }
}

/// The limit that is used up, if it is one.
fn full_limit(names: &Names<'_>, found: &Requirement) -> Option<String> {
    let mut full = found.caps.iter().filter(|cap| cap.used_minutes >= cap.limit_minutes);
    let (cap, None) = (full.next()?, full.next()) else { return None };
    let (name, limit) = (names.limit(found, &cap.id), hours(names, cap.limit_minutes).text);
    Some(match (names.lang, names.is_floor(found, &cap.id)) {
        (Lang::En, false) => format!("At most {limit} count for {name}."),
        (Lang::Es, false) => format!("Para {name} cuentan como máximo {limit}."),
        (Lang::En, true) if cap.limit_minutes == 0 => format!("Only hours of {name} count."),
        (Lang::Es, true) if cap.limit_minutes == 0 => format!("Solo cuentan las horas de {name}."),
        (Lang::En, true) => format!("At most {limit} count of anything but {name}."),
        (Lang::Es, true) => format!("De todo lo que no es {name} cuentan como máximo {limit}."),
    })
}

fn stage_held(names: &Names<'_>, id: &str) -> Option<String> {
    let windows = match &names.rule(id)?.asks {
        Asks::Learning(hours) | Asks::Service(hours) => &hours.windows,
        _ => return None,
    };
    let stage = windows.iter().find_map(|window| match window {
        Window::WhileHolding(stage) => Some(stage),
        _ => None,
    })?;
    let stage = names.version.stages.iter().find(|known| known.id == *stage)?.label.in_lang(names.lang);
    let stage = names.quoted(stage);
    Some(match names.lang {
        Lang::En => format!("It counts only while you hold {stage}."),
        Lang::Es => format!("Solo cuenta mientras usted tiene {stage}."),
    })
}

/// The requirement with this id, however deep.
fn find<'r>(requirements: &'r [Requirement], id: &str) -> Option<&'r Requirement> {
    requirements.iter().find_map(|found| if found.id == id { Some(found) } else { find(&found.requirements, id) })
}

/// Minutes in the board's hours.
pub(super) fn hours(names: &Names<'_>, minutes: u64) -> Said {
    measured(&UnitNames::new(), minutes, ("hour", names.version.hour), Rounded::Down, names.lang)
}

/// What somebody knows a record by, with its first and last day.
type Known = (String, NaiveDate, NaiveDate);

/// What people know a record by, and its day or days: "Ethics at work (May 1, 2026)".
fn known_as(names: &Names<'_>, record: &Record, id: &str) -> String {
    let known = done(names, record, id).or_else(|| given(names, record, id));
    known.map_or_else(|| id.to_owned(), |(what, from, through)| format!("{what} ({})", span(from, through, names.lang)))
}

/// What the person did: classes, work, exams, jobs.
fn done(names: &Names<'_>, record: &Record, id: &str) -> Option<Known> {
    let two = |en: &str, es: &str| names.two(en, es).to_owned();
    if let Some(one) = record.learning.iter().find(|one| one.id == id) {
        let what = one.course.clone().unwrap_or_else(|| two("Class", "Clase"));
        return Some((what, one.completed_on, one.completed_on));
    }
    if let Some(one) = record.service.iter().find(|one| one.id == id) {
        let is_meeting = one.kind.as_ref().is_some_and(|kind| kind.as_str().starts_with("supervision"));
        let what = if is_meeting { two("Supervision", "Supervisión") } else { two("Work", "Trabajo") };
        return Some((what, one.from, one.to));
    }
    if let Some(one) = record.exams.iter().find(|one| one.id == id) {
        return Some((kinds::kind(names, id, Sort::Exam, &one.exam), one.on, one.on));
    }
    let one = record.employment.iter().find(|one| one.id == id)?;
    let what =
        one.title.as_ref().map_or_else(|| two("Job", "Empleo"), |title| kinds::kind(names, id, Sort::Job, title));
    Some((what, one.from, one.through.unwrap_or(one.from)))
}

/// What was said, given or decided: statements, certificates, events, decisions, pauses.
fn given(names: &Names<'_>, record: &Record, id: &str) -> Option<Known> {
    let two = |en: &str, es: &str| names.two(en, es).to_owned();
    if let Some(one) = record.attestations.iter().find(|one| one.id == id) {
        return Some((kinds::kind(names, id, Sort::Attestation, one.kind.as_str()), one.on, one.on));
    }
    if let Some(one) = record.credentials.iter().find(|one| one.id == id) {
        let first = one.issued_on.or_else(|| one.terms.first().map(|term| term.from))?;
        let named = kinds::large(&kinds::speaker(names).word("credential", &one.credential));
        let what = format!("{}: {named}", names.two("Certificate", "Certificado"));
        return Some((what, first, first));
    }
    if let Some(one) = record.carry_over.iter().find(|one| one.id == id) {
        return Some((two("Hours kept from before", "Horas guardadas de antes"), one.from_term, one.from_term));
    }
    if let Some(one) = record.events.iter().find(|one| one.id == id) {
        return Some((kinds::kind(names, id, Sort::Event, one.kind.as_str()), one.on, one.on));
    }
    if let Some(one) = record.decisions.iter().find(|one| one.id == id) {
        return Some((two("Decision", "Decisión"), one.on, one.on));
    }
    let one = record.holds.iter().find(|one| one.id == id)?;
    Some((two("Pause", "Pausa"), one.from, one.through.unwrap_or(one.from)))
}

/// "May 1, 2026", "January 1 to June 30, 2026".
fn span(from: NaiveDate, through: NaiveDate, lang: Lang) -> String {
    use chrono::Datelike;
    let day = |day| super::day(day, lang);
    if from == through {
        return day(from);
    }
    let first =
        if from.year() == through.year() { super::day_of_year(from.month(), from.day(), lang) } else { day(from) };
    match lang {
        Lang::En => format!("{first} to {}", day(through)),
        Lang::Es => format!("del {first} al {}", day(through)),
    }
}
