//! A person's facts: added, and read back whole, every revision in order.

use diesel::prelude::*;

use super::{Conn, ROWS_PER_INSERT};
use crate::storage::rows::approval::ApprovalRow;
use crate::storage::rows::learning::{AttendanceRow, CompletionExtraRow, CompletionRow, CompletionTopicRow};
use crate::storage::rows::life::{
    AttestationRow, CarryOverRow, EmploymentRow, ExamAttemptRow, HoldRow, PersonEventRow,
};
use crate::storage::rows::service::{
    ServiceAttestationRow, ServiceEntryRow, ServiceTimesRow, SupervisorEligibilityRow,
};
use crate::storage::schema::credentials::approval;
use crate::storage::schema::facts::{
    attendance, attestation, carry_over, completion, completion_extra, completion_topic, employment, exam_attempt,
    hold, person_event, service_attestation, service_entry, supervisor_eligibility,
};
use crate::storage::values::{Day, Id};

diesel::alias!(
    attendance as newer_attendance: NewerAttendance,
    service_entry as newer_entry: NewerEntry,
    supervisor_eligibility as newer_eligibility: NewerEligibility,
);

/// For each table of facts the same two functions: one adds rows, one reads a person's rows in the order of
/// their key, so that of each fact the last revision comes last.
macro_rules! facts {
    ($($table:ident, $row:ty, $key:expr, $insert:ident, $list:ident, $range:ident;)*) => { $(
        #[doc = concat!("Adds rows to `", stringify!($table), "`.")]
        pub fn $insert(conn: &mut Conn, rows: &[$row]) -> QueryResult<()> {
            for chunk in rows.chunks(ROWS_PER_INSERT) {
                diesel::insert_into($table::table).values(chunk).execute(conn)?;
            }
            Ok(())
        }

        #[doc = concat!("A person's rows of `", stringify!($table), "`, every revision, in order.")]
        pub fn $list(conn: &mut Conn, person: Id) -> QueryResult<Vec<$row>> {
            $table::table.filter($table::person_id.eq(person)).order($key).select(<$row>::as_select()).load(conn)
        }

        #[doc = concat!("The rows of `", stringify!($table), "` of all people from one key through another, person by person.")]
        pub fn $range(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<$row>> {
            $table::table
                .filter($table::person_id.between(from, through))
                .order(($table::person_id, $key))
                .select(<$row>::as_select())
                .load(conn)
        }
    )* };
}

facts! {
    completion, CompletionRow, (completion::id, completion::revision), insert_completions, list_completions, range_completions;
    completion_topic, CompletionTopicRow,
        (completion_topic::completion_id, completion_topic::revision, completion_topic::topic),
        insert_completion_topics, list_completion_topics, range_completion_topics;
    completion_extra, CompletionExtraRow, (completion_extra::completion_id, completion_extra::revision),
        insert_completion_extras, list_completion_extras, range_completion_extras;
    attendance, AttendanceRow, (attendance::id, attendance::revision), insert_attendances, list_attendances, range_attendances;
    service_entry, ServiceEntryRow, (service_entry::id, service_entry::revision),
        insert_service_entries, list_service_entries, range_service_entries;
    service_attestation, ServiceAttestationRow, (service_attestation::entry_id, service_attestation::id),
        insert_service_attestations, list_service_attestations, range_service_attestations;
    supervisor_eligibility, SupervisorEligibilityRow, (supervisor_eligibility::id, supervisor_eligibility::revision),
        insert_supervisor_eligibilities, list_supervisor_eligibilities, range_supervisor_eligibilities;
    exam_attempt, ExamAttemptRow, (exam_attempt::id, exam_attempt::revision), insert_exam_attempts, list_exam_attempts, range_exam_attempts;
    attestation, AttestationRow, (attestation::id, attestation::revision), insert_attestations, list_attestations, range_attestations;
    employment, EmploymentRow, (employment::id, employment::revision), insert_employments, list_employments, range_employments;
    person_event, PersonEventRow, (person_event::id, person_event::revision), insert_person_events, list_person_events, range_person_events;
    hold, HoldRow, (hold::id, hold::revision), insert_holds, list_holds, range_holds;
    carry_over, CarryOverRow, (carry_over::id, carry_over::revision), insert_carry_overs, list_carry_overs, range_carry_overs;
}

/// The sittings of many people, every revision, person by person in order.
pub fn exam_attempts_of(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<ExamAttemptRow>> {
    let mut found = Vec::new();
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let some: Vec<ExamAttemptRow> = exam_attempt::table
            .filter(exam_attempt::person_id.eq_any(chunk))
            .order((exam_attempt::person_id, exam_attempt::id, exam_attempt::revision))
            .select(ExamAttemptRow::as_select())
            .load(conn)?;
        found.extend(some);
    }
    Ok(found)
}

/// Approvals of any of these courses or programs, every revision, in order.
pub fn list_approvals(conn: &mut Conn, courses: &[Id], programs: &[Id]) -> QueryResult<Vec<ApprovalRow>> {
    approval::table
        .filter(approval::course_id.eq_any(courses).or(approval::program_id.eq_any(programs)))
        .order((approval::id, approval::revision))
        .select(ApprovalRow::as_select())
        .load(conn)
}

/// One service entry, its latest revision.
pub fn find_service_entry(conn: &mut Conn, person: Id, entry: Id) -> QueryResult<Option<ServiceEntryRow>> {
    service_entry::table
        .filter(service_entry::person_id.eq(person).and(service_entry::id.eq(entry)))
        .order(service_entry::revision.desc())
        .select(ServiceEntryRow::as_select())
        .first(conn)
        .optional()
}

/// Up to `limit` entries of a person as they stand, newest day first, behind the place `after` (day and entry).
pub fn service_entries_after(
    conn: &mut Conn,
    person: Id,
    after: Option<(Day, Id)>,
    limit: i64,
) -> QueryResult<Vec<ServiceEntryRow>> {
    let (day, id) = after.unwrap_or((Day(i32::MAX), Id(i64::MAX)));
    service_entry::table
        .filter(service_entry::person_id.eq(person))
        .filter(service_entry::from_day.lt(day).or(service_entry::from_day.eq(day).and(service_entry::id.lt(id))))
        .filter(newest!(service_entry, newer_entry, person_id))
        .order((service_entry::from_day.desc(), service_entry::id.desc()))
        .limit(limit)
        .select(ServiceEntryRow::as_select())
        .load(conn)
}

/// When a person's entries were served that touch any day of a range, every revision, in order.
pub fn service_times_between(
    conn: &mut Conn,
    person: Id,
    from: Day,
    through: Day,
) -> QueryResult<Vec<ServiceTimesRow>> {
    // A later revision may have moved the days: read all revisions of what ever touched the range.
    let touched = service_entry::table
        .filter(service_entry::person_id.eq(person))
        .filter(service_entry::from_day.le(through).and(service_entry::to_day.ge(from)))
        .select(service_entry::id)
        .load::<Id>(conn)?;
    service_entry::table
        .filter(service_entry::person_id.eq(person).and(service_entry::id.eq_any(touched)))
        .order((service_entry::id, service_entry::revision))
        .select(ServiceTimesRow::as_select())
        .load(conn)
}

/// When all entries of some people were served, every revision, person by person and in order.
pub fn service_times(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<ServiceTimesRow>> {
    service_entry::table
        .filter(service_entry::person_id.eq_any(people))
        .order((service_entry::person_id, service_entry::id, service_entry::revision))
        .select(ServiceTimesRow::as_select())
        .load(conn)
}

/// Of these people, which entries came from the row of a file: person and the row's key.
pub fn known_services(conn: &mut Conn, people: &[Id]) -> QueryResult<Vec<(Id, i64)>> {
    let mut found = Vec::new();
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let some: Vec<(Id, Option<i64>)> = service_entry::table
            .filter(service_entry::person_id.eq_any(chunk).and(service_entry::source_key.is_not_null()))
            .select((service_entry::person_id, service_entry::source_key))
            .load(conn)?;
        found.extend(some.into_iter().filter_map(|(person, key)| Some((person, key?))));
    }
    Ok(found)
}

/// What was said of one service entry, in order.
pub fn list_entry_attestations(conn: &mut Conn, person: Id, entry: Id) -> QueryResult<Vec<ServiceAttestationRow>> {
    service_attestation::table
        .filter(service_attestation::person_id.eq(person).and(service_attestation::entry_id.eq(entry)))
        .order(service_attestation::id)
        .select(ServiceAttestationRow::as_select())
        .load(conn)
}

/// What was said of some of a person's entries, entry by entry, in order.
pub fn attestations_of_entries(conn: &mut Conn, person: Id, entries: &[Id]) -> QueryResult<Vec<ServiceAttestationRow>> {
    service_attestation::table
        .filter(service_attestation::person_id.eq(person).and(service_attestation::entry_id.eq_any(entries)))
        .order((service_attestation::entry_id, service_attestation::id))
        .select(ServiceAttestationRow::as_select())
        .load(conn)
}

/// Up to `limit` supervisors whom a board holds or held eligible, as it stands, in order, behind the approval `after`.
pub fn board_eligibilities_after(
    conn: &mut Conn,
    board: Id,
    after: Option<Id>,
    limit: i64,
) -> QueryResult<Vec<SupervisorEligibilityRow>> {
    supervisor_eligibility::table
        .filter(supervisor_eligibility::board_id.eq(board))
        .filter(supervisor_eligibility::id.gt(after.unwrap_or(Id(i64::MIN))))
        .filter(newest!(supervisor_eligibility, newer_eligibility, person_id))
        .order(supervisor_eligibility::id)
        .limit(limit)
        .select(SupervisorEligibilityRow::as_select())
        .load(conn)
}

/// The supervisors a board holds or held eligible: every revision, in order.
pub fn list_board_eligibilities(conn: &mut Conn, board: Id) -> QueryResult<Vec<SupervisorEligibilityRow>> {
    supervisor_eligibility::table
        .filter(supervisor_eligibility::board_id.eq(board))
        .order((supervisor_eligibility::id, supervisor_eligibility::revision))
        .select(SupervisorEligibilityRow::as_select())
        .load(conn)
}

/// Who was at a session, and how long: every revision, person by person, in order.
pub fn list_session_attendances(conn: &mut Conn, session: Id) -> QueryResult<Vec<AttendanceRow>> {
    attendance::table
        .filter(attendance::session_id.eq(session))
        .order((attendance::person_id, attendance::id, attendance::revision))
        .select(AttendanceRow::as_select())
        .load(conn)
}

/// Up to `limit` people at a session as it stands, in the order of their keys, behind the place `after` (person and fact).
pub fn session_attendances_after(
    conn: &mut Conn,
    session: Id,
    after: Option<(Id, Id)>,
    limit: i64,
) -> QueryResult<Vec<AttendanceRow>> {
    let (person, id) = after.unwrap_or((Id(i64::MIN), Id(i64::MIN)));
    attendance::table
        .filter(attendance::session_id.eq(session))
        .filter(attendance::person_id.gt(person).or(attendance::person_id.eq(person).and(attendance::id.gt(id))))
        .filter(newest!(attendance, newer_attendance, person_id))
        .order((attendance::person_id, attendance::id))
        .limit(limit)
        .select(AttendanceRow::as_select())
        .load(conn)
}
