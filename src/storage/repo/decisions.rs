//! Decisions and the evaluations they rest on.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::decisions::{DecisionRow, EvaluationRow};
use crate::storage::schema::decisions::{decision, evaluation};
use crate::storage::values::Id;

/// Stores a decision.
pub fn insert(conn: &mut Conn, row: &DecisionRow) -> QueryResult<()> {
    diesel::insert_into(decision::table).values(row).execute(conn).map(|_| ())
}

/// One decision about a person.
pub fn find(conn: &mut Conn, person: Id, id: Id) -> QueryResult<Option<DecisionRow>> {
    decision::table.find((person, id)).select(DecisionRow::as_select()).first(conn).optional()
}

/// Every decision about a person, oldest first.
pub fn of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<DecisionRow>> {
    decision::table
        .filter(decision::person_id.eq(person))
        .order(decision::id)
        .select(DecisionRow::as_select())
        .load(conn)
}

/// Stores an evaluation that is acted upon.
pub fn insert_evaluation(conn: &mut Conn, row: &EvaluationRow) -> QueryResult<()> {
    diesel::insert_into(evaluation::table).values(row).execute(conn).map(|_| ())
}

/// One stored evaluation.
pub fn evaluation(conn: &mut Conn, person: Id, id: Id) -> QueryResult<Option<EvaluationRow>> {
    evaluation::table.find((person, id)).select(EvaluationRow::as_select()).first(conn).optional()
}

/// Up to `limit` stored evaluations after one, person by person.
pub fn evaluations_after(conn: &mut Conn, (person, id): (Id, Id), limit: i64) -> QueryResult<Vec<EvaluationRow>> {
    let same = evaluation::person_id.eq(person).and(evaluation::id.gt(id));
    evaluation::table
        .filter(evaluation::person_id.gt(person).or(same))
        .order((evaluation::person_id, evaluation::id))
        .limit(limit)
        .select(EvaluationRow::as_select())
        .load(conn)
}

/// How many evaluations are stored.
pub fn count_evaluations(conn: &mut Conn) -> QueryResult<i64> {
    evaluation::table.count().get_result(conn)
}
