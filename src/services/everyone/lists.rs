//! The rows of a range of people, each list person by person: only what statuses are decided by.

use std::collections::BTreeMap;

use super::flat::Tables;
use crate::repo;
use crate::rules::{Purpose, Record};
use crate::services::evaluations::EvaluationError;
use crate::services::record::{Known, Rows};
use crate::storage::rows::learning::CompletionTopicRow;
use crate::storage::rows::life::AttestationRow;
use crate::storage::rows::narrow::{NarrowApplication, NarrowCompletion, NarrowExam};
use crate::storage::rows::service::{ServiceAttestationRow, ServiceEntryRow};
use crate::storage::{Conn, Day, Id, StoreError, Words};

/// The rows of a range.
pub(super) struct Lists {
    /// Everybody in it.
    pub(super) people: Vec<Id>,
    pub(super) applications: Vec<NarrowApplication>,
    pub(super) steps: Vec<(Id, Id, String, Day)>,
    pub(super) births: Vec<(Id, Option<Day>)>,
    pub(super) completions: Vec<NarrowCompletion>,
    pub(super) topics: Vec<CompletionTopicRow>,
    pub(super) exams: Vec<NarrowExam>,
    pub(super) attestations: Vec<AttestationRow>,
    pub(super) service: Vec<ServiceEntryRow>,
    pub(super) said: Vec<ServiceAttestationRow>,
    pub(super) holders: Vec<Id>,
    pub(super) unusual: Vec<Id>,
    pub(super) with_extras: Vec<Id>,
}

impl Lists {
    pub(super) fn read(
        conn: &mut Conn<'_>,
        credential: Id,
        people: &[Id],
        tables: &Tables<'_>,
    ) -> Result<Self, StoreError> {
        let none = Self {
            people: people.to_vec(),
            applications: Vec::new(),
            steps: Vec::new(),
            births: Vec::new(),
            completions: Vec::new(),
            topics: Vec::new(),
            exams: Vec::new(),
            attestations: Vec::new(),
            service: Vec::new(),
            said: Vec::new(),
            holders: Vec::new(),
            unusual: Vec::new(),
            with_extras: Vec::new(),
        };
        let (Some(first), Some(last)) = (people.first(), people.last()) else { return Ok(none) };
        let range = (*first, *last);
        let mut holders = repo!(conn, narrow::holders(credential, range))?;
        holders.sort_unstable();
        let mut lists = Self {
            applications: repo!(conn, narrow::applications(credential, range))?,
            unusual: repo!(conn, narrow::unusual(range))?,
            with_extras: repo!(conn, narrow::with_extras(range))?,
            holders,
            ..none
        };
        if tables.any(|program| program.is_simple()) {
            lists.steps = repo!(conn, narrow::steps(range))?;
            lists.births = repo!(conn, narrow::births(range))?;
        }
        if tables.any(|program| program.reads_learning()) {
            lists.completions = repo!(conn, narrow::completions(range))?;
            lists.topics = repo!(conn, facts::range_completion_topics(range))?;
        }
        if tables.any(|program| program.is_simple() && program.reads_exams()) {
            lists.exams = repo!(conn, narrow::exams(range))?;
        }
        if tables.any(|program| program.is_simple() && program.reads_statements()) {
            lists.attestations = repo!(conn, facts::range_attestations(range))?;
        }
        if tables.any(|program| program.reads_service()) {
            lists.service = repo!(conn, facts::range_service_entries(range))?;
            lists.said = repo!(conn, facts::range_service_attestations(range))?;
        }
        Ok(lists)
    }

    /// Those who applied or hold the credential, in order, with what they would ask for.
    pub(super) fn concerned(&self) -> Vec<(Id, Purpose)> {
        let purpose = |id: &Id| {
            if self.holders.binary_search(id).is_ok() {
                return Some(Purpose::Renewal);
            }
            (!of_person(&self.applications, *id, |row| row.person_id).is_empty()).then_some(Purpose::Initial)
        };
        self.people.iter().filter_map(|id| Some((*id, purpose(id)?))).collect()
    }

    /// The records of those who are concerned, without their hours.
    pub(super) fn read_beside(
        &self,
        conn: &mut Conn<'_>,
        words: &Words,
        names: &Known,
        concerned: &[Id],
    ) -> Result<BTreeMap<Id, Record>, EvaluationError> {
        let mut all = Rows::read_beside(conn, &self.people)?;
        let mut records = BTreeMap::new();
        for person in concerned.iter().copied() {
            if let Some(rows) = all.remove(&person) {
                records.insert(person, rows.into_record(person, words, names)?);
            }
        }
        Ok(records)
    }
}

/// The rows of one person among those of many, which come in the order of their keys.
pub(super) fn of_person<T>(rows: &[T], person: Id, whose: impl Fn(&T) -> Id) -> &[T] {
    let from = rows.partition_point(|row| whose(row) < person);
    let own = rows.get(from..).unwrap_or_default();
    let count = own.partition_point(|row| whose(row) == person);
    own.get(..count).unwrap_or_default()
}
