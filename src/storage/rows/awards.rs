//! Awards, their terms and the events their status is derived from.

use diesel::prelude::*;

use crate::storage::schema::awards::{award, award_term, register_choice, status_event};
use crate::storage::values::{Day, Id, Moment};

/// One person's credential.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = award)]
#[diesel(treat_none_as_default_value = false)]
pub struct AwardRow {
    /// Whose.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// Which credential.
    pub credential_id: Id,
    /// The entry path.
    pub path: Option<String>,
    /// The day it was first issued.
    pub issued_day: Day,
    /// The decision it rests on; none: brought in from before.
    pub decision_id: Option<Id>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}

/// A stretch of an award.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = award_term)]
#[diesel(treat_none_as_default_value = false)]
pub struct TermRow {
    /// Whose.
    pub person_id: Id,
    /// Of which award.
    pub award_id: Id,
    /// Key.
    pub id: Id,
    /// The stage held.
    pub stage: String,
    /// `first`, `renewal` or `extension`.
    pub kind: String,
    /// First day.
    pub from_day: Day,
    /// Last day; none: it does not end.
    pub through_day: Option<Day>,
    /// The version that ruled it.
    pub version: String,
    /// How the end was found.
    pub computed: String,
    /// First day on which renewal may be filed.
    pub opens_day: Option<Day>,
    /// Day by which renewal is due.
    pub due_day: Option<Day>,
    /// First day of the late fee.
    pub late_day: Option<Day>,
    /// Last day of grace.
    pub grace_day: Option<Day>,
    /// The decision it rests on.
    pub decision_id: Option<Id>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}

/// What the status was from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = status_event)]
#[diesel(treat_none_as_default_value = false)]
pub struct StatusEventRow {
    /// Whose.
    pub person_id: Id,
    /// Of which award.
    pub award_id: Id,
    /// Key.
    pub id: Id,
    /// Where the person stands with the board.
    pub standing: String,
    /// Whether the board has acted against it.
    pub discipline: String,
    /// Words, separated by spaces.
    pub flags: String,
    /// First day.
    pub from_day: Day,
    /// Last day; none: until something else.
    pub through_day: Option<Day>,
    /// Why.
    pub reason: String,
    /// By what authority, such as a case number.
    pub authority: Option<String>,
    /// The decision it rests on.
    pub decision_id: Option<Id>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}

/// A term or a status event, from a statement that reads both.
#[derive(Debug, Queryable)]
pub struct TermOrEvent {
    is_term: bool,
    person_id: Id,
    award_id: Id,
    id: Id,
    /// Stage, kind, version, how the end was found; or standing, discipline, flags, reason.
    words: (String, String, String, String),
    from_day: Day,
    through_day: Option<Day>,
    authority: Option<String>,
    /// Opens, due, late, grace.
    days: (Option<Day>, Option<Day>, Option<Day>, Option<Day>),
    decision_id: Option<Id>,
    recorded_at: Moment,
    recorded_by: Id,
}

impl TermOrEvent {
    /// Adds it to the list it belongs to.
    pub fn sort_into(self, terms: &mut Vec<TermRow>, events: &mut Vec<StatusEventRow>) {
        let Self { person_id, award_id, id, from_day, through_day, decision_id, recorded_at, recorded_by, .. } = self;
        if self.is_term {
            let (stage, kind, version, computed) = self.words;
            let (opens_day, due_day, late_day, grace_day) = self.days;
            terms.push(TermRow {
                person_id,
                award_id,
                id,
                stage,
                kind,
                from_day,
                through_day,
                version,
                computed,
                opens_day,
                due_day,
                late_day,
                grace_day,
                decision_id,
                recorded_at,
                recorded_by,
            });
        } else {
            let (standing, discipline, flags, reason) = self.words;
            events.push(StatusEventRow {
                person_id,
                award_id,
                id,
                standing,
                discipline,
                flags,
                from_day,
                through_day,
                reason,
                authority: self.authority,
                decision_id,
                recorded_at,
                recorded_by,
            });
        }
    }
}

/// What a person lets the public see. The highest revision holds.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = register_choice)]
pub struct RegisterChoiceRow {
    /// Who chose.
    pub person_id: Id,
    /// From 1.
    pub revision: i32,
    /// Whether the public sees them at all.
    pub shown: bool,
    /// Whether they are hidden for their safety.
    pub safety: bool,
    /// When.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Id,
}
