//! From an evaluation to the words of the page. Pure: the same evaluation gives the same page.
//!
//! Nothing here decides or counts; it words what the evaluator found. [`super::records`] words the facts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::records::record_views;
use super::voice::{Voice, find};
use super::{PartView, PathView, RequirementView, SourceView, StepView, Tag};
use crate::rules::evaluation::{Citation, Evaluation, NextStep, Requirement, Status, TermAnswer};
use crate::rules::{Purpose, Record, explain};
use crate::words::{Value, Words};

/// What the page needs to know beside the evaluation.
#[derive(Debug, Clone, Default)]
pub struct Background {
    /// The credential's name for people, in the reader's language.
    pub credential: String,
    /// The certificate in force or last held.
    pub award: Option<Award>,
    /// The pack's names in the reader's language.
    pub voice: Voice,
    /// Names of courses, providers, exams and sites by the id the record uses.
    pub names: BTreeMap<String, String>,
    /// Where the rules can be read as a page.
    pub rules: Option<String>,
    /// Where the person stands, in one line.
    pub standing: String,
    /// No source says how long the certificate holds.
    pub is_end_open: bool,
}

/// A certificate as the board words it.
#[derive(Debug, Clone)]
pub struct Award {
    /// The board's public word for its state.
    pub status: String,
    /// Its last day; none: it does not end.
    pub through: Option<NaiveDate>,
}

/// The whole view of one credential's progress.
#[must_use]
pub fn path_view(words: &Words, evaluation: &Evaluation, record: &Record, background: &Background) -> PathView {
    let voice = &background.voice;
    PathView {
        credential: background.credential.clone(),
        award: award_sentence(words, background.award.as_ref()),
        dates: [
            background.is_end_open.then(|| words.get("progress-end-open").into_owned()).into_iter().collect(),
            date_sentences(words, evaluation),
            deadline_sentences(words, voice, evaluation),
        ]
        .concat(),
        is_confirmed: evaluation.verified,
        heading: heading(words, evaluation.purpose),
        standing: background.standing.clone(),
        requirements: evaluation
            .requirements
            .iter()
            .filter(|requirement| requirement.status != Status::NotApplicable)
            .map(|requirement| requirement_view(words, voice, evaluation, requirement))
            .collect(),
        next: evaluation.next.iter().map(|step| step_view(voice, evaluation, step)).collect(),
        is_closed: is_closed(evaluation),
        earliest: evaluation
            .earliest_date
            .filter(|_| !evaluation.next.is_empty())
            .map(|day| words.with("progress-next-earliest", &[("date", Value::from(words.date(day)))])),
        records: record_views(words, evaluation, record, background),
        basis: basis_sentence(words, evaluation),
        rules: background.rules.clone(),
    }
}

/// Whether nothing that is handed in helps.
pub(super) fn is_closed(evaluation: &Evaluation) -> bool {
    evaluation.is_beyond_renewal() || evaluation.no_way_back().is_some()
}

fn step_view(voice: &Voice, evaluation: &Evaluation, step: &NextStep) -> StepView {
    let asked = find(&evaluation.requirements, &step.requirement);
    let href = asked.filter(|requirement| requirement.lacks_birth_date()).map(|_| "/profile");
    StepView { text: voice.step(evaluation, step), href }
}

fn heading(words: &Words, purpose: Purpose) -> String {
    let key = match purpose {
        Purpose::Initial => "progress-purpose-initial",
        Purpose::Renewal => "progress-purpose-renewal",
        Purpose::Reinstatement => "progress-purpose-reinstatement",
        Purpose::Reciprocity => "progress-purpose-reciprocity",
    };
    words.get(key).into_owned()
}

fn award_sentence(words: &Words, award: Option<&Award>) -> String {
    match award {
        None => words.get("progress-award-none").into_owned(),
        Some(Award { status, through: None }) => status.clone(),
        Some(Award { status, through: Some(day) }) => words.with(
            "progress-award-through",
            &[("status", Value::from(status.as_str())), ("date", Value::from(words.date(*day)))],
        ),
    }
}

fn basis_sentence(words: &Words, evaluation: &Evaluation) -> String {
    let version = NaiveDate::parse_from_str(&evaluation.version, "%Y-%m-%d")
        .map_or_else(|_| evaluation.version.clone(), |day| words.date(day));
    let day = Value::from(words.date(evaluation.as_of));
    words.with("progress-basis", &[("date", day), ("version", Value::from(version))])
}

