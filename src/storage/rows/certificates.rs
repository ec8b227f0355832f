//! Certificates, and the one row that verification reads of each.

use diesel::prelude::*;

use crate::storage::schema::awards::certificate;
use crate::storage::values::{Day, Id, Moment};

/// A certificate: first reserved, then issued.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificate)]
#[diesel(treat_none_as_default_value = false)]
pub struct CertificateRow {
    /// Whose.
    pub person_id: Id,
    /// Key.
    pub id: Id,
    /// Of which award.
    pub award_id: Id,
    /// Of which term.
    pub term_id: Id,
    /// As printed.
    pub number: String,
    /// The secret code in its address.
    pub code: String,
    /// `reserved` or `issued`.
    pub state: String,
    /// The name as printed.
    pub name: String,
    /// Everything printed, as JSON: the same facts always make the same bytes.
    pub facts: String,
    /// `en` or `es`.
    pub language: String,
    /// `letter` or `a4`.
    pub page_size: String,
    /// Hash of the bytes.
    pub sha256: Option<String>,
    /// How many.
    pub bytes: Option<i32>,
    /// When number and code were taken.
    pub reserved_at: Moment,
    /// When it was given out.
    pub issued_at: Option<Moment>,
    /// By whom.
    pub issued_by: Id,
    /// The certificate whose place it takes.
    pub replaces: Option<Id>,
}

/// What verification reads of a certificate, with what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct VerifiedRow {
    /// Whose.
    pub person_id: Id,
    /// Which.
    pub certificate_id: Id,
    /// Of which award.
    pub award_id: Id,
    /// Of which term.
    pub term_id: Id,
    /// Of which credential.
    pub credential_id: Id,
    /// The code.
    pub code: String,
    /// As printed.
    pub number: String,
    /// The name as printed.
    pub name: String,
    /// Everything printed, as JSON.
    pub facts: String,
    /// `reserved` or `issued`.
    pub state: String,
    /// Hash of the bytes.
    pub sha256: Option<String>,
    /// The board's time zone.
    pub time_zone: String,
    /// The board's phone.
    pub phone: Option<String>,
    /// The day the award was first issued.
    pub issued_day: Day,
    /// Whether the person lets the public see it; none: never asked, so yes.
    pub shown: Option<bool>,
    /// An issued certificate that took this one's place.
    pub replaced_by: Option<Id>,
}
