//! Hours that serve two rules at once are planned once: those of rules that share come first, on the topics that others still
//! want, and the rest is what the rules then say is missing.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::evaluate::evaluate;
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Asks, Hours, Need, Rule};
use super::super::question::Question;
use super::super::record::Record;
use super::lay::Wanted;
use super::{Overlap, fill, together};

/// Of what each rule that shares its hours still wants: the other rules that the same hours would serve, and how many.
pub(super) fn overlaps(
    version: &Version,
    record: &Record,
    question: &Question,
    now: &Evaluation,
) -> BTreeMap<String, Vec<Overlap>> {
    let short = short(version, now);
    let topics = topics_of(version, &short);
    let mut all = BTreeMap::new();
    for (rule, hours, found) in short.iter().filter(|(_, hours, _)| is_sharing(hours)) {
        let mut wanted = Wanted::from(now.as_of, record.ids().map(|(_, _, id)| id));
        fill::hours_of(version, now.purpose, hours, found, true, wanted.of(rule));
        name_topics(&mut wanted, &topics);
        let day = wanted.done_on();
        let Some(done) = together(record, wanted.on(day)) else { continue };
        let then = evaluate(version, &done, &Question { as_of: day, ..question.clone() });
        let others = short.iter().filter(|(other, ..)| other.id != rule.id);
        let same = others.filter_map(|(other, _, before)| {
            let after = then.requirements.iter().find(|after| after.id == other.id)?;
            let less = before.missing_minutes?.saturating_sub(after.missing_minutes?);
            (less > 0).then(|| Overlap { requirement: other.id.clone(), minutes: less })
        });
        let same: Vec<Overlap> = same.collect();
        if !same.is_empty() {
            all.insert(rule.id.clone(), same);
        }
    }
    all
}

fn is_sharing(hours: &Hours) -> bool {
    hours.shared && matches!(hours.need, Need::Minutes(_))
}

/// The topics that rules which share nothing still want.
fn topics_of<'v>(version: &'v Version, short: &[Short<'v, '_>]) -> Vec<&'v str> {
    let others = short.iter().filter(|(_, hours, _)| !is_sharing(hours));
    let wanted = others.flat_map(|(_, hours, found)| fill::topics_short(hours, found));
    wanted.filter_map(|at| version.topics.get(at)).map(|topic| topic.id.as_str()).collect()
}

/// Learning that names no topic is planned in those.
fn name_topics(wanted: &mut Wanted, topics: &[&str]) {
    for (_, fact) in wanted.learning() {
        let silent = fact.get("topics").and_then(|names| names.as_array()).is_none_or(Vec::is_empty);
        if silent && !topics.is_empty() {
            fact.insert("topics".into(), json!(topics));
        }
    }
}

/// What would meet the requirements that are not met; none where no rule that shares its hours wants any.
pub(super) fn facts(version: &Version, record: &Record, question: &Question, now: &Evaluation) -> Option<Wanted> {
    let short = short(version, now);
    if !short.iter().any(|(_, hours, _)| is_sharing(hours)) {
        return None;
    }
    let mut wanted = Wanted::from(now.as_of, record.ids().map(|(_, _, id)| id));
    let mut planned = Vec::new();
    for (rule, hours, found) in short.iter().filter(|(_, hours, _)| is_sharing(hours)) {
        fill::hours_of(version, now.purpose, hours, found, true, wanted.of(rule));
        planned.push(rule.id.as_str());
    }
    name_topics(&mut wanted, &topics_of(version, &short));
    let day = wanted.done_on();
    let done = together(record, wanted.on(day))?;
    let then = evaluate(version, &done, &Question { as_of: day, ..question.clone() });
    fill::rest(version, record, &then, &planned, &mut wanted);
    Some(wanted)
}

/// A rule about learning that lacks something.
type Short<'v, 'n> = (&'v Rule, &'v Hours, &'n Requirement);

/// The rules about learning that lack minutes.
fn short<'v, 'n>(version: &'v Version, now: &'n Evaluation) -> Vec<Short<'v, 'n>> {
    let lacking = now.requirements.iter().filter(|found| found.status == Status::NotMet);
    let rules = lacking.filter_map(|found| Some((fill::rule_of(version, now, &found.id)?, found)));
    let about_learning = rules.filter_map(|(rule, found)| match &rule.asks {
        Asks::Learning(hours) => Some((rule, &**hours, found)),
        _ => None,
    });
    about_learning.collect()
}
