//! What is open to all: the written list. Everything else asks who calls.

use super::{At, Row, Who, row};

pub const ROWS: &[Row] = &[
    row("GET /healthz", At::Nowhere, Who::Everybody),
    row("GET /readyz", At::Nowhere, Who::Everybody),
    row("POST /api/v1/sign-up", At::Nowhere, Who::Everybody),
    row("POST /api/v1/verify-email", At::Nowhere, Who::Everybody),
    row("POST /api/v1/sign-in", At::Nowhere, Who::Everybody),
    row("POST /api/v1/refresh", At::Nowhere, Who::Everybody),
    row("POST /api/v1/password-resets", At::Nowhere, Who::Everybody),
    row("POST /api/v1/password-resets/use", At::Nowhere, Who::Everybody),
    row("POST /api/v1/invitations/accept", At::Nowhere, Who::Everybody),
    row("GET /api/v1/credentials", At::Nowhere, Who::Everybody),
    row("GET /api/v1/credentials/{credential}/versions", At::Nowhere, Who::Everybody),
    row("GET /api/v1/verify/{code}", At::Nowhere, Who::Everybody),
    row("GET /api/v1/verify", At::Nowhere, Who::Everybody),
    row("POST /api/v1/verify", At::Nowhere, Who::Everybody),
    row("OPTIONS /api/v1/verify", At::Nowhere, Who::Everybody),
];
