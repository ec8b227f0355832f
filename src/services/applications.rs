//! Applications: a person applies, the board says what happened, the person may withdraw.
//!
//! The version is pinned when an event happens that the rules name (`applies_by`). What a board still has to
//! decide lies in its queue; taking an application out of it is what makes a decision happen once.
//! Begin with [`apply`]; the decision itself is in [`super::decisions`].

use chrono::NaiveDate;
use serde_json::json;

use super::acting::Acting;
use super::boards::Board;
use super::credentials::{self, CredentialError};
use super::lists::{Page, Wanted};
use super::notices;
use crate::mail::{ApplicationReceived, MoreNeeded, Notice, Place};
use crate::repo;
use crate::rules::pack::phrase::Anchor;
use crate::rules::{Pack, Purpose};
use crate::storage::rows::applications::{ApplicationEventRow, ApplicationRow, OpenRow, QueueRow};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::{Conn, Day, Id, StoreError};

/// What somebody applies for.
#[derive(Debug, Clone)]
pub struct ApplicationWish {
    /// The credential.
    pub credential: Id,
    /// What for.
    pub purpose: Purpose,
    /// The stage, where there are several; none: the first not yet held.
    pub stage: Option<String>,
    /// The entry path.
    pub path: Option<String>,
    /// A named group with rules of its own.
    pub cohort: Option<String>,
    /// The day it was received, for papers that came earlier; none: today.
    pub received_on: Option<NaiveDate>,
}

/// An application with what happened to it, its credential and its board.
#[derive(Debug, Clone)]
pub struct Application {
    /// The application.
    pub row: ApplicationRow,
    /// What happened to it, in order.
    pub events: Vec<ApplicationEventRow>,
    /// What it is for.
    pub credential: CredentialRow,
    /// Who decides.
    pub board: Board,
    /// Whether it waits in the board's queue.
    pub queued: bool,
    /// Whether it waits there for the person rather than the board.
    pub waits_for_person: bool,
}

impl Application {
    /// `received`, `complete`, `more_needed`, `approved`, `refused` or `withdrawn`.
    #[must_use]
    pub fn state(&self) -> &str {
        let ended = |kind: &str| matches!(kind, "approved" | "refused" | "withdrawn");
        let kinds = || self.events.iter().rev().map(|event| event.kind.as_str());
        // An approval may come long before the certificate, with other events between them.
        let end = if self.queued { None } else { kinds().find(|kind| ended(kind)) };
        end.or_else(|| kinds().next()).unwrap_or("received")
    }

    /// What it asks for, as letters say it.
    #[must_use]
    pub fn notice_purpose(&self) -> crate::mail::Purpose {
        use crate::mail::Purpose as Told;
        match self.row.purpose.as_str() {
            "renewal" | "reinstatement" => Told::Renewal,
            _ => Told::First,
        }
    }

    /// Its page.
    fn link(&self, public_url: &str) -> String {
        Place::Application.link_to(public_url, &self.row.id.to_string())
    }

    /// Whether it is still to be decided.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.queued
    }
}

/// What a board may record about an application short of deciding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Everything that has to be handed in is there.
    Complete,
    /// Something is missing; the note says what.
    MoreNeeded,
    /// It is approved and the person may go on, such as to the exam; the certificate comes later.
    Approved,
}

impl Happened {
    const fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::MoreNeeded => "more_needed",
            Self::Approved => "approved",
        }
    }
}

