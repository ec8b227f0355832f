//! Sentences about days: when one can file, which deadline is over and what follows.

use chrono::NaiveDate;

use super::super::evaluation::{DeadlineAnswer, Evaluation};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::{Deadline, Rung};

/// The last day of grace, among the deadlines of an answer.
pub const GRACE: &str = "renewal-grace";

/// What people have to know about days, in the order of the answer.
pub(super) fn dates(version: &Version, evaluation: &Evaluation, lang: Lang) -> Vec<String> {
    evaluation.deadlines.iter().filter_map(|deadline| date(version, evaluation, deadline, lang)).collect()
}

/// The rung of the ladder back, with what follows from it.
pub(super) fn rung(version: &Version, evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let rung = rung_of(version, evaluation)?;
    Some(ended(&format!("{}. {}", rung.label.in_lang(lang), rung.consequence.in_lang(lang))))
}

fn rung_of<'v>(version: &'v Version, evaluation: &Evaluation) -> Option<&'v Rung> {
    let rules = version.purposes.get(&evaluation.purpose)?;
    rules.rungs.iter().find(|rung| evaluation.rung.as_deref() == Some(rung.id.as_str()))
}

/// The rung of the ladder back that the person stands on, if there is no way back from it.
pub(super) fn refused<'v>(version: &'v Version, evaluation: &Evaluation) -> Option<&'v Rung> {
    rung_of(version, evaluation).filter(|rung| rung.refused)
}

/// That a time is over and what follows: that of a pack's own deadline, else the time to renew.
#[must_use]
pub fn over(stated: Option<&Deadline>, on: NaiveDate, lang: Lang) -> String {
    let day = super::day(on, lang);
    let said = match (stated, lang) {
        (None, Lang::En) => format!("The time to renew ended on {day}. Ask the board how to come back."),
        (None, Lang::Es) => format!("El plazo para renovar terminó el {day}. Pregunte a la junta cómo volver."),
        (Some(stated), Lang::En) => {
            format!("{}: the time ended on {day}. {}", stated.label.en, stated.consequence.en)
        }
        (Some(stated), Lang::Es) => {
            format!("{}: el plazo terminó el {day}. {}", stated.label.es, stated.consequence.es)
        }
    };
    ended(&said)
}

fn date(version: &Version, evaluation: &Evaluation, deadline: &DeadlineAnswer, lang: Lang) -> Option<String> {
    let day = super::day(deadline.on?, lang);
    match (deadline.id.as_str(), deadline.status.as_str(), lang) {
        ("renewal-opens", "not_started", Lang::En) => Some(format!("You can send your renewal from {day}.")),
        ("renewal-opens", "not_started", Lang::Es) => Some(format!("Puede enviar su renovación desde el {day}.")),
        (GRACE, "missed", _) => Some(over(None, deadline.on?, lang)),
        (id, "missed", _) => Some(over(Some(stated(version, evaluation, id)?), deadline.on?, lang)),
        (id, "open", _) => {
            let label = stated(version, evaluation, id)?.label.in_lang(lang);
            Some(match lang {
                Lang::En => format!("{label}: the last day is {day}."),
                Lang::Es => format!("{label}: el último día es el {day}."),
            })
        }
        (_, _, _) => None,
    }
}

/// A deadline of the pack's own.
fn stated<'v>(version: &'v Version, evaluation: &Evaluation, id: &str) -> Option<&'v Deadline> {
    version.purposes.get(&evaluation.purpose)?.deadlines.iter().find(|stated| stated.id == id)
}

/// A sentence of a pack with a full stop, whether the pack wrote one or not.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}
