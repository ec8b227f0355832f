//! Of many people at once only those columns that a status is decided by, person by person in the order of the
//! tables' keys.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::learning::CompletionTopicRow;
use crate::storage::rows::narrow::{NarrowApplication, NarrowCompletion, NarrowExam, NarrowSource, Whose};
use crate::storage::schema::awards::award;
use crate::storage::schema::decisions::{application, application_event, decision};
use crate::storage::schema::facts::{
    carry_over, completion, completion_extra, completion_topic, exam_attempt, hold, person_event,
};
use crate::storage::schema::people::person_detail;
use crate::storage::values::{Day, Id};

/// Loads what a query finds of these people.
macro_rules! load_of {
    ($conn:expr, $whose:expr, $table:ident, $query:expr) => {
        match $whose {
            Whose::Between(from, through) => $query.filter($table::person_id.between(from, through)).load($conn),
            Whose::Each(people) => $query.filter($table::person_id.eq_any(people)).load($conn),
        }
    };
}

/// The completions of these people, every revision.
pub fn completions(conn: &mut Conn, whose: Whose<'_>) -> QueryResult<Vec<NarrowCompletion>> {
    let query = completion::table
        .order((completion::person_id, completion::id, completion::revision))
        .select(NarrowCompletion::as_select());
    load_of!(conn, whose, completion, query)
}

/// [`completions`], each with where it comes from.
pub fn completions_and_sources(
    conn: &mut Conn,
    whose: Whose<'_>,
) -> QueryResult<Vec<(NarrowCompletion, NarrowSource)>> {
    let query = completion::table
        .order((completion::person_id, completion::id, completion::revision))
        .select((NarrowCompletion::as_select(), NarrowSource::as_select()));
    load_of!(conn, whose, completion, query)
}

/// The topics of their completions, every revision.
pub fn topics(conn: &mut Conn, whose: Whose<'_>) -> QueryResult<Vec<CompletionTopicRow>> {
    let key = (
        completion_topic::person_id,
        completion_topic::completion_id,
        completion_topic::revision,
        completion_topic::topic,
    );
    let query = completion_topic::table.order(key).select(CompletionTopicRow::as_select());
    load_of!(conn, whose, completion_topic, query)
}

/// Their sittings of exams, every revision.
pub fn exams(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<NarrowExam>> {
    exam_attempt::table
        .filter(exam_attempt::person_id.between(from, through))
        .order((exam_attempt::person_id, exam_attempt::id, exam_attempt::revision))
        .select(NarrowExam::as_select())
        .load(conn)
}

/// Their applications for a credential.
pub fn applications(conn: &mut Conn, credential: Id, (from, through): (Id, Id)) -> QueryResult<Vec<NarrowApplication>> {
    application::table
        .filter(application::person_id.between(from, through).and(application::credential_id.eq(credential)))
        .order((application::person_id, application::id))
        .select(NarrowApplication::as_select())
        .load(conn)
}

/// When their applications were complete or approved: person, application, which of the two, day.
pub fn steps(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<(Id, Id, String, Day)>> {
    application_event::table
        .filter(application_event::person_id.between(from, through))
        .filter(application_event::kind.eq_any(["complete", "approved"]))
        .order((application_event::person_id, application_event::application_id, application_event::seq))
        .select((
            application_event::person_id,
            application_event::application_id,
            application_event::kind,
            application_event::on_day,
        ))
        .load(conn)
}

/// When they were born, every revision.
pub fn births(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<(Id, Option<Day>)>> {
    person_detail::table
        .filter(person_detail::person_id.between(from, through))
        .order((person_detail::person_id, person_detail::revision))
        .select((person_detail::person_id, person_detail::birth_day))
        .load(conn)
}

/// Those of them who hold or held a credential.
pub fn holders(conn: &mut Conn, credential: Id, (from, through): (Id, Id)) -> QueryResult<Vec<Id>> {
    award::table
        .filter(award::person_id.between(from, through).and(award::credential_id.eq(credential)))
        .select(award::person_id)
        .load(conn)
}

/// Those of them of whom more is known about a completion than most have.
pub fn with_extras(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<Id>> {
    completion_extra::table
        .filter(completion_extra::person_id.between(from, through))
        .order(completion_extra::person_id)
        .select(completion_extra::person_id)
        .load(conn)
}

/// Those of them of whom something is known that few have: decisions, events, holds, carried minutes.
pub fn unusual(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<Id>> {
    let mut people: Vec<Id> =
        decision::table.filter(decision::person_id.between(from, through)).select(decision::person_id).load(conn)?;
    people.extend(
        person_event::table
            .filter(person_event::person_id.between(from, through))
            .select(person_event::person_id)
            .load::<Id>(conn)?,
    );
    people.extend(hold::table.filter(hold::person_id.between(from, through)).select(hold::person_id).load::<Id>(conn)?);
    people.extend(
        carry_over::table
            .filter(carry_over::person_id.between(from, through))
            .select(carry_over::person_id)
            .load::<Id>(conn)?,
    );
    people.sort_unstable();
    people.dedup();
    Ok(people)
}
