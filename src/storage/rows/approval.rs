//! Rows of approvals.

use diesel::prelude::*;

use crate::storage::schema::credentials::approval;
use crate::storage::values::{Day, Id, Moment};

/// A board's approval of a program or a course, with dates. Withdrawal is apart from expiry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = approval)]
#[diesel(treat_none_as_default_value = false)]
pub struct ApprovalRow {
    /// The board.
    pub board_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// None: every credential of the board.
    pub credential_id: Option<Id>,
    /// Program id.
    pub program_id: Option<Id>,
    /// Course id.
    pub course_id: Option<Id>,
    /// The number the board gave it.
    pub number: Option<String>,
    /// Names of the board's lists, separated by spaces.
    pub lists: String,
    /// First day.
    pub from_day: Day,
    /// Last day; none while it lasts.
    pub through_day: Option<Day>,
    /// From this day on it is withdrawn; work before stays good.
    pub withdrawn_on: Option<Day>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}
