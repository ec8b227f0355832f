//! The judgment: one version, one record, one question, one answer. Total and pure.
//!
//! [`evaluate`] gathers the person's days (`moments`), walks the rules (`tree`), places hours (`offer`, `allocate`, `flow`),
//! judges everything else (`exam`, `attestation`, `facts`, `count`) and accounts for every record (`ledger`).

mod accept;
mod ages;
mod allocate;
mod answer;
mod answered;
mod asked;
mod at_work;
mod attestation;
mod bases;
pub(super) mod beside;
mod bound;
mod busy;
mod carried;
mod clocks;
mod count;
mod entry;
mod exact;
mod exam;
mod exam_parts;
mod extended;
mod facts;
mod fee;
mod filing;
mod flow;
mod gate;
mod hours;
mod integer;
mod ladder;
mod lasting;
mod ledger;
mod loss;
mod lots;
mod met;
pub mod moments;
mod near;
mod network;
mod node;
pub(super) mod offer;
mod older;
mod overlap;
pub(super) mod pace;
pub(super) mod pass;
mod period;
mod plain;
mod pool;
mod remedy;
mod repeats;
pub(super) mod rhythm;
mod scale;
mod shared;
mod soonest;
mod split;
mod standing;
mod stretch;
mod sums;
mod transition;
mod tree;
mod turns;
mod whole;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::canonical::{canonical_json, sha256};
use super::evaluation::{Evaluation, FORMAT, NextStep, RecordOutcome, Requirement, Status, TermAnswer};
use super::pack::Version;
use super::pack::model::{Asks, Rules};
use super::question::{Purpose, Question};
use super::record::{Credential, Record};
pub(super) use answer::open;
use asked::{Asked, standing_on};
use ledger::Said;
use moments::Moments;
use node::{Node, together};

impl Version {
    /// The stage a question is about: the one named, else the one after the last that was reached (for a renewal, the one
    /// held).
    #[must_use]
    pub fn stage_of(&self, record: &Record, question: &Question) -> Option<usize> {
        if let Some(named) = &question.stage {
            return self.stages.iter().position(|stage| stage.id == *named);
        }
        let last = self.stages.len().checked_sub(1)?;
        let issued = |held: &&Credential| held.issued_on.is_none_or(|day| day <= question.as_of);
        let ours = record.credentials.iter().filter(|held| held.credential == self.credential).filter(issued);
        let ours: Vec<&Credential> = ours.collect();
        let at = |stage: &str| self.stages.iter().position(|known| known.id == stage);
        // One that names no stage is of any.
        let reached = ours.iter().filter_map(|held| match moments::stages_by(held, question.as_of).as_slice() {
            [] => Some(last),
            named => named.iter().filter_map(|stage| at(stage)).max(),
        });
        Some(match question.purpose {
            Purpose::Initial | Purpose::Reciprocity => reached.max().map_or(0, |held| (held + 1).min(last)),
            Purpose::Renewal | Purpose::Reinstatement => {
                let live = ours.iter().filter(|held| standing_on(held, question.as_of).is_some());
                let now = live.map(|held| moments::stage_on(held, question.as_of).map_or(Some(last), &at));
                now.flatten().max().or_else(|| reached.max()).unwrap_or(last)
            }
        })
    }
}

/// Applies `version` to `record` and answers `question`.
///
/// Every doubt is in the answer. A purpose the board does not offer, or a stage it does not have, is `not_applicable`.
#[must_use]
pub fn evaluate(version: &Version, record: &Record, question: &Question) -> Evaluation {
    let stage = version.stage_of(record, question);
    let stage_id = stage.and_then(|at| version.stages.get(at)).map(|stage| stage.id.as_str());
    let nothing = Rules::default();
    let asked = gather(version, record, question, stage, &nothing);
    let nodes = tree::nodes(&asked);
    let inputs_hash = inputs_hash(record, question, stage_id);
    build(&asked, nodes, stage_id, |said| (inputs_hash, ledger::outcomes(record, said)))
}

