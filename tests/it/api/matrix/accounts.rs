//! The caller's own account and things.

use super::{At, Row, Who, row};

pub const ROWS: &[Row] = &[
    row("GET /api/v1/me", At::Nowhere, Who::People),
    row("GET /api/v1/me/profile", At::Nowhere, Who::People),
    row("PUT /api/v1/me/profile", At::Nowhere, Who::People),
    row("POST /api/v1/me/password", At::Nowhere, Who::People),
    row("GET /api/v1/me/sessions", At::Nowhere, Who::People),
    row("DELETE /api/v1/me/sessions", At::Nowhere, Who::People),
    row("DELETE /api/v1/me/sessions/{session}", At::Nowhere, Who::People),
    row("POST /api/v1/sign-out", At::Nowhere, Who::People),
    row("POST /api/v1/me/memberships/{membership}/accept", At::Nowhere, Who::People),
    row("POST /api/v1/applications", At::Nowhere, Who::People),
    row("GET /api/v1/applications", At::Nowhere, Who::People),
    row("GET /api/v1/applications/{application}", At::Nowhere, Who::People),
    row("PUT /api/v1/applications/{application}/answer", At::Nowhere, Who::People),
    row("PUT /api/v1/applications/{application}/withdrawal", At::Nowhere, Who::People),
    row("GET /api/v1/awards", At::Nowhere, Who::People),
    row("GET /api/v1/certificates", At::Nowhere, Who::People),
    row("GET /api/v1/register-choice", At::Nowhere, Who::People),
    row("PUT /api/v1/register-choice", At::Nowhere, Who::People),
];
