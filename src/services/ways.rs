//! One person's way to a credential, as the rules see it today: for the person themselves.
//!
//! Reads only. Which question is asked follows from what the person holds: a first certificate, the next
//! stage, a renewal, or the way back. Begin with [`of`] and [`of_person`].

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::awards::bases;
use super::evaluations::{self, Answered, EvaluationError};
use super::standing::{self, PublicStatus};
use super::{credentials, record};
use crate::repo;
use crate::rules::{Pack, Purpose, Question};
use crate::storage::rows::applications::ApplicationRow;
use crate::storage::rows::awards::AwardRow;
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Day, Id, StoreError};

/// How a person's certificate stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What the public is told.
    pub status: PublicStatus,
    /// Last day of the term that runs, else of the latest one; none: it does not end.
    pub through: Option<NaiveDate>,
    stage: Option<String>,
    grace_through: Option<NaiveDate>,
}

/// One person's way to one credential.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The credential.
    pub credential: CredentialRow,
    /// What the rules say.
    pub answered: Answered,
    /// The certificate, if there is one.
    pub held: Option<Held>,
    /// Titles and names by the ids that the record uses.
    pub names: BTreeMap<String, String>,
}

/// The credentials a person may look at.
#[derive(Debug, Clone)]
pub struct Ways {
    /// What they hold or have applied for, oldest first; for who has neither, all there are.
    pub ways: Vec<CredentialRow>,
    /// They hold or have applied for something.
    pub is_under_way: bool,
}

/// Which credentials a person may look at.
///
/// # Errors
/// What the database met.
pub fn of(conn: &mut Conn<'_>, person: Id) -> Result<Ways, StoreError> {
    let held = repo!(conn, awards::of_person(person))?.into_iter().map(|row| row.credential_id);
    let wished = repo!(conn, applications::of_person(person))?.into_iter().map(|row| row.credential_id);
    let own: Vec<Id> = held.chain(wished).collect();
    let mut ways = credentials::list(conn)?;
    let is_under_way = !own.is_empty();
    if is_under_way {
        ways.retain(|row| own.contains(&row.id));
        ways.sort_by_key(|row| own.iter().position(|id| *id == row.id));
    }
    Ok(Ways { ways, is_under_way })
}

/// What to call a person: the name in use, else the legal one.
///
/// # Errors
/// What the database met.
pub fn name_of(conn: &mut Conn<'_>, person: Id) -> Result<Option<String>, StoreError> {
    let rows = repo!(conn, people::list_names(person))?;
    let current: Vec<_> = record::latest(&rows, |row| row.id).filter(|row| row.through_day.is_none()).collect();
    let of_kind = |kind: &str| current.iter().rev().find(|row| row.kind == kind).map(|row| row.name.clone());
    Ok(of_kind("used").or_else(|| of_kind("legal")))
}

/// What the rules say today about one person and one credential.
///
/// # Errors
/// [`EvaluationError`].
pub fn of_person(
    conn: &mut Conn<'_>,
    person: Id,
    credential: CredentialRow,
    now: DateTime<Utc>,
) -> Result<Progress, EvaluationError> {
    let (_, board) = credentials::find(conn, credential.id)?;
    let today = now.with_timezone(&board.zone).date_naive();
    let pack = credentials::pack(conn, credential.id)?;
    let award = repo!(conn, awards::of_person(person))?.into_iter().rfind(|row| row.credential_id == credential.id);
    let held = award.map(|award| held(conn, &award, today)).transpose()?;
    let applications = repo!(conn, applications::of_person(person))?;
    let latest = applications.iter().rfind(|row| row.credential_id == credential.id);
    let purpose = purpose_of(&pack, held.as_ref(), latest, today);
    let answered = evaluations::ask(conn, person, &credential, Question { as_of: today, purpose, stage: None })?;
    let mut names: BTreeMap<_, _> = repo!(conn, courses::titles_of_person(person))?.into_iter().collect();
    names.extend(repo!(conn, courses::programs_of_person(person))?);
    Ok(Progress { credential, answered, held, names })
}

fn held(conn: &mut Conn<'_>, award: &AwardRow, today: NaiveDate) -> Result<Held, StoreError> {
    let terms = repo!(conn, awards::terms(award.person_id, award.id))?;
    let events = repo!(conn, awards::statuses(award.person_id, award.id))?;
    let term = standing::term_on(&terms, today);
    let own = standing::public(standing::on(&events, today, None), term.is_some());
    let status =
        standing::with_bases(own, &bases::of(conn, (award.person_id, award.credential_id), &terms)?, today, None);
    let shown = term.or_else(|| terms.last());
    Ok(Held {
        status,
        through: shown.and_then(|term| term.through_day).map(Day::date),
        stage: shown.map(|term| term.stage.clone()),
        grace_through: shown.and_then(|term| term.grace_day).map(Day::date),
    })
}

/// What the person will want next: what they applied for before they held anything, then the next stage, then
/// to renew, and after the term and its grace the way back.
fn purpose_of(pack: &Pack, held: Option<&Held>, wish: Option<&ApplicationRow>, today: NaiveDate) -> Purpose {
    let Some(held) = held else {
        return wish.and_then(|row| Purpose::parse(&row.purpose)).unwrap_or_default();
    };
    let version = pack.in_force_on(today).or_else(|| pack.versions.last());
    let last_stage = version.and_then(|version| version.stages.last()).map(|stage| stage.id.as_str());
    let in_grace = held.grace_through.is_some_and(|day| today <= day);
    match held.status {
        PublicStatus::Active | PublicStatus::OnHold if held.stage.as_deref() != last_stage => Purpose::Initial,
        PublicStatus::Active | PublicStatus::OnHold => Purpose::Renewal,
        PublicStatus::NotActive if in_grace => Purpose::Renewal,
        PublicStatus::NotActive | PublicStatus::Withdrawn => {
            let offered = version.and_then(|version| version.purposes.get(&Purpose::Reinstatement));
            if offered.is_some_and(|rules| rules.offered) { Purpose::Reinstatement } else { Purpose::Renewal }
        }
    }
}