/// Why an application could not be made or moved on.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// There is no such application, or it is not yours.
    #[error("there is no such application")]
    NotFound,
    /// One for the same is open.
    #[error("an application for this is open already, received on {0}")]
    Open(NaiveDate),
    /// The board does not offer it.
    #[error("the board does not take applications for `{0}` of this credential")]
    NotOffered(&'static str),
    /// There is no such stage.
    #[error("`{0}` is not a stage of this credential")]
    NoStage(String),
    /// Nothing to renew.
    #[error("there is no certificate of this kind to renew; apply for a first one")]
    NothingHeld,
    /// Not yet.
    #[error("{0} lies in the future")]
    InFuture(NaiveDate),
    /// No version was in force.
    #[error("no rules were in force on {0}")]
    NoVersion(NaiveDate),
    /// It is decided or withdrawn.
    #[error("the application is `{0}` and open no more")]
    Closed(String),
    /// Asking for more without saying what.
    #[error("say what is missing")]
    NoteNeeded,
    /// The credential or its rules.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// `person` applies; answers the application.
///
/// # Errors
/// [`ApplicationError`]; nothing is stored then.
pub fn apply(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    wish: &ApplicationWish,
    public_url: &str,
) -> Result<Application, ApplicationError> {
    let (credential, board) = credentials::find(conn, wish.credential)?;
    let pack = credentials::pack(conn, credential.id)?;
    let today = by.at.with_timezone(&board.zone).date_naive();
    let received = wish.received_on.unwrap_or(today);
    if received > today {
        return Err(ApplicationError::InFuture(received));
    }
    check_offered(&pack, wish, received)?;
    let held = repo!(conn, awards::of_person(person))?;
    let needs_award = matches!(wish.purpose, Purpose::Renewal | Purpose::Reinstatement);
    if needs_award && !held.iter().any(|award| award.credential_id == credential.id) {
        return Err(ApplicationError::NothingHeld);
    }
    let row = ApplicationRow {
        person_id: person,
        id: by.fresh_id(),
        credential_id: credential.id,
        purpose: wish.purpose.word().to_owned(),
        stage: wish.stage.clone(),
        version: None,
        path: wish.path.clone(),
        cohort: wish.cohort.clone(),
        received_day: Day::from(received),
        created_at: by.moment(),
        created_by: by.actor,
    };
    repo!(conn, applications::insert(&row))?;
    take_place(conn, &row)?;
    let queued = QueueRow {
        board_id: board.id,
        received_day: row.received_day,
        application_id: row.id,
        person_id: person,
        credential_id: credential.id,
        state: "waiting".to_owned(),
    };
    repo!(conn, applications::enqueue(&queued))?;
    let mut application =
        Application { row, events: Vec::new(), credential, board, queued: true, waits_for_person: false };
    record(conn, by, &mut application, "received", received, None)?;
    pin(conn, &mut application, &pack, &Anchor::Application, received)?;
    let notice = Notice::ApplicationReceived(ApplicationReceived {
        reference: application.row.id.to_string(),
        purpose: application.notice_purpose(),
        received_on: received,
        answer_by: None,
        link: application.link(public_url),
    });
    notices::owe_from(conn, by, application.board.id, person, notice)?;
    Ok(application)
}

/// Takes the place of the one open application for this, which two at the same moment cannot both have.
fn take_place(conn: &mut Conn<'_>, row: &ApplicationRow) -> Result<(), ApplicationError> {
    let place = OpenRow {
        person_id: row.person_id,
        credential_id: row.credential_id,
        purpose: row.purpose.clone(),
        application_id: row.id,
    };
    if repo!(conn, applications::open(&place))? {
        return Ok(());
    }
    let other = repo!(conn, applications::find_open(row.person_id, row.credential_id, &row.purpose))?;
    let other = match other {
        Some(id) => repo!(conn, applications::find(row.person_id, id))?,
        None => None,
    };
    Err(ApplicationError::Open(other.map_or(row.received_day, |open| open.received_day).date()))
}

fn check_offered(pack: &Pack, wish: &ApplicationWish, on: NaiveDate) -> Result<(), ApplicationError> {
    let version = pack.in_force_on(on).ok_or(ApplicationError::NoVersion(on))?;
    let offered = version.purposes.get(&wish.purpose).is_some_and(|rules| rules.offered);
    if !offered {
        return Err(ApplicationError::NotOffered(wish.purpose.word()));
    }
    match &wish.stage {
        Some(stage) if !version.stages.iter().any(|known| known.id == *stage) => {
            Err(ApplicationError::NoStage(stage.clone()))
        }
        _ => Ok(()),
    }
}

/// Adds an event, with its audit row.
pub(super) fn record(
    conn: &mut Conn<'_>,
    by: &Acting,
    application: &mut Application,
    kind: &'static str,
    on: NaiveDate,
    note: Option<String>,
) -> Result<(), StoreError> {
    let row = &application.row;
    let event = ApplicationEventRow {
        person_id: row.person_id,
        application_id: row.id,
        seq: i32::try_from(application.events.len()).unwrap_or(i32::MAX).saturating_add(1),
        kind: kind.to_owned(),
        on_day: Day::from(on),
        note,
        recorded_at: by.moment(),
        recorded_by: by.actor,
    };
    repo!(conn, applications::insert_event(&event))?;
    let detail = json!({ "event": kind, "on": on });
    by.log(conn, "application.event", format!("application {}", row.id), Some(row.person_id), detail)?;
    application.events.push(event);
    Ok(())
}

/// Pins the version when `happened` is what the rules go by, and only applications decide it.
fn pin(
    conn: &mut Conn<'_>,
    application: &mut Application,
    pack: &Pack,
    happened: &Anchor,
    on: NaiveDate,
) -> Result<(), ApplicationError> {
    let version = pack.in_force_on(on).ok_or(ApplicationError::NoVersion(on))?;
    let by_application = |anchor: &Anchor| {
        matches!(anchor, Anchor::Application | Anchor::ApplicationComplete | Anchor::ApplicationApproved)
    };
    if version.applies_by.contains(happened) && version.applies_by.iter().all(by_application) {
        repo!(conn, applications::pin(application.row.person_id, application.row.id, &version.id))?;
        application.row.version = Some(version.id.clone());
    }
    Ok(())
}

/// One person's application.
///
/// # Errors
/// [`ApplicationError::NotFound`].
pub fn find(conn: &mut Conn<'_>, person: Id, id: Id) -> Result<Application, ApplicationError> {
    let row = repo!(conn, applications::find(person, id))?.ok_or(ApplicationError::NotFound)?;
    let events = repo!(conn, applications::events(person, id))?;
    let (credential, board) = credentials::find(conn, row.credential_id)?;
    let turn = repo!(conn, applications::queue_state(board.id, row.received_day, id))?;
    let waits_for_person = turn.as_deref() == Some("more_needed");
    Ok(Application { row, events, credential, board, queued: turn.is_some(), waits_for_person })
}

/// One person's application to this board.
///
/// # Errors
/// [`ApplicationError::NotFound`] also for another board's.
pub fn of_board(conn: &mut Conn<'_>, board: Id, person: Id, id: Id) -> Result<Application, ApplicationError> {
    let application = find(conn, person, id)?;
    if application.board.id == board { Ok(application) } else { Err(ApplicationError::NotFound) }
}

/// A person's applications, oldest first.
///
/// # Errors
/// What the database met.
pub fn of_person(conn: &mut Conn<'_>, person: Id) -> Result<Vec<Application>, ApplicationError> {
    let rows = repo!(conn, applications::of_person(person))?;
    rows.into_iter().map(|row| find(conn, person, row.id)).collect()
}

/// A page of them.
///
/// # Errors
/// What the database met.
pub fn page(conn: &mut Conn<'_>, person: Id, wanted: &Wanted<Id>) -> Result<Page<Application>, ApplicationError> {
    let rows = repo!(conn, applications::of_person_after(person, wanted.after(), wanted.rows()))?;
    wanted.page(rows, |row| row.id).try_map(|row| find(conn, person, row.id))
}

/// What a person can do about applying for something now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    /// An application is open.
    Open(Id, NaiveDate),
    /// One can be made.
    Possible,
}

