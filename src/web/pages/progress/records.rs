//! Every fact on file in words: what it is, when, how long, and where each part of it went.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::build::Background;
use super::voice::Voice;
use super::{RecordView, Tag};
use crate::rules::Record;
use crate::rules::evaluation::{Evaluation, NotCounted, Outcome, Placed, RecordOutcome, Requirement};
use crate::words::{Value, Words};

/// A fact in words, and the day it is sorted by.
struct Fact {
    what: String,
    from: NaiveDate,
    through: NaiveDate,
    length: Option<String>,
}

/// Every record of the evaluation, the newest first.
pub(super) fn record_views(
    words: &Words,
    evaluation: &Evaluation,
    record: &Record,
    background: &Background,
) -> Vec<RecordView> {
    let Background { voice, names, .. } = background;
    let facts = facts(words, record, names);
    let mut placed = Vec::new();
    collect_placed(&evaluation.requirements, &mut placed);
    let own = |id: &String| {
        record.applications.iter().any(|own| own.id == *id) || record.credentials.iter().any(|own| own.id == *id)
    };
    // That no rule asks for a person's own application or certificate says nothing.
    let told = |found: &&RecordOutcome| found.outcome != Outcome::NotRead || !own(&found.record);
    let mut outcomes: Vec<&RecordOutcome> = evaluation.records.iter().filter(told).collect();
    outcomes.sort_by_key(|outcome| std::cmp::Reverse(facts.get(&outcome.record).map(|fact| fact.through)));
    outcomes
        .into_iter()
        .map(|outcome| view(words, voice, (evaluation, record), outcome, facts.get(&outcome.record), &placed))
        .collect()
}

fn view(
    words: &Words,
    voice: &Voice,
    (evaluation, record): (&Evaluation, &Record),
    outcome: &RecordOutcome,
    fact: Option<&Fact>,
    placed: &[(&Requirement, &Placed)],
) -> RecordView {
    let mut lines: Vec<String> = placed
        .iter()
        .filter(|(_, place)| place.record == outcome.record)
        .map(|(requirement, place)| placed_line(words, &voice.label(requirement), place))
        .collect();
    lines.extend(outcome.not_counted.iter().map(|part| {
        let reason = voice.reason(record, &outcome.record, part.reason);
        why_line(words, voice, evaluation, (part, reason))
    }));
    if outcome.outcome == Outcome::NotRead {
        lines.push(words.get("progress-record-no-rule").into_owned());
    }
    RecordView {
        what: fact.map_or_else(|| outcome.record.clone(), |fact| fact.what.clone()),
        when_and_how_long: fact.map(|fact| when_and_how_long(words, fact)).unwrap_or_default(),
        tag: tag(words, outcome.outcome),
        lines,
    }
}

fn tag(words: &Words, outcome: Outcome) -> Tag {
    let (class, key) = match outcome {
        Outcome::Counted => ("ct-tag--done", "progress-record-counted"),
        Outcome::Partly => ("ct-tag--open", "progress-record-partly"),
        Outcome::NotCounted => ("ct-tag--open", "progress-record-not"),
        Outcome::NotRead => ("", "progress-record-not-read"),
    };
    Tag { class, text: words.get(key).into_owned() }
}

fn collect_placed<'a>(requirements: &'a [Requirement], found: &mut Vec<(&'a Requirement, &'a Placed)>) {
    for requirement in requirements {
        found.extend(requirement.placed.iter().map(|placed| (requirement, placed)));
        collect_placed(&requirement.requirements, found);
    }
}

fn placed_line(words: &Words, label: &str, place: &Placed) -> String {
    let label = Value::from(label);
    match place.minutes.and_then(|minutes| i64::try_from(minutes).ok()) {
        Some(minutes) => words
            .with("progress-record-placed", &[("amount", Value::from(words.minutes(minutes))), ("requirement", label)]),
        None => words.with("progress-record-placed-whole", &[("requirement", label)]),
    }
}

