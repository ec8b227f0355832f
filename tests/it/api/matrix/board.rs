//! A board's own work.

use super::actors::Actor::{Administrator, Auditor, Installation, Key, Registrar, Reviewer};
use super::{At, Row, Who, row};

const READERS: Who = Who::These(&[Reviewer, Registrar, Auditor]);
const REVIEWERS: Who = Who::These(&[Reviewer, Registrar]);
const DECIDERS: Who = Who::These(&[Registrar]);
const EXAMS: Who = Who::These(&[Registrar, Key]);
const KEEPERS: Who = Who::These(&[Registrar, Administrator, Installation]);

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("GET /api/v1/organizations/{organization}/people/{person}/awards", At::Board, READERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/awards/{award}/status", At::Board, DECIDERS),
    row("GET /api/v1/organizations/{organization}/people/{person}/awards/{award}/history", At::Board, READERS),
    row("PUT /api/v1/organizations/{organization}/people/{person}/awards/{award}/terms/{term}/certificate", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/certificates/{certificate}/reissue", At::Board, DECIDERS),
    row("PUT /api/v1/organizations/{organization}/people/{person}/safety", At::Board, DECIDERS),
    row("GET /api/v1/organizations/{organization}/people/{person}/profile", At::Board, READERS),
    row("PUT /api/v1/organizations/{organization}/people/{person}/profile", At::Board, DECIDERS),
    row("GET /api/v1/organizations/{organization}/board", At::Board, KEEPERS),
    row("PUT /api/v1/organizations/{organization}/board", At::Board, KEEPERS),
    row("GET /api/v1/organizations/{organization}/holidays", At::Board, KEEPERS),
    row("PUT /api/v1/organizations/{organization}/holidays/{day}", At::Board, KEEPERS),
    row("DELETE /api/v1/organizations/{organization}/holidays/{day}", At::Board, KEEPERS),
    row("POST /api/v1/organizations/{organization}/credentials", At::Board, KEEPERS),
    row("POST /api/v1/organizations/{organization}/credentials/{credential}/versions", At::Board, KEEPERS),
    row("POST /api/v1/organizations/{organization}/credentials/{credential}/simulations", At::Board, DECIDERS),
    row("GET /api/v1/organizations/{organization}/queue", At::Board, REVIEWERS),
    row("GET /api/v1/organizations/{organization}/people/{person}/applications/{application}", At::Board, READERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/applications/{application}/events", At::Board, REVIEWERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/applications/{application}/review", At::Board, REVIEWERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/applications/{application}/decision", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/decisions", At::Board, DECIDERS),
    row("GET /api/v1/organizations/{organization}/people/{person}/evaluations/{evaluation}", At::Board, READERS),
    row("GET /api/v1/organizations/{organization}/people/{person}/progress/{credential}/plan", At::Board, READERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/progress/{credential}/plan", At::Board, READERS),
    row("GET /api/v1/organizations/{organization}/approvals", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/approvals", At::Board, DECIDERS),
    row("PUT /api/v1/organizations/{organization}/approvals/{approval}/withdrawal", At::Board, DECIDERS),
    row("GET /api/v1/organizations/{organization}/supervisors", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/supervisors", At::Board, DECIDERS),
    row("PUT /api/v1/organizations/{organization}/supervisors/{approval}/end", At::Board, DECIDERS),
    row("PUT /api/v1/organizations/{organization}/supervisors/{approval}/withdrawal", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/imports/awards", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/imports/exams", At::Board, EXAMS),
    row("POST /api/v1/organizations/{organization}/imports/hours", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/imports/people", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/statements", At::Board, DECIDERS),
    row("POST /api/v1/organizations/{organization}/people/{person}/exams", At::Board, EXAMS),
    row("PUT /api/v1/organizations/{organization}/people/{person}/exams/{exam}", At::Board, EXAMS),
    row("GET /api/v1/organizations/{organization}/people/{person}/documents", At::Board, READERS),
    row("GET /api/v1/organizations/{organization}/people/{person}/documents/{document}", At::Board, READERS),
];
