//! Rows of exams, statements, work, events, holds and evidence.

use diesel::prelude::*;

use crate::storage::schema::facts::{
    attestation, carry_over, dispute, document, employment, exam_attempt, hold, person_event,
};
use crate::storage::values::{Day, Id, Moment, Word};

/// Sittings of an exam.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = exam_attempt)]
#[diesel(treat_none_as_default_value = false)]
pub struct ExamAttemptRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Exam.
    pub exam: Word,
    /// On day.
    pub on_day: Day,
    /// Outcome.
    pub outcome: Word,
    /// Official.
    pub official: bool,
    /// Official day.
    pub official_day: Option<Day>,
    /// Form.
    pub form: Option<String>,
    /// Score.
    pub score: Option<String>,
    /// Scale.
    pub scale: Option<String>,
    /// Pass mark.
    pub pass_mark: Option<String>,
    /// Domains.
    pub domains: Option<String>,
    /// The board.
    pub board_id: Option<Id>,
    /// The row of a file it came from.
    pub source_key: Option<i64>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// Statements with a date and who made them. Of lived experience the kind and the day alone, never a story.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attestation)]
#[diesel(treat_none_as_default_value = false)]
pub struct AttestationRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// What sort it is.
    pub kind: Word,
    /// Value.
    pub value: Option<String>,
    /// Subtype.
    pub subtype: Option<String>,
    /// On day.
    pub on_day: Day,
    /// First day.
    pub from_day: Option<Day>,
    /// Last day; none while it lasts.
    pub through_day: Option<Day>,
    /// Moment.
    pub moment: Option<String>,
    /// In which role it was made: `self`, `board`, `reference`.
    pub made_by: String,
    /// What tells who made it from others: an account's id, or a short mark.
    pub made_by_id: Option<String>,
    /// With which credential.
    pub by_standing: Option<String>,
    /// About.
    pub about: Option<Id>,
    /// How far it is confirmed.
    pub state: Word,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// Work that rules ask about.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = employment)]
#[diesel(treat_none_as_default_value = false)]
pub struct EmploymentRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Title.
    pub title: Word,
    /// Employer.
    pub employer: Word,
    /// First day.
    pub from_day: Day,
    /// Last day; none while it lasts.
    pub through_day: Option<Day>,
    /// Weekly minutes.
    pub weekly_minutes: Option<i32>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// Dated happenings that rules anchor on, such as being hired.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_event)]
#[diesel(treat_none_as_default_value = false)]
pub struct PersonEventRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// What sort it is.
    pub kind: Word,
    /// On day.
    pub on_day: Day,
    /// The credential it concerns; none for any.
    pub credential_id: Option<Id>,
    /// Stage.
    pub stage: Option<String>,
    /// How far it is confirmed.
    pub state: Word,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// Times in which clocks stand still or demands are waived.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = hold)]
#[diesel(treat_none_as_default_value = false)]
pub struct HoldRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// The credential it concerns; none for any.
    pub credential_id: Option<Id>,
    /// Stage.
    pub stage: Option<String>,
    /// What sort it is.
    pub kind: Word,
    /// First day.
    pub from_day: Day,
    /// Last day; none while it lasts.
    pub through_day: Option<Day>,
    /// How far it is confirmed.
    pub state: Word,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
    /// Why, where it corrects an earlier revision.
    pub reason: Option<String>,
}

/// Minutes that move from one term to the next.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = carry_over)]
#[diesel(treat_none_as_default_value = false)]
pub struct CarryOverRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// The credential it concerns; none for any.
    pub credential_id: Id,
    /// From term.
    pub from_term: Day,
    /// The topic.
    pub topic: Word,
    /// As topic.
    pub as_topic: Word,
    /// How long it took.
    pub minutes: i32,
    /// Generation.
    pub generation: i32,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
}

/// Evidence, kept outside the database under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = document)]
#[diesel(treat_none_as_default_value = false)]
pub struct DocumentRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// Sha256.
    pub sha256: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub bytes: i32,
    /// About kind.
    pub about_kind: String,
    /// About id.
    pub about_id: Id,
    /// The requirement of an application that it is to show.
    pub requirement: Option<String>,
    /// As its sender calls it; never a path.
    pub name: Option<String>,
    /// Uploaded at.
    pub uploaded_at: Moment,
    /// Uploaded by.
    pub uploaded_by: Id,
    /// Erased at.
    pub erased_at: Option<Moment>,
}

/// Something a person says is wrong. Both sides see it; it has a clock and an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = dispute)]
#[diesel(treat_none_as_default_value = false)]
pub struct DisputeRow {
    /// Whose it is.
    pub person_id: Id,
    /// The same over all revisions.
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// Fact kind.
    pub fact_kind: String,
    /// Fact id.
    pub fact_id: Id,
    /// How far it is confirmed.
    pub state: String,
    /// Due day.
    pub due_day: Day,
    /// Words.
    pub words: String,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: Id,
}
