//! Completions as learning.

use serde::{Deserialize, Serialize};

use super::{Known, RecordFault, Rows, latest, minutes, text, word};
use crate::rules::record::{Amount, Approval, Attendance, Learning, UsedFor};
use crate::storage::rows::approval::ApprovalRow;
use crate::storage::rows::learning::CompletionRow;
use crate::storage::{Day, Id, Words};

/// What few completions have, as `completion_extra` keeps it: the portable record's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LearningExtra {
    /// The course's name where no course of ours is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// Who gave it, where no program of ours is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// An amount in a unit that boards size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How much was attended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// Where it was used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub used_for: Vec<UsedFor>,
    /// What it came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Recognized without the course.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recognition: Option<String>,
    /// The course it equals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equivalent_to: Option<String>,
    /// The sort of source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The paper that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// The person's learning, oldest fact first.
pub(super) fn learning(rows: &Rows, words: &Words, known: &Known) -> Result<Vec<Learning>, RecordFault> {
    latest(&rows.completions, |row| row.id).map(|row| one(row, rows, words, known)).collect()
}

fn one(row: &CompletionRow, rows: &Rows, words: &Words, known: &Known) -> Result<Learning, RecordFault> {
    let mut learning = Learning {
        id: row.id.to_string(),
        course: row.course_id.and_then(|id| known.courses.get(&id).cloned()),
        provider: row.program_id.and_then(|id| known.organizations.get(&id).cloned()),
        started_on: row.started_day.map(Day::date),
        completed_on: row.completed_day.date(),
        minutes: row.minutes.map(minutes),
        kind: Some(word(words.text(row.kind))?),
        delivery: text(words, row.delivery).as_deref().map(word).transpose()?,
        status: Some(word(words.text(row.state))?),
        approved: row.approved,
        approvals: approvals((row.course_id, row.program_id), known),
        ..Learning::default()
    };
    let of_row = |id, revision| id == row.id && revision == row.revision;
    for topic in rows.topics.iter().filter(|topic| of_row(topic.completion_id, topic.revision)) {
        let name = words.text(topic.topic).to_owned();
        match topic.minutes {
            Some(fixed) => drop(learning.minutes_by_topic.insert(name, minutes(fixed))),
            None => learning.topics.push(name),
        }
    }
    // Rows come in the order of word keys; people and hashes want that of the alphabet.
    learning.topics.sort();
    if let Some(extra) = rows.extras.iter().find(|extra| of_row(extra.completion_id, extra.revision)) {
        let extra: LearningExtra =
            serde_json::from_str(&extra.content).map_err(|error| RecordFault::Json(row.id, error.to_string()))?;
        add(&mut learning, extra)?;
    }
    learning.attendance = learning.attendance.take().or_else(|| attendance(row, rows));
    Ok(learning)
}

/// What was written down of the session that the completion names.
fn attendance(row: &CompletionRow, rows: &Rows) -> Option<Attendance> {
    let session = row.session_id?;
    let there = latest(&rows.attendances, |there| there.id).find(|there| there.session_id == session)?;
    Some(Attendance {
        held_minutes: minutes(there.held_minutes),
        attended_minutes: minutes(there.attended_minutes),
        excused_minutes: minutes(there.excused_minutes),
    })
}

fn add(learning: &mut Learning, extra: LearningExtra) -> Result<(), RecordFault> {
    learning.course = learning.course.take().or(extra.course);
    learning.provider = learning.provider.take().or(extra.provider);
    learning.amount = extra.amount;
    learning.tags = extra.tags;
    learning.attendance = extra.attendance;
    learning.used_for = extra.used_for;
    learning.outcome = extra.outcome.as_deref().map(word).transpose()?;
    learning.recognition = extra.recognition.as_deref().map(word).transpose()?;
    learning.equivalent_to = extra.equivalent_to;
    learning.source = extra.source;
    learning.evidence = extra.evidence.as_deref().map(word).transpose()?;
    Ok(())
}

/// The approvals of a completion's course or program: which of them held on its day is for the rules.
pub(in crate::services) fn approvals((course, program): (Option<Id>, Option<Id>), known: &Known) -> Vec<Approval> {
    let concerns = |approval: &&ApprovalRow| {
        (approval.course_id.is_some() && approval.course_id == course)
            || (approval.program_id.is_some() && approval.program_id == program)
    };
    let mut found = Vec::new();
    for approval in known.approvals.iter().filter(concerns) {
        let by = match approval.credential_id {
            Some(credential) => known.credentials.get(&credential).map(|names| names.slug.clone()),
            None => known.regions.get(&approval.board_id).cloned(),
        };
        found.extend(by.map(|by| Approval {
            by,
            number: approval.number.clone(),
            from: Some(approval.from_day.date()),
            through: approval.through_day.map(Day::date),
            withdrawn_on: approval.withdrawn_on.map(Day::date),
            lists: approval.lists.split_whitespace().map(str::to_owned).collect(),
        }));
    }
    found
}
