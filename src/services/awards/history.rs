//! What the status of an award was on a day, as known on a day, and the events it is derived from.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::{AwardError, bases, of_board};
use crate::repo;
use crate::services::boards;
use crate::services::credentials::CredentialError;
use crate::services::standing::{self, PublicStatus};
use crate::storage::rows::awards::{StatusEventRow, TermRow};
use crate::storage::{Conn, Id};

/// The past of an award as seen from one day.
#[derive(Debug, Clone)]
pub struct History {
    /// The day asked about.
    pub on: NaiveDate,
    /// What was known through this day; none: what is known now.
    pub known_on: Option<NaiveDate>,
    /// The event that ruled that day.
    pub ruling: Option<StatusEventRow>,
    /// The term that covered it.
    pub term: Option<TermRow>,
    /// What the public would have been told.
    pub public: PublicStatus,
    /// Every event that was known, as recorded.
    pub events: Vec<StatusEventRow>,
    /// Every term that was known, earliest first.
    pub terms: Vec<TermRow>,
}

/// What was true on day `on` of an award, as known on day `known_on`, for its board.
///
/// # Errors
/// [`AwardError::NotFound`] also for another board's.
pub fn history(
    conn: &mut Conn<'_>,
    board: Id,
    person: Id,
    award: Id,
    now: DateTime<Utc>,
    (on, known_on): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<History, AwardError> {
    let (award, _) = of_board(conn, board, person, award)?;
    let zone = boards::find(conn, board).map_err(CredentialError::from)?.zone;
    let until = known_on.map(|day| end_of(day, zone));
    let known = |recorded: DateTime<Utc>| until.is_none_or(|until| recorded < until);
    let mut events = repo!(conn, awards::statuses(person, award.id))?;
    let mut terms = repo!(conn, awards::terms(person, award.id))?;
    events.retain(|event| known(event.recorded_at.utc()));
    terms.retain(|term| known(term.recorded_at.utc()));
    let on = on.unwrap_or_else(|| now.with_timezone(&zone).date_naive());
    let ruling = standing::on(&events, on, None).cloned();
    let term = standing::term_on(&terms, on).cloned();
    let bases = bases::of(conn, (award.person_id, award.credential_id), &terms)?;
    let public = standing::with_bases(standing::public(ruling.as_ref(), term.is_some()), &bases, on, until);
    Ok(History { on, known_on, ruling, term, public, events, terms })
}

/// The moment at which a day of the board is over.
fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN);
    // A zone may skip midnight on the day its clocks go forward: then the day ends when UTC midnight does.
    zone.from_local_datetime(&midnight).earliest().map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
}
