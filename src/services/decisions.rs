//! The board decides: on an application as a whole, or on one requirement.
//!
//! A decision keeps the evaluation it rests on. Rules may clear a file; a refusal always takes a person and
//! owes reason, next step and how to appeal. An approval gives the award, its term and a reserved
//! certificate in the same transaction. Begin with [`decide`].

use chrono::NaiveDate;
use serde_json::json;

use super::acting::Acting;
use super::applications::{self, Application, ApplicationError};
use super::awards::{self, AwardError, Grant};
use super::boards::Board;
use super::certificates::{self, CertificateError, Office};
use super::credentials::{self, CredentialError};
use super::evaluations::{self, EvaluationError};
use crate::repo;
use crate::rules::{Purpose, Status};
use crate::storage::rows::decisions::DecisionRow;
use crate::storage::{Conn, Day, Id, StoreError};

/// What the board decides on an application.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Approved or refused.
    pub approved: bool,
    /// The day it counts from; none: today.
    pub on: Option<NaiveDate>,
    /// Why. A refusal needs it, and an approval of a file that the rules do not clear.
    pub reason: Option<String>,
    /// What the person can do now. A refusal needs it.
    pub next_step: Option<String>,
    /// How to appeal. A refusal needs it.
    pub appeal: Option<String>,
    /// Approve although the rules do not clear the file: the board's decision is its own.
    pub despite_rules: bool,
}

/// What a decision brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The decision.
    pub decision: Id,
    /// The evaluation it rests on.
    pub evaluation: Id,
    /// The award, if it was approved.
    pub award: Option<Id>,
    /// Its new term.
    pub term: Option<Id>,
    /// The certificate reserved for it; [`certificates::finish`] makes it.
    pub certificate: Option<Id>,
}

/// What the board decides about one requirement.
#[derive(Debug, Clone)]
pub struct RequirementVerdict {
    /// The requirement's id in the pack.
    pub requirement: String,
    /// `approved`, `refused`, `waived`, `extended` or `exempted`.
    pub outcome: Outcome,
    /// The day it counts from; none: today.
    pub on: Option<NaiveDate>,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
    /// For how many minutes.
    pub minutes: Option<u32>,
    /// Why.
    pub reason: String,
    /// What the person can do now. A refusal needs it.
    pub next_step: Option<String>,
    /// How to appeal. A refusal needs it.
    pub appeal: Option<String>,
}

/// The outcomes of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Yes.
    Approved,
    /// No.
    Refused,
    /// Not asked of this person.
    Waived,
    /// Longer time.
    Extended,
    /// Excepted by law or rule.
    Exempted,
}

