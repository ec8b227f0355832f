//! Plans as sentences.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::super::amount::{Rounded, in_unit};
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::explain::{day, in_language, overall, step, unit_name};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::{Asks, Label};
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
pub(super) fn steps(version: &Version, now: &Evaluation, mut overlaps: BTreeMap<String, Vec<Overlap>>) -> Vec<Step> {
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
        let name = |lang| named(version, now, found, lang);
        let text = Label { en: step(found, &name(Lang::En), Lang::En), es: step(found, &name(Lang::Es), Lang::Es) };
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
    for found in now.requirements.iter().filter(|found| found.status == Status::Undecided) {
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

fn named(version: &Version, now: &Evaluation, found: &Requirement, lang: Lang) -> String {
    version
        .label(now.purpose, &now.stage, &found.id)
        .map_or_else(|| found.label.clone(), |label| label.in_lang(lang).to_owned())
}

fn find<'r>(requirements: &'r [Requirement], id: &str) -> Option<&'r Requirement> {
    requirements.iter().find_map(|found| if found.id == id { Some(found) } else { find(&found.requirements, id) })
}

/// The plan, line by line.
#[must_use]
pub fn lines(version: &Version, plan: &Plan, lang: Lang) -> Vec<String> {
    let mut lines = vec![overall(plan.status, lang).to_owned()];
    lines.extend(plan.steps.iter().map(|step| format!("  {}", step.text.in_lang(lang))));
    lines.push(match (plan.earliest_date, lang) {
        (Some(on), Lang::En) if on == plan.as_of => format!("This can be met on {}.", day(on, lang)),
        (Some(on), Lang::Es) if on == plan.as_of => format!("Se puede cumplir el {}.", day(on, lang)),
        (Some(on), Lang::En) => {
            format!("All of it can be met on {} at the earliest, at no more than 8 hours a day.", day(on, lang))
        }
        (Some(on), Lang::Es) => {
            format!("Todo se puede cumplir el {} como muy pronto, con no más de 8 horas al día.", day(on, lang))
        }
        (None, Lang::En) => {
            "No day can be named: someone else decides, or what is missing cannot be made up.".to_owned()
        }
        (None, Lang::Es) => {
            "No se puede indicar un día: decide otra persona, o lo que falta no se puede recuperar.".to_owned()
        }
    });
    lines.extend(plan.expiring.iter().map(|expiry| expires(version, plan, expiry, lang)));
    for deadline in &plan.deadlines {
        if let Some(on) = deadline.on {
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
            ("renewal-grace", Lang::En) => "the grace to renew ends",
            ("renewal-grace", Lang::Es) => "termina la prórroga para renovar",
            ("renewal-opens", Lang::En) => "renewal opens",
            ("renewal-opens", Lang::Es) => "se abre la renovación",
            (other, _) => other,
        };
        known.to_owned()
    })
}

/// "6 hours fall out of the window on March 3, 2027: l1 (Training)."
fn expires(version: &Version, plan: &Plan, expiry: &Expiry, lang: Lang) -> String {
    let amount = in_unit(expiry.minutes, version.hour, Rounded::Down);
    let unit = unit_name("hour", amount == "1", lang);
    let label = version.label(plan.purpose, &plan.stage, &expiry.requirement);
    let name = label.map_or(expiry.requirement.as_str(), |label| label.in_lang(lang));
    let (on, record) = (day(expiry.on, lang), expiry.record.as_str());
    match (lang, amount.as_str()) {
        (Lang::En, "1") => format!("1 {unit} falls out of the window on {on}: {record} ({name})."),
        (Lang::En, _) => format!("{amount} {unit} fall out of the window on {on}: {record} ({name})."),
        (Lang::Es, "1") => format!("1 {unit} deja de contar el {on}: {record} ({name})."),
        (Lang::Es, _) => format!("{amount} {unit} dejan de contar el {on}: {record} ({name})."),
    }
}
