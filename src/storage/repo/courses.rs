//! Courses and the names of who gives them.

use diesel::prelude::*;

use super::{Conn, ROWS_PER_INSERT, only};
use crate::storage::rows::approval::ApprovalRow;
use crate::storage::rows::course::{CourseRow, CourseSessionRow, CourseTopicRow, ImportRunRow};
use crate::storage::rows::learning::{CompletionRow, CompletionTopicRow, KeyedCompletionRow};
use crate::storage::schema::credentials::{approval, course, course_session, course_topic, import_run};
use crate::storage::schema::facts::{completion, completion_topic};
use crate::storage::schema::organizations::{organization, person_identifier};
use crate::storage::schema::people::email;
use crate::storage::values::{Day, Id};

diesel::alias!(approval as newer_approval: NewerApproval);

/// Of each course its key, its program and its code.
pub fn codes(conn: &mut Conn, ids: &[Id]) -> QueryResult<Vec<(Id, Id, String)>> {
    course::table.filter(course::id.eq_any(ids)).select((course::id, course::organization_id, course::code)).load(conn)
}

/// Of each organization its key, its slug and its region.
pub fn organization_names(conn: &mut Conn, ids: &[Id]) -> QueryResult<Vec<(Id, String, Option<String>)>> {
    organization::table
        .filter(organization::id.eq_any(ids))
        .select((organization::id, organization::slug, organization::region))
        .load(conn)
}

/// Adds a course with its topics.
pub fn insert(conn: &mut Conn, row: &CourseRow, topics: &[CourseTopicRow]) -> QueryResult<()> {
    diesel::insert_into(course::table).values(row).execute(conn)?;
    diesel::insert_into(course_topic::table).values(topics).execute(conn).map(drop)
}

/// One course of a program.
pub fn find(conn: &mut Conn, program: Id, id: Id) -> QueryResult<Option<CourseRow>> {
    course::table
        .filter(course::id.eq(id).and(course::organization_id.eq(program)))
        .select(CourseRow::as_select())
        .first(conn)
        .optional()
}

/// All courses of a program, oldest first.
pub fn list(conn: &mut Conn, program: Id) -> QueryResult<Vec<CourseRow>> {
    course::table
        .filter(course::organization_id.eq(program))
        .order(course::id)
        .select(CourseRow::as_select())
        .load(conn)
}

/// Up to `limit` courses of a program, oldest first, behind the one with the key `after`.
pub fn list_after(conn: &mut Conn, program: Id, after: Option<Id>, limit: i64) -> QueryResult<Vec<CourseRow>> {
    course::table
        .filter(course::organization_id.eq(program).and(course::id.gt(after.unwrap_or(Id(i64::MIN)))))
        .order(course::id)
        .limit(limit)
        .select(CourseRow::as_select())
        .load(conn)
}

/// The topics of these courses, course by course.
pub fn list_topics(conn: &mut Conn, courses: &[Id]) -> QueryResult<Vec<CourseTopicRow>> {
    course_topic::table
        .filter(course_topic::course_id.eq_any(courses))
        .order((course_topic::course_id, course_topic::topic))
        .select(CourseTopicRow::as_select())
        .load(conn)
}

/// Adds a session of a course.
pub fn insert_session(conn: &mut Conn, row: &CourseSessionRow) -> QueryResult<()> {
    diesel::insert_into(course_session::table).values(row).execute(conn).map(drop)
}

/// Up to `limit` sessions of a course, first day first, behind the place `after` (day and session).
pub fn sessions_after(
    conn: &mut Conn,
    course: Id,
    after: Option<(Day, Id)>,
    limit: i64,
) -> QueryResult<Vec<CourseSessionRow>> {
    let (day, id) = after.unwrap_or((Day(i32::MIN), Id(i64::MIN)));
    course_session::table
        .filter(course_session::course_id.eq(course))
        // The page begins in the index where the last one ended.
        .filter(course_session::from_day.ge(day))
        .filter(course_session::from_day.gt(day).or(course_session::from_day.eq(day).and(course_session::id.gt(id))))
        .order((course_session::from_day, course_session::id))
        .limit(limit)
        .select(CourseSessionRow::as_select())
        .load(conn)
}

/// One session of a course.
pub fn find_session(conn: &mut Conn, course: Id, id: Id) -> QueryResult<Option<CourseSessionRow>> {
    course_session::table
        .filter(course_session::course_id.eq(course).and(course_session::id.eq(id)))
        .select(CourseSessionRow::as_select())
        .first(conn)
        .optional()
}

/// Adds a revision of an approval.
pub fn insert_approval(conn: &mut Conn, row: &ApprovalRow) -> QueryResult<()> {
    diesel::insert_into(approval::table).values(row).execute(conn).map(drop)
}

/// Up to `limit` approvals of a board as they stand, oldest first, behind the one with the key `after`.
pub fn board_approvals_after(
    conn: &mut Conn,
    board: Id,
    after: Option<Id>,
    limit: i64,
) -> QueryResult<Vec<ApprovalRow>> {
    approval::table
        .filter(approval::board_id.eq(board).and(approval::id.gt(after.unwrap_or(Id(i64::MIN)))))
        .filter(newest!(approval, newer_approval, board_id))
        .order(approval::id)
        .limit(limit)
        .select(ApprovalRow::as_select())
        .load(conn)
}

