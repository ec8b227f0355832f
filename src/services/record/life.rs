//! Exams, statements, work, events, holds and carried minutes.

use super::{Known, RecordFault, Rows, latest, minutes, word};
use crate::rules::record::{Attestation, CarryOver, Employment, Event, ExamAttempt, Hold, Record, Value};
use crate::storage::{Day, Id, Words};

/// Adds them to the record.
pub(super) fn fill(record: &mut Record, rows: &Rows, words: &Words, known: &Known) -> Result<(), RecordFault> {
    let slug = |id: Option<Id>| id.and_then(|id| known.credentials.get(&id)).map(|names| names.slug.clone());
    for row in latest(&rows.exams, |row| row.id) {
        record.exams.push(ExamAttempt {
            id: row.id.to_string(),
            exam: words.text(row.exam).to_owned(),
            form: row.form.clone(),
            on: row.on_day.date(),
            score: row.score.clone(),
            scale: row.scale.clone(),
            pass_mark: row.pass_mark.clone(),
            outcome: Some(word(words.text(row.outcome))?),
            official: Some(row.official),
            official_on: row.official_day.map(Day::date),
            status: None,
            domains: match &row.domains {
                Some(json) => serde_json::from_str(json).map_err(|e| RecordFault::Json(row.id, e.to_string()))?,
                None => std::collections::BTreeMap::new(),
            },
        });
    }
    for row in latest(&rows.attestations, |row| row.id) {
        record.attestations.push(Attestation {
            id: row.id.to_string(),
            kind: word(words.text(row.kind))?,
            subtype: row.subtype.clone(),
            value: row.value.as_deref().map(value),
            on: row.on_day.date(),
            from: row.from_day.map(Day::date),
            through: row.through_day.map(Day::date),
            moment: row.moment.clone(),
            by: Some(row.made_by.clone()),
            by_id: row.made_by_id.clone(),
            by_standing: row.by_standing.clone(),
            about: row.about.map(|id| id.to_string()),
            status: Some(word(words.text(row.state))?),
        });
    }
    for row in latest(&rows.employment, |row| row.id) {
        record.employment.push(Employment {
            id: row.id.to_string(),
            title: Some(words.text(row.title).to_owned()),
            employer: Some(words.text(row.employer).to_owned()),
            from: row.from_day.date(),
            through: row.through_day.map(Day::date),
            weekly_minutes: row.weekly_minutes.map(minutes),
            status: None,
        });
    }
    for row in latest(&rows.events, |row| row.id).filter(|row| words.text(row.state) != "voided") {
        record.events.push(Event {
            id: row.id.to_string(),
            kind: word(words.text(row.kind))?,
            on: row.on_day.date(),
            credential: slug(row.credential_id),
            stage: row.stage.clone(),
        });
    }
    for row in latest(&rows.holds, |row| row.id).filter(|row| words.text(row.state) != "voided") {
        record.holds.push(Hold {
            id: row.id.to_string(),
            credential: slug(row.credential_id),
            stage: row.stage.clone(),
            kind: word(words.text(row.kind))?,
            from: row.from_day.date(),
            through: row.through_day.map(Day::date),
        });
    }
    for row in latest(&rows.carry_over, |row| row.id) {
        record.carry_over.extend(slug(Some(row.credential_id)).map(|credential| CarryOver {
            id: row.id.to_string(),
            credential,
            from_term: row.from_term.date(),
            topic: Some(words.text(row.topic).to_owned()),
            as_topic: Some(words.text(row.as_topic).to_owned()),
            minutes: minutes(row.minutes),
            generation: minutes(row.generation),
        }));
    }
    Ok(())
}

/// What an attestation says: numbers and yes or no are told apart from words.
pub(in crate::services) fn value(stored: &str) -> Value {
    match (stored.parse::<i64>(), stored) {
        (Ok(number), _) => Value::Number(number),
        (Err(_), "true") => Value::Yes(true),
        (Err(_), "false") => Value::Yes(false),
        (Err(_), text) => Value::Text(text.to_owned()),
    }
}
