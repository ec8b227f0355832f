//! Courses and the names of who gives them.

use diesel::prelude::*;

use super::Conn;
use crate::storage::schema::credentials::course;
use crate::storage::schema::organizations::organization;
use crate::storage::values::Id;

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
