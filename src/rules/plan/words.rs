//! Plans as sentences.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::super::amount::{Rounded, in_unit};
use super::super::evaluate::pace::start_of;
use super::super::evaluate::rhythm::name_of;
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::explain::{GRACE, day, in_language, others_too, overall, told, unit_name, whole_step};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::{Asks, Label};
use super::super::pack::phrase::Anchor;
use super::super::reason::Reason;
use super::super::record::{Record, Value};
use super::super::render::{Speaker, anchor as anchor_text, length};
use super::lay::{STEP, Wanted};
use super::reach::Again;
use super::{Expiry, Overlap, Plan, Step, Who, fill};

pub(super) fn label<S: Serializer>(label: &Label, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Both<'l> {
        en: &'l str,
        es: &'l str,
    }
    Both { en: &label.en, es: &label.es }.serialize(to)
}

/// What is left, one step for each thing to do and each decision to wait for.
///
/// `overlaps`: what the hours of rules that share theirs may serve beside, by the rule's id.
pub(super) fn steps(
    version: &Version,
    record: &Record,
    now: &Evaluation,
    mut overlaps: BTreeMap<String, Vec<Overlap>>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let spanish = in_language(now.clone(), version, Lang::Es);
    for (next, es) in now.next.iter().zip(spanish.next) {
        let Some(found) = find(&now.requirements, &next.requirement) else {
            // What stands above the requirements, such as a time that is over.
            let text = Label { en: next.text.clone(), es: es.text };
            steps.push(Step {
                requirement: next.requirement.clone(),
                by: Who::Person,
                minutes: None,
                same_hours: Vec::new(),
                text,
            });
            continue;
        };
        let said = |lang| whole_step(&version.unit_names, found, &|one| named(version, now, one, lang), lang);
        let text =
            since(version, record, now, found).unwrap_or_else(|| Label { en: said(Lang::En), es: said(Lang::Es) });
        let waits = fill::rule_of(version, now, &found.id).is_some_and(|rule| match &rule.asks {
            Asks::Age(_) => !found.lacks_birth_date(),
            Asks::Attestation(asks) => fill::waits_for_time(asks, found),
            _ => false,
        });
        // After a refusal the person asks, and someone else decides.
        let refused = found.notes.iter().any(|note| note.code == "refused");
        let by = match (waits, refused) {
            (true, _) => Who::Time,
            (false, true) => Who::SomeoneElse,
            (false, false) => Who::Person,
        };
        let rule = found.id.split('.').next().unwrap_or(&found.id);
        let same_hours = overlaps.remove(&found.id).or_else(|| overlaps.remove(rule)).unwrap_or_default();
        let said = |text: &str, lang| {
            same_hours.iter().fold(text.to_owned(), |text, one| text + &same(version, now, one, lang))
        };
        let text = Label { en: said(&text.en, Lang::En), es: said(&text.es, Lang::Es) };
        steps.push(Step { requirement: found.id.clone(), by, minutes: found.missing_minutes, same_hours, text });
    }
    let others = |found: &&Requirement| found.status == Status::Undecided && !found.lacks_birth_date();
    for found in now.requirements.iter().filter(others) {
        let text = Label {
            en: format!("Someone else decides: {}", named(version, now, found, Lang::En)),
            es: format!("Decide otra persona: {}", named(version, now, found, Lang::Es)),
        };
        steps.push(Step {
            requirement: found.id.clone(),
            by: Who::SomeoneElse,
            minutes: None,
            same_hours: Vec::new(),
            text,
        });
    }
    steps
}

/// ", 30 of them may be the same hours as Training".
fn same(version: &Version, now: &Evaluation, overlap: &Overlap, lang: Lang) -> String {
    let amount = in_unit(overlap.minutes, version.hour, Rounded::Down);
    let label = version.label(now.purpose, &now.stage, &overlap.requirement);
    let name = label.map_or(overlap.requirement.as_str(), |label| label.in_lang(lang));
    match (lang, amount == "1") {
        (Lang::En, _) => format!(", {amount} of them may be the same as for: {name}"),
        (Lang::Es, true) => format!(", {amount} de ellas puede ser la misma que para: {name}"),
        (Lang::Es, false) => format!(", {amount} de ellas pueden ser las mismas que para: {name}"),
    }
}

