//! Suspension, revocation, surrender, reinstatement and the like: one event each, with reason, authority and days.
//!
//! The three parts of a status are independent: a change touches one of them. When it begins before an event
//! that is already recorded, that event is written again with the part carried over, so that a late
//! suspension is not lost behind a renewal. Nothing recorded is ever changed.

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::{AwardError, of_board};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::certificates::Office;
use crate::services::notices;
use crate::services::standing;
use crate::storage::rows::awards::{AwardRow, StatusEventRow};
use crate::storage::{Conn, Day, Id};

/// What can be done to a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Under watch, still in force.
    Probation,
    /// Not in force for a time.
    Suspend,
    /// Taken back.
    Revoke,
    /// Given up in place of a case.
    Surrender,
    /// In force again.
    Reinstate,
    /// Put to rest by the person's own wish.
    Inactivate,
    /// The person has retired.
    Retire,
}

impl Change {
    /// The word, as in the audit log.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Probation => "probation",
            Self::Suspend => "suspend",
            Self::Revoke => "revoke",
            Self::Surrender => "surrender",
            Self::Reinstate => "reinstate",
            Self::Inactivate => "inactivate",
            Self::Retire => "retire",
        }
    }

    /// Standing and discipline after the change; none: as before.
    const fn parts(self) -> (Option<&'static str>, Option<&'static str>) {
        match self {
            Self::Probation => (None, Some("probation")),
            Self::Suspend => (None, Some("suspended")),
            Self::Revoke => (None, Some("revoked")),
            Self::Surrender => (None, Some("surrendered")),
            Self::Reinstate => (Some("active"), Some("none")),
            Self::Inactivate => (Some("inactive"), None),
            Self::Retire => (Some("retired"), None),
        }
    }

    /// Whether the board acts against the person: then it has to say by what authority.
    const fn needs_authority(self) -> bool {
        matches!(self, Self::Probation | Self::Suspend | Self::Revoke | Self::Surrender)
    }
}

/// A change of an award's status.
#[derive(Debug, Clone)]
pub struct StatusWish {
    /// What.
    pub change: Change,
    /// From which day.
    pub from: NaiveDate,
    /// Through which day; none: until something else.
    pub through: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// By what authority, such as a case number.
    pub authority: Option<String>,
    /// What the person can do now.
    pub next_step: Option<String>,
    /// How to appeal.
    pub appeal: Option<String>,
}

/// Records a change of status; answers the event.
///
/// # Errors
/// [`AwardError`]; nothing is stored then.
pub fn change(
    conn: &mut Conn<'_>,
    by: &Acting,
    office: &Office,
    (board, person, award): (Id, Id, Id),
    wish: &StatusWish,
) -> Result<Id, AwardError> {
    let (award, _) = of_board(conn, board, person, award)?;
    check(by, &award, wish)?;
    let events = repo!(conn, awards::statuses(person, award.id))?;
    let before = standing::on(&events, wish.from, None)
        .ok_or(AwardError::Days("the certificate had no status yet on the first day"))?;
    let (standing, discipline) = wish.change.parts();
    let new = event(by, before, wish, standing, discipline);
    if new.standing == before.standing && new.discipline == before.discipline {
        return Err(AwardError::NoChange("the status on that day is this one already"));
    }
    let id = new.id;
    let carried = carried(by, &events, wish, standing, discipline);
    for row in std::iter::once(&new).chain(&carried) {
        repo!(conn, awards::insert_status(row))?;
    }
    let detail = json!({ "change": wish.change.text(), "from": wish.from, "through": wish.through,
        "event": id, "carried_over": carried.len() });
    by.log(conn, "award.status", format!("award {}", award.id), Some(person), detail)?;
    tell(conn, by, office, (board, award.person_id), wish)?;
    Ok(id)
}