impl Outcome {
    /// As stored and in JSON.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Waived => "waived",
            Self::Extended => "extended",
            Self::Exempted => "exempted",
        }
    }
}

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// Nobody decides about themselves.
    #[error("this is your own application; somebody else has to decide it")]
    Own,
    /// A text is missing.
    #[error("`{field}` is missing; {why}")]
    TextNeeded {
        /// Which.
        field: &'static str,
        /// Why it is needed.
        why: &'static str,
    },
    /// The rules do not clear the file.
    #[error("the rules do not clear this file: {0}; to approve it all the same, say `despite_rules` and why")]
    NotCleared(String),
    /// Not yet.
    #[error("{0} lies in the future")]
    InFuture(NaiveDate),
    /// The pack has no such requirement.
    #[error("`{0}` is not a requirement of this credential's rules")]
    NoRequirement(String),
    /// The application.
    #[error(transparent)]
    Application(#[from] ApplicationError),
    /// The credential.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The rules.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// The award.
    #[error(transparent)]
    Award(#[from] AwardError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides on an application.
///
/// # Errors
/// [`DecisionError`]; nothing is stored then.
pub fn decide(
    conn: &mut Conn<'_>,
    by: &Acting,
    office: &Office,
    application: &mut Application,
    verdict: &Verdict,
) -> Result<Decided, DecisionError> {
    let person = application.row.person_id;
    let on = day(by, &application.board, verdict.on)?;
    if by.actor == person {
        return Err(DecisionError::Own);
    }
    let purpose = Purpose::parse(&application.row.purpose).unwrap_or_default();
    let question = evaluations::question(on, purpose, application.row.stage.as_deref());
    let answered = evaluations::ask(conn, person, &application.credential, question)?;
    let cleared = matches!(answered.evaluation.status, Status::Met | Status::Waived);
    let reason = check_texts(verdict, cleared, &answered.evaluation)?;
    if verdict.approved {
        certificates::check_name(conn, person)?;
    }
    applications::close(conn, application)?;
    let evaluation = evaluations::keep(conn, by, person, application.credential.id, &answered)?;
    let outcome = if verdict.approved { Outcome::Approved } else { Outcome::Refused };
    let row = DecisionRow {
        person_id: person,
        id: by.fresh_id(),
        credential_id: application.credential.id,
        application_id: Some(application.row.id),
        evaluation_id: Some(evaluation),
        requirement: None,
        outcome: outcome.text().to_owned(),
        on_day: Day::from(on),
        until_day: None,
        minutes: None,
        reason,
        next_step: verdict.next_step.clone(),
        appeal: verdict.appeal.clone(),
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, decisions::insert(&row))?;
    log(conn, by, &row, cleared)?;
    let known = application.events.iter().any(|event| event.kind == "approved");
    if !(verdict.approved && known) {
        applications::record(conn, by, application, outcome.text(), on, None)?;
    }
    application.queued = false;
    let mut decided = Decided { decision: row.id, evaluation, award: None, term: None, certificate: None };
    if !verdict.approved {
        tell_refusal(conn, by, office, application, &row)?;
        return Ok(decided);
    }
    let grant = Grant {
        person,
        credential: &application.credential,
        board: &application.board,
        path: application.row.path.clone(),
        purpose,
        answered: &answered,
        decision: row.id,
        on,
    };
    let (award, term) = awards::grant(conn, by, &grant)?;
    let certificate = certificates::reserve(conn, by, office, &award, &term, None)?;
    decided.award = Some(award.id);
    decided.term = Some(term.id);
    decided.certificate = Some(certificate.id);
    Ok(decided)
}

fn day(by: &Acting, board: &Board, wished: Option<NaiveDate>) -> Result<NaiveDate, DecisionError> {
    let today = by.at.with_timezone(&board.zone).date_naive();
    match wished {
        Some(day) if day > today => Err(DecisionError::InFuture(day)),
        Some(day) => Ok(day),
        None => Ok(today),
    }
}

fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The texts a verdict owes; answers the reason.
fn check_texts(
    verdict: &Verdict,
    cleared: bool,
    evaluation: &crate::rules::Evaluation,
) -> Result<String, DecisionError> {
    let reason = given(verdict.reason.as_ref());
    if verdict.approved {
        if cleared {
            return Ok(reason.unwrap_or("every requirement is met").to_owned());
        }
        if !verdict.despite_rules {
            return Err(DecisionError::NotCleared(evaluations::in_one_line(evaluation)));
        }
        let why = "an approval that the rules do not clear says why";
        return reason.map(str::to_owned).ok_or(DecisionError::TextNeeded { field: "reason", why });
    }
    let why = "a refusal says why, what to do next and how to appeal";
    for (field, text) in [("reason", &verdict.reason), ("next_step", &verdict.next_step), ("appeal", &verdict.appeal)] {
        if given(text.as_ref()).is_none() {
            return Err(DecisionError::TextNeeded { field, why });
        }
    }
    Ok(reason.unwrap_or_default().to_owned())
}

fn log(conn: &mut Conn<'_>, by: &Acting, row: &DecisionRow, cleared: bool) -> Result<(), StoreError> {
    let detail = json!({
        "outcome": row.outcome, "on": row.on_day.date(), "requirement": row.requirement,
        "application": row.application_id, "evaluation": row.evaluation_id, "cleared_by_rules": cleared,
    });
    by.log(conn, "decision.record", format!("decision {}", row.id), Some(row.person_id), detail)
}

/// Decides on one requirement of a person, such as a portfolio that the board looks at.
///
/// # Errors
/// [`DecisionError`]; nothing is stored then.
pub fn decide_requirement(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Id,
    person: Id,
    credential: Id,
    verdict: &RequirementVerdict,
) -> Result<Id, DecisionError> {
    let credential = credentials::of_board(conn, board, credential)?;
    let board = super::boards::find(conn, board).map_err(CredentialError::from)?;
    if !super::casework::knows(conn, board.id, person)? {
        return Err(ApplicationError::NotFound.into());
    }
    if by.actor == person {
        return Err(DecisionError::Own);
    }
    let on = day(by, &board, verdict.on)?;
    if verdict.reason.trim().is_empty() {
        return Err(DecisionError::TextNeeded { field: "reason", why: "every decision says why" });
    }
    if verdict.outcome == Outcome::Refused {
        let why = "a refusal says why, what to do next and how to appeal";
        for (field, text) in [("next_step", &verdict.next_step), ("appeal", &verdict.appeal)] {
            if given(text.as_ref()).is_none() {
                return Err(DecisionError::TextNeeded { field, why });
            }
        }
    }
    let pack = credentials::pack(conn, credential.id)?;
    let known = pack.versions.iter().flat_map(|version| version.purposes.values());
    if !known.flat_map(|rules| &rules.rules).any(|rule| is_below(&verdict.requirement, &rule.id)) {
        return Err(DecisionError::NoRequirement(verdict.requirement.clone()));
    }
    let row = DecisionRow {
        person_id: person,
        id: by.fresh_id(),
        credential_id: credential.id,
        application_id: None,
        evaluation_id: None,
        requirement: Some(verdict.requirement.clone()),
        outcome: verdict.outcome.text().to_owned(),
        on_day: Day::from(on),
        until_day: verdict.until.map(Day::from),
        minutes: verdict.minutes.map(|minutes| i32::try_from(minutes).unwrap_or(i32::MAX)),
        reason: verdict.reason.clone(),
        next_step: verdict.next_step.clone(),
        appeal: verdict.appeal.clone(),
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, decisions::insert(&row))?;
    log(conn, by, &row, false)?;
    Ok(row.id)
}

/// Whether `id` is `rule` or one of its parts: `training.ethics` is below `training`.
fn is_below(id: &str, rule: &str) -> bool {
    id.strip_prefix(rule).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Every decision about a person under one board, oldest first.
///
/// # Errors
/// What the database met.
pub fn list(conn: &mut Conn<'_>, person: Id) -> Result<Vec<DecisionRow>, StoreError> {
    repo!(conn, decisions::of_person(person))
}

fn tell_refusal(
    conn: &mut Conn<'_>,
    by: &Acting,
    office: &Office,
    application: &Application,
    decision: &DecisionRow,
) -> Result<(), StoreError> {
    use crate::mail::{Appeal, NotApproved, Notice, Place};
    let notice = NotApproved {
        reference: application.row.id.to_string(),
        purpose: application.notice_purpose(),
        reason: decision.reason.clone(),
        next_step: decision.next_step.clone().unwrap_or_default(),
        appeal: Appeal { how: decision.appeal.clone().unwrap_or_default(), by: None },
        link: Place::Application.link_to(&office.public_url, &application.row.id.to_string()),
    };
    let notice = Notice::NotApproved(notice);
    super::notices::owe_from(conn, by, application.board.id, application.row.person_id, notice).map(drop)
}
