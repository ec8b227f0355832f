//! Logging, correcting and withdrawing entries.

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::beside::{self, Taken};
use super::check::{EntryRefusal, alone};
use crate::repo;
use crate::services::acting::Acting;
use crate::storage::rows::service::ServiceEntryRow;
use crate::storage::{Conn, Id, StoreError, Words};

/// Hours as a person tells them.
#[derive(Debug, Clone, Default)]
pub struct HoursWish {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// `HH:MM`, if the times are known.
    pub start: Option<String>,
    /// `HH:MM`.
    pub end: Option<String>,
    /// How long.
    pub minutes: u32,
    /// A service kind of the portable record.
    pub kind: String,
    /// Picked word.
    pub domain: Option<String>,
    /// Picked word.
    pub setting: Option<String>,
    /// Picked word.
    pub role: Option<String>,
    /// Picked word.
    pub site: Option<String>,
    /// Paid or volunteer.
    pub paid: Option<bool>,
    /// Observed by the supervisor.
    pub observed: bool,
    /// In a group of so many.
    pub group_size: Option<u32>,
    /// Who is asked to sign.
    pub supervisor: Option<Id>,
}

impl HoursWish {
    /// The times as minutes after midnight, if both read and are in order.
    pub(super) fn clock(&self) -> Option<(i32, i32)> {
        let read = |text: &Option<String>| {
            let time = NaiveTime::parse_from_str(text.as_deref()?, "%H:%M").ok()?;
            i32::try_from(time.hour() * 60 + time.minute()).ok()
        };
        read(&self.start).zip(read(&self.end)).filter(|(start, end)| start < end)
    }
}

/// Why an entry was not stored or changed.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// It cannot be as it is.
    #[error(transparent)]
    Refused(#[from] EntryRefusal),
    /// The supervisor named was never asked or has ended.
    #[error("the supervisor is not one of yours, expected one you named who has not ended it; name them first")]
    NotYourSupervisor,
    /// No such entry of this person.
    #[error("there is no such entry of yours")]
    Unknown,
    /// Someone changed it meanwhile.
    #[error("the entry is at revision {0} by now, look at it again")]
    Changed(i32),
    /// It was withdrawn.
    #[error("the entry was withdrawn and stays so, log a new one")]
    Withdrawn,
    /// What the database met.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Stores one entry of `person` and answers it.
///
/// # Errors
/// See [`EntryError`]; nothing is stored then.
pub fn log(conn: &mut Conn<'_>, by: &Acting, person: Id, wish: &HoursWish) -> Result<ServiceEntryRow, EntryError> {
    let row = new_row(conn, by, person, by.fresh_id(), 1, wish)?;
    store(conn, by, "hours.log", row)
}

/// Stores many entries at once, all or none; the error says which one (from 0) cannot be stored.
///
/// # Errors
/// The place and the reason of the first that cannot be stored.
pub fn log_many(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    wishes: &[HoursWish],
) -> Result<Vec<ServiceEntryRow>, (usize, EntryError)> {
    wishes.iter().enumerate().map(|(i, wish)| log(conn, by, person, wish).map_err(|error| (i, error))).collect()
}

/// Stores a correction of an entry as its next revision. It has to be signed again.
///
/// # Errors
/// See [`EntryError`]; `seen` is the revision the person looked at.
pub fn correct(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    (entry, seen): (Id, i32),
    wish: &HoursWish,
    reason: &str,
) -> Result<ServiceEntryRow, EntryError> {
    let before = current(conn, person, entry, seen)?;
    let mut row = new_row(conn, by, person, entry, before.revision + 1, wish)?;
    row.reason = Some(reason.chars().take(500).collect());
    store(conn, by, "hours.correct", row)
}

/// Takes an entry back: it stays in the history and counts no more.
///
/// # Errors
/// See [`EntryError`]; `seen` is the revision the person looked at.
pub fn withdraw(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    (entry, seen): (Id, i32),
    reason: &str,
) -> Result<ServiceEntryRow, EntryError> {
    let before = current(conn, person, entry, seen)?;
    let row = ServiceEntryRow {
        revision: before.revision + 1,
        state: Words::load(conn)?.intern(conn, "voided")?,
        reason: Some(reason.chars().take(500).collect()),
        recorded_at: by.moment(),
        recorded_by: by.actor,
        ..before
    };
    store(conn, by, "hours.withdraw", row)
}

fn current(conn: &mut Conn<'_>, person: Id, entry: Id, seen: i32) -> Result<ServiceEntryRow, EntryError> {
    let row = repo!(conn, facts::find_service_entry(person, entry))?.ok_or(EntryError::Unknown)?;
    if row.revision != seen {
        return Err(EntryError::Changed(row.revision));
    }
    if Words::load(conn)?.text(row.state) == "voided" {
        return Err(EntryError::Withdrawn);
    }
    Ok(row)
}

/// The latest revision of an entry as it was told, for changing it.
///
/// # Errors
/// [`EntryError::Unknown`], or what the database met.
pub fn wish_of(conn: &mut Conn<'_>, person: Id, entry: Id) -> Result<HoursWish, EntryError> {
    let row = repo!(conn, facts::find_service_entry(person, entry))?.ok_or(EntryError::Unknown)?;
    let words = Words::load(conn)?;
    let text = |word: Option<crate::storage::Word>| word.map(|word| words.text(word).to_owned());
    let clock = |minute: Option<i32>| minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60));
    Ok(HoursWish {
        from: row.from_day.date(),
        to: row.to_day.date(),
        start: clock(row.start_minute),
        end: clock(row.end_minute),
        minutes: u32::try_from(row.minutes).unwrap_or(0),
        kind: words.text(row.kind).to_owned(),
        domain: text(row.domain),
        setting: text(row.setting),
        role: text(row.role),
        site: text(row.site),
        paid: row.paid,
        observed: row.observed,
        group_size: row.group_size.and_then(|size| u32::try_from(size).ok()),
        supervisor: row.supervisor_id,
    })
}

