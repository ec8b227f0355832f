//! Rows of the small tables that are otherwise reached by their key alone: for copying a whole database.

use diesel::prelude::*;

use crate::storage::schema::awards::{certificate_code, certificate_issue, certificate_number};
use crate::storage::schema::organizations::person_identifier;
use crate::storage::schema::people::{person_merge, word};
use crate::storage::schema::upkeep::{audit_head, evaluation_due, notice_preference};
use crate::storage::values::{Id, Moment, Word};

/// The secret code of a certificate, unique over all.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificate_code)]
#[diesel(treat_none_as_default_value = false)]
pub struct CertificateCodeRow {
    /// Code.
    pub code: String,
    /// Whose it is.
    pub person_id: Id,
    /// Certificate id.
    pub certificate_id: Id,
}

/// The number printed on a certificate, unique over all.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificate_number)]
#[diesel(treat_none_as_default_value = false)]
pub struct CertificateNumberRow {
    /// The number the board gave it.
    pub number: String,
    /// Whose it is.
    pub person_id: Id,
    /// Certificate id.
    pub certificate_id: Id,
}

/// One certificate per term unless it is reissued: the lock that makes issuing happen once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificate_issue)]
#[diesel(treat_none_as_default_value = false)]
pub struct CertificateIssueRow {
    /// Whose it is.
    pub person_id: Id,
    /// Award id.
    pub award_id: Id,
    /// Term id.
    pub term_id: Id,
    /// Seq.
    pub seq: i32,
    /// Certificate id.
    pub certificate_id: Id,
}

/// What a person wants to be told about.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice_preference)]
#[diesel(treat_none_as_default_value = false)]
pub struct NoticePreferenceRow {
    /// Whose it is.
    pub person_id: Id,
    /// What sort it is.
    pub kind: String,
    /// Wanted.
    pub wanted: bool,
    /// Changed at.
    pub changed_at: Moment,
}

/// People whose facts changed since they were last evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = evaluation_due)]
#[diesel(treat_none_as_default_value = false)]
pub struct EvaluationDueRow {
    /// Whose it is.
    pub person_id: Id,
    /// Since.
    pub since: Moment,
}

/// The last row of the audit log; writers take turns on it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_head)]
#[diesel(treat_none_as_default_value = false)]
pub struct AuditHeadRow {
    /// The same over all revisions.
    pub id: i32,
    /// Seq.
    pub seq: i64,
    /// Hash.
    pub hash: Vec<u8>,
}

/// A number by which an organization knows a person, such as a licence or student number.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_identifier)]
#[diesel(treat_none_as_default_value = false)]
pub struct PersonIdentifierRow {
    /// Organization id.
    pub organization_id: Id,
    /// Value.
    pub value: String,
    /// Whose it is.
    pub person_id: Id,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
}

/// Words that packs, courses and records share (topics, kinds, places), stored once so that facts hold small integers.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = word)]
#[diesel(treat_none_as_default_value = false)]
pub struct WordRow {
    /// Its key.
    pub id: Word,
    /// Text.
    pub text: String,
}

/// Two people found to be one. A merge is a decision and can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_merge)]
#[diesel(treat_none_as_default_value = false)]
pub struct PersonMergeRow {
    /// The one who stays.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// Absorbed id.
    pub absorbed_id: Id,
    /// Merged at.
    pub merged_at: Moment,
    /// Merged by.
    pub merged_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: String,
    /// Undone at.
    pub undone_at: Option<Moment>,
    /// Undone by.
    pub undone_by: Option<Id>,
}