/// A board's approvals, every revision, in order.
pub fn list_board_approvals(conn: &mut Conn, board: Id) -> QueryResult<Vec<ApprovalRow>> {
    approval::table
        .filter(approval::board_id.eq(board))
        .order((approval::id, approval::revision))
        .select(ApprovalRow::as_select())
        .load(conn)
}

/// Whose these addresses are: address and person.
pub fn people_by_email(conn: &mut Conn, addresses: &[String]) -> QueryResult<Vec<(String, Id)>> {
    let mut found = Vec::new();
    for chunk in addresses.chunks(ROWS_PER_INSERT) {
        let some: Vec<(String, Id)> = email::table
            .filter(email::address.eq_any(chunk).and(email::ended_at.is_null()))
            .select((email::address, email::person_id))
            .load(conn)?;
        found.extend(some);
    }
    Ok(found)
}

/// Whose these numbers are at an organization: number and person.
pub fn people_by_number(conn: &mut Conn, organization: Id, numbers: &[String]) -> QueryResult<Vec<(String, Id)>> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(ROWS_PER_INSERT) {
        let some: Vec<(String, Id)> = person_identifier::table
            .filter(person_identifier::organization_id.eq(organization).and(person_identifier::value.eq_any(chunk)))
            .select((person_identifier::value, person_identifier::person_id))
            .load(conn)?;
        found.extend(some);
    }
    Ok(found)
}

/// Of these people, which rows of a file are there already: person and the row's key.
pub fn known_completions(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<(Id, i64)>> {
    let mut found = Vec::new();
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let some: Vec<(Id, Option<i64>)> = completion::table
            .filter(completion::person_id.eq_any(chunk).and(completion::source_key.is_not_null()))
            .select((completion::person_id, completion::source_key))
            .load(conn)?;
        found.extend(some.into_iter().filter_map(|(person, key)| Some((person, key?))));
    }
    Ok(found)
}

/// What of these people stands under a row's key, every revision in order.
pub fn keyed_completions(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<KeyedCompletionRow>> {
    let mut found = Vec::new();
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let some: Vec<KeyedCompletionRow> = completion::table
            .filter(completion::person_id.eq_any(chunk).and(completion::source_key.is_not_null()))
            .order((completion::person_id, completion::id, completion::revision))
            .select(KeyedCompletionRow::as_select())
            .load(conn)?;
        found.extend(some);
    }
    Ok(found)
}

/// The minutes that stand with topics of these people's completions: whose, which revision of which one, how long.
pub fn topic_minutes(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<(Id, Id, i32, i32)>> {
    let mut found = Vec::new();
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let some: Vec<(Id, Id, i32, Option<i32>)> = completion_topic::table
            .filter(completion_topic::person_id.eq_any(chunk).and(completion_topic::minutes.is_not_null()))
            .select((
                completion_topic::person_id,
                completion_topic::completion_id,
                completion_topic::revision,
                completion_topic::minutes,
            ))
            .load(conn)?;
        found.extend(
            some.into_iter().filter_map(|(person, id, revision, minutes)| Some((person, id, revision, minutes?))),
        );
    }
    Ok(found)
}

/// Makes others who record something of `organization` wait until this transaction ends.
pub fn take_turn(conn: &mut Conn, organization: Id) -> QueryResult<()> {
    only::take_turn(conn, organization)
}

/// Adds many completions in the fastest way the database has.
pub fn bulk_insert(conn: &mut Conn, rows: &[CompletionRow], topics: &[CompletionTopicRow]) -> QueryResult<()> {
    only::bulk_completions(conn, rows)?;
    only::bulk_completion_topics(conn, topics)
}

/// One completion, its latest revision, with its topics.
pub fn find_completion(
    conn: &mut Conn,
    person: Id,
    id: Id,
) -> QueryResult<Option<(CompletionRow, Vec<CompletionTopicRow>)>> {
    let row: Option<CompletionRow> = completion::table
        .filter(completion::person_id.eq(person).and(completion::id.eq(id)))
        .order(completion::revision.desc())
        .select(CompletionRow::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let topics = completion_topic::table
        .filter(completion_topic::person_id.eq(person).and(completion_topic::completion_id.eq(id)))
        .filter(completion_topic::revision.eq(row.revision))
        .order(completion_topic::topic)
        .select(CompletionTopicRow::as_select())
        .load(conn)?;
    Ok(Some((row, topics)))
}

/// Adds a file that begins to be brought in.
pub fn insert_import(conn: &mut Conn, row: &ImportRunRow) -> QueryResult<()> {
    diesel::insert_into(import_run::table).values(row).execute(conn).map(drop)
}

/// Codes and titles of the courses that a person's completions name.
pub fn titles_of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<(String, String)>> {
    let taken: Vec<Option<Id>> = completion::table
        .filter(completion::person_id.eq(person))
        .select(completion::course_id)
        .distinct()
        .load(conn)?;
    let taken: Vec<Id> = taken.into_iter().flatten().collect();
    course::table.filter(course::id.eq_any(taken)).select((course::code, course::title)).load(conn)
}

/// Slugs and names of the programs that a person's completions name.
pub fn programs_of_person(conn: &mut Conn, person: Id) -> QueryResult<Vec<(String, String)>> {
    let taken: Vec<Option<Id>> = completion::table
        .filter(completion::person_id.eq(person))
        .select(completion::program_id)
        .distinct()
        .load(conn)?;
    let taken: Vec<Id> = taken.into_iter().flatten().collect();
    organization::table
        .filter(organization::id.eq_any(taken))
        .select((organization::slug, organization::name))
        .load(conn)
}