/// The days that matter for a renewal, as far as they lie ahead.
fn date_sentences(words: &Words, evaluation: &Evaluation) -> Vec<String> {
    let is_renewed = evaluation.purpose == Purpose::Renewal && !evaluation.is_beyond_renewal();
    let Some(term) = evaluation.term.as_ref().filter(|_| is_renewed) else {
        return Vec::new();
    };
    let TermAnswer { opens_on, due_on, late_from, grace_through, .. } = term;
    let today = evaluation.as_of;
    let is_due_over = due_on.is_some_and(|day| day < today);
    let ahead = |day: &Option<NaiveDate>| day.filter(|day| *day >= today);
    [
        (ahead(opens_on), "progress-opens"),
        (ahead(due_on), "progress-due"),
        (ahead(late_from), "progress-late"),
        (ahead(grace_through).filter(|_| is_due_over), "progress-grace"),
    ]
    .into_iter()
    .filter_map(|(day, key)| Some(words.with(key, &[("date", Value::from(words.date(day?)))])))
    .collect()
}

/// Deadlines of the pack's own that are still open and say what follows.
fn deadline_sentences(words: &Words, voice: &Voice, evaluation: &Evaluation) -> Vec<String> {
    let open = evaluation.deadlines.iter().filter(|deadline| deadline.status == "open");
    open.filter_map(|deadline| {
        let (day, text) = (deadline.on?, voice.consequence(&deadline.id)?);
        Some(words.with("progress-deadline", &[("date", Value::from(words.date(day))), ("text", Value::from(text))]))
    })
    .collect()
}

fn requirement_view(
    words: &Words,
    voice: &Voice,
    evaluation: &Evaluation,
    requirement: &Requirement,
) -> RequirementView {
    let mut notes: Vec<String> = requirement.notes.iter().map(|note| explain::note(note, words.lang())).collect();
    notes.extend(taken_sentence(words, voice, requirement));
    notes.extend(together_sentences(words, voice, evaluation, requirement));
    notes.extend(cap_sentences(words, voice, requirement));
    RequirementView {
        label: voice.label(requirement),
        tag: tag(words, requirement.status),
        sentence: sentence(words, voice, requirement),
        bar: bar(requirement),
        notes,
        parts: parts(words, voice, requirement),
        source: source(words, &requirement.citation),
    }
}

/// The state in one word; the tint only helps the eye.
fn tag(words: &Words, status: Status) -> Tag {
    let (class, key) = match status {
        Status::Met => ("ct-tag--done", "progress-tag-done"),
        Status::NotMet => ("ct-tag--open", "progress-tag-open"),
        Status::Undecided => ("", "progress-tag-waits"),
        Status::Waived | Status::NotApplicable => ("", "progress-tag-waived"),
    };
    Tag { class, text: words.get(key).into_owned() }
}

/// `31 of 46 hours. 15 to go.`, or what the state means where nothing is counted.
fn sentence(words: &Words, voice: &Voice, requirement: &Requirement) -> String {
    let standing = match requirement.status {
        Status::Met => "progress-done",
        Status::NotMet => "progress-to-do",
        Status::Undecided => "progress-waits",
        Status::Waived | Status::NotApplicable => "progress-waived",
    };
    let standing = words.get(standing);
    let Some([have, need, missing]) = amounts(requirement) else { return standing.into_owned() };
    if matches!(requirement.status, Status::Waived | Status::NotApplicable) {
        return standing.into_owned();
    }
    let unit = requirement.unit.as_deref().unwrap_or("minute");
    let need = voice.amount(&need, unit).unwrap_or_else(|| words.amount(&need, unit));
    let have_of = words.with("progress-have-of", &[("have", Value::from(have)), ("need", Value::from(need))]);
    if requirement.status != Status::NotMet || missing == "0" {
        return format!("{have_of} {standing}");
    }
    let plural = Value::from(missing.parse::<i64>().unwrap_or(2));
    let to_go = words.with("progress-to-go", &[("n", plural), ("missing", Value::from(missing.as_str()))]);
    format!("{have_of} {to_go}")
}

/// Counted, needed and missing as decimals of one unit, where the requirement is an amount.
fn amounts(requirement: &Requirement) -> Option<[String; 3]> {
    // One paper or one step is there or not: "0 of 1" says less than that.
    if requirement.unit.as_deref() == Some("count") && requirement.needed.as_deref() == Some("1") {
        return None;
    }
    let Requirement { counted, needed, missing, .. } = requirement;
    if let (Some(counted), Some(needed), Some(missing)) = (counted, needed, missing) {
        return Some([counted.clone(), needed.clone(), missing.clone()]);
    }
    let Requirement { counted_minutes, needed_minutes, missing_minutes, .. } = requirement;
    let minutes = |minutes: &Option<u64>| minutes.map(|minutes| minutes.to_string());
    Some([minutes(counted_minutes)?, minutes(needed_minutes)?, minutes(missing_minutes)?])
}

