//! Whom a board knows: those who applied to it, hold something of it, or were brought in by it under a number.
//!
//! Of everybody else a board learns nothing, not even that they are here: what it asks is answered as if there were
//! no such person.

use std::collections::HashSet;

use crate::repo;
use crate::storage::{Conn, Id, StoreError};

/// Those of `people` whom the board knows.
///
/// # Errors
/// What the database met.
pub fn among(conn: &mut Conn<'_>, board: Id, people: &[Id]) -> Result<HashSet<Id>, StoreError> {
    Ok(repo!(conn, boards::known_people(board, people))?.into_iter().collect())
}

/// Whether the board knows a person.
///
/// # Errors
/// What the database met.
pub fn person(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<bool, StoreError> {
    Ok(!repo!(conn, boards::known_people(board, &[person]))?.is_empty())
}

/// Whether the board has a case of a person: then its staff may see what the person handed in.
///
/// # Errors
/// What the database met.
pub fn has_case(conn: &mut Conn<'_>, board: Id, person: Id) -> Result<bool, StoreError> {
    Ok(repo!(conn, boards::has_case(board, person))?)
}

/// Whether the board knows somebody as one who may supervise: the person themselves, or somebody who named them.
///
/// # Errors
/// What the database met.
pub fn supervisor(conn: &mut Conn<'_>, board: Id, supervisor: Id) -> Result<bool, StoreError> {
    let mut people: Vec<Id> =
        repo!(conn, supervision::list_of_supervisor(supervisor))?.into_iter().map(|row| row.person_id).collect();
    people.push(supervisor);
    people.sort_unstable();
    people.dedup();
    Ok(!repo!(conn, boards::known_people(board, &people))?.is_empty())
}
