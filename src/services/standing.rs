//! What somebody's status was on a day, as known on a day: derived from events, never stored.
//!
//! Pure. Three things are independent: standing, discipline and flags; the public sees one of four words.
//! Begin with [`on`] and [`public`].

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::rules::Lang;
use crate::storage::Day;
use crate::storage::rows::awards::{StatusEventRow, TermRow};

/// What the public is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicStatus {
    /// In force on that day.
    Active,
    /// Not in force on that day, such as expired or not yet begun.
    NotActive,
    /// The board has suspended it for now.
    OnHold,
    /// The board took it back, or it was given up.
    Withdrawn,
}

impl PublicStatus {
    /// The word that people read.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Active, Lang::En) => "Active",
            (Self::NotActive, Lang::En) => "Not active",
            (Self::OnHold, Lang::En) => "On hold",
            (Self::Withdrawn, Lang::En) => "Withdrawn",
            (Self::Active, Lang::Es) => "Vigente",
            (Self::NotActive, Lang::Es) => "No vigente",
            (Self::OnHold, Lang::Es) => "En suspenso",
            (Self::Withdrawn, Lang::Es) => "Retirado",
        }
    }
}

/// The event that rules `day`, of those recorded until `known_until`: the one that began last; of
/// several that began on one day, the one recorded last. An event that has ended falls back to the one before.
#[must_use]
pub fn on(events: &[StatusEventRow], day: NaiveDate, known_until: Option<DateTime<Utc>>) -> Option<&StatusEventRow> {
    let day = Day::from(day);
    events
        .iter()
        .filter(|event| known_until.is_none_or(|until| event.recorded_at.utc() < until))
        .filter(|event| event.from_day <= day && event.through_day.is_none_or(|through| day <= through))
        .max_by_key(|event| (event.from_day, event.recorded_at, event.id))
}

/// The term that covers `day`: the one that began last.
#[must_use]
pub fn term_on(terms: &[TermRow], day: NaiveDate) -> Option<&TermRow> {
    let day = Day::from(day);
    terms
        .iter()
        .filter(|term| term.from_day <= day && term.through_day.is_none_or(|through| day <= through))
        .max_by_key(|term| (term.from_day, term.id))
}

/// What the public is told: discipline first, then standing, then whether a term covers the day.
#[must_use]
pub fn public(event: Option<&StatusEventRow>, in_term: bool) -> PublicStatus {
    let Some(event) = event else { return PublicStatus::NotActive };
    let suspended = event.discipline == "suspended" || has_flag(event, "administrative_suspension");
    match (event.discipline.as_str(), event.standing.as_str()) {
        ("revoked" | "surrendered", _) | (_, "canceled" | "withdrawn") => PublicStatus::Withdrawn,
        _ if suspended => PublicStatus::OnHold,
        (_, "active" | "provisional") if in_term => PublicStatus::Active,
        _ => PublicStatus::NotActive,
    }
}

/// What somebody holds of another credential with which this one rests: each award's terms and events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base(pub Vec<(Vec<TermRow>, Vec<StatusEventRow>)>);

impl Base {
    /// Whether it was in force on a day, as known until a moment.
    #[must_use]
    pub fn in_force(&self, day: NaiveDate, known_until: Option<DateTime<Utc>>) -> bool {
        self.0.iter().any(|(terms, events)| {
            public(on(events, day, known_until), term_on(terms, day).is_some()) == PublicStatus::Active
        })
    }
}

/// The same with the credentials below in mind: what would be in force rests while one of them is not.
#[must_use]
pub fn with_bases(
    own: PublicStatus,
    bases: &[Base],
    day: NaiveDate,
    known_until: Option<DateTime<Utc>>,
) -> PublicStatus {
    let rests = own == PublicStatus::Active && !bases.iter().all(|base| base.in_force(day, known_until));
    if rests { PublicStatus::OnHold } else { own }
}

