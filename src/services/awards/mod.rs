//! Awards and their terms: given by decisions, never by a scan.
//!
//! The rules compute a term's end in the board's time zone; how they found it is stored beside it. Renewal
//! adds a term, earlier ones stay. Begin with [`grant`]; [`change`] has suspension and the like.

pub mod bases;
mod carry;
pub mod change;
mod history;

use chrono::NaiveDate;
use serde_json::json;

use super::acting::Acting;
use super::boards::Board;
use super::credentials::{self, CredentialError};
use super::evaluations::Answered;
use super::lists::{Page, Wanted};
use super::standing;
use crate::repo;
use crate::rules::evaluation::TermAnswer;
use crate::rules::{Purpose, term_if_granted};
use crate::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Day, Id, StoreError};

pub use history::{History, history};

/// What an approved application gives.
#[derive(Debug)]
pub struct Grant<'a> {
    /// To whom.
    pub person: Id,
    /// What.
    pub credential: &'a CredentialRow,
    /// By whom.
    pub board: &'a Board,
    /// The entry path.
    pub path: Option<String>,
    /// What was applied for.
    pub purpose: Purpose,
    /// The rules' answer: version, stage and term.
    pub answered: &'a Answered,
    /// The decision it rests on.
    pub decision: Id,
    /// The day it is given.
    pub on: NaiveDate,
}

