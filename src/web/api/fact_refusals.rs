//! What the services of facts refuse, as problem documents.

use actix_web::http::StatusCode;

use crate::services::exams::ExamError;
use crate::services::hours::{AttestError, EntryError, SuperviseError};
use crate::services::imports::ImportError;
use crate::services::programs::ProgramError;
use crate::services::progress::ProgressError;
use crate::services::recorded::Otherwise;
use crate::services::statements::StatementError;
use crate::web::error::ApiError;

impl From<EntryError> for ApiError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::Refused(refusal) => Self::field("bad_entry", refusal.pointer(), refusal),
            EntryError::NotYourSupervisor => Self::field("not_your_supervisor", "/supervisor", error),
            EntryError::Unknown => Self::not_found(),
            EntryError::Changed(_) => Self::conflict("changed_meanwhile", error),
            EntryError::Withdrawn => Self::conflict("withdrawn", error),
            EntryError::Store(store) => store.into(),
        }
    }
}

impl From<SuperviseError> for ApiError {
    fn from(error: SuperviseError) -> Self {
        match error {
            SuperviseError::NotSomebody(_) => Self::field("bad_field", "/email", error),
            SuperviseError::Oneself => Self::field("oneself", "/email", error),
            SuperviseError::Unknown => Self::not_found(),
            SuperviseError::Ended => Self::conflict("ended", error),
            SuperviseError::Store(store) => store.into(),
        }
    }
}

impl From<AttestError> for ApiError {
    fn from(error: AttestError) -> Self {
        let AttestError::Store(store) = error;
        store.into()
    }
}

impl From<ExamError> for ApiError {
    fn from(error: ExamError) -> Self {
        match error {
            ExamError::Refused { pointer, message } => Self::field("bad_field", pointer, message),
            ExamError::NobodyThere | ExamError::Unknown => Self::not_found(),
            ExamError::Recorded(id) => Self::conflict("already_recorded", error).existing(id),
            ExamError::Otherwise(otherwise) => recorded_otherwise(&otherwise),
            ExamError::Changed(_) => Self::conflict("changed_meanwhile", error),
            ExamError::Store(store) => store.into(),
        }
    }
}

impl From<StatementError> for ApiError {
    fn from(error: StatementError) -> Self {
        match error {
            StatementError::Refused { pointer, message } => Self::field("bad_field", pointer, message),
            StatementError::NobodyThere => Self::not_found(),
            StatementError::Store(store) => store.into(),
        }
    }
}

impl From<ProgramError> for ApiError {
    fn from(error: ProgramError) -> Self {
        match error {
            ProgramError::Refused { pointer, message } => Self::field("bad_field", pointer, message),
            ProgramError::Unknown(_) => Self::not_found(),
            ProgramError::Taken(_) => Self::conflict("exists", error),
            ProgramError::Recorded(id) => Self::conflict("already_recorded", error).existing(id),
            ProgramError::Otherwise(otherwise) => recorded_otherwise(&otherwise),
            ProgramError::Changed(_) => Self::conflict("changed_meanwhile", error),
            ProgramError::Store(store) => store.into(),
        }
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::File(file) => Self::unprocessable("bad_file", file),
            ImportError::Store(store) => store.into(),
        }
    }
}

impl From<ProgressError> for ApiError {
    fn from(error: ProgressError) -> Self {
        match error {
            ProgressError::Unknown => Self::not_found(),
            ProgressError::Purpose(_) => Self::refused(StatusCode::BAD_REQUEST, "bad_parameter", error),
            ProgressError::Evaluation(inner) => inner.into(),
        }
    }
}

/// The same is recorded with other particulars: which one differs, and which record it is.
fn recorded_otherwise(otherwise: &Otherwise) -> ApiError {
    let refusal = ApiError::conflict("recorded_otherwise", otherwise);
    let refusal = refusal.with(format!("/{}", otherwise.field), otherwise);
    match otherwise.id {
        Some(id) => refusal.existing(id),
        None => refusal,
    }
}

/// The same refusal, its pointers inside `place` of a larger body.
pub fn inside(mut error: ApiError, place: &str) -> ApiError {
    if let ApiError::Refused(refusal) = &mut error {
        for field in &mut refusal.errors {
            field.pointer = format!("{place}{}", field.pointer);
        }
    }
    error
}
