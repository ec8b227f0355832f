//! Rows of hours served and who attests them.

use diesel::prelude::*;

use crate::storage::schema::facts::{service_attestation, service_entry, supervision, supervisor_eligibility};
use crate::storage::values::{Day, Id, Moment, Word};

/// Logged hours. Picked words only: nothing about the people served.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_entry)]
#[diesel(treat_none_as_default_value = false)]
pub struct ServiceEntryRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// First day.
    pub from_day: Day,
    /// To day.
    pub to_day: Day,
    /// Start minute.
    pub start_minute: Option<i32>,
    /// End minute.
    pub end_minute: Option<i32>,
    /// How long it took.
    pub minutes: i32,
    /// What sort it is.
    pub kind: Word,
    /// How far it is confirmed.
    pub state: Word,
    /// Supervisor id.
    pub supervisor_id: Option<Id>,
    /// Domain.
    pub domain: Option<Word>,
    /// Setting.
    pub setting: Option<Word>,
    /// Role.
    pub role: Option<Word>,
    /// Site.
    pub site: Option<Word>,
    /// Paid.
    pub paid: Option<bool>,
    /// Observed.
    pub observed: bool,
    /// Group size.
    pub group_size: Option<i32>,
    /// The row of a file it came from.
    pub source_key: Option<i64>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// When an entry was served, at one revision.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = service_entry)]
pub struct ServiceTimesRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// From 1 on.
    pub revision: i32,
    /// First day.
    pub from_day: Day,
    /// Last day.
    pub to_day: Day,
    /// Minutes after midnight.
    pub start_minute: Option<i32>,
    /// Minutes after midnight.
    pub end_minute: Option<i32>,
    /// How long it took.
    pub minutes: i32,
    /// How far it is confirmed.
    pub state: Word,
}

/// What a supervisor said of one entry at one revision.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_attestation)]
#[diesel(treat_none_as_default_value = false)]
pub struct ServiceAttestationRow {
    /// Whose it is.
    pub person_id: Id,
    /// Entry id.
    pub entry_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// Entry revision.
    pub entry_revision: i32,
    /// Supervisor id.
    pub supervisor_id: Id,
    /// Attested, sent_back, undone.
    pub outcome: Word,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
}

/// A supervisor a person named, and whether they agreed. Delegates stand in for a time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = supervision)]
#[diesel(treat_none_as_default_value = false)]
pub struct SupervisionRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Supervisor id.
    pub supervisor_id: Id,
    /// Organization id.
    pub organization_id: Option<Id>,
    /// How far it is confirmed.
    pub state: String,
    /// Delegate of.
    pub delegate_of: Option<Id>,
    /// First day.
    pub from_day: Day,
    /// Last day; none while it lasts.
    pub through_day: Option<Day>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
}

/// When a board holds a person eligible to supervise. Keyed by the supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = supervisor_eligibility)]
#[diesel(treat_none_as_default_value = false)]
pub struct SupervisorEligibilityRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// The board.
    pub board_id: Id,
    /// The credential it concerns; none for any.
    pub credential_id: Option<Id>,
    /// First day.
    pub from_day: Day,
    /// Last day; none while it lasts.
    pub through_day: Option<Day>,
    /// From this day on it is withdrawn; work before stays good.
    pub withdrawn_on: Option<Day>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}