/// Why an award was not given or changed.
#[derive(Debug, thiserror::Error)]
pub enum AwardError {
    /// There is no such award, or it is another board's.
    #[error("there is no such certificate")]
    NotFound,
    /// The rules gave no term.
    #[error("the rules of version `{0}` give no term for this; check the version's stage and `term`")]
    NoTerm(String),
    /// The same term is there.
    #[error("a term from {from} for the stage `{stage}` is there already")]
    TermHeld {
        /// Its first day.
        from: NaiveDate,
        /// Its stage.
        stage: String,
    },
    /// There is nothing to renew.
    #[error("there is no certificate of this kind to renew")]
    NothingHeld,
    /// The board took it back.
    #[error("the certificate is `{0}`; it can come back by reinstatement only")]
    TakenBack(String),
    /// The change does not fit what is.
    #[error("{0}")]
    NoChange(&'static str),
    /// A text is missing.
    #[error("`{field}` is missing; {why}")]
    TextNeeded {
        /// Which.
        field: &'static str,
        /// Why it is needed.
        why: &'static str,
    },
    /// Days in the wrong order, or before the award.
    #[error("the days do not fit: {0}")]
    Days(&'static str),
    /// Nobody acts on their own award.
    #[error("this is your own certificate; somebody else has to do this")]
    Own,
    /// The credential.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the award, or the next term or stage of the one held.
///
/// # Errors
/// [`AwardError`]; nothing is stored then.
pub fn grant(conn: &mut Conn<'_>, by: &Acting, grant: &Grant<'_>) -> Result<(AwardRow, TermRow), AwardError> {
    let evaluation = &grant.answered.evaluation;
    // A board may approve what the rules give no term for, such as a renewal filed too late.
    let Answered { record, question, .. } = grant.answered;
    let approved = || term_if_granted(grant.answered.version()?, record, question);
    let term = evaluation.term.clone().or_else(approved);
    let term = term.as_ref().ok_or_else(|| AwardError::NoTerm(evaluation.version.clone()))?;
    let held = held(conn, grant.person, grant.credential.id)?;
    let award = match (grant.purpose, held) {
        (_, Some(award)) => award,
        (Purpose::Renewal | Purpose::Reinstatement, None) => return Err(AwardError::NothingHeld),
        (Purpose::Initial | Purpose::Reciprocity, None) => open(conn, by, grant)?,
    };
    let terms = repo!(conn, awards::terms(grant.person, award.id))?;
    let from = Day::from(term.from);
    if terms.iter().any(|known| known.from_day == from && known.stage == evaluation.stage) {
        return Err(AwardError::TermHeld { from: term.from, stage: evaluation.stage.clone() });
    }
    let first_of_stage = !terms.iter().any(|known| known.stage == evaluation.stage);
    let row = term_row(by, grant, award.id, term, if first_of_stage { "first" } else { "renewal" });
    repo!(conn, awards::insert_term(&row))?;
    let detail = json!({ "term": row.id, "stage": row.stage, "from": term.from, "through": term.through,
        "version": row.version, "decision": grant.decision });
    by.log(conn, "award.term", format!("award {}", award.id), Some(grant.person), detail)?;
    carry::carry(conn, by, grant)?;
    set_active(conn, by, grant, award.id, term.from, terms.is_empty())?;
    Ok((award, row))
}

/// The award of this credential that a person holds or held last.
fn held(conn: &mut Conn<'_>, person: Id, credential: Id) -> Result<Option<AwardRow>, StoreError> {
    Ok(repo!(conn, awards::of_person(person))?.into_iter().rfind(|award| award.credential_id == credential))
}

fn open(conn: &mut Conn<'_>, by: &Acting, grant: &Grant<'_>) -> Result<AwardRow, StoreError> {
    let row = AwardRow {
        person_id: grant.person,
        id: by.fresh_id(),
        credential_id: grant.credential.id,
        path: grant.path.clone(),
        issued_day: Day::from(grant.on),
        decision_id: Some(grant.decision),
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, awards::insert(&row))?;
    let detail = json!({ "credential": grant.credential.id, "on": grant.on, "decision": grant.decision });
    by.log(conn, "award.grant", format!("award {}", row.id), Some(grant.person), detail)?;
    Ok(row)
}

fn term_row(by: &Acting, grant: &Grant<'_>, award: Id, term: &TermAnswer, kind: &str) -> TermRow {
    TermRow {
        person_id: grant.person,
        award_id: award,
        id: by.fresh_id(),
        stage: grant.answered.evaluation.stage.clone(),
        kind: kind.to_owned(),
        from_day: Day::from(term.from),
        through_day: term.through.map(Day::from),
        version: grant.answered.evaluation.version.clone(),
        computed: format!("{}; days of {}", term.rule, grant.board.zone.name()),
        opens_day: term.opens_on.map(Day::from),
        due_day: term.due_on.map(Day::from),
        late_day: term.late_from.map(Day::from),
        grace_day: term.grace_through.map(Day::from),
        decision_id: Some(grant.decision),
        recorded_at: by.moment(),
        recorded_by: by.actor,
    }
}

/// Makes the status active from the term's first day, unless it is already.
fn set_active(
    conn: &mut Conn<'_>,
    by: &Acting,
    grant: &Grant<'_>,
    award: Id,
    from: NaiveDate,
    first: bool,
) -> Result<(), AwardError> {
    let events = repo!(conn, awards::statuses(grant.person, award))?;
    let now = standing::on(&events, from, None);
    let discipline = now.map_or("none", |event| event.discipline.as_str());
    let back = grant.purpose == Purpose::Reinstatement;
    if matches!(discipline, "revoked" | "surrendered") && !back {
        return Err(AwardError::TakenBack(discipline.to_owned()));
    }
    let discipline = if back { "none" } else { discipline };
    let active = now.is_some_and(|event| event.standing == "active" && event.discipline == discipline);
    if active {
        return Ok(());
    }
    let reason = match (first, back) {
        (true, _) => "issued",
        (false, true) => "reinstated",
        (false, false) => "renewed",
    };
    let row = StatusEventRow {
        person_id: grant.person,
        award_id: award,
        id: by.fresh_id(),
        standing: "active".to_owned(),
        discipline: discipline.to_owned(),
        flags: String::new(),
        from_day: Day::from(from),
        through_day: None,
        reason: reason.to_owned(),
        authority: Some(grant.board.name.clone()),
        decision_id: Some(grant.decision),
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, awards::insert_status(&row))?;
    let detail = json!({ "standing": "active", "discipline": discipline, "from": from, "reason": reason });
    by.log(conn, "award.status", format!("award {award}"), Some(grant.person), detail)?;
    Ok(())
}

/// One person's award with its credential, if it is this board's.
///
/// # Errors
/// [`AwardError::NotFound`] also for another board's.
pub fn of_board(
    conn: &mut Conn<'_>,
    board: Id,
    person: Id,
    award: Id,
) -> Result<(AwardRow, CredentialRow), AwardError> {
    let row = repo!(conn, awards::find(person, award))?.ok_or(AwardError::NotFound)?;
    match credentials::of_board(conn, board, row.credential_id) {
        Ok(credential) => Ok((row, credential)),
        Err(CredentialError::NotFound) => Err(AwardError::NotFound),
        Err(other) => Err(other.into()),
    }
}

/// An award of a person as pages and the API show it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The award.
    pub award: AwardRow,
    /// What it is.
    pub credential: CredentialRow,
    /// Who gave it.
    pub board: Board,
    /// Its terms, earliest first.
    pub terms: Vec<TermRow>,
    /// Its status events as recorded.
    pub events: Vec<StatusEventRow>,
    /// What is held of the credentials with which it rests.
    pub bases: Vec<standing::Base>,
}

/// A person's awards, oldest first.
///
/// # Errors
/// What the database met.
pub fn of_person(conn: &mut Conn<'_>, person: Id) -> Result<Vec<Held>, AwardError> {
    let rows = repo!(conn, awards::of_person(person))?;
    rows.into_iter().map(|award| held_as(conn, award)).collect()
}

/// A page of a person's awards, oldest first.
///
/// # Errors
/// What the database met.
pub fn page(conn: &mut Conn<'_>, person: Id, wanted: &Wanted<(Day, Id)>) -> Result<Page<Held>, AwardError> {
    let rows = repo!(conn, awards::of_person_after(person, wanted.after(), wanted.rows()))?;
    wanted.page(rows, |row| (row.issued_day, row.id)).try_map(|award| held_as(conn, award))
}

/// A page of what a person holds and held of a board, oldest first.
///
/// # Errors
/// What the database met.
pub fn page_by_board(
    conn: &mut Conn<'_>,
    board: Id,
    person: Id,
    wanted: &Wanted<(Day, Id)>,
) -> Result<Page<Held>, AwardError> {
    let rows = repo!(conn, awards::of_person_by_board_after((board, person), wanted.after(), wanted.rows()))?;
    wanted.page(rows, |row| (row.issued_day, row.id)).try_map(|award| held_as(conn, award))
}

fn held_as(conn: &mut Conn<'_>, award: AwardRow) -> Result<Held, AwardError> {
    let (credential, board) = credentials::find(conn, award.credential_id)?;
    let terms = repo!(conn, awards::terms(award.person_id, award.id))?;
    let events = repo!(conn, awards::statuses(award.person_id, award.id))?;
    let bases = bases::of(conn, (award.person_id, award.credential_id), &terms)?;
    Ok(Held { award, credential, board, terms, events, bases })
}

/// Whether a person holds or held anything of this board.
///
/// # Errors
/// What the database met.
pub fn holds_of(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<bool, AwardError> {
    for award in repo!(conn, awards::of_person(person))? {
        match credentials::of_board(conn, board, award.credential_id) {
            Ok(_) => return Ok(true),
            Err(CredentialError::NotFound) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(false)
}
