//! Organizations, their members and keys, and what programs do.

use super::actors::Actor::{Administrator, Installation};
use super::{At, Row, Who, row};

const MANAGERS: Who = Who::These(&[Administrator, Installation]);

pub const ROWS: &[Row] = &[
    row("POST /api/v1/organizations", At::Nowhere, Who::These(&[Installation])),
    row("GET /api/v1/organizations", At::Nowhere, Who::SignedIn),
    row("GET /api/v1/organizations/{organization}", At::Program, Who::SignedIn),
    row("POST /api/v1/organizations/{organization}/memberships", At::Program, MANAGERS),
    row("GET /api/v1/organizations/{organization}/memberships", At::Board, MANAGERS),
    row("DELETE /api/v1/organizations/{organization}/memberships/{membership}", At::Board, MANAGERS),
    row("POST /api/v1/organizations/{organization}/keys", At::Program, MANAGERS),
    row("GET /api/v1/organizations/{organization}/keys", At::Program, MANAGERS),
    row("DELETE /api/v1/organizations/{organization}/keys/{key}", At::Board, MANAGERS),
];
