//! Rows that point at rows: what the tables hold together by themselves, and what they do not because PostgreSQL
//! could then not be sharded by person, or because a column of facts has to stay narrow.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{Conn, StoreError, lite, pg};

/// Columns of one table that name a row of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The table with the pointing rows.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table pointed at.
    pub target: String,
    /// Its columns.
    pub target_columns: Vec<String>,
}

/// What no foreign key holds: `table.column,column target.column,column`.
const UNDECLARED: &[&str] = &[
    "completion.kind word.id",
    "completion.delivery word.id",
    "completion.state word.id",
    "completion.course_id course.id",
    "completion.program_id organization.id",
    "completion.session_id course_session.id",
    "completion_topic.topic word.id",
    "service_entry.kind word.id",
    "service_entry.state word.id",
    "service_entry.domain word.id",
    "service_entry.setting word.id",
    "service_entry.role word.id",
    "service_entry.site word.id",
    "service_entry.supervisor_id person.id",
    "service_attestation.outcome word.id",
    "service_attestation.supervisor_id person.id",
    "supervision.supervisor_id person.id",
    "exam_attempt.exam word.id",
    "exam_attempt.outcome word.id",
    "exam_attempt.board_id organization.id",
    "attestation.kind word.id",
    "attestation.state word.id",
    "employment.title word.id",
    "employment.employer word.id",
    "person_event.kind word.id",
    "person_event.state word.id",
    "person_event.credential_id credential.id",
    "hold.kind word.id",
    "hold.state word.id",
    "hold.credential_id credential.id",
    "carry_over.topic word.id",
    "carry_over.as_topic word.id",
    "carry_over.credential_id credential.id",
    "person_merge.absorbed_id person.id",
    "board_queue.person_id,application_id application.person_id,id",
    "board_queue.credential_id credential.id",
    "board_queue.person_id,application_id application_open.person_id,application_id",
    "evaluation.credential_id credential.id",
    "decision.credential_id credential.id",
    "decision.person_id,application_id application.person_id,id",
    "decision.person_id,evaluation_id evaluation.person_id,id",
    "award.person_id,decision_id decision.person_id,id",
    "award_term.person_id,decision_id decision.person_id,id",
    "status_event.person_id,decision_id decision.person_id,id",
    "certificate.person_id,replaces certificate.person_id,id",
    "certificate.code certificate_code.code",
    "certificate.number certificate_number.number",
    "certificate_issue.person_id,certificate_id certificate.person_id,id",
    "outbox.person_id person.id",
    "delivery.person_id,notice_id notice.person_id,id",
    "reminder.person_id,notice_id notice.person_id,id",
    "reminder.person_id,term_id award_term.person_id,id",
];

/// Every reference that no foreign key holds.
#[must_use]
pub fn undeclared() -> Vec<Reference> {
    let columns = |text: &str| text.split(',').map(str::to_owned).collect();
    let read = |line: &&str| {
        let (from, to) = line.split_once(' ')?;
        let ((table, own), (target, theirs)) = (from.split_once('.')?, to.split_once('.')?);
        let (table, target) = (table.to_owned(), target.to_owned());
        Some(Reference { table, columns: columns(own), target, target_columns: columns(theirs) })
    };
    UNDECLARED.iter().filter_map(read).collect()
}

/// Rows that point at nothing, in sentences.
///
/// # Errors
/// What the database met.
pub fn dangling(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let mut all = undeclared();
    all.extend(match conn {
        Conn::Sqlite(c) => lite::only::declared_references(c)?,
        Conn::Postgres(c) => pg::only::declared_references(c)?,
    });
    let mut found = Vec::new();
    for reference in all {
        let rows = count(conn, &reference)?;
        if rows > 0 {
            let Reference { table, columns, target, .. } = reference;
            found.push(format!("`{table}`: {rows} row(s) whose `{}` names no row of `{target}`", columns.join("`, `")));
        }
    }
    Ok(found)
}

/// How many rows point at nothing. The names are those of our own tables, never of a request.
fn count(conn: &mut Conn<'_>, reference: &Reference) -> Result<i64, StoreError> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let Reference { table, columns, target, target_columns } = reference;
    let stated: Vec<String> = columns.iter().map(|column| format!("c.{column} IS NOT NULL")).collect();
    let pairs = columns.iter().zip(target_columns);
    let same: Vec<String> = pairs.map(|(own, theirs)| format!("t.{theirs} = c.{own}")).collect();
    let query = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM {table} c WHERE {} AND NOT EXISTS (SELECT 1 FROM {target} t WHERE {})",
        stated.join(" AND "),
        same.join(" AND "),
    ));
    let count: Count = match conn {
        Conn::Sqlite(c) => query.get_result(*c)?,
        Conn::Postgres(c) => query.get_result(*c)?,
    };
    Ok(count.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_reads_as_a_reference_between_as_many_columns() {
        let all = undeclared();
        assert_eq!(all.len(), UNDECLARED.len());
        assert!(all.iter().all(|it| it.columns.len() == it.target_columns.len()));
    }
}
