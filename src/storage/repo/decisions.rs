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
