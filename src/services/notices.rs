//! What people are owed: written in the transaction that owes it, kept for reading, sent by the worker.
//!
//! Begin with [`owe`]. A notice is always kept, so that the pages say the same as the mails; whether a mail goes
//! out as well depends on the person's addresses and on what they want to be told.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::acting::Acting;
use super::secrets::{self, SecretKind};
use crate::mail::{Board, Kind, Letter, Notice, Place, Recipient};
use crate::repo;
use crate::rules::Lang;
use crate::storage::rows::access::OneTimeTokenRow;
use crate::storage::rows::people::{EmailRow, PersonNameRow};
use crate::storage::rows::upkeep::{DeliveryRow, NoticeRow, OutboxRow};
use crate::storage::{Conn, Day, Id, Moment, StoreError};

/// The kind of work in the outbox that a mail is.
pub const WORK: &str = "mail";

/// What the outbox holds of a mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct Owed {
    /// The notice it brings.
    pub notice_id: Id,
    /// The letter.
    pub letter: Letter,
    /// Whether it goes to this address or to none.
    #[serde(default)]
    pub only_here: bool,
}

/// Owes `person` a notice of the service itself. Answers the notice's key.
///
/// # Errors
/// What the database met; [`StoreError::Dangling`] if there is no such person.
pub fn owe(conn: &mut Conn<'_>, by: &Acting, person: Id, notice: Notice) -> Result<Id, StoreError> {
    write(conn, by, person, None, To::Verified, notice)
}

/// Owes `person` a notice of a board: its name and phone number stand below.
///
/// # Errors
/// As [`owe`].
pub fn owe_from(conn: &mut Conn<'_>, by: &Acting, board: Id, person: Id, notice: Notice) -> Result<Id, StoreError> {
    write(conn, by, person, Some(board), To::Verified, notice)
}

/// Owes `person` a notice to one address, verified or not: to verify it, or to invite somebody.
///
/// # Errors
/// As [`owe`].
pub fn owe_to(
    conn: &mut Conn<'_>,
    by: &Acting,
    board: Option<Id>,
    person: Id,
    address: &str,
    notice: Notice,
) -> Result<Id, StoreError> {
    write(conn, by, person, board, To::Address(address), notice)
}

/// [`owe_from`] under a key chosen before, for notices that something else points at.
///
/// # Errors
/// As [`owe`].
pub fn owe_as(
    conn: &mut Conn<'_>,
    by: &Acting,
    id: Id,
    board: Option<Id>,
    person: Id,
    notice: Notice,
) -> Result<(), StoreError> {
    write_as(conn, by, (id, by.at), person, board, To::Verified, notice).map(drop)
}

/// Owes `person` a notice of the service itself at most once on `day`, the day it is for them, its mail to go out at
/// `run_at`. Answers whether it is owed now; of many that ask at once, one owes it.
///
/// # Errors
/// As [`owe`].
pub fn owe_once_a_day(
    conn: &mut Conn<'_>,
    by: &Acting,
    (day, run_at): (NaiveDate, DateTime<Utc>),
    person: Id,
    notice: Notice,
) -> Result<bool, StoreError> {
    let id = Id::of_day(day, notice.kind().place());
    write_as(conn, by, (id, run_at), person, None, To::Verified, notice)
}

/// Remembers that a person wants, or does not want, notices of a kind. Only some kinds can be stopped.
///
/// # Errors
/// What the database met.
pub fn set_wanted(conn: &mut Conn<'_>, by: &Acting, person: Id, kind: Kind, wanted: bool) -> Result<(), StoreError> {
    if kind.can_be_stopped() {
        repo!(conn, notices::set_wanted(person, kind.name(), wanted, by.moment()))?;
        let detail = serde_json::json!({ "kind": kind.name(), "wanted": wanted });
        by.log(conn, "notice.preference", format!("person {person}"), Some(person), detail)?;
    }
    Ok(())
}

/// Stops the reminders of the person to whom a mail with this token went; clicking twice changes nothing more.
/// Answers whether the token is one of ours.
///
/// # Errors
/// What the database met.
pub fn stop(conn: &mut Conn<'_>, by: &Acting, token: &str) -> Result<bool, StoreError> {
    let row = repo!(conn, logins::find_token(&secrets::hash(token)))?.filter(|row| row.purpose == STOP);
    let Some(person) = row.and_then(|row| row.person_id) else {
        return Ok(false);
    };
    for kind in [Kind::Reminder, Kind::Grace] {
        if repo!(conn, notices::wanted(person, kind.name()))? != Some(false) {
            set_wanted(conn, by, person, kind, false)?;
        }
    }
    Ok(true)
}

const STOP: &str = "unsubscribe";

enum To<'a> {
    Verified,
    Address(&'a str),
}

fn write(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    board: Option<Id>,
    to: To<'_>,
    notice: Notice,
) -> Result<Id, StoreError> {
    let id = by.fresh_id();
    write_as(conn, by, (id, by.at), person, board, to, notice).map(|_owed| id)
}