/// Whether an application for `purpose` is open or can be made on `today`; none: neither.
///
/// # Errors
/// [`ApplicationError`].
pub fn filing(
    conn: &mut Conn<'_>,
    person: Id,
    credential: &CredentialRow,
    purpose: Purpose,
    today: NaiveDate,
) -> Result<Option<Filing>, ApplicationError> {
    if let Some(open) = open_for(conn, person, credential.id, purpose)? {
        return Ok(Some(Filing::Open(open.row.id, open.row.received_day.date())));
    }
    let pack = credentials::pack(conn, credential.id)?;
    let offered = pack.in_force_on(today).and_then(|version| version.purposes.get(&purpose));
    if offered.is_none_or(|rules| !rules.offered) {
        return Ok(None);
    }
    if purpose == Purpose::Renewal {
        let held = repo!(conn, awards::of_person(person))?;
        let Some(award) = held.iter().rfind(|award| award.credential_id == credential.id) else { return Ok(None) };
        let terms = repo!(conn, awards::terms(person, award.id))?;
        let opens = terms.last().and_then(|term| term.opens_day);
        return Ok(opens.is_none_or(|day| day.date() <= today).then_some(Filing::Possible));
    }
    Ok(Some(Filing::Possible))
}

/// A person's open application for this, if there is one.
///
/// # Errors
/// [`ApplicationError`].
pub fn open_for(
    conn: &mut Conn<'_>,
    person: Id,
    credential: Id,
    purpose: Purpose,
) -> Result<Option<Application>, ApplicationError> {
    let fits =
        |one: &Application| one.row.credential_id == credential && one.row.purpose == purpose.word() && one.is_open();
    Ok(of_person(conn, person)?.into_iter().rfind(fits))
}

