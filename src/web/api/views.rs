//! Applications, awards, terms and certificates as the API shows them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::services::applications::Application;
use crate::services::awards::Held;
use crate::services::standing::{self, PublicStatus};
use crate::storage::Day;
use crate::storage::rows::awards::{StatusEventRow, TermRow};
use crate::storage::rows::certificates::CertificateRow;

/// An application.
#[derive(Serialize, ToSchema)]
pub struct ApplicationView {
    /// Key.
    pub id: String,
    /// Whose.
    pub person: String,
    /// The credential's id.
    pub credential: String,
    /// Its title.
    pub title: String,
    /// `initial`, `renewal`, `reinstatement` or `reciprocity`.
    pub purpose: String,
    /// The stage asked for.
    pub stage: Option<String>,
    /// The version of the rules that holds for it.
    pub version: Option<String>,
    /// `received`, `complete`, `more_needed`, `approved`, `refused` or `withdrawn`.
    pub state: String,
    /// Whether it is still to be decided.
    pub open: bool,
    /// The day it was received.
    pub received_on: NaiveDate,
    /// What happened to it, in order.
    pub events: Vec<ApplicationEventView>,
}

/// Something that happened to an application.
#[derive(Serialize, ToSchema)]
pub struct ApplicationEventView {
    /// What.
    pub kind: String,
    /// The day it counts from.
    pub on: NaiveDate,
    /// A sentence for the person.
    pub note: Option<String>,
}

impl From<Application> for ApplicationView {
    fn from(application: Application) -> Self {
        let (state, open) = (application.state().to_owned(), application.is_open());
        let event = |event: crate::storage::rows::applications::ApplicationEventRow| ApplicationEventView {
            kind: event.kind,
            on: event.on_day.date(),
            note: event.note,
        };
        Self {
            id: application.row.id.to_string(),
            person: application.row.person_id.to_string(),
            credential: application.row.credential_id.to_string(),
            title: application.credential.title,
            purpose: application.row.purpose,
            stage: application.row.stage,
            version: application.row.version,
            state,
            open,
            received_on: application.row.received_day.date(),
            events: application.events.into_iter().map(event).collect(),
        }
    }
}

/// A term.
#[derive(Serialize, ToSchema)]
pub struct TermView {
    /// Key.
    pub id: String,
    /// The stage held.
    pub stage: String,
    /// `first`, `renewal` or `extension`.
    pub kind: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day; null: it does not end.
    pub through: Option<NaiveDate>,
    /// The version of the rules that ruled it.
    pub version: String,
    /// How its end was found.
    pub computed: String,
    /// First day on which renewal may be filed.
    pub opens_on: Option<NaiveDate>,
    /// Day by which renewal is due.
    pub due_on: Option<NaiveDate>,
    /// Last day of grace.
    pub grace_through: Option<NaiveDate>,
}

impl From<TermRow> for TermView {
    fn from(row: TermRow) -> Self {
        Self {
            id: row.id.to_string(),
            stage: row.stage,
            kind: row.kind,
            from: row.from_day.date(),
            through: row.through_day.map(Day::date),
            version: row.version,
            computed: row.computed,
            opens_on: row.opens_day.map(Day::date),
            due_on: row.due_day.map(Day::date),
            grace_through: row.grace_day.map(Day::date),
        }
    }
}

/// A change of status.
#[derive(Serialize, ToSchema)]
pub struct StatusEventView {
    /// Key.
    pub id: String,
    /// Where the person stands.
    pub standing: String,
    /// Whether the board has acted against it.
    pub discipline: String,
    /// Further words.
    pub flags: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day; null: until something else.
    pub through: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// By what authority.
    pub authority: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl From<StatusEventRow> for StatusEventView {
    fn from(row: StatusEventRow) -> Self {
        Self {
            id: row.id.to_string(),
            standing: row.standing,
            discipline: row.discipline,
            flags: row.flags.split_whitespace().map(str::to_owned).collect(),
            from: row.from_day.date(),
            through: row.through_day.map(Day::date),
            reason: row.reason,
            authority: row.authority,
            recorded_at: row.recorded_at.utc(),
        }
    }
}

/// An award.
#[derive(Serialize, ToSchema)]
pub struct AwardView {
    /// Key.
    pub id: String,
    /// The credential's id.
    pub credential: String,
    /// Its title.
    pub title: String,
    /// Who gave it.
    pub board: String,
    /// The day it was first issued.
    pub issued_on: NaiveDate,
    /// What the public is told today.
    pub status: PublicStatus,
    /// Its terms, earliest first.
    pub terms: Vec<TermView>,
}

impl AwardView {
    /// As it stands at `now` where the board is.
    #[must_use]
    pub fn of(held: Held, now: DateTime<Utc>) -> Self {
        let today = now.with_timezone(&held.board.zone).date_naive();
        let in_term = standing::term_on(&held.terms, today).is_some();
        let own = standing::public(standing::on(&held.events, today, None), in_term);
        Self {
            id: held.award.id.to_string(),
            credential: held.credential.id.to_string(),
            title: held.credential.title,
            board: held.board.name,
            issued_on: held.award.issued_day.date(),
            status: standing::with_bases(own, &held.bases, today, None),
            terms: held.terms.into_iter().map(TermView::from).collect(),
        }
    }
}

/// A certificate that was given out, for its holder and its board.
#[derive(Serialize, ToSchema)]
pub struct CertificateView {
    /// Key.
    pub id: String,
    /// The award.
    pub award: String,
    /// The term.
    pub term: String,
    /// `reserved` or `issued`.
    pub state: String,
    /// As printed.
    pub name: String,
    /// As printed.
    pub number: String,
    /// Where anyone verifies it.
    pub verify_url: String,
    /// The document.
    pub document_url: String,
    /// SHA-256 of the document, in hex.
    pub document_sha256: Option<String>,
    /// When it was given out.
    pub issued_at: Option<DateTime<Utc>>,
    /// The certificate whose place it took.
    pub replaces: Option<String>,
}

impl CertificateView {
    /// With its addresses below `public_url`.
    #[must_use]
    pub fn of(row: CertificateRow, public_url: &str) -> Self {
        Self {
            id: row.id.to_string(),
            award: row.award_id.to_string(),
            term: row.term_id.to_string(),
            state: row.state,
            name: row.name,
            number: row.number,
            verify_url: format!("{public_url}/verify/{}", row.code),
            document_url: format!("{public_url}/credentials/{}.pdf", row.code),
            document_sha256: row.sha256,
            issued_at: row.issued_at.map(crate::storage::Moment::utc),
            replaces: row.replaces.map(|id| id.to_string()),
        }
    }
}