/// Answers whether the notice was not there yet.
fn write_as(
    conn: &mut Conn<'_>,
    by: &Acting,
    (id, run_at): (Id, DateTime<Utc>),
    person: Id,
    board: Option<Id>,
    to: To<'_>,
    notice: Notice,
) -> Result<bool, StoreError> {
    let found = repo!(conn, people::find(person))?.ok_or(StoreError::Dangling)?;
    let kind = notice.kind();
    let row = NoticeRow {
        person_id: person,
        id,
        kind: kind.name().to_owned(),
        content: json(&notice.to_keep())?,
        language: found.language.clone(),
        about: None,
        created_at: by.moment(),
    };
    if repo!(conn, notices::insert(&row))? == 0 {
        return Ok(false);
    }
    if kind.can_be_stopped() && repo!(conn, notices::wanted(person, kind.name()))? == Some(false) {
        return skip(conn, by, person, id, "the person does not want these mails").map(|()| true);
    }
    let only_here = matches!(to, To::Address(_));
    let address = match to {
        To::Address(address) => Some(address.to_owned()),
        To::Verified => first_good(repo!(conn, people::list_emails(person))?),
    };
    let Some(address) = address else {
        return skip(conn, by, person, id, "the person has no address that mail is known to reach").map(|()| true);
    };
    let letter = Letter {
        to: Recipient { address, name: calling_name(conn, person, by)? },
        lang: Lang::parse(&found.language).unwrap_or_default(),
        board: board_of(conn, board)?,
        stop_link: if kind.can_be_stopped() { Some(stop_link(conn, by, person, kind)?) } else { None },
        notice,
    };
    post(conn, by, run_at, person, &Owed { notice_id: id, letter, only_here }).map(|()| true)
}

/// Puts a letter into the outbox, to be sent as soon after `run_at` as a worker is free.
pub(super) fn post(
    conn: &mut Conn<'_>,
    by: &Acting,
    run_at: DateTime<Utc>,
    person: Id,
    owed: &Owed,
) -> Result<(), StoreError> {
    let row = OutboxRow {
        id: by.fresh_id(),
        kind: WORK.to_owned(),
        person_id: Some(person),
        payload: json(owed)?,
        run_at: run_at.into(),
        attempts: 0,
        locked_until: Moment(0),
        state: "waiting".to_owned(),
        last_problem: None,
        created_at: by.moment(),
    };
    repo!(conn, outbox::insert(&row))
}

fn skip(conn: &mut Conn<'_>, by: &Acting, person: Id, notice: Id, why: &str) -> Result<(), StoreError> {
    log_delivery(conn, by, person, notice, "skipped", Some(why))
}

/// Writes down what became of a notice's mail.
pub(super) fn log_delivery(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    notice: Id,
    outcome: &str,
    detail: Option<&str>,
) -> Result<(), StoreError> {
    let attempt = repo!(conn, notices::last_attempt(person, notice))? + 1;
    let row = DeliveryRow {
        person_id: person,
        notice_id: notice,
        attempt,
        outcome: outcome.to_owned(),
        detail: detail.map(str::to_owned),
        at: by.moment(),
    };
    repo!(conn, notices::log_delivery(&row))
}

/// The oldest address that is verified, in use, and from which no mail came back since.
pub(super) fn first_good(emails: Vec<EmailRow>) -> Option<String> {
    let good = |email: &EmailRow| email.ended_at.is_none() && email.verified_at.is_some() && email.bounced_at.is_none();
    emails.into_iter().find(good).map(|email| email.address)
}

/// What the person wants to be called, else their name, in its latest wording.
fn calling_name(conn: &mut Conn<'_>, person: Id, by: &Acting) -> Result<Option<String>, StoreError> {
    let today = Day::from(by.latest_day());
    let mut latest: BTreeMap<Id, PersonNameRow> = BTreeMap::new();
    for name in repo!(conn, people::list_names(person))? {
        latest.insert(name.id, name);
    }
    let current = |kind: &str| {
        let holds = |it: &&PersonNameRow| {
            it.kind == kind
                && it.from_day.is_none_or(|day| day <= today)
                && it.through_day.is_none_or(|day| day >= today)
        };
        latest.values().rfind(holds).map(|it| it.name.clone())
    };
    Ok(current("used").or_else(|| current("legal")))
}

fn board_of(conn: &mut Conn<'_>, board: Option<Id>) -> Result<Option<Board>, StoreError> {
    let Some(id) = board else {
        return Ok(None);
    };
    let Some(organization) = repo!(conn, organizations::find(id))? else {
        return Ok(None);
    };
    let phone = repo!(conn, organizations::find_board(id))?.and_then(|board| board.phone);
    Ok(Some(Board { name: organization.name, phone }))
}

/// A link that stops a kind of mail; stored as its hash, and good for as long as the mail is kept.
fn stop_link(conn: &mut Conn<'_>, by: &Acting, person: Id, kind: Kind) -> Result<String, StoreError> {
    let token = secrets::fresh(SecretKind::Link)?;
    let row = OneTimeTokenRow {
        token_hash: secrets::hash_of(&token),
        purpose: STOP.to_owned(),
        person_id: Some(person),
        about: Some(kind.name().to_owned()),
        created_at: by.moment(),
        expires_at: None,
        used_at: None,
    };
    repo!(conn, logins::insert_token(&row))?;
    Ok(Place::Stop.link_to("", token.expose_secret()))
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Fault(error.to_string()))
}
