//! Logged hours as service.

use super::{Known, RecordFault, Rows, latest, minutes, text, word};
use crate::rules::record::Service;
use crate::storage::rows::service::{ServiceAttestationRow, ServiceEntryRow};
use crate::storage::{Day, Words};

/// The person's hours, oldest fact first.
pub(super) fn service(rows: &Rows, words: &Words, known: &Known) -> Result<Vec<Service>, RecordFault> {
    latest(&rows.service, |row| row.id).map(|row| one(row, rows, words, known)).collect()
}

fn one(row: &ServiceEntryRow, rows: &Rows, words: &Words, known: &Known) -> Result<Service, RecordFault> {
    let state = state(row, &rows.service_attestations, words);
    Ok(Service {
        id: row.id.to_string(),
        from: row.from_day.date(),
        to: row.to_day.date(),
        start: row.start_minute.map(clock),
        end: row.end_minute.map(clock),
        minutes: Some(minutes(row.minutes)),
        kind: Some(word(words.text(row.kind))?),
        domain: text(words, row.domain),
        setting: text(words, row.setting),
        role: text(words, row.role),
        site: text(words, row.site),
        paid: row.paid,
        observed: Some(row.observed),
        group_size: row.group_size.map(minutes),
        supervisor: row.supervisor_id.map(|id| id.to_string()),
        supervisor_eligible: eligible(row, known),
        status: Some(word(state)?),
        ..Service::default()
    })
}

/// How far an entry is confirmed; `said` is what supervisors said of the person's hours.
pub(in crate::services) fn state<'w>(
    row: &ServiceEntryRow,
    said: &[ServiceAttestationRow],
    words: &'w Words,
) -> &'w str {
    let state = words.text(row.state);
    // The supervisor's last word on this very revision decides; a correction has to be signed again.
    let last = || said.iter().rfind(|said| said.entry_id == row.id && said.entry_revision == row.revision);
    if state == "reported" && last().is_some_and(|said| words.text(said.outcome) == "attested") {
        return "attested";
    }
    state
}

/// Minutes after midnight as `HH:MM`.
fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Whether the board held the supervisor eligible on every day of the entry; unsaid without a board, or
/// where the board said nothing of that supervisor.
pub(in crate::services) fn eligible(row: &ServiceEntryRow, known: &Known) -> Option<bool> {
    let periods = known.eligibility.as_ref()?.get(&row.supervisor_id?)?;
    if periods.is_empty() {
        return None;
    }
    let covers = |from: Day, through: Option<Day>, withdrawn: Option<Day>| {
        from <= row.from_day
            && through.is_none_or(|through| row.to_day <= through)
            && withdrawn.is_none_or(|withdrawn| row.to_day < withdrawn)
    };
    Some(periods.iter().any(|period| covers(period.from_day, period.through_day, period.withdrawn_on)))
}
