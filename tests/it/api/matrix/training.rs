//! What training programs do.

use super::actors::Actor::{Key, ProgramStaff};
use super::{At, Row, Who, row};

const STAFF: Who = Who::These(&[ProgramStaff, Key]);

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("GET /api/v1/organizations/{organization}/courses", At::Program, STAFF),
    row("POST /api/v1/organizations/{organization}/courses", At::Program, STAFF),
    row("GET /api/v1/organizations/{organization}/courses/{course}/sessions", At::Program, STAFF),
    row("POST /api/v1/organizations/{organization}/courses/{course}/sessions", At::Program, STAFF),
    row("GET /api/v1/organizations/{organization}/courses/{course}/sessions/{session}/attendance", At::Program, STAFF),
    row("POST /api/v1/organizations/{organization}/courses/{course}/sessions/{session}/attendance", At::Program, STAFF),
    row("POST /api/v1/organizations/{organization}/completions", At::Program, STAFF),
    row("PUT /api/v1/organizations/{organization}/people/{person}/completions/{completion}/withdrawal", At::Program, STAFF),
    row("POST /api/v1/organizations/{organization}/imports/completions", At::Program, STAFF),
];