/// "Nothing to do: on May 3, 2027 it will be 12 months (Recovery)", where a day was told that lies too short a time back.
fn since(version: &Version, record: &Record, now: &Evaluation, found: &Requirement) -> Option<Label> {
    let Asks::Attestation(asks) = &fill::rule_of(version, now, &found.id)?.asks else { return None };
    let (long, anchor) = asks.since_at_least.as_ref().filter(|_| fill::waits_for_time(asks, found))?;
    if fill::is_fixed(version, record, now, anchor) {
        return None;
    }
    let told = record
        .attestations
        .iter()
        .filter(|fact| found.not_counted.iter().any(|lost| lost.record == fact.id && lost.reason == Reason::TooSoon));
    let days = told.filter_map(|fact| match &fact.value {
        Some(Value::Text(text)) => text.parse::<NaiveDate>().ok(),
        _ => None,
    });
    let on = long.after(days.min()?);
    let (en, es) =
        (|to: &str| length(*long, if to == "en" { Lang::En } else { Lang::Es }), named(version, now, found, Lang::Es));
    let name = named(version, now, found, Lang::En);
    Some(Label {
        en: format!("Nothing to do: on {} it will be {} ({name})", day(on, Lang::En), en("en")),
        es: format!("No hay que hacer nada: el {} habrá pasado el tiempo, {} ({es})", day(on, Lang::Es), en("es")),
    })
}

/// What has to happen first and is no rule.
pub(super) fn steps_before(version: &Version, now: &Evaluation, wanted: &Wanted) -> Vec<Step> {
    let mut names: Vec<&str> = wanted.steps().collect();
    names.dedup();
    let step = |name: &str| {
        let kind = name.trim_start_matches(STEP);
        let said = |lang| {
            let speaker = Speaker { version, purpose: Some(now.purpose), lang };
            match kind {
                "application" => speaker.two("Apply first", "Antes, presente la solicitud").to_owned(),
                "application_complete" => {
                    speaker.two("Complete your application first", "Antes, complete su solicitud").to_owned()
                }
                _ => {
                    let anchor = Anchor::Event { kind: kind.to_owned(), first: false };
                    let event = anchor_text(&anchor, &speaker);
                    match lang {
                        Lang::En => format!("This has to come first: {event}"),
                        Lang::Es => format!("Antes hace falta: {event}"),
                    }
                }
            }
        };
        let requirement = wanted.waiting_for(name).unwrap_or_default().to_owned();
        let text = Label { en: said(Lang::En), es: said(Lang::Es) };
        Step { requirement, by: Who::Person, minutes: None, same_hours: Vec::new(), text }
    };
    names.into_iter().map(step).collect()
}

/// What counts today and has to be done again by the day that is named.
pub(super) fn again(version: &Version, now: &Evaluation, again: &Again) -> Step {
    let found = &again.found;
    let said = |lang| {
        let (on, name) = (day(again.on, lang), named(version, now, found, lang));
        match lang {
            Lang::En => format!("By {on}, some of it is too old to count and has to be done again: {name}"),
            Lang::Es => {
                format!("Antes del {on}, una parte deja de contar por antigua y hay que hacerla de nuevo: {name}")
            }
        }
    };
    let text = Label { en: said(Lang::En), es: said(Lang::Es) };
    Step {
        requirement: found.id.clone(),
        by: Who::Person,
        minutes: found.missing_minutes,
        same_hours: Vec::new(),
        text,
    }
}

/// What is done so many times through a day, in one stretch of the calendar after the other: "By July 1, 2025, 2 times:
/// Supervision (June 2025, July 2025)".
pub(super) fn regular(version: &Version, now: &Evaluation, (rule, days): (&str, Vec<NaiveDate>)) -> Step {
    let label = version.label(now.purpose, &now.stage, rule).cloned().unwrap_or_default();
    let last = days.last().copied().unwrap_or(now.as_of);
    let mut starts: Vec<String> = Vec::new();
    if let Some(Asks::Learning(hours) | Asks::Service(hours)) = fill::rule_of(version, now, rule).map(|rule| &rule.asks)
        && let Some(rhythm) = &hours.pace.rhythm
    {
        starts.extend(days.iter().map(|day| name_of(rhythm.each, start_of(rhythm.each, *day))));
        starts.dedup();
    }
    let (en, es) = (day(last, Lang::En), day(last, Lang::Es));
    let text = match days.len() {
        1 => Label { en: format!("By {en}, once: "), es: format!("A más tardar el {es}, una vez: ") },
        times => {
            Label { en: format!("By {en}, {times} times: "), es: format!("A más tardar el {es}, {times} veces: ") }
        }
    };
    let whole = |text: String, label: &str, lang| text + label + &told(&starts, lang);
    let text = Label { en: whole(text.en, &label.en, Lang::En), es: whole(text.es, &label.es, Lang::Es) };
    Step { requirement: rule.to_owned(), by: Who::Person, minutes: None, same_hours: Vec::new(), text }
}

pub(super) fn named(version: &Version, now: &Evaluation, found: &Requirement, lang: Lang) -> String {
    version
        .label(now.purpose, &now.stage, &found.id)
        .map_or_else(|| found.label.clone(), |label| label.in_lang(lang).to_owned())
}

fn find<'r>(requirements: &'r [Requirement], id: &str) -> Option<&'r Requirement> {
    requirements.iter().find_map(|found| if found.id == id { Some(found) } else { find(&found.requirements, id) })
}