/// How much of the time that is needed is there, in percent; surplus does not overflow the bar.
fn bar(requirement: &Requirement) -> Option<u8> {
    let (counted, needed) = (requirement.counted_minutes?, requirement.needed_minutes?);
    if requirement.status == Status::Waived || needed == 0 {
        return None;
    }
    u8::try_from(counted.min(needed).saturating_mul(100).checked_div(needed)?).ok()
}

fn taken_sentence(words: &Words, voice: &Voice, requirement: &Requirement) -> Option<String> {
    let taken = find(&requirement.requirements, requirement.taken.as_deref()?)?;
    Some(words.with("progress-taken", &[("label", Value::from(voice.label(taken)))]))
}

fn together_sentences(words: &Words, voice: &Voice, evaluation: &Evaluation, requirement: &Requirement) -> Vec<String> {
    let name = |id: &String| voice.label_of(evaluation, id).unwrap_or_else(|| id.clone());
    let several = requirement.shortfall.iter().filter(|short| short.requirements.len() > 1);
    several
        .map(|short| {
            let names = short.requirements.iter().map(name).collect::<Vec<_>>().join(", ");
            let amount = minutes(words, short.minutes);
            words.with("progress-together", &[("amount", amount), ("names", Value::from(names))])
        })
        .collect()
}

/// The limits of a requirement and of its parts.
fn cap_sentences(words: &Words, voice: &Voice, requirement: &Requirement) -> Vec<String> {
    let own = requirement.caps.iter().map(|cap| {
        let what = Value::from(voice.limit(requirement, &cap.id));
        let amounts = [minutes(words, cap.limit_minutes), minutes(words, cap.used_minutes)];
        let [limit, used] = amounts;
        words.with("progress-limit", &[("what", what), ("limit", limit), ("used", used)])
    });
    let asked = requirement.requirements.iter().filter(|child| child.status != Status::NotApplicable);
    own.chain(asked.flat_map(|child| cap_sentences(words, voice, child))).collect()
}

fn minutes(words: &Words, minutes: u64) -> Value<'static> {
    Value::from(words.minutes(i64::try_from(minutes).unwrap_or(i64::MAX)))
}

/// The minima inside a requirement, however deep, as rows of one table.
fn parts(words: &Words, voice: &Voice, requirement: &Requirement) -> Vec<PartView> {
    let mut rows = Vec::new();
    for child in requirement.requirements.iter().filter(|child| child.status != Status::NotApplicable) {
        // A part that asks for nothing only limits: its limit is told beside the table.
        if child.needed_minutes != Some(0) {
            rows.push(part(words, voice, child, requirement));
        }
        rows.extend(parts(words, voice, child));
    }
    rows
}

fn part(words: &Words, voice: &Voice, child: &Requirement, parent: &Requirement) -> PartView {
    let label = voice.label(child);
    let state = tag(words, child.status).text;
    let Some([have, need, missing]) = amounts(child) else {
        return PartView { label, have: String::new(), need: String::new(), left: state };
    };
    let unit = match (&child.needed, child.unit.as_ref().or(parent.unit.as_ref())) {
        (Some(_), Some(unit)) => unit.as_str(),
        _ => "minute",
    };
    let said = |decimal: &str| voice.amount(decimal, unit).unwrap_or_else(|| amount(words, decimal, unit));
    let left = match (child.status, missing.as_str()) {
        (Status::NotMet, "0") | (Status::Undecided | Status::Waived, _) => state,
        (_, "0") => words.get("progress-left-none").into_owned(),
        _ => said(&missing),
    };
    PartView { label, have: said(&have), need: said(&need), left }
}

/// An amount; minutes are shown as hours and minutes.
fn amount(words: &Words, decimal: &str, unit: &str) -> String {
    match (unit, decimal.parse::<i64>()) {
        ("minute", Ok(minutes)) => words.minutes(minutes),
        _ => words.amount(decimal, unit),
    }
}

/// Only web addresses become links.
fn source(words: &Words, citation: &Citation) -> Option<SourceView> {
    let url = Some(&citation.url).filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    if citation.title.is_empty() && url.is_none() {
        return None;
    }
    let text = if citation.title.is_empty() {
        words.get("progress-source-plain").into_owned()
    } else {
        words.with("progress-source", &[("title", Value::from(citation.title.as_str()))])
    };
    Some(SourceView { text, url: url.cloned() })
}
