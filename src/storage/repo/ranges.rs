//! Rows of many people at once, person by person, for work over everyone.

use diesel::prelude::*;

use super::Conn;
use crate::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use crate::storage::rows::awards::{AwardRow, StatusEventRow, TermRow};
use crate::storage::rows::decisions::DecisionRow;
use crate::storage::rows::people::{PersonDetailRow, PersonNameRow};
use crate::storage::schema::awards::{award, award_term, status_event};
use crate::storage::schema::decisions::{application, application_event, decision};
use crate::storage::schema::people::{person, person_detail, person_name};
use crate::storage::values::Id;

/// The keys of up to `limit` people after one, in order.
pub fn people_after(conn: &mut Conn, after: Id, limit: i64) -> QueryResult<Vec<Id>> {
    person::table.filter(person::id.gt(after)).order(person::id).limit(limit).select(person::id).load(conn)
}

/// How many people there are.
pub fn count_people(conn: &mut Conn) -> QueryResult<i64> {
    person::table.count().get_result(conn)
}

/// For each table the rows of all people from one key through another, in the order of the table's key.
macro_rules! ranges {
    ($($function:ident, $table:ident, $row:ty, $key:expr;)*) => { $(
        #[doc = concat!("The rows of `", stringify!($table), "` of these people.")]
        pub fn $function(conn: &mut Conn, (from, through): (Id, Id)) -> QueryResult<Vec<$row>> {
            $table::table
                .filter($table::person_id.between(from, through))
                .order(($table::person_id, $key))
                .select(<$row>::as_select())
                .load(conn)
        }
    )* };
}

ranges! {
    names, person_name, PersonNameRow, (person_name::id, person_name::revision);
    details, person_detail, PersonDetailRow, person_detail::revision;
    applications, application, ApplicationRow, application::id;
    application_events, application_event, ApplicationEventRow,
        (application_event::application_id, application_event::seq);
    decisions, decision, DecisionRow, decision::id;
    awards, award, AwardRow, (award::issued_day, award::id);
    terms, award_term, TermRow, (award_term::award_id, award_term::from_day, award_term::id);
    statuses, status_event, StatusEventRow, (status_event::award_id, status_event::recorded_at, status_event::id);
}