/// The same answer without the hash of its inputs and its account of records, which stay empty: for comparing what versions say
/// of many people.
#[must_use]
pub fn outline(version: &Version, record: &Record, question: &Question) -> Evaluation {
    let stage = version.stage_of(record, question);
    let stage_id = stage.and_then(|at| version.stages.get(at)).map(|stage| stage.id.as_str());
    let nothing = Rules::default();
    let asked = gather(version, record, question, stage, &nothing);
    let nodes = tree::nodes(&asked);
    build(&asked, nodes, stage_id, |_| (String::new(), Vec::new()))
}

/// The term that a decision gives on the day asked about, also where the rules say no: a board may still approve.
#[must_use]
pub fn term_if_granted(version: &Version, record: &Record, question: &Question) -> Option<TermAnswer> {
    let stage = version.stage_of(record, question);
    let nothing = Rules::default();
    let asked = gather(version, record, question, stage, &nothing);
    answer::term_if_granted(&asked, stage.and_then(|at| version.stages.get(at)).map(|stage| stage.id.as_str()))
}

/// The status alone, for counting many people: the same judgment without its explanation and hashes.
#[must_use]
pub fn status_of(version: &Version, record: &Record, question: &Question) -> Status {
    let nothing = Rules::default();
    let asked = gather(version, record, question, version.stage_of(record, question), &nothing);
    verdict(&asked, &tree::nodes(&asked))
}

/// The requirements alone, for asking about many days: the same judgment without its hashes and its account of records.
#[must_use]
pub(super) fn requirements(version: &Version, record: &Record, question: &Question) -> Vec<Requirement> {
    let nothing = Rules::default();
    let asked = gather(version, record, question, version.stage_of(record, question), &nothing);
    tree::nodes(&asked).into_iter().map(|node| node.requirement).collect()
}

/// The first day that the rules name, though something that counts today may have fallen out of its window by then: for plans,
/// which do it again.
#[must_use]
pub(super) fn could_be_met_on(version: &Version, record: &Record, question: &Question) -> Option<chrono::NaiveDate> {
    let nothing = Rules::default();
    let asked = gather(version, record, question, version.stage_of(record, question), &nothing);
    let nodes = tree::nodes(&asked);
    named_day(&asked, &nodes, verdict(&asked, &nodes))
}

/// The requirements by what was done through a day; what was confirmed later of it is confirmed.
fn requirements_done_by(asked: &Asked<'_>, day: chrono::NaiveDate) -> Vec<Requirement> {
    let record = asked.record.done_by(day);
    let stage = (asked.stage < asked.version.stages.len()).then_some(asked.stage);
    let then = gather(asked.version, &record, asked.question, stage, asked.rules);
    tree::nodes(&then).into_iter().map(|node| node.requirement).collect()
}

/// Everything known about the question before it is judged.
fn gather<'a>(
    version: &'a Version,
    record: &'a Record,
    question: &'a Question,
    stage: Option<usize>,
    nothing: &'a Rules,
) -> Asked<'a> {
    let rules = version.purposes.get(&question.purpose).unwrap_or(nothing);
    let stage_id = stage.and_then(|at| version.stages.get(at)).map(|stage| stage.id.as_str());
    let moments = Moments::of(version, record, question.as_of, question.purpose, stage_id);
    let deciding = moments.deciding_day(&version.applies_by);
    let asked = Asked {
        version,
        record,
        question,
        as_of: question.as_of,
        moments,
        deciding,
        stage: stage.unwrap_or(usize::MAX),
        rules,
        needs: BTreeMap::new(),
        scaled: BTreeMap::new(),
        learning: entry::Entry::learning(record),
        service: overlap::marked(entry::Entry::service(record), question.as_of),
    };
    let mut asked = asked;
    let carried = carried::entries(&asked);
    asked.learning.splice(0..0, carried);
    met::with_met(with_needs(scale::with_scaled(asked)))
}

