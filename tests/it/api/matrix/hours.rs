//! Documents, hours, supervision, statements and progress of the caller.

use super::{At, Row, Who, row};

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("GET /api/v1/documents", At::Nowhere, Who::People),
    row("POST /api/v1/documents", At::Nowhere, Who::People),
    row("GET /api/v1/documents/{document}", At::Nowhere, Who::People),
    row("GET /api/v1/hours", At::Nowhere, Who::People),
    row("POST /api/v1/hours", At::Nowhere, Who::People),
    row("POST /api/v1/hours/many", At::Nowhere, Who::People),
    row("PUT /api/v1/hours/{entry}", At::Nowhere, Who::People),
    row("PUT /api/v1/hours/{entry}/withdrawal", At::Nowhere, Who::People),
    row("GET /api/v1/progress/{credential}", At::Nowhere, Who::People),
    row("GET /api/v1/progress/{credential}/plan", At::Nowhere, Who::People),
    row("POST /api/v1/progress/{credential}/plan", At::Nowhere, Who::People),
    row("GET /api/v1/record", At::Nowhere, Who::People),
    row("POST /api/v1/statements", At::Nowhere, Who::People),
    row("GET /api/v1/supervisions", At::Nowhere, Who::People),
    row("POST /api/v1/supervisions", At::Nowhere, Who::People),
    row("PUT /api/v1/supervisions/{supervision}/end", At::Nowhere, Who::People),
    row("GET /api/v1/supervising", At::Nowhere, Who::People),
    row("PUT /api/v1/supervising/{supervision}/answer", At::Nowhere, Who::People),
    row("GET /api/v1/supervising/hours", At::Nowhere, Who::People),
    row("POST /api/v1/supervising/hours", At::Nowhere, Who::People),
    row("PUT /api/v1/supervising/hours/{person}/{entry}/undo", At::Nowhere, Who::People),
];
