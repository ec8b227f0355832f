//! The rows of a range of people, each list person by person: only what statuses are decided by.

use std::collections::BTreeMap;

use super::listed::Listed;
use crate::repo;
use crate::rules::{Purpose, Record};
use crate::services::evaluations::EvaluationError;
use crate::services::record::{Known, Rows};
use crate::storage::rows::learning::CompletionTopicRow;
use crate::storage::rows::life::AttestationRow;
use crate::storage::rows::narrow::{NarrowApplication, NarrowCompletion, NarrowExam, NarrowSource, Whose};
use crate::storage::rows::service::{ServiceAttestationRow, ServiceEntryRow};
use crate::storage::{Conn, Day, Id, StoreError, Words};

/// Which lists rules need.
#[derive(Debug, Clone, Copy)]
pub(in crate::services) struct Needs {
    /// What is known of people beside their records: steps of applications and days of birth.
    pub(super) beside: bool,
    pub(super) learning: bool,
    /// Where learning comes from, or how it was held.
    pub(super) sources: bool,
    pub(super) exams: bool,
    pub(super) statements: bool,
    pub(super) service: bool,
}

impl Needs {
    /// What either needs.
    pub(in crate::services) const fn and(self, other: Self) -> Self {
        Self {
            beside: self.beside || other.beside,
            learning: self.learning || other.learning,
            sources: self.sources || other.sources,
            exams: self.exams || other.exams,
            statements: self.statements || other.statements,
            service: self.service || other.service,
        }
    }

    /// Nobody's hours.
    const fn beside_hours(self) -> Self {
        Self { learning: false, service: false, ..self }
    }
}

/// The rows of a range.
#[derive(Default)]
pub(in crate::services) struct Lists {
    /// Everybody in it.
    pub(super) people: Vec<Id>,
    pub(super) applications: Listed<NarrowApplication>,
    pub(super) steps: Listed<(Id, Id, String, Day)>,
    pub(super) births: Listed<(Id, Option<Day>)>,
    pub(super) completions: Listed<NarrowCompletion>,
    /// Where each completion comes from; nobody's, where no rules ask.
    pub(super) sources: Vec<NarrowSource>,
    pub(super) topics: Listed<CompletionTopicRow>,
    pub(super) exams: Listed<NarrowExam>,
    pub(super) attestations: Listed<AttestationRow>,
    pub(super) service: Listed<ServiceEntryRow>,
    pub(super) said: Listed<ServiceAttestationRow>,
    pub(super) holders: Vec<Id>,
    pub(super) unusual: Vec<Id>,
    pub(super) with_extras: Vec<Id>,
}

impl Lists {
    /// Reads what is needed of people, who are all there are between the first and the last; no hours.
    pub(super) fn read_beside_hours(
        conn: &mut Conn<'_>,
        credential: Id,
        people: &[Id],
        needs: Needs,
    ) -> Result<Self, StoreError> {
        Self::read(conn, credential, people, needs.beside_hours())
    }

    /// Reads what is needed of people, who are all there are between the first and the last.
    pub(in crate::services) fn read(
        conn: &mut Conn<'_>,
        credential: Id,
        people: &[Id],
        needs: Needs,
    ) -> Result<Self, StoreError> {
        let (Some(first), Some(last)) = (people.first(), people.last()) else { return Ok(Self::default()) };
        let range = (*first, *last);
        let mut lists = Self {
            people: people.to_vec(),
            applications: repo!(conn, narrow::applications(credential, range))?.into(),
            unusual: repo!(conn, narrow::unusual(range))?,
            with_extras: repo!(conn, narrow::with_extras(range))?,
            holders: repo!(conn, narrow::holders(credential, range))?,
            ..Self::default()
        };
        lists.holders.sort_unstable();
        if needs.beside {
            lists.steps = repo!(conn, narrow::steps(range))?.into();
            lists.births = repo!(conn, narrow::births(range))?.into();
        }
        lists.read_hours(conn, people, needs)?;
        if needs.exams {
            lists.exams = repo!(conn, narrow::exams(range))?.into();
        }
        if needs.statements {
            lists.attestations = repo!(conn, facts::range_attestations(range))?.into();
        }
        Ok(lists)
    }

    /// Reads the hours of these of the people, who are in order.
    pub(super) fn read_hours(&mut self, conn: &mut Conn<'_>, whose: &[Id], needs: Needs) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (whose.first(), whose.last()) else { return Ok(()) };
        if needs.learning {
            // Few are passed over: their rows cost less than to be looked for one person after the other.
            let most = whose.len() * 8 >= self.people.len() * 7;
            let whose = if most { Whose::Between(*first, *last) } else { Whose::Each(whose) };
            self.read_completions(conn, whose, needs.sources)?;
            self.topics = repo!(conn, narrow::topics(whose))?.into();
        }
        if needs.service {
            self.service = repo!(conn, facts::range_service_entries((*first, *last)))?.into();
            self.said = repo!(conn, facts::range_service_attestations((*first, *last)))?.into();
        }
        Ok(())
    }

    /// Each column costs: where completions come from is only read where it is asked.
    fn read_completions(&mut self, conn: &mut Conn<'_>, whose: Whose<'_>, sources: bool) -> Result<(), StoreError> {
        let completions = if sources {
            let both = repo!(conn, narrow::completions_and_sources(whose))?;
            let (completions, sources) = both.into_iter().unzip();
            self.sources = sources;
            completions
        } else {
            repo!(conn, narrow::completions(whose))?
        };
        self.completions = Listed::from(completions);
        Ok(())
    }

    /// Those who applied or hold the credential, in order, with what they would ask for.
    pub(in crate::services) fn concerned(&self) -> Vec<(Id, Purpose)> {
        let purpose = |id: &Id| {
            let held = self.holders.binary_search(id).is_ok();
            Purpose::asked_of(held, !self.applications.of(*id, |row| row.person_id).is_empty())
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
