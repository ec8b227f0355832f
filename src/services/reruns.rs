//! Every kept evaluation run again: from the record, the question and the version kept with it, to the same bytes.
//!
//! What came after (facts, versions, a later day) plays no part. A difference means that stored rows were changed or that
//! this program judges otherwise than the one that decided.

use std::collections::BTreeMap;

use serde::Serialize;

use super::credentials::{self, CredentialError};
use super::evaluations::{EvaluationError, bytes};
use crate::repo;
use crate::rules::{Question, Record, evaluate};
use crate::storage::rows::decisions::EvaluationRow;
use crate::storage::{Conn, Id};

/// Rows read at once.
const PAGE: i64 = 200;

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The version it used is not among those published.
    NoVersion,
    /// The published version has another hash.
    OtherVersion,
    /// The kept record or question does not read.
    Unreadable,
    /// Record and question have another hash.
    OtherInputs,
    /// Another answer comes out.
    OtherAnswer,
}

/// An evaluation that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// About whom.
    pub person: Id,
    /// Which.
    pub evaluation: Id,
    /// Under which rules.
    pub rules: String,
    /// What does not fit.
    pub difference: Difference,
}

/// What was run again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many.
    pub evaluations: u64,
    /// How many under each version, such as `us-ne-cpss 2021-09-01`.
    pub rules: BTreeMap<String, u64>,
    /// Those that do not fit; none: every one gives the same bytes.
    pub findings: Vec<Finding>,
}

/// How many there are.
///
/// # Errors
/// What the database met.
pub fn count(conn: &mut Conn<'_>) -> Result<u64, EvaluationError> {
    Ok(u64::try_from(repo!(conn, decisions::count_evaluations())?).unwrap_or(0))
}

/// Runs every kept evaluation again; `done` is told how many were.
///
/// # Errors
/// Only for what stands in the way of looking at all.
pub fn run_all(conn: &mut Conn<'_>, done: &dyn Fn(u64)) -> Result<Report, EvaluationError> {
    let mut report = Report::default();
    let mut slugs: BTreeMap<Id, String> = BTreeMap::new();
    slugs.extend(credentials::list(conn)?.into_iter().map(|row| (row.id, row.slug)));
    let mut last = (Id(0), Id(0));
    loop {
        let rows = repo!(conn, decisions::evaluations_after(last, PAGE))?;
        let Some(end) = rows.last() else { return Ok(report) };
        last = (end.person_id, end.id);
        for kept in rows {
            let slug = slugs.get(&kept.credential_id).map_or("", String::as_str);
            let rules = format!("{slug} {}", kept.version);
            if let Some(difference) = difference(conn, &kept)? {
                let (person, evaluation) = (kept.person_id, kept.id);
                report.findings.push(Finding { person, evaluation, rules: rules.clone(), difference });
            }
            report.evaluations += 1;
            *report.rules.entry(rules).or_default() += 1;
        }
        done(report.evaluations);
    }
}

fn difference(conn: &mut Conn<'_>, kept: &EvaluationRow) -> Result<Option<Difference>, EvaluationError> {
    let pack = match credentials::pack(conn, kept.credential_id) {
        Ok(pack) => pack,
        Err(CredentialError::Store(store)) => return Err(store.into()),
        Err(_) => return Ok(Some(Difference::NoVersion)),
    };
    let Some(version) = pack.version(&kept.version) else { return Ok(Some(Difference::NoVersion)) };
    if version.hash != kept.version_hash {
        return Ok(Some(Difference::OtherVersion));
    }
    let (Ok(record), Ok(question)) =
        (Record::from_json(&kept.record), serde_json::from_str::<Question>(&kept.question))
    else {
        return Ok(Some(Difference::Unreadable));
    };
    let again = evaluate(version, &record, &question);
    if again.inputs_hash != kept.inputs_hash {
        return Ok(Some(Difference::OtherInputs));
    }
    Ok((bytes(&again) != kept.answer).then_some(Difference::OtherAnswer))
}