fn store(
    conn: &mut Conn<'_>,
    by: &Acting,
    action: &'static str,
    row: ServiceEntryRow,
) -> Result<ServiceEntryRow, EntryError> {
    repo!(conn, facts::insert_service_entries(std::slice::from_ref(&row)))?;
    repo!(conn, people::mark_due(row.person_id, by.moment()))?;
    let detail = serde_json::json!({ "revision": row.revision, "minutes": row.minutes });
    by.log(conn, action, format!("service {}", row.id), Some(row.person_id), detail)?;
    if let Some(supervisor) = row.supervisor_id.filter(|_| action != "hours.withdraw") {
        super::tell::tell(conn, by, supervisor, row.person_id)?;
    }
    Ok(row)
}

/// Checks an entry of a file and makes its row, without storing it; `others` is what the person's other entries take.
///
/// # Errors
/// See [`EntryError`].
pub fn row_beside(
    conn: &mut Conn<'_>,
    by: &Acting,
    (person, wish): (Id, &HoursWish),
    words: &mut Words,
    others: &[Taken],
) -> Result<ServiceEntryRow, EntryError> {
    alone(wish, by.latest_day())?;
    beside::check(wish, others)?;
    Ok(made(conn, by, (person, by.fresh_id(), 1), wish, words)?)
}

fn new_row(
    conn: &mut Conn<'_>,
    by: &Acting,
    person: Id,
    id: Id,
    revision: i32,
    wish: &HoursWish,
) -> Result<ServiceEntryRow, EntryError> {
    alone(wish, by.latest_day())?;
    if let Some(supervisor) = wish.supervisor {
        super::supervise::require(conn, person, supervisor)?;
    }
    let mut words = Words::load(conn)?;
    let all = repo!(conn, facts::service_times_between(person, wish.from.into(), wish.to.into()))?;
    let others: Vec<Taken> = Taken::of(&all, &words).filter(|other| other.id() != id).collect();
    beside::check(wish, &others)?;
    Ok(made(conn, by, (person, id, revision), wish, &mut words)?)
}

/// The row of an entry that was checked.
fn made(
    conn: &mut Conn<'_>,
    by: &Acting,
    (person, id, revision): (Id, Id, i32),
    wish: &HoursWish,
    words: &mut Words,
) -> Result<ServiceEntryRow, StoreError> {
    let mut intern = |text: &Option<String>| text.as_deref().map(|text| words.intern(conn, text)).transpose();
    let (domain, setting, role, site) =
        (intern(&wish.domain)?, intern(&wish.setting)?, intern(&wish.role)?, intern(&wish.site)?);
    let clock = wish.clock();
    Ok(ServiceEntryRow {
        person_id: person,
        id,
        revision,
        from_day: wish.from.into(),
        to_day: wish.to.into(),
        start_minute: clock.map(|(start, _)| start),
        end_minute: clock.map(|(_, end)| end),
        minutes: i32::try_from(wish.minutes).unwrap_or(i32::MAX),
        kind: words.intern(conn, &wish.kind)?,
        state: words.intern(conn, "reported")?,
        supervisor_id: wish.supervisor,
        domain,
        setting,
        role,
        site,
        paid: wish.paid,
        observed: wish.observed,
        group_size: wish.group_size.and_then(|size| i32::try_from(size).ok()),
        source_key: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        reason: None,
    })
}
