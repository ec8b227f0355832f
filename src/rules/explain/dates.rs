//! Sentences about days: when one can file, which deadline is over and what follows.

use super::super::evaluation::{DeadlineAnswer, Evaluation};
use super::super::lang::Lang;
use super::super::pack::Version;

/// What people have to know about days, in the order of the answer.
pub(super) fn dates(version: &Version, evaluation: &Evaluation, lang: Lang) -> Vec<String> {
    evaluation.deadlines.iter().filter_map(|deadline| date(version, evaluation, deadline, lang)).collect()
}

/// The rung of the ladder back, with what follows from it.
pub(super) fn rung(version: &Version, evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let rules = version.purposes.get(&evaluation.purpose)?;
    let rung = rules.rungs.iter().find(|rung| evaluation.rung.as_deref() == Some(rung.id.as_str()))?;
    Some(format!("{}. {}", rung.label.in_lang(lang), rung.consequence.in_lang(lang)).trim_end().to_owned())
}

fn date(version: &Version, evaluation: &Evaluation, deadline: &DeadlineAnswer, lang: Lang) -> Option<String> {
    let day = super::day(deadline.on?, lang);
    match (deadline.id.as_str(), deadline.status.as_str(), lang) {
        ("renewal-opens", "not_started", Lang::En) => Some(format!("You can file from {day}.")),
        ("renewal-opens", "not_started", Lang::Es) => Some(format!("Puede presentar la solicitud desde el {day}.")),
        ("renewal-grace", "missed", Lang::En) => {
            Some(format!("The time to renew ended on {day}. Ask the board how to come back."))
        }
        ("renewal-grace", "missed", Lang::Es) => {
            Some(format!("El plazo para renovar terminó el {day}. Pregunte a la junta cómo volver."))
        }
        (id, "missed", _) => {
            let deadlines = &version.purposes.get(&evaluation.purpose)?.deadlines;
            let stated = deadlines.iter().find(|stated| stated.id == id)?;
            let (label, follows) = (stated.label.in_lang(lang), stated.consequence.in_lang(lang));
            let over = match lang {
                Lang::En => format!("{label}: the time ended on {day}. {follows}"),
                Lang::Es => format!("{label}: el plazo terminó el {day}. {follows}"),
            };
            Some(over.trim_end().to_owned())
        }
        (_, _, _) => None,
    }
}
