//! Sentences about days: when one can file, which deadline is over and what follows.

use super::super::evaluation::{DeadlineAnswer, Evaluation};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::Deadline;

/// What people have to know about days, in the order of the answer.
pub(super) fn dates(version: &Version, evaluation: &Evaluation, lang: Lang) -> Vec<String> {
    evaluation.deadlines.iter().filter_map(|deadline| date(version, evaluation, deadline, lang)).collect()
}

/// The rung of the ladder back, with what follows from it.
pub(super) fn rung(version: &Version, evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let rules = version.purposes.get(&evaluation.purpose)?;
    let rung = rules.rungs.iter().find(|rung| evaluation.rung.as_deref() == Some(rung.id.as_str()))?;
    Some(ended(format!("{}. {}", rung.label.in_lang(lang), rung.consequence.in_lang(lang))))
}

fn date(version: &Version, evaluation: &Evaluation, deadline: &DeadlineAnswer, lang: Lang) -> Option<String> {
    let day = super::day(deadline.on?, lang);
    match (deadline.id.as_str(), deadline.status.as_str(), lang) {
        ("renewal-opens", "not_started", Lang::En) => Some(format!("You can send your renewal from {day}.")),
        ("renewal-opens", "not_started", Lang::Es) => Some(format!("Puede enviar su renovación desde el {day}.")),
        ("renewal-grace", "missed", Lang::En) => {
            Some(format!("The time to renew ended on {day}. Ask the board how to come back."))
        }
        ("renewal-grace", "missed", Lang::Es) => {
            Some(format!("El plazo para renovar terminó el {day}. Pregunte a la junta cómo volver."))
        }
        (id, "open", _) => {
            let label = stated(version, evaluation, id)?.label.in_lang(lang);
            Some(match lang {
                Lang::En => format!("{label}: the last day is {day}."),
                Lang::Es => format!("{label}: el último día es el {day}."),
            })
        }
        (id, "missed", _) => {
            let stated = stated(version, evaluation, id)?;
            let (label, follows) = (stated.label.in_lang(lang), stated.consequence.in_lang(lang));
            let over = match lang {
                Lang::En => format!("{label}: the time ended on {day}. {follows}"),
                Lang::Es => format!("{label}: el plazo terminó el {day}. {follows}"),
            };
            Some(ended(over))
        }
        (_, _, _) => None,
    }
}

/// A deadline of the pack's own.
fn stated<'v>(version: &'v Version, evaluation: &Evaluation, id: &str) -> Option<&'v Deadline> {
    version.purposes.get(&evaluation.purpose)?.deadlines.iter().find(|stated| stated.id == id)
}

/// A sentence of a pack with a full stop, whether the pack wrote one or not.
fn ended(text: String) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}