/// Why a part does not count, and where, when the sentence is about one requirement of several.
fn why_line(
    words: &Words,
    voice: &Voice,
    evaluation: &Evaluation,
    (part, reason): (&NotCounted, &'static str),
) -> String {
    let reason = match part.requirement.as_deref().and_then(|id| voice.label_of(evaluation, id)) {
        Some(label) => format!("{label}: {reason}"),
        None => reason.to_owned(),
    };
    match part.minutes.and_then(|minutes| i64::try_from(minutes).ok()) {
        Some(minutes) => words.with(
            "progress-record-why",
            &[("amount", Value::from(words.minutes(minutes))), ("reason", Value::from(reason))],
        ),
        None => words.with("progress-record-why-whole", &[("reason", Value::from(reason))]),
    }
}

fn when_and_how_long(words: &Words, fact: &Fact) -> String {
    let when = if fact.from == fact.through {
        words.date(fact.from)
    } else {
        words.with(
            "progress-span",
            &[("from", Value::from(words.date(fact.from))), ("through", Value::from(words.date(fact.through)))],
        )
    };
    match &fact.length {
        Some(length) => format!("{when} · {length}"),
        None => when,
    }
}

/// The words for every fact of the record, by id.
fn facts(words: &Words, record: &Record, names: &BTreeMap<String, String>) -> BTreeMap<String, Fact> {
    let mut found = learning_and_service(words, record, names);
    let mut add = |id: &str, key: &str, name: Option<&str>, from: NaiveDate, through: Option<NaiveDate>| {
        let what = titled(words, key, name.map(|name| named(names, name)));
        found.insert(id.to_owned(), Fact { what, from, through: through.unwrap_or(from), length: None });
    };
    for exam in &record.exams {
        add(&exam.id, "progress-kind-exam", Some(&exam.exam), exam.on, None);
    }
    for said in &record.attestations {
        add(&said.id, "progress-kind-attestation", None, said.on, None);
    }
    for job in &record.employment {
        add(&job.id, "progress-kind-employment", job.employer.as_deref(), job.from, job.through);
    }
    for held in &record.credentials {
        let first = held.issued_on.or_else(|| held.terms.first().map(|term| term.from));
        if let Some(day) = first {
            add(&held.id, "progress-kind-credential", Some(&held.credential), day, None);
        }
    }
    for kept in &record.carry_over {
        add(&kept.id, "progress-kind-carry-over", None, kept.from_term, None);
    }
    for event in &record.events {
        add(&event.id, "progress-kind-event", None, event.on, None);
    }
    for decision in &record.decisions {
        add(&decision.id, "progress-kind-decision", None, decision.on, None);
    }
    for hold in &record.holds {
        add(&hold.id, "progress-kind-hold", None, hold.from, hold.through);
    }
    found
}

fn learning_and_service(words: &Words, record: &Record, names: &BTreeMap<String, String>) -> BTreeMap<String, Fact> {
    let mut found = BTreeMap::new();
    for class in &record.learning {
        let minutes = class.minutes.unwrap_or(0).saturating_add(class.minutes_by_topic.values().sum());
        let length = match &class.amount {
            Some(amount) => words.amount(&amount.value, &amount.unit),
            None => words.minutes(i64::from(minutes)),
        };
        let name = class.course.as_ref().map(|course| named(names, course));
        let giver = class.provider.as_ref().map(|provider| named(names, provider));
        let what = match (name, giver) {
            (Some(name), Some(giver)) => format!("{name}, {giver}"),
            (name, giver) => titled(words, "progress-kind-learning", name.or(giver)),
        };
        let day = class.completed_on;
        found.insert(
            class.id.clone(),
            Fact { what, from: class.started_on.unwrap_or(day), through: day, length: Some(length) },
        );
    }
    for work in &record.service {
        let is_meeting = work.kind.as_ref().is_some_and(|kind| kind.as_str().starts_with("supervision"));
        let key = if is_meeting { "progress-kind-supervision" } else { "progress-kind-service" };
        let what = titled(words, key, work.site.as_ref().map(|site| named(names, site)));
        let length = work.minutes.map(|minutes| words.minutes(i64::from(minutes)));
        found.insert(work.id.clone(), Fact { what, from: work.from, through: work.to, length });
    }
    found
}

fn named(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// The kind of fact, with its name if it has one.
fn titled(words: &Words, key: &str, name: Option<String>) -> String {
    let kind = words.get(key);
    match name {
        Some(name) => format!("{kind}: {name}"),
        None => kind.into_owned(),
    }
}