/// Notes what rules about hours need, so that ratios can be taken of it.
fn with_needs(mut asked: Asked<'_>) -> Asked<'_> {
    let rules = asked.rules;
    for plain in [true, false] {
        for rule in &rules.rules {
            let (Asks::Learning(hours) | Asks::Service(hours)) = &rule.asks else { continue };
            if hours.ratio.is_none() == plain && rule.stages.contains(&asked.stage) {
                let need = hours::need(&asked, rule, asked.hours(rule, hours));
                asked.needs.insert(&rule.id, need);
            }
        }
    }
    asked
}

/// What all rules come to, with what stands above them in mind.
fn verdict(asked: &Asked<'_>, nodes: &[Node]) -> Status {
    above(asked, together(nodes.iter().map(Node::status)))
}

/// What stands above all rules: the time to file, the ladder back, the standing, how often, other credentials.
fn above(asked: &Asked<'_>, status: Status) -> Status {
    let status = ladder::verdict(asked, filing::in_time(asked, status));
    bases::verdict(asked, turns::verdict(asked, standing::verdict(asked, status)))
}

/// The first day on which all rules could be met, as far as they tell by themselves; none where all of them met would not do.
fn named_day(asked: &Asked<'_>, nodes: &[Node], status: Status) -> Option<chrono::NaiveDate> {
    let closed = above(asked, Status::Met) != Status::Met || status == Status::NotApplicable;
    if closed { None } else { tree::earliest(nodes, asked.as_of) }
}

/// Puts an answer together; `account` makes the hash of the inputs and the account of records of what was said about them.
fn build(
    asked: &Asked<'_>,
    nodes: Vec<Node>,
    stage: Option<&str>,
    account: impl FnOnce(&[Said]) -> (String, Vec<RecordOutcome>),
) -> Evaluation {
    let version = asked.version;
    let status = verdict(asked, &nodes);
    let waits = nodes.iter().any(|node| node.status() == Status::Undecided);
    let closed = ladder::is_refused(asked) || filing::leads_nowhere(asked);
    let ended = standing::is_ended(asked);
    let named = named_day(asked, &nodes, status).filter(|_| !waits);
    let (mut said, mut requirements) = (extended::read(asked), Vec::new());
    for node in nodes {
        said.extend(node.said);
        requirements.push(node.requirement);
    }
    let term = answer::term(asked, stage).filter(|_| !closed);
    let has_end = closed || term.is_some();
    let earliest_date = named.filter(|day| lasting::until(asked, &requirements, *day));
    said.extend(answered::read(asked, &said));
    let (inputs_hash, records) = account(&said);
    Evaluation {
        format: Cow::Borrowed(FORMAT),
        credential: version.credential.clone(),
        version: version.id.clone(),
        version_hash: version.hash.clone(),
        verified: version.verified,
        purpose: asked.question.purpose,
        stage: stage.or(asked.question.stage.as_deref()).unwrap_or_default().to_owned(),
        as_of: asked.as_of,
        inputs_hash,
        status,
        records,
        term,
        fee: ladder::fee(asked).or_else(|| fee::fee(asked)).filter(|_| !closed),
        rung: ladder::rung(asked).map(|rung| rung.id.clone()),
        notes: extended::term_notes(asked)
            .into_iter()
            .chain(filing::notes(asked))
            .chain(standing::notes(asked))
            .chain(ladder::notes(asked))
            .chain(bases::notes(asked))
            .chain(turns::notes(asked))
            .chain(answer::birth_wanted(asked).filter(|_| !has_end))
            .chain(answer::day_wanted(asked, status).filter(|_| !has_end))
            .collect(),
        deadlines: if ended { Vec::new() } else { filing::deadlines(asked, &requirements) },
        stage_next: version.stages.get(asked.stage.saturating_add(1)).map(|stage| stage.id.clone()),
        next: if ended { Vec::new() } else { next(asked, &requirements, status) },
        earliest_date,
        requirements,
    }
}

/// What to do next, in the order of the pack, then what stands above its rules.
fn next(asked: &Asked<'_>, requirements: &[Requirement], status: Status) -> Vec<NextStep> {
    answer::next(requirements)
        .into_iter()
        .chain(if status == Status::NotMet { filing::next(asked) } else { Vec::new() })
        .chain(ladder::next(asked))
        .chain(bases::next(asked))
        .chain(turns::next(asked))
        .collect()
}

/// Hash of the record (its lists sorted by id), day, purpose and stage.
fn inputs_hash(record: &Record, question: &Question, stage: Option<&str>) -> String {
    #[derive(Serialize)]
    struct Inputs<'i> {
        as_of: chrono::NaiveDate,
        purpose: Purpose,
        record: &'i Record,
        stage: Option<&'i str>,
    }
    let record = record.sorted();
    let inputs = Inputs { as_of: question.as_of, purpose: question.purpose, record: &record, stage };
    sha256(canonical_json(&inputs).as_bytes())
}
