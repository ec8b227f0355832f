//! What the services from application to award refuse, as problem documents.

use actix_web::http::StatusCode;

use crate::services::applications::ApplicationError;
use crate::services::awards::AwardError;
use crate::services::boards::BoardError;
use crate::services::certificates::CertificateError;
use crate::services::credentials::CredentialError;
use crate::services::decisions::DecisionError;
use crate::services::evaluations::EvaluationError;
use crate::services::reviews::ReviewError;
use crate::web::error::ApiError;

impl From<BoardError> for ApiError {
    fn from(error: BoardError) -> Self {
        match error {
            BoardError::NotFound => Self::not_found(),
            BoardError::Exists => Self::conflict("exists", error),
            BoardError::Field { field, .. } => Self::field("bad_field", format!("/{field}"), error),
            BoardError::ChangedMeanwhile => Self::refused(StatusCode::PRECONDITION_FAILED, "changed_meanwhile", error),
            BoardError::Store(store) => store.into(),
        }
    }
}

impl From<CredentialError> for ApiError {
    fn from(error: CredentialError) -> Self {
        match error {
            CredentialError::NotFound => Self::not_found(),
            CredentialError::Exists(_) => Self::conflict("exists", error),
            CredentialError::Rules(ref problems) => {
                let mut refusal = Self::unprocessable("bad_rules", "the rules cannot be used, see `errors`");
                for problem in problems {
                    refusal = refusal.with("/files", problem);
                }
                refusal
            }
            CredentialError::Untested(ref problems) => {
                let says = "every version needs a worked example that it rules, and all examples must hold: send them \
                            beside the versions as a file `examples.toml`, see `errors`";
                problems.iter().fold(Self::unprocessable("untested_rules", says), |refusal, problem| {
                    refusal.with("/files", problem)
                })
            }
            CredentialError::OtherCredential { .. } => Self::field("other_credential", "/files", error),
            CredentialError::Published(_) => Self::conflict("published", error),
            CredentialError::Board(board) => board.into(),
            CredentialError::Store(store) => store.into(),
        }
    }
}

impl From<ApplicationError> for ApiError {
    fn from(error: ApplicationError) -> Self {
        match error {
            ApplicationError::NotFound => Self::not_found(),
            ApplicationError::Open(_) => Self::conflict("application_open", error),
            ApplicationError::Closed(_) => Self::conflict("application_closed", error),
            ApplicationError::NotOffered(_) => Self::field("not_offered", "/purpose", error),
            ApplicationError::NoStage(_) => Self::field("no_such_stage", "/stage", error),
            ApplicationError::NothingHeld => Self::unprocessable("nothing_held", error),
            ApplicationError::InFuture(_) => Self::field("in_future", "/on", error),
            ApplicationError::NoVersion(_) => Self::unprocessable("no_version_in_force", error),
            ApplicationError::NoteNeeded => Self::field("text_needed", "/note", error),
            ApplicationError::Credential(inner) => inner.into(),
            ApplicationError::Store(store) => store.into(),
        }
    }
}

impl From<ReviewError> for ApiError {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::ReasonNeeded => Self::field("text_needed", "/reason", error),
            ReviewError::Own => Self::refused(StatusCode::FORBIDDEN, "own_case", error),
            ReviewError::Application(inner) => inner.into(),
            ReviewError::Store(store) => store.into(),
        }
    }
}

impl From<EvaluationError> for ApiError {
    fn from(error: EvaluationError) -> Self {
        match error {
            EvaluationError::NotFound => Self::not_found(),
            EvaluationError::NoVersion(_) => Self::unprocessable("no_version_in_force", error),
            EvaluationError::Credential(inner) => inner.into(),
            EvaluationError::Record(inner) => Self::Fault(inner.to_string()),
            EvaluationError::Store(store) => store.into(),
        }
    }
}

impl From<AwardError> for ApiError {
    fn from(error: AwardError) -> Self {
        match error {
            AwardError::NotFound => Self::not_found(),
            AwardError::NoTerm(_) => Self::unprocessable("no_term", error),
            AwardError::TermHeld { .. } => Self::conflict("term_held", error),
            AwardError::NothingHeld => Self::unprocessable("nothing_held", error),
            AwardError::TakenBack(_) => Self::conflict("taken_back", error),
            AwardError::NoChange(_) => Self::conflict("no_change", error),
            AwardError::TextNeeded { field, .. } => Self::field("text_needed", format!("/{field}"), error),
            AwardError::Days(_) => Self::field("bad_days", "/from", error),
            AwardError::Own => Self::refused(StatusCode::FORBIDDEN, "own_case", error),
            AwardError::Credential(inner) => inner.into(),
            AwardError::Store(store) => store.into(),
        }
    }
}

impl From<DecisionError> for ApiError {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::Own => Self::refused(StatusCode::FORBIDDEN, "own_case", error),
            DecisionError::TextNeeded { field, .. } => Self::field("text_needed", format!("/{field}"), error),
            DecisionError::NotCleared(_) => Self::unprocessable("not_cleared", error),
            DecisionError::InFuture(_) => Self::field("in_future", "/on", error),
            DecisionError::NoRequirement(_) => Self::field("no_such_requirement", "/requirement", error),
            DecisionError::Application(inner) => inner.into(),
            DecisionError::Credential(inner) => inner.into(),
            DecisionError::Evaluation(inner) => inner.into(),
            DecisionError::Award(inner) => inner.into(),
            DecisionError::Certificate(inner) => inner.into(),
            DecisionError::Store(store) => store.into(),
        }
    }
}

impl From<CertificateError> for ApiError {
    fn from(error: CertificateError) -> Self {
        match error {
            CertificateError::NotFound => Self::not_found(),
            CertificateError::NoName => Self::unprocessable("name_missing", error),
            CertificateError::Name(refusal) => Self::unprocessable(refusal.code(), refusal),
            CertificateError::NotIssuedYet => Self::conflict("not_issued_yet", error),
            CertificateError::ReasonNeeded => Self::field("text_needed", "/reason", error),
            CertificateError::Award(inner) => (*inner).into(),
            CertificateError::Credential(inner) => inner.into(),
            CertificateError::Print(inner) => Self::Fault(inner.to_string()),
            CertificateError::Random(inner) => Self::Unavailable(inner.to_string()),
            CertificateError::Disk(inner) => Self::Unavailable(inner.to_string()),
            CertificateError::Store(store) => store.into(),
        }
    }
}
