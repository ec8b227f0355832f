//! Applications, decisions and the credentials a person holds or held.

use super::{Known, RecordFault, Rows, minutes, word};
use crate::rules::record::{Application, Credential, Decision, Record, StatusRange, Term};
use crate::storage::rows::awards::{AwardRow, StatusEventRow};
use crate::storage::{Day, Id};

/// Adds them to the record.
pub(super) fn fill(record: &mut Record, rows: &Rows, known: &Known) -> Result<(), RecordFault> {
    for row in &rows.applications {
        let Some(credential) = known.credentials.get(&row.credential_id) else { continue };
        let on = |kind: &str| {
            rows.application_events
                .iter()
                .rfind(|e| e.application_id == row.id && e.kind == kind)
                .map(|e| e.on_day.date())
        };
        record.applications.push(Application {
            id: row.id.to_string(),
            credential: credential.slug.clone(),
            purpose: word(&row.purpose)?,
            stage: row.stage.clone(),
            received_on: Some(row.received_day.date()),
            complete_on: on("complete"),
            approved_on: on("approved"),
            version: row.version.clone(),
            path: row.path.clone(),
            cohort: row.cohort.clone(),
        });
    }
    for row in &rows.decisions {
        let Some(credential) = known.credentials.get(&row.credential_id) else { continue };
        record.decisions.push(Decision {
            id: row.id.to_string(),
            credential: credential.slug.clone(),
            stage: None,
            requirement: row.requirement.clone(),
            outcome: word(&row.outcome)?,
            on: row.on_day.date(),
            until: row.until_day.map(Day::date),
            minutes: row.minutes.map(minutes),
            by: Some("board".to_owned()),
            reason: Some(row.reason.clone()),
        });
    }
    for row in &rows.awards {
        record.credentials.extend(held(row, rows, known)?);
    }
    Ok(())
}

fn held(row: &AwardRow, rows: &Rows, known: &Known) -> Result<Option<Credential>, RecordFault> {
    let Some(names) = known.credentials.get(&row.credential_id) else { return Ok(None) };
    let of_award = |award: Id| award == row.id;
    let mut terms = Vec::new();
    let mut stage = None;
    for term in rows.terms.iter().filter(|term| of_award(term.award_id)) {
        stage = Some(term.stage.clone());
        terms.push(Term {
            from: term.from_day.date(),
            through: term.through_day.map(Day::date),
            version: Some(term.version.clone()),
            kind: Some(word(&term.kind)?),
            stage: Some(term.stage.clone()),
        });
    }
    let mut statuses: Vec<&StatusEventRow> = rows.statuses.iter().filter(|event| of_award(event.award_id)).collect();
    // What was recorded later speaks of the same day later.
    statuses.sort_by_key(|event| (event.from_day, event.recorded_at, event.id));
    let mut status = Vec::new();
    for event in statuses {
        status.push(StatusRange {
            from: event.from_day.date(),
            through: event.through_day.map(Day::date),
            standing: word(&event.standing)?,
            discipline: Some(word(&event.discipline)?),
            flags: event.flags.split_whitespace().map(word).collect::<Result<_, _>>()?,
            reason: Some(event.reason.clone()),
        });
    }
    Ok(Some(Credential {
        id: row.id.to_string(),
        credential: names.slug.clone(),
        issuer: Some(names.region.clone()),
        path: row.path.clone(),
        stage,
        issued_on: Some(row.issued_day.date()),
        terms,
        status,
    }))
}
