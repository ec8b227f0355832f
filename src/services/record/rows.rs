//! Everything the database holds of one person, and what it holds around them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::repo;
use crate::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use crate::storage::rows::approval::ApprovalRow;
use crate::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use crate::storage::rows::decisions::DecisionRow;
use crate::storage::rows::learning::{AttendanceRow, CompletionExtraRow, CompletionRow, CompletionTopicRow};
use crate::storage::rows::life::{
    AttestationRow, CarryOverRow, EmploymentRow, ExamAttemptRow, HoldRow, PersonEventRow,
};
use crate::storage::rows::people::{PersonDetailRow, PersonNameRow};
use crate::storage::rows::service::{ServiceAttestationRow, ServiceEntryRow, SupervisorEligibilityRow};
use crate::storage::{Conn, Id, StoreError};

/// One person's rows, each list in the order of its key.
#[derive(Debug, Default)]
pub struct Rows {
    /// Names.
    pub names: Vec<PersonNameRow>,
    /// Birth day.
    pub detail: Option<PersonDetailRow>,
    /// Completions.
    pub completions: Vec<CompletionRow>,
    /// Their topics.
    pub topics: Vec<CompletionTopicRow>,
    /// What few of them have.
    pub extras: Vec<CompletionExtraRow>,
    /// Who was at sessions, and how long.
    pub attendances: Vec<AttendanceRow>,
    /// Hours.
    pub service: Vec<ServiceEntryRow>,
    /// What supervisors said of them.
    pub service_attestations: Vec<ServiceAttestationRow>,
    /// Exams.
    pub exams: Vec<ExamAttemptRow>,
    /// Statements.
    pub attestations: Vec<AttestationRow>,
    /// Jobs.
    pub employment: Vec<EmploymentRow>,
    /// Events.
    pub events: Vec<PersonEventRow>,
    /// Holds.
    pub holds: Vec<HoldRow>,
    /// Carried minutes.
    pub carry_over: Vec<CarryOverRow>,
    /// Applications.
    pub applications: Vec<ApplicationRow>,
    /// What happened to them.
    pub application_events: Vec<ApplicationEventRow>,
    /// Decisions.
    pub decisions: Vec<DecisionRow>,
    /// Awards.
    pub awards: Vec<AwardRow>,
    /// Their terms.
    pub terms: Vec<TermRow>,
    /// Their status.
    pub statuses: Vec<StatusEventRow>,
}

impl Rows {
    /// Reads everything of one person.
    ///
    /// # Errors
    /// What the database met.
    pub fn read(conn: &mut Conn<'_>, person: Id) -> Result<Self, StoreError> {
        Ok(Self {
            names: repo!(conn, people::list_names(person))?,
            detail: repo!(conn, people::find_detail(person))?,
            completions: repo!(conn, facts::list_completions(person))?,
            topics: repo!(conn, facts::list_completion_topics(person))?,
            extras: repo!(conn, facts::list_completion_extras(person))?,
            attendances: repo!(conn, facts::list_attendances(person))?,
            service: repo!(conn, facts::list_service_entries(person))?,
            service_attestations: repo!(conn, facts::list_service_attestations(person))?,
            exams: repo!(conn, facts::list_exam_attempts(person))?,
            attestations: repo!(conn, facts::list_attestations(person))?,
            employment: repo!(conn, facts::list_employments(person))?,
            events: repo!(conn, facts::list_person_events(person))?,
            holds: repo!(conn, facts::list_holds(person))?,
            carry_over: repo!(conn, facts::list_carry_overs(person))?,
            applications: repo!(conn, applications::of_person(person))?,
            application_events: repo!(conn, applications::events_of_person(person))?,
            decisions: repo!(conn, decisions::of_person(person))?,
            awards: repo!(conn, awards::of_person(person))?,
            terms: repo!(conn, awards::terms_of_person(person))?,
            statuses: repo!(conn, awards::statuses_of_person(person))?,
        })
    }
}

/// Moves the rows of each person to theirs. Rows come person by person, in the order of the table's key.
macro_rules! hand_out {
    ($people:ident, $($field:ident: $rows:expr;)*) => { $(
        for row in $rows {
            if let Some(rows) = $people.get_mut(&row.person_id) {
                rows.$field.push(row);
            }
        }
    )* };
}

impl Rows {
    /// Reads everything of these people, whose keys are in order and without gaps between.
    ///
    /// # Errors
    /// What the database met.
    pub fn read_range(conn: &mut Conn<'_>, people: &[Id]) -> Result<BTreeMap<Id, Self>, StoreError> {
        let (Some(first), Some(last)) = (people.first().copied(), people.last().copied()) else {
            return Ok(BTreeMap::new());
        };
        let range = (first, last);
        let mut all = Self::read_beside(conn, people)?;
        hand_out! { all,
            names: repo!(conn, ranges::names(range))?;
            completions: repo!(conn, facts::range_completions(range))?;
            topics: repo!(conn, facts::range_completion_topics(range))?;
            extras: repo!(conn, facts::range_completion_extras(range))?;
            attendances: repo!(conn, facts::range_attendances(range))?;
            service: repo!(conn, facts::range_service_entries(range))?;
            service_attestations: repo!(conn, facts::range_service_attestations(range))?;
        }
        Ok(all)
    }