fn check(by: &Acting, award: &AwardRow, wish: &StatusWish) -> Result<(), AwardError> {
    if by.actor == award.person_id {
        return Err(AwardError::Own);
    }
    if wish.reason.trim().is_empty() {
        return Err(AwardError::TextNeeded { field: "reason", why: "every change of status says why" });
    }
    let authority = wish.authority.as_ref().is_some_and(|text| !text.trim().is_empty());
    if wish.change.needs_authority() && !authority {
        let why = "name the case or the order it rests on";
        return Err(AwardError::TextNeeded { field: "authority", why });
    }
    if wish.through.is_some_and(|through| through < wish.from) {
        return Err(AwardError::Days("the last day lies before the first"));
    }
    if wish.through.is_some() && matches!(wish.change, Change::Revoke | Change::Surrender | Change::Reinstate) {
        return Err(AwardError::Days("this change has no last day; record the next one when it comes"));
    }
    Ok(())
}

fn event(
    by: &Acting,
    before: &StatusEventRow,
    wish: &StatusWish,
    standing: Option<&str>,
    discipline: Option<&str>,
) -> StatusEventRow {
    StatusEventRow {
        id: by.fresh_id(),
        standing: standing.map_or_else(|| before.standing.clone(), str::to_owned),
        discipline: discipline.map_or_else(|| before.discipline.clone(), str::to_owned),
        from_day: Day::from(wish.from),
        through_day: wish.through.map(Day::from),
        reason: wish.reason.clone(),
        authority: wish.authority.clone(),
        decision_id: None,
        recorded_at: by.moment(),
        recorded_by: by.actor,
        ..before.clone()
    }
}

/// Later events, written again with what this change sets, until one that set the same part itself.
fn carried(
    by: &Acting,
    events: &[StatusEventRow],
    wish: &StatusWish,
    standing: Option<&str>,
    discipline: Option<&str>,
) -> Vec<StatusEventRow> {
    let first = Day::from(wish.from);
    let last = wish.through.map(Day::from);
    let mut days: Vec<Day> = events.iter().map(|event| event.from_day).collect();
    days.retain(|day| *day > first && last.is_none_or(|last| *day <= last));
    days.sort_unstable();
    days.dedup();
    let (mut standing, mut discipline) = (standing, discipline);
    let mut rows = Vec::new();
    for day in days {
        let date = day.date();
        let eve = date.checked_sub_days(Days::new(1)).unwrap_or(date);
        let (Some(then), Some(before)) = (standing::on(events, date, None), standing::on(events, eve, None)) else {
            continue;
        };
        standing = standing.filter(|_| then.standing == before.standing);
        discipline = discipline.filter(|_| then.discipline == before.discipline);
        if standing.is_none() && discipline.is_none() {
            break;
        }
        let through = match (then.through_day, last) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let row = event(by, then, wish, standing, discipline);
        rows.push(StatusEventRow { from_day: day, through_day: through, ..row });
    }
    rows
}

fn tell(
    conn: &mut Conn<'_>,
    by: &Acting,
    office: &Office,
    (board, person): (Id, Id),
    wish: &StatusWish,
) -> Result<(), AwardError> {
    use crate::mail::{Appeal, Notice, Place, Standing, StatusChanged};
    let standing = match wish.change {
        Change::Suspend => Standing::Suspended,
        Change::Revoke => Standing::Revoked,
        Change::Reinstate => Standing::Reinstated,
        // The person's own wish, or agreed with them: no letter of its own.
        Change::Probation | Change::Surrender | Change::Inactivate | Change::Retire => return Ok(()),
    };
    let notice = StatusChanged {
        standing,
        on: wish.from,
        reason: Some(wish.reason.clone()),
        next_step: wish.next_step.clone(),
        appeal: wish.appeal.clone().map(|how| Appeal { how, by: None }),
        link: office.link(Place::Certificates.path().trim_start_matches('/')),
    };
    notices::owe_from(conn, by, board, person, Notice::StatusChanged(notice))?;
    Ok(())
}
