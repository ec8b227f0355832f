//! Rows of the audit log and how each seals the one before it.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::schema::upkeep::audit_log;
use super::values::{Id, Moment};

/// Something that was done, before it has a place in the log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When.
    pub at: Moment,
    /// Who: a person, or [`Id::SYSTEM`].
    pub actor: Id,
    /// What, such as `certificate.issue`.
    pub action: &'static str,
    /// To what, such as `award 01h...`.
    pub subject: String,
    /// Whom it concerns.
    pub person_id: Option<Id>,
    /// Further facts as JSON. No names, addresses or secrets.
    pub detail: serde_json::Value,
}

/// A sealed row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log)]
#[diesel(treat_none_as_default_value = false)]
pub struct AuditRow {
    /// Place in the log, without gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: Id,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Whom it concerns.
    pub person_id: Option<Id>,
    /// JSON.
    pub detail: String,
    /// The hash of the row before.
    pub previous_hash: Vec<u8>,
    /// SHA-256 over everything above.
    pub hash: Vec<u8>,
}

/// Makes the row that follows `previous`.
#[must_use]
pub fn seal(seq: i64, previous: Vec<u8>, entry: &Entry) -> AuditRow {
    let mut row = AuditRow {
        seq,
        at: entry.at,
        actor: entry.actor,
        action: entry.action.to_owned(),
        subject: entry.subject.clone(),
        person_id: entry.person_id,
        detail: entry.detail.to_string(),
        previous_hash: previous,
        hash: Vec::new(),
    };
    row.hash = hash(&row);
    row
}

/// The hash a row must have. Lengths go in before texts, so that no two rows read alike.
#[must_use]
pub fn hash(row: &AuditRow) -> Vec<u8> {
    let mut sha = Sha256::new();
    for number in [row.seq, row.at.0, row.actor.0, row.person_id.map_or(-1, |p| p.0)] {
        sha.update(number.to_be_bytes());
    }
    for bytes in [row.action.as_bytes(), row.subject.as_bytes(), row.detail.as_bytes(), &row.previous_hash] {
        sha.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        sha.update(bytes);
    }
    sha.finalize().to_vec()
}
