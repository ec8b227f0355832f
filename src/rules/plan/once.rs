//! Hours that serve two rules at once are planned once: those of rules that share come first, on the topics that others still
//! want, and the rest is what the rules then say is missing.

use serde_json::json;

use super::super::evaluate::evaluate;
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Asks, Hours, Need, Rule};
use super::super::question::Question;
use super::super::record::Record;
use super::lay::Wanted;
use super::{fill, together};

/// What would meet the requirements that are not met; none where no rule that shares its hours wants any.
pub(super) fn facts(version: &Version, record: &Record, question: &Question, now: &Evaluation) -> Option<Wanted> {
    let (sharing, others): (Vec<_>, Vec<_>) = short(version, now)
        .into_iter()
        .partition(|(_, hours, _)| hours.shared && matches!(hours.need, Need::Minutes(_)));
    if sharing.is_empty() {
        return None;
    }
    let topics: Vec<&str> = others
        .iter()
        .flat_map(|(_, hours, found)| fill::topics_short(hours, found))
        .filter_map(|at| version.topics.get(at))
        .map(|topic| topic.id.as_str())
        .collect();
    let mut wanted = Wanted::from(now.as_of, record.ids().map(|(_, _, id)| id));
    let mut planned = Vec::new();
    for (rule, hours, found) in sharing {
        fill::hours_of(version, now.purpose, hours, found, true, wanted.of(rule));
        planned.push(rule.id.as_str());
    }
    for (_, fact) in wanted.learning() {
        let silent = fact.get("topics").and_then(|names| names.as_array()).is_none_or(Vec::is_empty);
        if silent && !topics.is_empty() {
            fact.insert("topics".into(), json!(topics));
        }
    }
    let day = wanted.done_on();
    let done = together(record, wanted.on(day))?;
    let then = evaluate(version, &done, &Question { as_of: day, ..question.clone() });
    fill::rest(version, record, &then, &planned, &mut wanted);
    Some(wanted)
}

/// The rules about learning that lack minutes.
fn short<'v, 'n>(version: &'v Version, now: &'n Evaluation) -> Vec<(&'v Rule, &'v Hours, &'n Requirement)> {
    let lacking = now.requirements.iter().filter(|found| found.status == Status::NotMet);
    let rules = lacking.filter_map(|found| Some((fill::rule_of(version, now, &found.id)?, found)));
    let about_learning = rules.filter_map(|(rule, found)| match &rule.asks {
        Asks::Learning(hours) => Some((rule, &**hours, found)),
        _ => None,
    });
    about_learning.collect()
}