/// Whether an event carries a flag.
#[must_use]
pub fn has_flag(event: &StatusEventRow, flag: &str) -> bool {
    event.flags.split(' ').any(|word| word == flag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{Id, Moment};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Moment {
        Moment::from(text.parse::<DateTime<Utc>>().unwrap())
    }

    fn event(id: i64, from: &str, standing: &str, discipline: &str, recorded: &str) -> StatusEventRow {
        StatusEventRow {
            person_id: Id(1),
            award_id: Id(1),
            id: Id(id),
            standing: standing.to_owned(),
            discipline: discipline.to_owned(),
            flags: String::new(),
            from_day: day(from).into(),
            through_day: None,
            reason: "-".to_owned(),
            authority: None,
            decision_id: None,
            recorded_at: at(recorded),
            recorded_by: Id(2),
        }
    }

    #[test]
    fn a_suspension_recorded_late_changes_the_past_but_not_what_was_known() {
        let events = [
            event(1, "2025-01-01", "active", "none", "2025-01-01T12:00:00Z"),
            event(2, "2025-03-01", "active", "suspended", "2025-03-20T12:00:00Z"),
        ];
        let on_hold = |known| public(on(&events, day("2025-03-10"), known), true);
        assert_eq!(on_hold(None), PublicStatus::OnHold);
        assert_eq!(on_hold(Some(at("2025-03-15T00:00:00Z").utc())), PublicStatus::Active);
        assert_eq!(public(on(&events, day("2025-02-28"), None), true), PublicStatus::Active);
        assert_eq!(on(&events, day("2024-12-31"), None), None);
    }

    #[test]
    fn a_suspension_with_an_end_falls_back_to_what_was_before() {
        let mut hold = event(2, "2025-03-01", "active", "suspended", "2025-03-01T12:00:00Z");
        hold.through_day = Some(day("2025-03-31").into());
        let events = [event(1, "2025-01-01", "active", "none", "2025-01-01T12:00:00Z"), hold];
        assert_eq!(public(on(&events, day("2025-03-31"), None), true), PublicStatus::OnHold);
        assert_eq!(public(on(&events, day("2025-04-01"), None), true), PublicStatus::Active);
    }

    #[test]
    fn what_stands_on_another_credential_rests_while_that_one_is_not_in_force() {
        let term = TermRow {
            person_id: Id(1),
            award_id: Id(9),
            id: Id(1),
            stage: "full".to_owned(),
            kind: "first".to_owned(),
            from_day: day("2025-01-01").into(),
            through_day: Some(day("2025-06-30").into()),
            version: "2024-07-01".to_owned(),
            computed: "-".to_owned(),
            opens_day: None,
            due_day: None,
            late_day: None,
            grace_day: None,
            decision_id: None,
            recorded_at: at("2025-01-01T12:00:00Z"),
            recorded_by: Id(2),
        };
        let held = event(1, "2025-01-01", "active", "none", "2025-01-01T12:00:00Z");
        let base = Base(vec![(vec![term], vec![held])]);
        let told = |own, on: &str| with_bases(own, std::slice::from_ref(&base), day(on), None);
        assert_eq!(told(PublicStatus::Active, "2025-06-30"), PublicStatus::Active);
        assert_eq!(told(PublicStatus::Active, "2025-07-01"), PublicStatus::OnHold);
        // What is not in force by itself stays what it is.
        assert_eq!(told(PublicStatus::Withdrawn, "2025-07-01"), PublicStatus::Withdrawn);
        assert_eq!(with_bases(PublicStatus::Active, &[Base::default()], day("2025-01-01"), None), PublicStatus::OnHold);
        assert_eq!(with_bases(PublicStatus::Active, &[], day("2025-01-01"), None), PublicStatus::Active);
    }

    #[test]
    fn each_pair_of_standing_and_discipline_has_one_public_word() {
        let told = |standing, discipline, in_term| {
            public(Some(&event(1, "2025-01-01", standing, discipline, "2025-01-01T12:00:00Z")), in_term)
        };
        assert_eq!(told("active", "probation", true), PublicStatus::Active);
        assert_eq!(told("provisional", "none", true), PublicStatus::Active);
        assert_eq!(told("active", "none", false), PublicStatus::NotActive);
        assert_eq!(told("inactive", "none", true), PublicStatus::NotActive);
        assert_eq!(told("active", "suspended", false), PublicStatus::OnHold);
        assert_eq!(told("active", "revoked", true), PublicStatus::Withdrawn);
        assert_eq!(told("canceled", "none", true), PublicStatus::Withdrawn);
    }
}