    /// Reads what is known of these people beside their learning, their hours and their names.
    ///
    /// # Errors
    /// What the database met.
    pub fn read_beside(conn: &mut Conn<'_>, people: &[Id]) -> Result<BTreeMap<Id, Self>, StoreError> {
        let (Some(first), Some(last)) = (people.first().copied(), people.last().copied()) else {
            return Ok(BTreeMap::new());
        };
        let range = (first, last);
        let mut all: BTreeMap<Id, Self> = people.iter().map(|id| (*id, Self::default())).collect();
        hand_out! { all,
            exams: repo!(conn, facts::range_exam_attempts(range))?;
            attestations: repo!(conn, facts::range_attestations(range))?;
            employment: repo!(conn, facts::range_employments(range))?;
            events: repo!(conn, facts::range_person_events(range))?;
            holds: repo!(conn, facts::range_holds(range))?;
            carry_over: repo!(conn, facts::range_carry_overs(range))?;
            applications: repo!(conn, ranges::applications(range))?;
            application_events: repo!(conn, ranges::application_events(range))?;
            decisions: repo!(conn, ranges::decisions(range))?;
            awards: repo!(conn, ranges::awards(range))?;
            terms: repo!(conn, ranges::terms(range))?;
            statuses: repo!(conn, ranges::statuses(range))?;
        }
        for row in repo!(conn, ranges::details(range))? {
            if let Some(rows) = all.get_mut(&row.person_id) {
                rows.detail = Some(row);
            }
        }
        Ok(all)
    }
}

/// A credential as the record names it.
#[derive(Debug, Clone)]
pub struct CredentialNames {
    /// Its id outside, such as `us-ne-cpss`.
    pub slug: String,
    /// The region of its board.
    pub region: String,
}

/// What is known around a person: names of credentials, courses and programs, approvals, and which
/// supervisors a board holds eligible.
#[derive(Debug, Default)]
pub struct Known {
    /// Credentials by key.
    pub credentials: BTreeMap<Id, CredentialNames>,
    /// Codes of courses.
    pub courses: BTreeMap<Id, String>,
    /// Slugs of organizations.
    pub organizations: BTreeMap<Id, String>,
    /// Regions of boards.
    pub regions: BTreeMap<Id, String>,
    /// Approvals of the courses and programs at hand, latest revisions.
    pub approvals: Vec<ApprovalRow>,
    /// The board that is asked, and the eligibility of each supervisor named in the record.
    pub eligibility: Option<BTreeMap<Id, Vec<SupervisorEligibilityRow>>>,
}

impl Known {
    /// Reads what the rows point at.
    ///
    /// # Errors
    /// What the database met.
    pub fn read(conn: &mut Conn<'_>, rows: &Rows, board: Option<Id>) -> Result<Self, StoreError> {
        Self::read_for(conn, &[rows], board)
    }

    /// Reads what the rows of many people point at.
    ///
    /// # Errors
    /// What the database met.
    pub fn read_for(conn: &mut Conn<'_>, all: &[&Rows], board: Option<Id>) -> Result<Self, StoreError> {
        let completions = || all.iter().flat_map(|rows| &rows.completions);
        let courses = completions().filter_map(|row| row.course_id).collect();
        let programs = completions().filter_map(|row| row.program_id).collect();
        let supervisors: BTreeSet<Id> =
            all.iter().flat_map(|rows| &rows.service).filter_map(|row| row.supervisor_id).collect();
        let mut known = Self::of_credentials(conn)?;
        known.add_sources(conn, courses, programs)?;
        if let Some(board) = board {
            known.add_supervisors(conn, supervisors, board)?;
        }
        Ok(known)
    }

    /// Reads the names of credentials, and nothing else.
    ///
    /// # Errors
    /// What the database met.
    pub fn of_credentials(conn: &mut Conn<'_>) -> Result<Self, StoreError> {
        let mut known = Self::default();
        for row in repo!(conn, boards::credentials())? {
            known.credentials.insert(row.id, CredentialNames { slug: row.slug, region: row.region });
        }
        Ok(known)
    }

    /// Reads courses and programs with their approvals, in place of those known so far.
    ///
    /// # Errors
    /// What the database met.
    pub fn add_sources(
        &mut self,
        conn: &mut Conn<'_>,
        courses: BTreeSet<Id>,
        mut programs: BTreeSet<Id>,
    ) -> Result<(), StoreError> {
        let known = self;
        let courses: Vec<Id> = courses.into_iter().collect();
        for (id, organization, code) in repo!(conn, courses::codes(&courses))? {
            known.courses.insert(id, code);
            programs.insert(organization);
        }
        let programs: Vec<Id> = programs.into_iter().collect();
        let approvals = repo!(conn, facts::list_approvals(&courses, &programs))?;
        let boards: BTreeSet<Id> = approvals.iter().map(|row| row.board_id).chain(programs).collect();
        let boards: Vec<Id> = boards.into_iter().collect();
        for (id, slug, region) in repo!(conn, courses::organization_names(&boards))? {
            known.organizations.insert(id, slug);
            known.regions.extend(region.map(|region| (id, region)));
        }
        known.approvals = super::latest(&approvals, |row| row.id).cloned().collect();
        Ok(())
    }

    /// Adds the periods in which `board` holds each of these supervisors eligible.
    ///
    /// # Errors
    /// What the database met.
    pub fn add_supervisors(
        &mut self,
        conn: &mut Conn<'_>,
        supervisors: BTreeSet<Id>,
        board: Id,
    ) -> Result<(), StoreError> {
        let known = self.eligibility.get_or_insert_with(BTreeMap::new);
        for supervisor in supervisors {
            if let Entry::Vacant(place) = known.entry(supervisor) {
                let all = repo!(conn, facts::list_supervisor_eligibilities(supervisor))?;
                place.insert(super::latest(&all, |row| row.id).filter(|row| row.board_id == board).cloned().collect());
            }
        }
        Ok(())
    }
}