/// The board records what happened to an application.
///
/// # Errors
/// [`ApplicationError`]; nothing is stored then.
pub fn happened(
    conn: &mut Conn<'_>,
    by: &Acting,
    application: &mut Application,
    what: Happened,
    on: Option<NaiveDate>,
    note: Option<String>,
    public_url: &str,
) -> Result<(), ApplicationError> {
    let today = by.at.with_timezone(&application.board.zone).date_naive();
    let on = on.unwrap_or(today);
    if on > today {
        return Err(ApplicationError::InFuture(on));
    }
    if what == Happened::MoreNeeded && note.as_ref().is_none_or(|text| text.trim().is_empty()) {
        return Err(ApplicationError::NoteNeeded);
    }
    let waits_for_person = matches!(what, Happened::MoreNeeded | Happened::Approved);
    set_turn(conn, application, if waits_for_person { "more_needed" } else { "waiting" })?;
    if let (Happened::MoreNeeded, Some(note)) = (what, &note) {
        let notice = Notice::MoreNeeded(MoreNeeded {
            reference: application.row.id.to_string(),
            missing: note.lines().map(str::to_owned).collect(),
            by: None,
            link: application.link(public_url),
        });
        notices::owe_from(conn, by, application.board.id, application.row.person_id, notice)?;
    }
    record(conn, by, application, what.word(), on, note)?;
    let anchor = match what {
        Happened::Complete => Some(Anchor::ApplicationComplete),
        Happened::Approved => Some(Anchor::ApplicationApproved),
        Happened::MoreNeeded => None,
    };
    if let Some(anchor) = anchor {
        let pack = credentials::pack(conn, application.credential.id)?;
        pin(conn, application, &pack, &anchor, on)?;
    }
    Ok(())
}

/// The person says that what was missing is there now: it is the board's turn again.
///
/// # Errors
/// [`ApplicationError`].
pub fn answer(conn: &mut Conn<'_>, by: &Acting, person: Id, id: Id) -> Result<Application, ApplicationError> {
    let application = find(conn, person, id)?;
    set_turn(conn, &application, "waiting")?;
    by.log(conn, "application.answer", format!("application {id}"), Some(person), json!({}))?;
    Ok(application)
}

/// The person takes the application back.
///
/// # Errors
/// [`ApplicationError`].
pub fn withdraw(conn: &mut Conn<'_>, by: &Acting, person: Id, id: Id) -> Result<Application, ApplicationError> {
    let mut application = find(conn, person, id)?;
    close(conn, &application)?;
    let today = by.at.with_timezone(&application.board.zone).date_naive();
    record(conn, by, &mut application, "withdrawn", today, None)?;
    Ok(application)
}

fn set_turn(conn: &mut Conn<'_>, application: &Application, state: &str) -> Result<(), ApplicationError> {
    let row = &application.row;
    if repo!(conn, applications::set_queue_state(application.board.id, row.received_day, row.id, state))? {
        Ok(())
    } else {
        Err(ApplicationError::Closed(application.state().to_owned()))
    }
}

/// Takes an application out of the queue: of two that try, one is told that it is closed.
pub(super) fn close(conn: &mut Conn<'_>, application: &Application) -> Result<(), ApplicationError> {
    let row = &application.row;
    if repo!(conn, applications::dequeue(application.board.id, row.received_day, row.id))? {
        repo!(conn, applications::close(row))?;
        Ok(())
    } else {
        Err(ApplicationError::Closed(application.state().to_owned()))
    }
}

/// A page of the applications that a board still has to decide, oldest first.
///
/// # Errors
/// What the database met.
pub fn queue(conn: &mut Conn<'_>, board: Id, wanted: &Wanted<(Day, Id)>) -> Result<Page<QueueRow>, StoreError> {
    let rows = repo!(conn, applications::queue(board, wanted.after(), wanted.rows()))?;
    Ok(wanted.page(rows, |row| (row.received_day, row.application_id)))
}