/// The status in one sentence; where others decide and something is left to do all the same, both.
fn overall_of(plan: &Plan, lang: Lang) -> &'static str {
    let is_left = plan.status == Status::Undecided && plan.steps.iter().any(|step| step.by == Who::Person);
    if is_left { others_too(lang) } else { overall(plan.status, lang) }
}

/// The plan, line by line.
#[must_use]
pub fn lines(version: &Version, plan: &Plan, lang: Lang) -> Vec<String> {
    // Where nothing is to be done, what stands in the way says all there is to say.
    let is_closed = plan.status == Status::NotMet && plan.steps.is_empty() && !plan.waits_for.is_empty();
    let first = plan.said.as_ref().map_or_else(|| overall_of(plan, lang), |said| said.in_lang(lang)).to_owned();
    let mut lines = if is_closed && plan.said.is_none() { Vec::new() } else { vec![first] };
    lines.extend(plan.steps.iter().map(|step| format!("  {}", step.text.in_lang(lang))));
    lines.extend(plan.planned_through.map(|on| match lang {
        Lang::En => format!("What is planned through {} is counted.", day(on, lang)),
        Lang::Es => format!("Ya se cuenta lo planeado hasta el {}.", day(on, lang)),
    }));
    let is_time = plan.steps.iter().all(|step| step.by == Who::Time);
    // Where all is there, no day has to be found.
    let earliest = plan.earliest_date.filter(|_| !super::is_met(plan.status));
    lines.extend(earliest.map(|on| match (lang, is_time) {
        (Lang::En, true) => format!("The earliest day is {}.", day(on, lang)),
        (Lang::Es, true) => format!("Lo más pronto es el {}.", day(on, lang)),
        (Lang::En, false) => format!(
            "Counting hours only, {} is the earliest. Classes, exams and papers may take longer.",
            day(on, lang)
        ),
        (Lang::Es, false) => format!(
            "Contando solo las horas, lo más pronto es el {}. Las clases, los exámenes y los documentos pueden tardar más.",
            day(on, lang)
        ),
    }));
    let waits = plan.waits_for.iter().filter(|wait| plan.said.as_ref() != Some(&wait.text));
    lines.extend(waits.map(|wait| wait.text.in_lang(lang).to_owned()));
    lines.extend(plan.expiring.iter().map(|expiry| expires(version, plan, expiry, lang)));
    let due = plan.deadlines.iter().find(|deadline| deadline.id == "renewal-due").and_then(|deadline| deadline.on);
    // A grace of no days is none.
    let told = plan.deadlines.iter().filter(|deadline| deadline.id != GRACE || due.is_none() || deadline.on != due);
    for deadline in told {
        if let Some(on) = deadline.on.filter(|_| deadline.id == "renewal-opens") {
            let on = day(on, lang);
            lines.push(match lang {
                Lang::En => format!("You can send your renewal from {on}."),
                Lang::Es => format!("Puede enviar su renovación desde el {on}."),
            });
        } else if let Some(on) = deadline.on {
            let (on, name) = (day(on, lang), deadline_name(version, plan, &deadline.id, lang));
            lines.push(match lang {
                Lang::En => format!("Deadline {on}: {name}"),
                Lang::Es => format!("Plazo {on}: {name}"),
            });
        }
    }
    lines
}

fn deadline_name(version: &Version, plan: &Plan, id: &str, lang: Lang) -> String {
    let stated = version.purposes.get(&plan.purpose).into_iter().flat_map(|rules| &rules.deadlines);
    let own =
        stated.filter(|deadline| deadline.id == id).map(|deadline| deadline.label.in_lang(lang).to_owned()).next();
    own.unwrap_or_else(|| {
        let known = match (id, lang) {
            ("renewal-due", Lang::En) => "renewal is due",
            ("renewal-due", Lang::Es) => "hay que renovar",
            ("renewal-grace", Lang::En) => "last day to renew late",
            ("renewal-grace", Lang::Es) => "último día para renovar con retraso",
            (other, _) => other,
        };
        known.to_owned()
    })
}

/// "On March 3, 2027, 6 hours become too old to count: Ethics at work."
fn expires(version: &Version, plan: &Plan, expiry: &Expiry, lang: Lang) -> String {
    let amount = in_unit(expiry.minutes, version.hour, Rounded::Down);
    let unit = unit_name("hour", amount == "1", lang);
    let label = version.label(plan.purpose, &plan.stage, &expiry.requirement);
    let label = label.map_or(expiry.requirement.as_str(), |label| label.in_lang(lang));
    let (on, name) = (day(expiry.on, lang), expiry.name.as_deref().unwrap_or(label));
    match (lang, amount.as_str()) {
        (Lang::En, "1") => format!("On {on}, 1 {unit} becomes too old to count: {name}."),
        (Lang::En, _) => format!("On {on}, {amount} {unit} become too old to count: {name}."),
        (Lang::Es, "1") => format!("El {on}, 1 {unit} deja de contar por antigua: {name}."),
        (Lang::Es, _) => format!("El {on}, {amount} {unit} dejan de contar por antiguas: {name}."),
    }
}
