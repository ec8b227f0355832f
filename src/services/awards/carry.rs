//! The carry-over ledger: what a renewed term hands on is written down with the renewal itself.

use serde_json::json;

use super::Grant;
use crate::repo;
use crate::rules::Purpose;
use crate::rules::carry::yielded;
use crate::services::acting::Acting;
use crate::storage::rows::life::CarryOverRow;
use crate::storage::{Conn, Day, StoreError};

/// Writes down what the finished term yields under its rules; nothing where they carry nothing.
pub(super) fn carry(conn: &mut Conn<'_>, by: &Acting, grant: &Grant<'_>) -> Result<(), StoreError> {
    let answered = grant.answered;
    let Some(version) = answered.version().filter(|_| grant.purpose == Purpose::Renewal) else { return Ok(()) };
    let mut rows = Vec::new();
    for found in yielded(version, &answered.record, &answered.evaluation) {
        let topic = found.topic.as_deref().unwrap_or(crate::rules::pack::model::GENERAL);
        let as_topic = found.as_topic.as_deref().unwrap_or(topic);
        rows.push(CarryOverRow {
            person_id: grant.person,
            id: by.fresh_id(),
            revision: 1,
            credential_id: grant.credential.id,
            from_term: Day::from(found.from_term),
            topic: repo!(conn, words::intern(topic))?,
            as_topic: repo!(conn, words::intern(as_topic))?,
            minutes: i32::try_from(found.minutes).unwrap_or(i32::MAX),
            generation: i32::try_from(found.generation).unwrap_or(i32::MAX),
            recorded_at: by.moment(),
            recorded_by: by.actor,
        });
    }
    if rows.is_empty() {
        return Ok(());
    }
    repo!(conn, facts::insert_carry_overs(&rows))?;
    let minutes: i64 = rows.iter().map(|row| i64::from(row.minutes)).sum();
    let detail = json!({ "rows": rows.len(), "minutes": minutes, "decision": grant.decision });
    by.log(conn, "award.carry_over", format!("credential {}", grant.credential.id), Some(grant.person), detail)?;
    Ok(())
}
